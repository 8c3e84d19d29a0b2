"""How the office stands, in figures: what the overview sheet shows by formulas, counted from the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cluebook.domain.clue import OVER, Clue, Nature, Stage
from cluebook.domain.deadlines import DEADLINES
from cluebook.domain.statistics import completion_of, share_in_time
from cluebook.domain.workdays import Calendar
from cluebook.text import Text, same

OPEN_STAGES = tuple(stage for stage in Stage if stage not in OVER)
"""The stages at which a clue is still to be worked on."""

MONTHS = 12
"""How many months are shown, the present one last."""

Value = int | float | None
"""A count, a share between 0 and 1, or nothing where there is nothing to take a share of."""


def shown_figure(value: Value) -> str:
    """Return a figure as people read it.

    >>> shown_figure(3), shown_figure(0.5), shown_figure(None)
    ('3', '50%', '–')
    """
    return "–" if value is None else f"{value:.0%}" if isinstance(value, float) else str(value)


@dataclass(frozen=True, slots=True)
class Line:
    """What is counted, and how many."""

    text: Text
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Some figures of one kind.

    Attributes:
        id: its name for programs.
        heads: what it shows, then what each of its figures is.
        lines: the figures.
    """

    id: str
    heads: tuple[Text, ...]
    lines: tuple[Line, ...]


_COUNT = Text("件数", "Clues")
STANDING = (Text("概况", "At a glance"), _COUNT)
BY_STAGE = (Text("在办线索：按状态", "Open clues by stage"), _COUNT)
BY_NATURE = (Text("在办线索：按性质", "Open clues by nature"), _COUNT)
BY_KIND = (Text("在办逾期：按类型", "Overdue now, by kind"), _COUNT)
OPEN, OVERDUE = Text("在办", "Open"), Text("其中逾期", "Of these overdue")
BY_DEPARTMENT = (Text("按责任部门", "By department"), OPEN, OVERDUE)
BY_MONTH = (Text("近十二个月", "Last twelve months"), Text("收件", "In"), Text("办结", "Closed"))
IN, CLOSED = Text("本月收件", "In this month"), Text("本月办结", "Closed this month")
ON_TIME = Text("按时办结率", "Closed on time")
KINDS = tuple(deadline.overdue for deadline in DEADLINES.values() if deadline.overdue)
"""The kinds of being overdue, in the order of the procedure."""


def boards(
    clues: Sequence[Clue], departments: Iterable[str], today: date, calendar: Calendar
) -> tuple[Board, ...]:
    """Return the figures of the overview sheet.

    Args:
        clues: all clues, their computed columns as they are to be counted.
        departments: the names to count by, in the order of their sheet.
        today: the day in whose month the last figures fall.
        calendar: tells what was in time.
    """
    at_work = [clue for clue in clues if clue.stage in OPEN_STAGES]
    late = [clue for clue in at_work if (clue.overdue_days or 0) > 0]
    months = _months(today)
    came = Counter(_month(clue.delivered_at) for clue in clues if clue.delivered_at)
    closed = Counter(_month(clue.closed_at) for clue in clues if clue.closed_at)
    stages, natures = Counter(clue.stage for clue in at_work), Counter(clue.nature for clue in at_work)
    theirs, theirs_late = (Counter(clue.department for clue in some) for some in (at_work, late))
    told = Counter(n for clue in at_work for n, kind in enumerate(KINDS) if _names(clue.overdue_kind, kind))
    this = months[-1]
    at_a_glance = (len(at_work), len(late), came[this], closed[this], _on_time(clues, calendar))
    return (
        Board("standing", STANDING, tuple(map(_line, (OPEN, OVERDUE, IN, CLOSED, ON_TIME), at_a_glance))),
        Board("stages", BY_STAGE, tuple(_line(stage.text, stages[stage]) for stage in OPEN_STAGES)),
        Board("natures", BY_NATURE, tuple(_line(nature.text, natures[nature]) for nature in Nature)),
        Board("overdue", BY_KIND, tuple(_line(kind, told[n]) for n, kind in enumerate(KINDS))),
        Board(
            "departments",
            BY_DEPARTMENT,
            tuple(_line(same(name), theirs[name], theirs_late[name]) for name in departments),
        ),
        Board(
            "months",
            BY_MONTH,
            tuple(_line(same(f"{first:%Y-%m}"), came[first], closed[first]) for first in months),
        ),
    )


def _line(text: Text, *values: Value) -> Line:
    return Line(text, values)


def _names(held: str | None, kind: Iterable[str]) -> bool:
    return any(word in (held or "") for word in kind)


def standing(told: Iterable[Board]) -> tuple[Line, ...]:
    """Return the figures at a glance; nothing where there are no boards."""
    return next((board.lines for board in told if board.id == "standing"), ())


def _on_time(clues: Iterable[Clue], calendar: Calendar) -> float | None:
    """Return the share of the closed clues that were completed in time, ``None`` when there is none."""
    done = filter(None, (completion_of(clue.number or "", clue) for clue in clues if clue.closed_at))
    return share_in_time(done, calendar)


def _months(today: date) -> list[date]:
    """Return the first days of the last months, the present one last."""
    whole = today.year * 12 + today.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(whole - MONTHS + 1, whole + 1)]


def _month(day: date) -> date:
    return date(day.year, day.month, 1)
