"""What people changed in the ledger by hand since the program last wrote it (procedure Z8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cluebook.domain.clue import Clue
from cluebook.domain.fields import Column, Part, columns
from cluebook.domain.records import Event
from cluebook.errors import Problem
from cluebook.ledger.chain import head_of
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import name_of
from cluebook.ledger.trail import change_line, shown, written
from cluebook.text import Text

Changes = tuple[tuple[Column, object, object], ...]

_GONE = Text("整行被删除", "the row was deleted")


@dataclass(frozen=True, slots=True)
class HandEdit:
    """What was changed by hand in one row.

    Attributes:
        record: the row as the program last wrote it, or as somebody made it up.
        row: where it stands now, ``None`` when it is gone.
        changes: its columns that changed, with old and new value.
    """

    record: Any
    row: int | None
    changes: Changes = ()

    @property
    def about(self) -> str:
        """The clue that the row is about, by its name; "" when it is about none."""
        if isinstance(self.record, Clue):
            return name_of(self.record, self.row or 0)
        return getattr(self.record, "clue", None) or ""


def hand_edits(last: Ledger, now: Ledger) -> Iterator[HandEdit]:
    """Return what differs on the clues between the ledger as last written and as it is now, clue by clue.

    Rows that the program does not know yet, because somebody is typing them, are not its business. What the
    trail tells of since is the program's own: a save cut short may leave an older `last` behind.
    """
    present = {name: row for row in now.rows(Clue) for name in _names(row.record)}
    told = _told_since(last, now)
    for row in last.rows(Clue):
        held: Row[Clue] | None = next((present[n] for n in _names(row.record) if n in present), None)
        if held is None and any(_names(row.record)):
            yield HandEdit(row.record, None)
        elif held is not None and (changes := tuple(_changes(row.record, held.record, told, now))):
            yield HandEdit(row.record, held.number, changes)


def lines_of(edit: HandEdit, ledger: Ledger) -> list[str]:
    """Return a hand edit as lines of the trail."""
    place = ledger.place(type(edit.record), edit.row).in_(ledger.lang)
    told = [change_line(column, old, new, ledger.lang) for column, old, new in edit.changes]
    if edit.row is None:
        told = [_GONE.in_(ledger.lang)]
    return told if isinstance(edit.record, Clue) else [f"{place} {line}" for line in told]


def as_problems(edit: HandEdit, ledger: Ledger) -> Iterator[Problem]:
    """Return a hand edit as problems at its cells, without what the cells hold."""
    kind, name = type(edit.record), Text("", "")
    if edit.about:
        name = Text(f"{edit.about} 的", f"{edit.about}: ")
    fix = Text("如属误改，请按备份改回。", "If it was a slip, put the value back from a backup.")
    if edit.row is None:
        wrong = Text("{of}整行被手工删除。", "{of}a row was deleted by hand.").fill(of=name)
        yield Problem("row_deleted", ledger.place(kind), wrong, fix)
    wrong = Text("{of}这一格在程序之外被改动。", "{of}this cell was changed outside the program.")
    for column, _, _ in edit.changes:
        yield Problem("changed_outside", ledger.place(kind, edit.row, column.name), wrong.fill(of=name), fix)


def _names(clue: Clue) -> tuple[str, ...]:
    return tuple(name for name in (clue.entry_no, clue.number) if name)


def _told_since(last: Ledger, now: Ledger) -> dict[tuple[str, str], str]:
    """Return what the later events say each cell holds, by clue and header."""
    return {
        (event.clue or "", label): value
        for event in events_since(last, now)
        for label, value in written(event)
    }


def events_since(last: Ledger, now: Ledger) -> list[Event]:
    """Return the events that the trail has now and had not when the ledger was last kept."""
    before, after = last.records(Event), now.records(Event)
    seen, _ = head_of(before)
    # None was added where there are no more than before, whatever numbers somebody wrote into them.
    return [event for event in after if (event.seq or 0) > seen] if len(after) > len(before) else []


def _changes(
    before: Clue, after: Clue, told: Mapping[tuple[str, str], str], now: Ledger
) -> Iterator[tuple[Column, object, object]]:
    if before == after:
        return
    for column in columns(Clue):
        old, new = getattr(before, column.name), getattr(after, column.name)
        if old == new or column.part is Part.COMPUTED:
            continue
        by_the_trail = {told.get((name, column.text.in_(now.lang))) for name in _names(after)}
        if shown(column, new, now.lang) not in by_the_trail:
            yield column, old, new
