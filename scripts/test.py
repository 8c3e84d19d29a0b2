"""Set everything up and test it: ``python scripts/test.py [-- PYTEST-ARGUMENTS]``.

Style, types and the generated reference first, then the tests; the last line is pytest's count.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import bootstrap

from cluebook.text import Text, join, same

OFFICE_PACKAGES = (
    "libreoffice-calc",
    "libreoffice-writer",
    "python3-uno",
    "fonts-noto-cjk",
    "fonts-liberation",
    "poppler-utils",
)
"""What the tests marked ``office`` need, as Debian and Ubuntu call it."""
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("cluebook.manual", "--check"),
)


def main() -> int:
    """Return 0 when every check and every test passes, else 1."""
    python = bootstrap.ready()
    provide_office()
    failed = [same(" ".join(check)) for check in CHECKS if not passes(python, "-m", *check)]
    given = sys.argv[2:] if sys.argv[1:2] == ["--"] else sys.argv[1:]
    tested = bootstrap.run(python, "-m", "pytest", "-n", "auto", *given)
    if failed:
        bootstrap.say(Text("未通过：{checks}", "Failed: {checks}").fill(checks=join(failed)))
    return 1 if failed or tested else 0


def passes(*command: str | Path) -> bool:
    """Return whether a check passes; its name stands above what it prints."""
    print("$", *command[1:], flush=True)
    return bootstrap.run(*command) == 0


def provide_office() -> None:
    """Install LibreOffice and a Chinese font where that is allowed; else say what to install."""
    missing = missing_packages()
    if not missing:
        return
    become_root = root_prefix()
    if become_root is not None:
        bootstrap.say(
            Text("正在安装 LibreOffice 和中文字体 ……", "Installing LibreOffice and a Chinese font ...")
        )
        apt = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2"]
        subprocess.run([*apt, "update"], stdout=subprocess.DEVNULL, check=False)
        subprocess.run(
            [*apt, "install", "--yes", "--no-install-recommends", *missing],
            stdout=subprocess.DEVNULL,
            check=False,
        )
        missing = missing_packages()
    if missing:
        words = Text(
            "需要 LibreOffice 的测试将跳过。请安装：{names}",
            "Tests that need LibreOffice will be skipped. To run them, install: {names}",
        )
        bootstrap.say(words.fill(names=" ".join(missing)))


def missing_packages() -> list[str]:
    """Return what the tests need and this machine lacks."""
    if shutil.which("dpkg-query") is None:
        return [] if shutil.which("soffice") else ["LibreOffice (Calc, Writer)", "Noto Sans CJK"]
    return [name for name in OFFICE_PACKAGES if not _is_installed(name)]


def _is_installed(package: str) -> bool:
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package]
    return subprocess.run(query, capture_output=True, text=True, check=False).stdout == "installed"


def root_prefix() -> list[str] | None:
    """Return what to put before a command to run it as root without being asked; ``None`` where one may not."""
    if shutil.which("apt-get") is None:
        return None
    if os.name == "posix" and os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    allowed = sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0
    return [sudo, "-n"] if sudo and allowed else None


if __name__ == "__main__":
    sys.exit(main())
