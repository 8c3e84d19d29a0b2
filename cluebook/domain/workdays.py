"""Which days the office works, and counting in working days (procedure, section 6).

A year is taken as plain weeks of five working days; the rows of the calendar sheet that say
otherwise are kept beside it in order. So any date of any year can be counted without a table of
days, and a year nobody has published yet is merely provisional.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from itertools import accumulate, groupby

from cluebook.domain.office import CalendarYear, Coverage, DayKind, DayOff
from cluebook.text import Text, join, same

WORKED = frozenset({DayKind.MAKE_UP, DayKind.COMPANY_ON})
"""Kinds of day on which people work."""

BY_OFFICE = frozenset({DayKind.COMPANY_OFF, DayKind.COMPANY_ON})
"""Kinds of day that the office sets for itself; they beat what the state publishes."""

BUILT_IN = Text("内置", "Built in")
BY_HAND = Text("手工", "By hand")
"""What a row of the calendar sheet says of its source when it has no notice to name."""

CHINA = "CN"
"""The country whose days off come by notice, year by year."""

WEEKDAYS = (
    Text("星期一", "Monday"),
    Text("星期二", "Tuesday"),
    Text("星期三", "Wednesday"),
    Text("星期四", "Thursday"),
    Text("星期五", "Friday"),
    Text("星期六", "Saturday"),
    Text("星期日", "Sunday"),
)
"""What the days of a week are called, Monday first."""


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The working days of an office; made by `calendar_of`.

    Attributes:
        days: the row that decides each date the calendar sheet names.
        settled: the years whose calendar is published, or kept by hand.
        turns: the dates, as ordinals in order, that are not what their weekday says.
        shifts: how many more days than in plain weeks are worked, before and after each turn.
    """

    days: Mapping[date, DayOff]
    settled: frozenset[int]
    turns: tuple[int, ...]
    shifts: tuple[int, ...]


def calendar_of(days: Iterable[DayOff], years: Iterable[CalendarYear]) -> Calendar:
    """Return the calendar that the two sheets describe.

    What the office sets for itself beats what the state publishes. Of rows that contradict each
    other otherwise the last holds (`calendar_checks` names them), and a year called provisional
    on any row is provisional.
    """
    by_rank = sorted(days, key=lambda row: row.kind in BY_OFFICE)
    ruling = {row.on: row for row in by_rank if row.on and row.kind}
    turns = sorted(day for day, row in ruling.items() if (row.kind in WORKED) != (day.weekday() < 5))
    steps = (1 if ruling[day].kind in WORKED else -1 for day in turns)
    coverage = [(row.year, row.coverage) for row in years if row.year]
    doubtful = {year for year, how in coverage if how not in {Coverage.PUBLISHED, Coverage.BY_HAND}}
    return Calendar(
        ruling,
        frozenset(year for year, _ in coverage) - doubtful,
        tuple(day.toordinal() for day in turns),
        tuple(accumulate(steps, initial=0)),
    )


def is_workday(day: date, calendar: Calendar) -> bool:
    """Return whether the office works on a day."""
    row = calendar.days.get(day)
    return row.kind in WORKED if row else day.weekday() < 5


@lru_cache(maxsize=1 << 16)  # clues by the thousand share their few hundred starting days
def add_workdays(start: date, days: int, calendar: Calendar) -> date:
    """Return the date `days` working days after `start`, which is not counted.

    With 0 days it is `start` itself when that is worked, else the next working day. `days` may not
    be negative.

    >>> china = calendar_of([DayOff(on=date(2026, 9, 20), kind=DayKind.MAKE_UP)], [])
    >>> add_workdays(date(2026, 9, 18), 2, china)  # a Friday; the Sunday is worked
    datetime.date(2026, 9, 21)
    """
    if days < 0:
        raise ValueError(days)
    if days == 0:
        return start if is_workday(start, calendar) else add_workdays(start, 1, calendar)
    day = start.toordinal()
    wanted = _worked_until(day, calendar) + days
    # A stride of as many days as are still lacking cannot pass the day looked for.
    while lacking := wanted - _worked_until(day, calendar):
        day += lacking
    return _date(day)


class CountedDay(date):
    """A day that was found by counting working days, and still tells how: `days` of them after `since`.

    It equals the plain date. What is reckoned from it in turn tells nothing of that.

    Attributes:
        since: the day from which was counted, itself not counted.
        days: how many working days.
        worked: whether the first working day from `since` on took its place, as for what happens on a day off.
    """

    since: date | None = None
    days: int = 0
    worked: bool = False


@lru_cache(maxsize=1 << 16)
def counted_day(since: date, days: int, calendar: Calendar, *, worked: bool = False) -> CountedDay:
    """Return the day that lies so many working days after another, as one that tells how it was counted."""
    found = add_workdays(add_workdays(since, 0, calendar) if worked else since, days, calendar)
    counted = CountedDay(found.year, found.month, found.day)
    counted.since, counted.days, counted.worked = since, days, worked
    return counted


def days_later(start: date, days: int) -> date:
    """Return the date so many days of any kind after `start`.

    >>> days_later(date(2026, 2, 27), 2)
    datetime.date(2026, 3, 1)
    """
    return _date(start.toordinal() + days)


def workdays_between(start: date, end: date, calendar: Calendar) -> int:
    """Return how many working days lie after `start` up to and including `end`.

    The number is negative when `end` is the earlier.

    >>> workdays_between(date(2026, 9, 18), date(2026, 9, 22), calendar_of([], []))
    2
    """
    return _worked_until(end.toordinal(), calendar) - _worked_until(start.toordinal(), calendar)


def days_over(due: date, on: date, calendar: Calendar) -> int:
    """Return how many working days a due date is past on a day, 0 until one has gone by.

    A day off counts with the working day before it, whether somebody is still awaited or has just done it: so
    nothing is late in a report that was on no list of what is overdue.
    """
    return max(0, workdays_between(due, on, calendar))


def is_provisional(start: date, end: date, calendar: Calendar) -> bool:
    """Return whether the time from `start` to `end` touches a year whose calendar is not settled."""
    return any(year not in calendar.settled for year in range(start.year, end.year + 1))


def starting_day(at: datetime, calendar: Calendar, cutoff: time) -> date:
    """Return the working day an event counts for; after the cut-off it is the next one (6.4)."""
    return add_workdays(event_day(at, cutoff), 0, calendar)


def event_day(at: datetime, cutoff: time) -> date:
    """Return the day to which the clock assigns an event: its own, after the cut-off the next one."""
    return days_later(at, 1) if at.time() > cutoff else at.date()


def explain(start: date, days: int, calendar: Calendar) -> Text:
    """Return in words how the date `days` working days after `start` comes about.

    >>> china = calendar_of([DayOff(on=date(2026, 9, 20), kind=DayKind.MAKE_UP)], [])
    >>> explain(date(2026, 9, 18), 2, china).zh
    '2026-09-18 起第 2 个工作日为 2026-09-21（星期一）；9月20日调休上班；2026 年放假安排尚未公布，日期暂定。'
    """
    due = add_workdays(start, days, calendar)
    lead = Text(
        "{start} 起第 {days} 个工作日为 {due}（{weekday}）",
        "Working day {days} after {start} is {due} ({weekday})",
    )
    if days == 0:
        lead = Text(
            "{start} 当日或其后首个工作日为 {due}（{weekday}）",
            "The first working day from {start} on is {due} ({weekday})",
        )
    parts = [lead.fill(start=start, days=days, due=due, weekday=WEEKDAYS[due.weekday()])]
    parts += _told(start, due, calendar)
    if years := [year for year in range(start.year, due.year + 1) if year not in calendar.settled]:
        unsettled = Text(
            "{years} 年放假安排尚未公布，日期暂定",
            "the calendar of {years} is not published yet, so the date is provisional",
        )
        many = Text("{first} 至 {last}", "{first} to {last}").fill(first=years[0], last=years[-1])
        parts.append(unsettled.fill(years=many if len(years) > 1 else years[0]))
    return Text("{parts}。", "{parts}.").fill(parts=join(parts, "；", "; "))


def _worked_until(day: int, calendar: Calendar) -> int:
    """Return the number of working days from the beginning of time up to and including a day."""
    weeks, rest = divmod(day, 7)  # ordinal 1 was a Monday
    return 5 * weeks + min(rest, 5) + calendar.shifts[bisect_right(calendar.turns, day)]


def _date(ordinal: int) -> date:
    """Return the date of an ordinal; a slip such as the year 9999 must not stop a whole ledger."""
    return date.fromordinal(min(ordinal, date.max.toordinal()))


def _told(start: date, due: date, calendar: Calendar) -> Iterator[Text]:
    """Yield the special days after `start` up to `due`, days of one kind in a row together."""
    days = sorted(day for day in calendar.days if start < day <= due)

    def run(spot: tuple[int, date]) -> tuple[DayKind | None, str | None, int]:
        row = calendar.days[spot[1]]
        return row.kind, row.name, spot[1].toordinal() - spot[0]

    for (kind, name, _), spots in groupby(enumerate(days), key=run):
        found = [day for _, day in spots]
        yield Text("{days}{name}{kind}", "{days}: {name}{kind}").fill(
            days=stretch(found[0], found[-1], start.year),
            name=Text(name, f"{name}, ") if name else same(""),
            kind=Text(kind.text.zh, kind.text.en.lower()) if kind else same(""),
        )


def stretch(first: date, last: date, year: int) -> Text:
    """Return one day or a run of days in words; in Chinese the year is named when it is another than `year`."""
    zh = (
        f"{first.month}月{first.day}日"
        if first.year == year
        else f"{first.year}年{first.month}月{first.day}日"
    )
    if first == last:
        return Text(zh, f"{first}")
    end = f"{last.day}日" if last.month == first.month else f"{last.month}月{last.day}日"
    return Text(f"{zh}至{end}", f"{first} to {last}")
