"""A save whose process dies, or whose disk fails, at each of its steps; run by the tests on its own.

Usage: saves.py LEDGER kill|full|denied EVERY, the ledger named .xlsx or .xlsm; only every so many steps are tried. Prints one line a step: how the save ended, whether the ledger is
"old", "new" or "broken" afterwards, and how many temporary files are left before and after the next opening.
"""

# ruff: noqa: E402, T201 - a program of its own, which finds the project first and answers on standard output
from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from faults import STEPS, failing

from cluebook.books import saving
from cluebook.books.file import FileBook
from cluebook.errors import DiskError
from workbooks import altered, members, new, simple

MACROS = "xl/vbaProject.bin"
saving._CHUNK = 150  # many small writes, so that a save can also die in the middle of a file


def save(path: Path, step: int, how: str) -> int:
    """Save in a process of its own whose nth step fails; return its exit code, without a fault its steps."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    book, count = FileBook(path), [0]
    for name in STEPS:
        setattr(os, name, failing(getattr(os, name), count, step, how))
    try:
        with book.open():
            book.write([], [new(("XS-NEW",))])
    except DiskError as error:
        os._exit(error.exit_code)
    except BaseException:  # noqa: BLE001
        os._exit(99)
    os._exit(count[0] if how == "count" else 0)


def state(path: Path, old: bytes) -> str:
    if path.read_bytes() == old:
        return "old"
    rows = FileBook(path).grid("Clues").rows
    is_whole = [row[0] for row in rows] == ["XS-1", "XS-2", "XS-3", "XS-NEW"]
    return "new" if is_whole and members(path).get(MACROS) == members(old).get(MACROS) else "broken"


def temporaries(folder: Path) -> int:
    return len([path for path in folder.rglob("*") if path.name.endswith("cluebook-tmp")])


def content(suffix: str) -> bytes:
    return altered(simple(), {MACROS: bytes(range(256)) * 40}) if suffix == ".xlsm" else simple()


def main(path: Path, how: str, every: int) -> None:
    old = content(path.suffix)
    path.write_bytes(old)
    last = save(path, 0, "count")
    for step in range(last, 0, -every):  # the last one always: by then the new ledger is in place
        path.write_bytes(old)
        ended = save(path, step, how)
        found, left = state(path, old), temporaries(path.parent)
        with FileBook(path).open():
            print(ended, found, left, temporaries(path.parent))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
