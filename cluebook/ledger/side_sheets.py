"""What people changed by hand on the sheets beside the clues, in the columns that the program fills (procedure Z8).

A row of these sheets has no name of its own, and sheets are sorted: rows are known again by what the program filled
in, and where that changed, by their place or by what else they still hold.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from cluebook.domain.clue import Clue
from cluebook.domain.fields import Column, columns
from cluebook.domain.office import Counter
from cluebook.domain.records import Event
from cluebook.ledger.cells import show
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.outside import Changes, HandEdit, events_since
from cluebook.ledger.tables import TABLES, table_of
from cluebook.ledger.trail import written
from cluebook.text import Lang

_Key = tuple[str, ...]
_FEW = 200  # among more, each is looked for in its place only


def side_edits(last: Ledger, now: Ledger, *, trail: bool) -> Iterator[HandEdit]:
    """Return what differs in assigned columns beside the clues, row by row.

    Args:
        last: the ledger as the program last wrote it.
        now: the ledger as it is.
        trail: whether to look at the events, too; their seals tell of every change there, but not of its column.
    """
    beside: list[type[Any]] = [table.record for table in TABLES if table.record is not Clue]
    for record in beside:
        if (record is not Event or trail) and any(column.assigned for column in columns(record)):
            is_own = _own(record, last, now)
            yield from _edits(record, last.rows(record), now.rows(record), is_own, now.lang)


def _own(record: type, last: Ledger, now: Ledger) -> Callable[[Row[Any]], bool]:
    """Return whether a row may have been changed by the program itself since, as its trail tells."""
    since = events_since(last, now)
    if record is Event:
        own = {event.seq for event in since}
        return lambda row: row.record.seq in own
    if record is Counter:  # the trail does not tell of it, and it moves with every number
        return lambda _: bool(since)
    title = table_of(record).title.in_(now.lang)
    touched = {event.clue for event in since if title in {label for label, _ in written(event)}}
    return lambda row: getattr(row.record, "clue", None) in touched


def _edits(
    record: type,
    before: Iterable[Row[Any]],
    after: Iterable[Row[Any]],
    is_own: Callable[[Row[Any]], bool],
    lang: Lang,
) -> Iterator[HandEdit]:
    assigned = [column for column in columns(record) if column.assigned]
    gone, come = _unknown(before, after, assigned, lang), _unknown(after, before, assigned, lang)
    for row in gone.values():
        again = _known_again(row, come, record)
        if again is not None:
            del come[again.number]
        if is_own(row) or not any(_key(row.record, assigned, lang)):
            continue
        if again is None:
            yield HandEdit(row.record, None)
        elif changes := _differing(row.record, again.record, assigned, lang):
            yield HandEdit(row.record, again.number, changes)
    for row in come.values():
        changes = _differing(record(), row.record, assigned, lang)
        if changes and not is_own(row):
            yield HandEdit(row.record, row.number, changes)


def _unknown(
    rows: Iterable[Row[Any]], others: Iterable[Row[Any]], assigned: list[Column], lang: Lang
) -> dict[int, Row[Any]]:
    """Return, by their place, the rows filled in as none of the others is, each of those counting once."""
    keys = {row.number: _key(row.record, assigned, lang) for row in others}
    moved = []
    for row in rows:
        if keys.get(row.number) == _key(row.record, assigned, lang):
            del keys[row.number]
        else:
            moved.append(row)
    known, left = Tally(keys.values()), {}
    for row in moved:
        key = _key(row.record, assigned, lang)
        if known[key] > 0:
            known[key] -= 1
        else:
            left[row.number] = row
    return left


def _known_again(row: Row[Any], come: Mapping[int, Row[Any]], record: type) -> Row[Any] | None:
    """Return what has become of a row: the one in its place, else the one that shares most with it."""
    fields = [column.name for column in columns(record)]

    def shared(other: Row[Any]) -> int:
        held = ((getattr(row.record, name), getattr(other.record, name)) for name in fields)
        return sum(old is not None and old == new for old, new in held)

    in_place = come.get(row.number)
    if in_place is not None and shared(in_place):
        return in_place
    best = max(come.values(), key=shared, default=None) if len(come) <= _FEW else None
    return best if best is not None and shared(best) > 1 else None  # the clue's number alone is not enough


def _differing(before: object, after: object, assigned: list[Column], lang: Lang) -> Changes:
    pairs = ((column, getattr(before, column.name), getattr(after, column.name)) for column in assigned)
    return tuple((c, old, new) for c, old, new in pairs if _text(c, old, lang) != _text(c, new, lang))


def _key(record: object, assigned: list[Column], lang: Lang) -> _Key:
    return tuple(_text(column, getattr(record, column.name), lang) for column in assigned)


def _text(column: Column, value: object, lang: Lang) -> str:
    return f"{value:.12g}" if isinstance(value, float) else show(column, value, lang)
