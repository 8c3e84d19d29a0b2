"""What somebody may do to a trail, each at random; every one of these must be found."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta

from cluebook.domain.records import Event
from cluebook.ledger.chain import Head, findings, head_of, sealed
from cluebook.ledger.ledger import ledger_of

KEY, OTHER_KEY = b"the office's own key", b"a key somebody made up"
Trail = list[Event]


def trail_of(length: int, key: bytes = KEY) -> Trail:
    """A trail as the program writes it."""
    begun = datetime(2026, 3, 2, 9, 30, 15)
    events = [
        Event(
            seq=n, at=begun + timedelta(minutes=n), user="王芳", action="流转", clue=f"XS-2026-YW-{n % 7 + 1:04}",
            before="待流转", after="已流转待接收", changes=f"责任部门： → 第{n}部\n流转原因： → 归其管理" if n % 3 else None,
        )
        for n in range(1, length + 1)
    ]  # fmt: skip
    return sealed(events, key, "")


def found(trail: Sequence[Event], head: Head, key: bytes = KEY) -> list[str]:
    return [problem.code for problem in findings(ledger_of({Event: trail}), key, head)]


def head(trail: Sequence[Event], since: int = 1) -> Head:
    return Head(*head_of(trail), since)


def edited(trail: Trail, chance: random.Random) -> Trail:
    at = chance.randrange(len(trail))
    name = chance.choice([f.name for f in fields(Event)])
    old = getattr(trail[at], name)
    new = {int: lambda: old + chance.choice((-1, 1)), datetime: lambda: old + timedelta(seconds=1)}
    value = new[type(old)]() if type(old) in new else chance.choice([f"{old or ''}改", f" {old or ''}。"])
    return [*trail[:at], replace(trail[at], **{name: value}), *trail[at + 1 :]]


def blanked(trail: Trail, chance: random.Random) -> Trail:
    at = chance.randrange(len(trail))
    name = chance.choice([f.name for f in fields(Event) if getattr(trail[at], f.name)])
    return [*trail[:at], replace(trail[at], **{name: None}), *trail[at + 1 :]]


def deleted(trail: Trail, chance: random.Random) -> Trail:
    at = chance.randrange(len(trail))
    return [*trail[:at], *trail[at + 1 :]]


def inserted(trail: Trail, chance: random.Random) -> Trail:
    at = chance.randrange(len(trail))
    new = replace(trail[at], user="李强", seq=chance.choice([None, trail[at].seq, len(trail) + 1]))
    return [*trail[: at + 1], new, *trail[at + 1 :]]


def duplicated(trail: Trail, chance: random.Random) -> Trail:
    at = chance.randrange(len(trail))
    return [*trail[:at], trail[at], *trail[at:]]


def swapped(trail: Trail, chance: random.Random) -> Trail:
    one, other = chance.sample(range(len(trail)), 2)
    changed = list(trail)
    changed[one], changed[other] = trail[other], trail[one]
    return changed


def renumbered(trail: Trail, chance: random.Random) -> Trail:
    """Two records change places and take each other's numbers, so that the order looks right."""
    changed = swapped(trail, chance)
    return [replace(event, seq=old.seq) for event, old in zip(changed, trail, strict=True)]


def sealed_again(trail: Trail, chance: random.Random) -> Trail:
    """An edit, and every seal from there on made anew, but without the key."""
    at = chance.randrange(len(trail))
    before = trail[at - 1].seal or "" if at else ""
    new = [replace(trail[at], clue="XS-2026-YW-9999"), *trail[at + 1 :]]
    return [*trail[:at], *sealed(new, OTHER_KEY, before)]


def cut(trail: Trail, chance: random.Random) -> Trail:
    return trail[: chance.randrange(len(trail))]


def cut_and_grown(trail: Trail, chance: random.Random) -> Trail:
    """The last records replaced by as many others."""
    at = chance.randrange(len(trail))
    new = [replace(event, user="李强") for event in trail[at:]]
    return [*trail[:at], *sealed(new, OTHER_KEY, trail[at - 1].seal or "" if at else "")]


TAMPERINGS: tuple[Callable[[Trail, random.Random], Trail], ...] = (
    edited, blanked, deleted, inserted, duplicated, swapped, renumbered, sealed_again, cut, cut_and_grown,
)  # fmt: skip
