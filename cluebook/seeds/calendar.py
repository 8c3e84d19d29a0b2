"""The calendar a new office begins with: public holidays and make-up working days of China."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cluebook.domain.office import CalendarYear, Coverage, DayKind, DayOff
from cluebook.text import Lang, Text

_SOURCE = Text("内置", "Built in")
_PUBLISHED = Text("国务院办公厅公布的放假安排（内置）", "As published by the State Council (built in)")
_UNKNOWN = Text("放假安排尚未公布，暂只按周末休息计算", "Not published yet; only weekends are off for now")

# The notices of the State Council write these three in full.
_IN_FULL = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}


def starting_calendar(lang: Lang, years: Sequence[int]) -> tuple[DayOff, ...]:
    """Return the holidays and make-up working days of the years that are published, in order.

    Holidays on a Saturday or Sunday are among them, so that a festival stands there as one run.
    """
    from chinese_calendar import Holiday, holidays, workdays

    def row(on: date, kind: DayKind, english: str) -> DayOff:
        chinese = Holiday(english).chinese
        name = Text(_IN_FULL.get(chinese, chinese), english)
        return DayOff(on=on, kind=kind, name=name.in_(lang), source=_SOURCE.in_(lang))

    kinds = ((holidays, DayKind.HOLIDAY), (workdays, DayKind.MAKE_UP))
    named = (row(on, kind, name) for dates, kind in kinds for on, name in dates.items() if on.year in years)
    return tuple(sorted(named, key=lambda day: day.on or date.max))


def starting_years(lang: Lang, years: Sequence[int]) -> tuple[CalendarYear, ...]:
    """Return how far the calendar of each year can be relied on; an unpublished one is provisional."""
    from chinese_calendar import holidays

    published = {on.year for on in holidays}
    return tuple(
        CalendarYear(year=year, coverage=Coverage.PUBLISHED, basis=_PUBLISHED.in_(lang))
        if year in published
        else CalendarYear(year=year, coverage=Coverage.PROVISIONAL, basis=_UNKNOWN.in_(lang))
        for year in years
    )
