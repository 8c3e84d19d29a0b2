"""The deadlines of the procedure, one `Deadline(...)` each (procedure 1.6 and 3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass

from cluebook.domain.clue import Stage, Urgency
from cluebook.text import Text


@dataclass(frozen=True, slots=True)
class Deadline:
    """One stretch of the procedure that may take only so many days.

    Attributes:
        id: its name in code.
        text: its name for the office: on the limits sheet, and as the next step of a clue.
        starts: the moment its clock starts, a field of the clue or a key of `Moments`.
        ends: the field of the clue that is filled when it is met.
        stages: where the clue stands while the clock runs.
        limits: the working days a new office begins with; the key ``None`` is any urgency.
        due_field: the field of the clue that keeps the due date once the clock has started.
        no_later_than: a field with a date on which the clock starts at the latest.
        overdue: what being late for it is called; without it the deadline only warns.
    """

    id: str
    text: Text
    starts: str
    ends: str
    stages: tuple[Stage, ...]
    limits: Mapping[Urgency | None, int]
    _: KW_ONLY
    due_field: str | None = None
    no_later_than: str | None = None
    overdue: Text | None = None


DEADLINES: Mapping[str, Deadline] = {
    deadline.id: deadline
    for deadline in (
        Deadline(
            "review",
            Text("初审", "Preliminary review"),
            "delivered_at",
            "reviewed_at",
            (Stage.REGISTERED,),
            {Urgency.URGENT: 0, None: 1},
        ),
        Deadline(
            "analysis",
            Text("分析", "Analysis"),
            "reviewed_at",
            "approved_at",
            (Stage.ACCEPTED, Stage.IN_ANALYSIS),
            {Urgency.URGENT: 1, None: 3},
        ),
        Deadline(
            "analysis_review",
            Text("分析审核", "Analysis review"),
            "submitted_at",
            "approved_at",
            (Stage.IN_REVIEW,),
            {None: 1},
        ),
        Deadline(
            "routing", Text("流转", "Routing"), "approved_at", "routed_at", (Stage.APPROVED,), {None: 1}
        ),
        Deadline(
            "receipt",
            Text("接收", "Receipt"),
            "routed_at",
            "received_at",
            (Stage.ROUTED,),
            {Urgency.URGENT: 0, None: 1},
            due_field="receipt_due",
            overdue=Text("接收逾期", "Receipt overdue"),
        ),
        # A department that confirms late counts as if it had confirmed on the last day allowed (T17).
        Deadline(
            "milestone",
            Text("初步处理/处理方案", "First step"),
            "received_at",
            "milestone_at",
            (Stage.IN_HANDLING,),
            {Urgency.URGENT: 1, Urgency.IMPORTANT: 3},
            due_field="milestone_due",
            no_later_than="receipt_due",
            overdue=Text("方案/初步逾期", "First step overdue"),
        ),
        Deadline(
            "completion",
            Text("办理", "Completion"),
            "received_at",
            "completed_at",
            (Stage.IN_HANDLING,),
            {Urgency.URGENT: 5, Urgency.IMPORTANT: 10, Urgency.GENERAL: 15},
            due_field="completion_due",
            no_later_than="receipt_due",
            overdue=Text("办理逾期", "Handling overdue"),
        ),
        Deadline(
            "feedback",
            Text("反馈", "Feedback"),
            "completed_at",
            "fed_back_at",
            (Stage.IN_HANDLING,),
            {None: 1},
            overdue=Text("反馈逾期", "Feedback overdue"),
        ),
        Deadline(
            "feedback_review",
            Text("反馈审核", "Feedback review"),
            "fed_back_at",
            "closed_at",
            (Stage.FED_BACK,),
            {None: 2},
        ),
        Deadline(
            "archive", Text("归档", "Archiving"), "closed_at", "archive_no", (Stage.CLOSED,), {None: 10}
        ),
    )
}


def deadline_named(name: str | None) -> Deadline | None:
    """Return the deadline that the limits sheet calls by this name, in either language."""
    return _BY_NAME.get((name or "").strip())


_BY_NAME = {name: deadline for deadline in DEADLINES.values() for name in deadline.text}
