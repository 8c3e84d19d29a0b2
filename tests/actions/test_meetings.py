from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from stages import NUMBER, clue_at, ledger, press

from cluebook.domain.clue import Clue, Stage
from cluebook.domain.records import Meeting, MeetingKind
from cluebook.errors import UsageError

CALL = Meeting(
    kind=MeetingKind.FEEDBACK, on=date(2026, 3, 6), place="三楼会议室", attendees="客户服务部、财务部"
)
FED_BACK = clue_at(Stage.FED_BACK)


def test_the_call_for_a_feedback_meeting_moves_the_clue_and_makes_the_notice():
    plan = press("meet", ledger(FED_BACK), meeting=CALL)
    (edit,) = [e for e in plan.edits if isinstance(e.after, Clue)]
    assert edit.after.stage is Stage.AWAITING_MEETING
    assert plan.additions == (replace(CALL, clue=NUMBER, chair="王芳"),)
    assert [paper.kind for paper in plan.papers] == ["meeting_notice"]


def test_what_the_meeting_decided_goes_into_the_row_of_its_call():
    called = replace(CALL, clue=NUMBER, chair="王芳")
    held = ledger(clue_at(Stage.AWAITING_MEETING), called)
    told = Meeting(kind=MeetingKind.FEEDBACK, issues="是否办结", decisions="同意办结", leaders="林主任")
    plan = press("meet", held, meeting=told)
    (edit,) = [e for e in plan.edits if isinstance(e.after, Meeting)]
    assert (edit.after.place, edit.after.decisions, edit.after.leaders) == (
        "三楼会议室",
        "同意办结",
        "林主任",
    )
    assert [paper.kind for paper in plan.papers] == ["meeting_minutes"]
    assert plan.additions == ()


def test_a_discussion_may_be_recorded_at_any_stage_and_moves_nothing():
    told = Meeting(kind=MeetingKind.DISCUSSION, issues="责任不清", decisions="由客服牵头")
    plan = press("meet", ledger(clue_at(Stage.ACCEPTED)), meeting=told)
    (record,) = plan.additions
    assert (record.on, record.recorder) == (date(2026, 3, 4), "王芳")
    assert [e for e in plan.edits if e.before.stage is not e.after.stage] == []


@pytest.mark.parametrize("given", [None, Meeting(decisions="同意")])
def test_a_meeting_is_of_a_kind(given):
    with pytest.raises(UsageError):
        press("meet", ledger(FED_BACK), meeting=given)
