from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from stages import APPROVED, FEEDBACK, LINE, NOW, NUMBER, TICKED, clue_at, codes, ledger, places, press

from cluebook.actions import ACTIONS
from cluebook.domain.clue import Clue, Ground, Retention, Stage, Urgency
from cluebook.domain.fields import YesNo
from cluebook.domain.office import DayKind, DayOff, Limit
from cluebook.domain.records import (
    Decision,
    Extension,
    Feedback,
    HandlingPlan,
    Pause,
    PauseKind,
    PauseReason,
    Reopening,
    ReopeningReason,
    Volume,
)
from cluebook.errors import ConfigError, Problem
from cluebook.ledger.plan import Stamp
from cluebook.text import same

HANDLED = clue_at(Stage.IN_HANDLING)  # received on Tuesday, 3 March 2026, due on 24 March
FED_BACK = clue_at(Stage.FED_BACK)
PLANNED = HandlingPlan(goal="不漏", measures="换瓦", division="工程队", schedule="三天")
APPLICATION = Extension(progress="已查看", reason="等待配件", new_due=date(2026, 3, 31))
WAIT = Pause(reason=PauseReason.TEST, until=date(2026, 3, 10), approved_by="林主任")


def at(day, hour=10, month=3, by="王芳"):
    return Stamp(datetime(2026, month, day, hour), by)


def after(plan, record=Clue):
    """What a plan makes of the only record of a type."""
    changed = [edit.after for edit in plan.edits if isinstance(edit.after, record)]
    (made,) = changed + [added for added in plan.additions if isinstance(added, record)]
    return made


def test_a_plan_meets_its_limit_and_has_its_document():
    important = replace(HANDLED, urgency=Urgency.IMPORTANT, milestone_due=date(2026, 3, 6))
    plan = press("plan", ledger(important), plan=PLANNED)
    assert after(plan).milestone_at == NOW
    assert plan.additions == (replace(PLANNED, clue=NUMBER, submitted_by="王芳", submitted_at=NOW),)
    (paper,) = plan.papers
    assert (paper.kind, paper.context["plan"]["goal"]) == ("handling_plan", "不漏")


def test_a_plan_that_was_typed_on_its_sheet_is_taken_from_there():
    plan = press("plan", ledger(HANDLED, replace(PLANNED, clue=NUMBER)))
    assert (plan.done, plan.additions) == ((NUMBER,), ())
    assert after(plan, HandlingPlan).submitted_at == NOW


def test_a_revised_plan_is_a_new_line_and_was_handed_in_with_the_first():
    first = datetime(2026, 3, 4, 9)
    held = ledger(replace(HANDLED, milestone_at=first), replace(PLANNED, clue=NUMBER, submitted_at=first))
    plan = press("plan", held, plan=replace(PLANNED, measures="换瓦并补漏"))
    assert after(plan).milestone_at == first
    assert [added.measures for added in plan.additions] == ["换瓦并补漏"]


def test_a_plan_without_its_parts_is_refused_with_all_that_it_lacks():
    plan = press("plan", ledger(HANDLED), plan=HandlingPlan(goal="不漏"))
    assert codes(plan) == ["measures_missing", "division_missing", "schedule_missing"]
    assert {sheet for sheet, _, _ in places(plan)} == {"处理方案"}


def test_an_application_is_kept_with_its_form_and_moves_no_date():
    plan = press("extend", ledger(HANDLED), application=APPLICATION)
    assert after(plan, Extension) == replace(
        APPLICATION, clue=NUMBER, round=1, applicant="王芳", applied_at=NOW, original_due=date(2026, 3, 24)
    )
    assert (after(plan).completion_due, after(plan).original_due) == (date(2026, 3, 24), None)
    assert (after(plan).next_step, after(plan).next_due) == ("审定延期", date(2026, 3, 5))
    (paper,) = plan.papers
    assert (paper.kind, paper.context["extension"]["decision"]) == ("extension_form", "")


@pytest.mark.parametrize(("day", "told"), [(24, []), (25, ["extension_too_late"])])
def test_an_application_comes_before_the_deadline_has_passed(day, told):
    assert codes(press("extend", ledger(HANDLED), application=APPLICATION, stamp=at(day))) == told


@pytest.mark.parametrize(
    ("new_due", "told"),
    [
        (date(2026, 3, 24), ["extension_not_later"]),
        (date(2026, 4, 2), []),
        (date(2026, 4, 3), ["extension_too_long"]),
    ],
)
def test_an_extension_adds_at_most_half_of_the_limit(new_due, told):
    asked = replace(APPLICATION, new_due=new_due)
    assert codes(press("extend", ledger(HANDLED), application=asked)) == told


def test_how_often_and_by_how_much_are_settings():
    once = ledger(replace(HANDLED, extensions=1))
    assert codes(press("extend", once, application=APPLICATION)) == ["extensions_spent"]
    twice = ledger(replace(HANDLED, extensions=1), most_extensions="2", longest_extension="20")
    assert codes(press("extend", twice, application=APPLICATION)) == ["extension_too_long"]
    by_three = replace(APPLICATION, new_due=date(2026, 3, 27))
    assert after(press("extend", twice, application=by_three), Extension).round == 2


def asked(**changes):
    return replace(APPLICATION, clue=NUMBER, applicant="赵敏", applied_at=NOW, **changes)


def test_a_granted_extension_moves_the_deadline_and_keeps_the_first_for_assessment():
    plan = press("decide", ledger(HANDLED, asked()), decision=Decision.GRANTED)
    clue, decided = after(plan), after(plan, Extension)
    assert (clue.completion_due, clue.original_due, clue.extensions, clue.expected_on) == (
        date(2026, 3, 31),
        date(2026, 3, 24),
        1,
        date(2026, 3, 31),
    )
    assert (decided.decision, decided.decided_by, decided.decided_at) == (Decision.GRANTED, "王芳", NOW)
    assert clue.due_reason.endswith("原期限 2026-03-24，经批准延至 2026-03-31。")
    assert plan.papers[0].context["extension"]["decision"] == "同意"


def test_after_a_refusal_the_date_stands():
    plan = press("decide", ledger(HANDLED, asked()), decision=Decision.REFUSED, opinion="应当按期办结")
    clue = after(plan)
    assert (clue.completion_due, clue.original_due, clue.extensions) == (date(2026, 3, 24), None, None)
    assert plan.reasons == {NUMBER: "应当按期办结"}
    again = press("extend", ledger(clue, after(plan, Extension)), application=APPLICATION, stamp=at(5))
    assert (again.done, len(again.additions)) == ((NUMBER,), 1)


def test_a_refusal_says_why_and_nobody_decides_their_own_application():
    held = ledger(HANDLED, asked())
    assert codes(press("decide", held, decision=Decision.REFUSED)) == ["opinion_missing"]
    own = press("decide", held, decision=Decision.GRANTED, decided_by="赵敏")
    assert (codes(own), places(own)) == (["decider_is_applicant"], [("延期", 2, "审定人")])


def test_only_what_was_asked_and_not_decided_is_decided():
    held = ledger(HANDLED, asked(decision=Decision.GRANTED))
    assert codes(press("decide", held, decision=Decision.GRANTED)) == ["nothing_to_decide"]


def test_a_suspended_clue_is_not_late_and_says_when_it_resumes():
    plan = press("suspend", ledger(HANDLED), pause=WAIT)
    clue = after(plan)
    assert after(plan, Pause) == replace(WAIT, clue=NUMBER, kind=PauseKind.SUSPENSION, began_at=NOW)
    assert (clue.stage, clue.next_step, clue.next_due) == (Stage.SUSPENDED, "恢复办理", date(2026, 3, 10))
    (seen,) = ledger(clue).rows(Clue)
    assert ACTIONS["overdue"].run(ledger(clue), [seen], at(30)).overdue == ()


@pytest.mark.parametrize(
    ("until", "told"),
    [
        (date(2026, 3, 4), ["until_not_ahead"]),
        (date(2026, 4, 16), []),
        (date(2026, 4, 17), ["suspension_too_long"]),
    ],
)
def test_a_suspension_ends_within_thirty_working_days(until, told):
    assert codes(press("suspend", ledger(HANDLED), pause=replace(WAIT, until=until))) == told


def test_a_suspension_waits_for_the_decision_on_an_extension():
    assert codes(press("suspend", ledger(HANDLED, asked()), pause=WAIT)) == ["extension_undecided"]


SUSPENDED = replace(HANDLED, stage=Stage.SUSPENDED, resume_on=date(2026, 3, 10))
OPEN_PAUSE = replace(WAIT, clue=NUMBER, kind=PauseKind.SUSPENSION, began_at=NOW)


def test_every_running_deadline_moves_on_by_the_working_days_of_the_pause():
    important = replace(
        SUSPENDED, urgency=Urgency.IMPORTANT, milestone_due=date(2026, 3, 6), original_due=date(2026, 3, 17)
    )
    plan = press("resume", ledger(important, OPEN_PAUSE), stamp=at(10))
    clue, pause = after(plan), after(plan, Pause)
    assert (clue.milestone_due, clue.original_due) == (date(2026, 3, 12), date(2026, 3, 23))
    assert (clue.completion_due, clue.expected_on) == (date(2026, 3, 30), date(2026, 3, 26))
    assert (pause.days, pause.ended_at, clue.suspended_days, clue.resume_on) == (4, at(10).at, 4, None)


def test_what_was_late_when_it_was_suspended_is_as_late_when_it_resumes():
    late = replace(SUSPENDED, completion_due=date(2026, 3, 2))
    clue = after(press("resume", ledger(late, OPEN_PAUSE), stamp=at(10)))
    assert (clue.completion_due, clue.overdue_days) == (date(2026, 3, 6), 2)


def test_without_being_named_clues_resume_on_their_day():
    is_due = ACTIONS["resume"].is_due
    assert is_due is not None
    assert [is_due(SUSPENDED, date(2026, 3, day)) for day in (9, 10, 11)] == [False, True, True]


def test_a_pause_that_nobody_knows_the_beginning_of_cannot_end():
    plan = press("resume", ledger(SUSPENDED), stamp=at(10))
    assert (codes(plan), places(plan)) == (["pause_unknown"], [("挂起", None, "开始时间")])


def test_another_urgency_counts_from_where_the_clock_began():
    held = ledger(HANDLED)
    plan = press(
        "regrade", held, urgency=Urgency.URGENT, ground=Ground.ACT_NOW, reason="有人滑倒", stamp=at(5)
    )
    clue = after(plan)
    assert (clue.urgency, clue.original_urgency, clue.ground) == (
        Urgency.URGENT,
        Urgency.GENERAL,
        Ground.ACT_NOW,
    )
    assert (clue.completion_due, clue.expected_on) == (date(2026, 3, 10), date(2026, 3, 10))
    # A first step was never asked of it before, so that one counts from now.
    assert clue.milestone_due == date(2026, 3, 6)
    assert plan.reasons == {NUMBER: "有人滑倒"}
    down = after(press("regrade", ledger(clue), urgency=Urgency.GENERAL, reason="误报", stamp=at(6)))
    assert (down.completion_due, down.milestone_due, down.original_urgency) == (
        HANDLED.completion_due,
        None,
        Urgency.GENERAL,
    )


def test_another_urgency_needs_its_ground_and_has_to_be_another_one():
    held = ledger(HANDLED, replace(HANDLED, number="XS-2", urgency=Urgency.URGENT))
    plan = press("regrade", held, urgency=Urgency.URGENT, reason="有人滑倒")
    assert codes(plan) == ["same_urgency", "urgent_without_ground"]


def test_the_limits_of_handling_count_from_the_receipt_or_where_the_office_says_so_from_the_routing():
    routed = clue_at(Stage.ROUTED)  # on 3 March; received on the 4th
    for word, due in (("接收", date(2026, 3, 25)), ("流转", date(2026, 3, 24))):
        held = ledger(routed, handling_starts=word)
        assert after(press("receive", held, {"handler": "赵敏"})).completion_due == due
    with pytest.raises(ConfigError) as caught:
        press("receive", ledger(routed, handling_starts="随时"), {"handler": "赵敏"})
    assert [problem.code for problem in caught.value.problems] == ["setting_unusable"]


NATIONAL_DAY = DayOff(on=date(2026, 3, 10), kind=DayKind.COMPANY_OFF)


def test_after_the_calendar_changed_running_clocks_are_recomputed_when_asked():
    held = ledger(HANDLED, NATIONAL_DAY, replace(FED_BACK, number="XS-2"))
    plan = press("recompute", held)
    assert (plan.done, after(press("recompute", ledger(HANDLED, NATIONAL_DAY))).completion_due) == (
        (NUMBER,),
        date(2026, 3, 25),
    )
    assert plan.reasons == {NUMBER: "按日历重新计算期限"}


def test_the_limits_of_today_hold_for_running_clocks_only_when_asked():
    shorter = Limit(deadline="办理", urgency="一般", days=10, effective_on=date(2026, 3, 4))
    held = ledger(HANDLED, shorter)
    assert press("recompute", held).done == ()
    plan = press("recompute", held, limits=True)
    assert (after(plan).completion_due, plan.reasons) == (
        date(2026, 3, 17),
        {NUMBER: "按现行时限和日历重新计算期限"},
    )


def test_a_row_that_cannot_be_read_is_told_and_not_recomputed():
    held = ledger(HANDLED, NATIONAL_DAY)
    (row,) = held.rows(Clue)
    unread = Problem("cell_unreadable", held.place(Clue, row.number, "received_at"), same("?"), same("?"))
    plan = ACTIONS["recompute"].run(held, [replace(row, problems=(unread,))], at(4))
    assert (plan.edits, plan.problems) == ((), (unread,))


def test_recomputing_changes_nothing_where_nothing_changed():
    paused = press("resume", ledger(SUSPENDED, OPEN_PAUSE), stamp=at(10))
    extended = press("decide", ledger(HANDLED, asked()), decision=Decision.GRANTED)
    for plan, record in ((paused, Pause), (extended, Extension)):
        assert press("recompute", ledger(after(plan), after(plan, record)), stamp=at(10)).done == ()


def test_feedback_that_is_returned_lets_the_clock_run_on_with_the_used_time_kept():
    told = replace(FEEDBACK, submitted_at=FED_BACK.fed_back_at)
    plan = press("redo", ledger(FED_BACK, APPROVED, LINE, told), opinion="原因不明", stamp=at(10))
    clue, reviewed, pause = after(plan), after(plan, Feedback), after(plan, Pause)
    assert (clue.stage, clue.completed_at, clue.fed_back_at, clue.expectation) == (
        Stage.IN_HANDLING,
        None,
        None,
        None,
    )
    assert (clue.completion_due, clue.suspended_days) == (date(2026, 3, 30), 4)
    assert (reviewed.accepted, reviewed.opinion, reviewed.reviewer) == (YesNo.NO, "原因不明", "王芳")
    assert (pause.kind, pause.began_at, pause.days) == (PauseKind.FEEDBACK_REVIEW, FED_BACK.completed_at, 4)
    (paper,) = plan.papers
    assert paper.kind == "rework_notice"

    again = press(
        "feedback",
        ledger(clue, APPROVED, LINE, reviewed, *TICKED),
        report=replace(FEEDBACK, clue=None),
        stamp=at(11),
    )
    assert codes(again) == []
    assert [type(added) for added in again.additions] == [Feedback]
    assert after(again).completed_at == at(11).at


def test_feedback_is_not_returned_without_a_reason():
    assert codes(press("redo", ledger(FED_BACK, FEEDBACK))) == ["opinion_missing"]


REASON = Reopening(reason=ReopeningReason.NEW_FACTS, note="又漏", approved_by="林主任")


def test_a_reopened_case_has_a_new_clock_and_leaves_the_archive():
    archived = clue_at(
        Stage.ARCHIVED,
        retention=Retention.TEN_YEARS,
        retain_until=date(2036, 12, 31),
        original_due=date(2026, 3, 20),
    )
    volume = Volume(archive_no="YW-2026-0001", clue=NUMBER)
    plan = press("reopen", ledger(archived, APPROVED, volume), reopening=REASON, stamp=at(9))
    clue = after(plan)
    assert (clue.stage, clue.reopened, clue.reopened_at) == (Stage.IN_HANDLING, 1, at(9).at)
    assert (clue.completion_due, clue.original_due, clue.next_due) == (
        date(2026, 3, 30),
        None,
        date(2026, 3, 30),
    )
    gone = (
        "completed_at",
        "fed_back_at",
        "closed_at",
        "archive_no",
        "retention",
        "retain_until",
        "satisfaction",
    )
    assert [name for name in gone if getattr(clue, name) is not None] == []
    assert (clue.number, clue.received_at, clue.handler) == (NUMBER, archived.received_at, "赵敏")
    taken_up = after(plan, Reopening)
    assert (taken_up.archive_no, taken_up.closed_at, taken_up.round) == (
        "YW-2026-0001",
        archived.closed_at,
        1,
    )
    assert after(plan, Volume).hold is YesNo.YES
    assert (plan.papers[0].kind, plan.reasons) == ("reopening_form", {NUMBER: "出现新情况"})


def test_a_reopened_case_that_goes_to_another_department_counts_from_its_receipt():
    again = replace(
        clue_at(Stage.ROUTED, receipt_due=date(2026, 3, 17)), reopened_at=at(9).at, routed_at=at(16).at
    )
    received = after(press("receive", ledger(again), {"handler": "赵敏", "expected_on": None}, stamp=at(17)))
    assert received.completion_due == date(2026, 4, 8)


def test_a_case_is_reopened_for_a_reason_and_with_approval():
    plan = press("reopen", ledger(clue_at(Stage.CLOSED)), reopening=Reopening(note="又漏"))
    assert codes(plan) == ["reason_missing", "approved_by_missing"]
