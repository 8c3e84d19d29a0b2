"""The chain of seals that proves the trail: each event is sealed together with the seal before it.

A seal is an HMAC over the event and the seal of the event before, so that nothing can be edited, taken
out, put in or moved without the next seal telling. That the end was not cut off is told by a witness
outside the workbook: how many events there were, and the last seal.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from itertools import pairwise

from cluebook.domain.records import Event
from cluebook.errors import Problem
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.trail import RESTORED
from cluebook.text import Text

_LENGTH = 32  # hexadecimal digits of a seal: 128 bits
_HALF_A_SECOND = timedelta(milliseconds=500)


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a trail as the witness knows it.

    Attributes:
        seq: number of the last event.
        seal: its seal.
        since: number of the first event sealed with the present key.
    """

    seq: int
    seal: str
    since: int


def head_of(events: Iterable[Event]) -> tuple[int, str]:
    """Return the number and the seal of the last event, by number; 0 and "" when there is none."""
    last = max(events, key=lambda event: event.seq or 0, default=Event())
    return last.seq or 0, last.seal or ""


def sealed(events: Sequence[Event], key: bytes, previous: str) -> list[Event]:
    """Return the events with their seals, the first chained to the seal `previous`."""
    chained = []
    for event in events:
        previous = _seal(event, key, previous)
        chained.append(replace(event, seal=previous))
    return chained


def sealed_since(events: Iterable[Event], key: bytes) -> int:
    """Return the number of the first event from which on every seal is this key's, to the end of the trail."""
    by_number = sorted(events, key=lambda event: event.seq or 0)
    since = (by_number[-1].seq or 0) + 1 if by_number else 1
    for before, event in reversed(list(pairwise([Event(), *by_number]))):
        if not _is_sealed(event, key, before.seal or ""):
            break
        since = event.seq or 0
    return since


def findings(ledger: Ledger, key: bytes, head: Head) -> list[Problem]:
    """Return every sign that the trail is not as the program wrote it, at its place.

    Found are records that were edited, deleted, inserted, moved, duplicated, or cut off at the end.
    """
    rows = ledger.rows(Event)
    by_number = sorted(rows, key=lambda row: row.record.seq or 0)
    found = [_told(ledger, row, "trail_moved") for row in _moved(rows)]
    previous: Row[Event] | None = None
    for row in by_number:
        code = _fault(previous, row, key, head.since)
        if code:
            found.append(_told(ledger, row, code))
        previous = row
    last, seal = head_of(row.record for row in rows)
    if last < head.seq or (last == head.seq and seal != head.seal):
        found.append(_told(ledger, by_number[-1] if by_number else None, "trail_cut"))
    return found


def _fault(previous: Row[Event] | None, row: Row[Event], key: bytes, since: int) -> str | None:
    """Return what is wrong with a record that follows another in the order of numbers."""
    event, before = row.record, previous.record if previous else Event(seq=0, seal="")
    number, last = event.seq or 0, before.seq or 0
    if number == last:
        return "trail_repeated"
    # After a backup was restored the numbers go on from the highest ever given, and the trail says so.
    if number != last + 1 and event.action not in RESTORED:
        return "trail_gap"
    if number >= since and not _is_sealed(event, key, before.seal or ""):
        return "trail_edited"
    return None


def _is_sealed(event: Event, key: bytes, previous: str) -> bool:
    # Compared as bytes: whatever somebody wrote into the cell, it is no seal, and no error either.
    return hmac.compare_digest(
        (event.seal or "").encode(errors="replace"), _seal(event, key, previous).encode()
    )


def _moved(rows: Sequence[Row[Event]]) -> list[Row[Event]]:
    return [after for before, after in pairwise(rows) if (after.record.seq or 0) < (before.record.seq or 0)]


def _seal(event: Event, key: bytes, previous: str) -> str:
    # Only what is filled in, by its name: a column that a later version adds leaves old seals true.
    held = {
        f.name: text for f in fields(Event) if f.name != "seal" and (text := _plain(getattr(event, f.name)))
    }
    content = [previous, held]
    message = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return hmac.new(key, message, hashlib.sha256).hexdigest()[:_LENGTH]


def _plain(value: object) -> str:
    """Return a field as it reads back from a cell: to the second, line ends alike, blank like none."""
    if isinstance(value, datetime):
        # A workbook counts in parts of a day, so a moment may read back as a hair before its second.
        return (value + _HALF_A_SECOND).isoformat(timespec="seconds")
    return "" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


_WORDS = {
    "trail_edited": Text("这条记录的内容被改动过。", "This record was changed."),
    "trail_gap": Text("此行之前缺少记录。", "Records are missing before this one."),
    "trail_repeated": Text("这条记录重复出现。", "This record stands twice."),
    "trail_moved": Text("记录的顺序被打乱。", "Records were moved out of their order."),
    "trail_cut": Text("末尾的记录被删去。", "Records were cut off at the end."),
}
_FIX = Text("请与备份核对，查明是谁改动的。", "Compare with the backups and find out who did it.")


def _told(ledger: Ledger, row: Row[Event] | None, code: str) -> Problem:
    return Problem(code, ledger.place(Event, row.number if row else None, "seq"), _WORDS[code], _FIX)
