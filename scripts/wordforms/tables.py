"""Tables: the ruled forms of the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wordforms.blocks import paragraph
from wordforms.xml import w

_OUTSIDE, _INSIDE = 12, 4
_SHADE = "F2F2F2"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a form, one column wide; the last of a row takes all columns that are left.

    Attributes:
        content: its paragraphs.
        shaded: whether it is a label.
        top: whether what it holds begins at its top, as in a box to write in.
        bottom: whether it ends at its bottom, below a signature.
    """

    content: str
    shaded: bool = False
    top: bool = False
    bottom: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a form.

    Attributes:
        cells: the cells, left to right.
        height: least height in millimetres.
        header: repeated at the top of every page.
        splits: may run over the end of a page.
    """

    cells: tuple[Cell, ...]
    height: float = 6
    header: bool = False
    splits: bool = False


def label(text: str) -> Cell:
    """Return a shaded cell that names its neighbour."""
    return Cell(paragraph("Label", text), shaded=True)


def value(*content: str, style: str = "Cell") -> Cell:
    """Return a cell with an entry."""
    return Cell(paragraph(style, *content))


def band(text: str) -> Row:
    """Return the row that opens a section of a form."""
    return Row((Cell(paragraph("Band", text), shaded=True),))


def each(item: str, items: str, row: Row, none: Row | None = None) -> list[Row]:
    """Return the row printed once for each item of a list, and `none` where the list is empty."""
    empty = [_mark("else"), none] if none else []
    return [_mark(f"for {item} in {items}"), row, *empty, _mark("endfor")]


def table(caption: str, widths: Sequence[int], rows: Sequence[Row]) -> str:
    """Return a table with fixed column widths, in twentieths of a point."""
    borders = w(
        "tblBorders",
        *(_line(side, _OUTSIDE) for side in ("top", "left", "bottom", "right")),
        *(_line(side, _INSIDE) for side in ("insideH", "insideV")),
    )
    properties = w(
        "tblPr",
        w("tblW", w=sum(widths), type="dxa"),
        w("jc", val="center"),
        borders,
        w("tblLayout", type="fixed"),
        w("tblCaption", val=caption),
    )
    grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
    return w("tbl", properties, grid, *(_row(row, widths) for row in rows))


def _mark(statement: str) -> Row:
    """Return the row that docxtpl replaces by a statement."""
    return Row((Cell(paragraph("Cell", f"{{%tr {statement} %}}")),))


def _line(side: str, eighths: int) -> str:
    return w(side, val="single", sz=eighths, space=0, color="000000")


def _row(row: Row, widths: Sequence[int]) -> str:
    properties = w(
        "trPr",
        "" if row.splits else w("cantSplit"),
        w("trHeight", val=round(row.height * 56.7), hRule="atLeast"),
        w("tblHeader") if row.header else "",
    )
    last = len(row.cells) - 1
    cells = [_cell(cell, [width]) for cell, width in zip(row.cells[:last], widths, strict=False)]
    return w("tr", properties, *cells, _cell(row.cells[last], widths[last:]))


def _cell(cell: Cell, widths: Sequence[int]) -> str:
    properties = w(
        "tcPr",
        w("tcW", w=sum(widths), type="dxa"),
        w("gridSpan", val=len(widths)) if len(widths) > 1 else "",
        w("shd", val="clear", color="auto", fill=_SHADE) if cell.shaded else "",
        w("vAlign", val="top" if cell.top else "bottom" if cell.bottom else "center"),
    )
    return w("tc", properties, cell.content)
