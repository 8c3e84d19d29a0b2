"""What is wrong or doubtful in the calendar that an office keeps (procedure, 6.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cluebook.domain.fields import column_of
from cluebook.domain.office import CalendarYear, Coverage, DayKind, DayOff
from cluebook.domain.workdays import BY_HAND, BY_OFFICE, CHINA, WORKED, Calendar, days_later, workdays_between
from cluebook.errors import Place, Problem
from cluebook.text import Lang, Text

_LEAST_OFF = 11
"""No published year of China had fewer working days off; it had more each time, by moving weekends."""


def calendar_problems(rows: Sequence[tuple[int, DayOff]], sheet: str, lang: Lang) -> list[Problem]:
    """Return what the rows of the calendar sheet, each with its row number, say that cannot be.

    A date may stand twice when the office overrules the state, but not with two kinds of one rank.
    """
    problems = []
    first: dict[tuple[date, bool], tuple[int, DayKind]] = {}
    worked = {row.on for _, row in rows if row.kind in WORKED}
    off = {row.on for _, row in rows if row.kind not in WORKED}
    for number, row in rows:
        if row.on is None or row.kind is None:
            continue
        place = Place(sheet, number, column_of(DayOff, "kind").text.in_(lang))
        earlier, kind = first.setdefault((row.on, row.kind in BY_OFFICE), (number, row.kind))
        if kind is not row.kind:
            problems.append(_contradiction(place, earlier))
        if row.kind in WORKED:
            if row.on.weekday() < 5 and row.on not in off:
                problems.append(Problem("make_up_on_weekday", place, *_IDLE_MAKE_UP))
        # A festival may well fall on a weekend; what was typed by hand there is a slip.
        elif row.on.weekday() >= 5 and row.on not in worked and (row.source or BY_HAND.zh) in BY_HAND:
            problems.append(Problem("holiday_on_weekend", place, *_IDLE_HOLIDAY))
    return problems


def year_problems(rows: Sequence[tuple[int, CalendarYear]], sheet: str, lang: Lang) -> list[Problem]:
    """Return what the rows of the years sheet, each with its row number, say that cannot be."""
    first: dict[int, tuple[int, Coverage | None]] = {}
    problems = []
    for number, row in rows:
        if row.year is None:
            continue
        earlier, coverage = first.setdefault(row.year, (number, row.coverage))
        if coverage is not row.coverage:
            place = Place(sheet, number, column_of(CalendarYear, "coverage").text.in_(lang))
            wrong = Text(
                "同一年度在第 {row} 行已另有不同状态。", "Row {row} gives this year another coverage."
            )
            problems.append(Problem("year_contradicted", place, wrong.fill(row=earlier), _KEEP_ONE))
    return problems


@dataclass(frozen=True, slots=True)
class YearCount:
    """What the calendar makes of a year: its working days, weekdays off, and weekend days worked."""

    year: int
    worked: int
    off: int
    made_up: int
    doubt: Text | None


def count_year(year: int, calendar: Calendar, country: str) -> YearCount:
    """Return the figures of a year, and why it may not be complete although it is said to be (6.4)."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    turned = [date.fromordinal(day) for day in calendar.turns if first.toordinal() <= day <= last.toordinal()]
    off = sum(day.weekday() < 5 for day in turned)
    made_up = len(turned) - off
    worked = workdays_between(days_later(first, -1), last, calendar)
    doubt = None
    if year in calendar.settled and country == CHINA:
        few = Text(
            "只有 {n} 个工作日休假，少于 {least} 个", "only {n} working days are off, fewer than {least}"
        )
        alone = Text("有春节而没有调休上班", "it has a Spring Festival but no make-up working day")
        if off < _LEAST_OFF:
            doubt = few.fill(n=off, least=_LEAST_OFF)
        elif not made_up:
            doubt = alone
    return YearCount(year, worked, off, made_up, doubt)


def _contradiction(place: Place, row: int) -> Problem:
    wrong = Text("同一日期在第 {row} 行已另有不同类型。", "Row {row} gives this date another kind.")
    return Problem("day_contradicted", place, wrong.fill(row=row), _KEEP_ONE)


_KEEP_ONE = Text("请只保留正确的一行。", "Keep the row that is right and delete the other.")
_CHECK_DATE = Text("请核对日期，多半是日期写错。", "Check the date; most likely it is mistyped.")
_IDLE_MAKE_UP = (
    Text("该日本来就是工作日，不必调休上班。", "This day is worked anyway; it cannot be a make-up day."),
    _CHECK_DATE,
)
_IDLE_HOLIDAY = (Text("该日本来就是休息日。", "This day is off anyway."), _CHECK_DATE)
