"""What the limits sheet allows: read once into an index, asked for a clue and a date (procedure, H12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from cluebook.domain.clue import Clue, Urgency
from cluebook.domain.deadlines.table import DEADLINES, deadline_named
from cluebook.domain.fields import column_of
from cluebook.domain.office import DayUnit, Limit
from cluebook.domain.workdays import Calendar
from cluebook.errors import Place, Problem
from cluebook.text import Lang, Text, join

LONGEST = 999
"""More days than this are taken for a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many days a deadline allows, and of what kind."""

    days: int
    unit: DayUnit = DayUnit.WORKING


@dataclass(frozen=True, slots=True, eq=False)
class Clocks:
    """What it takes to reckon a due date; made by `clocks_of`.

    Attributes:
        calendar: the working days.
        limits: by deadline, urgency and subtype what is allowed from which date on, latest first.
        cutoff: the end of the working day.
        from_routing: whether the limits of handling count from the routing, not from the receipt (T17).
    """

    calendar: Calendar
    limits: Mapping[tuple[str, Urgency | None, str | None], Sequence[tuple[date, Allowance]]]
    cutoff: time
    from_routing: bool = False


def clocks_of(
    limits: Iterable[Limit], calendar: Calendar, cutoff: time, *, from_routing: bool = False
) -> Clocks:
    """Return the clocks of an office; a row of the limits sheet with a fault is left out."""
    index: dict[tuple[str, Urgency | None, str | None], list[tuple[date, Allowance]]] = {}
    for limit in limits:
        deadline, days = deadline_named(limit.deadline), limit.days
        if deadline and days is not None and not _faults(limit):
            allowance = Allowance(days, limit.unit or DayUnit.WORKING)
            held = index.setdefault((deadline.id, _urgency_named(limit.urgency), limit.subtype), [])
            held.insert(0, (limit.effective_on or date.min, allowance))
    for held in index.values():
        # Stable, so of two rows for one date the lower one on the sheet holds.
        held.sort(key=lambda entry: entry[0], reverse=True)
    return Clocks(calendar, index, cutoff, from_routing)


def limit_for(deadline_id: str, clue: Clue, clocks: Clocks, on: date) -> Allowance | None:
    """Return what the limits sheet allowed a clue on a date; ``None`` when it sets no limit.

    A row for the clue's subtype beats one for its urgency, and a row for both beats either.
    """
    urgency, subtype = clue.urgency, clue.subtype
    for key in ((urgency, subtype), (None, subtype), (urgency, None), (None, None)):
        for since, allowance in clocks.limits.get((deadline_id, *key), ()):
            if since <= on:
                return allowance
    return None


def limit_problems(rows: Sequence[tuple[int, Limit]], sheet: str, lang: Lang) -> list[Problem]:
    """Return what the rows of the limits sheet, each with its row number, say that cannot be."""
    return [
        Problem(f"limit_{name}", Place(sheet, number, column_of(Limit, name).text.in_(lang)), *_FAULTS[name])
        for number, limit in rows
        for name in _faults(limit)
    ]


_URGENCIES = {name: urgency for urgency in Urgency for name in urgency.text}
_CHOOSE = Text("请选：{choices}。", "Choose one of: {choices}.")
_FAULTS = {
    "deadline": (
        Text("没有这个名称的期限。", "There is no deadline of this name."),
        _CHOOSE.fill(choices=join([deadline.text for deadline in DEADLINES.values()])),
    ),
    "urgency": (
        Text("没有这个紧急程度。", "There is no such urgency."),
        _CHOOSE.fill(choices=join([urgency.text for urgency in Urgency])),
    ),
    "days": (
        Text("天数为空或不合理。", "The number of days is missing or makes no sense."),
        Text("请填 0 至 {most} 的整数。", "Write a whole number from 0 to {most}.").fill(most=LONGEST),
    ),
}


def _urgency_named(name: str | None) -> Urgency | None:
    return _URGENCIES.get((name or "").strip())


def _faults(limit: Limit) -> list[str]:
    """Return the fields of a row of the limits sheet that hold what cannot be."""
    sound = {
        "deadline": deadline_named(limit.deadline) is not None,
        "urgency": not limit.urgency or _urgency_named(limit.urgency) is not None,
        "days": limit.days is not None and 0 <= limit.days <= LONGEST,
    }
    return [name for name, good in sound.items() if not good]
