"""What is remembered outside the workbook, so that the workbook alone cannot be made to lie.

Beside the ledger, in the program's folder: the end of the trail and the highest numbers given, the key of
the trail's seals, and a copy of the ledger as the program last wrote it.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cluebook.books.lock import beside
from cluebook.books.problems import problem
from cluebook.books.saving import copy_whole, disk_errors, same_content, write_whole
from cluebook.errors import IntegrityError, Place
from cluebook.ledger.chain import Head


@dataclass(frozen=True, slots=True)
class Witness:
    """What is known of a ledger outside it.

    Attributes:
        head: the end of its trail.
        numbers: the highest number ever given in each series.
        highest: the highest number ever given to an event; after a restore the trail ends before it.
        intent: what all this becomes when the save that is under way succeeds.
        restored: name of the backup the ledger was last restored from, until the trail tells of it.
        anew: whether an earlier witness of a sealed trail was lost, until the trail tells of it.
    """

    head: Head
    numbers: Mapping[str, int] = field(default_factory=dict)
    highest: int = 0
    intent: Witness | None = None
    restored: str | None = None
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a ledger's witness stands: the files in the program's folder beside the ledger."""

    ledger: Path

    @property
    def copy(self) -> Path:
        """The ledger as the program last wrote it; it keeps the ending by which a workbook is known."""
        return last_copy(self.ledger)

    def read(self) -> Witness | None:
        """Return what is remembered, ``None`` when nothing is yet.

        Raises:
            IntegrityError: the file does not read.
        """
        content = self._content(self._beside("witness"))
        if content is None:
            return None
        try:
            return _witness(json.loads(content))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise IntegrityError(problem("witness_damaged", Place(file=self.ledger.name))) from None

    def write(self, witness: Witness) -> None:
        """Remember this instead, safely on the disk before it returns."""
        write_whole(self._beside("witness"), json.dumps(_plain(witness), ensure_ascii=False).encode())

    def key(self) -> bytes | None:
        """Return the key of the seals: ``CLUEBOOK_KEY``, else the key file; ``None`` when there is neither."""
        if given := os.environ.get("CLUEBOOK_KEY"):
            return given.encode()
        return self._content(self._beside("key"))

    def new_key(self) -> bytes:
        """Make a key that only this user may read, and return it."""
        key = secrets.token_hex(32).encode()
        write_whole(self._beside("key"), key)
        return key

    def keep_copy(self, content: bytes | None = None) -> None:
        """Keep the ledger as it is now, or as it is about to be, to see later what was changed outside."""
        if content is not None:
            write_whole(self.copy, content, force=False)
        elif self.ledger.exists():
            copy_whole(self.ledger, self.copy)

    def is_as_last_written(self) -> bool:
        """Return whether the ledger is, byte for byte, what the program last wrote; so is one never written."""
        with disk_errors(self.ledger):
            return not self.copy.exists() or (self.ledger.exists() and same_content(self.copy, self.ledger))

    def size(self) -> int:
        """Return how many bytes the ledger has, 0 when it is away."""
        with disk_errors(self.ledger):
            return self.ledger.stat().st_size if self.ledger.exists() else 0

    def _content(self, path: Path) -> bytes | None:
        with disk_errors(path):
            return path.read_bytes() if path.exists() else None

    def _beside(self, what: str) -> Path:
        file = beside(self.ledger, what)
        with disk_errors(self.ledger):
            file.parent.mkdir(exist_ok=True)
        return file


def last_copy(ledger: Path) -> Path:
    """Return where the ledger is kept as the program last wrote it."""
    return beside(ledger, f"last{ledger.suffix}")


def _plain(witness: Witness) -> dict[str, Any]:
    told = {
        "seq": witness.head.seq,
        "seal": witness.head.seal,
        "since": witness.head.since,
        "numbers": dict(witness.numbers),
        "highest": witness.highest,
        "restored": witness.restored,
        "anew": witness.anew,
    }
    return {**told, "intent": _plain(witness.intent)} if witness.intent else told


def _witness(told: Mapping[str, Any]) -> Witness:
    head = Head(int(told["seq"]), str(told["seal"]), int(told["since"]))
    numbers = {str(series): int(last) for series, last in told["numbers"].items()}
    intent = _witness(told["intent"]) if "intent" in told else None
    return Witness(head, numbers, int(told["highest"]), intent, told["restored"], bool(told["anew"]))
