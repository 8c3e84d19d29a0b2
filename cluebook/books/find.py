"""Which workbook a command works on."""

from __future__ import annotations

from pathlib import Path

from cluebook.books.file import FileBook
from cluebook.books.problems import problem
from cluebook.errors import UsageError

WITH_MACROS, WITHOUT_MACROS = NAMES = ("ledger.xlsm", "ledger.xlsx")


def find(path: Path | None, cwd: Path) -> FileBook:
    """Return the ledger that was named, else the one in the folder.

    Raises:
        UsageError: none was named, and the folder holds none.
    """
    if path is not None:
        return FileBook(cwd / path)
    found = next((cwd / name for name in NAMES if (cwd / name).is_file()), None)
    if found is None:
        raise UsageError(problem("ledger_not_named"))
    return FileBook(found)
