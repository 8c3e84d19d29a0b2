"""The confined reader: a program of its own that takes a file on standard input and answers in lines.

Usage: python -m cluebook.books.reading source|csv|ledger SECONDS MEMORY [SHEET]. See `confinement`.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from cluebook.books.confinement import END, UNREADABLE, limit
from cluebook.books.patch.archive import read_archive
from cluebook.books.patch.area import MAX_COLUMN
from cluebook.books.patch.parts import read_package
from cluebook.books.patch.values import MAX_EXACT
from cluebook.ledger.book import CellValue

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_ANSWER_A_BYTE, _ANSWER = 60, 64 << 20
"""How long an answer may be: the same text may stand in a million cells, and in the file once."""

_BOMS = (b"\xff\xfe", b"\xfe\xff")

Rows = Iterable[tuple[object, ...]]


class _TooLongError(Exception):
    """The answer is absurdly long for the file."""


def try_ledger(content: bytes) -> Iterator[object]:
    """Read every sheet of a ledger that has a table, as the program is about to; answer nothing."""
    package = read_package(read_archive(content))
    reader = _calamine(content)
    for title in {table.sheet.title for table in package.tables.values()}:
        for _ in reader.get_sheet_by_name(title).iter_rows():
            pass
    yield from ()


def read_source(content: bytes, *sheet: str) -> Iterator[object]:
    """Answer the titles of all sheets and of the one that is wanted, then that one's rows, to the last with a value."""
    titles, title, rows = _opened(content, *sheet)
    yield [titles, title]
    yield from _filled(rows)


def read_csv(content: bytes) -> Iterator[object]:
    """Answer the rows of a CSV file in any of the encodings that office programs write; a web page is none."""
    if content.lstrip()[:1] == b"<":
        raise UnicodeError
    for encoding in ("utf-16",) if content.startswith(_BOMS) else ("utf-8-sig", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            return _filled(map(tuple, csv.reader(io.StringIO(text, newline=""), strict=True)))
    raise UnicodeError


JOBS: dict[str, Callable[..., Iterator[object]]] = {
    "ledger": try_ledger,
    "source": read_source,
    "csv": read_csv,
}


def _filled(rows: Rows) -> Iterator[list[object]]:
    """Return rows as they can be told, without the blank cells at their ends and the blank rows at the end."""
    blank = 0
    for row in rows:
        cells = [_told(cell) for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        if len(cells) > MAX_COLUMN:
            raise _TooLongError
        if not cells:
            blank += 1
            continue
        yield from ([] for _ in range(blank))
        yield cells
        blank = 0


def _opened(content: bytes, *sheet: str) -> tuple[list[str], str | None, Rows]:
    """Return the titles, the one wanted and its rows, by the careful reader or, where it fails, the fast one."""
    try:
        titles, title, rows = _by_openpyxl(content, *sheet)
        if title is not None:
            return titles, title, list(rows)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001, S110 - it fails in many ways on odd files; the other has its turn
        pass
    reader = _calamine(content)
    title = _chosen(reader.sheet_names, *sheet)
    return reader.sheet_names, title, () if title is None else map(tuple, _sheet_rows(reader, title))


def _by_openpyxl(content: bytes, *sheet: str) -> tuple[list[str], str | None, Rows]:
    from openpyxl import load_workbook

    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    by_title = {worksheet.title: worksheet for worksheet in workbook.worksheets}
    title = _chosen(list(by_title), *sheet)
    if title is None:
        return list(by_title), None, ()
    worksheet: Any = by_title[title]
    worksheet.reset_dimensions()  # some programs write a wrong one
    return (
        list(by_title),
        title,
        (tuple(map(_unescaped, row)) for row in worksheet.iter_rows(values_only=True)),
    )


def _sheet_rows(reader: CalamineWorkbook, title: str) -> Iterator[list[Any]]:
    """Return the rows of a sheet from its first column on; the fast reader begins with the first that has a value."""
    sheet = reader.get_sheet_by_name(title)
    if sheet.start is not None:
        left = [None] * sheet.start[1]
        yield from ([*left, *row] for row in sheet.iter_rows())


def _chosen(titles: list[str], *sheet: str) -> str | None:
    return next((title for title in titles if title in (sheet or titles)), None)


def _calamine(content: bytes) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def _unescaped(cell: object) -> object:
    from openpyxl.utils.escape import unescape

    return unescape(cell) if isinstance(cell, str) else cell


def _told(cell: object) -> object:
    """Return a cell as JSON can tell it; `heard` is its other half."""
    if cell is None or cell == "" or isinstance(cell, bool | int | str):
        return None if cell == "" else cell
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) <= MAX_EXACT
        return int(cell) if whole else cell if math.isfinite(cell) else None
    if isinstance(cell, date):
        moment = cell if isinstance(cell, datetime) else datetime.combine(cell, time())
        return {"at": moment.replace(tzinfo=None).isoformat()}
    return str(cell) if isinstance(cell, time | timedelta) else None


def heard(cell: Any) -> CellValue:  # noqa: ANN401 - whatever JSON told
    """Return a cell as it was before it was told.

    >>> heard({"at": "2026-01-05T09:30:00"}), heard("x")
    (datetime.datetime(2026, 1, 5, 9, 30), 'x')
    """
    known: CellValue = datetime.fromisoformat(cell["at"]) if isinstance(cell, dict) else cell
    return known


def _answer(job: str, content: bytes, *words: str) -> None:
    left = _ANSWER + _ANSWER_A_BYTE * len(content)
    for told in JOBS[job](content, *words):
        line = json.dumps(told).encode() + b"\n"
        left -= len(line)
        if left < 0:
            raise _TooLongError
        sys.stdout.buffer.write(line)
    sys.stdout.buffer.write(END)
    sys.stdout.buffer.flush()


def main(job: str, seconds: str, memory: str, *words: str) -> None:
    """Do a job within limits of work and memory; the exit code tells what came of it."""
    limit(int(seconds), int(memory))
    try:
        _answer(job, sys.stdin.buffer.read(), *words)
    except (MemoryError, _TooLongError, KeyboardInterrupt):
        sys.exit(1)
    except BaseException:  # noqa: BLE001 - a panic of the fast reader is no `Exception`
        sys.exit(UNREADABLE)


if __name__ == "__main__":
    main(*sys.argv[1:])
