from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from stages import NUMBER, clue_at, ledger, press

from cluebook.domain.clue import Nature, Stage
from cluebook.domain.records import FollowUp, Volume
from cluebook.errors import UsageError

HANDLED = clue_at(Stage.IN_HANDLING, next_due=date(2026, 3, 24), days_left=14)


def test_the_report_of_last_month_is_made_unless_another_period_is_named():
    (paper,) = press("report", ledger(HANDLED)).papers
    assert paper.context["about"] == {"period": "2026-02"}
    (paper,) = press("report", ledger(HANDLED), period="2026Q1").papers
    assert paper.context["rows"][0] == {"name": "收到线索", "value": "1"}


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
        ("XS-2", "", "2026-03-05"),
        (NUMBER, "60%", "2026-03-24"),
    ]


def test_the_index_of_the_archive_lists_volumes_by_nature_subtype_and_closing_and_no_others():
    archived = clue_at(Stage.ARCHIVED)
    volume = Volume(
        archive_no="DA-1",
        clue=NUMBER,
        title="产品质量",
        nature=Nature.BUSINESS,
        closed_on=date(2026, 3, 2),
        archived_at=datetime(2026, 3, 4),
        pages=7,
    )
    other = replace(
        volume, archive_no="DA-2", clue="XS-2", nature=Nature.OTHER, archived_at=datetime(2025, 3, 4)
    )
    earlier = replace(volume, archive_no="DA-3", clue="XS-3", closed_on=date(2026, 2, 2))
    held = ledger(
        archived, replace(archived, number="XS-2"), replace(archived, number="XS-3"), other, volume, earlier
    )
    plan = press("report", held, archived=True)
    assert plan.done == ("XS-3", NUMBER, "XS-2")
    assert plan.papers[0].context["rows"][1] | {"author": ""} == {
        "archive_no": "DA-1", "number": NUMBER, "author": "", "title": "产品质量", "on": "20260302", "secrecy": "", "pages": "7",
        "retention": "", "shelf": "",
    }  # fmt: skip
    assert press("report", held, archived=True, period="2025-03").done == ("XS-2",)
    assert press("report", ledger(HANDLED), archived=True).papers == ()
