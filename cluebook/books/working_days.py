"""The days on which nobody works, as a list that follows from the calendar sheet by formulas, for formulas to use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from cluebook.books import look
from cluebook.books.layout import letters, reference, structured
from cluebook.books.look import Style
from cluebook.books.patch.values import serial
from cluebook.books.worksheet import write_formula
from cluebook.domain.fields import column_of
from cluebook.domain.office import DayKind, DayOff
from cluebook.domain.workdays import Calendar, days_later, is_workday
from cluebook.ledger.book import Formula
from cluebook.ledger.formulas import DAY, DAYS_OFF
from cluebook.ledger.tables import table_of
from cluebook.text import Lang

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_YEARS_BACK, _DAYS = 2, 6 * 366
"""The list begins with the January before last but one, and has so many days."""

_TODAY, _EVE, _FIRST = 1, 2, 1
"""Rows of the day it is, of the day before the list, and of the first day on it, counted from 0."""

_WEIGHTS = {DayKind.COMPANY_ON: -100, DayKind.COMPANY_OFF: 100, DayKind.MAKE_UP: -10, DayKind.HOLIDAY: 10}
"""What a row of the calendar sheet weighs, against 1 for a weekend: what the office sets for itself beats the state."""

_WORKED = 1
"""What stands for a day that is worked: as a date one long ago, for a list of days has no room for anything else."""


def write_days_off(
    book: Workbook,
    sheet: Worksheet,
    place: int,
    form: Callable[[Style], Format],
    calendar: Calendar,
    lang: Lang,
) -> None:
    """Write the list, and the day it is, into two columns of a sheet, and give both their names.

    Args:
        book: the workbook.
        sheet: the sheet, hidden.
        place: the first of the columns, counted from 0.
        form: makes a cell format of a style.
        calendar: what the formulas come to, for those who do not calculate.
        lang: language of the ledger.
    """
    dated, (day, off) = form({"num_format": look.DATE}), (letters(place), letters(place + 1))
    today, eve = f"${day}${_TODAY + 1}", f"${day}${_EVE + 1}"
    for offset, name in enumerate((DAY, DAYS_OFF)):
        sheet.write_string(0, place + offset, name.in_(lang), form({"bold": True}))
    # As long as nobody calculates, the list begins with the first year of the calendar.
    first = min(calendar.days, default=date(2026, 1, 1)).replace(month=1, day=1)
    write_formula(sheet, _TODAY, place, Formula("TODAY()", first), dated)
    write_formula(
        sheet, _EVE, place, Formula(f"DATE(YEAR({today})-{_YEARS_BACK},1,0)", days_later(first, -1)), dated
    )
    last = _FIRST + _DAYS - 1
    every = f"{eve}+ROW($1:${_DAYS})"
    is_off = f"{{=IF({_weight(every, lang)}>0,{every},{_WORKED})}}"
    sheet.write_array_formula(_FIRST, place + 1, last, place + 1, is_off, dated, _WORKED)
    for row, on in enumerate((days_later(first, n) for n in range(1, _DAYS)), start=_FIRST + 1):
        told = _WORKED if is_workday(on, calendar) else serial(on, since_1904=False)
        sheet.write_number(row, place + 1, told, dated)
    title = sheet.get_name()
    book.define_name(DAY.in_(lang), reference(title, today))
    book.define_name(DAYS_OFF.in_(lang), reference(title, f"${off}${_FIRST + 1}:${off}${last + 1}"))


def _weight(day: str, lang: Lang) -> str:
    """Return the formula of what speaks for a day off."""
    table = table_of(DayOff).name
    on, kind = (
        structured(table, column_of(DayOff, name).text.in_(lang)).removeprefix("=") for name in ("on", "kind")
    )
    counted = (f'{n}*COUNTIFS({on},{day},{kind},"{each.text.in_(lang)}")' for each, n in _WEIGHTS.items())
    return f"{'+'.join(counted)}+(WEEKDAY({day},2)>5)"
