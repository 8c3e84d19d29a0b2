"""What a month, a quarter or a year came to: received, closed, in time, satisfied (procedure K2, section 4 F21)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cluebook.domain.clue import Clue, Satisfaction, Stage
from cluebook.domain.workdays import Calendar, days_over
from cluebook.text import Text


@dataclass(frozen=True, slots=True)
class Period:
    """A month, a quarter or a year.

    Attributes:
        name: as it is written, ``2026-11``, ``2026Q4`` or ``2026``.
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

    def months(self) -> Iterator[Period]:
        """Return the months it consists of."""
        for month in range(self.first.month, self.last.month + 1):
            yield period_of(f"{self.first:%Y}-{month:02}")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a report: what is counted, and how many; a share is in percent."""

    text: Text
    value: str


def period_of(name: str) -> Period:
    """Return the period of a name such as ``2026-11`` or ``2026Q4``.

    Raises:
        ValueError: the name is of no such shape.

    >>> period_of("2026Q1").last
    datetime.date(2026, 3, 31)
    """
    month, quarter = re.fullmatch(r"(\d{4})-(\d{2})", name), re.fullmatch(r"(\d{4})[Qq]([1-4])", name)
    if re.fullmatch(r"[1-9]\d{3}", name):
        return Period(name, date(int(name), 1, 1), date(int(name), 12, 31))
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


@dataclass(frozen=True, slots=True)
class Completion:
    """A department has done its work on a clue.

    Attributes:
        clue: the clue's name.
        department: the department that was responsible then.
        at: when it was done.
        due: when it was due before any extension, which is what a department is assessed by (H13).
    """

    clue: str
    department: str | None
    at: datetime
    due: date | None

    def is_in_time(self, calendar: Calendar) -> bool | None:
        """Return whether it was in time; ``None`` where no date was set."""
        return None if self.due is None else not days_over(self.due, self.at.date(), calendar)


def completion_of(name: str, clue: Clue) -> Completion | None:
    """Return the completion that a clue's row tells of; ``None`` where handling is not done."""
    due = clue.original_due or clue.completion_due
    return Completion(name, clue.department, clue.completed_at, due) if clue.completed_at else None


def share_in_time(completions: Iterable[Completion], calendar: Calendar) -> float | None:
    """Return the share that was in time of what had a date, ``None`` where nothing had."""
    told = [in_time for each in completions if (in_time := each.is_in_time(calendar)) is not None]
    return sum(told) / len(told) if told else None


def figures(
    clues: Sequence[Clue], completions: Iterable[Completion], period: Period, calendar: Calendar
) -> list[Figure]:
    """Return the report of a period, in the order in which an office reads it."""
    came = [c for c in clues if period.holds(c.delivered_at or c.found_at) and c.stage is not Stage.DRAFT]
    closed = [c for c in clues if period.holds(c.closed_at)]
    done = [each for each in completions if period.holds(each.at)]
    late = [each for each in done if each.is_in_time(calendar) is False]
    asked = [c for c in closed if c.satisfaction is not None]
    content = [c for c in asked if c.satisfaction is not Satisfaction.DISSATISFIED]
    days = [c.elapsed_days for c in closed if c.elapsed_days is not None]
    return [
        Figure(Text("收到线索", "Received"), str(len(came))),
        Figure(Text("受理", "Accepted"), str(sum(period.holds(c.reviewed_at) and c.number is not None for c in clues))),
        Figure(Text("不予受理、并案、移送、撤销", "Not accepted, merged, transferred, withdrawn"), str(sum(c.stage in _APART for c in came))),
        Figure(Text("办结", "Closed"), str(len(closed))),
        Figure(Text("办理完成", "Completed"), str(len(done))),
        Figure(_IN_TIME, _in_time(done, calendar)),
        Figure(Text("逾期办理", "Completed late"), str(len(late))),
        Figure(Text("退回、改派", "Returned or rerouted"), str(sum((c.returns or 0) + (c.reroutes or 0) for c in came))),
        Figure(Text("疑似重复", "Possible duplicates"), str(sum(bool(c.possible_duplicates) for c in came))),
        Figure(Text("平均办理工作日", "Working days taken, on average"), f"{sum(days) / len(days):.1f}" if days else "-"),
        Figure(Text("回访满意率", "Satisfied when called back"), _percent(len(content) / len(asked) if asked else None)),
        *_by(Text("性质", "Nature"), (c.nature.text if c.nature else None for c in came)),
        *_by(Text("来源渠道", "Channel"), (Text(c.channel, c.channel) if c.channel else None for c in came)),
        *_in_time_by_department(done, period, calendar),
    ]  # fmt: skip


_APART = {Stage.REJECTED, Stage.MERGED, Stage.TRANSFERRED, Stage.IN_TRANSFER, Stage.WITHDRAWN}


_IN_TIME = Text("按期办理率", "Completed in time")


def _in_time(done: Iterable[Completion], calendar: Calendar) -> str:
    return _percent(share_in_time(done, calendar))


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"


def _by(head: Text, words: Iterable[Text | None]) -> list[Figure]:
    """Return how many there are of each kind, the most frequent first."""
    counted = Counter(word for word in words if word is not None)
    return [Figure(_OF.fill(what=head, whose=word), str(count)) for word, count in counted.most_common()]


def _in_time_by_department(
    done: Sequence[Completion], period: Period, calendar: Calendar
) -> Iterator[Figure]:
    """Return the share of each department, and month by month that of all and of each, where there was anything."""
    names = sorted({each.department for each in done if each.department})
    months = list(period.months())
    for name in (None, *names):
        theirs = [each for each in done if name in {None, each.department}]
        whose = _OF.fill(what=_IN_TIME, whose=name) if name else _IN_TIME
        if name:
            yield Figure(whose, _in_time(theirs, calendar))
        for month in months if len(months) > 1 else ():
            if then := [each for each in theirs if month.holds(each.at)]:
                yield Figure(_IN.fill(what=whose, month=month.name), _in_time(then, calendar))


_OF = Text("{what}：{whose}", "{what}: {whose}")
_IN = Text("{what}，{month}", "{what}, {month}")


def _end(first: date, months: int) -> date:
    """Return the last day of so many months from a first of a month."""
    year, month = divmod(first.month - 1 + months, 12)
    return date(first.year + year, month + 1, 1) - timedelta(days=1)
