"""An action, or the carrying out of what waits, whose process dies or whose disk fails at each of its steps.

Usage: performs.py OFFICE SCRATCH accept|replay|route kill|full [EVERY]. Prints one JSON object a step: how it ended, what
verifying found afterwards, and what the office holds when the work is done after all.
"""

# ruff: noqa: E402, T201 - a program of its own, which finds the project first and answers on standard output
from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "entry"), str(HERE.parent / "books"), str(HERE.parents[1])]

from faults import STEPS, failing
from offices import FIRST_DAY, file_of, ledger_at, press, review_of, routing_of

from cluebook import config, waiting
from cluebook.actions import ACTIONS
from cluebook.books.file import FileBook
from cluebook.domain.clue import Clue
from cluebook.domain.records import Event, HandlingLine
from cluebook.errors import CluebookError
from cluebook.ledger.plan import Stamp
from cluebook.perform import Pick, Request
from cluebook.verification import verified

ENTRY, HANDLED = "T-2026-00003", "XS-2026-YW-0002"


def ended(office: Path, work: Callable[[Path], None], step: int, how: str) -> int:
    """Work in a process of its own whose nth step fails; return its exit code, without a fault its steps."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    count = [0]
    for name in STEPS:
        setattr(os, name, failing(getattr(os, name), count, step, how))
    try:
        work(office)
    except CluebookError as error:
        os._exit(error.exit_code)
    except BaseException:  # noqa: BLE001
        os._exit(99)
    os._exit(count[0] if how == "count" else 0)


def accept(office: Path) -> None:
    press(office, "accept", ENTRY, fills=review_of("zh"))


def replay(office: Path) -> None:
    waiting.replay(FileBook(file_of(office)), config.read(office))


def route(office: Path) -> None:
    press(office, "route", HANDLED, fills=routing_of("zh"))


def prepare(office: Path, what: str) -> None:
    """Make what the work is done on: for a replay, a clue in handling and two lines about it that wait."""
    if what != "replay":
        return
    for name in ("A", "B"):
        line = HandlingLine(measures=f"措施{name}", communication="无", resolution="无")
        stamp = Stamp(datetime(2026, 3, 3, 9), name)
        request = Request(ACTIONS["log"], Pick((HANDLED,)), stamp, options={"line": line})
        waiting.queue(request, file_of(office).name, config.read(office))


def found(office: Path) -> list[str]:
    verdict = verified(FileBook(file_of(office)))
    return [problem.code for problem in (*verdict.trail, *verdict.by_hand)]


def afterwards(office: Path, what: str) -> list[str]:
    """Do what is left to do, and return what the office holds then: the numbers given, or the lines written."""
    if what == "replay":
        replay(office)
        return [line.measures or "" for line in ledger_at(office).records(HandlingLine)]
    if what == "route":
        return routed(office)
    held = ledger_at(office)
    left = [c.entry_no or "" for c in held.records(Clue) if c.entry_no and not c.number]
    press(office, "accept", *left, fills=review_of("zh"), at=FIRST_DAY)
    return sorted(c.number or "" for c in ledger_at(office).records(Clue))


def routed(office: Path) -> list[str]:
    """Route the clue if it is not yet; return its documents on the disk, then those that the trail tells of."""
    (clue,) = [clue for clue in ledger_at(office).records(Clue) if clue.number == HANDLED]
    if clue.slip_no is None:
        route(office)
    else:
        press(office, "overdue", flag=True)
    told = [event.document for event in ledger_at(office).records(Event) if event.clue == HANDLED]
    placed = (path.name for path in (office / "documents").rglob("*") if HANDLED in path.parent.parts)
    return [*sorted(placed), "|", *sorted("\n".join(filter(None, told)).split("\n"))]


def main(source: Path, scratch: Path, what: str, how: str, every: int) -> None:
    office, work = scratch / "office", {"accept": accept, "replay": replay, "route": route}[what]
    prepare(source, what)
    shutil.copytree(source, office)
    steps = ended(office, work, 0, "count")
    for step in range(1, steps + 1, every):
        shutil.rmtree(office)
        shutil.copytree(source, office)
        code = ended(office, work, step, how)
        told = {"ended": code, "found": found(office), "held": afterwards(office, what)}
        print(json.dumps(told | {"found_then": found(office)}, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4], int(sys.argv[5]))
