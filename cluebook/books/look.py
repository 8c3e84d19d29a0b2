"""How the ledger looks: its colours, fonts and cell formats, as XlsxWriter properties."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from cluebook.books.layout import Kind, Layout
from cluebook.domain.clue import Risk, Urgency, WarningLevel
from cluebook.domain.fields import Choice, Column, Part
from cluebook.ledger.formulas import is_live
from cluebook.text import Lang

Style = dict[str, Any]
"""Properties of an XlsxWriter format."""

NAVY = "#1F3A5F"
SLATE = "#7B8796"
INK = "#26323F"
FAINT = "#76818E"
RULE = "#D3DAE2"
PAPER = "#FFFFFF"
MIST = "#F1F3F6"
MISSING = "#FBE3E4"
ALERT = "#FFE9B8"
STOP = "#B3261E"
FIELDS = ("#FFFBE6", "#FFF3CF")
"""Cells to answer in, by turns."""

SENTENCE, ACCOUNT = 20, 36
"""Widths in characters from which a column of text holds sentences, and whole accounts."""

_ONE_LINE = 22  # points
_TALL = 4  # lines
LINES: dict[Lang, int] = {"zh": 17, "en": 15}
"""Height of a line in the workbook's font, in points."""

PARTS: dict[Part | None, str] = {
    None: NAVY,
    Part.INTAKE: "#2F6690",
    Part.REVIEW: "#5B5F97",
    Part.ANALYSIS: "#2A7F78",
    Part.ROUTING: "#A86B22",
    Part.HANDLING: "#4C7A3F",
    Part.FEEDBACK: "#8E4A63",
    Part.SUPERVISION: "#9A3B2E",
    Part.CLOSING: "#4F5D6B",
}
"""Colours of the bands; a part that is not named here has the colour of the computed ones."""

TABS = {Kind.WORK: "#2F6690", Kind.LIST: "#4C7A3F", Kind.RULE: "#A86B22"}
GUIDE_TAB = NAVY

WARNINGS: dict[WarningLevel, Style] = {
    WarningLevel.GREEN: {"bg_color": "#E3F1E1", "font_color": "#2E6B2B"},
    WarningLevel.AMBER: {"bg_color": "#FFF3CC", "font_color": "#7A5B00"},
    WarningLevel.ORANGE: {"bg_color": "#FFDDB8", "font_color": "#8A4300"},
    WarningLevel.RED: {"bg_color": "#F6B9B5", "font_color": "#8B1A14", "bold": True},
}
"""Traffic lights of the next deadline, for the row's number and its computed columns."""

STRONG: dict[Choice, Style] = {
    Urgency.URGENT: {"font_color": STOP, "bold": True},
    Urgency.IMPORTANT: {"font_color": "#A25400", "bold": True},
    Risk.HIGH: {"font_color": STOP, "bold": True},
}
"""Choices that must catch the eye wherever they stand."""

OVER: Style = {"font_color": "#9AA3AE"}
"""A clue on which nothing is left to do."""

DATE = "yyyy-mm-dd"
_FORMATS = {
    str: "@",
    tuple: "@",
    int: "0",
    float: "[<=1]0%;General",
    date: DATE,
    datetime: "yyyy-mm-dd hh:mm",
}


def tab(layout: Layout) -> str:
    """Return the colour of a sheet's tab: that of its stretch of the procedure, else that of its kind."""
    return PARTS.get(layout.table.part, NAVY) if layout.table.part else TABS[layout.kind]


def font(lang: Lang) -> Style:
    """Return the font of the workbook."""
    name, size = ("微软雅黑", 10) if lang == "zh" else ("Calibri", 11)
    return {"font_name": name, "font_size": size}


def title() -> Style:
    """Return the look of a sheet's title."""
    return {"bold": True, "font_size": 16, "font_color": NAVY, "valign": "vcenter", "underline": 0}


def purpose() -> Style:
    """Return the look of the sentence that says what a sheet is for."""
    return {"font_color": FAINT, "valign": "vcenter"}


def band(part: Part | None) -> Style:
    """Return the look of the band above the columns of one part."""
    fill = PARTS.get(part, SLATE)
    return {"bg_color": fill, "font_color": PAPER, "bold": True, "valign": "vcenter", "indent": 1}


def header(column: Column) -> Style:
    """Return the look of a column's header; a required one shows a star that is not part of its text."""
    return {
        "bg_color": SLATE if column.assigned else NAVY,
        "font_color": PAPER,
        "bold": True,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
        "border": 1,
        "border_color": RULE,
        "num_format": '@" *"' if column.required and not column.assigned else "@",
    }


def cell(column: Column, layout: Layout) -> Style:
    """Return the look of a column's cells: white to fill in, grey when the program fills them."""
    shows_words = _FORMATS.get(column.type) is None
    # In a cell of text a formula would be taken for words as soon as somebody touches it.
    is_computed = shows_words and is_live(layout.table.record, column)
    return {
        "num_format": "General" if is_computed else _FORMATS.get(column.type, "@"),
        "font_color": INK,
        "bg_color": MIST if column.assigned else PAPER,
        "border": 1,
        "border_color": RULE,
        "locked": column.assigned,
        **_set(column, layout),
    }


def row_height(layout: Layout) -> int:
    """Return the height of a table's rows in points."""
    lines = _lines(layout)
    return _ONE_LINE if lines == 1 else lines * LINES[layout.lang] + 1


def _set(column: Column, layout: Layout) -> Style:
    """How a cell is set: words wrap, dates and numbers stand on one line."""
    # An account may be longer than its row is high: it is read from its beginning.
    account = _is_text(column) and column.width >= ACCOUNT and layout.kind is Kind.WORK
    valign = "top" if account or _lines(layout) == _TALL else "vcenter"
    if _is_text(column):
        return {"text_wrap": True, "valign": valign, "align": "left", "indent": 1}
    return {"text_wrap": issubclass(column.type, Choice), "valign": valign, "align": "center"}


def _lines(layout: Layout) -> int:
    """How many lines of text a row shows: as many as what people write in it asks for."""
    texts = [column for column in layout.columns if _is_text(column)]
    accounts = [column for column in texts if column.width >= ACCOUNT and not column.assigned]
    if layout.kind is Kind.WORK and len(accounts) > 1:
        return _TALL
    return 2 if any(column.width >= SENTENCE for column in texts) else 1


def _is_text(column: Column) -> bool:
    return column.type in (str, tuple)
