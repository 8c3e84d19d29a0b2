from __future__ import annotations

import pytest

from cluebook.domain.clue import Risk
from cluebook.domain.records import Analysis
from cluebook.domain.risks import grade


@pytest.mark.parametrize(
    ("scores", "risk"),
    [
        ((5, 1, 1, 3), Risk.HIGH),
        ((1, 4, 1, 3), Risk.MEDIUM),
        ((1, 1, 3, 2), Risk.MEDIUM),
        ((2, 2, 2, 2), Risk.LOW),
        ((5, 5, 5, 1), Risk.LOW),
    ],
)
def test_the_worst_dimension_times_the_likelihood_gives_the_grade(scores, risk):
    economy, reputation, legal, likelihood = scores
    analysis = Analysis(economy=economy, reputation=reputation, legal=legal, likelihood=likelihood)
    assert grade(analysis) is risk


@pytest.mark.parametrize("missing", ["economy", "reputation", "legal", "likelihood"])
@pytest.mark.parametrize("value", [None, 0, 6])
def test_there_is_no_grade_until_every_score_is_from_one_to_five(missing, value):
    scores = dict.fromkeys(("economy", "reputation", "legal", "likelihood"), 3)
    assert grade(Analysis(**{**scores, missing: value})) is None
