from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from stages import NUMBER, clue_at, ledger, press

from cluebook.domain.clue import Stage
from cluebook.domain.records import FollowUp
from cluebook.errors import UsageError

HANDLED = clue_at(Stage.IN_HANDLING, next_due=date(2026, 3, 24), days_left=14)


def test_the_report_of_last_month_is_made_unless_another_period_is_named():
    (paper,) = press("report", ledger(HANDLED)).papers
    assert {row["period"] for row in paper.context["rows"]} == {"2026-02"}
    (paper,) = press("report", ledger(HANDLED), period="2026Q1").papers
    assert paper.context["rows"][0] == {"period": "2026Q1", "name": "收到线索", "value": "1"}


def test_a_period_that_is_none_is_refused():
    with pytest.raises(UsageError):
        press("report", ledger(HANDLED), period="三月")


def test_the_tracking_ledger_lists_what_departments_have_in_hand_by_what_is_due_first():
    sooner = replace(HANDLED, number="XS-2", next_due=date(2026, 3, 5))
    look = FollowUp(clue=NUMBER, done_on=date(2026, 3, 4), progress=60)
    plan = press("report", ledger(HANDLED, sooner, clue_at(Stage.CLOSED, number="XS-3"), look), tracking=True)
    assert plan.done == ("XS-2", NUMBER)
    rows = plan.papers[0].context["rows"]
    assert [(row["number"], row["progress"], row["due"]) for row in rows] == [
        ("XS-2", "", "2026年3月5日"),
        (NUMBER, "60%", "2026年3月24日"),
    ]
