"""What people changed in the ledger by hand since the program last wrote it (procedure Z8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cluebook.domain.clue import Clue
from cluebook.domain.fields import Column, Part, columns
from cluebook.domain.records import Event
from cluebook.errors import Problem
from cluebook.ledger.chain import head_of
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import name_of
from cluebook.ledger.trail import change_line, shown, written
from cluebook.text import Text, same

_GONE = Text("整行被删除", "the row was deleted")


@dataclass(frozen=True, slots=True)
class HandEdit:
    """What was changed by hand on one clue: the columns with old and new value, or that its row is gone."""

    clue: Clue
    row: int | None
    changes: tuple[tuple[Column, object, object], ...]


def hand_edits(last: Ledger, now: Ledger) -> Iterator[HandEdit]:
    """Return what differs between the ledger as last written and as it is now, clue by clue.

    Rows that the program does not know yet, because somebody is typing them, are not its business. What the
    trail tells of since is the program's own: a save cut short may leave an older `last` behind.
    """
    present = {name: row for row in now.rows(Clue) for name in _names(row.record)}
    told = _told_since(last, now)
    for row in last.rows(Clue):
        held: Row[Clue] | None = next((present[n] for n in _names(row.record) if n in present), None)
        if held is None and any(_names(row.record)):
            yield HandEdit(row.record, None, ())
        elif held is not None and (changes := tuple(_changes(row.record, held.record, told, now))):
            yield HandEdit(row.record, held.number, changes)


def lines_of(edit: HandEdit, ledger: Ledger) -> list[str]:
    """Return a hand edit as lines of the trail."""
    if edit.row is None:
        return [_GONE.in_(ledger.lang)]
    return [change_line(column, old, new, ledger.lang) for column, old, new in edit.changes]


def as_problems(edit: HandEdit, ledger: Ledger) -> Iterator[Problem]:
    """Return a hand edit as problems at its cells, without what the cells hold."""
    name = same(name_of(edit.clue, edit.row or 0))
    fix = Text("如属误改，请按备份改回。", "If it was a slip, put the value back from a backup.")
    if edit.row is None:
        wrong = Text("{clue} 的整行被手工删除。", "{clue}: its row was deleted by hand.").fill(clue=name)
        yield Problem("row_deleted", ledger.place(Clue), wrong, fix)
    for column, _, _ in edit.changes:
        wrong = Text(
            "{clue} 的这一格在程序之外被改动。", "{clue}: this cell was changed outside the program."
        )
        yield Problem(
            "changed_outside", ledger.place(Clue, edit.row, column.name), wrong.fill(clue=name), fix
        )


def _names(clue: Clue) -> tuple[str, ...]:
    return tuple(name for name in (clue.entry_no, clue.number) if name)


def _told_since(last: Ledger, now: Ledger) -> dict[tuple[str, str], str]:
    """Return what the later events say each cell holds, by clue and header."""
    seen, _ = head_of(last.records(Event))
    later = [event for event in now.records(Event) if (event.seq or 0) > seen]
    return {(event.clue or "", label): value for event in later for label, value in written(event)}


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
