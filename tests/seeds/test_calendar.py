from __future__ import annotations

import sys
from datetime import date, time

import pytest

from cluebook.domain.deadlines import clocks_of, limit_problems
from cluebook.domain.office import Coverage, DayKind
from cluebook.domain.workdays import calendar_of
from cluebook.errors import ConfigError
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


def test_another_country_has_the_days_of_its_law_and_every_year_is_settled():
    days = starting_calendar("en", [2026, 2031], "DE-BY")
    assert {d.on: d.name for d in days}[date(2026, 6, 4)] == "Corpus Christi"
    assert date(2026, 6, 4) not in {d.on for d in starting_calendar("en", [2026], "DE")}
    assert {y.coverage for y in starting_years("en", [2026, 2031], "DE-BY")} == {Coverage.PUBLISHED}


def test_another_country_may_make_up_for_days_too():
    days = starting_calendar("en", [2026], "HU")
    assert date(2026, 8, 8) in {d.on for d in days if d.kind is DayKind.MAKE_UP}


@pytest.mark.parametrize(
    ("country", "said"),
    [("XX", "Nothing is known"), ("DE-XX", "Nothing is known"), ("", "Nothing is known"), ("SA", "weekend")],
)
def test_a_country_that_cannot_be_used_is_refused(country, said):
    with pytest.raises(ConfigError, match=said) as caught:
        starting_calendar("en", [2026], country)
    assert caught.value.exit_code == 3


def test_without_the_library_only_china_is_known(monkeypatch):
    monkeypatch.setitem(sys.modules, "holidays", None)
    assert starting_calendar("zh", [2026])
    with pytest.raises(ConfigError, match="pip install holidays"):
        starting_calendar("zh", [2026], "SG")
