"""Keeping the trail: what must be known before a ledger is written, and remembered after.

Before a save the witness is told what is intended, after it that it is done; a save that was cut short is
found at the next start, by looking which of the two the ledger holds.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from cluebook.books.file import FileBook
from cluebook.books.problems import problem
from cluebook.books.saving import write_whole
from cluebook.books.thinning import Highest, Without
from cluebook.books.witness import Stand, Witness
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import column_of
from cluebook.domain.office import Counter
from cluebook.domain.records import Event
from cluebook.errors import Place, RefusedError, SecretError
from cluebook.ledger import sheets
from cluebook.ledger.book import Book
from cluebook.ledger.chain import Head, head_of, sealed, sealed_since
from cluebook.ledger.ledger import Ledger
from cluebook.ledger.outside import HandEdit, hand_edits, lines_of
from cluebook.ledger.plan import Plan, Stamp
from cluebook.ledger.side_sheets import side_edits
from cluebook.ledger.tables import table_of
from cluebook.ledger.trail import ANEW, BY_HAND, RESTORED
from cluebook.text import Text

_LARGE = 4 << 20
"""A ledger of so many bytes, some 5,000 clues, is not read whole for its own sake."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """The trail of one ledger during one action.

    Attributes:
        stand: where the witness stands.
        witness: what is remembered.
        key: key of the seals.
        owes: whether what people changed by hand stays untold, because the ledger was not read whole.
    """

    stand: Stand
    witness: Witness
    key: bytes
    owes: bool = False

    def numbered(self, events: Sequence[Event], ledger: Ledger) -> list[Event]:
        """Return events with their numbers, after every one ever given, and their seals."""
        last, seal = head_of(ledger.records(Event))
        start = max(last, self.witness.highest) + 1
        return sealed([replace(event, seq=start + n) for n, event in enumerate(events)], self.key, seal)

    @contextlib.contextmanager
    def witnessed(self, events: Sequence[Event], plan: Plan) -> Iterator[None]:
        """Have the save inside witnessed: what it intends before, that it is done after."""
        last, seal = head_of(events)
        head = Head(last, seal, self.witness.head.since) if events else self.witness.head
        counters = [r for r in (*plan.additions, *(e.after for e in plan.edits)) if isinstance(r, Counter)]
        numbers = {**self.witness.numbers, **{c.prefix or "": c.last or 0 for c in counters}}
        done = Witness(head, numbers, max(last, self.witness.highest))
        self.stand.write(replace(self.witness, intent=done))
        yield
        self.stand.write(done)
        if not self.owes:  # else the older copy shows what is owed
            self.stand.keep_copy()


def opened(book: Book, passes: Sequence[Stage] = ()) -> tuple[Ledger, Keeping]:
    """Return the ledger of a workbook that is held, and what keeps its trail.

    Args:
        book: the workbook.
        passes: stages whose clues do not matter; a closed workbook may be read without them.

    Raises:
        SecretError: the trail is witnessed, but the key of its seals is not here.
        CluebookError: the workbook is no ledger, or the witness cannot be read or written.
    """
    stand = Stand(book.path)
    witness, key = stand.read(), stand.key()
    owes = False
    # The first witness looks at the whole trail.
    if passes and witness is not None and isinstance(book, FileBook):
        # What was changed by hand can be anywhere; in a large ledger it waits for an action that reads all of it.
        changed = not stand.is_as_last_written()
        owes = changed and stand.size() > _LARGE
        if owes or not changed:
            book.leave_out(_unread(passes))
    ledger = sheets.read(book)
    if witness is not None and key is None:
        raise SecretError(problem("key_missing", Place(file=book.name)))
    key = key or stand.new_key()
    if witness is None:
        witness = first_witness(ledger, key)
        stand.write(witness)
    witness = settled(witness, ledger)
    return replace(ledger, marks=witness.numbers), Keeping(stand, witness, key, owes)


def _unread(passes: Sequence[Stage]) -> list[Without | Highest]:
    """Return what need not be read: clues at these stages, and of the trail all but its end."""
    words = frozenset(word for stage in passes for word in stage.text)
    clues = [Without(table_of(Clue).name, head, words) for head in column_of(Clue, "stage").text]
    return [*clues, *(Highest(table_of(Event).name, head) for head in column_of(Event, "seq").text)]


def first_witness(ledger: Ledger, key: bytes) -> Witness:
    """Return what there is to remember of a ledger that has no witness: it is new, or its witness was lost."""
    events = ledger.records(Event)
    last, seal = head_of(events)
    numbers = {c.prefix: c.last for c in ledger.records(Counter) if c.prefix and c.last}
    was_sealed = any(event.seal for event in events)
    return Witness(Head(last, seal, sealed_since(events, key)), numbers, last, anew=was_sealed)


def settled(witness: Witness, ledger: Ledger) -> Witness:
    """Return the witness after a save that may have been cut short: the ledger shows whether it was done."""
    if witness.intent is None:
        return witness
    intended = witness.intent.head
    done = head_of(ledger.records(Event)) == (intended.seq, intended.seal)
    return witness.intent if done else replace(witness, intent=None)


def changed_by_hand(ledger: Ledger, stand: Stand, *, trail: bool = False) -> list[HandEdit]:
    """Return what people changed in the ledger since the program last wrote it, on request in the trail, too."""
    if stand.is_as_last_written():
        return []
    last = sheets.read(FileBook(stand.copy), older=True)
    return [*hand_edits(last, ledger), *side_edits(last, ledger, trail=trail)]


def earlier_events(ledger: Ledger, keep: Keeping, stamp: Stamp) -> list[Event]:
    """Return what happened outside the program since it last wrote the ledger, as events.

    Who changed a cell by hand cannot be known, only before when.
    """
    edits = [] if keep.owes else changed_by_hand(ledger, keep.stand)
    by_hand = [
        Event(
            at=stamp.at,
            user="?",
            action=BY_HAND.in_(ledger.lang),
            clue=edit.about or None,
            changes="\n".join(lines_of(edit, ledger)),
        )
        for edit in edits
    ]
    told = Event(at=stamp.at, user=stamp.by)
    if keep.witness.restored is not None:
        action = RESTORED.in_(ledger.lang)
        return [replace(told, action=action, document=keep.witness.restored), *by_hand]
    return [replace(told, action=ANEW.in_(ledger.lang)), *by_hand] if keep.witness.anew else by_hand


def clock_notices(ledger: Ledger, stamp: Stamp, now: datetime) -> tuple[Text, ...]:
    """Return that this computer's clock stands before the last event, when it does and the stamp is the clock's.

    A stamp of another day was asked for with ``--as-of``, or its request had waited: that is no fault of the clock.
    """
    last = max(ledger.records(Event), key=lambda event: event.seq or 0, default=Event())
    is_the_clocks = abs(now - stamp.at) < _A_MOMENT
    return (_BACK.fill(seq=last.seq),) if is_the_clocks and is_back(last.at, stamp.at) else ()


def is_back(before: datetime | None, after: datetime | None) -> bool:
    """Return whether a clock went back between two moments; workbooks keep them a little roughly."""
    return before is not None and after is not None and before - after >= _SLIP


_SLIP, _A_MOMENT = timedelta(seconds=2), timedelta(minutes=1)
_BACK = Text(
    "电脑的时间早于第 {seq} 条流转记录，请核对时钟；编号和先后次序不受影响。",
    "This computer's clock stands before event {seq}; please check it. Numbers and order are not affected.",
)


def restored(book: FileBook, copy: Path) -> None:
    """Put a backup in the place of the ledger, byte for byte; numbers given since are still never given again.

    Raises:
        CluebookError: the backup is no sound ledger, or the ledger is open; nothing was changed.
    """
    stand = Stand(book.path)
    with book.open():
        ledger, content = sheets.read(FileBook(copy)), copy.read_bytes()
        last, seal = head_of(ledger.records(Event))
        witness = _present_witness(book, stand)
        if witness is not None:
            head = Head(last, seal, witness.head.since)
            stand.write(replace(witness, intent=replace(witness, head=head, intent=None, restored=copy.name)))
        stand.keep_copy(content)
        if book.path.exists():
            book.replace_by(content)
        else:
            write_whole(book.path, content)


def _present_witness(book: FileBook, stand: Stand) -> Witness | None:
    """Return what is remembered of a ledger, even of one that is damaged or gone."""
    witness = stand.read()
    if witness is None or witness.intent is None:
        return witness
    with contextlib.suppress(RefusedError):
        return settled(witness, sheets.read(book))
    # Whether its last save was done cannot be seen; what that save would have given counts as given.
    numbers = {**witness.numbers, **witness.intent.numbers}
    return replace(
        witness, numbers=numbers, highest=max(witness.highest, witness.intent.highest), intent=None
    )
