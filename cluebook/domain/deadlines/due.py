"""The date on which a deadline of a clue is due."""

from __future__ import annotations

from datetime import date, datetime

from cluebook.domain.case import Case
from cluebook.domain.clue import Clue
from cluebook.domain.deadlines.limits import Allowance, Clocks, limit_for
from cluebook.domain.deadlines.moments import Moment
from cluebook.domain.deadlines.pauses import paused_days
from cluebook.domain.deadlines.table import DEADLINES, Deadline
from cluebook.domain.office import DayUnit
from cluebook.domain.workdays import (
    CountedDay,
    add_workdays,
    counted_day,
    days_later,
    event_day,
    is_workday,
    starting_day,
)

About = Clue | Case
"""A clue by itself, or with the records from which some of its clocks start and that tell of its pauses."""


def case_about(about: About) -> Case:
    """Return the case, or that of a clue of which nothing else is known."""
    return about if isinstance(about, Case) else Case(clue=about)


def start_on(deadline_id: str, about: About, clocks: Clocks) -> date | None:
    """Return the day from which a deadline counts, itself not counted; ``None`` before its clock starts."""
    at = moment_of(DEADLINES[deadline_id], case_about(about), clocks)
    return None if at is None else start_of(at, clocks)


def reckon(deadline_id: str, about: About, clocks: Clocks, *, on: date | None = None) -> date | None:
    """Return when a deadline is due by the limits in force when its clock started, or `on` another day.

    Whatever the due column holds is not looked at: this is the date to put there. ``None`` when the
    clock has not started, or no limit is set.
    """
    return reckoned(DEADLINES[deadline_id], case_about(about), clocks, on)


def reckoned(deadline: Deadline, case: Case, clocks: Clocks, on: date | None = None) -> date | None:
    """Return the same for a deadline and a case."""
    at = moment_of(deadline, case, clocks)
    if at is None:
        return None
    start = start_of(at, clocks)
    allowance = limit_for(deadline.id, case.clue, clocks, on or start)
    if allowance is None:
        return None
    paused = paused_days(case, at, deadline.paused_by)
    last = last_day(deadline, at, clocks)
    if allowance.unit is not DayUnit.WORKING:
        return min(counted(start, allowance, clocks, paused), last)
    happened = event_day(at, clocks.cutoff) if isinstance(at, datetime) else start
    return min(
        counted_day(happened, allowance.days + paused, clocks.calendar, worked=isinstance(at, datetime)), last
    )


def last_day(deadline: Deadline, at: date, clocks: Clocks) -> date:
    """Return the last working day within the calendar days that a deadline may never go beyond (C8)."""
    if deadline.within is None:
        return date.max
    happened = date(at.year, at.month, at.day)
    days = (days_later(happened, n) for n in range(deadline.within, 0, -1))
    return next(
        (day for day in days if is_workday(day, clocks.calendar)), days_later(happened, deadline.within)
    )


def due_on(deadline_id: str, about: About, clocks: Clocks) -> date | None:
    """Return when a deadline of a clue is due.

    The clue's own due column wins, so that a limit changed later moves no clock that runs (H12).
    """
    return due_of(DEADLINES[deadline_id], case_about(about), clocks)


def due_of(deadline: Deadline, case: Case, clocks: Clocks) -> date | None:
    """Return the same for a deadline and a case."""
    if deadline.due_field and (kept := getattr(case.clue, deadline.due_field)):
        # What was promised is a date, however it was counted.
        return date(kept.year, kept.month, kept.day) if isinstance(kept, CountedDay) else kept
    return (deadline.due and deadline.due.of(case)) or reckoned(deadline, case, clocks)


def due_after(deadline_id: str, about: About, clocks: Clocks, at: datetime) -> date | None:
    """Return when a deadline is due whose clock starts at a moment; ``None`` when no limit is set."""
    start = starting_day(at, clocks.calendar, clocks.cutoff)
    allowance = limit_for(deadline_id, case_about(about).clue, clocks, start)
    if allowance is None:
        return None
    return min(counted(start, allowance, clocks), last_day(DEADLINES[deadline_id], at, clocks))


def counted(start: date, allowance: Allowance, clocks: Clocks, paused: int = 0) -> date:
    """Return the day on which an allowance from `start` runs out, with the working days it stood still."""
    if allowance.unit is DayUnit.WORKING:
        return add_workdays(start, allowance.days + paused, clocks.calendar)
    # A term that ends on a day off ends with the next working day (民法典 第二百零三条).
    return add_workdays(days_later(start, allowance.days), paused, clocks.calendar)


def moment_of(deadline: Deadline, case: Case, clocks: Clocks) -> date | None:
    """Return the moment, or the day, at which the clock of a deadline starts in a case."""
    starts = (clocks.from_routing and deadline.from_routing) or deadline.starts
    if isinstance(starts, Moment):
        return starts.of(case)
    return getattr(case.clue, starts) if starts else None


def start_of(at: date, clocks: Clocks) -> date:
    """Return the day from which a clock counts that starts at a moment, or on a day."""
    return starting_day(at, clocks.calendar, clocks.cutoff) if isinstance(at, datetime) else at
