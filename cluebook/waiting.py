"""Requests that wait because the ledger was open: kept on the disk, carried out once when it is free.

Each waiting request has a ticket. The trail keeps the ticket of what was done, so that a request whose
carrying out was cut short before it left the queue is known and not done twice.
"""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cluebook import journal, keeping
from cluebook.actions import ACTIONS, Action
from cluebook.actions.registry import Picks, entry_columns
from cluebook.books.file import FileBook
from cluebook.books.lock import held
from cluebook.books.problems import problem
from cluebook.books.saving import disk_errors, write_whole
from cluebook.config import Folder
from cluebook.domain.clue import Clue
from cluebook.domain.fields import column_of
from cluebook.domain.records import Event
from cluebook.errors import BusyError, ChangedError, IntegrityError, Place, RefusedError, UsageError
from cluebook.ledger.cells import from_cell, to_cell
from cluebook.ledger.plan import Stamp
from cluebook.perform import SILENT, Outcome, Pick, Progress, Request, perform
from cluebook.text import Text

_PATIENCE = 10.0
_REDONE = 5
FILE = "requests.jsonl"
REFUSED = "refused.jsonl"


def queue(request: Request, ledger: str, folder: Folder) -> str:
    """Keep a request until the ledger of this name is free, safely on the disk, and return its ticket.

    One about the whole ledger that waits already, as the watch's does at each of its times, waits once: the later
    one takes its place, for it sees all that the earlier would have seen.
    """
    ticket = secrets.token_hex(8)
    told = {"ticket": ticket, "ledger": ledger, **_plain(request)}
    with _alone(folder):
        left = [each for each in waiting(folder) if not _is_repeated(each, request, told)]
        _keep(folder, [*left, told])
    return ticket


def _is_repeated(each: Mapping[str, Any], request: Request, told: Mapping[str, Any]) -> bool:
    """Return whether a request that waits asks for the same, only earlier; what a clerk enters twice is meant twice."""
    apart = {"ticket", "at"}
    same = all(each.get(name) == value for name, value in told.items() if name not in apart)
    return same and request.action.picks is Picks.ALL and request.pick == Pick()


def changes(request: Request) -> bool:
    """Return whether a request changes the ledger at all; a list that is only looked at need not wait."""
    return request.action.id != "overdue" or bool(request.options.get("flag"))


def waiting(folder: Folder, ledger: str | None = None) -> list[Mapping[str, Any]]:
    """Return the requests that wait, for one ledger or for all of the folder, first come first.

    Raises:
        DiskError: the queue cannot be read.
        IntegrityError: somebody wrote into it what is no request.
    """
    path = folder.queue / FILE
    with disk_errors(path):
        lines = path.read_bytes().splitlines() if path.exists() else []
    try:
        told = [json.loads(line) for line in lines]
        return [each for each in told if ledger in {None, each["ledger"]}]
    except (ValueError, KeyError, TypeError):
        raise IntegrityError(problem("queue_damaged", Place(file=FILE))) from None


def carry_out(request: Request, book: FileBook, folder: Folder, progress: Progress = SILENT) -> Outcome:
    """Carry out what waits, then a request; one that may wait is queued when the ledger is open.

    Raises:
        BusyError: the ledger is open; the fix says so when the request was queued.
        CluebookError: nothing was done; the error says why.
    """
    try:
        replay(book, folder)
        outcome = _performed(request, book, folder, progress)
    except BusyError as error:
        if not (request.action.waits and changes(request)):
            raise
        queue(request, book.name, folder)
        raise BusyError(*(replace(problem, fix=_QUEUED) for problem in error.problems)) from None
    _note(folder, request, outcome)
    return outcome


def replay(book: FileBook, folder: Folder) -> int:
    """Carry out what waits for a ledger that is free now, each request once, and return how many.

    A request that can no longer be done is set aside in a file of its own, so that it holds up no other.

    Raises:
        CluebookError: the ledger is still not free, or no ledger; what was not done waits on.
    """
    if not waiting(folder, book.name):
        return 0
    done = 0
    with book.open():
        for told in waiting(folder, book.name):
            if not _is_done(book, told["ticket"]):
                done += _replayed(told, book, folder)
            _drop(folder, told["ticket"])
    return done


def _replayed(told: Mapping[str, Any], book: FileBook, folder: Folder) -> bool:
    """Carry out one request that waited; return whether it was done, and set it aside when it was not whole."""
    try:
        request = _request(told)
        outcome = _performed(request, book, folder)
    except (UsageError, RefusedError):
        _append(folder.queue / REFUSED, told)
        journal.note(folder.log, datetime.now(), "queue", refused=1)
        return False
    if outcome.plan.problems:
        _append(folder.queue / REFUSED, told)
    _note(folder, request, outcome)
    return True


def _performed(request: Request, book: FileBook, folder: Folder, progress: Progress = SILENT) -> Outcome:
    """Carry out a request, again when somebody saved the ledger between reading and writing."""
    for _ in range(_REDONE):
        with contextlib.suppress(ChangedError):
            return perform(request, book, folder, progress)
    return perform(request, book, folder, progress)


_QUEUED = Text(
    "已排队，台账关闭后的下一次运行会补办。",
    "It waits, and is done at the next run once the ledger is closed.",
)


def _note(folder: Folder, request: Request, outcome: Outcome) -> None:
    counts = {"done": len(outcome.plan.done), "problems": len(outcome.plan.problems)}
    journal.note(folder.log, request.stamp.at, request.action.id, **counts)


def _is_done(book: FileBook, ticket: str) -> bool:
    ledger, _ = keeping.opened(book)
    return any(ticket in (event.reason or "") for event in ledger.records(Event))


def _append(path: Path, told: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    held = path.read_bytes() if path.exists() else b""
    write_whole(path, held + json.dumps(told, ensure_ascii=False).encode() + b"\n")


def _drop(folder: Folder, ticket: str) -> None:
    with _alone(folder):
        _keep(folder, [told for told in waiting(folder) if told["ticket"] != ticket])


def _keep(folder: Folder, requests: Sequence[Mapping[str, Any]]) -> None:
    folder.queue.mkdir(parents=True, exist_ok=True)
    content = "".join(json.dumps(told, ensure_ascii=False) + "\n" for told in requests)
    write_whole(folder.queue / FILE, content.encode())


@contextlib.contextmanager
def _alone(folder: Folder) -> Iterator[None]:
    """Hold the queue against every other process that adds to it or takes from it."""
    with disk_errors(folder.root), held(folder.root / FILE, "lock", _PATIENCE) as got:
        if not got:
            raise BusyError(problem("ledger_locked", Place(file=FILE)))
        yield


def _plain(request: Request) -> dict[str, Any]:
    pick, stamp = request.pick, request.stamp
    return {
        "action": request.action.id,
        "numbers": list(pick.numbers),
        "rows": list(pick.rows),
        "all": pick.all,
        "at": stamp.at.isoformat(),
        "by": stamp.by,
        "fills": {name: _cell(Clue, name, value) for name, value in request.fills.items()},
        "options": {name: _option(value) for name, value in request.options.items()},
    }


def _request(told: Mapping[str, Any]) -> Request:
    """Return a request as it was queued.

    Raises:
        RefusedError: another version queued it, or somebody changed it.
    """
    try:
        action = ACTIONS[told["action"]]
        return Request(
            action,
            Pick(tuple(told["numbers"]), tuple(told["rows"]), told["all"]),
            Stamp(datetime.fromisoformat(told["at"]), told["by"]),
            {name: _field(Clue, name, value) for name, value in told["fills"].items()},
            {name: _value(action, name, value) for name, value in told["options"].items()},
            told["ticket"],
        )
    except (KeyError, TypeError, ValueError):  # a cell that does not read is a `ValueError`, too
        raise RefusedError(problem("queue_damaged", Place(file=FILE))) from None


def _option(value: object) -> object:
    if not is_dataclass(value) or isinstance(value, type):
        return value
    held = {f.name: getattr(value, f.name) for f in fields(value)}
    return {name: _cell(type(value), name, part) for name, part in held.items() if part is not None}


def _value(action: Action, name: str, told: Any) -> Any:  # noqa: ANN401 - whatever the option takes
    record: Any = {option.name: option.type for option in action.options}[name]
    if not isinstance(told, dict):
        return told
    columns_told = [column for column in entry_columns(record) if column.name in told]
    return record(**{column.name: _field(record, column.name, told[column.name]) for column in columns_told})


def _cell(record: type, name: str, value: object) -> object:
    told = to_cell(column_of(record, name), value, "zh")
    return told.isoformat() if isinstance(told, date) else told


def _field(record: type, name: str, told: Any) -> Any:  # noqa: ANN401 - the field's own type
    return from_cell(column_of(record, name), told, Place(column=name))
