"""How long the archive keeps a case (procedure A4, 1.10)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cluebook.domain.case import Case
from cluebook.domain.clue import Nature, Retention
from cluebook.domain.fields import YesNo
from cluebook.domain.office import Circumstance, RetentionRule
from cluebook.domain.records import CheckItem, Transfer

_YEARS = {Retention.THIRTY_YEARS: 30, Retention.TEN_YEARS: 10}
_LONGEST_FIRST = (Retention.FOR_EVER, Retention.THIRTY_YEARS, Retention.TEN_YEARS)


def circumstances(case: Case) -> frozenset[Circumstance]:
    """Return what speaks for keeping a case longer."""
    found = set()
    if case.clue.nature is Nature.COMPLIANCE and any(i.result in YesNo.YES.text for i in case.all(CheckItem)):
        found.add(Circumstance.VERIFIED)
    if case.is_major:
        found.add(Circumstance.MAJOR)
    if case.all(Transfer):
        found.add(Circumstance.TRANSFERRED)
    return frozenset(found)


def retention_of(case: Case, rules: Iterable[RetentionRule]) -> Retention:
    """Return how long a case is kept: the longest that a fitting rule says, ten years where none fits."""
    said = {
        rule.retention
        for rule in rules
        if rule.subtype in {None, case.clue.subtype}
        and rule.urgency in {None, case.clue.urgency}
        and rule.circumstance in {None, *circumstances(case)}
    }
    return next((retention for retention in _LONGEST_FIRST if retention in said), Retention.TEN_YEARS)


def kept_from(closed_on: date) -> date:
    """Return the day from which a term counts: the first of January after the year of closing.

    >>> kept_from(date(2026, 3, 4))
    datetime.date(2027, 1, 1)
    """
    return date(closed_on.year + 1, 1, 1)


def kept_until(start: date, retention: Retention) -> date | None:
    """Return the last day of a term that began on a first of January; ``None`` for what is kept for ever.

    >>> kept_until(date(2027, 1, 1), Retention.TEN_YEARS)
    datetime.date(2036, 12, 31)
    """
    years = _YEARS.get(retention)
    return date(start.year + years - 1, 12, 31) if years else None
