"""What the watch remembers from one run to the next: a small file beside the log, written whole or not at all."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from cluebook.books.saving import disk_errors, write_whole
from cluebook.watch.timing import Past

FILE = "watch.json"
_MOST_KEPT = 400
"""Appointments remembered for each job; they matter only where the clock was put back."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How the last run of a job went.

    Attributes:
        appointment: the appointment it was for; ``None`` when somebody asked for it.
        at: when it began.
        result: ``done``, ``waits`` for a ledger that is open, ``failed``, or ``began`` while it runs, and for ever
            after if the program died.
        done: how many clues it dealt with.
        problems: the codes of what went wrong.
    """

    appointment: datetime | None
    at: datetime
    result: str
    done: int = 0
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered.

    Attributes:
        past: of each job, what decides when it runs again.
        last: of each job, how its last run went.
        wake: of each job, when there may be something to do for it again.
        looked: when that was reckoned.
        seen: what settings file and ledger looked like then.
        trouble: why the watch could not even look what is due, if it could not.
    """

    past: Mapping[str, Past] = field(default_factory=dict)
    last: Mapping[str, Ran] = field(default_factory=dict)
    wake: Mapping[str, datetime] = field(default_factory=dict)
    looked: datetime = datetime.min
    seen: tuple[str, ...] = ()
    trouble: Ran | None = None


def began(memory: Memory, job: str, appointment: datetime | None, at: datetime) -> Memory:
    """Return the memory while a job runs: should the program die now, it counts as failed."""
    ran = replace(memory, last={**memory.last, job: Ran(appointment, at, "began")})
    if appointment is None:
        return ran
    past = replace(memory.past.get(job, Past()), failed=(appointment, at))
    return replace(ran, past={**memory.past, job: past})


def ended(memory: Memory, job: str, ran: Ran) -> Memory:
    """Return the memory after a job ran; what failed keeps no appointment."""
    memory = replace(memory, last={**memory.last, job: ran})
    return memory if ran.appointment is None or ran.result == "failed" else kept(memory, job, ran.appointment)


def kept(memory: Memory, job: str, appointment: datetime) -> Memory:
    """Return the memory with an appointment kept."""
    before = memory.past.get(job, Past()).kept
    past = Past((*before, appointment)[-_MOST_KEPT:])
    return replace(memory, past={**memory.past, job: past})


def recall(folder: Path) -> Memory:
    """Return what is remembered; a file that is no memory is set aside, and all begins anew.

    Raises:
        DiskError: it cannot be read.
    """
    path = folder / FILE
    with disk_errors(path):
        content = path.read_bytes() if path.exists() else b"{}"
    try:
        told = json.loads(content)
        return Memory(
            {job: _past(each) for job, each in told.get("past", {}).items()},
            {job: _ran(each) for job, each in told.get("last", {}).items()},
            {job: datetime.fromisoformat(at) for job, at in told.get("wake", {}).items()},
            datetime.fromisoformat(told.get("looked", datetime.min.isoformat())),
            tuple(map(str, told.get("seen", ()))),
            _ran(told["trouble"]) if told.get("trouble") else None,
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        with contextlib.suppress(OSError):
            path.replace(path.with_suffix(".damaged.json"))
        return Memory()


def remember(memory: Memory, folder: Path) -> None:
    """Write the memory down.

    Raises:
        DiskError: it cannot be written.
    """
    path = folder / FILE
    with disk_errors(path):
        folder.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps(asdict(memory), default=_plain, ensure_ascii=False, indent=1).encode())


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _past(told: Mapping[str, Any]) -> Past:
    failed = [datetime.fromisoformat(at) for at in told["failed"] or ()]
    return Past(
        tuple(datetime.fromisoformat(at) for at in told["kept"]), (failed[0], failed[1]) if failed else None
    )


def _ran(told: Mapping[str, Any]) -> Ran:
    appointment = told["appointment"]
    return Ran(
        datetime.fromisoformat(appointment) if appointment else None,
        datetime.fromisoformat(told["at"]),
        str(told["result"]),
        int(told["done"]),
        tuple(map(str, told["problems"])),
    )
