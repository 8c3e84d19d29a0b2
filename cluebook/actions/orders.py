"""What every reminder and supervision order has, whoever sends it: a date for the answer, and its papers (K3, T33)."""

from __future__ import annotations

from datetime import date

from cluebook.actions.office import clocks_of_ledger
from cluebook.documents import clue_paper
from cluebook.domain.case import Case
from cluebook.domain.records import Urge, UrgeKind
from cluebook.domain.workdays import add_workdays
from cluebook.ledger.ledger import Ledger
from cluebook.ledger.plan import Paper, Stamp

_ANSWER_WITHIN = 2
"""Working days in which a department answers an order that names no date."""


def answer_by(ledger: Ledger, stamp: Stamp) -> date:
    """Return the day by which an order that goes out now is to be answered."""
    return add_workdays(stamp.today, _ANSWER_WITHIN, clocks_of_ledger(ledger).calendar)


def papers_of(case: Case, ledger: Ledger, stamp: Stamp) -> tuple[Paper, ...]:
    """Return the documents of the last order about a clue: the order itself, and the report where it is one."""
    sent = case.last(Urge)
    reported = sent is not None and sent.kind is UrgeKind.REPORTED
    kinds = ("supervision_order", "overdue_report") if reported else ("supervision_order",)
    return tuple(clue_paper(kind, case, ledger, stamp) for kind in kinds)
