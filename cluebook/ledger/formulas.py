"""The columns that the ledger keeps up to date by itself, with no program running: what stands in their cells.

They count on two names of the workbook: the day it is, and the days on which the office does not work. A date that was
promised, or moved by an action, is no formula: a change of the calendar moves it only when somebody asks for that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from cluebook.domain.clue import Clue, WarningLevel
from cluebook.domain.deadlines import SOON
from cluebook.domain.fields import Column, column_of
from cluebook.domain.workdays import CountedDay
from cluebook.ledger.book import CellContent, Formula
from cluebook.ledger.cells import to_cell
from cluebook.ledger.tables import table_of
from cluebook.text import Lang, Text

DAY = Text("当天日期", "CurrentDay")
"""Defined name of the cell with the day it is."""

DAYS_OFF = Text("非工作日", "DaysOff")
"""Defined name of the days on which nobody works, ordinary weekends among them."""

EVE = Text("日历前日", "CalendarEve")
"""Defined name of the cell with the day before the first that the two lists are about."""

NUMBERS = Text("工作日序号", "WorkdayNumbers")
"""Defined name of how many working days there are up to each day."""

WORKED_DAYS = Text("最近工作日", "WorkedDays")
"""Defined name of the last working day up to each day."""

TODAYS_NUMBER = Text("当天序号", "TodaysNumber")
"""Defined name of the cell with that number for the day it is."""

Refer = Callable[[str], str]
"""From the field of a record to the formula that points at its cell in the same row."""


def column_name(header: str) -> str:
    """Return a header as a formula names its column, in brackets.

    >>> column_name("Days [max]")
    "[Days '[max']]"
    """
    escaped = re.sub(r"(['#\[\]])", r"'\1", header)
    return f"[{escaped}]"


def this_row(table: str, header: str) -> str:
    """Return a formula that points at a column's cell in the same row.

    >>> this_row("Clues", "Next due")
    'Clues[[#This Row],[Next due]]'
    """
    return f"{table}[[#This Row],{column_name(header)}]"


def last_worked(day: str, lang: Lang) -> str:
    """Return the formula for the last working day up to a day; beyond the days of the lists weeks are plain ones.

    What is done by then is in time: `workdays.days_over`, as formulas need it.
    """
    eve, worked = EVE.in_(lang), WORKED_DAYS.in_(lang)
    return f"IF(({day}>{eve})*({day}<={eve}+ROWS({worked})),LOOKUP({day},{worked}),{last_weekday(day)})"


def last_weekday(day: str) -> str:
    """Return the formula for the last day up to a day that is no Saturday or Sunday."""
    return f"{day}-(WEEKDAY({day},2)>5)*(WEEKDAY({day},2)-5)"


def is_live(record: type, column: Column) -> bool:
    """Return whether the cells of a column hold formulas."""
    return record is Clue and column.name in _LIVE


def content(
    record: type, column: Column, value: object, lang: Lang, header: Callable[[Column], str]
) -> CellContent:
    """Return what a cell holds for a field value: in a live column the formula that comes to it.

    What no formula can come to, such as a promised date, stands by itself there, too.

    Args:
        record: the record of the table.
        column: the column.
        value: the field value.
        lang: language of the ledger.
        header: gives the header of another column.
    """
    shown = to_cell(column, value, lang)
    if shown is None or not is_live(record, column):
        return shown

    def refer(field: str) -> str:
        return this_row(table_of(record).name, header(column_of(record, field)))

    formula = _LIVE[column.name](value, refer, lang)
    return shown if formula is None else Formula(formula, shown)


def _next_due(value: object, _refer: Refer, lang: Lang) -> str | None:
    if not isinstance(value, CountedDay) or value.since is None:
        return None
    since, days = f"DATE({value.since.year},{value.since.month},{value.since.day})", str(value.days)
    if value.worked or not value.days:
        # Counted from the day before: the first one is `since`, or what takes the place of a day off.
        since, days = f"{since}-1", f"{days}+1"
    return f"WORKDAY.INTL({since},{days},{_WHOLE_WEEK},{DAYS_OFF.in_(lang)})"


def _days_left(_value: object, refer: Refer, lang: Lang) -> str:
    # What NETWORKDAYS.INTL would count, at a cost that a ledger with thousands of open clues can bear: that function
    # sorts the whole list for each of them, and all of them follow from the day it is, with every cell anybody changes.
    numbers = NUMBERS.in_(lang)
    spot = f"MEDIAN(1,{refer('next_due')}-{EVE.in_(lang)},ROWS({numbers}))"
    return f"INDEX({numbers},{spot})-{TODAYS_NUMBER.in_(lang)}"


def _warning(_value: object, refer: Refer, lang: Lang) -> str:
    left = refer("days_left")
    green, amber, orange, red = (f'"{level.text.in_(lang)}"' for level in WarningLevel)
    return f"IF({left}<0,{red},IF({left}=0,{orange},IF({left}<={SOON},{amber},{green})))"


_WHOLE_WEEK = '"0000000"'
"""No day of the week is off by itself; else Excel could not count a weekend day that is worked."""

_LIVE: Mapping[str, Callable[[Any, Refer, Lang], str | None]] = {
    "next_due": _next_due,
    "days_left": _days_left,
    "warning": _warning,
}
