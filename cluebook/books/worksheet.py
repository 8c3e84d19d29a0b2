"""Cells of a worksheet that is being built."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cluebook.books.patch.values import serial
from cluebook.ledger.book import CellContent, Formula

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


def write_cell(sheet: Worksheet, row: int, place: int, content: CellContent, form: Format) -> None:
    """Write one cell by the type of what it is to hold: text is text, whatever it begins with."""
    if isinstance(content, Formula):
        write_formula(sheet, row, place, content, form)
    elif isinstance(content, str):
        sheet.write_string(row, place, content, form)
    elif isinstance(content, date):
        sheet.write_datetime(row, place, content, form)
    elif content is None:
        sheet.write_blank(row, place, None, form)
    else:
        sheet.write_number(row, place, content, form)


def write_formula(sheet: Worksheet, row: int, place: int, formula: Formula, form: Format) -> None:
    """Write a formula, with what it comes to for those who do not calculate."""
    value = formula.value
    told = serial(value, since_1904=False) if isinstance(value, date) else value
    sheet.write_formula(row, place, f"={formula.text}", form, told)
