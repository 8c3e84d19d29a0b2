"""A worksheet with cells changed and rows added; all that is not named stays byte for byte."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cluebook.books.patch.archive import DamageError
from cluebook.books.patch.area import MAX_COLUMN, MAX_ROW, Area, column_letters, read_area
from cluebook.books.patch.parts import Sheet, Table, parse, serialise
from cluebook.books.patch.rewriting import Lane, Sheetwide, Target, fresh, inherited, rewritten
from cluebook.books.patch.rows import Row, Rows, UntidyError, read_rows
from cluebook.books.patch.styles import Styles
from cluebook.books.problems import problem
from cluebook.errors import Place, RefusedError
from cluebook.ledger.book import CellValue

_COLUMN = re.compile(rb"<(?:[\w.-]+:)?col\s[^>]*>")
_ATTRIBUTE = re.compile(rb'\s(min|max|style)="(\d+)"')
_DIMENSION = re.compile(rb'(<(?:[\w.-]+:)?dimension\b[^>]*\sref=")([^"]*)(")')
_MERGE = re.compile(rb'<(?:[\w.-]+:)?mergeCell\s[^>]*?ref="([^"]+)"')
_RANGES = re.compile(
    rb'(<(?:[\w.-]+:)?(?:conditionalFormatting|dataValidation)\s[^>]*?sqref=")([^"]*)(")'
    rb"|(<(?:[\w.-]+:)?sqref>)([^<]*)(</(?:[\w.-]+:)?sqref>)"
)
_ARRAY_MARKS = (b't="array"', b't="dataTable"')
_ARRAY = re.compile(rb'<[^>]*\st="(?:array|dataTable)"[^>]*>')
_ARRAY_REF = re.compile(rb'\sref="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Growth:
    """Rows to append to a table: the worksheet row of the first one, and values as wide as the table."""

    table: Table
    first: int
    rows: Sequence[Sequence[CellValue]]

    @property
    def area(self) -> Area:
        """The table's area afterwards; rows that fill blank ones inside do not make it larger."""
        bottom = max(self.table.area.bottom, self.first + len(self.rows) - 1)
        return self.table.area.down_to(bottom)


@dataclass(frozen=True, slots=True)
class SheetChange:
    """All that is to change on one worksheet: cells by row and column number, and rows of its tables."""

    sheet: Sheet
    cells: Mapping[int, Mapping[int, CellValue]]
    growths: Sequence[Growth]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A worksheet after the change.

    Attributes:
        pieces: its XML, in order.
        rows: how many rows it has.
        values: what the changed cells hold now, by row and column number.
        formulas: whether a formula came or went.
    """

    pieces: Sequence[bytes | memoryview]
    rows: int
    values: Mapping[int, Mapping[int, CellValue]]
    formulas: bool


def rewrite(xml: bytes, change: SheetChange, styles: Styles, *, since_1904: bool) -> Rewritten:
    """Return the worksheet with the change made.

    Raises:
        RefusedError: the change cannot be made without harm to what stands there.
    """
    try:
        return _rewrite(read_rows(xml), change, styles, since_1904=since_1904)
    except UntidyError:
        try:
            return _rewrite(read_rows(tidied(xml)), change, styles, since_1904=since_1904)
        except (UntidyError, DamageError):
            raise RefusedError(problem("sheet_unreadable", Place(change.sheet.title))) from None


def tidied(xml: bytes) -> bytes:
    """Return a worksheet with every row numbered, every cell named and no comment among them.

    Raises:
        UntidyError: a cell names another row than its own.
    """
    root = parse(xml, bare=True)
    row_number = 0
    for row in root.iterfind("{*}sheetData/{*}row"):
        stated = row.get("r", "")
        row_number = int(stated) if stated.isdecimal() else row_number + 1
        row.set("r", str(row_number))
        column = 0
        for cell in row.iterfind("{*}c"):
            ref = read_area(cell.get("r", ""))
            if ref is not None and ref.top != row_number:
                raise UntidyError
            column = ref.left if ref else column + 1
            cell.set("r", f"{column_letters(column)}{row_number}")
    return serialise(root)


def _rewrite(rows: Rows, change: SheetChange, styles: Styles, *, since_1904: bool) -> Rewritten:
    head, tail = rows.xml[: rows.start], rows.xml[rows.end :]
    wide = Sheetwide(change.sheet.title, rows.prefix, styles, _column_styles(head), since_1904)
    work = _work(rows, change, wide)
    _refuse_covered(rows, tail, work, wide.title)
    body, added, formulas = _body(rows, work, wide)
    values = work.values()
    return Rewritten(
        pieces=[*_head(rows, head, values), *body, *_tail(rows, tail, change.growths)],
        rows=len(rows.numbers) + added,
        values=values,
        formulas=formulas,
    )


def _column_styles(head: bytes) -> dict[int, int]:
    """Return the formats that whole columns have, by column number."""
    styles: dict[int, int] = {}
    for column in _COLUMN.findall(head):
        of = {name: int(value) for name, value in _ATTRIBUTE.findall(column)}
        if of.get(b"style"):
            last = min(of.get(b"max", 0), MAX_COLUMN)
            styles.update(dict.fromkeys(range(of.get(b"min", 1), last + 1), of[b"style"]))
    return styles


@dataclass(frozen=True, slots=True)
class _Work:
    """What is to be done on one sheet.

    Attributes:
        targets: cells to write in rows that may exist, by row and column number.
        fresh: rows below the last one of the sheet: their columns and values.
        above: what each new row takes from the row above it.
    """

    targets: dict[int, dict[int, Target]]
    fresh: dict[int, tuple[Sequence[Lane], Sequence[CellValue]]]
    above: dict[int, str]

    def values(self) -> dict[int, dict[int, CellValue]]:
        """Return what the cells hold afterwards, those that a formula fills left out."""
        values = {
            row: {
                column: target.value
                for column, target in cells.items()
                if target.value is not None or target.lane is None or target.lane.formula is None
            }
            for row, cells in self.targets.items()
        }
        for row, (lanes, new) in self.fresh.items():
            pairs = zip(lanes, new, strict=True)
            values[row] = {lane.column: v for lane, v in pairs if v is not None or lane.formula is None}
        return values


def _work(rows: Rows, change: SheetChange, wide: Sheetwide) -> _Work:
    """Return the change cell by cell, each new row with what it takes from the row above."""
    work = _Work(
        {row: {c: Target(v) for c, v in cells.items()} for row, cells in change.cells.items()}, {}, {}
    )
    last = max([*rows.numbers[-1:], *change.cells, 0])
    for growth in change.growths:
        _refuse_no_room(growth, wide.title)
        table = growth.table
        model = rows.row(max(growth.first - 1, table.first))
        lanes = _lanes(table, model, wide)
        attributes = inherited(model)
        for number, values in enumerate(growth.rows, start=growth.first):
            work.above.setdefault(number, attributes)
            if number > last and len(change.growths) == 1:
                work.fresh[number] = (lanes, values)
                continue
            below = number > table.area.bottom
            cells = work.targets.setdefault(number, {})
            cells |= {
                lane.column: Target(value, lane, below) for lane, value in zip(lanes, values, strict=True)
            }
    return work


def _lanes(table: Table, model: Row | None, wide: Sheetwide) -> list[Lane]:
    """Return the columns of a table as a new row fills them, each with the format of the row above."""
    lanes = []
    for column in range(table.area.left, table.area.right + 1):
        cell = model.cells.get(column) if model else None
        own = model.style if model else 0
        style = cell.style if cell else own or wide.column_styles.get(column, 0)
        lanes.append(Lane(column, column_letters(column), style, table.formulas.get(column)))
    return lanes


def _refuse_no_room(growth: Growth, title: str) -> None:
    if growth.table.totals:
        raise RefusedError(problem("table_has_totals", Place(title)))
    if growth.area.bottom > MAX_ROW:
        raise RefusedError(problem("sheet_full", Place(title)))


def _refuse_covered(rows: Rows, tail: bytes, work: _Work, title: str) -> None:
    """Refuse to write into a cell that a merged range hides, or that an array formula fills."""
    numbers = sorted([*work.targets, *work.fresh])
    for ref in _MERGE.findall(tail):
        area = read_area(ref.decode())
        for row, column in _inside(work, numbers, area):
            first = area is not None and (row, column) == (area.top, area.left)
            if not first and (row in work.fresh or work.targets[row][column].value is not None):
                raise RefusedError(problem("cell_merged", Place(title, row, column_letters(column))))
    if all(rows.xml.find(mark, rows.start, rows.end) < 0 for mark in _ARRAY_MARKS):
        return
    for formula in _ARRAY.findall(rows.xml, rows.start, rows.end):
        whole = _ARRAY_REF.search(formula)
        for row, column in _inside(work, numbers, read_area(whole[1].decode()) if whole else None):
            raise RefusedError(problem("formula_master", Place(title, row, column_letters(column))))


def _inside(work: _Work, numbers: list[int], area: Area | None) -> Iterator[tuple[int, int]]:
    """Return the cells to write that lie in an area; `numbers` are the rows to write, in order."""
    if area is None:
        return
    for row in numbers[bisect_left(numbers, area.top) : bisect_right(numbers, area.bottom)]:
        columns = work.targets.get(row) or [lane.column for lane in work.fresh[row][0]]
        yield from ((row, column) for column in columns if area.left <= column <= area.right)


def _body(rows: Rows, work: _Work, wide: Sheetwide) -> tuple[list[bytes | memoryview], int, bool]:
    """Return the rows in pieces, how many are new, and whether a formula came or went."""
    view = memoryview(rows.xml)
    pieces: list[bytes | memoryview] = []
    at, added, formulas = rows.start, len(work.fresh), False
    for number in sorted(work.targets):
        begin, end = rows.span(number)
        above, targets = work.above.get(number, ""), work.targets[number]
        xml, touched = rewritten(number, rows.row(number), above, targets, wide)
        pieces += [view[at:begin], xml.encode()]
        at, added, formulas = end, added + (begin == end), formulas or touched
    new = [fresh(number, work.above[number], *row, wide) for number, row in work.fresh.items()]
    formulas = formulas or any(lane.formula for lanes, _ in work.fresh.values() for lane in lanes)
    return [*pieces, view[at : rows.end], "".join(new).encode()], added, formulas


def _head(rows: Rows, head: bytes, values: Mapping[int, Mapping[int, CellValue]]) -> list[bytes]:
    """Return what stands before the rows, its stated dimension stretched over the new cells."""
    if rows.closed:
        head = head[: head.rindex(b"/>")] + b">"
    columns = [column for cells in values.values() for column in (min(cells), max(cells)) if cells]
    if not columns:
        return [head]

    def stretched(match: re.Match[bytes]) -> bytes:
        old = read_area(match[2].decode())
        if old is None:
            return match[0]
        new = Area(
            min(old.left, *columns), min(old.top, *values), max(old.right, *columns), max(old.bottom, *values)
        )
        return match[1] + new.ref().encode() + match[3]

    return [_DIMENSION.sub(stretched, head, count=1)]


def _tail(rows: Rows, tail: bytes, growths: Sequence[Growth]) -> list[bytes]:
    """Return what stands after the rows, the ranges of drop-downs and formats grown with their tables."""
    closing = f"</{rows.prefix}sheetData>".encode() if rows.closed else b""
    if not growths:
        return [closing, tail]

    def grown(match: re.Match[bytes]) -> bytes:
        before, ranges, after = (match[1], match[2], match[3]) if match[1] else (match[4], match[5], match[6])
        refs = (grown_ref(ref, growths) for ref in ranges.decode().split())
        return bytes(before + " ".join(refs).encode() + after)

    return [closing, _RANGES.sub(grown, tail)]


def grown_ref(ref: str, growths: Sequence[Growth]) -> str:
    """Return a range that covers the data of a table's columns, down to the table's new last row."""
    area = read_area(ref)
    if area is None:
        return ref
    for growth in growths:
        old = growth.table.area
        whole = area.bottom == old.bottom and old.top <= area.top <= growth.table.first
        if whole and old.left <= area.left and area.right <= old.right:
            return area.down_to(growth.area.bottom).ref()
    return ref
