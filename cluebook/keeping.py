"""Keeping the trail: what must be known before a ledger is written, and remembered after.

Before a save the witness is told what is intended, after it that it is done; a save that was cut short is
found at the next start, by looking which of the two the ledger holds.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cluebook.books.file import FileBook
from cluebook.books.witness import Stand, Witness
from cluebook.domain.office import Counter
from cluebook.domain.records import Event
from cluebook.ledger import sheets
from cluebook.ledger.book import Book
from cluebook.ledger.chain import Head, head_of, sealed
from cluebook.ledger.ledger import Ledger
from cluebook.ledger.outside import HandEdit, hand_edits, lines_of
from cluebook.ledger.plan import Plan, Stamp, name_of
from cluebook.ledger.trail import BY_HAND, RESTORED


@dataclass(frozen=True, slots=True)
class Keeping:
    """The trail of one ledger during one action.

    Attributes:
        stand: where the witness stands.
        witness: what is remembered.
        key: key of the seals.
    """

    stand: Stand
    witness: Witness
    key: bytes

    def numbered(self, events: Sequence[Event], ledger: Ledger) -> list[Event]:
        """Return events with their numbers, after every one ever given, and their seals."""
        last, seal = head_of(ledger.records(Event))
        start = max(last, self.witness.head.seq) + 1
        return sealed([replace(event, seq=start + n) for n, event in enumerate(events)], self.key, seal)

    @contextlib.contextmanager
    def witnessed(self, events: Sequence[Event], plan: Plan) -> Iterator[None]:
        """Have the save inside witnessed: what it intends before, that it is done after."""
        last, seal = head_of(events)
        head = Head(last, seal, self.witness.head.since) if events else self.witness.head
        counters = [r for r in (*plan.additions, *(e.after for e in plan.edits)) if isinstance(r, Counter)]
        numbers = {**self.witness.numbers, **{c.prefix or "": c.last or 0 for c in counters}}
        done = Witness(head, numbers)
        self.stand.write(replace(self.witness, intent=done))
        yield
        self.stand.write(done)
        self.stand.keep_copy()


def opened(book: Book) -> tuple[Ledger, Keeping]:
    """Return the ledger of a workbook that is held, and what keeps its trail.

    Raises:
        CluebookError: the workbook is no ledger, or the witness cannot be read or written.
    """
    stand = Stand(book.path)
    ledger = sheets.read(book)
    witness, key = stand.read(), stand.key()
    if witness is None or key is None:
        last, seal = head_of(ledger.records(Event))
        numbers = {c.prefix: c.last for c in ledger.records(Counter) if c.prefix and c.last}
        witness = Witness(Head(last, seal, last + 1), {**numbers, **(witness.numbers if witness else {})})
        key = key or stand.new_key()
        stand.write(witness)
    witness = settled(witness, ledger)
    return replace(ledger, marks=witness.numbers), Keeping(stand, witness, key)


def settled(witness: Witness, ledger: Ledger) -> Witness:
    """Return the witness after a save that may have been cut short: the ledger shows whether it was done."""
    if witness.intent is None:
        return witness
    intended = witness.intent.head
    done = head_of(ledger.records(Event)) == (intended.seq, intended.seal)
    return witness.intent if done else replace(witness, intent=None)


def changed_by_hand(ledger: Ledger, keeping: Keeping) -> list[HandEdit]:
    """Return what people changed in the ledger since the program last wrote it."""
    if keeping.stand.is_as_last_written():
        return []
    last = sheets.read(FileBook(keeping.stand.copy))
    return list(hand_edits(last, ledger))


def earlier_events(ledger: Ledger, keep: Keeping, stamp: Stamp) -> list[Event]:
    """Return what happened outside the program since it last wrote the ledger, as events.

    Who changed a cell by hand cannot be known, only before when.
    """
    by_hand = [
        Event(
            at=stamp.at,
            user="?",
            action=BY_HAND.in_(ledger.lang),
            clue=name_of(edit.clue, edit.row or 0),
            changes="\n".join(lines_of(edit, ledger)),
        )
        for edit in changed_by_hand(ledger, keep)
    ]
    if keep.witness.restored is None:
        return by_hand
    told = Event(at=stamp.at, user=stamp.by, action=RESTORED.in_(ledger.lang), document=keep.witness.restored)
    return [told, *by_hand]


def restored(book: FileBook, copy: Path) -> None:
    """Put a backup in the place of the ledger, byte for byte; numbers given since are still never given again.

    Raises:
        CluebookError: the backup is no sound ledger, or the ledger is open; nothing was changed.
    """
    stand = Stand(book.path)
    with book.open():
        sheets.read(FileBook(copy))
        book.replace_by(copy.read_bytes())
        witness = stand.read()
        if witness is not None:
            stand.write(replace(witness, intent=None, restored=copy.name))
        stand.keep_copy()
