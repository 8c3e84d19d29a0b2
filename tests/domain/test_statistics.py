from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from stages import clue_at

from cluebook.domain.clue import Clue, Nature, Satisfaction, Stage
from cluebook.domain.statistics import Completion, figures, month_before, period_of
from cluebook.domain.workdays import calendar_of

PLAIN_WEEKS = calendar_of([], [])
CLOSED = clue_at(
    Stage.CLOSED, completion_due=date(2026, 3, 24), satisfaction=Satisfaction.SATISFIED, elapsed_days=2
)
UNHAPPY = replace(CLOSED, satisfaction=Satisfaction.DISSATISFIED, elapsed_days=5)
DUE = date(2026, 3, 24)  # a Tuesday


def done(day, department="客户服务部", due=DUE, month=3):
    return Completion("XS-1", department, datetime(2026, month, day, 18), due)


def told(clues, name="2026-03", completions=()):
    return {f.text.zh: f.value for f in figures(clues, completions, period_of(name), PLAIN_WEEKS)}


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2028q1", date(2028, 1, 1), date(2028, 3, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_is_a_month_a_quarter_or_a_year(name, first, last):
    period = period_of(name)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize("name", ["26", "2026-13", "2026Q5", "三月", ""])
def test_anything_else_is_no_period(name):
    with pytest.raises(ValueError, match=r".*"):
        period_of(name)


def test_the_month_before_may_lie_in_the_year_before():
    assert month_before(date(2026, 1, 31)).name == "2025-12"


def test_a_completion_is_late_once_a_working_day_has_gone_by():
    friday = date(2026, 3, 27)
    days = {day: done(day, due=friday).is_in_time(PLAIN_WEEKS) for day in (27, 28, 29, 30)}
    assert days == {27: True, 28: True, 29: True, 30: False}  # as on the list of what is overdue
    assert done(30, due=None).is_in_time(PLAIN_WEEKS) is None


def test_departments_are_compared_by_what_they_did_in_time():
    report = told([], completions=[done(24), done(25), done(25, "财务部"), done(31, due=None)])
    assert (report["办理完成"], report["按期办理率"], report["逾期办理"]) == ("4", "33.3%", "2")
    assert (report["按期办理率：客户服务部"], report["按期办理率：财务部"]) == ("50.0%", "0.0%")


def test_a_quarter_or_a_year_tells_of_each_month():
    held = [done(24), done(26), done(24, "财务部", month=2), done(1, month=4)]
    report = told([], "2026Q1", held)
    assert {name: value for name, value in report.items() if name.startswith("按期办理率")} == {
        "按期办理率": "66.7%",
        "按期办理率，2026-02": "100.0%",
        "按期办理率，2026-03": "50.0%",
        "按期办理率：客户服务部": "50.0%",
        "按期办理率：客户服务部，2026-03": "50.0%",
        "按期办理率：财务部": "100.0%",
        "按期办理率：财务部，2026-02": "100.0%",
    }
    assert told([], "2026", held)["按期办理率：客户服务部，2026-04"] == "0.0%"


def test_a_report_counts_what_fell_into_its_period():
    april = replace(CLOSED, closed_at=datetime(2026, 4, 1, 9), nature=Nature.OTHER)
    report = told([CLOSED, UNHAPPY, april, Clue(stage=Stage.DRAFT, found_at=datetime(2026, 3, 1))])
    assert (report["收到线索"], report["办结"], report["平均办理工作日"], report["回访满意率"]) == (
        "3",
        "2",
        "3.5",
        "50.0%",
    )
    assert (report["性质：业务"], report["性质：其他"], report["来源渠道：客户投诉"]) == ("2", "1", "3")


def test_an_empty_period_divides_by_nothing():
    report = told([CLOSED], "2027Q1")
    assert {report["收到线索"], report["按期办理率"], report["平均办理工作日"]} == {"0", "-"}
