"""Which clocks of a clue run, what is late now, and what was met late (procedure 3.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cluebook.domain.case import Case
from cluebook.domain.clue import OVER, Clue, Stage
from cluebook.domain.deadlines.due import About, case_about, due_of
from cluebook.domain.deadlines.limits import Clocks
from cluebook.domain.deadlines.moments import Moment
from cluebook.domain.deadlines.table import DEADLINES, Deadline
from cluebook.domain.workdays import days_over

Running = tuple[Deadline, date | None]
"""A deadline whose clock runs and when it is due; without a date when start or limit are not known."""


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


def running(about: About, clocks: Clocks) -> list[Running]:
    """Return the deadlines whose clocks run, in the order of the procedure, those that come again among them."""
    case = case_about(about)
    return _of(_OF_STAGE[case.clue.stage or Stage.DRAFT], case, clocks)


def named_running(about: About, clocks: Clocks) -> list[Running]:
    """Return those of the four kinds for which a clue can be overdue."""
    case = case_about(about)
    return _of(_NAMED_OF_STAGE[case.clue.stage or Stage.DRAFT], case, clocks)


def ahead(case: Case, clocks: Clocks) -> list[Running]:
    """Return the deadlines whose clocks run and that stand on the way of the clue."""
    return _of(_AHEAD_OF_STAGE[case.clue.stage or Stage.DRAFT], case, clocks)


def overdue(clue: Clue, clocks: Clocks, today: date) -> tuple[Lateness, ...]:
    """Return the deadlines of the four kinds that a clue has missed, in the order of the procedure.

    What is closed, handed over or paused is not late. Nothing but the columns `LATENESS_FIELDS` of the
    clue is looked at.
    """
    named = _NAMED_OF_STAGE[clue.stage or Stage.DRAFT]
    return late(_of(named, Case(clue=clue), clocks), clocks, today) if named else ()


def late(running_now: Iterable[Running], clocks: Clocks, today: date) -> tuple[Lateness, ...]:
    """Return which of the running deadlines of the four kinds are missed."""
    return tuple(
        Lateness(deadline.id, due, days)
        for deadline, due in running_now
        if deadline.overdue and due and (days := days_over(due, today, clocks.calendar))
    )


def met_late(clue: Clue, clocks: Clocks) -> tuple[Lateness, ...]:
    """Return the deadlines of the four kinds that were met, but late; this is known for good."""
    case, found = Case(clue=clue), []
    for deadline in _NAMED:
        met, due = getattr(clue, deadline.ends or ""), due_of(deadline, case, clocks)
        if met and due and (days := days_over(due, met.date(), clocks.calendar)):
            found.append(Lateness(deadline.id, due, days))
    return tuple(found)


def _of(deadlines: Iterable[Deadline], case: Case, clocks: Clocks) -> list[Running]:
    clue, found = case.clue, []
    for deadline in deadlines:
        if deadline.ends and getattr(clue, deadline.ends) is not None:
            continue
        due = due_of(deadline, case, clocks)
        if due or deadline.ends:
            found.append((deadline, due))
    return found


def _fields(deadline: Deadline) -> set[str]:
    """Return the columns of the clue from which its lateness for a deadline follows."""
    starts = (deadline.starts, deadline.from_routing)
    named = {deadline.ends, deadline.due_field}
    named |= {start for start in starts if isinstance(start, str)}
    named |= {field for start in starts if isinstance(start, Moment) for field in start.fields}
    return {field for field in named if field}


_NAMED = tuple(d for d in DEADLINES.values() if d.overdue and d.ends)
_OF_STAGE = {stage: tuple(d for d in DEADLINES.values() if stage in d.stages) for stage in Stage}
_AHEAD_OF_STAGE = {stage: tuple(d for d in held if not d.recurs) for stage, held in _OF_STAGE.items()}
_NAMED_OF_STAGE = {stage: tuple(d for d in held if d.overdue) for stage, held in _OF_STAGE.items()}

RESTING = tuple(stage for stage in Stage if stage in OVER and not _OF_STAGE[stage])
"""The stages at which no clock runs and no computed column changes any more."""

LATENESS_FIELDS = frozenset({"stage", "urgency", "subtype"}).union(*map(_fields, _NAMED))
"""The columns of the clue that `overdue` looks at."""
