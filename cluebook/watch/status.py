"""How the watch stands: what it did last, what comes next, and whether it runs at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cluebook import config
from cluebook.books.lock import held
from cluebook.watch.jobs import JOBS, Job, timetables
from cluebook.watch.memory import Ran, recall
from cluebook.watch.round import facts_of
from cluebook.watch.timing import Past, Timetable, next_run


@dataclass(frozen=True, slots=True)
class Line:
    """One job: its times, how it went last, and when it runs next if the watch is awake then."""

    job: Job
    timetable: Timetable
    last: Ran | None
    coming: datetime | None


@dataclass(frozen=True, slots=True)
class Status:
    """How the watch stands.

    Attributes:
        running: whether a watch holds its place over the ledger now.
        lines: the jobs.
        trouble: why the last look could not even tell what is due, if it could not.
    """

    running: bool
    lines: tuple[Line, ...]
    trouble: Ran | None

    @property
    def is_sound(self) -> bool:
        """Whether the last run of every job went well, or goes on."""
        bad = {"failed"} if self.running else {"failed", "began"}
        return self.trouble is None and not any(line.last and line.last.result in bad for line in self.lines)


def status_of(path: Path, now: datetime) -> Status:
    """Return how the watch over a ledger stands.

    Raises:
        CluebookError: the ledger, the settings file or the memory cannot be read.
    """
    folder = config.read(path.parent)
    facts, memory = facts_of(path), recall(folder.log)
    lines = [
        Line(JOBS[job], table, memory.last.get(job), coming)
        for job, table in timetables(folder).items()
        for coming in [next_run(table, memory.past.get(job, Past()), now, facts.calendar, facts.hours)]
    ]
    with held(path, "watch") as free:
        return Status(not free, tuple(lines), memory.trouble)
