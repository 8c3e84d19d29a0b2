"""From when a clock runs, where that is more than one column of the clue.

Such a moment is there only while its clock runs. What the clue's own columns can rule out is asked first, so
that no other sheet is read in vain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from cluebook.domain.case import Case
from cluebook.domain.categories import CATEGORIES
from cluebook.domain.clue import Urgency
from cluebook.domain.records import (
    Callback,
    Consultation,
    Extension,
    FollowUp,
    HandlingLine,
    MeetingKind,
    Pause,
    PauseKind,
    Rectification,
    Return,
    Transfer,
    Urge,
)
from cluebook.domain.replies import replies_owed
from cluebook.text import Text

D = TypeVar("D", bound=date)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in a case, or a day.

    Attributes:
        text: what it is called.
        of: gives it, or ``None`` while there is none.
        fields: the columns of the clue it is made of, where it needs no other sheet.
    """

    text: Text
    of: Callable[[Case], date | None]
    fields: tuple[str, ...] = ()


def _received(case: Case) -> date | None:
    """Return when the department had it; one that confirms late gains nothing by that (T17)."""
    begun = _latest(case.clue.received_at, case.clue.reopened_at)
    latest = case.clue.receipt_due
    if begun and latest and begun == case.clue.received_at and begun.date() >= latest:
        return latest
    return begun


def _routed(case: Case) -> datetime | None:
    return _latest(case.clue.routed_at, case.clue.reopened_at)


def _first_step(begins: Callable[[Case], date | None]) -> Callable[[Case], date | None]:
    """Return when the first step is asked for: with the handling, or when a general clue was first regraded.

    Nobody could have taken a step that was not asked for then (H9, H10, T24).
    """

    def moment(case: Case) -> date | None:
        began, regraded = begins(case), case.clue.regraded_at
        if began and regraded and case.clue.original_urgency is Urgency.GENERAL:
            return max(began, regraded, key=_day)
        return began

    return moment


def _undelivered(case: Case) -> datetime | None:
    return None if case.clue.delivered_at else case.clue.collected_at


def _reviewable(case: Case) -> datetime | None:
    """Return when a clue came to its review; one that was accepted before comes anew with a refused transfer (T10)."""
    refused = case.last(Transfer) if case.clue.number else None
    return refused.answered_at if refused and refused.answered_at else case.clue.delivered_at


def _asked(case: Case) -> datetime | None:
    pause = case.last(Pause)
    return pause.began_at if pause and pause.kind is PauseKind.SUPPLEMENT and not pause.ended_at else None


def _unacknowledged(case: Case) -> datetime | None:
    return case.clue.delivered_at if replies_owed(case) else None


def _undiscussed(case: Case) -> datetime | None:
    if not case.needs_discussion or case.held(MeetingKind.DISCUSSION):
        return None
    return case.clue.reviewed_at


def _submitted(case: Case) -> datetime | None:
    return case.analysis.submitted_at if case.analysis else None


def _consulted(case: Case) -> date | None:
    if case.clue.approved_at:
        return None
    return _earliest(c.on for c in case.all(Consultation) if c.expert and not c.opinion)


def _routable(case: Case) -> datetime | None:
    """Return since when it waits for its routing: its approval, or its leaving of a department."""
    if not case.departures:
        return case.clue.approved_at
    left = [each.decided_at or each.raised_at for each in case.all(Return)]
    return _latest(case.clue.approved_at, *left)


def _uncoordinated(case: Case) -> datetime | None:
    joint = case.is_joint and not case.held(MeetingKind.COORDINATION)
    return _routable(case) if joint or case.must_meet_again else None


def _owed(case: Case) -> datetime | None:
    return case.clue.routed_at if case.owes_analysis else None


def _return_asked(case: Case) -> datetime | None:
    asked = case.last(Return)
    return asked.raised_at if asked and not asked.decision else None


def _extension_asked(case: Case) -> datetime | None:
    asked = case.last(Extension)
    return asked.applied_at if asked and not asked.decision else None


def _reported(case: Case) -> datetime | None:
    """Return when the department last said how far it is, or took the work up again (H9)."""
    if case.clue.urgency is not Urgency.URGENT or case.clue.completed_at:
        return None
    told = [line.on for line in case.all(HandlingLine)]
    resumed = [pause.ended_at for pause in case.all(Pause)] if case.clue.suspended_days else []
    return _latest(case.clue.received_at, case.clue.reopened_at, *told, *resumed)


def _uncalled(case: Case) -> datetime | None:
    completed = case.clue.completed_at
    if completed is None or case.clue.subtype not in _SERVICE:
        return None
    called = any(call.on and call.on >= completed.date() for call in case.all(Callback))
    return None if called else completed


def _unanswered(case: Case) -> datetime | None:
    return case.clue.closed_at if replies_owed(case) else None


def _transferred(case: Case) -> datetime | None:
    sent = case.last(Transfer)
    return sent.sent_at if sent and not sent.answer else None


def _followed(case: Case) -> date | None:
    looked = [each.done_on for each in case.all(FollowUp) if each.done_on]
    routed = case.clue.routed_at
    if routed is None or (looked and max(looked) >= routed.date()):
        return max(looked, default=None)
    return routed


def _planned(case: Case) -> date | None:
    return _earliest(each.planned_on for each in case.all(FollowUp) if not each.done_on)


def _found(case: Case) -> datetime | None:
    return _earliest(each.raised_at for each in _unrectified(case) if not each.due)


def _to_rectify(case: Case) -> date | None:
    return _earliest(each.due for each in _unrectified(case))


def _to_answer(case: Case) -> date | None:
    """Return when an order is to be answered; one of the ladder is answered by meeting its deadline (K3)."""
    return _earliest(urge.reply_by for urge in case.all(Urge) if not (urge.replied_at or urge.due))


def _unrectified(case: Case) -> list[Rectification]:
    return [each for each in case.all(Rectification) if not (each.done_on or each.closed_on)]


def _latest(*moments: datetime | None) -> datetime | None:
    return max((at for at in moments if at), default=None)


def _day(at: date) -> date:
    return at.date() if isinstance(at, datetime) else at


def _earliest(dates: Iterable[D | None]) -> D | None:
    return min((day for day in dates if day), default=None)


_SERVICE = next(category.label for category in CATEGORIES if category.id == "service")

_HANDLING = ("reopened_at", "received_at", "receipt_due")
_REGRADED = ("regraded_at", "original_urgency")
_RECEIPT, _ROUTING = Text("接收", "Receipt"), Text("流转", "Routing")

RECEIVED = Moment(_RECEIPT, _received, _HANDLING)
ROUTED = Moment(_ROUTING, _routed, ("reopened_at", "routed_at"))
FIRST_STEP_RECEIVED = Moment(_RECEIPT, _first_step(_received), (*_HANDLING, *_REGRADED))
FIRST_STEP_ROUTED = Moment(_ROUTING, _first_step(_routed), ("reopened_at", "routed_at", *_REGRADED))
UNDELIVERED = Moment(Text("收集", "Collection"), _undelivered)
REVIEWABLE = Moment(Text("送达", "Delivery"), _reviewable)
ASKED = Moment(Text("退回补充", "Request for a supplement"), _asked)
UNACKNOWLEDGED = Moment(Text("送达", "Delivery"), _unacknowledged)
UNDISCUSSED = Moment(Text("受理", "Acceptance"), _undiscussed)
SUBMITTED = Moment(Text("提交分析", "Submission of the analysis"), _submitted)
CONSULTED = Moment(Text("提出咨询", "Asking the expert"), _consulted)
ROUTABLE = Moment(Text("审核通过或退回", "Approval or return"), _routable)
UNCOORDINATED = Moment(Text("审核通过或退回", "Approval or return"), _uncoordinated)
OWED = Moment(Text("急件流转", "Fast-track routing"), _owed)
RETURN_ASKED = Moment(Text("申请退回", "Request to return"), _return_asked)
EXTENSION_ASKED = Moment(Text("申请延期", "Request for more time"), _extension_asked)
REPORTED = Moment(Text("上次处理记录", "Last line of the log"), _reported)
UNCALLED = Moment(Text("完成", "Completion"), _uncalled)
UNANSWERED = Moment(Text("办结", "Closing"), _unanswered)
TRANSFERRED = Moment(Text("移送", "Transfer"), _transferred)
FOLLOWED = Moment(Text("上次跟进", "Last follow-up"), _followed)
PLANNED = Moment(Text("跟进计划", "the follow-up plan"), _planned)
FOUND = Moment(Text("提出整改", "Finding"), _found)
TO_RECTIFY = Moment(Text("整改要求", "the rectification item"), _to_rectify)
TO_ANSWER = Moment(Text("督办要求", "the supervision order"), _to_answer)
