"""The risk of a clue: likelihood times impact on economy, reputation and law (procedure N2)."""

from __future__ import annotations

from cluebook.domain.clue import Risk
from cluebook.domain.records import Analysis

SCORES = range(1, 6)
"""What an impact and a likelihood may be."""

_HIGH, _MEDIUM = 15, 6
"""From which product of impact and likelihood a risk is high, and medium."""

IMPACTS = ("economy", "reputation", "legal")
"""The three dimensions, by their fields of the analysis."""


def grade(analysis: Analysis) -> Risk | None:
    """Return the grade that the scores give: the worst of the three dimensions, or none while a score is missing.

    >>> grade(Analysis(economy=2, reputation=5, legal=1, likelihood=3))
    <Risk.HIGH: ('高', 'High')>
    """
    impacts, likelihood = [getattr(analysis, name) for name in IMPACTS], analysis.likelihood
    if likelihood not in SCORES or any(impact not in SCORES for impact in impacts):
        return None
    worst = max(impacts) * likelihood
    return Risk.HIGH if worst >= _HIGH else Risk.MEDIUM if worst >= _MEDIUM else Risk.LOW
