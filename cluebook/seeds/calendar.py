"""The calendar a new office begins with: the published days of China, or those of another country as its law has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from cluebook.domain.office import CalendarYear, Coverage, DayKind, DayOff
from cluebook.domain.workdays import BUILT_IN, CHINA
from cluebook.errors import ConfigError, Place, Problem
from cluebook.text import Lang, Text

_PUBLISHED = Text("国务院办公厅公布的放假安排（内置）", "As published by the State Council (built in)")
_RECKONED = Text("按 {country} 法定节假日推算（内置）", "Reckoned from the law of {country} (built in)")
_UNKNOWN = Text("放假安排尚未公布，暂只按周末休息计算", "Not published yet; only weekends are off for now")

# The notices of the State Council write these three in full.
_IN_FULL = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}

_LANGUAGES: Mapping[Lang, str] = {"zh": "zh_CN", "en": "en_US"}


def starting_calendar(lang: Lang, years: Sequence[int], country: str = CHINA) -> tuple[DayOff, ...]:
    """Return the holidays and make-up working days of the years that are known, in order.

    Holidays on a Saturday or Sunday are among them, so that a festival stands there as one run.

    Raises:
        ConfigError: nothing is known of the country.
    """
    found = _china(lang, years) if country == CHINA else _abroad(lang, years, country)
    days = (DayOff(on=on, kind=kind, name=name, source=BUILT_IN.in_(lang)) for on, kind, name in found)
    return tuple(sorted(days, key=lambda day: day.on or date.max))


def starting_years(lang: Lang, years: Sequence[int], country: str = CHINA) -> tuple[CalendarYear, ...]:
    """Return how far the calendar of each year can be relied on; an unpublished one is provisional."""
    from chinese_calendar import holidays

    known = {on.year for on in holidays} if country == CHINA else set(years)
    basis = _PUBLISHED if country == CHINA else _RECKONED.fill(country=country)
    return tuple(
        CalendarYear(year=year, coverage=Coverage.PUBLISHED, basis=basis.in_(lang))
        if year in known
        else CalendarYear(year=year, coverage=Coverage.PROVISIONAL, basis=_UNKNOWN.in_(lang))
        for year in years
    )


def _china(lang: Lang, years: Sequence[int]) -> Iterator[tuple[date, DayKind, str]]:
    from chinese_calendar import Holiday, holidays, workdays

    for dates, kind in ((holidays, DayKind.HOLIDAY), (workdays, DayKind.MAKE_UP)):
        for on, english in dates.items():
            if on.year in years:
                chinese = Holiday(english).chinese
                yield on, kind, Text(_IN_FULL.get(chinese, chinese), english).in_(lang)


def _abroad(lang: Lang, years: Sequence[int], country: str) -> Iterator[tuple[date, DayKind, str]]:
    found = _of_country(country, years, _LANGUAGES[lang])
    for on, name in found.items():
        yield on, DayKind.HOLIDAY, name
    for on in getattr(found, "weekend_workdays", ()):
        if on.year in years:
            yield on, DayKind.MAKE_UP, DayKind.MAKE_UP.text.in_(lang)


def _of_country(country: str, years: Sequence[int], language: str) -> Any:  # noqa: ANN401 - a class of the library
    """Return what the library says of a country, or of a part of it, as in ``DE-BY``."""
    try:
        import holidays
    except ImportError:
        raise ConfigError(_problem(country, *_NO_LIBRARY)) from None
    code, _, part = country.partition("-")
    try:
        found = holidays.country_holidays(code, subdiv=part or None, years=years)
    except (NotImplementedError, TypeError):
        raise ConfigError(_problem(country, *_NO_COUNTRY)) from None
    if set(found.weekend) != {5, 6}:
        raise ConfigError(_problem(country, *_OTHER_WEEKEND))
    if language in found.supported_languages:
        found = holidays.country_holidays(code, subdiv=part or None, years=years, language=language)
    return found


_NO_LIBRARY = (
    Text(
        "其他国家的节假日需要 holidays 组件。", "The holidays of other countries need the library holidays."
    ),
    Text("请运行 pip install holidays。", "Run pip install holidays."),
)
_NO_COUNTRY = (
    Text("没有“{country}”的节假日。", "Nothing is known of the holidays of “{country}”."),
    Text("请用 ISO 代码，如 CN、SG、DE-BY。", "Give an ISO code, such as CN, SG or DE-BY."),
)
_OTHER_WEEKEND = (
    Text("“{country}”不在周六、周日休息。", "In “{country}” Saturday and Sunday are not the weekend."),
    Text(
        "本程序只按周六、周日为休息日推算，不能用于该国。",
        "Working days are reckoned with that weekend; the country cannot be used.",
    ),
)


def _problem(country: str, wrong: Text, fix: Text) -> Problem:
    return Problem("country_unusable", Place(column=country[:20]), wrong.fill(country=country[:20]), fix)
