from __future__ import annotations

from datetime import date, datetime, time, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluebook.domain.office import CalendarYear, Coverage, DayKind, DayOff
from cluebook.domain.workdays import (
    add_workdays,
    calendar_of,
    explain,
    is_provisional,
    is_workday,
    starting_day,
    workdays_between,
)
from cluebook.seeds.calendar import starting_calendar, starting_years

CHINA = calendar_of(starting_calendar("zh", [2026, 2027]), starting_years("zh", [2026, 2027]))
WEEKS = calendar_of([], [])
CUTOFF = time(17, 30)

dates = st.dates(date(1990, 1, 1), date(2060, 12, 31))
spans = st.integers(0, 400)
calendars = st.lists(
    st.builds(DayOff, on=st.dates(date(2025, 1, 1), date(2027, 12, 31)), kind=st.sampled_from(DayKind)),
    max_size=60,
).map(lambda days: calendar_of(days, []))


def off(day, kind=DayKind.HOLIDAY, name=None):
    return DayOff(on=date.fromisoformat(day), kind=kind, name=name)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-09-18", 3, "2026-09-22"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-10-08", 2, "2026-10-10"),
        ("2026-01-01", 1, "2026-01-04"),
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-02-15", 3, "2026-02-26"),
        ("2026-04-30", 2, "2026-05-07"),
        ("2026-05-08", 1, "2026-05-09"),
    ],
)
def test_a_term_counts_make_up_days_and_skips_holidays(start, days, due):
    assert add_workdays(date.fromisoformat(start), days, CHINA) == date.fromisoformat(due)


def test_every_day_of_2026_is_worked_exactly_when_the_state_says_so():
    year = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [d for d in year if is_workday(d, CHINA)] == [d for d in year if chinese_calendar.is_workday(d)]
    assert workdays_between(date(2025, 12, 31), date(2026, 12, 31), CHINA) == 248


@given(calendars, dates, st.integers(1, 400))
def test_as_many_days_as_were_added_lie_between(calendar, start, days):
    due = add_workdays(start, days, calendar)
    assert is_workday(due, calendar)
    assert workdays_between(start, due, calendar) == days
    assert workdays_between(due, start, calendar) == -days


@given(calendars, dates, st.integers(-200, 200))
def test_the_days_between_are_those_one_would_tick_off(calendar, start, distance):
    end = start + timedelta(days=distance)
    first, last = sorted((start, end))
    ticked = sum(is_workday(first + timedelta(days=n + 1), calendar) for n in range((last - first).days))
    assert workdays_between(start, end, calendar) == (ticked if end >= start else -ticked)


@given(calendars, dates)
def test_no_days_is_the_same_day_if_worked_else_the_next_one_that_is(calendar, start):
    due = add_workdays(start, 0, calendar)
    assert is_workday(due, calendar)
    assert not any(is_workday(start + timedelta(days=n), calendar) for n in range((due - start).days))


def test_days_cannot_be_taken_away():
    with pytest.raises(ValueError):
        add_workdays(date(2026, 1, 5), -1, WEEKS)


def test_time_ends_with_the_last_date_there_is():
    assert add_workdays(date(9999, 12, 30), 400, WEEKS) == date.max
    assert starting_day(datetime(9999, 12, 31, 20, 0), WEEKS, CUTOFF) == date.max


def test_what_the_office_sets_beats_what_the_state_publishes():
    sunday, thursday = "2026-09-20", "2026-10-01"
    rows = [off(sunday, DayKind.COMPANY_OFF), off(sunday, DayKind.MAKE_UP)]
    rows += [off(thursday, DayKind.COMPANY_ON), off(thursday)]
    for order in (rows, rows[::-1]):
        calendar = calendar_of(order, [])
        assert not is_workday(date.fromisoformat(sunday), calendar)
        assert is_workday(date.fromisoformat(thursday), calendar)


def test_a_row_without_date_or_kind_is_passed_over():
    calendar = calendar_of([DayOff(kind=DayKind.HOLIDAY), DayOff(on=date(2026, 3, 2))], [])
    assert is_workday(date(2026, 3, 2), calendar)


def test_only_years_published_or_kept_by_hand_are_settled():
    years = [
        CalendarYear(year=2025, coverage=Coverage.BY_HAND),
        CalendarYear(year=2026, coverage=Coverage.PUBLISHED),
        CalendarYear(year=2027, coverage=Coverage.PROVISIONAL),
    ]
    calendar = calendar_of([], years)
    assert not is_provisional(date(2025, 12, 30), date(2026, 12, 31), calendar)
    assert is_provisional(date(2026, 12, 30), date(2027, 1, 4), calendar)
    assert is_provisional(date(2028, 1, 3), date(2028, 1, 4), calendar)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 9, 18, 17, 30), date(2026, 9, 18)),
        (datetime(2026, 9, 18, 17, 31), date(2026, 9, 20)),  # a Saturday off, a Sunday worked
        (datetime(2026, 9, 19, 9, 0), date(2026, 9, 20)),
        (datetime(2026, 9, 20, 9, 0), date(2026, 9, 20)),
        (datetime(2026, 9, 30, 20, 0), date(2026, 10, 8)),
    ],
)
def test_an_event_in_the_evening_or_on_a_day_off_counts_for_the_next_working_day(at, day):
    assert starting_day(at, CHINA, CUTOFF) == day


def test_the_explanation_names_make_up_days_and_holidays():
    told = explain(date(2026, 2, 13), 5, CHINA)
    assert told.zh == (
        "2026-02-13 起第 5 个工作日为 2026-02-27（星期五）；2月14日春节调休上班；2月15日至23日春节休假。"
    )
    assert "2026-02-14: 春节, make-up working day; 2026-02-15 to 2026-02-23: 春节, holiday." in told.en


def test_the_explanation_says_which_year_is_not_published():
    told = explain(date(2026, 12, 30), 3, CHINA)
    assert told.zh.endswith("；2027 年放假安排尚未公布，日期暂定。")
    assert "2027 is not published" in told.en
    assert "；2027 至 2029 年放假安排尚未公布" in explain(date(2026, 12, 30), 600, CHINA).zh


def test_the_explanation_names_the_year_and_month_of_a_run_that_crosses_them():
    calendar = calendar_of([off("2026-12-31"), off("2027-01-01")], [])
    assert "；12月31日至1月1日休假；" in explain(date(2026, 12, 30), 1, calendar).zh
    assert "；2027年1月1日休假；" in explain(date(2026, 12, 31), 2, calendar_of([off("2027-01-01")], [])).zh


def test_the_explanation_of_no_days_speaks_of_the_day_itself():
    assert explain(date(2026, 9, 19), 0, CHINA).zh.startswith("2026-09-19 当日或其后首个工作日为 2026-09-20")
