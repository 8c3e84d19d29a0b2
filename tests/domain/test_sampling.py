from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from stages import clue_at

from cluebook.domain.clue import Stage, Urgency
from cluebook.domain.sampling import draw

WORDS = {urgency: urgency.text.zh for urgency in Urgency}
CLOSED = clue_at(Stage.CLOSED)


def clues(*strata):
    """Closed clues, each stratum an urgency, a subtype and how many there are of it."""
    return [
        replace(CLOSED, number=f"XS-{at}-{n}", urgency=urgency, subtype=subtype)
        for at, (urgency, subtype, count) in enumerate(strata)
        for n in range(count)
    ]


OFFICE = clues(
    (Urgency.URGENT, "服务投诉", 4), (Urgency.GENERAL, "服务投诉", 31), (Urgency.IMPORTANT, "税务问题", 3)
)


def test_every_urgent_clue_is_drawn_and_a_share_of_each_subtype_rounded_up():
    strata = Counter(drawn.stratum for drawn in draw(OFFICE, 10, 7, WORDS))
    assert strata == {"紧急": 4, "服务投诉": 4, "税务问题": 1}


@given(st.randoms(), st.integers(1, 100), st.integers())
def test_the_same_seed_draws_the_same_in_whatever_order_the_clues_come(chance, percent, seed):
    shuffled = list(OFFICE)
    chance.shuffle(shuffled)
    assert draw(shuffled, percent, seed, WORDS) == draw(OFFICE, percent, seed, WORDS)


def test_another_seed_draws_others():
    samples = {tuple(d.clue.number for d in draw(OFFICE, 10, seed, WORDS)) for seed in range(20)}
    assert len(samples) > 10


def test_a_clue_without_a_number_is_not_drawn():
    assert draw([replace(CLOSED, number=None)], 100, 1, WORDS) == ()
