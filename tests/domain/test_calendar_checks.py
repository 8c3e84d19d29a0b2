"""What cannot be in the calendar is told at its row; what may be missing from a year is asked about."""

from __future__ import annotations

from datetime import date

import pytest

from cluebook.domain.calendar_checks import calendar_problems, count_year, year_problems
from cluebook.domain.office import CalendarYear, Coverage, DayKind, DayOff
from cluebook.domain.workdays import calendar_of
from cluebook.seeds.calendar import starting_calendar, starting_years


def off(day, kind=DayKind.HOLIDAY, source=None):
    return DayOff(on=date.fromisoformat(day), kind=kind, source=source)


def told(*rows, lang="zh"):
    problems = calendar_problems(list(enumerate(rows, start=2)), "工作日历", lang)
    return [(problem.code, problem.place.row) for problem in problems]


def test_a_date_given_two_kinds_of_one_rank_is_a_problem_at_its_row():
    rows = [(2, off("2026-10-01")), (3, off("2026-10-01", DayKind.COMPANY_ON))]
    assert calendar_problems(rows, "工作日历", "zh") == []
    [problem] = calendar_problems([*rows, (7, off("2026-10-01", DayKind.COMPANY_OFF))], "工作日历", "zh")
    assert problem.code == "day_contradicted"
    assert problem.line("zh").startswith("工作日历 第7行 「类型」：同一日期在第 3 行")


def test_a_date_given_the_same_kind_twice_is_no_problem():
    assert told(off("2026-10-01"), off("2026-10-01")) == []


@pytest.mark.parametrize("kind", [DayKind.MAKE_UP, DayKind.COMPANY_ON])
def test_a_day_to_be_worked_that_is_worked_anyway_is_a_problem(kind):
    assert told(off("2026-09-21", kind)) == [("make_up_on_weekday", 2)]
    assert told(off("2026-10-01", DayKind.COMPANY_ON), off("2026-10-01")) == []


@pytest.mark.parametrize("kind", [DayKind.HOLIDAY, DayKind.COMPANY_OFF])
def test_a_day_off_typed_on_a_plain_weekend_is_a_problem(kind):
    assert told(off("2026-09-19", kind)) == [("holiday_on_weekend", 2)]
    assert told(off("2026-09-19", kind, "By hand")) == [("holiday_on_weekend", 2)]
    assert told(off("2026-09-19", kind, "国办发明电〔2025〕7号")) == []
    assert told(off("2026-09-20", DayKind.COMPANY_OFF), off("2026-09-20", DayKind.MAKE_UP)) == []


def test_the_calendar_a_new_office_begins_with_has_no_problem():
    assert told(*starting_calendar("en", range(2004, 2028)), lang="en") == []


def test_rows_that_are_not_filled_in_are_passed_over():
    assert told(DayOff(kind=DayKind.HOLIDAY), DayOff(on=date(2026, 3, 2))) == []
    assert year_problems([(2, CalendarYear(coverage=Coverage.PUBLISHED))], "年度覆盖", "zh") == []


def test_a_year_said_to_be_two_things_is_a_problem_at_its_row():
    rows = [(2, CalendarYear(year=2027, coverage=Coverage.PROVISIONAL))]
    assert year_problems([*rows, (3, rows[0][1])], "年度覆盖", "zh") == []
    [problem] = year_problems(
        [*rows, (5, CalendarYear(year=2027, coverage=Coverage.PUBLISHED))], "年度覆盖", "zh"
    )
    assert (problem.code, problem.place.row, problem.place.column) == ("year_contradicted", 5, "状态")


@pytest.mark.parametrize("year", range(2004, 2027))
def test_no_published_year_is_in_doubt(year):
    calendar = calendar_of(starting_calendar("zh", [year]), starting_years("zh", [year]))
    assert count_year(year, calendar, "CN").doubt is None


def test_the_figures_of_2026():
    calendar = calendar_of(starting_calendar("zh", [2026]), starting_years("zh", [2026]))
    count = count_year(2026, calendar, "CN")
    assert (count.worked, count.off, count.made_up) == (248, 19, 6)


def test_a_year_with_few_days_off_or_none_made_up_for_may_not_be_complete():
    settled = [CalendarYear(year=2027, coverage=Coverage.BY_HAND)]
    days = [off(f"2027-03-{day:02}") for day in (1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 15)]
    few = count_year(2027, calendar_of(days[1:], settled), "CN")
    assert few.doubt.zh == "只有 10 个工作日休假，少于 11 个"
    assert "no make-up" in count_year(2027, calendar_of(days, settled), "CN").doubt.en
    complete = calendar_of([*days, off("2027-03-20", DayKind.MAKE_UP)], settled)
    assert count_year(2027, complete, "CN").doubt is None


def test_a_provisional_year_and_one_of_another_country_are_not_doubted():
    assert count_year(2027, calendar_of([], []), "CN").doubt is None
    settled = [CalendarYear(year=2027, coverage=Coverage.PUBLISHED)]
    assert count_year(2027, calendar_of([], settled), "DE").doubt is None
