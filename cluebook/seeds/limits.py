"""The limits sheet a new office begins with: what the deadlines themselves declare."""

from __future__ import annotations

from cluebook.domain.deadlines import DEADLINES
from cluebook.domain.office import DayUnit, Limit
from cluebook.text import Lang


def starting_limits(lang: Lang) -> tuple[Limit, ...]:
    """Return one row for each deadline and urgency that has a limit, in the order of the procedure."""
    return tuple(
        Limit(
            deadline=deadline.text.in_(lang),
            urgency=urgency.text.in_(lang) if urgency else None,
            days=days,
            unit=DayUnit.WORKING,
        )
        for deadline in DEADLINES.values()
        for urgency, days in deadline.limits.items()
    )
