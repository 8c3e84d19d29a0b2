"""The ladder of reminders: who hears when that a deadline comes near, or has passed (procedure K3).

A step of the ladder is reached so many working days after the due date, or before it; it holds until the next one
is. Each is taken once for each due date, so that an extension or a pause begins the ladder anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cluebook.domain.case import Case
from cluebook.domain.clue import Stage
from cluebook.domain.deadlines import Clocks, Deadline, deadline_named, named_running, running, start_on
from cluebook.domain.office import Role
from cluebook.domain.records import Urge, UrgeKind
from cluebook.domain.workdays import is_workday, workdays_between
from cluebook.text import Text


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder.

    Attributes:
        id: its name in code.
        text: what the office calls it.
        days: the working days after the due date from which on it is reached; negative before it.
        kind: what it makes on the sheet of supervision.
        also: whose business it is beside theirs whom the deadline binds.
        demand: what an order asks for; ``None`` for a step that makes no order.
    """

    id: str
    text: Text
    days: int
    kind: UrgeKind
    also: tuple[Role, ...] = ()
    demand: Text | None = None


LADDER = (
    Rung("soon", Text("即将到期", "due soon"), -2, UrgeKind.NOTICE),
    Rung("due", Text("今日到期", "due today"), 0, UrgeKind.NOTICE),
    Rung(
        "late",
        Text("逾期催办", "urged"),
        1,
        UrgeKind.REMINDER,
        (Role.DEPARTMENT_HEAD, Role.CLERK),
        Text(
            "请立即办理，并于要求回复日前说明未按期办理的原因和预计完成日期。",
            "Act at once; say by the date for the answer why it is late and when it will be done.",
        ),
    ),
    Rung(
        "reported",
        Text("逾期通报", "reported to management"),
        5,
        UrgeKind.REPORTED,
        (Role.DEPARTMENT_HEAD, Role.CLERK, Role.HEAD, Role.SUPERVISOR, Role.LEADER),
        Text(
            "逾期已满五个工作日，列入逾期通报。请部门负责人督促办理，并于要求回复日前书面说明。",
            "It is five working days late or more and was reported to management. The head of the department is to "
            "see to it and to explain in writing by the date for the answer.",
        ),
    ),
)
"""The steps of the ladder, lowest first."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A deadline that has reached a step of the ladder.

    Attributes:
        deadline: the deadline.
        due: when it is due.
        days: working days since, negative while there are some left.
        rung: the step it has reached.
    """

    deadline: Deadline
    due: date
    days: int
    rung: Rung


def rung_at(days: int) -> Rung | None:
    """Return the step that is reached so many working days after a due date, ``None`` before the first.

    >>> [rung.id if (rung := rung_at(days)) else None for days in (-3, -2, -1, 0, 1, 4, 5, 60)]
    [None, 'soon', 'soon', 'due', 'late', 'late', 'reported', 'reported']
    """
    return next((rung for rung in reversed(LADDER) if rung.days <= days), None)


def reminders(case: Case, clocks: Clocks, today: date, *, named: bool = False) -> list[Reminder]:
    """Return what there is to remind of, in the order of the procedure.

    There is nothing on a day off and nothing while a clue is suspended. Before its day nobody is reminded of what
    comes again and again, nor of what has only just begun.

    Args:
        case: the clue, with what is written about it.
        clocks: the office's clocks.
        today: the day.
        named: look at the four kinds alone for which a clue can be overdue.
    """
    if case.clue.stage is Stage.SUSPENDED or not is_workday(today, clocks.calendar):
        return []
    found = []
    for deadline, due in named_running(case, clocks) if named else running(case, clocks):
        if due is None:
            continue
        days = workdays_between(due, today, clocks.calendar)
        rung = rung_at(days)
        if rung and (days >= 0 or _is_long(deadline, case, clocks, due)):
            found.append(Reminder(deadline, due, days, rung))
    return found


def unrecorded(case: Case, found: Iterable[Reminder]) -> list[Reminder]:
    """Return those reminders that are to be written on the sheet of supervision and are not yet.

    Written down are those about the four kinds of deadline for which a clue can be overdue (3.1).
    """
    return [
        reminder
        for reminder in found
        if reminder.deadline.overdue and not any(_is_of(urge, reminder) for urge in case.all(Urge))
    ]


def next_level(case: Case, today: date) -> int:
    """Return the level of an order that goes out today: one more than before, but only once a day (K3)."""
    level = case.clue.urge_level or 0
    risen = any(urge.issued_at and urge.issued_at.date() == today for urge in case.all(Urge))
    return max(level, 1) if risen else level + 1


def lateness_in_words(days: int) -> Text:
    """Return how far a due date is away, or how long ago it was, in working days.

    >>> [lateness_in_words(days).en for days in (-2, 0, 1)]
    ['2 working days left', 'due today', '1 working day late']
    """
    if days == 0:
        return Text("今日到期", "due today")
    words = (
        Text("已逾期 {n} {unit}", "{n} {unit} late")
        if days > 0
        else Text("还剩 {n} {unit}", "{n} {unit} left")
    )
    return words.fill(n=abs(days), unit=_DAY if abs(days) == 1 else _DAYS)


_DAY, _DAYS = Text("个工作日", "working day"), Text("个工作日", "working days")


def _is_long(deadline: Deadline, case: Case, clocks: Clocks, due: date) -> bool:
    """Return whether a clock runs for so long that the first step of the ladder lies within its time."""
    if deadline.recurs:
        return False
    start = start_on(deadline.id, case, clocks)
    return start is None or workdays_between(start, due, clocks.calendar) > -LADDER[0].days


def _is_of(urge: Urge, reminder: Reminder) -> bool:
    """Return whether an order was the one about this due date, at this step or a higher one."""
    if urge.due != reminder.due or deadline_named(urge.deadline) is not reminder.deadline:
        return False
    if urge.issued_at is None:
        return False
    # Told by kind and date, not by counting days: a calendar that is corrected later must not remind anew.
    ahead = urge.issued_at.date() < reminder.due
    taken = (rung for rung in LADDER if rung.kind is urge.kind and (rung.days < 0) is ahead)
    return any(rung.days >= reminder.rung.days for rung in taken)
