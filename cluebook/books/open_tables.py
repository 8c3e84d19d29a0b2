"""A table of a workbook that is open: what it holds, where it stands, how it grows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cluebook.books.ranges import cell_value
from cluebook.ledger.book import Grid

if TYPE_CHECKING:
    import xlwings


@dataclass(frozen=True, slots=True)
class OpenTable:
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


def read_table(sheet: xlwings.Sheet, table: Any) -> OpenTable:  # noqa: ANN401 - xlwings does not show this class
    """Return a table as it stands now."""
    head, body = table.header_row_range, table.data_body_range
    header = tuple(str(word) for word in head.options(ndim=1).value)
    raw = [] if body is None else body.options(ndim=2).value
    rows = [tuple(cell_value(value) for value in row) for row in raw]
    while rows and all(value is None for value in rows[-1]):
        rows.pop()
    return OpenTable(sheet, table, Grid(sheet.name, header, head.row + 1, tuple(rows)), head.column, len(raw))


def resize(table: OpenTable, height: int, undo: list[Callable[[], None]]) -> None:
    """Let a table have so many rows; what takes it back is added to `undo` before."""

    def take_back() -> None:
        body = table.table.data_body_range
        if body is None or body.shape[0] != table.height:
            table.table.resize(table.area(0, max(1, table.height)))

    undo.append(take_back)
    table.table.resize(table.area(0, height))
