"""The time in which clocks stand still (T02, T22, T26): it counts for nobody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, time

from cluebook.domain.case import Case
from cluebook.domain.deadlines.limits import Clocks
from cluebook.domain.records import Pause, PauseKind
from cluebook.domain.workdays import starting_day, workdays_between


def paused_days(case: Case, since: date, kinds: Collection[PauseKind]) -> int:
    """Return how many working days pauses of some kinds took that began at a moment or later, and are over."""
    if not kinds or not case.clue.suspended_days:
        return 0
    began = since if isinstance(since, datetime) else datetime.combine(since, time())
    return sum(
        pause.days or 0
        for pause in case.all(Pause)
        if pause.kind in kinds and pause.ended_at and pause.began_at and pause.began_at >= began
    )


def ended(pause: Pause, at: datetime, clocks: Clocks) -> Pause:
    """Return a pause that is over, with the working days between the day it began and the day it ended."""
    began = starting_day(pause.began_at or at, clocks.calendar, clocks.cutoff)
    last = starting_day(at, clocks.calendar, clocks.cutoff)
    return replace(pause, ended_at=at, days=max(0, workdays_between(began, last, clocks.calendar)))


def open_pause(case: Case) -> Pause | None:
    """Return the pause that a case is in."""
    pause = case.last(Pause)
    return pause if pause and pause.began_at and not pause.ended_at else None
