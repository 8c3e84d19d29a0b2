"""What the office still has to tell whoever reported a clue (procedure C8, F5, closing conditions 9 and 11)."""

from __future__ import annotations

from collections.abc import Mapping

from cluebook.domain.case import Case
from cluebook.domain.categories import CATEGORIES
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import YesNo
from cluebook.domain.records import Reply, ReplyKind, ReplyOutcome, Reporter

_ENDED: Mapping[Stage, ReplyKind] = {
    Stage.REJECTED: ReplyKind.REJECTED,
    Stage.MERGED: ReplyKind.MERGED,
    Stage.FED_BACK: ReplyKind.RESULT,
    Stage.AWAITING_MEETING: ReplyKind.RESULT,
    Stage.CLOSED: ReplyKind.RESULT,
    Stage.ARCHIVED: ReplyKind.RESULT,
}
"""What is told at the end of the way; before it, that the clue came in."""

_UNTOLD = frozenset({Stage.DRAFT, Stage.TRANSFERRED, Stage.WITHDRAWN, Stage.DISPOSED})
"""Stages at which the office owes nobody an answer: another body answers, or the reporter took it back."""

_SUGGESTION = next(category.label for category in CATEGORIES if category.id == "suggestion")


def is_reachable(reporter: Reporter | None) -> bool:
    """Return whether a reporter left any way to be told something."""
    return reporter is not None and any((reporter.phone, reporter.email, reporter.address))


def reply_due(clue: Clue) -> ReplyKind | None:
    """Return what a reporter is to be told at the stage a clue is at."""
    if clue.stage is None or clue.stage in _UNTOLD:
        return None
    kind = _ENDED.get(clue.stage, ReplyKind.ACKNOWLEDGED)
    return ReplyKind.SUGGESTION if kind is ReplyKind.RESULT and clue.subtype in _SUGGESTION else kind


def replies_owed(case: Case) -> tuple[ReplyKind, ...]:
    """Return what a reporter who can be reached, and wants to hear, has not been told yet.

    An answer counts once it was delivered, or once it is written down how often it was tried in vain.
    """
    kind, reporter = reply_due(case.clue), case.last(Reporter)
    if kind is None or reporter is None or not is_reachable(reporter) or reporter.wants_reply is YesNo.NO:
        return ()
    return () if any(is_settled(reply, kind) for reply in case.all(Reply)) else (kind,)


def is_settled(reply: Reply, kind: ReplyKind) -> bool:
    """Return whether an answer settles what is owed."""
    told = reply.outcome is ReplyOutcome.SENT
    tried = reply.outcome is ReplyOutcome.UNREACHABLE and bool((reply.attempts or "").strip())
    return reply.kind is kind and (told or tried)
