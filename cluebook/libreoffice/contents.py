"""What a range holds besides plain values: formulas, links, notes; and how it is emptied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cluebook.libreoffice import bridge, clipboard, protection, tables
from cluebook.libreoffice.formulas import to_calc, to_excel
from cluebook.libreoffice.notes import Note
from cluebook.text import Text

if TYPE_CHECKING:
    from cluebook.libreoffice.ranges import Range

CONTENTS = 1 | 2 | 4 | 16
FORMATS = 32 | 64 | 256 | 512
EVERYTHING = 1023
"""What is cleared, as the office counts it: values, dates, texts, formulas; formats and styles; all."""

NO_LINK = Text("该单元格没有超链接。", "The cell doesn't seem to contain a hyperlink.")
NO_LINK_FIX = Text("请选择含有超链接的单元格。", "Choose a cell that holds one.")


def formula(cells: Range) -> Any:  # noqa: ANN401 - a cell's formula, or rows of them
    """Return the formula of a cell, or of each cell in rows; what is no formula comes as text."""
    if not cells.area:
        return None
    used = cells.used()
    rows = tuple(tuple(map(to_excel, row)) for row in used.xl.getFormulaArray())
    return rows[0][0] if used.area.cells == 1 else rows


def set_formula(cells: Range, value: Any) -> None:  # noqa: ANN401 - a formula, or rows of them
    """Put formulas into cells; one formula for many cells moves along with each, as in Excel."""
    if not cells.area:
        return
    protection.check(cells)
    table = tables.at(cells)
    name = table.name if table else ""
    if isinstance(value, (list, tuple)):
        rows = value if isinstance(value[0], (list, tuple)) else [value]
        cells.xl.setFormulaArray(tuple(tuple(to_calc(_text(cell), name) for cell in row) for row in rows))
    else:
        used = cells.used()
        used.first.setFormula(to_calc(_text(value), name))
        if used.area.cells > 1:
            clipboard.paste(used(1), used, clipboard.CONTENTS)
    tables.grow(cells)


def _text(value: Any) -> str:  # noqa: ANN401 - whatever xlwings made ready
    return value if isinstance(value, str) else "" if value is None else str(value)


def formula_array(cells: Range) -> str | None:
    """Return the one formula that fills the range together."""
    if not cells.area:
        return None
    return to_excel(cells.xl.getArrayFormula().strip("{}")) or None


def set_formula_array(cells: Range, value: str) -> None:
    """Fill the range together with one formula."""
    if not cells.area:
        return
    protection.check(cells)
    cells.xl.setArrayFormula(to_calc(value))


def has_array(cells: Range) -> bool:
    """Return whether one formula fills the range together."""
    return bool(cells.area) and bool(cells.xl.getArrayFormula())


def hyperlink(cells: Range) -> str:
    """Return where the first cell's link leads.

    Raises:
        RefusedError: it has none.
    """
    fields = cells.first.TextFields
    for index in range(fields.Count):
        return str(fields.getByIndex(index).URL)
    raise bridge.refusal("no_hyperlink", NO_LINK, NO_LINK_FIX)


def add_hyperlink(
    cells: Range, address: str, text_to_display: str | None = None, _screen_tip: str | None = None
) -> None:
    """Make the first cell a link; the office keeps no tip with it."""
    protection.check(cells)
    cell = cells.first
    cell.setString("")
    link = cells.sheet.book.xl.createInstance("com.sun.star.text.TextField.URL")
    link.URL, link.Representation = address, text_to_display or address
    text = cell.getText()
    text.insertTextContent(text.createTextCursor(), link, False)


def clear_contents(cells: Range) -> None:
    """Empty the cells and leave their formats."""
    _clear(cells, CONTENTS)


def clear_formats(cells: Range) -> None:
    """Take the formats away and leave the contents."""
    _clear(cells, FORMATS)


def clear(cells: Range) -> None:
    """Empty the cells and take their formats away."""
    _clear(cells, EVERYTHING)


def _clear(cells: Range, what: int) -> None:
    if cells.area:
        protection.check(cells)
        cells.xl.clearContents(what)


def note(cells: Range) -> Note | None:
    """Return the note of the first cell."""
    return Note.at(cells.sheet, cells.row, cells.column)


def add_note(cells: Range, text: str) -> Note:
    """Return a new note on the first cell."""
    return Note.add(cells.sheet, cells.row, cells.column, text)
