"""Cases like this one that are closed, and how they ended: what an analyst looks at first (procedure N5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from cluebook.domain.clue import Clue, Stage
from cluebook.domain.duplicates import account, comparable
from cluebook.text import Lang, Text, join, same

MOST = 5
"""How many cases are shown."""

_LOOKED_AT = 300
"""So many of the last closed cases of a subtype are compared; older ones tell little of today's ways."""

_CLOSED = frozenset({Stage.CLOSED, Stage.ARCHIVED})


def precedents(clue: Clue, clues: Sequence[Clue]) -> tuple[Clue, ...]:
    """Return up to five closed clues of the same subtype, those whose words are most like the clue's first."""
    closed = (c for c in reversed(clues) if c.stage in _CLOSED and c.number and c.subtype == clue.subtype)
    others = list(islice(closed, _LOOKED_AT))
    mine, *theirs = map(_pairs, comparable([account(each) for each in (clue, *others)]))
    ranked = [(_likeness(mine, pairs), other) for pairs, other in zip(theirs, others, strict=True)]
    best = sorted((r for r in ranked if r[0] > 0), key=lambda r: (-r[0], r[1].number or ""))
    return tuple(other for _, other in best[:MOST])


def told(cases: Iterable[Clue], lang: Lang) -> str | None:
    """Return the cases as one cell says them: number, what was reached, working days; ``None`` for none."""
    each = Text("{number}（{outcome}，{days} 个工作日）", "{number} ({outcome}, {days} working days)")
    unknown = Text("结果未记", "outcome not recorded")
    words = [
        each.fill(
            number=same(case.number or ""),
            outcome=case.expectation.text if case.expectation else unknown,
            days="-" if case.elapsed_days is None else case.elapsed_days,
        )
        for case in cases
    ]
    return join(words, "；", "; ").in_(lang) if words else None


def _pairs(letters: str) -> frozenset[str]:
    """Return the pairs of neighbouring letters in a text."""
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of pairs that two texts have in common, from 0 to 1."""
    return len(one & other) / len(one | other) if one or other else 0.0
