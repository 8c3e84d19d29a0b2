"""What the user of the open workbook has selected, and what is put before them."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from cluebook.books.live import LiveBook
from cluebook.errors import Place, Problem, UsageError
from cluebook.text import Text

if TYPE_CHECKING:
    import xlwings
    from xlwings.main import Table

_AREA = re.compile(r"\$?[A-Z]*\$?(\d*)(?::\$?[A-Z]*\$?(\d*))?")
_LONGEST_ADDRESS = 240
"""Excel cuts the address of many areas off at 255 characters, maybe in the middle of a number."""

_SCATTERED = Text("选中的区域太多。", "Too many separate areas are selected.")
_SCATTERED_FIX = Text("请先筛选，再连续选中这些行。", "Filter first, then select the rows in one stretch.")


def selected_rows(live: LiveBook, table: str) -> tuple[int, ...]:
    """Return the worksheet rows of a table that are selected, hold something, and are not hidden by a filter.

    Raises:
        UsageError: the selection has too many areas to be told.
    """
    grid, selection = live.grid(table), live.book.app.selection
    if grid is None or selection is None or selection.sheet.name != grid.sheet:
        return ()
    address = selection.address
    if len(address) > _LONGEST_ADDRESS:
        raise UsageError(Problem("selection_scattered", Place(grid.sheet), _SCATTERED, _SCATTERED_FIX))
    spans = list(_spans(address))
    rows = [
        n
        for n, cells in grid.lines()
        if any(first <= n <= last for first, last in spans) and any(cell is not None for cell in cells)
    ]
    return tuple(_visible(selection.sheet, rows))


def show(live: LiveBook, place: Place) -> None:
    """Select the cell that a place names, where it names one."""
    if place.sheet not in [sheet.name for sheet in live.book.sheets] or place.row is None:
        return
    sheet = live.book.sheets[place.sheet]
    column = next((c for table in sheet.tables if (c := _column(table, place.column))), 1)
    sheet.activate()
    sheet.range((place.row, column)).select()


@contextlib.contextmanager
def status_bar(live: LiveBook) -> Iterator[Callable[[str], None]]:
    """Give what writes into Excel's status bar, which is Excel's own again afterwards."""
    app = live.book.app

    def write(text: str) -> None:
        app.status_bar = text

    try:
        yield write
    finally:
        app.status_bar = False


def list_on_sheet(live: LiveBook, title: str, lines: Sequence[Sequence[str]]) -> None:
    """Write lines of text on a worksheet of that name, in the place of what it held, and show it."""
    names = [sheet.name for sheet in live.book.sheets]
    sheet = (
        live.book.sheets[title] if title in names else live.book.sheets.add(title, after=live.book.sheets[-1])
    )
    sheet.clear()
    area = sheet.range((1, 1), (len(lines), len(lines[0])))
    area.number_format = "@"
    area.value = [list(line) for line in lines]
    sheet.autofit()
    sheet.activate()


def _spans(address: str) -> Iterator[tuple[int, float]]:
    """Return first and last row of each area of an address; a whole column has every row.

    >>> list(_spans("$A$4:$C$6,$7:$8,$B$9,$D:$D"))
    [(4, 6), (7, 8), (9, 9), (1, inf)]
    """
    for area in address.split(","):
        if found := _AREA.fullmatch(area):
            first, last = found.groups()
            yield (int(first), int(last or first)) if first else (1, float("inf"))


def _visible(sheet: xlwings.Sheet, rows: Sequence[int]) -> Iterator[int]:
    """Return the rows that are not hidden: what a filter hides is selected with its neighbours, unseen."""
    if rows and sheet.range((rows[0], 1), (rows[-1], 1)).row_height:  # one height above 0 for all
        yield from rows
        return
    yield from (row for row in rows if sheet.range((row, 1)).row_height)


def _column(table: Table, header: str | None) -> int | None:
    """Return the worksheet column of a header of a table."""
    head = table.header_row_range
    words = [] if head is None else head.options(ndim=1).value
    return head.column + words.index(header) if head is not None and header in words else None
