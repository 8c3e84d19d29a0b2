"""Cases for the conditions of `guards.timing`: for each step a good one, and what spoils it for each condition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from stages import APPROVED, FEEDBACK, LINE, NOW, NUMBER, clue_at

from cluebook.domain.case import case_of
from cluebook.domain.clue import Ground, Stage, Urgency
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
)

HANDLED = clue_at(Stage.IN_HANDLING)
REFUSED = Extension(clue=NUMBER, applied_at=NOW, decision=Decision.REFUSED)
APPLIED = Extension(
    clue=NUMBER,
    applicant="赵敏",
    applied_at=NOW,
    progress="已查看",
    reason="待配件",
    new_due=date(2026, 3, 31),
    decided_by="王芳",
    opinion="配件已订",
)
LATEST = date(2026, 4, 2)
WAITING = Pause(
    clue=NUMBER,
    kind=PauseKind.SUSPENSION,
    reason=PauseReason.OTHER,
    note="等待天晴",
    until=date(2026, 3, 10),
    began_at=NOW,
    approved_by="林主任",
)
ASKED = replace(case_of(HANDLED, REFUSED, APPLIED), now=NOW, latest=LATEST)

GOOD = {
    "plan": case_of(
        HANDLED, HandlingPlan(clue=NUMBER, goal="不漏", measures="换瓦", division="工程队", schedule="三天")
    ),
    "extend": ASKED,
    "extended": ASKED,
    "not_extended": ASKED,
    "suspend": replace(case_of(HANDLED, REFUSED, WAITING), now=NOW, latest=date(2026, 4, 15)),
    "resume": replace(case_of(clue_at(Stage.SUSPENDED), replace(WAITING, ended_at=NOW)), now=NOW),
    "regrade": case_of(replace(HANDLED, urgency=Urgency.URGENT, ground=Ground.ACT_NOW)),
    "redo": case_of(clue_at(Stage.FED_BACK), APPROVED, LINE, replace(FEEDBACK, opinion="未说明原因")),
    "reopen": case_of(
        clue_at(Stage.CLOSED), Reopening(clue=NUMBER, reason=ReopeningReason.NEW_FACTS, approved_by="林主任")
    ),
}
COMPLETED = datetime(2026, 3, 4, 9)


def _clue(**changes):
    return lambda case: replace(case, clue=replace(case.clue, **changes))


def _last(record, **changes):
    return lambda case: case.with_last(replace(case.last(record), **changes))


def _undecided(case):
    return replace(case, written={**case.written, Extension: (replace(REFUSED, decision=None), APPLIED)})


SPOILT = {
    **{
        ("plan", f"{part}_missing"): _last(HandlingPlan, **{part: " "})
        for part in ("goal", "measures", "division", "schedule")
    },
    ("extend", "already_completed"): _clue(completed_at=COMPLETED),
    ("extend", "extension_too_late"): lambda case: replace(case, now=datetime(2026, 3, 25, 8)),
    ("extend", "extensions_spent"): _clue(extensions=1),
    ("extend", "extension_undecided"): _undecided,
    ("extend", "progress_missing"): _last(Extension, progress=None),
    ("extend", "reason_missing"): _last(Extension, reason=None),
    ("extend", "new_due_missing"): _last(Extension, new_due=None),
    **{
        (step, "extension_not_later"): _last(Extension, new_due=date(2026, 3, 24))
        for step in ("extend", "extended")
    },
    **{
        (step, "extension_too_long"): _last(Extension, new_due=date(2026, 4, 3))
        for step in ("extend", "extended")
    },
    **{
        (step, "decider_is_applicant"): _last(Extension, decided_by="赵敏")
        for step in ("extended", "not_extended")
    },
    ("not_extended", "opinion_missing"): _last(Extension, opinion=None),
    ("suspend", "already_completed"): _clue(completed_at=COMPLETED),
    ("suspend", "extension_undecided"): _last(Extension, decision=None),
    ("suspend", "reason_missing"): _last(Pause, reason=None),
    ("suspend", "note_missing"): _last(Pause, note=None),
    ("suspend", "until_missing"): _last(Pause, until=None),
    ("suspend", "until_not_ahead"): _last(Pause, until=NOW.date()),
    ("suspend", "suspension_too_long"): _last(Pause, until=date(2026, 4, 16)),
    ("suspend", "approved_by_missing"): _last(Pause, approved_by=None),
    ("reroute", "extension_undecided"): lambda case: case.with_new(replace(REFUSED, decision=None)),
    ("resume", "pause_unknown"): _last(Pause, ended_at=COMPLETED),
    ("regrade", "urgent_without_ground"): _clue(ground=Ground.KEY_CUSTOMER),
    ("redo", "opinion_missing"): _last(Feedback, opinion=None),
    ("reopen", "reason_missing"): _last(Reopening, reason=None),
    ("reopen", "approved_by_missing"): _last(Reopening, approved_by=None),
}
