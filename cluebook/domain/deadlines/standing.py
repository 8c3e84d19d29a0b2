"""How a clue stands to its deadlines: what comes next, what is late, the computed columns (procedure, G2)."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from operator import itemgetter
from typing import Any

from cluebook.domain.clue import OVER, Clue, Stage, WarningLevel
from cluebook.domain.deadlines.due import About, case_about
from cluebook.domain.deadlines.explanation import due_in_words
from cluebook.domain.deadlines.limits import Clocks
from cluebook.domain.deadlines.running import Running, ahead, late, met_late
from cluebook.domain.deadlines.table import DEADLINES, Deadline
from cluebook.domain.fields import YesNo
from cluebook.domain.workdays import is_provisional, starting_day, workdays_between
from cluebook.text import Lang, Text, join

SOON = 2
"""So many working days before it is due, or fewer, a deadline is due soon (G2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the computed columns of a clue say; each field is named as the column it fills."""

    next_step: Text | None = None
    next_due: date | None = None
    days_left: int | None = None
    warning: WarningLevel | None = None
    overdue_kind: Text | None = None
    overdue_days: int | None = None
    elapsed_days: int | None = None
    provisional: YesNo | None = None
    due_reason: Text | None = None


def standing(about: About, clocks: Clocks, today: date) -> Standing:
    """Return how a clue stands today.

    While its clocks run this tells what is late now; once it is fed back, what was met late, for good.
    """
    case = case_about(about)
    open_ones = ahead(case, clocks)
    is_told = case.clue.stage in _FOR_GOOD
    missed = met_late(case.clue, clocks) if is_told else late(open_ones, clocks, today)
    step, due = _following(open_ones)
    left = workdays_between(today, due, clocks.calendar) if due else None
    kinds = [text for miss in missed if (text := DEADLINES[miss.kind].overdue)]
    return Standing(
        next_step=step.text if step else None,
        next_due=due,
        days_left=left,
        warning=None if left is None else _warning(left),
        overdue_kind=join(kinds) if kinds else None,
        overdue_days=max((miss.days for miss in missed), default=None),
        elapsed_days=_elapsed(case.clue, clocks, today),
        provisional=_provisional(open_ones, clocks, today),
        due_reason=due_in_words(step, due, case, clocks) if step and due else None,
    )


def with_standing(about: About, clocks: Clocks, today: date, lang: Lang) -> Clue:
    """Return the clue with its computed columns filled, the very same clue when nothing changes."""
    clue, now = case_about(about).clue, standing(about, clocks, today)
    cells: dict[str, Any] = {name: _in(getattr(now, name), lang) for name in _COLUMNS}
    if all(getattr(clue, name) == cell for name, cell in cells.items()):
        return clue
    return replace(clue, **cells)


_COLUMNS = tuple(f.name for f in fields(Standing))
_FOR_GOOD = OVER | {Stage.FED_BACK, Stage.AWAITING_MEETING}
"""Where handling is over, and its lateness known for good."""


def _following(open_ones: list[Running]) -> tuple[Deadline | None, date | None]:
    """Return the deadline that comes first; one without a date is named only where it is the only one."""
    dated = [(due, deadline) for deadline, due in open_ones if due]
    if dated:
        due, deadline = min(dated, key=itemgetter(0))
        return deadline, due
    return open_ones[0] if len(open_ones) == 1 else (None, None)


def _warning(left: int) -> WarningLevel:
    if left < 0:
        return WarningLevel.RED
    if left == 0:
        return WarningLevel.ORANGE
    return WarningLevel.AMBER if left <= SOON else WarningLevel.GREEN


def _elapsed(clue: Clue, clocks: Clocks, today: date) -> int | None:
    """Return the working days since the clue came in; what ended without being closed keeps its figure."""
    began = clue.delivered_at or clue.found_at
    if began is None or (clue.stage in OVER and clue.closed_at is None):
        return clue.elapsed_days
    first = starting_day(began, clocks.calendar, clocks.cutoff)
    last = clue.closed_at.date() if clue.closed_at else today
    return max(0, workdays_between(first, last, clocks.calendar))


def _provisional(open_ones: list[Running], clocks: Clocks, today: date) -> YesNo | None:
    """Return whether a due date may still move with a calendar to be published; blank when none runs."""
    dues = [due for _, due in open_ones if due]
    if not dues:
        return None
    return YesNo.YES if is_provisional(min(today, *dues), max(dues), clocks.calendar) else YesNo.NO


def _in(value: object, lang: Lang) -> object:
    return value.in_(lang) if isinstance(value, Text) else value
