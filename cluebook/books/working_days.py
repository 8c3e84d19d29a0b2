"""The working calendar as formulas need it: lists that follow from the calendar sheet by formulas of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING

from cluebook.books import look
from cluebook.books.layout import letters, reference, structured
from cluebook.books.look import Style
from cluebook.books.patch.values import serial
from cluebook.books.worksheet import write_formula
from cluebook.domain.fields import column_of
from cluebook.domain.office import CalendarYear, DayKind, DayOff
from cluebook.domain.workdays import Calendar, calendar_of, days_later, is_workday
from cluebook.ledger.book import Formula
from cluebook.ledger.formulas import DAY, DAYS_OFF, EVE, NUMBERS, TODAYS_NUMBER, WORKED_DAYS, last_weekday
from cluebook.ledger.tables import table_of
from cluebook.text import Lang, Text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_YEARS_BACK, _DAYS = 2, 4 * 366
"""The lists begin so many years before the last year of the calendar, and have so many days."""

_UNTOLD = 2027
"""The last year of a calendar that tells of none."""

_TODAY, _EVE, _NUMBER, _FIRST = 1, 2, 3, 1
"""Rows of the day it is, of the day before the lists, of today's number, and of the first day, counted from 0."""

_WEIGHTS = {DayKind.COMPANY_ON: -100, DayKind.COMPANY_OFF: 100, DayKind.MAKE_UP: -10, DayKind.HOLIDAY: 10}
"""What a row of the calendar sheet weighs, against 1 for a weekend: what the office sets for itself beats the state."""

_WORKED = 1
"""What stands for a day that is worked: as a date one long ago, for a list of days has no room for anything else."""


def write_working_days(
    book: Workbook,
    sheet: Worksheet,
    place: int,
    form: Callable[[Style], Format],
    told: tuple[Sequence[DayOff], Sequence[CalendarYear]],
    lang: Lang,
) -> None:
    """Write the lists, and the day it is, into four columns of a sheet, and give all of it its names.

    Args:
        book: the workbook.
        sheet: the sheet, hidden.
        place: the first of the columns, counted from 0.
        form: makes a cell format of a style.
        told: the rows of the calendar and of its years, for what the formulas come to.
        lang: language of the ledger.
    """
    calendar = calendar_of(*told)
    latest = max((row.year for row in told[1] if row.year), default=_UNTOLD)
    # Not by the day it is: what follows from that is reckoned anew with every cell that anybody changes.
    first = date(latest - _YEARS_BACK, 1, 1)
    begins = f"DATE(MAX({_column(CalendarYear, 'year', lang)},{latest})-{_YEARS_BACK},1,0)"
    dated, plain = form({"num_format": look.DATE}), form({})
    for offset, head in enumerate((DAY, DAYS_OFF, NUMBERS, WORKED_DAYS)):
        sheet.write_string(0, place + offset, head.in_(lang), form({"bold": True}))
    where = _areas(*(letters(place + offset) for offset in range(4)))
    for name, area in where.items():
        book.define_name(name.in_(lang), reference(sheet.get_name(), area))
    write_formula(sheet, _TODAY, place, Formula("TODAY()", first), dated)
    write_formula(sheet, _EVE, place, Formula(begins, days_later(first, -1)), dated)
    spot = f"MEDIAN(1,{where[DAY]}-{where[EVE]},{_DAYS})"
    write_formula(sheet, _NUMBER, place, Formula(f"INDEX({where[NUMBERS]},{spot})", 0), plain)
    days = [days_later(first, n) for n in range(_DAYS)]
    _write_days_off(sheet, place + 1, days, where[EVE], calendar, dated, lang)
    _write_numbers(sheet, place + 2, days, calendar, plain)
    _write_worked_days(sheet, place + 3, days, where[EVE], calendar, dated)


def _areas(day: str, off: str, number: str, worked: str) -> dict[Text, str]:
    """Return where what has a name stands, by the letters of the four columns."""
    last = _FIRST + _DAYS
    return {
        DAY: f"${day}${_TODAY + 1}",
        EVE: f"${day}${_EVE + 1}",
        TODAYS_NUMBER: f"${day}${_NUMBER + 1}",
        DAYS_OFF: f"${off}${_FIRST + 1}:${off}${last}",
        NUMBERS: f"${number}${_FIRST + 1}:${number}${last}",
        WORKED_DAYS: f"${worked}${_FIRST + 1}:${worked}${last}",
    }


def _write_days_off(
    sheet: Worksheet, place: int, days: Sequence[date], eve: str, calendar: Calendar, form: Format, lang: Lang
) -> None:
    """Write the days off as one formula for all cells; Python fills in what it comes to."""
    every = f"{eve}+ROW($1:${_DAYS})"
    formula = f"{{=IF({_weight(every, lang)}>0,{every},{_WORKED})}}"
    told = [_WORKED if is_workday(on, calendar) else serial(on, since_1904=False) for on in days]
    sheet.write_array_formula(_FIRST, place, _FIRST + _DAYS - 1, place, formula, form, told[0])
    for row, value in enumerate(told[1:], start=_FIRST + 1):
        sheet.write_number(row, place, value, form)


def _write_numbers(
    sheet: Worksheet, place: int, days: Sequence[date], calendar: Calendar, form: Format
) -> None:
    """Write how many working days there are up to each day, by the list of days off left of it."""
    off, here, before = letters(place - 1), letters(place), "0"
    numbers = accumulate(is_workday(on, calendar) for on in days)
    for row, number in enumerate(numbers, start=_FIRST):
        formula = Formula(f"{before}+({off}{row + 1}={_WORKED})", number)
        write_formula(sheet, row, place, formula, form)
        before = f"{here}{row + 1}"


def _write_worked_days(
    sheet: Worksheet, place: int, days: Sequence[date], eve: str, calendar: Calendar, form: Format
) -> None:
    """Write the last working day up to each day, by the list of days off two columns left of it."""
    off, here = letters(place - 2), letters(place)
    last = days_later(days[0], -1)
    before, last = last_weekday(eve), days_later(last, -max(0, last.weekday() - 4))
    for row, day in enumerate(days, start=_FIRST):
        last = day if is_workday(day, calendar) else last
        text = f"IF({off}{row + 1}={_WORKED},{eve}+{row},{before})"
        write_formula(sheet, row, place, Formula(text, last), form)
        before = f"{here}{row + 1}"


def _weight(day: str, lang: Lang) -> str:
    """Return the formula of what speaks for a day off."""
    on, kind = _column(DayOff, "on", lang), _column(DayOff, "kind", lang)
    counted = (f'{n}*COUNTIFS({on},{day},{kind},"{each.text.in_(lang)}")' for each, n in _WEIGHTS.items())
    return f"{'+'.join(counted)}+(WEEKDAY({day},2)>5)"


def _column(record: type, name: str, lang: Lang) -> str:
    return structured(table_of(record).name, column_of(record, name).text.in_(lang)).removeprefix("=")
