from __future__ import annotations

from datetime import date, time

from cluebook.domain.deadlines import clocks_of, limit_problems
from cluebook.domain.office import Coverage, DayKind
from cluebook.domain.workdays import calendar_of
from cluebook.seeds.calendar import starting_calendar, starting_years
from cluebook.seeds.limits import starting_limits


def test_a_published_year_has_its_holidays_and_make_up_days_in_order():
    days = starting_calendar("zh", [2026])
    assert [d.on for d in days] == sorted(d.on for d in days)
    assert [d.on.strftime("%m-%d") for d in days if d.kind is DayKind.MAKE_UP] == [
        "01-04",
        "02-14",
        "02-28",
        "05-09",
        "09-20",
        "10-10",
    ]
    assert len([d for d in days if d.kind is DayKind.HOLIDAY]) == 33


def test_holidays_bear_the_names_of_the_ledgers_language():
    names = [{d.on: d.name for d in starting_calendar(lang, [2026])} for lang in ("zh", "en")]
    assert [n[date(2026, 4, 6)] for n in names] == ["清明节", "Tomb-sweeping Day"]
    assert [n[date(2026, 2, 17)] for n in names] == ["春节", "Spring Festival"]


def test_a_year_nobody_has_published_is_provisional_and_has_no_days():
    assert starting_calendar("en", [2099]) == ()
    [year] = starting_years("en", [2099])
    assert year.coverage is Coverage.PROVISIONAL


def test_a_year_that_is_known_is_published():
    assert [y.coverage for y in starting_years("zh", [2025, 2026])] == [Coverage.PUBLISHED] * 2


def test_the_limits_a_new_office_begins_with_are_alike_in_both_languages():
    chinese, english = (
        clocks_of(starting_limits(lang), calendar_of([], []), time(17, 30)) for lang in ("zh", "en")
    )
    assert chinese.limits == english.limits
    assert limit_problems(list(enumerate(starting_limits("en"), start=2)), "Limits", "en") == []
