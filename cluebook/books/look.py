"""How the ledger looks: its colours, fonts and cell formats, as XlsxWriter properties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from cluebook.books.layout import Kind
from cluebook.domain.clue import Risk, Urgency, WarningLevel
from cluebook.domain.fields import Choice, Column, Part
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

SENTENCE, ACCOUNT = 20, 36
"""Widths in characters from which a column of text holds sentences, and whole accounts."""

PARTS: dict[Part | None, str] = {
    None: NAVY,
    Part.INTAKE: "#2F6690",
    Part.REVIEW: "#5B5F97",
    Part.ANALYSIS: "#2A7F78",
    Part.ROUTING: "#A86B22",
    Part.HANDLING: "#4C7A3F",
    Part.FEEDBACK: "#8E4A63",
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

_FORMATS = {
    str: "@",
    tuple: "@",
    int: "0",
    float: "[<=1]0%;General",
    date: "yyyy-mm-dd",
    datetime: "yyyy-mm-dd hh:mm",
}


def font(lang: Lang) -> Style:
    """Return the font of the workbook."""
    return (
        {"font_name": "微软雅黑", "font_size": 10}
        if lang == "zh"
        else {"font_name": "Calibri", "font_size": 11}
    )


def title() -> Style:
    """Return the look of a sheet's title."""
    return {"bold": True, "font_size": 16, "font_color": NAVY, "valign": "vcenter", "underline": 0}


def purpose() -> Style:
    """Return the look of the sentence that says what a sheet is for."""
    return {"font_color": FAINT, "valign": "vcenter", "italic": False}


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


def cell(column: Column, kind: Kind) -> Style:
    """Return the look of a column's cells: white to fill in, grey when the program fills them."""
    return {
        "num_format": _FORMATS.get(column.type, "@"),
        "font_color": INK,
        "bg_color": MIST if column.assigned else PAPER,
        "border": 1,
        "border_color": RULE,
        "locked": column.assigned,
        **_set(column, kind),
    }


def _set(column: Column, kind: Kind) -> Style:
    """How a cell is set: words wrap, dates and numbers stand on one line."""
    if column.type not in (str, tuple):
        return {"text_wrap": issubclass(column.type, Choice), "valign": "vcenter", "align": "center"}
    # An account may be longer than its row is high: it is read from its beginning.
    account = column.width >= ACCOUNT and kind is Kind.WORK
    return {"text_wrap": True, "valign": "top" if account else "vcenter", "align": "left", "indent": 1}


def row_height(columns: Sequence[Column], lang: Lang) -> int:
    """Return the height of a table's rows in points: two lines of text where there are sentences to read."""
    if not any(column.width >= SENTENCE and column.type in (str, tuple) for column in columns):
        return 22
    return 34 if lang == "zh" else 31
