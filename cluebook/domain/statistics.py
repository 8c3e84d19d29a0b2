"""What a month or a quarter came to: received, closed, in time, satisfied (procedure K2, section 4 F21)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cluebook.domain.clue import Clue, Satisfaction, Stage
from cluebook.text import Text


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a quarter.

    Attributes:
        name: as it is written, ``2026-11`` or ``2026Q4``.
        first: its first day.
        last: its last day.
    """

    name: str
    first: date
    last: date

    def holds(self, at: datetime | date | None) -> bool:
        """Return whether a moment lies in the period."""
        if at is None:
            return False
        day = at.date() if isinstance(at, datetime) else at
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a report: what is counted, and how many; a share is in percent."""

    text: Text
    value: str


def period_of(name: str) -> Period:
    """Return the period of a name such as ``2026-11`` or ``2026Q4``.

    Raises:
        ValueError: the name is of neither shape.

    >>> period_of("2026Q1").last
    datetime.date(2026, 3, 31)
    """
    month, quarter = re.fullmatch(r"(\d{4})-(\d{2})", name), re.fullmatch(r"(\d{4})[Qq]([1-4])", name)
    if month:
        first = date(int(month[1]), int(month[2]), 1)
        return Period(name, first, _end(first, 1))
    if quarter:
        first = date(int(quarter[1]), 3 * int(quarter[2]) - 2, 1)
        return Period(name, first, _end(first, 3))
    raise ValueError(name)


def month_before(day: date) -> Period:
    """Return the month before a day's own."""
    return period_of(f"{day.replace(day=1) - timedelta(days=1):%Y-%m}")


def in_time(clue: Clue) -> bool | None:
    """Return whether a clue was completed in time, by the date before any extension (H13); ``None`` before that."""
    due = clue.original_due or clue.completion_due
    if clue.completed_at is None or due is None:
        return None
    return clue.completed_at.date() <= due


def figures(clues: Sequence[Clue], period: Period) -> list[Figure]:
    """Return the report of a period, in the order in which an office reads it."""
    came = [c for c in clues if period.holds(c.delivered_at or c.found_at) and c.stage is not Stage.DRAFT]
    closed = [c for c in clues if period.holds(c.closed_at)]
    done = [c for c in clues if period.holds(c.completed_at)]
    asked = [c for c in closed if c.satisfaction is not None]
    content = [c for c in asked if c.satisfaction is not Satisfaction.DISSATISFIED]
    days = [c.elapsed_days for c in closed if c.elapsed_days is not None]
    return [
        Figure(Text("收到线索", "Received"), str(len(came))),
        Figure(Text("受理", "Accepted"), str(sum(period.holds(c.reviewed_at) and c.number is not None for c in clues))),
        Figure(Text("不予受理、并案、移送、撤销", "Not accepted, merged, transferred, withdrawn"), str(sum(c.stage in _APART for c in came))),
        Figure(Text("办结", "Closed"), str(len(closed))),
        Figure(Text("办理完成", "Completed"), str(len(done))),
        Figure(Text("按期办理率", "Completed in time"), _share(done, lambda c: in_time(c) is True)),
        Figure(Text("逾期办理", "Completed late"), str(sum(in_time(c) is False for c in done))),
        Figure(Text("退回、改派", "Returned or rerouted"), str(sum((c.returns or 0) + (c.reroutes or 0) for c in came))),
        Figure(Text("疑似重复", "Possible duplicates"), str(sum(bool(c.possible_duplicates) for c in came))),
        Figure(Text("平均办理工作日", "Working days taken, on average"), f"{sum(days) / len(days):.1f}" if days else "-"),
        Figure(Text("回访满意率", "Satisfied when called back"), _share(asked, content.__contains__)),
        *_by(Text("性质", "Nature"), (c.nature.text if c.nature else None for c in came)),
        *_by(Text("来源渠道", "Channel"), (Text(c.channel, c.channel) if c.channel else None for c in came)),
        *_on_time_by_department(done),
    ]  # fmt: skip


_APART = {Stage.REJECTED, Stage.MERGED, Stage.TRANSFERRED, Stage.IN_TRANSFER, Stage.WITHDRAWN}


def _share(of: Sequence[Clue], counts: Callable[[Clue], bool]) -> str:
    return f"{100 * sum(counts(c) for c in of) / len(of):.1f}%" if of else "-"


def _by(head: Text, words: Iterable[Text | None]) -> list[Figure]:
    """Return how many there are of each kind, the most frequent first."""
    told = Text("{head}：{word}", "{head}: {word}")
    counted = Counter(word for word in words if word is not None)
    return [Figure(told.fill(head=head, word=word), str(count)) for word, count in counted.most_common()]


def _on_time_by_department(done: Sequence[Clue]) -> list[Figure]:
    told = Text("按期办理率：{name}", "Completed in time: {name}")
    names = sorted({c.department for c in done if c.department})
    return [
        Figure(
            told.fill(name=name),
            _share([c for c in done if c.department == name], lambda c: in_time(c) is True),
        )
        for name in names
    ]


def _end(first: date, months: int) -> date:
    """Return the last day of so many months from a first of a month."""
    year, month = divmod(first.month - 1 + months, 12)
    return date(first.year + year, month + 1, 1) - timedelta(days=1)
