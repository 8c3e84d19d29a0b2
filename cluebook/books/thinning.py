"""Leaving rows that nobody asks for out of a large workbook before the fast reader sees it.

The reader knows no choice: it takes a sheet apart to the last cell. Rows can be told apart without it by the one cell
in each that says whether the row matters; only what is left goes to the reader. A row is left out only where that cell
plainly says so: any doubt keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cluebook.books.patch.archive import Pieces, key, rewrite
from cluebook.books.patch.area import column_letters
from cluebook.books.patch.parts import Package, Table
from cluebook.books.patch.rows import Rows, UntidyError, read_rows
from cluebook.ledger.book import CellValue

_STRINGS = "xl/sharedStrings.xml"


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
    parts: dict[str, Pieces] = {}
    kept: dict[str, list[int]] = {}
    for wish in wishes:
        table = package.tables.get(wish.table)
        if table is None or wish.column not in table.columns or not _stands_alone(table, package):
            continue
        try:
            rows = read_rows(package.archive.read(table.sheet.part))
        except UntidyError:
            continue
        numbers = [number for number in rows.numbers if table.first <= number <= table.last]
        cells = _cells(rows, numbers, column_letters(table.column(wish.column)).encode())
        wanted = _wanted(wish, cells, package)
        kept[wish.table] = [n for n, cell in zip(numbers, cells, strict=True) if wanted(cell)]
        if numbers[-1:] != kept[wish.table][-1:]:  # so that it is known where the table ends
            kept[wish.table] += numbers[-1:]
        parts[key(table.sheet.part)] = _closed_up(rows, table, kept[wish.table])
    return rewrite(package.archive, parts), kept


def _stands_alone(table: Table, package: Package) -> bool:
    return sum(other.sheet == table.sheet for other in package.tables.values()) == 1


def _cells(rows: Rows, numbers: Sequence[int], letters: bytes) -> list[bytes]:
    """Return the XML of one column's cell in each row, up to its end; nothing where it is not found."""
    xml, opening = rows.xml, b'<%bc r="%b' % (rows.prefix.encode(), letters)
    closing = b"</%bc>" % rows.prefix.encode()
    cells = []
    for number in numbers:
        begin, end = rows.span(number)
        at = xml.find(b'%b%d"' % (opening, number), begin, end)
        is_blank = at < 0 or xml[xml.find(b">", at, end) - 1] == ord("/")
        cells.append(b"" if is_blank else xml[at : xml.find(closing, at, end)])
    return cells


def _wanted(wish: Without | Highest, cells: Sequence[bytes], package: Package) -> Callable[[bytes], bool]:
    """Return what tells from its cell whether a row is wanted."""
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
    """Return where these words stand in the workbook's list of texts, counted as cells count them."""
    if package.archive.find(_STRINGS) is None:
        return frozenset()
    strings = package.archive.read(_STRINGS)
    found = [strings.find(b"<si><t>%b</t></si>" % word.encode()) for word in words]
    if b"<!--" in strings or strings.count(b"<si") != strings.count(b"<si>") + strings.count(b"<si/>"):
        return frozenset()
    return frozenset(b"%d" % strings.count(b"<si", 0, at) for at in found if at >= 0)


def _closed_up(rows: Rows, table: Table, kept: Sequence[int]) -> list[bytes]:
    """Return the sheet down to the table's first row, then the rows kept, numbered on from there."""
    xml, pieces = rows.xml, [rows.xml[: rows.span(table.first)[0]]]
    tags = rb'(<%b(?:row|c)\s[^>]*?\br=")([A-Z]*)\d+"' % rows.prefix.encode()
    for number, old in enumerate(kept, start=table.first):
        begin, end = rows.span(old)
        pieces.append(re.sub(tags, rb'\g<1>\g<2>%d"' % number, xml[begin:end]))
    return [*pieces, xml[rows.end :]]


def spread(
    rows: Sequence[tuple[CellValue, ...]], kept: Sequence[int], table: Table
) -> list[tuple[CellValue, ...]]:
    """Return the rows of a thinned table at their own places, blank rows where others were left out."""
    blank = (None,) * len(table.columns)
    places = dict(zip(kept, rows, strict=False))  # the last ones may be blank, and then none are given
    return [places.get(number, blank) for number in range(table.first, kept[-1] + 1)] if kept else []
