"""Where a range is: its address and name, its cells, its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cluebook.libreoffice import tables
from cluebook.libreoffice.areas import COLUMNS, ROWS, quoted
from cluebook.libreoffice.names import Name, Names

if TYPE_CHECKING:
    from cluebook.libreoffice.ranges import Range

WAYS = {
    "d": "down",
    "u": "up",
    "l": "left",
    "r": "right",
    -4121: "down",
    -4162: "up",
    -4159: "left",
    -4161: "right",
}
"""Short words for a direction, and Excel's numbers."""


def get_address(
    cells: Range, row_absolute: bool = True, col_absolute: bool = True, external: bool = False
) -> str:
    """Return the address, with book and sheet if it is for another book."""
    if not cells.area:
        rows, columns = cells.shape
        return f"{cells.sheet.at(cells.row, cells.column).area.address()}{{{rows}x{columns}}}"
    address = cells.area.address(row_absolute, col_absolute)
    if not external:
        return address
    place = f"[{cells.sheet.book.name}]{cells.sheet.name}"
    plain = place.replace("[", "").replace("]", "").replace(".", "").isidentifier()
    return f"{place}!{address}" if plain else f"{quoted(place)}!{address}"


def cell(cells: Range, row: int, column: int | None = None) -> Range:
    """Return a cell by row and column, or by its place in reading order; it may lie outside the range.

    Raises:
        IndexError: it lies before the first cell of the sheet.
    """
    if column is None:
        down, across = divmod(row - 1, cells.shape[1])
        row, column = down + 1, across + 1
    place = cells.row + row - 1, cells.column + column - 1
    if min(place) < 1:
        raise IndexError(place)
    return cells.sheet.at(*place)


def end(cells: Range, direction: str | int) -> Range:
    """Return the cell that Ctrl and an arrow key would reach from the first cell."""
    way = WAYS.get(direction, direction)
    down = way in {"down", "up"}
    here, limit = (cells.row, ROWS) if down else (cells.column, COLUMNS)
    used = cells.sheet.used_range.area
    last = min(limit, max(used.last_row if down else used.last_column, here) + 1)
    line = cells.sheet.at(1, cells.column, last, 1) if down else cells.sheet.at(cells.row, 1, 1, last)
    data = line.xl.getDataArray()
    full = [value != "" for value in ((row[0] for row in data) if down else data[0])]
    there = edge(full, here - 1, 1 if way in {"down", "right"} else -1, limit) + 1
    return cells.sheet.at(there, cells.column) if down else cells.sheet.at(cells.row, there)


def edge(full: list[bool], start: int, step: int, limit: int) -> int:
    """Return where a jump along a line of cells ends.

    >>> edge([True, True, True, False], 0, 1, 10), edge([True, False, False, True], 0, 1, 10)
    (2, 3)
    >>> edge([True, False], 0, 1, 10), edge([False, False, True], 2, -1, 10)
    (9, 0)
    """

    def held(place: int) -> bool:
        return 0 <= place < len(full) and full[place]

    place = start
    if held(place) and held(place + step):
        while held(place + step):
            place += step
        return place
    place += step
    while 0 <= place < len(full) and not full[place]:
        place += step
    return place if held(place) else limit - 1 if step > 0 else 0


def current_region(cells: Range) -> Range:
    """Return the block of filled cells around the range."""
    if not cells.area:
        return cells
    cursor = cells.sheet.xl.createCursorByRange(cells.xl)
    cursor.collapseToCurrentRegion()
    return cells.sheet.book.range_of(cursor.RangeAddress)


def merge_area(cells: Range) -> Range:
    """Return the merged cells the first cell belongs to, or that cell."""
    cursor = cells.sheet.xl.createCursorByRange(cells.first)
    cursor.collapseToMergedArea()
    return cells.sheet.book.range_of(cursor.RangeAddress)


def merge_cells(cells: Range) -> bool:
    """Return whether the first cell is merged with others."""
    return len(merge_area(cells)) > 1


def table(cells: Range) -> tables.Table | None:
    """Return the table the first cell is in."""
    return tables.at(cells)


def name(cells: Range) -> Name | None:
    """Return a name that means exactly this range."""
    here = cells.xl.RangeAddress if cells.area else None
    held = Names(cells.sheet.book)
    return next((item for item in held if here is not None and item.address == here), None)


def set_name(cells: Range, value: str) -> None:
    """Give the range a name, or one of its sheet where a sheet stands before it."""
    refers_to = f"={quoted(cells.sheet.name)}!{cells.area.address()}"
    Names(cells.sheet.book).add(value, refers_to)


def select(cells: Range) -> None:
    """Select the range."""
    cells.sheet.activate()
    cells.sheet.book.controller.select(cells.xl)
