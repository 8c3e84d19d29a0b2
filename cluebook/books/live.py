"""The workbook that is open in Excel, through xlwings. It is read table by table and written strip by strip.

Excel waits while a button's work is done, so nobody types meanwhile; another program finds the file open.
"""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cluebook.books.lock import held
from cluebook.books.open_tables import OpenTable, read_table, resize
from cluebook.books.problems import problem
from cluebook.books.ranges import calm, holds, put, sheet_named
from cluebook.books.saving import disk_errors
from cluebook.books.strips import Spot, Strip, same, singles, strips
from cluebook.errors import (
    BusyError,
    ChangedError,
    IntegrityError,
    Place,
    Problem,
    RefusedError,
    SchemaError,
    UsageError,
)
from cluebook.ledger.book import CellContent, CellEdit, Grid, NewRow
from cluebook.ledger.tables import TABLES
from cluebook.text import Text
from cluebook.text import same as alike

if TYPE_CHECKING:
    import xlwings

_ADD_IN = ".xlam"
_ATTEMPTS = 3_000
"""Calls that Excel may put off, one after the other, before it counts as busy; xlwings would go on for ever."""

_BUSY = Text(
    "Excel 正忙：可能正在编辑单元格，或有对话框没有关闭。",
    "Excel is busy: a cell is being edited, or a dialog is open.",
)
_BUSY_FIX = Text(
    "请按 Enter 或 Esc 结束编辑、关闭对话框后，再按一次按钮。",
    "Press Enter or Esc, close the dialog, and press the button again.",
)

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


class LiveBook:
    """A workbook that is open in Excel; see `Book` for what it promises."""

    def __init__(self, book: xlwings.Book) -> None:
        """Name the workbook; it is read when something of it is asked for."""
        self.book = book
        self._tables: dict[str, tuple[xlwings.Sheet, Any]] = {}
        self._held: dict[str, OpenTable] = {}
        self._is_open = False

    @classmethod
    def caller(cls) -> LiveBook:
        """Return the workbook whose button was pressed; in the add-in that is the workbook in front."""
        import xlwings

        if sys.platform == "win32":
            from xlwings import _xlwindows

            _xlwindows.N_COM_ATTEMPTS = _ATTEMPTS
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

    def ready(self) -> None:
        """Return when Excel answers.

        Raises:
            BusyError: it does not: a cell is being edited, or a dialog is open.
        """
        try:
            _ = self.book.sheets.active.name
        except RefusedError:  # the program says itself what is wrong with it
            raise
        except Exception:  # noqa: BLE001 - each system has an error of its own for it
            raise BusyError(Problem("excel_busy", Place(), _BUSY, _BUSY_FIX)) from None

    @contextlib.contextmanager
    def open(self) -> Iterator[None]:
        """Hold the workbook against every other cluebook; what was read before is forgotten.

        Opened again within, it is as it was: a press looks at the selection before its action reads the ledger.
        """
        if self._is_open:
            yield
            return
        path = self.path
        with contextlib.ExitStack() as stack:
            with disk_errors(path):
                free = stack.enter_context(held(path, "lock"))
            if not free:
                raise BusyError(problem("ledger_locked", Place(file=self.name)))
            self._tables, self._held, self._is_open = {}, {}, True
            stack.callback(self._close)
            yield

    def _close(self) -> None:
        self._is_open = False

    def grid(self, table: str) -> Grid | None:
        """Return the cells of one table, ``None`` when there is no such table."""
        if table not in self._tables:
            home = sheet_named(self.book, [t for each in TABLES if each.name == table for t in each.title])
            self._tables |= _tables_on([home] if home else [])
        if table not in self._tables:
            self._tables |= _tables_on(self.book.sheets)
        if table not in self._tables:
            return None
        if table not in self._held:
            self._held[table] = read_table(*self._tables[table])
        return self._held[table].grid

    def defines(self, name: str) -> bool:
        """Return whether the workbook has this defined name."""
        return name in self.book.names

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
            with calm(self.book.app):
                for table, height in growth:
                    resize(table, height, undo)
                pieces = list(self._pieces(strips(cells)))
                for piece in pieces:
                    put(self._sheet(piece.sheet), piece, undo)
            if not self._holds(pieces):
                raise RefusedError(self._refusal())
            self.book.save()  # not while calm: the file would keep that it is not calculated
        self._held = {}

    def _known(self, table: str) -> OpenTable:
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

    def _new_cells(self, rows: Sequence[NewRow]) -> dict[Spot, CellContent]:
        """Return the cells of new rows; they begin where a table's last row that is not blank ends."""
        cells: dict[Spot, CellContent] = {}
        ends: dict[str, int] = {}
        for row in rows:
            grid = self._known(row.table).grid
            at = ends.get(row.table, grid.first + len(grid.rows))
            cells |= {self._spot(row.table, at, column): value for column, value in row.values.items()}
            ends[row.table] = at + 1
        return cells

    def _growth(self, rows: Sequence[NewRow]) -> list[tuple[OpenTable, int]]:
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

    def _pieces(self, whole: Iterable[Strip]) -> Iterator[Strip]:
        """Return the strips, those among hidden rows cell by cell.

        Of what is put over rows that a filter hides, Excel gives each cell in sight the first value. Most columns of
        a clue are written in the same rows, which are looked at once.
        """

        @functools.cache
        def in_sight(title: str, first: int, last: int) -> bool:
            rows = self._sheet(title).range((first, 1), (last, 1))
            return bool(rows.row_height)  # one height above 0 for all of them

        for strip in whole:
            last = strip.row + len(strip.values) - 1
            if last == strip.row or in_sight(strip.sheet, strip.row, last):
                yield strip
            else:
                yield from singles(strip)

    def _holds(self, written: Iterable[Strip]) -> bool:
        """Return whether what was written reads back."""
        return all(holds(self._sheet(strip.sheet), strip) for strip in written)

    def _sheet(self, title: str) -> xlwings.Sheet:
        """Return the sheet of this title, which has a table that was read."""
        return next(held.sheet for held in self._held.values() if held.grid.sheet == title)

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
                if is_gone(error):  # with all that was in it; the file is as it was
                    raise error from None
                half = Problem("half_written", Place(file=self.name), _HALF, _HALF_FIX)
                raise IntegrityError(half) from None
            if isinstance(error, RefusedError) or not isinstance(error, Exception):
                raise
            raise RefusedError(self._refusal()) from None  # Excel's own words may quote a cell

    def _refusal(self) -> Problem:
        return Problem("excel_refused", Place(file=self.name), _REFUSED, _REFUSED_FIX)


def _tables_on(sheets: Iterable[xlwings.Sheet]) -> dict[str, tuple[xlwings.Sheet, Any]]:
    """Return the tables of some sheets by name, each with its sheet."""
    return {table.name: (sheet, table) for sheet in sheets for table in sheet.tables}


def is_gone(error: BaseException) -> bool:
    """Return whether an error says that the program with the open workbook has ended."""
    return isinstance(error, RefusedError) and any(p.code == "office_gone" for p in error.problems)
