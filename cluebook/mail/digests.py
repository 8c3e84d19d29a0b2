"""What each person is reminded of today: one digest a person, each step of the ladder once (procedure K3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cluebook.actions.office import address_of, clocks_of_ledger
from cluebook.actions.steps import cases_of
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue
from cluebook.domain.deadlines import RESTING
from cluebook.domain.ladder import Reminder, reminders
from cluebook.domain.masking import mask_for, matter_listed
from cluebook.domain.office import Department, Person
from cluebook.domain.recipients import directory_of, recipients
from cluebook.domain.records import Reporter
from cluebook.errors import Problem
from cluebook.ledger.ledger import Ledger
from cluebook.ledger.plan import name_of
from cluebook.text import Text

_NOBODY = Text("{clue} 的“{deadline}”没有可以提醒的人。", "{clue}: nobody can be reminded of “{deadline}”.")
_NOBODY_FIX = Text("请在人员表登记线索管理员。", "Enter a clue clerk on the people sheet.")


@dataclass(frozen=True, slots=True)
class Item:
    """One deadline of a clue, as somebody is reminded of it.

    Attributes:
        number: what the clue is called.
        matter: what it is about, as far as people who are reminded may know.
        department: the department responsible.
        handler: who handles it.
        reminder: the deadline and the step of the ladder.
    """

    number: str
    matter: str
    department: str
    handler: str
    reminder: Reminder

    def key(self, name: str) -> str:
        """Return what tells this reminder to a person from every other."""
        reminder = self.reminder
        return f"{self.number} {reminder.deadline.id} {reminder.due} {reminder.rung.id} {name}"


@dataclass(frozen=True, slots=True)
class Digest:
    """All that one person is reminded of on one day, what is latest first."""

    name: str
    address: str
    items: tuple[Item, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """What tells each of its reminders from every other."""
        return tuple(item.key(self.name) for item in self.items)


@dataclass(frozen=True, slots=True)
class Found:
    """The digests of a day, and why some people get none."""

    digests: tuple[Digest, ...]
    problems: tuple[Problem, ...]


def digests_of(
    ledger: Ledger, today: date, *, told: Callable[[str], bool], done: Callable[[str], bool]
) -> Found:
    """Return what there is to tell today.

    Args:
        ledger: the ledger.
        today: the day.
        told: says of the key of a reminder whether it went out before.
        done: says of a person whether they had their digest of the day.
    """
    directory = directory_of(ledger.records(Person), ledger.records(Department))
    held: dict[str, list[Item]] = {}
    problems = []
    for case, item in _items(ledger, today):
        names = recipients(item.reminder, case, directory)
        if not names:
            wrong = _NOBODY.fill(clue=item.number, deadline=item.reminder.deadline.text)
            problems.append(Problem("nobody_to_remind", ledger.place(Person), wrong, _NOBODY_FIX))
        for name in names:
            if not done(name) and not told(item.key(name)):
                held.setdefault(name, []).append(item)
    digests, rows = [], {id(row.record): row for row in ledger.rows(Person)}
    for name, items in held.items():
        address = address_of(ledger, rows[id(directory.people[name])])
        if isinstance(address, Problem):
            problems.append(address)
        else:
            digests.append(Digest(name, address, tuple(sorted(items, key=_urgency))))
    return Found(tuple(digests), tuple(problems))


def _items(ledger: Ledger, today: date) -> Iterator[tuple[Case, Item]]:
    """Yield every deadline that has reached a step of the ladder, with its case."""
    clocks, cases, lang = clocks_of_ledger(ledger), cases_of(ledger), ledger.lang
    for row in ledger.rows(Clue):
        clue = row.record
        if clue.stage in RESTING:
            continue
        case = cases.of(clue)
        found: Sequence[Reminder] = reminders(case, clocks, today)
        if not found:
            continue
        mask = mask_for(clue, case.all(Reporter), lang, shows_subjects=False)
        matter = mask.over(matter_listed(clue, lang))
        for reminder in found:
            yield (
                case,
                Item(name_of(clue, row.number), matter, clue.department or "", clue.handler or "", reminder),
            )


def _urgency(item: Item) -> tuple[int, str]:
    return -item.reminder.days, item.number
