"""Drawing clues for a spot check: by strata, by chance, and so that anybody can draw the same again (procedure K5)."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from cluebook.domain.clue import Clue, Urgency


@dataclass(frozen=True, slots=True)
class Drawn:
    """A clue that was drawn, and the stratum it stands for."""

    clue: Clue
    stratum: str


def draw(clues: Iterable[Clue], percent: int, seed: int, words: Mapping[Urgency, str]) -> tuple[Drawn, ...]:
    """Return every urgent clue, and of each subtype of the others so many in a hundred, at least one.

    The same clues, share and seed give the same sample, in whatever order the clues come.

    Args:
        clues: what may be drawn; clues without a number are left out.
        percent: share of each stratum, from 1 to 100, rounded up.
        seed: what decides the chance.
        words: what each urgency is called; the urgent are a stratum of their own.
    """
    known = sorted((c for c in clues if c.number), key=lambda c: (_stratum(c, words), c.number or ""))
    chance = random.Random(seed)  # noqa: S311 - a sample that can be drawn again, not a secret
    drawn = []
    for stratum, members in groupby(known, key=lambda c: _stratum(c, words)):
        held = list(members)
        count = len(held) if stratum == words[Urgency.URGENT] else -(-len(held) * percent // 100)
        picked = chance.sample(held, count)
        drawn += [Drawn(clue, stratum) for clue in sorted(picked, key=lambda c: c.number or "")]
    return tuple(drawn)


def _stratum(clue: Clue, words: Mapping[Urgency, str]) -> str:
    return words[Urgency.URGENT] if clue.urgency is Urgency.URGENT else clue.subtype or "-"
