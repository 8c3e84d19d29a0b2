from __future__ import annotations

from dataclasses import replace
from datetime import date

from stages import NOW, NUMBER, clue_at, codes, ledger, press

from cluebook.actions.returns import taken_back
from cluebook.domain.case import case_of
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.records import Decision, Return, ReturnKind

WHY = Return(reason="不属我部职责", basis="三定方案", proposed="财务部")
ROUTED = clue_at(Stage.ROUTED)


def test_a_department_asks_to_return_a_clue_and_the_clue_stays_until_that_is_decided():
    plan = press("return", ledger(ROUTED), request=WHY)
    (record,) = plan.additions
    assert (record.kind, record.slip_no, record.department) == (
        ReturnKind.RETURN,
        "LZ-2026-0001",
        "客户服务部",
    )
    assert (record.raised_by, record.raised_at, record.decision) == ("王芳", NOW, None)
    assert [e.after.stage for e in plan.edits if isinstance(e.after, Clue)] in ([], [Stage.ROUTED])
    assert [paper.kind for paper in plan.papers] == ["return_form"]


def test_a_return_is_not_asked_for_after_receipt_was_due_nor_twice():
    late = clue_at(Stage.ROUTED, receipt_due=date(2026, 3, 3))
    assert codes(press("return", ledger(late), request=WHY)) == ["return_late"]
    asked = replace(WHY, clue=NUMBER, raised_at=NOW)
    assert codes(press("return", ledger(ROUTED, asked), request=WHY)) == ["return_asked"]


def test_a_return_typed_on_its_sheet_is_taken_from_there():
    typed = replace(WHY, clue=NUMBER)
    plan = press("return", ledger(ROUTED, typed))
    (edit,) = [e for e in plan.edits if isinstance(e.after, Return)]
    assert (edit.after.reason, edit.after.raised_by) == ("不属我部职责", "王芳")


def test_a_rerouted_clue_leaves_its_department_without_a_trace_of_its_clocks():
    plan = press("reroute", ledger(clue_at(Stage.IN_HANDLING)), request=WHY)
    (clue,) = [e.after for e in plan.edits if isinstance(e.after, Clue)]
    assert (clue.stage, clue.department, clue.reroutes) == (Stage.APPROVED, "财务部", 1)
    assert (clue.received_at, clue.handler, clue.completion_due, clue.receipt_due) == (None, None, None, None)
    (record,) = plan.additions
    assert (record.kind, record.decision, record.slip_no) == (
        ReturnKind.REROUTE,
        Decision.GRANTED,
        "LZ-2026-0001",
    )
    assert plan.reasons == {NUMBER: "不属我部职责"}


def test_a_clue_is_not_rerouted_without_saying_why():
    assert codes(press("reroute", ledger(clue_at(Stage.IN_HANDLING)))) == ["reason_missing"]


def test_a_granted_return_goes_to_the_department_proposed():
    clue = taken_back(case_of(clue_at(Stage.APPROVED, returns=1, department="客户服务部"), WHY))
    assert (clue.returns, clue.department) == (2, "财务部")
    assert taken_back(case_of(clue_at(Stage.APPROVED, department="客户服务部"))).department == "客户服务部"


def test_the_return_is_decided_and_the_clue_goes_to_whom_it_is_said_to_belong():
    asked = replace(WHY, clue=NUMBER, kind=ReturnKind.RETURN, raised_at=NOW)
    plan = press("decide", ledger(ROUTED, asked), decision=Decision.GRANTED)
    (clue,) = [e.after for e in plan.edits if isinstance(e.after, Clue)]
    assert (clue.stage, clue.department, clue.returns, clue.receipt_due) == (
        Stage.APPROVED,
        "财务部",
        1,
        None,
    )
    (record,) = [e.after for e in plan.edits if isinstance(e.after, Return)]
    assert (record.decision, record.decided_by) == (Decision.GRANTED, "王芳")


def test_a_refused_return_leaves_the_clue_and_its_clock_where_they_are():
    asked = replace(WHY, clue=NUMBER, kind=ReturnKind.RETURN, raised_at=NOW)
    plan = press("decide", ledger(ROUTED, asked), decision=Decision.REFUSED, opinion="属你部职责")
    clues = [e.after for e in plan.edits if isinstance(e.after, Clue)]
    assert all((c.stage, c.receipt_due) == (Stage.ROUTED, ROUTED.receipt_due) for c in clues)
    assert codes(press("decide", ledger(ROUTED, asked), decision=Decision.REFUSED)) == ["opinion_missing"]
