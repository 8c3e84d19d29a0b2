"""What went out, so that nothing goes twice: written before a message is handed over, and after.

A line is only ever added, and is on the disk before anything is sent. A message that was begun and never ended was
cut off half way: nobody can know whether it arrived, so it counts as sent and is told of once.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from cluebook.books.saving import disk_errors
from cluebook.errors import IntegrityError, Place, Problem
from cluebook.text import Text

BEGUN, SENT, FAILED, UNKNOWN = "begun", "sent", "failed", "unknown"

_LONGEST_TAIL = 1 << 20
"""Bytes in which the end of the last whole line is looked for; no line is as long."""

_DAMAGED = Text(
    "邮件登记簿已损坏，为免重复发送，没有发出提醒。",
    "The record of what was sent is damaged; lest anything go twice, no reminder was sent.",
)
_RESTORE = Text("请从备份恢复这个文件。", "Bring the file back from a backup.")


@dataclass(frozen=True, slots=True)
class Posting:
    """One message: to whom, when, what it reminds of, and how far it came."""

    to: str
    at: datetime
    keys: tuple[str, ...]
    state: str


@dataclass(slots=True)
class Postbook:
    """The record of what went out.

    Attributes:
        path: its file.
        held: each message by its ticket.
    """

    path: Path
    held: dict[str, Posting] = field(default_factory=dict)

    def told(self) -> frozenset[str]:
        """Return the keys of the reminders that went out, or may have."""
        return frozenset(key for p in self.held.values() if p.state != FAILED for key in p.keys)

    def written_to(self, day: date) -> frozenset[str]:
        """Return the names of those who were written to on a day."""
        return frozenset(p.to for p in self.held.values() if p.state != FAILED and p.at.date() == day)

    def cut_off(self) -> Mapping[str, Posting]:
        """Return the messages that were begun and of which nothing more is known."""
        return {ticket: posting for ticket, posting in self.held.items() if posting.state == BEGUN}

    def begin(self, to: str, keys: Sequence[str], at: datetime) -> str:
        """Write down that a message is handed over now, and return its ticket.

        Raises:
            DiskError: it cannot be written; then nothing may be sent.
        """
        ticket = secrets.token_hex(8)
        self._add({"ticket": ticket, "state": BEGUN, "at": at.isoformat(), "to": to, "keys": list(keys)})
        self.held[ticket] = Posting(to, at, tuple(keys), BEGUN)
        return ticket

    def end(self, ticket: str, state: str) -> None:
        """Write down how a message ended.

        Raises:
            DiskError: it cannot be written.
        """
        self._add({"ticket": ticket, "state": state})
        self.held[ticket] = replace(self.held[ticket], state=state)

    def _add(self, told: Mapping[str, object]) -> None:
        line = json.dumps(told, ensure_ascii=False).encode() + b"\n"
        with disk_errors(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab+") as file:
                file.truncate(_whole_lines(file))
                file.write(line)
                file.flush()
                os.fsync(file.fileno())


def _whole_lines(file: BinaryIO) -> int:
    """Return the length of a file up to the end of its last whole line."""
    length = file.seek(0, os.SEEK_END)
    start = max(0, length - _LONGEST_TAIL)
    file.seek(start)
    return start + file.read().rfind(b"\n") + 1


def read_postbook(path: Path) -> Postbook:
    """Return the record that a file holds; a last line that was cut off while it was written counts for nothing.

    Raises:
        DiskError: it cannot be read.
        IntegrityError: it holds what is no such record.
    """
    with disk_errors(path):
        content = path.read_bytes() if path.exists() else b""
    book = Postbook(path)
    lines = content.split(b"\n")[:-1]
    try:
        for line in filter(None, lines):
            _take(json.loads(line), book.held)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise IntegrityError(Problem("postbook_damaged", Place(file=path.name), _DAMAGED, _RESTORE)) from None
    return book


def _take(told: Mapping[str, Any], held: dict[str, Posting]) -> None:
    """Add what a line tells to the record."""
    ticket, state = told["ticket"], str(told["state"])
    if state == BEGUN:
        held[ticket] = Posting(
            str(told["to"]), datetime.fromisoformat(told["at"]), tuple(told["keys"]), state
        )
    else:
        held[ticket] = replace(held[ticket], state=state)
