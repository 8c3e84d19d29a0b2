"""Have the system look after a ledger: ``python scripts/register_watch.py --for systemd --folder OFFICE [--install]``.

Without ``--install`` it only shows what the scheduler of the system is to be told, and how. To be run with the Python
that has cluebook, as the user whose ledger it is.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path, PurePath

from cluebook.books.find import find
from cluebook.errors import CluebookError
from cluebook.language import spoken
from cluebook.text import Lang, Text
from cluebook.watch.registration import SYSTEMS, Registration, post_of, spelt, with_line

_FILE = Text("文件 {path}：", "The file {path}:")
_LINE = Text("crontab 中的一行：", "A line of the crontab:")
_RUN = Text("登记：", "To register it:")
_END = Text("取消：", "To end it:")
_NOT_INSTALLED = Text(
    "这个 Python 没有安装 cluebook；请先在项目文件夹中运行 pip install .",
    "This Python has no cluebook; first run pip install . in the project's folder.",
)
_SHOWN = Text("以上只是预览；加 --install 才会登记。", "This was only shown; --install registers it.")
_DONE = Text("已登记。", "It is registered.")


def main() -> int:
    """Return the exit code of what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--for", dest="system", choices=tuple(SYSTEMS), default=_here(), help="the scheduler")
    parser.add_argument("--folder", type=Path, default=Path.cwd(), help="the office's folder")
    parser.add_argument(
        "--print", action="store_true", dest="only_print", help="only show it, as without --install"
    )
    parser.add_argument("--install", action="store_true", help="register it")
    asked = parser.parse_args()
    lang = spoken()
    try:
        ledger = find(None, asked.folder.absolute()).path.absolute()
        made = SYSTEMS[asked.system](post_of(sys.executable, str(ledger), str(Path.home()), asked.system))
    except CluebookError as error:
        for problem in error.problems:
            print(problem.line(lang), file=sys.stderr)
        return error.exit_code
    if not _has_cluebook():
        print(_NOT_INSTALLED.in_(lang), file=sys.stderr)
        return 2
    if asked.install:
        return install(made, lang)
    show(made, asked.system, lang)
    return 0


def show(made: Registration, system: str, lang: Lang) -> None:
    """Print what is to be told to the scheduler, and how."""
    for path, content in made.files.items():
        print(_FILE.fill(path=path).in_(lang))
        print(content.decode("utf-16" if system == "windows" else "utf-8"))
    if made.crontab:
        print(_LINE.in_(lang), made.crontab, sep="\n")
    for head, commands in ((_RUN, made.register), (_END, made.remove)):
        if commands:
            print(head.in_(lang), *(f"  {spelt(command, system)}" for command in commands), sep="\n")
    print(made.advice.in_(lang), _SHOWN.in_(lang), sep="\n")


def install(made: Registration, lang: Lang) -> int:
    """Write the files, run the commands, and return 0; the exit code of the first command that fails else."""
    for path, content in made.files.items():
        _write(path, content)
    if made.crontab:
        held = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False).stdout
        subprocess.run(["crontab", "-"], input=with_line(held, made.crontab), text=True, check=True)
    for command in made.register:
        if code := subprocess.run(command, check=False).returncode:
            return code
    print(_DONE.in_(lang), made.advice.in_(lang), sep="\n")
    return 0


def _has_cluebook() -> bool:
    """Return whether this Python finds cluebook from anywhere, as the scheduler will start it."""
    asked = [sys.executable, "-P", "-c", "import cluebook.watch"]
    return subprocess.run(asked, cwd=Path.home(), capture_output=True, check=False).returncode == 0


def _write(path: PurePath, content: bytes) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(content)


def _here() -> str:
    """Return the scheduler that is most likely meant on this system."""
    return {"win32": "windows", "darwin": "launchd"}.get(sys.platform, "systemd")


if __name__ == "__main__":
    sys.exit(main())
