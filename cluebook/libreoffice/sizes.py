"""Widths, heights and positions, in Excel's units; rows and columns hidden, fitted, grouped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cluebook.libreoffice import bridge

if TYPE_CHECKING:
    from cluebook.libreoffice.ranges import Range

INCH = 2540
"""The office measures in hundredths of a millimetre; points go 72 to the inch, pixels 96."""
CHARACTER = 7
PADDING = 5
NARROW = 12
"""Pixels: a character of Excel's usual font, the room beside the text, a column one character wide."""
LOOKED_AT = 2_000
"""How many rows are compared before they are taken to be alike."""


def points(length: float) -> float:
    """Return a length of the office in points, to the quarter point Excel keeps.

    >>> points(2540), points(529)
    (72.0, 15.0)
    """
    return round(length / INCH * 72 * 4) / 4


def length(value: float) -> int:
    """Return points as a length of the office."""
    return round(value / 72 * INCH)


def column_width(cells: Range) -> float | None:
    """Return the width the columns share, in characters; a column that is hidden has none."""
    if not cells.area:
        return 0
    columns = _items(cells.xl.Columns, 300)
    width: int | None = _agreed(column.Width if column.IsVisible else 0 for column in columns)
    if width is None:
        return None
    pixels = round(width / INCH * 96)
    return round((pixels - PADDING) / CHARACTER if pixels >= NARROW else pixels / NARROW, 2)


def set_column_width(cells: Range, value: float) -> None:
    """Make the columns as wide as so many characters; a width of 0 hides them."""
    if cells.area:
        cells.xl.Columns.IsVisible = value > 0
    if cells.area and value > 0:
        pixels = value * CHARACTER + PADDING if value >= 1 else value * NARROW
        cells.xl.Columns.Width = round(pixels / 96 * INCH)


def row_height(cells: Range) -> float | None:
    """Return the height the rows share, in points; a row that is hidden has none."""
    if not cells.area:
        return 0
    rows = _items(cells.used().xl.Rows, LOOKED_AT)
    height: int | None = _agreed(row.Height if row.IsVisible else 0 for row in rows)
    return None if height is None else points(height)


def set_row_height(cells: Range, value: float) -> None:
    """Make the rows as high as so many points."""
    if cells.area:
        cells.xl.Rows.Height = length(value)


def width(cells: Range) -> float:
    """Return how wide the range is, in points."""
    return points(cells.xl.Size.Width) if cells.area else 0


def height(cells: Range) -> float:
    """Return how high the range is, in points."""
    return points(cells.xl.Size.Height) if cells.area else 0


def left(cells: Range) -> float:
    """Return how far the range is from the left edge, in points."""
    return points(cells.xl.Position.X) if cells.area else 0


def top(cells: Range) -> float:
    """Return how far the range is from the top, in points."""
    return points(cells.xl.Position.Y) if cells.area else 0


def row_hidden(cells: Range) -> bool | None:
    """Return whether the rows are hidden, if all are alike."""
    shown = _agreed(row.IsVisible for row in _items(cells.xl.Rows, LOOKED_AT))
    return None if shown is None else not shown


def set_row_hidden(cells: Range, value: bool) -> None:
    """Hide the rows, or show them."""
    cells.xl.Rows.IsVisible = not value


def column_hidden(cells: Range) -> bool | None:
    """Return whether the columns are hidden, if all are alike."""
    shown = _agreed(column.IsVisible for column in _items(cells.xl.Columns, LOOKED_AT))
    return None if shown is None else not shown


def set_column_hidden(cells: Range, value: bool) -> None:
    """Hide the columns, or show them."""
    cells.xl.Columns.IsVisible = not value


def autofit(cells: Range, axis: str | None = None) -> None:
    """Make rows, columns or both as large as what they hold."""
    if not cells.area:
        return
    if axis in {None, "rows", "r"}:
        cells.used().xl.Rows.OptimalHeight = True
    if axis in {None, "columns", "c"}:
        cells.xl.Columns.OptimalWidth = True


def group(cells: Range, by: str) -> None:
    """Group the rows or the columns so that they fold together."""
    cells.sheet.xl.group(cells.xl.RangeAddress, _along(by))


def ungroup(cells: Range, by: str) -> None:
    """Undo a group of rows or columns."""
    cells.sheet.xl.ungroup(cells.xl.RangeAddress, _along(by))


def _along(by: str) -> Any:  # noqa: ANN401 - a value of the office
    return bridge.enum("table.TableOrientation", by.upper())


def _items(held: Any, most: int) -> Iterable[Any]:  # noqa: ANN401 - the office's own rows or columns
    return (held.getByIndex(index) for index in range(min(held.Count, most)))


def _agreed(values: Iterable[Any]) -> Any:  # noqa: ANN401 - the one value all have, or None
    found = set()
    for value in values:
        found.add(value)
        if len(found) > 1:
            return None
    return found.pop()
