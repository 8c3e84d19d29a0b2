"""The date on which a deadline of a clue is due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from cluebook.domain.clue import Clue
from cluebook.domain.deadlines.limits import Clocks, limit_for
from cluebook.domain.deadlines.table import DEADLINES
from cluebook.domain.office import DayUnit
from cluebook.domain.workdays import add_workdays, days_later, starting_day

Moments = Mapping[str, datetime]
"""Moments that are written down beside the clue, such as ``submitted_at`` of its analysis."""

NO_MOMENTS: Moments = MappingProxyType({})


def start_on(deadline_id: str, clue: Clue, clocks: Clocks, moments: Moments = NO_MOMENTS) -> date | None:
    """Return the day from which a deadline counts, itself not counted; ``None`` before its clock starts."""
    deadline = DEADLINES[deadline_id]
    at: datetime | None = moments.get(deadline.starts) or getattr(clue, deadline.starts, None)
    if at is None:
        return None
    start = starting_day(at, clocks.calendar, clocks.cutoff)
    latest: date | None = getattr(clue, deadline.no_later_than) if deadline.no_later_than else None
    return min(start, latest) if latest else start


def reckon(deadline_id: str, clue: Clue, clocks: Clocks, moments: Moments = NO_MOMENTS) -> date | None:
    """Return when a deadline is due by the limits in force when its clock started.

    Whatever the due column holds is not looked at: this is the date to put there. ``None`` when the
    clock has not started, or no limit is set.
    """
    start = start_on(deadline_id, clue, clocks, moments)
    allowance = None if start is None else limit_for(deadline_id, clue, clocks, start)
    if start is None or allowance is None:
        return None
    if allowance.unit is DayUnit.WORKING:
        return add_workdays(start, allowance.days, clocks.calendar)
    # A term that ends on a day off ends with the next working day (民法典 第二百零三条).
    return add_workdays(days_later(start, allowance.days), 0, clocks.calendar)


def due_on(deadline_id: str, clue: Clue, clocks: Clocks, moments: Moments = NO_MOMENTS) -> date | None:
    """Return when a deadline of a clue is due.

    The clue's own due column wins, so that a limit changed later moves no clock that runs (H12).
    """
    column = DEADLINES[deadline_id].due_field
    kept: date | None = getattr(clue, column) if column else None
    return kept or reckon(deadline_id, clue, clocks, moments)
