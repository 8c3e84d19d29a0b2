from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from stages import APPROVED, NOW, NUMBER, clue_at, codes, ledger, meeting, places, press

from cluebook.domain.clue import Ground, Stage, Urgency
from cluebook.domain.fields import YesNo
from cluebook.domain.office import Department, Person
from cluebook.domain.records import Decision, MeetingKind, Return, Share, Task
from cluebook.ledger.plan import Stamp

READY = clue_at(Stage.APPROVED)
FORM = {"department": "客户服务部", "routing_reason": "门店归其管理"}
ROUTED = clue_at(Stage.ROUTED)


def test_routing_numbers_the_slip_starts_the_receipt_limit_and_makes_the_slip():
    plan = press("route", ledger(READY, APPROVED), FORM)
    after = plan.edits[0].after
    assert (after.stage, after.slip_no, after.routed_at) == (Stage.ROUTED, "LZ-2026-0001", NOW)
    assert after.receipt_due == date(2026, 3, 5)
    (paper,) = plan.papers
    assert (paper.kind, paper.subject, paper.year, paper.file) == (
        "routing_slip",
        NUMBER,
        2026,
        f"{NUMBER} 线索流转单.docx",
    )
    assert paper.context["clue"]["department"] == "客户服务部"
    assert paper.context["materials"] == [{"name": "线索分析报告（已审核）"}]


def test_the_slip_announces_receipt_and_completion():
    (paper,) = press("route", ledger(READY), FORM).papers
    assert [(d["due"], d["rule"]) for d in paper.context["deadlines"]] == [
        ("2026年3月5日", "1 个工作日"),
        ("2026年3月25日", "15 个工作日"),
    ]


def test_an_urgent_clue_is_received_the_same_day_and_has_a_first_step():
    urgent = replace(READY, urgency=Urgency.URGENT, ground=Ground.ACT_NOW)
    plan = press("route", ledger(urgent), FORM)
    assert plan.edits[0].after.receipt_due == NOW.date()
    assert [d["rule"] for d in plan.papers[0].context["deadlines"]] == ["当日", "1 个工作日", "5 个工作日"]


def test_routing_without_a_department_names_the_cell():
    plan = press("route", ledger(READY), {"routing_reason": "归其管理"})
    assert (codes(plan), places(plan)) == (["department_missing"], [("线索台账", 2, "责任部门")])
    assert (plan.edits, plan.papers, plan.additions) == ((), (), ())


def test_a_department_that_is_not_on_the_list_is_refused():
    assert codes(press("route", ledger(READY), FORM | {"department": "没有的部门"})) == ["not_listed"]


def test_several_departments_meet_first():
    joint = FORM | {"joint_departments": ("财务部",)}
    assert codes(press("route", ledger(READY), joint)) == ["coordination_missing"]
    undecided = replace(meeting(MeetingKind.COORDINATION), decisions=None)
    assert codes(press("route", ledger(READY, undecided), joint)) == ["coordination_missing"]
    assert press("route", ledger(READY, meeting(MeetingKind.COORDINATION)), joint).done == (NUMBER,)


def test_of_mixed_rows_the_legal_ones_are_routed_and_slips_have_no_gap():
    held = ledger(
        READY,
        clue_at(Stage.IN_REVIEW, number="XS-2"),
        replace(READY, number="XS-3"),
        replace(READY, number="XS-4"),
    )
    plan = press("route", held, FORM, FORM, {}, FORM)
    assert plan.done == (NUMBER, "XS-4")
    assert [e.after.slip_no for e in plan.edits] == ["LZ-2026-0001", "LZ-2026-0002"]
    assert codes(plan) == ["wrong_stage", "department_missing", "routing_reason_missing"]


def test_a_receipt_starts_the_limits_of_handling():
    plan = press("receive", ledger(ROUTED), {"handler": "赵敏", "expected_on": date(2026, 3, 20)})
    after = plan.edits[0].after
    assert (after.stage, after.received_at, after.completion_due) == (
        Stage.IN_HANDLING,
        NOW,
        date(2026, 3, 25),
    )
    assert (after.expected_on, after.milestone_due) == (date(2026, 3, 20), None)


@pytest.mark.parametrize(("urgency", "first"), [(Urgency.URGENT, 5), (Urgency.IMPORTANT, 9)])
def test_the_first_step_of_what_is_urgent_or_important_is_due_too(urgency, first):
    plan = press("receive", ledger(replace(ROUTED, urgency=urgency)), {"handler": "赵敏"})
    assert plan.edits[0].after.milestone_due == date(2026, 3, first)


def test_a_department_that_names_no_date_promises_the_limit():
    after = press("receive", ledger(ROUTED), {"handler": "赵敏"}).edits[0].after
    assert after.expected_on == after.completion_due == date(2026, 3, 25)


def test_a_promise_after_the_limit_is_refused():
    plan = press("receive", ledger(ROUTED), {"handler": "赵敏", "expected_on": date(2026, 3, 26)})
    assert (codes(plan), places(plan)) == (["promise_after_limit"], [("线索台账", 2, "预计完成日")])


def test_a_late_receipt_gains_no_time():
    late = Stamp(datetime(2026, 3, 11, 9), "王芳")
    after = press("receive", ledger(ROUTED), {"handler": "赵敏"}, stamp=late).edits[0].after
    assert after.completion_due == date(2026, 3, 25)


def test_a_receipt_without_a_handler_or_by_a_subject_is_refused():
    held = ledger(ROUTED, replace(ROUTED, number="XS-2", subjects="赵敏等人"))
    plan = press("receive", held, {}, {"handler": "赵敏"})
    assert codes(plan) == ["handler_missing", "handler_recused"]


def test_where_roles_are_enforced_a_step_wants_one_of_its_roles():
    keeper = Person(name="王芳", department="线索管理部门", roles=("档案员",), active=YesNo.YES)
    (problem,) = press("route", ledger(READY, keeper, enforce_roles="是"), FORM).problems
    assert (problem.code, problem.fix.zh) == ("not_allowed", "请由线索管理员办理，或在人员表登记岗位。")


URGENT = clue_at(Stage.ACCEPTED, urgency=Urgency.URGENT, ground=Ground.ACT_NOW)


def test_an_urgent_clue_is_routed_ahead_of_its_analysis_which_it_owes():
    plan = press("fast-track", ledger(URGENT), FORM, approved_by="林主任")
    after = plan.edits[0].after
    assert (after.stage, after.fast_track, after.slip_no) == (Stage.ROUTED, YesNo.YES, "LZ-2026-0001")
    assert (after.receipt_due, after.analysis_due) == (date(2026, 3, 4), date(2026, 3, 6))
    assert [paper.kind for paper in plan.papers] == ["routing_slip"]
    assert plan.reasons == {NUMBER: "批准人：林主任"}


def test_the_fast_track_is_for_urgent_clues_and_wants_an_approval():
    plan = press("fast-track", ledger(clue_at(Stage.ACCEPTED)), FORM)
    assert codes(plan) == ["not_urgent", "approval_missing"]


JOINT = {**FORM, "joint_departments": ("财务部",)}


def test_each_department_of_a_joint_clue_gets_its_task_unless_the_meeting_gave_it_one():
    given = Task(clue=NUMBER, department="财务部", share=Share.JOINT, task="核对账目")
    plan = press("route", ledger(READY, meeting(MeetingKind.COORDINATION), given), JOINT)
    tasks = [record for record in plan.additions if isinstance(record, Task)]
    assert [(t.department, t.share, t.due) for t in tasks] == [("客户服务部", Share.LEAD, date(2026, 3, 25))]
    assert [t["department"] for t in plan.papers[0].context["tasks"]] == ["财务部", "客户服务部"]


def test_a_clue_that_came_back_twice_is_routed_only_after_a_meeting_held_since():
    back = clue_at(Stage.APPROVED, returns=1, reroutes=1)
    came = Return(clue=NUMBER, decision=Decision.GRANTED, decided_at=datetime(2026, 3, 4, 9))
    early = replace(meeting(MeetingKind.COORDINATION), on=date(2026, 3, 3))
    assert codes(press("route", ledger(back, came, early), FORM)) == ["returned_twice"]
    assert codes(press("route", ledger(back, came, replace(early, on=NOW.date())), FORM)) == []


def test_a_clue_does_not_go_to_a_department_whose_head_it_is_about():
    head = Department(name="稽查部", head="钱处长")
    held = ledger(clue_at(Stage.APPROVED, subjects="钱处长等二人"), head)
    assert codes(press("route", held, {**FORM, "department": "稽查部"})) == ["head_recused"]
