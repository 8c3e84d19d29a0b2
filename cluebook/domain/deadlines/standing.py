"""How a clue stands to its deadlines: what comes next, what is late, the computed columns (procedure, G2)."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from operator import itemgetter
from typing import Any

from cluebook.domain.clue import OVER, Clue, Stage, WarningLevel
from cluebook.domain.deadlines.due import NO_MOMENTS, Moments, due_on
from cluebook.domain.deadlines.limits import Clocks
from cluebook.domain.deadlines.table import DEADLINES, Deadline
from cluebook.domain.fields import YesNo
from cluebook.domain.workdays import is_provisional, starting_day, workdays_between
from cluebook.text import Lang, Text, join


@dataclass(frozen=True, slots=True)
class Lateness:
    """One deadline that a clue has missed.

    Attributes:
        kind: id of the deadline.
        due: when it was due.
        days: working days since, at least 1.
    """

    kind: str
    due: date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the computed columns of a clue say; each field is named as the column it fills."""

    next_step: Text | None = None
    next_due: date | None = None
    days_left: int | None = None
    warning: WarningLevel | None = None
    overdue_kind: Text | None = None
    overdue_days: int | None = None
    elapsed_days: int | None = None
    provisional: YesNo | None = None


def overdue(clue: Clue, clocks: Clocks, today: date) -> tuple[Lateness, ...]:
    """Return the deadlines of the four kinds that a clue has missed, in the order of the procedure.

    A clue is late once a working day has gone by after the due date; a day off counts with the
    working day before it. What is closed, handed over or paused is not late.
    """
    return _late(_running(clue, clocks, NO_MOMENTS), clocks, today)


def standing(clue: Clue, clocks: Clocks, today: date, moments: Moments = NO_MOMENTS) -> Standing:
    """Return how a clue stands today."""
    running = _running(clue, clocks, moments)
    late = _late(running, clocks, today)
    step, due = _following(running)
    left = workdays_between(today, due, clocks.calendar) if due else None
    kinds = [text for miss in late if (text := DEADLINES[miss.kind].overdue)]
    return Standing(
        next_step=step.text if step else None,
        next_due=due,
        days_left=left,
        warning=None if left is None else _warning(left),
        overdue_kind=join(kinds) if kinds else None,
        overdue_days=max((miss.days for miss in late), default=None),
        elapsed_days=_elapsed(clue, clocks, today),
        provisional=_provisional(running, clocks, today),
    )


def with_standing(clue: Clue, clocks: Clocks, today: date, lang: Lang, moments: Moments = NO_MOMENTS) -> Clue:
    """Return the clue with its computed columns filled, the very same clue when nothing changes."""
    now = standing(clue, clocks, today, moments)
    cells: dict[str, Any] = {name: _in(getattr(now, name), lang) for name in _COLUMNS}
    if all(getattr(clue, name) == cell for name, cell in cells.items()):
        return clue
    return replace(clue, **cells)


_Running = tuple[Deadline, date | None]
"""A deadline whose clock runs and when it is due; without a date when start or limit are not known."""

_COLUMNS = tuple(f.name for f in fields(Standing))
_OF_STAGE = {stage: tuple(d for d in DEADLINES.values() if stage in d.stages) for stage in Stage}

RESTING = tuple(stage for stage in Stage if stage in OVER and not _OF_STAGE[stage])
"""The stages at which no clock runs and no computed column changes any more."""


def _running(clue: Clue, clocks: Clocks, moments: Moments) -> list[_Running]:
    """Return the deadlines that the clue's stage and dates leave open, in the order of the procedure."""
    return [
        (deadline, due_on(deadline.id, clue, clocks, moments))
        for deadline in (_OF_STAGE[clue.stage] if clue.stage else ())
        if getattr(clue, deadline.ends) is None
    ]


def _following(running: list[_Running]) -> tuple[Deadline | None, date | None]:
    """Return the deadline that comes first; one without a date is named only where it is the only one."""
    dated = [(due, deadline) for deadline, due in running if due]
    if dated:
        due, deadline = min(dated, key=itemgetter(0))
        return deadline, due
    return running[0] if len(running) == 1 else (None, None)


def _late(running: list[_Running], clocks: Clocks, today: date) -> tuple[Lateness, ...]:
    return tuple(
        Lateness(deadline.id, due, days)
        for deadline, due in running
        if deadline.overdue and due and (days := workdays_between(due, today, clocks.calendar)) > 0
    )


def _warning(left: int) -> WarningLevel:
    if left < 0:
        return WarningLevel.RED
    if left == 0:
        return WarningLevel.ORANGE
    return WarningLevel.AMBER if left <= 2 else WarningLevel.GREEN


def _elapsed(clue: Clue, clocks: Clocks, today: date) -> int | None:
    """Return the working days since the clue came in; what ended without being closed keeps its figure."""
    began = clue.delivered_at or clue.found_at
    if began is None or (clue.stage in OVER and clue.closed_at is None):
        return clue.elapsed_days
    first = starting_day(began, clocks.calendar, clocks.cutoff)
    last = clue.closed_at.date() if clue.closed_at else today
    return max(0, workdays_between(first, last, clocks.calendar))


def _provisional(running: list[_Running], clocks: Clocks, today: date) -> YesNo | None:
    """Return whether a due date may still move with a calendar to be published; blank when none runs."""
    dues = [due for _, due in running if due]
    if not dues:
        return None
    last = max(dues)
    return YesNo.YES if is_provisional(min(today, *dues), last, clocks.calendar) else YesNo.NO


def _in(value: object, lang: Lang) -> object:
    return value.in_(lang) if isinstance(value, Text) else value
