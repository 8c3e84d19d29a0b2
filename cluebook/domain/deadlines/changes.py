"""Due dates that change while their clocks run: pauses, extensions, another urgency, another calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from cluebook.domain.case import Case
from cluebook.domain.clue import OVER, Clue, Ground, Urgency
from cluebook.domain.deadlines.due import counted, moment_of, reckoned, start_on
from cluebook.domain.deadlines.limits import Allowance, Clocks, limit_for
from cluebook.domain.deadlines.pauses import ended, open_pause
from cluebook.domain.deadlines.table import DEADLINES
from cluebook.domain.records import Pause
from cluebook.domain.workdays import add_workdays, workdays_between


def resumed(case: Case, at: datetime, clocks: Clocks) -> Case:
    """Return the case with its open pause over, and every due date that it stopped moved on.

    A date moves by the working days between the day on which its clock stopped and the day on which it runs
    again, so that as many are left as were left then (T03, T10, T23, T26).
    """
    pause = open_pause(case)
    if pause is None:
        return case
    over = ended(pause, at, clocks)
    case = case.with_last(over)
    clue, days = case.clue, over.days or 0
    moved: dict[str, Any] = {"suspended_days": sum(each.days or 0 for each in case.all(Pause))}
    for field in _stopped_by(over, clue) if days else ():
        if due := getattr(clue, field):
            moved[field] = add_workdays(due, days, clocks.calendar)
    return replace(case, clue=replace(clue, **moved))


def regraded(case: Case, urgency: Urgency, ground: Ground | None, at: datetime, clocks: Clocks) -> Clue:
    """Return the clue with another urgency and the due dates that follow; what is used up stays used up (T24)."""
    clue = replace(
        case.clue,
        urgency=urgency,
        ground=ground or case.clue.ground,
        original_urgency=case.clue.original_urgency or case.clue.urgency,
        regraded_at=case.clue.regraded_at or at,
    )
    return recomputed(replace(case, clue=clue), clocks)


def recomputed(case: Case, clocks: Clocks, *, on: date | None = None) -> Clue:
    """Return the clue with the due dates of its running clocks reckoned anew (H12).

    Each counts from where its clock started, with the working days it stood still, by the limits in force
    then, or `on` another day. An extension keeps its working days.
    """
    clue = case.clue
    if clue.stage in OVER:
        return clue
    found: dict[str, Any] = {
        deadline.due_field or "": reckoned(deadline, case, clocks, on)
        for deadline in _KEPT
        if getattr(clue, deadline.ends or "", None) is None and moment_of(deadline, case, clocks)
    }
    if "completion_due" in found:
        found |= _of_completion(clue, found["completion_due"], clocks)
    return replace(clue, **found)


def extended(clue: Clue, until: date) -> Clue:
    """Return the clue with its completion due later; the first date is kept for assessment (H13)."""
    return replace(
        clue,
        original_due=clue.original_due or clue.completion_due,
        completion_due=until,
        expected_on=until,
        extensions=(clue.extensions or 0) + 1,
    )


def latest_extension(case: Case, clocks: Clocks) -> date | None:
    """Return the last day to which completion may be extended; ``None`` when nothing limits it (H13)."""
    first, start = case.clue.original_due or case.clue.completion_due, start_on("completion", case, clocks)
    allowance = limit_for("completion", case.clue, clocks, start) if start else None
    if first is None or allowance is None:
        return None
    more = allowance.days * case.settings.extension_share // 100
    return counted(first, Allowance(more, allowance.unit), clocks)


_KEPT = tuple(d for d in DEADLINES.values() if d.due_field and d.starts)


def _stopped_by(pause: Pause, clue: Clue) -> list[str]:
    """Return the columns with due dates that a pause moves on."""
    stopped = [
        deadline.due_field
        for deadline in _KEPT
        if pause.kind in deadline.paused_by and getattr(clue, deadline.ends or "", None) is None
    ]
    with_completion = ["original_due", "expected_on"] if "completion_due" in stopped else []
    return [field for field in stopped if field] + with_completion


def _of_completion(clue: Clue, due: date | None, clocks: Clocks) -> dict[str, date | None]:
    """Return the columns of completion around its due date: the extension and the promise follow it."""
    was, original = clue.completion_due, clue.original_due
    now = due
    if due and was and original:
        now = add_workdays(due, max(0, workdays_between(original, was, clocks.calendar)), clocks.calendar)
    promise = clue.expected_on
    if promise and now and (promise == was or promise > now):
        promise = now
    return {"completion_due": now, "original_due": due if original else None, "expected_on": promise}
