"""Cells moved about: inserted, deleted, copied, pasted, filled on, merged; and printed to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cluebook.libreoffice import bridge, clipboard, protection
from cluebook.text import Text

if TYPE_CHECKING:
    import xlwings

    from cluebook.libreoffice.ranges import Range

NOTHING_COPIED = Text("没有已复制的内容。", "Nothing has been copied.")
NOTHING_COPIED_FIX = Text("请先复制一个区域。", "Copy a range first.")

COPIED = {"fill_copy", "fill_values"}
CONTINUED = {"fill_default", "fill_series"}
"""How cells are filled on: the same again, or as the office sees them go on."""


def insert(cells: Range, shift: str | None = None, _copy_origin: str | None = None) -> None:
    """Insert cells here and push those in place down, or to the right."""
    protection.check(cells)
    area = cells.area
    right = shift == "right" or (shift is None and area.rows > area.columns)
    way = "ROWS" if area.whole_rows else "COLUMNS" if area.whole_columns else "RIGHT" if right else "DOWN"
    cells.sheet.xl.insertCells(cells.xl.RangeAddress, bridge.enum("sheet.CellInsertMode", way))
    cells.sheet.book.app.moves += 1


def delete(cells: Range, shift: str | None = None) -> None:
    """Delete the cells and let others move up, or to the left."""
    protection.check(cells)
    area = cells.area
    left = shift == "left" or (shift is None and area.rows >= area.columns)
    way = "ROWS" if area.whole_rows else "COLUMNS" if area.whole_columns else "LEFT" if left else "UP"
    cells.sheet.xl.removeRange(cells.xl.RangeAddress, bridge.enum("sheet.CellDeleteMode", way))
    cells.sheet.book.app.moves += 1


def copy(cells: Range, destination: xlwings.Range | None = None) -> None:
    """Copy the range to another place, or keep it for pasting."""
    if destination is None:
        cells.sheet.book.app.copied = cells
    else:
        _copy(cells, destination.impl)


def copy_from(
    cells: Range,
    source_range: xlwings.Range,
    copy_type: str = "all",
    skip_blanks: bool = False,
    transpose: bool = False,
) -> None:
    """Copy another range to this place."""
    cells.sheet.book.app.copied = source_range.impl
    paste(cells, copy_type, None, skip_blanks, transpose)


def paste(
    cells: Range,
    paste: str | None = None,
    operation: str | None = None,
    skip_blanks: bool = False,
    transpose: bool = False,
) -> None:
    """Put what was copied here: all of it, or its values, formulas, formats or notes.

    Raises:
        RefusedError: nothing was copied.
        NotImplementedError: the office has no such way of pasting.
    """
    source = cells.sheet.book.app.copied
    if source is None:
        raise bridge.refusal("nothing_copied", NOTHING_COPIED, NOTHING_COPIED_FIX)
    if paste not in clipboard.KINDS or operation not in clipboard.OPERATIONS:
        raise NotImplementedError(paste, operation)
    protection.check(cells)
    clipboard.paste(
        source,
        cells(1),
        clipboard.KINDS[paste],
        operation=clipboard.OPERATIONS[operation],
        skip_blanks=skip_blanks,
        transpose=transpose,
    )


def move(cells: Range, destination: xlwings.Range) -> None:
    """Move the range elsewhere in its book; formulas that meant it follow."""
    protection.check(cells)
    protection.check(destination.impl)
    cells.sheet.xl.moveRange(_corner(destination.impl), cells.xl.RangeAddress)
    cells.sheet.book.app.moves += 1


def autofill(cells: Range, destination: xlwings.Range, type_: str = "fill_default") -> None:
    """Fill a range that begins with this one, going on as it does."""
    target = destination.impl
    protection.check(target)
    longer = target.shape[0] > cells.shape[0]
    forth = (target.row, target.column) == (cells.row, cells.column)
    way = ("TO_BOTTOM" if forth else "TO_TOP") if longer else ("TO_RIGHT" if forth else "TO_LEFT")
    direction = bridge.enum("sheet.FillDirection", way)
    if type_ in CONTINUED:
        target.xl.fillAuto(direction, cells.shape[0] if longer else cells.shape[1])
    elif type_ in COPIED:
        same = bridge.enum("sheet.FillMode", "SIMPLE")
        unused = bridge.enum("sheet.FillDateMode", "FILL_DATE_DAY")
        target.xl.fillSeries(direction, same, unused, 0.0, 0.0)
    else:
        raise NotImplementedError(type_)


def merge(cells: Range, across: bool) -> None:
    """Merge the cells into one, or those of each row into one."""
    protection.check(cells)
    if across:
        for row in range(cells.shape[0]):
            cells.xl.getCellRangeByPosition(0, row, cells.shape[1] - 1, row).merge(True)
    else:
        cells.merge_area.xl.merge(False)
        cells.xl.merge(True)


def unmerge(cells: Range) -> None:
    """Part merged cells."""
    protection.check(cells)
    cells.xl.merge(False)


def to_pdf(cells: Range, path: str, quality: str) -> None:
    """Print the range to a PDF file."""
    cells.sheet.book.print_to(path, quality, Selection=cells.xl)


def _copy(source: Range, target: Range) -> None:
    protection.check(target)
    if target.sheet.book == source.sheet.book:
        target.sheet.xl.copyRange(_corner(target), source.xl.RangeAddress)
        return
    if target.sheet.book.app is not source.sheet.book.app:
        raise NotImplementedError
    clipboard.paste(source, target(1), clipboard.KINDS["all"])


def _corner(cells: Range) -> Any:  # noqa: ANN401 - a struct of the office
    return bridge.struct(
        "com.sun.star.table.CellAddress",
        Sheet=cells.sheet.index - 1,
        Row=cells.row - 1,
        Column=cells.column - 1,
    )
