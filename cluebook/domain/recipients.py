"""Who is reminded of a deadline: those whom it binds, and higher on the ladder those above them (procedure K3, G3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cluebook.domain.case import Case
from cluebook.domain.clue import Clue
from cluebook.domain.fields import YesNo
from cluebook.domain.guards.guard import named_in
from cluebook.domain.ladder import Reminder
from cluebook.domain.office import Department, Person, Role
from cluebook.domain.roles import OF_DEPARTMENTS, roles_of

_NAMED: Mapping[Role, str] = {
    Role.COLLECTOR: "collector",
    Role.CLERK: "clerk",
    Role.ANALYST: "analyst",
    Role.HANDLER: "handler",
}
"""The column of a clue that names who has the role in it."""

_INSTEAD: Mapping[Role, tuple[Role, ...]] = {Role.HANDLER: (Role.DEPARTMENT_HEAD,)}
"""Who is reminded where nobody can be who has a role; after them it is the clue office."""


@dataclass(frozen=True, slots=True)
class Directory:
    """The people of an office as reminders look for them; made by `directory_of`.

    Attributes:
        people: each active person by name.
        holders: the names of those who hold a role.
        heads: the head of each department, as the departments sheet names them.
    """

    people: Mapping[str, Person]
    holders: Mapping[Role, Sequence[str]]
    heads: Mapping[str, str]


def directory_of(people: Iterable[Person], departments: Iterable[Department]) -> Directory:
    """Return the directory that the two sheets make; of two rows with one name the first holds."""
    active: dict[str, Person] = {}
    for person in people:
        if person.name and person.active is not YesNo.NO:
            active.setdefault(person.name.strip(), person)
    holders: dict[Role, list[str]] = {}
    for name, person in active.items():
        for role in roles_of(person):
            holders.setdefault(role, []).append(name)
    heads = {each.name: each.head.strip() for each in departments if each.name and each.head}
    return Directory(active, holders, heads)


def recipients(reminder: Reminder, case: Case, directory: Directory) -> list[str]:
    """Return the names of those who are reminded, each once, whom the deadline binds first.

    Nobody is told of a clue that is about themselves (3.4).
    """
    by, clue = reminder.deadline.by, case.clue

    def free(role: Role) -> list[str]:
        return [name for name in _with_role(role, clue, directory) if not named_in(name, clue)]

    bound: list[str] = next(filter(None, map(free, (by, *_INSTEAD.get(by, ()), Role.CLERK))), [])
    above = reminder.rung.also if reminder.deadline.overdue else ()
    return list(dict.fromkeys([*bound, *(name for role in above for name in free(role))]))


def _with_role(role: Role, clue: Clue, directory: Directory) -> Sequence[str]:
    """Return who has a role in a clue: the person it names, else all who hold the role, in its department."""
    named: str | None = getattr(clue, _NAMED[role]) if role in _NAMED else None
    if named and named in directory.people:
        return (named,)
    holders = directory.holders.get(role, ())
    if role not in OF_DEPARTMENTS:
        return holders
    own = [name for name in holders if directory.people[name].department == clue.department]
    head = directory.heads.get(clue.department or "", "") if role is Role.DEPARTMENT_HEAD else ""
    return [*own, head] if head in directory.people and head not in own else own
