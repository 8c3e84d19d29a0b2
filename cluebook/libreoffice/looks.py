"""How cells look: number formats, colours, fonts, alignment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from cluebook.libreoffice import bridge, protection

if TYPE_CHECKING:
    from cluebook.libreoffice.ranges import Range

Colour = tuple[int, int, int]

DATES_AND_TIMES = 6
NO_COLOUR = -1
BOLD = 150.0
NOT_BOLD = 100.0
SCRIPTS = ("", "Asian", "Complex")
"""The office keeps a font for each kind of script; Excel has one for all."""
INDENT = 353
"""One step of indent, in hundredths of a millimetre."""

HORIZONTAL = {
    "general": "STANDARD",
    "left": "LEFT",
    "center": "CENTER",
    "right": "RIGHT",
    "justify": "BLOCK",
    "fill": "REPEAT",
}
VERTICAL = {"bottom": 0, "top": 1, "center": 2, "justify": 4}
PLACEHOLDER = re.compile(r'"[^"]*"|\[\$?[^\]]*\]|AM/PM|[YMDHS]+')


def same(xl: Any, name: str) -> Any:  # noqa: ANN401 - any property
    """Return a property all cells agree on, else None."""
    return None if xl.getPropertyState(name).value == "AMBIGUOUS_VALUE" else getattr(xl, name)


def number_format(cells: Range) -> str | None:
    """Return the number format the cells share, in Excel's letters."""
    if not cells.area:
        return ""
    key = same(cells.xl, "NumberFormat")
    if key is None:
        return None
    form = cells.sheet.book.formats[key]
    if not form.kind & DATES_AND_TIMES:
        return form.code
    return PLACEHOLDER.sub(lambda m: m[0] if m[0][0] in '"[A' else m[0].lower(), form.code)


def set_number_format(cells: Range, value: str) -> None:
    """Give the cells a number format."""
    if cells.area:
        protection.check(cells)
        cells.xl.NumberFormat = cells.sheet.book.formats.key(value)


def font(cells: Range) -> Font:
    """Return the font of the cells."""
    return Font(cells.xl)


def color(cells: Range) -> Colour | None:
    """Return the colour the cells are filled with, if all are alike."""
    if not cells.area:
        return None
    filled = same(cells.xl, "CellBackColor")
    return None if filled in {None, NO_COLOUR, 0xFFFFFFFF} else split(filled)


def set_color(cells: Range, value: Colour | int | str | None) -> None:
    """Fill the cells with a colour, or take the fill away."""
    if cells.area:
        protection.check(cells)
        cells.xl.CellBackColor = NO_COLOUR if value is None else joined(value)


def set_colors(cells: Range, colors: Sequence[Sequence[Any]]) -> None:
    """Fill each cell with a colour of its own; where ``...`` stands, nothing changes."""
    for row, line in enumerate(colors, 1):
        for column, value in enumerate(line, 1):
            if value is not ...:
                set_color(cells(row, column), value)


def wrap_text(cells: Range) -> bool | None:
    """Return whether the cells wrap their text, if all do alike."""
    return same(cells.xl, "IsTextWrapped")  # type: ignore[no-any-return]


def set_wrap_text(cells: Range, value: bool) -> None:
    """Wrap the text of the cells, or not."""
    protection.check(cells)
    cells.xl.IsTextWrapped = bool(value)


def horizontal_alignment(cells: Range) -> str | None:
    """Return how the cells are aligned across, if all are alike."""
    held = same(cells.xl, "HoriJustify")
    return next((word for word, name in HORIZONTAL.items() if held is not None and held.value == name), None)


def set_horizontal_alignment(cells: Range, value: str) -> None:
    """Align the cells across."""
    if value not in HORIZONTAL:
        raise NotImplementedError(value)
    protection.check(cells)
    cells.xl.HoriJustify = bridge.enum("table.CellHoriJustify", HORIZONTAL[value])


def vertical_alignment(cells: Range) -> str | None:
    """Return how the cells are aligned up and down, if all are alike; a cell never set stands at the bottom."""
    held = same(cells.xl, "VertJustify")
    return None if held is None else next((word for word, code in VERTICAL.items() if code == held), "bottom")


def set_vertical_alignment(cells: Range, value: str) -> None:
    """Align the cells up and down."""
    if value not in VERTICAL:
        raise NotImplementedError(value)
    protection.check(cells)
    cells.xl.VertJustify = 3 if value == "bottom" else VERTICAL[value]


def adjust_indent(cells: Range, amount: int) -> None:
    """Indent the cells by some steps more, or fewer."""
    protection.check(cells)
    cells.xl.ParaIndent = max(0, (same(cells.xl, "ParaIndent") or 0) + amount * INDENT)


def split(value: int) -> Colour:
    """Return a colour's red, green and blue.

    >>> split(0xFFC7CE)
    (255, 199, 206)
    """
    return value >> 16 & 255, value >> 8 & 255, value & 255


def joined(value: Colour | int | str) -> int:
    """Return a colour as the office holds it; Excel's own numbers hold red last.

    >>> hex(joined((255, 199, 206))), hex(joined("#FFC7CE")), hex(joined(0xCEC7FF))
    ('0xffc7ce', '0xffc7ce', '0xffc7ce')
    """
    if isinstance(value, str):
        return int(value.removeprefix("#"), 16)
    red, green, blue = split(value)[::-1] if isinstance(value, int) else value
    return red << 16 | green << 8 | blue


@bridge.guarded
class Font(base_classes.Font):
    """The font of cells or of a shape."""

    api: Any = bridge.own()

    def __init__(self, xl: Any) -> None:  # noqa: ANN401 - the office's own range or shape
        """Keep what it is the font of."""
        self.api = xl

    @property
    def bold(self) -> bool | None:
        """Whether it is bold; None where cells differ."""
        weight = same(self.api, "CharWeight")
        return None if weight is None else weight > NOT_BOLD

    @bold.setter
    def bold(self, value: bool) -> None:
        self._set("CharWeight", BOLD if value else NOT_BOLD)

    @property
    def italic(self) -> bool | None:
        """Whether it is italic; None where cells differ."""
        posture = same(self.api, "CharPosture")
        return None if posture is None else posture.value != "NONE"

    @italic.setter
    def italic(self, value: bool) -> None:
        self._set("CharPosture", bridge.enum("awt.FontSlant", "ITALIC" if value else "NONE"))

    @property
    def size(self) -> float | None:
        """Its size in points; None where cells differ."""
        return same(self.api, "CharHeight")  # type: ignore[no-any-return]

    @size.setter
    def size(self, value: float) -> None:
        self._set("CharHeight", float(value))

    @property
    def name(self) -> str | None:
        """Its name; None where cells differ."""
        return same(self.api, "CharFontName")  # type: ignore[no-any-return]

    @name.setter
    def name(self, value: str) -> None:
        self._set("CharFontName", value)

    @property
    def color(self) -> Colour | None:
        """Its colour; black where none is set, None where cells differ."""
        held = same(self.api, "CharColor")
        return None if held is None else (0, 0, 0) if held == NO_COLOUR else split(held)

    @color.setter
    def color(self, value: Colour | int | str) -> None:
        self.api.CharColor = joined(value)

    def _set(self, name: str, value: Any) -> None:  # noqa: ANN401 - any property
        self.api.setPropertyValues(tuple(name + script for script in SCRIPTS), (value,) * len(SCRIPTS))
