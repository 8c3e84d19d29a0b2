"""The workbook that is open in Excel, through xlwings. It is read table by table and written strip by strip.

Excel waits while a button's work is done, so nobody types meanwhile; another program finds the file open.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cluebook.books.problems import problem
from cluebook.books.strips import Spot, Strip, same, strips
from cluebook.errors import (
    ChangedError,
    IntegrityError,
    Place,
    Problem,
    RefusedError,
    SchemaError,
    UsageError,
)
from cluebook.ledger.book import CellEdit, CellValue, Grid, NewRow
from cluebook.text import Text
from cluebook.text import same as alike

if TYPE_CHECKING:
    import xlwings

_ADD_IN = ".xlam"

_REFUSED = Text(
    "Excel 没有接受改动，台账保持原样。", "Excel did not take the changes; the ledger is as it was."
)
_REFUSED_FIX = Text(
    "请结束单元格编辑、取消工作表保护、确认文件不是只读后再试。",
    "Leave the cell you are editing, unprotect the sheet, see that the file is not read-only, and try again.",
)
_HALF = Text(
    "写入中断，只有一部分改动在台账中。", "Writing broke off; only part of the changes are in the ledger."
)
_HALF_FIX = Text("请不要保存，关闭台账后重新打开。", "Close the ledger without saving it, and open it again.")
_CROWDED = Text(
    "表格下方有内容，不能添加新行。", "Below the table there is something, so no row can be added."
)
_CROWDED_FIX = Text(
    "请移走表格下方的内容（例如汇总行）后再试。",
    "Move away what is below, such as a total row, and try again.",
)
_UNSAVED = Text("台账不在本机或共享文件夹中。", "The ledger is not in a folder of this machine or a share.")
_UNSAVED_FIX = Text("请先把台账保存到文件夹中。", "Save the ledger in a folder first.")


@dataclass(frozen=True, slots=True)
class _Held:
    """A table as it was read, and where it stands.

    Attributes:
        sheet: its worksheet.
        table: the table itself.
        grid: its cells.
        left: worksheet column of its first column, from 1.
        height: how many rows it has below its header, blank ones included.
    """

    sheet: xlwings.Sheet
    table: Any
    grid: Grid
    left: int
    height: int

    def area(self, first: int, last: int) -> xlwings.Range:
        """Return its rows from `first` to `last`, counted from its header, which is 0."""
        top, right = self.grid.first - 1, self.left + len(self.grid.header) - 1
        return self.sheet.range((top + first, self.left), (top + last, right))


class LiveBook:
    """A workbook that is open in Excel; see `Book` for what it promises."""

    def __init__(self, book: xlwings.Book) -> None:
        """Name the workbook; it is read when something of it is asked for."""
        self.book = book
        self._tables: dict[str, tuple[xlwings.Sheet, Any]] = {}
        self._held: dict[str, _Held] = {}

    @classmethod
    def caller(cls) -> LiveBook:
        """Return the workbook whose button was pressed; in the add-in that is the workbook in front."""
        import xlwings

        book = xlwings.Book.caller()
        return cls(book.app.books.active if book.name.lower().endswith(_ADD_IN) else book)

    @property
    def name(self) -> str:
        """The file name, for messages."""
        return str(self.book.name)

    @property
    def path(self) -> Path:
        """Where the workbook stands on the disk.

        Raises:
            UsageError: nowhere: it was never saved, or is open from a web address.
        """
        path = Path(self.book.fullname)
        if not path.is_absolute():
            raise UsageError(Problem("ledger_without_folder", Place(file=self.name), _UNSAVED, _UNSAVED_FIX))
        return path

    @contextlib.contextmanager
    def open(self) -> Iterator[None]:
        """Begin anew: what was read before is forgotten."""
        self._tables, self._held = {}, {}
        yield

    def grid(self, table: str) -> Grid | None:
        """Return the cells of one table, ``None`` when there is no such table."""
        if table not in self._tables:
            self._tables = {each.name: (sheet, each) for sheet in self.book.sheets for each in sheet.tables}
        if table not in self._tables:
            return None
        if table not in self._held:
            self._held[table] = _held(*self._tables[table])
        return self._held[table].grid

    def write(self, edits: Sequence[CellEdit], rows: Sequence[NewRow]) -> None:
        """Make all these changes and save, or none of them and raise."""
        if not edits and not rows:
            return
        self._held = {}  # what is compared is what stands there now
        for edit in edits:
            self._refuse_changed(edit)
        cells = {self._spot(edit.table, edit.row, edit.column): edit.after for edit in edits}
        cells |= self._new_cells(rows)
        growth = self._growth(rows)
        with self._all_or_nothing() as undo:
            with _calm(self.book.app):
                for held, height in growth:
                    _resize(held, height, undo)
                for strip in strips(cells):
                    _put(self.book.sheets[strip.sheet], strip, undo)
            if not self._holds(strips(cells)):
                raise RefusedError(self._refusal())
            self.book.save()  # not while calm: the file would keep that it is not calculated
        self._held = {}

    def _known(self, table: str) -> _Held:
        if self.grid(table) is None:
            raise SchemaError(problem("table_missing", Place(file=self.name), table=alike(table)))
        return self._held[table]

    def _spot(self, table: str, row: int, column: str) -> Spot:
        held = self._known(table)
        if column not in held.grid.header:
            raise SchemaError(problem("column_missing", Place(held.grid.sheet, row, column, self.name)))
        return held.grid.sheet, held.left + held.grid.header.index(column), row

    def _refuse_changed(self, edit: CellEdit) -> None:
        self._spot(edit.table, edit.row, edit.column)
        grid = self._known(edit.table).grid
        at = edit.row - grid.first
        inside = 0 <= at < len(grid.rows)
        if not inside or not same(edit.before, grid.rows[at][grid.header.index(edit.column)]):
            raise ChangedError(problem("ledger_changed", Place(grid.sheet, edit.row, edit.column, self.name)))

    def _new_cells(self, rows: Sequence[NewRow]) -> dict[Spot, CellValue]:
        """Return the cells of new rows; they begin where a table's last row that is not blank ends."""
        cells: dict[Spot, CellValue] = {}
        ends: dict[str, int] = {}
        for row in rows:
            grid = self._known(row.table).grid
            at = ends.get(row.table, grid.first + len(grid.rows))
            cells |= {self._spot(row.table, at, column): value for column, value in row.values.items()}
            ends[row.table] = at + 1
        return cells

    def _growth(self, rows: Sequence[NewRow]) -> list[tuple[_Held, int]]:
        """Return the tables that must grow, each with its new height; below them the sheet must be free."""
        growth = []
        for name in dict.fromkeys(row.table for row in rows):
            held = self._known(name)
            height = len(held.grid.rows) + sum(row.table == name for row in rows)
            if height > held.height:
                below = held.area(held.height + 1, height).options(ndim=2).value
                if any(value is not None for line in below for value in line):
                    place = Place(held.grid.sheet, held.grid.first + held.height, file=self.name)
                    raise RefusedError(Problem("table_hemmed", place, _CROWDED, _CROWDED_FIX))
                growth.append((held, height))
        return growth

    def _holds(self, written: Iterator[Strip]) -> bool:
        """Return whether what was written reads back."""
        return all(
            same(value, held)
            for strip in written
            for value, held in zip(strip.values, _read(self.book.sheets[strip.sheet], strip), strict=True)
        )

    @contextlib.contextmanager
    def _all_or_nothing(self) -> Iterator[list[Callable[[], None]]]:
        """Hold what takes back each change made so far; it is called, the last one first, when one fails."""
        undo: list[Callable[[], None]] = []
        try:
            yield undo
        except BaseException as error:
            try:
                for take_back in reversed(undo):
                    take_back()
            except Exception:  # noqa: BLE001 - Excel refuses everything now
                half = Problem("half_written", Place(file=self.name), _HALF, _HALF_FIX)
                raise IntegrityError(half) from None
            if isinstance(error, RefusedError) or not isinstance(error, Exception):
                raise
            raise RefusedError(self._refusal()) from None  # Excel's own words may quote a cell

    def _refusal(self) -> Problem:
        return Problem("excel_refused", Place(file=self.name), _REFUSED, _REFUSED_FIX)


@contextlib.contextmanager
def _calm(app: xlwings.App) -> Iterator[None]:
    """Keep Excel from drawing and calculating at every cell; afterwards it is as it was, whatever happened."""
    wanted = {"screen_updating": False, "enable_events": False, "calculation": "manual"}
    before = {name: getattr(app, name) for name in wanted}
    try:
        for name, value in wanted.items():
            setattr(app, name, value)
        yield
    finally:
        for name, value in before.items():
            with contextlib.suppress(Exception):
                setattr(app, name, value)


def _held(sheet: xlwings.Sheet, table: Any) -> _Held:  # noqa: ANN401 - xlwings does not show this class
    head, body = table.header_row_range, table.data_body_range
    header = tuple(str(word) for word in head.options(ndim=1).value)
    raw = [] if body is None else body.options(ndim=2).value
    rows = [tuple(cell_value(value) for value in row) for row in raw]
    while rows and all(value is None for value in rows[-1]):
        rows.pop()
    return _Held(sheet, table, Grid(sheet.name, header, head.row + 1, tuple(rows)), head.column, len(raw))


def cell_value(raw: Any) -> CellValue:  # noqa: ANN401 - whatever Excel gives
    """Return a cell's value: a whole number as `int`, midnight as the day, a blank as ``None``."""
    if isinstance(raw, Decimal):
        raw = float(raw)
    if isinstance(raw, float) and raw.is_integer():
        return int(raw)
    if isinstance(raw, datetime) and raw.time() == time():
        return raw.date()
    known: CellValue = None if raw == "" else raw
    return known


def _resize(held: _Held, height: int, undo: list[Callable[[], None]]) -> None:
    undo.append(lambda: held.table.resize(held.area(0, max(1, held.height))))
    held.table.resize(held.area(0, height))


def _put(sheet: xlwings.Sheet, strip: Strip, undo: list[Callable[[], None]]) -> None:
    area, before, form = _cells(sheet, strip), _read(sheet, strip), _cells(sheet, strip).number_format

    def take_back() -> None:
        words = any(isinstance(value, str) for value in before)
        area.number_format = "@" if words or form is None else form
        _assign(area, before)
        area.number_format = "@" if form is None else form

    undo.append(take_back)
    if strip.is_text:
        area.number_format = "@"  # before the value: else Excel takes 007 for 7, and =1+1 for a formula
    _assign(area, strip.values)


def _assign(area: xlwings.Range, values: Sequence[CellValue]) -> None:
    area.value = [[value] for value in values]


def _read(sheet: xlwings.Sheet, strip: Strip) -> list[CellValue]:
    return [cell_value(value) for value in _cells(sheet, strip).options(ndim=1).value]


def _cells(sheet: xlwings.Sheet, strip: Strip) -> xlwings.Range:
    last = strip.row + len(strip.values) - 1
    return sheet.range((strip.row, strip.column), (last, strip.column))
