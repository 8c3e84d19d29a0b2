"""Sheets that stand ready, blank and hidden, for what a press shows.

They are made with the ledger, because a sheet that Excel adds gets a module of its own: the VBA project would
no longer be the one that was signed. A ledger that lacks them gets them when they are needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cluebook.books.ranges import sheet_named
from cluebook.text import Lang, Text

if TYPE_CHECKING:
    import xlwings
    from xlsxwriter import Workbook

FORM = Text("填写", "Form")
PROBLEMS = Text("问题清单", "Problems")
OVERDUE = Text("逾期清单", "Overdue")

_CODE_NAMES = {FORM: "shForm", PROBLEMS: "shProblems", OVERDUE: "shOverdue"}


TITLES = tuple(_CODE_NAMES)


def add_spare_sheets(book: Workbook, lang: Lang) -> None:
    """Add the sheets to a ledger that is being built."""
    for title, code_name in _CODE_NAMES.items():
        sheet = book.add_worksheet(title.in_(lang))
        sheet.set_vba_name(code_name)
        sheet.hide_gridlines(2)
        sheet.hide()


def spare_sheet(book: xlwings.Book, title: Text) -> xlwings.Sheet | None:
    """Return the sheet of an open workbook that has this title in either language."""
    return sheet_named(book, title)


def cleared_sheet(book: xlwings.Book, title: Text, lang: Lang) -> xlwings.Sheet:
    """Return the sheet of this title, blank and in sight, ready to be filled; it is not yet in front."""
    sheet = spare_sheet(book, title)
    if sheet is None:
        return book.sheets.add(title.in_(lang), after=book.sheets[-1])
    sheet.visible = True
    sheet.clear()
    return sheet
