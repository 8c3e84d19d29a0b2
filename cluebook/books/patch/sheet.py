"""A worksheet with cells changed and rows added; all that is not named stays byte for byte."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cluebook.books.patch.archive import DamageError, Pieces, Source
from cluebook.books.patch.area import MAX_COLUMN, MAX_ROW, Area, column_letters, read_area
from cluebook.books.patch.growth import Growth, grown_ranges
from cluebook.books.patch.parts import Sheet, Table, parse, serialise
from cluebook.books.patch.rewriting import Lane, Sheetwide, Target, fresh, inherited, rewritten
from cluebook.books.patch.rows import Row, Rows, UntidyError, read_rows
from cluebook.books.patch.splicing import Splice, spliced
from cluebook.books.patch.styles import Styles
from cluebook.books.patch.totals import with_totals_moved
from cluebook.books.problems import problem
from cluebook.errors import Place, RefusedError
from cluebook.ledger.book import CellContent, Formula

_COLUMN = re.compile(rb"<(?:[\w.-]+:)?col\s[^>]*>")
_ATTRIBUTE = re.compile(rb'\s(min|max|style)="(\d+)"')
_DIMENSION = re.compile(rb'(<(?:[\w.-]+:)?dimension\b[^>]*\sref=")([^"]*)(")')
_MERGE = re.compile(rb'<(?:[\w.-]+:)?mergeCell\s[^>]*?ref="([^"]+)"')
_ARRAY_REF = re.compile(rb'\sref="([^"]+)"')


@dataclass(frozen=True, slots=True)
class SheetChange:
    """All that is to change on one worksheet: cells by row and column number, and rows of its tables."""

    sheet: Sheet
    cells: Mapping[int, Mapping[int, CellContent]]
    growths: Sequence[Growth]

    def rows(self) -> Iterator[int]:
        """Return the worksheet rows that have to be seen for it."""
        yield from self.cells
        for growth in self.growths:
            yield from (growth.model, growth.area.bottom)
            yield from range(growth.first, growth.first + len(growth.rows))


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A worksheet after the change.

    Attributes:
        old: gives its XML before the change.
        splices: what takes the place of what, from the beginning on.
        rows: how many rows it has.
        values: what the changed cells hold now, by row and column number.
        formulas: whether a formula came or went.
    """

    old: Source
    splices: Sequence[Splice]
    rows: int
    values: Mapping[int, Mapping[int, CellContent]]
    formulas: bool

    def pieces(self) -> Pieces:
        """Return its XML, in order."""
        return spliced(self.old(), self.splices)


def rewrite(old: Source, change: SheetChange, styles: Styles, *, since_1904: bool) -> Rewritten:
    """Return the worksheet with the change made.

    Raises:
        RefusedError: the change cannot be made without harm to what stands there.
    """
    try:
        return _rewrite(old, change, styles, since_1904=since_1904)
    except UntidyError:
        try:
            tidy = tidied(b"".join(old()))
            return _rewrite(lambda: [tidy], change, styles, since_1904=since_1904)
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


def _rewrite(old: Source, change: SheetChange, styles: Styles, *, since_1904: bool) -> Rewritten:
    rows = read_rows(old(), change.rows())
    wide = Sheetwide(change.sheet.title, rows.prefix, styles, _column_styles(rows.head), since_1904)
    for growth in change.growths:
        rows = with_totals_moved(rows, growth, wide.title)
    work = _work(rows, change, wide)
    _refuse_covered(rows, work, wide.title)
    body, added, formulas = _body(rows, work, wide)
    values = work.values()
    head, tail = _head(rows, values), _tail(rows, change.growths)
    return Rewritten(
        old=old,
        splices=[Splice(0, len(rows.head), head), *body, Splice(rows.end, rows.end + len(rows.tail), tail)],
        rows=rows.count + added,
        values=values,
        formulas=formulas or any(growth.moves_totals for growth in change.growths),
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
    fresh: dict[int, tuple[Sequence[Lane], Sequence[CellContent]]]
    above: dict[int, str]

    def values(self) -> dict[int, dict[int, CellContent]]:
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
    last = max(
        [rows.last, *change.cells, *(growth.area.bottom for growth in change.growths if growth.moves_totals)]
    )
    for growth in change.growths:
        _refuse_no_room(growth, wide.title)
        table = growth.table
        model = rows.row(growth.model)
        lanes = _lanes(table, model, wide)
        attributes = inherited(model)
        if growth.moves_totals:
            work.targets.setdefault(growth.area.bottom, {})
        for number, values in enumerate(growth.rows, start=growth.first):
            work.above.setdefault(number, attributes)
            if number > last and len(change.growths) == 1:
                work.fresh[number] = (lanes, values)
                continue
            below = number > table.last
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
    if growth.area.bottom > MAX_ROW:
        raise RefusedError(problem("sheet_full", Place(title)))


def _refuse_covered(rows: Rows, work: _Work, title: str) -> None:
    """Refuse to write into a cell that a merged range hides, or that an array formula fills."""
    numbers = sorted([*work.targets, *work.fresh])
    for ref in _MERGE.findall(rows.tail):
        area = read_area(ref.decode())
        for row, column in _inside(work, numbers, area):
            first = area is not None and (row, column) == (area.top, area.left)
            if not first and (row in work.fresh or work.targets[row][column].value is not None):
                raise RefusedError(problem("cell_merged", Place(title, row, column_letters(column))))
    for formula in rows.arrays:
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


def _body(rows: Rows, work: _Work, wide: Sheetwide) -> tuple[list[Splice], int, bool]:
    """Return the rows that change or are new, how many are new, and whether a formula came or went."""
    splices: list[Splice] = []
    added, formulas = len(work.fresh), False
    for number in sorted(work.targets):
        begin, end = rows.spans[number]
        above, targets = work.above.get(number, ""), work.targets[number]
        xml, touched = rewritten(number, rows.row(number), above, targets, wide)
        splices.append(Splice(begin, end, xml.encode()))
        added, formulas = added + (begin == end), formulas or touched
    new = [fresh(number, work.above[number], *row, wide) for number, row in work.fresh.items()]
    formulas = formulas or any(_has_formula(*row) for row in work.fresh.values())
    return [*splices, Splice(rows.end, rows.end, "".join(new).encode())], added, formulas


def _has_formula(lanes: Sequence[Lane], values: Sequence[CellContent]) -> bool:
    return any(lane.formula for lane in lanes) or any(isinstance(value, Formula) for value in values)


def _head(rows: Rows, values: Mapping[int, Mapping[int, CellContent]]) -> bytes:
    """Return what stands before the rows, its stated dimension stretched over the new cells."""
    head = rows.head[: rows.head.rindex(b"/>")] + b">" if rows.closed else rows.head
    columns = [column for cells in filter(None, values.values()) for column in (min(cells), max(cells))]
    if not columns:
        return head

    def stretched(match: re.Match[bytes]) -> bytes:
        old = read_area(match[2].decode())
        if old is None:
            return match[0]
        new = Area(
            min(old.left, *columns), min(old.top, *values), max(old.right, *columns), max(old.bottom, *values)
        )
        return match[1] + new.ref().encode() + match[3]

    return _DIMENSION.sub(stretched, head, count=1)


def _tail(rows: Rows, growths: Sequence[Growth]) -> bytes:
    """Return what stands after the rows, the ranges of drop-downs and formats grown with their tables."""
    closing = f"</{rows.prefix}sheetData>".encode() if rows.closed else b""
    return closing + grown_ranges(rows.tail, growths)
