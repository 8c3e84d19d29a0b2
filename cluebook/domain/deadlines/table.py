"""The deadlines of the procedure, one `Deadline(...)` each (procedure 1.2 to 1.9, 3.1, 3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass

from cluebook.domain.clue import Stage, Urgency
from cluebook.domain.deadlines import moments
from cluebook.domain.deadlines.moments import Moment
from cluebook.domain.lifecycle import WITH_DEPARTMENT
from cluebook.domain.office import Role
from cluebook.domain.records import PauseKind
from cluebook.text import Text


@dataclass(frozen=True, slots=True)
class Deadline:
    """One stretch of the procedure that may take only so many days.

    Attributes:
        id: its name in code.
        text: its name for the office: on the limits sheet, and as the next step of a clue.
        starts: the moment its clock starts, as a field of the clue or as a `Moment`; ``None`` where no clock
            leads to the date.
        ends: the field of the clue that is filled when it is met; ``None`` where its start, or its due date, is
            there only while it runs.
        stages: where the clue stands while the clock runs.
        limits: the working days a new office begins with; the key ``None`` is any urgency.
        due_field: the field of the clue that keeps the due date once the clock has started.
        due: the day it is due, where a record says so itself; before that, `starts` and the limit.
        from_routing: the moment its clock starts where the office counts from routing (T17).
        paused_by: the pauses whose working days do not count.
        overdue: what being late for it is called; without it the deadline only warns.
        recurs: whether it comes again and again beside the way of the clue, and is never its next step.
        by: whom it binds, and who is reminded of it.
        within: calendar days after the event that it may never go beyond, whatever the limits sheet allows.
    """

    id: str
    text: Text
    starts: str | Moment | None
    ends: str | None
    stages: tuple[Stage, ...]
    limits: Mapping[Urgency | None, int]
    _: KW_ONLY
    due_field: str | None = None
    due: Moment | None = None
    from_routing: Moment | None = None
    paused_by: tuple[PauseKind, ...] = ()
    overdue: Text | None = None
    recurs: bool = False
    by: Role = Role.CLERK
    within: int | None = None


_URGENT, _IMPORTANT, _GENERAL = Urgency
_SAME_DAY: Mapping[Urgency | None, int] = {_URGENT: 0, None: 1}
_HANDLED = (Stage.ROUTED, Stage.IN_HANDLING, Stage.FED_BACK, Stage.AWAITING_MEETING)
"""With a department, and not paused."""
_TAKEN_IN = (
    Stage.REGISTERED,
    Stage.INCOMPLETE,
    Stage.ACCEPTED,
    Stage.IN_ANALYSIS,
    Stage.IN_REVIEW,
    Stage.APPROVED,
)
_STANDING_STILL = (PauseKind.SUSPENSION, PauseKind.FEEDBACK_REVIEW)

# fmt: off
DEADLINES: Mapping[str, Deadline] = {
    deadline.id: deadline
    for deadline in (
        # C6
        Deadline("intake", Text("传递", "Delivery"), moments.UNDELIVERED, None, (Stage.DRAFT,), _SAME_DAY, by=Role.COLLECTOR),
        # Z6; what a supplement or another body took is not the reviewer's time (T03, T10).
        Deadline("review", Text("初审", "Preliminary review"), moments.REVIEWABLE, "reviewed_at", (Stage.REGISTERED,),
                 _SAME_DAY, paused_by=(PauseKind.SUPPLEMENT, PauseKind.TRANSFER)),
        # C5, T02
        Deadline("supplement", Text("补充材料", "Supplement"), moments.ASKED, None, (Stage.INCOMPLETE,), {None: 3},
                 due_field="supplement_due", by=Role.COLLECTOR),
        # C8; seven days from the receipt of the report at most (Directive (EU) 2019/1937, art. 9).
        Deadline("acknowledgement", Text("受理告知", "Acknowledgement"), moments.UNACKNOWLEDGED, None, _TAKEN_IN, {None: 5},
                 within=7),
        # T08
        Deadline("transfer_receipt", Text("移送回执", "Transfer receipt"), moments.TRANSFERRED, None, (Stage.IN_TRANSFER,),
                 {None: 5}),
        # Z9
        Deadline("discussion", Text("讨论会", "Discussion"), moments.UNDISCUSSED, None, (Stage.ACCEPTED,), {None: 2}),
        # 1.4
        Deadline("analysis", Text("分析", "Analysis"), "reviewed_at", "approved_at", (Stage.ACCEPTED, Stage.IN_ANALYSIS),
                 {_URGENT: 1, None: 3}, by=Role.ANALYST),
        # N6
        Deadline("consultation", Text("专家咨询", "Consultation"), moments.CONSULTED, None,
                 (Stage.IN_ANALYSIS, *WITH_DEPARTMENT), {None: 3}, by=Role.ANALYST),
        # N9
        Deadline("analysis_review", Text("分析审核", "Analysis review"), moments.SUBMITTED, "approved_at", (Stage.IN_REVIEW,),
                 {None: 1}, by=Role.REVIEWER),
        # L8
        Deadline("coordination", Text("协调会", "Coordination meeting"), moments.UNCOORDINATED, None, (Stage.APPROVED,),
                 {None: 2}),
        # L2
        Deadline("routing", Text("流转", "Routing"), moments.ROUTABLE, "routed_at", (Stage.APPROVED,), {None: 1}),
        # T15
        Deadline("analysis_owed", Text("补交分析", "Analysis owed"), moments.OWED, "approved_at", _HANDLED, {None: 2},
                 due_field="analysis_due", paused_by=(PauseKind.SUSPENSION,), by=Role.ANALYST),
        # L6
        Deadline("receipt", Text("接收", "Receipt"), "routed_at", "received_at", (Stage.ROUTED,), _SAME_DAY,
                 due_field="receipt_due", overdue=Text("接收逾期", "Receipt overdue"), by=Role.DEPARTMENT_HEAD),
        # L9
        Deadline("return_decision", Text("审定退回", "Decision on the return"), moments.RETURN_ASKED, None, (Stage.ROUTED,),
                 {None: 1}),
        # H9, H10
        Deadline("milestone", Text("初步处理/处理方案", "First step"), moments.FIRST_STEP_RECEIVED, "milestone_at",
                 (Stage.IN_HANDLING,), {_URGENT: 1, _IMPORTANT: 3}, due_field="milestone_due",
                 from_routing=moments.FIRST_STEP_ROUTED, paused_by=_STANDING_STILL,
                 overdue=Text("方案/初步逾期", "First step overdue"), by=Role.HANDLER),
        # H9
        Deadline("progress", Text("进展反馈", "Progress report"), moments.REPORTED, None, (Stage.IN_HANDLING,), {_URGENT: 1},
                 recurs=True, by=Role.HANDLER),
        # H9 to H11
        Deadline("completion", Text("办理", "Completion"), moments.RECEIVED, "completed_at", (Stage.IN_HANDLING,),
                 {_URGENT: 5, _IMPORTANT: 10, _GENERAL: 15}, due_field="completion_due",
                 from_routing=moments.ROUTED, paused_by=_STANDING_STILL,
                 overdue=Text("办理逾期", "Handling overdue"), by=Role.HANDLER),
        # H13
        Deadline("extension_decision", Text("审定延期", "Decision on the extension"), moments.EXTENSION_ASKED, None,
                 (Stage.IN_HANDLING,), {None: 1}),
        # H14, T23
        Deadline("resumption", Text("恢复办理", "Resumption"), None, None, (Stage.SUSPENDED,), {}, due_field="resume_on"),
        # F1
        Deadline("feedback", Text("反馈", "Feedback"), "completed_at", "fed_back_at", (Stage.IN_HANDLING,), {None: 1},
                 overdue=Text("反馈逾期", "Feedback overdue"), by=Role.HANDLER),
        # H2
        Deadline("callback", Text("回访", "Callback"), moments.UNCALLED, None,
                 (Stage.IN_HANDLING, Stage.FED_BACK, Stage.AWAITING_MEETING), {None: 3}, by=Role.HANDLER),
        # F4
        Deadline("feedback_review", Text("反馈审核", "Feedback review"), "fed_back_at", "closed_at", (Stage.FED_BACK,), {None: 2}),
        # F2
        Deadline("feedback_meeting", Text("反馈会议", "Feedback meeting"), "fed_back_at", "closed_at",
                 (Stage.AWAITING_MEETING,), {None: 5}),
        # F5
        Deadline("reply", Text("答复", "Reply"), moments.UNANSWERED, None, (Stage.CLOSED,), {None: 5}),
        # K1
        Deadline("follow_up", Text("跟进", "Follow-up"), moments.FOLLOWED, None, (Stage.ROUTED, Stage.IN_HANDLING),
                 {_URGENT: 1, _IMPORTANT: 3, _GENERAL: 5}, due=moments.PLANNED, recurs=True),
        # K3, T33
        Deadline("urge_reply", Text("督办回复", "Answer to a supervision order"), None, None, _HANDLED, {}, due=moments.TO_ANSWER,
                 by=Role.HANDLER),
        # K6
        Deadline("rectification", Text("整改", "Rectification"), moments.FOUND, None, (*_HANDLED, Stage.CLOSED), {None: 5},
                 due=moments.TO_RECTIFY, by=Role.HANDLER),
        # A1
        Deadline("archive", Text("归档", "Archiving"), "closed_at", "archive_no", (Stage.CLOSED,), {None: 10},
                 by=Role.RECORDS_KEEPER),
    )
}
# fmt: on


def deadline_named(name: str | None) -> Deadline | None:
    """Return the deadline that the limits sheet calls by this name, in either language."""
    return _BY_NAME.get((name or "").strip())


_BY_NAME = {name: deadline for deadline in DEADLINES.values() for name in deadline.text}
