"""Leaving rows that nobody asks for out of a large workbook before the fast reader sees it.

The reader knows no choice: it takes a sheet apart to the last cell. Rows can be told apart without it by the one cell
in each that says whether the row matters; only what is left goes to the reader. A row is left out only where that cell
plainly says so: any doubt keeps it.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from cluebook.books.patch.archive import Archive, Content, key
from cluebook.books.patch.area import column_letters
from cluebook.books.patch.parts import Package, Table
from cluebook.books.patch.rows import Reading, UntidyError
from cluebook.books.patch.zipping import rewrite
from cluebook.books.texts import TEXTS, lean, spots
from cluebook.ledger.book import CellValue


@dataclass(frozen=True, slots=True)
class Without:
    """Leave out the rows whose cell in a column holds one of these words."""

    table: str
    column: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Highest:
    """Keep only the rows whose cell in a column holds the highest number."""

    table: str
    column: str


def thinned(package: Package, wishes: Iterable[Without | Highest]) -> tuple[bytes, dict[str, list[int]]]:
    """Return the workbook without the rows that are not wanted, and by table which rows stand there one by one.

    The rows that are left close up from the first row of the table on; a table that is not named in the answer is as
    it was.
    """
    sheets = {
        key(table.sheet.part): package.archive.source(table.sheet.part) for table in package.tables.values()
    }
    kept: dict[str, list[int]] = {}
    for wish in wishes:
        table = package.tables.get(wish.table)
        if table is None or wish.column not in table.columns or not _stands_alone(table, package):
            continue
        with contextlib.suppress(UntidyError):
            kept[wish.table], pieces = _thinned(package, table, wish)
            sheets[key(table.sheet.part)] = pieces.copy
    try:
        return _written(package.archive, lean(package.archive, sheets)), kept
    except UntidyError:  # what texts its cells need cannot be told for sure
        return _written(package.archive, sheets), kept


def _written(archive: Archive, parts: Mapping[str, Content]) -> bytes:
    out = io.BytesIO()
    rewrite(archive, parts, (), out)
    return out.getvalue()


def _stands_alone(table: Table, package: Package) -> bool:
    return sum(other.sheet == table.sheet for other in package.tables.values()) == 1


def _thinned(package: Package, table: Table, wish: Without | Highest) -> tuple[list[int], list[bytes]]:
    """Return the rows that are kept, and the sheet with them alone, closed up from the table's first row on."""
    sheet = package.archive.source(table.sheet.part)
    reading = Reading(sheet())
    cell_of = partial(
        _cell, prefix=reading.prefix, letters=column_letters(table.column(wish.column)).encode()
    )
    wanted = _wanted(wish, package, (cell_of(*line) for line in _lines(Reading(sheet()))))
    above, kept, last = [], [], None
    for number, row in _lines(reading):
        if number < table.first:
            above.append(row)
        elif number <= table.last:
            last = number, row
            if wanted(cell_of(number, row)):
                kept.append(last)
    if last is not None and kept[-1:] != [last]:  # so that it is known where the table ends
        kept.append(last)
    tags = re.compile(rb'(<%b(?:row|c)\s[^>]*?\br=")([A-Z]*)\d+"' % reading.prefix)
    body = (tags.sub(rb'\g<1>\g<2>%d"' % n, row) for n, (_, row) in enumerate(kept, start=table.first))
    return [number for number, _ in kept], [reading.head, *above, *body, reading.tail]


def _lines(reading: Reading) -> Iterator[tuple[int, bytes]]:
    """Return the rows of a sheet with their numbers, one by one."""
    for window in reading.windows():
        yield from ((number, window.row(at)) for at, number in enumerate(window.numbers))


def _cell(number: int, row: bytes, *, prefix: bytes, letters: bytes) -> bytes:
    """Return the XML of one column's cell in a row, up to its end; nothing where it is blank or not found."""
    at = row.find(b'<%bc r="%b%d"' % (prefix, letters, number))
    if at < 0 or row[row.find(b">", at) - 1] == ord("/"):
        return b""
    return row[at : row.find(b"</%bc>" % prefix, at)]


def _wanted(wish: Without | Highest, package: Package, cells: Iterable[bytes]) -> Callable[[bytes], bool]:
    """Return what tells from its cell whether a row is wanted; `cells` are those of all rows."""
    if isinstance(wish, Without):
        spots = _spots(package, wish.words)
        inline = tuple(b"<is><t>%b</t></is>" % word.encode() for word in wish.words)
        return lambda cell: not (cell.endswith(inline) or (b't="s"' in cell and _value(cell) in spots))
    highest = max((int(value) for cell in cells if (value := _value(cell)).isdigit()), default=0)
    return lambda cell: not (_value(cell).isdigit() and int(_value(cell)) < highest)


def _value(cell: bytes) -> bytes:
    """Return what stands in the cell's value element, nothing where it has none or more beside it."""
    value = cell.rpartition(b"<v>")[2].removesuffix(b"</v>")
    return value if cell.endswith(b"</v>") and b"<f" not in cell else b""


def _spots(package: Package, words: frozenset[str]) -> frozenset[bytes]:
    """Return where these words stand in the workbook's list of texts; nothing where that cannot be told for sure."""
    if package.archive.find(TEXTS) is None:
        return frozenset()
    try:
        return spots(package.archive.source(TEXTS), words)
    except UntidyError:
        return frozenset()


def spread(
    rows: Sequence[tuple[CellValue, ...]], kept: Sequence[int], table: Table
) -> list[tuple[CellValue, ...]]:
    """Return the rows of a thinned table at their own places, blank rows where others were left out."""
    blank = (None,) * len(table.columns)
    places = dict(zip(kept, rows, strict=False))  # the last ones may be blank, and then none are given
    return [places.get(number, blank) for number in range(table.first, kept[-1] + 1)] if kept else []
