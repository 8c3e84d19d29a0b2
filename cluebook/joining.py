"""A ledger that is open in a LibreOffice which runs, for the commands."""

from __future__ import annotations

from pathlib import Path

from cluebook import libreoffice
from cluebook.books.file import FileBook
from cluebook.books.find import WITH_MACROS
from cluebook.books.live import LiveBook
from cluebook.books.saving import back_up, backups, disk_errors
from cluebook.errors import Place, Problem, RefusedError, UsageError
from cluebook.text import Text

_MACROS = Text(
    "LibreOffice 保存含宏的台账会丢失其中的按钮。",
    "LibreOffice loses the buttons of a ledger with macros when it saves it.",
)
_MACROS_FIX = Text(
    "请先关闭台账，再运行不带 --live 的命令；或使用无宏的台账。",
    "Close the ledger and run the command without --live, or use a ledger without macros.",
)
_NOT_THERE = Text("此 LibreOffice 没有打开这份台账。", "The ledger is not open in this LibreOffice.")
_NOT_THERE_FIX = Text(
    "请在其中打开台账，或运行不带 --live 的命令。", "Open it there, or run the command without --live."
)


def joined(url: str, ledger: FileBook) -> LiveBook:
    """Return the ledger as it is open in the office that accepts at `url`; its file is backed up first.

    Raises:
        RefusedError: no office answers there, or its saving would harm the ledger.
        UsageError: the office has not opened the ledger.
        DiskError: the backup cannot be written.
    """
    path = ledger.path.resolve()
    if path.suffix == Path(WITH_MACROS).suffix:
        raise RefusedError(Problem("macros_would_be_lost", Place(file=path.name), _MACROS, _MACROS_FIX))
    for book in libreoffice.join(url).books:
        if Path(book.fullname).resolve() == path:
            _back_up(path)
            return LiveBook(book)
    raise UsageError(Problem("not_open_there", Place(file=path.name), _NOT_THERE, _NOT_THERE_FIX))


def _back_up(path: Path) -> None:
    """Keep a copy of the file, unless the latest backup is one: an action that only looks changes nothing."""
    with disk_errors(path):
        content, held = path.read_bytes(), backups(path)
        if not held or held[-1].read_bytes() != content:
            back_up(path, content)
