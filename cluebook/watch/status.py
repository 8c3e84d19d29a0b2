"""How the watch stands: what it did last, what comes next, and whether it runs at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cluebook import config
from cluebook.books.lock import held
from cluebook.watch.jobs import JOBS, Job, timetables
from cluebook.watch.memory import Ran, recall
from cluebook.watch.round import facts_of, is_idle
from cluebook.watch.timing import Past, Timetable, missed, next_run


@dataclass(frozen=True, slots=True)
class Line:
    """One job: its times, how it went last, what it missed, and when it runs next if the watch is awake then."""

    job: Job
    timetable: Timetable
    last: Ran | None
    missed: datetime | None
    coming: datetime | None


@dataclass(frozen=True, slots=True)
class Status:
    """How the watch stands.

    Attributes:
        running: whether a watch holds its place over the ledger now.
        looked: when it was last looked what is due.
        lines: the jobs.
        trouble: why the last look could not even tell what is due, if it could not.
    """

    running: bool
    looked: datetime | None
    lines: tuple[Line, ...]
    trouble: Ran | None

    @property
    def is_sound(self) -> bool:
        """Whether the last run of every job went well, or goes on, and none was missed."""
        bad = {"failed"} if self.running else {"failed", "began"}
        return self.trouble is None and not any(
            line.missed or (line.last and line.last.result in bad) for line in self.lines
        )


def status_of(path: Path, now: datetime) -> Status:
    """Return how the watch over a ledger stands.

    Raises:
        CluebookError: the ledger, the settings file or the memory cannot be read.
    """
    folder = config.read(path.parent)
    facts, memory = facts_of(path), recall(folder.log)
    lines = []
    for job, table in timetables(folder).items():
        past = memory.past.get(job, Past())
        late = None if is_idle(JOBS[job], path, folder) else missed(table, past, now, facts.calendar)
        coming = next_run(table, past, now, facts.calendar, facts.hours)
        lines.append(Line(JOBS[job], table, memory.last.get(job), late, coming))
    looked = memory.looked if memory.looked > datetime.min else None
    with held(path, "watch") as free:
        return Status(not free, looked, tuple(lines), memory.trouble)
