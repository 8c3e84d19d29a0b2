from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from stages import clue_at

from cluebook.domain.clue import Clue, Nature, Satisfaction, Stage
from cluebook.domain.statistics import figures, in_time, month_before, period_of

CLOSED = clue_at(
    Stage.CLOSED, completion_due=date(2026, 3, 24), satisfaction=Satisfaction.SATISFIED, elapsed_days=2
)
LATE = replace(
    CLOSED,
    department="财务部",
    completed_at=datetime(2026, 3, 25, 9),
    satisfaction=Satisfaction.DISSATISFIED,
    elapsed_days=5,
)


def told(clues, name="2026-03"):
    return {figure.text.zh: figure.value for figure in figures(clues, period_of(name))}


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2028q1", date(2028, 1, 1), date(2028, 3, 31)),
    ],
)
def test_a_period_is_a_month_or_a_quarter(name, first, last):
    period = period_of(name)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize("name", ["2026", "2026-13", "2026Q5", "三月", ""])
def test_anything_else_is_no_period(name):
    with pytest.raises(ValueError, match=r".*"):
        period_of(name)


def test_the_month_before_may_lie_in_the_year_before():
    assert month_before(date(2026, 1, 31)).name == "2025-12"


def test_an_extension_does_not_make_a_clue_in_time():
    extended = replace(LATE, original_due=date(2026, 3, 24), completion_due=date(2026, 4, 1))
    assert (in_time(CLOSED), in_time(LATE), in_time(extended), in_time(Clue())) == (True, False, False, None)


def test_a_clue_that_was_closed_late_stays_late():
    report = told([CLOSED, LATE])
    assert (report["按期办理率"], report["逾期办理"]) == ("50.0%", "1")
    assert (report["按期办理率：客户服务部"], report["按期办理率：财务部"]) == ("100.0%", "0.0%")


def test_a_report_counts_what_fell_into_its_period():
    april = replace(CLOSED, closed_at=datetime(2026, 4, 1, 9), nature=Nature.OTHER)
    report = told([CLOSED, LATE, april, Clue(stage=Stage.DRAFT, found_at=datetime(2026, 3, 1))])
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
