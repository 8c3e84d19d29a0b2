"""What a case must hold before it goes into the archive (procedure A1)."""

from __future__ import annotations

from collections.abc import Iterator

from cluebook.domain.case import Case
from cluebook.domain.records import (
    Extension,
    HandlingPlan,
    Material,
    MaterialKind,
    Reply,
    ReplyOutcome,
    Transfer,
)

FIVE = (
    MaterialKind.COLLECTION,
    MaterialKind.ANALYSIS,
    MaterialKind.SLIP,
    MaterialKind.HANDLING,
    MaterialKind.FEEDBACK,
)
"""The kinds every case has."""


def required(case: Case) -> Iterator[MaterialKind]:
    """Yield the kinds a case must hold: the five, and those that its own course calls for."""
    yield from FIVE
    if any(plan.submitted_at for plan in case.all(HandlingPlan)):
        yield MaterialKind.PLAN
    if any(meeting.decisions for meeting in case.meetings):
        yield MaterialKind.MINUTES
    if any(extension.decision for extension in case.all(Extension)):
        yield MaterialKind.EXTENSION
    if case.all(Transfer):
        yield MaterialKind.TRANSFER
    if any(reply.outcome is ReplyOutcome.SENT for reply in case.all(Reply)):
        yield MaterialKind.REPLY


def lacking_materials(case: Case) -> list[MaterialKind]:
    """Return the kinds that are neither there nor excused with a reason."""
    there = {material.kind for material in case.all(Material)}
    return [kind for kind in required(case) if kind not in there]
