"""Who may take which step (procedure G6, 3.2): the people sheet gives roles, a step names those it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cluebook.domain.clue import Clue
from cluebook.domain.fields import YesNo
from cluebook.domain.lifecycle import Step
from cluebook.domain.office import Person, Role

PROGRAM = "cluebook watch"
"""The name under which the scheduled script acts; it may do whatever it is set up to do."""

OF_DEPARTMENTS = frozenset({Role.DEPARTMENT_HEAD, Role.HANDLER})
"""Roles that hold only for the clues of the person's own department."""

ROLES: Mapping[str, Role] = {name: role for role in Role for name in role.text}
"""Each role by its name on the people sheet, in either language."""


@dataclass(frozen=True, slots=True)
class Staff:
    """The people of an office by the names they act under: their own name, and their login.

    Attributes:
        people: each active person by name and by login.
        enforced: whether the office restricts steps to roles.
    """

    people: Mapping[str, Person]
    enforced: bool

    def may(self, user: str, step: Step, clue: Clue) -> bool:
        """Return whether a user may take a step with a clue."""
        if not self.enforced or user == PROGRAM:
            return True
        person = self.people.get(user)
        fitting = roles_of(person) & set(step.who) if person else set()
        if not person or not fitting:
            return False
        concerned = {clue.department, *(clue.joint_departments or ())}
        return bool(fitting - OF_DEPARTMENTS) or person.department in concerned


def staff_of(people: Iterable[Person], *, enforced: bool) -> Staff:
    """Return the staff that the people sheet lists; who is no longer in office does not act."""
    active = [person for person in people if person.active is not YesNo.NO]
    return Staff(
        {name: person for person in active for name in (person.login, person.name) if name}, enforced
    )


def roles_of(person: Person) -> set[Role]:
    """Return the roles a person has; a word that is no role counts for nothing."""
    return {ROLES[name] for name in person.roles or () if name in ROLES}
