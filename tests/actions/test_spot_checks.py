from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from stages import NOW, NUMBER, clue_at, codes, ledger, press

from cluebook.domain.clue import Stage
from cluebook.domain.records import Compliance, Rectification, SpotCheck
from cluebook.errors import ConfigError, UsageError

CLOSED = clue_at(Stage.CLOSED)
OFFICE = tuple(replace(CLOSED, number=f"XS-2026-YW-{n:04}") for n in range(1, 25))
LATE = Rectification(finding="超期办理", owner="赵敏")


def rows_of(plan, record):
    return [e.after for e in plan.edits if isinstance(e.after, record)] + [
        a for a in plan.additions if isinstance(a, record)
    ]


def test_a_sample_is_kept_with_its_batch_and_seed_and_can_be_drawn_again():
    plan = press("spot-check", ledger(*OFFICE))
    drawn = rows_of(plan, SpotCheck)
    assert len(drawn) == 3
    assert {(d.batch, d.stratum, d.seed, d.drawn_at) for d in drawn} == {
        ("2026-03-01", "服务投诉", 20260304, NOW)
    }
    assert rows_of(press("spot-check", ledger(*OFFICE), seed=20260304), SpotCheck) == drawn
    assert [paper.kind for paper in plan.papers] == ["spot_check_list"]
    assert plan.done == tuple(d.clue for d in drawn)


def test_the_second_sample_of_a_month_is_another_batch():
    held = ledger(*OFFICE, SpotCheck(clue=NUMBER, batch="2026-03-01"))
    assert {d.batch for d in rows_of(press("spot-check", held), SpotCheck)} == {"2026-03-02"}


def test_the_report_on_the_last_batch_tells_clue_by_clue_what_was_found_and_what_follows():
    fine = SpotCheck(
        clue=NUMBER,
        batch="2026-03-02",
        procedure=Compliance.YES,
        time=Compliance.YES,
        papers=Compliance.NOT_APPLICABLE,
        outcome=Compliance.YES,
        conclusion="无问题",
    )
    late = replace(fine, clue="XS-2026-YW-0002", time=Compliance.NO, conclusion="超期三日")
    item = replace(LATE, clue=late.clue, due=date(2026, 3, 11))
    held = ledger(*OFFICE, replace(late, batch="2026-03-01"), fine, late, item)
    (paper,) = press("spot-check", held, findings=True).papers
    told = paper.context["about"]
    assert (told["batch"], told["drawn"], told["met"], told["faulty"]) == ("2026-03-02", "2", "1", "1")
    assert told["departments"] == CLOSED.department
    rows = [
        (row["number"], row["time"], row["conclusion"], row["owner"], row["due"])
        for row in paper.context["rows"]
    ]
    assert rows == [
        (NUMBER, "符合", "无问题", "", ""),
        (late.clue, "不符合", "超期三日", "赵敏", "2026-03-11"),
    ]


def test_a_batch_that_is_not_checked_through_has_no_report():
    for held in (ledger(*OFFICE), ledger(*OFFICE, SpotCheck(clue=NUMBER, batch="2026-03-01"))):
        with pytest.raises(UsageError):
            press("spot-check", held, findings=True)


def test_only_what_was_routed_since_a_day_may_be_drawn():
    assert rows_of(press("spot-check", ledger(*OFFICE), since=date(2026, 3, 4)), SpotCheck) == []


def test_a_share_that_cannot_be_is_refused():
    with pytest.raises(UsageError):
        press("spot-check", ledger(*OFFICE), percent=0)
    with pytest.raises(ConfigError):
        press("spot-check", ledger(*OFFICE, sample_percent="一成"))


def test_a_finding_is_numbered_dated_and_given_to_somebody():
    plan = press("rectify", ledger(CLOSED), finding=Rectification(finding="超期办理"))
    (item,) = rows_of(plan, Rectification)
    assert (item.number, item.owner, item.department, item.due) == (
        "ZG-2026-0001",
        "赵敏",
        "客户服务部",
        date(2026, 3, 11),
    )
    assert [paper.kind for paper in plan.papers] == ["rectification_notice"]


def test_a_finding_without_anybody_to_put_it_right_is_refused():
    nobody = clue_at(Stage.IN_ANALYSIS)
    assert codes(press("rectify", ledger(nobody), finding=Rectification(finding="漏填"))) == ["owner_missing"]


def test_what_was_put_right_stays_open_until_it_is_rechecked():
    held = replace(LATE, clue=NUMBER, number="ZG-2026-0001")
    (done,) = rows_of(
        press("rectify", ledger(CLOSED, held), finding=Rectification(measures="已补办")), Rectification
    )
    assert (done.measures, done.closed_on) == ("已补办", None)
    plan = press("rectify", ledger(CLOSED, done), finding=Rectification(recheck="属实", sanction="通报"))
    (settled,) = rows_of(plan, Rectification)
    assert (settled.closed_on, settled.rechecked_by, settled.sanction) == (NOW.date(), "王芳", "通报")


def test_a_recheck_of_nothing_is_refused():
    assert codes(press("rectify", ledger(CLOSED), finding=Rectification(recheck="属实"))) == [
        "nothing_to_recheck"
    ]
