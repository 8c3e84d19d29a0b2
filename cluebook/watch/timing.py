"""When a job of the watch is due: from its times, what was done before, the moment and the calendar alone.

An appointment is one time of a job on one working day. Each is kept at most once, whatever the clock does; of several
that were missed only the last is made up for; and nothing happens on a day off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cluebook.domain.workdays import Calendar, add_workdays, days_later, is_workday

RETRY = timedelta(hours=1)
"""After so long a job that failed is tried again."""

IN_TIME = timedelta(hours=1)
"""For so long after its time a job is in time; what is later is made up for in working hours only."""

_LONGEST_LOOK = 400  # days; in a year without a single working day there is no appointment


@dataclass(frozen=True, slots=True)
class Timetable:
    """The times of one job: on each working day, or on the first of each month only; without any it is off."""

    job: str
    times: tuple[time, ...]
    monthly: bool = False


@dataclass(frozen=True, slots=True)
class Past:
    """What is remembered of a job.

    Attributes:
        kept: the appointments that were kept, in the order in which they were.
        failed: the appointment that failed last, if it was not kept since, and when it was tried.
    """

    kept: tuple[datetime, ...] = ()
    failed: tuple[datetime, datetime] | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """When the office begins and ends its working day."""

    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class Due:
    """A job that is to run now, and the appointment it keeps."""

    job: str
    appointment: datetime


NEVER = Past()


def due_jobs(
    timetables: Iterable[Timetable],
    past: Mapping[str, Past],
    now: datetime,
    calendar: Calendar,
    hours: Hours | None = None,
) -> list[Due]:
    """Return the jobs that are to run now, in their order.

    Args:
        timetables: the times of every job.
        past: what is remembered of each, by its name.
        now: the moment, by the clock on the wall.
        calendar: the working days.
        hours: the working hours; without them what was missed is made up for at any hour.
    """
    if not is_workday(now.date(), calendar):
        return []
    return [
        Due(each.job, owed)
        for each in timetables
        if (owed := _owed(each, past.get(each.job, NEVER), now, calendar))
        and _may_run(owed, past.get(each.job, NEVER), now, hours)
    ]


def next_run(
    timetable: Timetable, past: Past, now: datetime, calendar: Calendar, hours: Hours
) -> datetime | None:
    """Return when a job runs next if the watch is awake then: now, if it is due; ``None`` for one that is off."""
    coming = _next_appointment(timetable, now, calendar)
    owed = _owed(timetable, past, now, calendar)
    if owed is None:
        return coming
    at = now
    if past.failed and past.failed[0] == owed and past.failed[1] <= now:
        at = max(now, past.failed[1] + RETRY)
    if not (is_workday(at.date(), calendar) and _is_hour(owed, at, hours)):
        passed = at.time() > hours.ends
        day = add_workdays(days_later(at.date(), 1) if passed else at.date(), 0, calendar)
        at = datetime.combine(day, hours.starts)
    return min(at, coming) if coming else at


def missed(timetable: Timetable, past: Past, now: datetime, calendar: Calendar) -> datetime | None:
    """Return the last appointment that was not kept although its time is long past, of a job that ever kept one."""
    owed = _owed(timetable, past, now, calendar) if past.kept else None
    return owed if owed and now - owed >= IN_TIME else None


def _owed(timetable: Timetable, past: Past, now: datetime, calendar: Calendar) -> datetime | None:
    """Return the last appointment up to now unless it, or a later one up to now, was kept.

    What was kept after now was kept by a clock that has been put back since, and does not count.
    """
    last = _last_appointment(timetable, now, calendar)
    return None if last is None or any(last <= kept <= now for kept in past.kept) else last


def _may_run(owed: datetime, past: Past, now: datetime, hours: Hours | None) -> bool:
    if hours and not _is_hour(owed, now, hours):
        return False
    if past.failed is None or past.failed[0] != owed:
        return True
    return not timedelta(0) <= now - past.failed[1] < RETRY


def _is_hour(owed: datetime, now: datetime, hours: Hours) -> bool:
    return now - owed < IN_TIME or hours.starts <= now.time() <= hours.ends


def _last_appointment(timetable: Timetable, now: datetime, calendar: Calendar) -> datetime | None:
    for back in range(_LONGEST_LOOK):
        day = _days_earlier(now.date(), back)
        passed = [at for at in _on(timetable, day, calendar) if at <= now]
        if passed:
            return max(passed)
    return None


def _next_appointment(timetable: Timetable, now: datetime, calendar: Calendar) -> datetime | None:
    for ahead in range(_LONGEST_LOOK):
        coming = [at for at in _on(timetable, days_later(now.date(), ahead), calendar) if at > now]
        if coming:
            return min(coming)
    return None


def _on(timetable: Timetable, day: date, calendar: Calendar) -> list[datetime]:
    """Return the appointments of one day."""
    if not timetable.times or not is_workday(day, calendar):
        return []
    if timetable.monthly and add_workdays(day.replace(day=1), 0, calendar) != day:
        return []
    return [datetime.combine(day, at) for at in timetable.times]


def _days_earlier(day: date, days: int) -> date:
    """Return the date so many days of any kind before `day`."""
    return date.fromordinal(max(day.toordinal() - days, 1))
