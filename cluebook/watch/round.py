"""One look at a ledger: which jobs are due by its calendar; they are done one after the other, and remembered."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from cluebook import config, journal
from cluebook.actions.office import calendar_of_ledger, hours_of_ledger
from cluebook.books.file import FileBook
from cluebook.books.lock import held
from cluebook.books.problems import problem
from cluebook.books.saving import disk_problem
from cluebook.config import FILE, Folder
from cluebook.domain.workdays import Calendar, is_workday
from cluebook.errors import BusyError, CluebookError, DiskError, Place, Problem, RefusedError
from cluebook.ledger import sheets
from cluebook.text import Lang, Text
from cluebook.watch.jobs import JOBS, Job, Report, Round, timetables
from cluebook.watch.memory import Memory, Ran, began, ended, kept, recall, remember
from cluebook.watch.timing import Due, Hours, Past, due_jobs, next_run

PATIENCE = timedelta(minutes=10)
"""After so long a ledger that could not be read is looked at again."""

NEWS = timedelta(hours=1)
"""After so long a ledger that was changed is looked at again: its calendar may say otherwise now."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a ledger says about time."""

    calendar: Calendar
    hours: Hours
    lang: Lang


@dataclass(frozen=True, slots=True)
class Done:
    """One job as it was done: what is remembered of it, what came of it, and what kept it from being done."""

    job: Job
    ran: Ran
    report: Report
    error: CluebookError | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What a look came to: whether the office works today, and the jobs that were done."""

    working: bool
    lang: Lang
    done: tuple[Done, ...]


def look(path: Path, at: datetime, *, any_hour: bool = False) -> Look:
    """Do every job that is due, and remember it.

    Args:
        path: the ledger.
        at: the moment.
        any_hour: make up for what was missed outside of the working hours, too.

    Raises:
        CluebookError: it cannot even be told what is due; that is remembered, too.
    """
    folder = config.read(path.parent)
    memory = recall(folder.log)
    try:
        tables, facts = timetables(folder), facts_of(path)
    except CluebookError as error:
        _note_trouble(error, memory, folder, at)
        raise
    hours = None if any_hour else facts.hours
    done = []
    for due in due_jobs(tables.values(), memory.past, at, facts.calendar, hours):
        memory, each = _kept_appointment(due, memory, Round(path, folder, at))
        done += [each] if each else []
    wake = {
        job: coming
        for job, table in tables.items()
        if (coming := next_run(table, memory.past.get(job, Past()), at, facts.calendar, facts.hours))
    }
    remember(replace(memory, wake=wake, looked=at, seen=seen(path), trouble=None), folder.log)
    return Look(is_workday(at.date(), facts.calendar), facts.lang, tuple(done))


def run_job(path: Path, job: Job, at: datetime) -> Look:
    """Do one job because somebody asked for it, due or not, and remember how it went."""
    folder = config.read(path.parent)
    facts = facts_of(path)
    memory, done = _run(job, None, recall(folder.log), Round(path, folder, at))
    remember(memory, folder.log)
    return Look(is_workday(at.date(), facts.calendar), facts.lang, (done,))


def is_called_for(path: Path, at: datetime) -> bool:
    """Return whether a look may find something to do; told without reading the ledger.

    Raises:
        CluebookError: the settings file or the memory cannot be read.
    """
    folder = config.read(path.parent)
    memory = recall(folder.log)
    if memory.trouble:
        return not timedelta(0) <= at - memory.trouble.at < PATIENCE
    now, before = seen(path), memory.seen
    if now[:1] != before[:1] or (now != before and not timedelta(0) <= at - memory.looked < NEWS):
        return True
    known = [job for job in memory.wake if job in JOBS]
    return any(memory.wake[job] <= at and not is_idle(JOBS[job], path, folder) for job in known)


def is_idle(job: Job, path: Path, folder: Folder) -> bool:
    """Return whether a job surely has nothing to do; what cannot be told the job itself will say."""
    try:
        return job.is_idle(path, folder)
    except CluebookError:
        return False


def facts_of(path: Path) -> Facts:
    """Return what the ledger says about time.

    Raises:
        CluebookError: it cannot be read.
    """
    book = FileBook(path)
    with book.open():
        ledger = sheets.read(book)
        return Facts(calendar_of_ledger(ledger), Hours(*hours_of_ledger(ledger)), ledger.lang)


def seen(path: Path) -> tuple[str, ...]:
    """Return what tells whether the settings file, or the ledger, was changed."""
    files = (path.with_name(FILE), path)
    stats = [each.stat() if each.exists() else None for each in files]
    return tuple(f"{stat.st_size}:{stat.st_mtime_ns}" if stat else "" for stat in stats)


@contextlib.contextmanager
def only_watch(path: Path) -> Iterator[None]:
    """Hold the one place of watch over a ledger.

    Raises:
        BusyError: another watch holds it.
        RefusedError: its folder is not there.
        DiskError: its folder cannot be written.
    """
    with contextlib.ExitStack() as stack:
        try:
            got = stack.enter_context(held(path, "watch"))
        except FileNotFoundError:
            raise RefusedError(problem("ledger_missing", Place(file=path.name))) from None
        except OSError as error:
            raise DiskError(disk_problem(path, error)) from None
        if not got:
            wrong = Text("已有一个值守程序在看管这份台账。", "Another watch looks after this ledger.")
            fix = Text("请先结束那一个。", "End that one first.")
            raise BusyError(Problem("watch_running", Place(file=path.name), wrong, fix))
        yield


def _kept_appointment(due: Due, memory: Memory, round_: Round) -> tuple[Memory, Done | None]:
    job = JOBS[due.job]
    if is_idle(job, round_.path, round_.folder):
        return kept(memory, job.id, due.appointment), None
    return _run(job, due.appointment, memory, round_)


def _run(job: Job, appointment: datetime | None, memory: Memory, round_: Round) -> tuple[Memory, Done]:
    """Do one job; whatever goes wrong in it is kept with it and holds up no other."""
    log, at = round_.folder.log, round_.at
    memory = began(memory, job.id, appointment, at)
    remember(memory, log)
    report, error = Report(), None
    try:
        report = job.run(round_)
    except CluebookError as caught:
        error = caught
    except Exception as caught:  # noqa: BLE001 - a bug in one job must not keep the others from their work
        where = journal.keep_trace(log, at, caught)
        error = CluebookError(Problem("bug", Place(), _BUG, _SEE.fill(where=where)))
    found = error.problems if error else report.plan.problems
    result = "failed" if error else "waits" if report.waits else "done"
    codes = tuple(dict.fromkeys(each.code for each in found))
    ran = Ran(appointment, at, result, len(report.plan.done), codes)
    journal.note(log, at, f"watch {job.id} {' '.join((result, *codes))}", done=ran.done, problems=len(found))
    memory = ended(memory, job.id, ran)
    remember(memory, log)
    return memory, Done(job, ran, report, error)


def _note_trouble(error: CluebookError, memory: Memory, folder: Folder, at: datetime) -> None:
    codes = tuple(each.code for each in error.problems)
    journal.note(folder.log, at, f"watch failed {' '.join(codes)}", exit=error.exit_code)
    remember(replace(memory, trouble=Ran(None, at, "failed", 0, codes)), folder.log)


_BUG = Text("程序出错，这项任务可能没有办完。", "The program failed; this job may not have been finished.")
_SEE = Text("详情见 {where}。", "See {where}.")
