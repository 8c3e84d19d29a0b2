"""Make the project's own Python environment on a fresh machine; shared by demo.py and test.py.

Standard library only, and readable by a Python that is too old, so that it can say so.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cluebook.language import spoken  # noqa: E402 - found only now
from cluebook.text import Text  # noqa: E402 - found only now

OLDEST = (3, 11)
VENV = ROOT / ".venv"
_LOCK = ROOT / "requirements.lock"
_STAMP = VENV / "cluebook.stamp"
_DECIDING = (_LOCK, ROOT / "pyproject.toml")
"""The files that decide what is installed; while they stay the same, so does the environment."""


def ready() -> Path:
    """Return the Python of ``.venv``, made and filled if need be; end the program where that cannot be."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] # a Windows console may lack Chinese
    if sys.version_info < OLDEST:
        _give_up(
            Text(
                "需要 Python {wanted} 或更新的版本，当前是 {found}。请从 python.org 安装后重试。",
                "Python {wanted} or newer is needed; this is {found}. Install it from python.org and try again.",
            ).fill(wanted=_version(OLDEST), found=_version(sys.version_info[:2]))
        )
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in _DECIDING)).hexdigest()
    if python.exists() and _STAMP.exists() and _STAMP.read_text("utf-8") == wanted:
        return python
    _make(python)
    _install(python)
    _STAMP.write_text(wanted, "utf-8")
    return python


def say(words: Text) -> None:
    """Print a line at once, in the language of this machine."""
    print(words.in_(spoken()), flush=True)


def run(*command: str | Path) -> int:
    """Run a command in the project's folder and return its exit code."""
    sys.stdout.flush()
    return subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode


def environment() -> dict[str, str]:
    """Return the environment of the commands: this one, and no colours outside a terminal."""
    return {**os.environ} if sys.stdout.isatty() else {**os.environ, "NO_COLOR": "1"}


def _make(python: Path) -> None:
    if python.exists() and _succeeds(python, "-m", "pip", "--version"):
        return
    say(Text("正在建立 .venv ……", "Making .venv ..."))
    if not _succeeds(sys.executable, "-c", "import venv, ensurepip"):
        _give_up(
            Text(
                "这个 Python 缺少 venv 模块。请先安装（Debian、Ubuntu：apt-get install python3-venv）。",
                "This Python lacks its venv module. Install it first (Debian, Ubuntu: apt-get install python3-venv).",
            )
        )
    if not _succeeds(sys.executable, "-m", "venv", "--clear", VENV):
        _give_up(
            Text(
                "不能在项目文件夹中建立 .venv。请检查磁盘空间和文件夹权限。",
                "The folder .venv cannot be made in the project. Check the disk space and the folder's permissions.",
            )
        )


def _install(python: Path) -> None:
    say(
        Text(
            "正在安装所需组件，首次约需一两分钟 ……",
            "Installing what is needed; the first time takes a minute or two ...",
        )
    )
    pip = (python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input", "--no-color")
    itself = ("--no-deps", "--no-build-isolation", "--editable", ROOT)  # built by the hatchling of the lock
    if run(*pip, "--requirement", _LOCK) or run(*pip, *itself):
        _give_up(
            Text(
                "组件未能安装，原因见上。多半是连不上软件源：请检查网络，或用 PIP_INDEX_URL 指定单位的镜像。",
                "The installation failed; the reason is above. Most often the package index cannot be reached: "
                "check the network, or name your office's mirror in PIP_INDEX_URL.",
            )
        )


def _succeeds(*command: str | Path) -> bool:
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0


def _version(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, numbers))


def _give_up(words: Text) -> None:
    print(words.in_(spoken()), file=sys.stderr)
    raise SystemExit(1)
