"""Deadlines of open clues: who is late, every computed column, and due dates beside another library's.

The engine ``reading`` is to read the same number of clues from a ledger, which each command does before it reckons.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from benches.figure import Figure, Run, figure_of, run  # noqa: E402 - found by the line above

SMALL, CLUES = 10_000, 100_000
ROUNDS = 3
_DAY = date(2026, 11, 24)
_JOBS = {"cluebook": ("late", "columns", "dates"), "reading": ("late",), "chinesecalendar": ("dates",)}
_CASES = {
    "late": "who is late, {clues} open clues",
    "columns": "every computed column, {clues} open clues",
    "dates": "{clues} due dates",
}


def figures(clues: int = CLUES) -> list[Figure]:
    """Measure so many clues with each engine, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "ledger.xlsx"
        run([str(ROOT / "scripts" / "benches" / "large.py"), str(ledger), str(clues)])
        runs: dict[tuple[str, str], list[Run]] = {}
        for engine, jobs in _JOBS.items():
            for _ in range(1 if engine == "reading" else ROUNDS):
                _, peak, printed = run([__file__, engine, str(ledger), str(clues)])
                for job, seconds in zip(jobs, json.loads(printed), strict=True):
                    runs.setdefault((job, engine), []).append((seconds, peak))
    ours = {
        job: statistics.median(seconds for seconds, _ in held)
        for (job, engine), held in runs.items()
        if engine == "cluebook"
    }
    return [
        figure_of(_CASES[job].format(clues=clues), engine, held, ours[job])
        for (job, engine), held in runs.items()
    ]


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _ours(count: int) -> list[float]:
    from cluebook.actions.office import clocks_of_ledger
    from cluebook.domain.deadlines import overdue, standing
    from cluebook.domain.workdays import add_workdays
    from cluebook.founding import starting_rows
    from cluebook.ledger.ledger import ledger_of

    clocks = clocks_of_ledger(ledger_of(starting_rows("zh", "Bench", _DAY), "zh"))
    clues, starts = _open_clues(count), _starts(count)
    return [
        _timed(lambda: [overdue(clue, clocks, _DAY) for clue in clues]),
        _timed(lambda: [standing(clue, clocks, _DAY) for clue in clues]),
        _timed(lambda: [add_workdays(start, 15, clocks.calendar) for start in starts]),
    ]


def _reading(ledger: Path) -> list[float]:
    from cluebook.books.file import FileBook
    from cluebook.domain.clue import Clue
    from cluebook.ledger import sheets

    return [_timed(lambda: sheets.read(FileBook(ledger)).records(Clue))]


def _peer(count: int) -> list[float]:
    from chinese_calendar import find_workday

    starts = _starts(count)
    return [_timed(lambda: [find_workday(15, start) for start in starts])]


def _starts(count: int) -> list[date]:
    chance = random.Random(1)  # noqa: S311 - sample data
    return [date(2026, 1, 5) + timedelta(days=chance.randrange(300)) for _ in range(count)]


def _open_clues(count: int) -> list[Any]:
    """Return clues at every stage at which a department can be late, and as many on their way there."""
    from cluebook.domain.clue import Clue, Stage, Urgency

    chance, found = random.Random(1), []  # noqa: S311 - sample data
    for n in range(count):
        at = datetime(2026, 9, 1, 9, 0) + timedelta(minutes=chance.randrange(110_000))
        stage = chance.choice(
            (Stage.REGISTERED, Stage.ACCEPTED, Stage.ROUTED, Stage.IN_HANDLING, Stage.IN_HANDLING)
        )
        known: dict[str, Any] = {"delivered_at": at}
        if stage in {Stage.ROUTED, Stage.IN_HANDLING}:
            known |= {"reviewed_at": at, "approved_at": at, "routed_at": at, "receipt_due": at.date()}
        if stage is Stage.IN_HANDLING:
            due = at.date() + timedelta(days=21)
            known |= {
                "received_at": at,
                "completion_due": due,
                "milestone_due": at.date() + timedelta(days=4),
            }
        found.append(Clue(number=f"XS-{n}", stage=stage, urgency=chance.choice(list(Urgency)), **known))
    return found


def _measured(engine: str, ledger: Path, count: int) -> list[float]:
    if engine == "reading":
        return _reading(ledger)
    return _ours(count) if engine == "cluebook" else _peer(count)


if __name__ == "__main__":
    print(json.dumps(_measured(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
