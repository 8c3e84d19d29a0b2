from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from stages import (
    APPROVED,
    FEEDBACK,
    LINE,
    NOW,
    NUMBER,
    TICKED,
    clue_at,
    codes,
    ledger,
    meeting,
    places,
    press,
)

from cluebook.domain.clue import Clue, Expectation, Ground, Satisfaction, Stage, Urgency
from cluebook.domain.fields import YesNo
from cluebook.domain.records import Callback, Feedback, FeedbackForm, HandlingLine, MeetingKind, Reporter
from cluebook.errors import UsageError

HANDLED = clue_at(Stage.IN_HANDLING)
FED_BACK = clue_at(Stage.FED_BACK)
DONE = HandlingLine(measures="修补屋顶")
WORK = (LINE, *TICKED)


def test_a_line_is_dated_and_signed_by_itself():
    plan = press("log", ledger(HANDLED), line=DONE)
    assert plan.additions == (replace(DONE, clue=NUMBER, on=NOW, recorder="王芳"),)
    assert plan.edits[0].after.stage is Stage.IN_HANDLING
    assert plan.done == (NUMBER,)


def test_a_line_keeps_the_date_and_the_name_it_was_given():
    told = replace(DONE, on=datetime(2026, 3, 3, 16), recorder="赵敏")
    assert press("log", ledger(HANDLED), line=told).additions == (replace(told, clue=NUMBER),)


def test_first_step_and_completion_are_stamped_once():
    first = press("log", ledger(HANDLED), line=DONE, milestone=True, completed=True).edits[0].after
    assert (first.milestone_at, first.completed_at) == (NOW, NOW)
    earlier = datetime(2026, 3, 3, 16)
    held = ledger(replace(HANDLED, milestone_at=earlier, completed_at=earlier))
    again = press("log", held, line=DONE, milestone=True, completed=True).edits[0].after
    assert (again.milestone_at, again.completed_at) == (earlier, earlier)


@pytest.mark.parametrize("line", [None, HandlingLine(communication="电话")])
def test_a_line_says_what_was_done(line):
    with pytest.raises(UsageError) as caught:
        press("log", ledger(HANDLED), line=line)
    assert [p.code for p in caught.value.problems] == ["measures_missing"]


def test_only_a_clue_in_handling_has_lines():
    plan = press("log", ledger(clue_at(Stage.ROUTED), HANDLED, clue_at(Stage.CLOSED)), line=DONE)
    assert (codes(plan), plan.done) == (["wrong_stage", "wrong_stage"], (NUMBER,))
    assert len(plan.additions) == 1


def test_a_line_may_be_added_while_the_feedback_is_in_review_and_the_clue_stays_there():
    plan = press("log", ledger(FED_BACK), line=DONE)
    assert plan.edits[0].after.stage is Stage.FED_BACK
    assert len(plan.additions) == 1


REPORT = replace(FEEDBACK, clue=None)


def test_feedback_is_kept_reported_and_passed_to_its_review():
    plan = press("feedback", ledger(HANDLED, *WORK, APPROVED), report=REPORT)
    after = plan.edits[0].after
    assert (after.stage, after.fed_back_at, after.completed_at) == (Stage.FED_BACK, NOW, NOW)
    assert after.expectation is Expectation.MET
    assert plan.additions == (replace(FEEDBACK, submitted_by="王芳", submitted_at=NOW),)
    (paper,) = plan.papers
    assert (paper.kind, paper.context["feedback"]["result"]) == ("feedback_report", "不再漏水")
    assert paper.context["log"][0]["measures"] == "修补屋顶"


def test_feedback_that_stands_on_the_sheet_needs_no_options():
    plan = press("feedback", ledger(HANDLED, *WORK, FEEDBACK))
    assert plan.done == (NUMBER,)
    assert plan.edits[1].after.submitted_at == NOW


def test_feedback_lacks_are_told_all_at_once_on_their_sheets():
    plan = press("feedback", ledger(replace(HANDLED, urgency=Urgency.IMPORTANT), Feedback(clue=NUMBER)))
    assert codes(plan) == [
        "checklist_incomplete",
        "log_empty",
        "milestone_missing",
        "process_missing",
        "result_missing",
        "expectation_missing",
        "improvements_missing",
        "form_missing",
    ]
    assert [sheet for sheet, _, _ in places(plan)] == ["处理清单", "处理记录", "线索台账", *["反馈"] * 5]
    assert (plan.edits, plan.additions, plan.papers) == ((), (), ())


@pytest.mark.parametrize("form", [FeedbackForm.EMAIL, FeedbackForm.MEETING])
def test_feedback_other_than_in_writing_needs_evidence(form):
    told = replace(REPORT, form=form)
    assert codes(press("feedback", ledger(HANDLED, *WORK), report=told)) == ["evidence_missing"]
    assert press("feedback", ledger(HANDLED, *WORK), report=replace(told, evidence="邮件 12")).done == (
        NUMBER,
    )


def test_a_complete_case_is_closed_and_its_feedback_accepted():
    plan = press("close", ledger(FED_BACK, APPROVED, *WORK, FEEDBACK))
    clue, told = (edit.after for edit in plan.edits)
    assert (clue.stage, clue.closed_at, clue.next_step, clue.warning) == (
        Stage.CLOSED,
        NOW,
        "归档",
        clue.warning,
    )
    assert told.accepted is YesNo.YES
    assert (plan.done, plan.problems) == ((NUMBER,), ())


def test_closing_answers_with_everything_that_is_missing_at_once():
    bare = Clue(
        stage=Stage.FED_BACK,
        number=NUMBER,
        urgency=Urgency.URGENT,
        ground=Ground.ACT_NOW,
        satisfaction=Satisfaction.DISSATISFIED,
    )
    child = clue_at(Stage.REGISTERED, stage=Stage.MERGED, entry_no="T-9", master_number=NUMBER)
    plan = press("close", ledger(bare, child, Reporter(clue="T-9", phone="000-0000")))
    assert codes(plan)[:-1] == [
        "analysis_not_approved",
        "receipt_missing",
        "milestone_missing",
        "log_incomplete",
        "dissatisfied",
        "feedback_missing",
        "meeting_missing",
        "children_unanswered",
    ]
    assert codes(plan)[-1] == "wrong_stage"
    assert all(p.place.sheet and p.place.column and p.fix.zh for p in plan.problems)
    assert all(NUMBER in p.wrong.zh for p in plan.problems[:-1])


def test_a_major_case_is_closed_after_its_meeting():
    major = ledger(replace(FED_BACK, joint_departments=("财务部",)), *WORK, FEEDBACK)
    assert codes(press("close", major)) == ["meeting_missing"]
    met = ledger(
        replace(FED_BACK, joint_departments=("财务部",)), *WORK, FEEDBACK, meeting(MeetingKind.FEEDBACK)
    )
    assert press("close", met).done == (NUMBER,)


def test_satisfaction_may_be_given_with_the_closing():
    held = ledger(FED_BACK, *WORK, FEEDBACK)
    assert codes(press("close", held, {"satisfaction": Satisfaction.DISSATISFIED})) == ["dissatisfied"]
    assert press("close", held, {"satisfaction": Satisfaction.SATISFIED}).done == (NUMBER,)


def test_of_mixed_rows_the_complete_ones_are_closed():
    held = ledger(
        FED_BACK, replace(FED_BACK, number="XS-2"), clue_at(Stage.CLOSED, number="XS-3"), *WORK, FEEDBACK
    )
    plan = press("close", held)
    assert plan.done == (NUMBER,)
    assert codes(plan) == ["log_incomplete", "checklist_incomplete", "feedback_missing", "wrong_stage"]


def test_a_dissatisfied_reporter_keeps_a_case_open_until_a_second_round_and_an_approval():
    unhappy = replace(FED_BACK, satisfaction=Satisfaction.DISSATISFIED)
    call = Callback(clue=NUMBER, satisfaction=Satisfaction.DISSATISFIED)
    once, twice = ledger(unhappy, *WORK, FEEDBACK, call), ledger(unhappy, *WORK, FEEDBACK, call, call)
    assert codes(press("close", once, approved_by="林主任")) == ["dissatisfied"]
    assert codes(press("close", twice)) == ["approval_missing"]
    assert press("close", twice, approved_by="林主任").done == (NUMBER,)


def test_what_the_checklist_lacks_is_named():
    plan = press("close", ledger(FED_BACK, LINE, *TICKED[2:], FEEDBACK))
    (problem,) = plan.problems
    assert problem.wrong.zh == f"{NUMBER}：处理清单还没有办完。尚缺：沟通情况、客户需求。"
