"""When departments were done with their work, by the trail: known for good, whatever becomes of the clue's own row."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from cluebook.domain.clue import OVER, Clue
from cluebook.domain.fields import column_of
from cluebook.domain.records import Event
from cluebook.domain.statistics import Completion, completion_of
from cluebook.ledger.cells import Unreadable, reader_of
from cluebook.ledger.ledger import Ledger
from cluebook.ledger.trail import BY_HAND, written

_FIELDS = ("department", "completion_due", "original_due", "completed_at")
_COLUMNS = {header: column_of(Clue, name) for name in _FIELDS for header in column_of(Clue, name).headers}
_ENDED = {word for stage in OVER for word in stage.text}


def completions(ledger: Ledger) -> list[Completion]:
    """Return every completion of the office, those of clues that were reopened or disposed of since among them.

    Work that was given back as not done is not completed. Of a clue of which the trail does not tell, because it
    came from an older ledger, its own row tells.
    """
    clues = {name: clue for clue in ledger.records(Clue) if (name := clue.number or clue.entry_no)}
    held: dict[str, Clue] = {}
    found: dict[str, list[Completion]] = {}
    for event in sorted(ledger.records(Event), key=lambda event: event.seq or 0):
        known = dict(_told(event))
        if event.action in BY_HAND:  # people fill in the department; the rest is the program's
            known = {name: value for name, value in known.items() if name == "department"}
        if not known:
            continue
        name = event.clue or ""
        before = held.get(name) or Clue(department=clues[name].department if name in clues else None)
        held[name] = after = _with(before, known)
        if "completed_at" in known:
            done = found.setdefault(name, [])
            if before.completed_at and event.before not in _ENDED and done:
                done.pop()
            done += filter(None, (completion_of(name, after),))
    untold = ((name, clue) for name, clue in clues.items() if name not in found)
    return [
        *(each for done in found.values() for each in done),
        *(each for line in untold if (each := completion_of(*line))),
    ]


def _told(event: Event) -> Iterator[tuple[str, Any]]:
    """Return the fields that matter of which an event tells, with what they held from then on."""
    for header, text in written(event):
        if column := _COLUMNS.get(header):
            with contextlib.suppress(Unreadable):
                yield column.name, reader_of(column)(text)


def _with(clue: Clue, known: dict[str, Any]) -> Clue:
    return Clue(**{name: known.get(name, getattr(clue, name)) for name in _FIELDS})
