"""Ranges sorted and searched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cluebook.libreoffice import bridge, protection
from cluebook.libreoffice.areas import Area, area_of
from cluebook.libreoffice.cells import LOGICALS, format_areas, runs

if TYPE_CHECKING:
    from cluebook.libreoffice.ranges import Range

SORT_FIELDS = "[]com.sun.star.table.TableSortField"
VALUES = 1
"""What is searched: the values shown, not the formulas."""
CONSTANTS = {None: 1 | 2 | 4, "numbers": 1 | 2, "logical": 1 | 2, "text": 4}
FORMULAS = {None: 1 | 2 | 4, "numbers": 1, "logical": 1, "text": 2, "errors": 4}
"""What cells hold, as the office counts it."""


def sort(cells: Range, keys: Sequence[int], ascending: Sequence[bool], has_headers: bool) -> None:
    """Sort the rows by some columns, counted from 1; formats go with the rows."""
    protection.check(cells)
    kind = bridge.enum("table.TableSortFieldType", "AUTOMATIC")
    fields = tuple(
        bridge.struct(
            "com.sun.star.table.TableSortField", Field=key - 1, IsAscending=bool(up), FieldType=kind
        )
        for key, up in zip(keys, ascending, strict=True)
    )
    cells.xl.sort(
        (
            bridge.prop("SortFields", bridge.uno().Any(SORT_FIELDS, fields)),
            bridge.prop("ContainsHeader", bool(has_headers)),
            bridge.prop("BindFormatsToContent", True),
        )
    )


def find(cells: Range, text: str, whole: bool, direction: str, order: str, match_case: bool) -> Range | None:
    """Return the first cell that shows a text, or the last, by rows or by columns."""
    if not cells.area:
        return None
    asked = _asked(cells.xl.createSearchDescriptor(), text, whole, match_case)
    asked.SearchType = VALUES
    found = cells.xl.findAll(asked)
    if found is None:
        return None
    areas = [area_of(address) for address in found.getRangeAddresses()]
    if direction == "forward":
        places = [(area.row, area.column) for area in areas]
    else:
        places = [(area.last_row, area.last_column) for area in areas]
    choose = min if direction == "forward" else max
    return cells.sheet.at(*choose(places, key=lambda place: place if order == "rows" else place[::-1]))


def replace_all(cells: Range, old: str, new: str, whole: bool, match_case: bool) -> None:
    """Replace a text wherever it stands in the contents or formulas."""
    if cells.area:
        protection.check(cells)
        asked = _asked(cells.xl.createReplaceDescriptor(), old, whole, match_case)
        asked.ReplaceString = new
        cells.xl.replaceAll(asked)


def get_special_cells(cells: Range, cell_type: str, value_type: str | None) -> list[Range]:
    """Return the parts that are blank, hold constants or formulas, or can be seen."""
    if not cells.area or (cell_type == "constants" and value_type == "errors"):
        return []
    held = cells.used()
    if cell_type == "blanks":
        found = held.xl.queryEmptyCells()
    elif cell_type == "visible":
        found = held.xl.queryVisibleCells()
    elif cell_type == "constants":
        found = held.xl.queryContentCells(CONSTANTS[value_type])
    else:
        found = held.xl.queryFormulaCells(FORMULAS[value_type])
    # Asked about one cell alone, the office also names cells beside it.
    areas = [held.area.common(area_of(address)) for address in found.getRangeAddresses()]
    areas = [area for area in areas if area]
    if value_type in {"numbers", "logical"}:
        areas = _by_truth(cells, areas, logical=value_type == "logical")
    return [cells.sheet.over(area) for area in areas]


def remove_duplicates(cells: Range, columns: Sequence[int], has_headers: bool) -> None:
    """Take out rows that are alike in some columns, but for the first; those below move up."""
    protection.check(cells)
    rows, seen, doubles = cells.xl.getDataArray(), set(), []
    for place in range(int(has_headers), len(rows)):
        key = tuple(_folded(rows[place][column - 1]) for column in columns)
        if key in seen:
            doubles.append(place)
        seen.add(key)
    width, last = cells.shape[1], cells.shape[0]
    for place in reversed(doubles):
        if place + 1 < last:
            below = cells.sheet.at(cells.row + place + 1, cells.column, last - place - 1, width)
            target = cells.xl.getCellByPosition(0, place).CellAddress
            cells.sheet.xl.moveRange(target, below.xl.RangeAddress)
            cells.sheet.book.app.moves += 1
        else:
            cells.sheet.at(cells.row + place, cells.column, 1, width).clear_contents()


def _folded(value: Any) -> Any:  # noqa: ANN401 - a cell's value
    return value.casefold() if isinstance(value, str) else value


def _asked(asked: Any, text: str, whole: bool, match_case: bool) -> Any:  # noqa: ANN401 - a descriptor
    asked.SearchString, asked.SearchWords, asked.SearchCaseSensitive = text, whole, match_case
    asked.SearchWildcard = True
    return asked


def _by_truth(cells: Range, areas: list[Area], *, logical: bool) -> list[Area]:
    """Return the parts that hold truth values, or those that hold other numbers."""
    truths = [area for area, _ in format_areas(cells, LOGICALS)]
    places = [
        (row, column)
        for area in areas
        for row in range(area.row, area.last_row + 1)
        for column in range(area.column, area.last_column + 1)
        if any(truth.covers(Area(row, column)) for truth in truths) == logical
    ]
    return list(runs(places))
