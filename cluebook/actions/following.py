"""Following clues up, and urging departments (procedure K1, K3, T33)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from cluebook.actions.issue import Issue
from cluebook.actions.office import clocks_of_ledger
from cluebook.actions.orders import answer_by, papers_of
from cluebook.actions.registry import action, said
from cluebook.actions.steps import advance, cases_of, edit_of, entered, keep, rows_about
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.deadlines import DEADLINES, due_on
from cluebook.domain.fields import Part
from cluebook.domain.guards.supervision import unsettled
from cluebook.domain.ladder import next_level
from cluebook.domain.lifecycle import UNDER_WAY
from cluebook.domain.records import FollowUp, Urge, UrgeKind
from cluebook.domain.workdays import is_workday
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, combine, name_of
from cluebook.text import Text


@action(
    "follow-up", "跟进", "Follow up", part=Part.SUPERVISION, icon="FollowUpMenu", asks=("look",),
    starts=(Stage.ROUTED, Stage.IN_HANDLING, Stage.SUSPENDED), waits=True,
    help="登记对所选线索的一次跟进：进度、问题、下一步；下次跟进的日期随之推算。",
)  # fmt: skip
def follow_up(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    look: Annotated[FollowUp | None, Text("跟进的各项", "What was found")] = None,
    due: Annotated[
        bool, Text("只登记到期应跟进的，留待填写", "only enter those that are due, to be filled in")
    ] = False,
) -> Plan:
    """Record a look at the progress of clues; when the next one is due follows from it."""
    clocks = clocks_of_ledger(ledger)
    if due:
        return combine([_planned(ledger, row, stamp) for row in rows])

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        planned = due_on("follow_up", case, clocks)
        found = entered(case, look or FollowUp(), "done_on")
        seen = found.last(FollowUp) or FollowUp()
        return found.with_last(
            replace(
                seen,
                planned_on=seen.planned_on or planned,
                done_on=seen.done_on or stamp.today,
                by=seen.by or stamp.by,
            )
        )

    def work(case: Case, _row: Row[Clue]) -> Plan:
        return keep(ledger, case.last(FollowUp), "done_on")

    return advance(ledger, rows, stamp, "follow", prepare=prepare, work=work)


def _planned(ledger: Ledger, row: Row[Clue], stamp: Stamp) -> Plan:
    """Return the plan that enters a follow-up whose day has come; one that stands there already is only named (K1)."""
    clocks, case = clocks_of_ledger(ledger), cases_of(ledger).of(row.record)
    day = due_on("follow_up", case, clocks)
    if day is None or day > stamp.today or row.record.stage not in DEADLINES["follow_up"].stages:
        return Plan()
    if not is_workday(stamp.today, clocks.calendar):
        return Plan()
    name = name_of(row.record, row.number)
    stands = any(each.planned_on and not each.done_on for each in case.all(FollowUp))
    return Plan(additions=() if stands else (FollowUp(clue=name, planned_on=day),), done=(name,))


@action(
    "urge", "催办督办", "Urge", part=Part.SUPERVISION, icon="AddReminder", starts=UNDER_WAY, asks=("order",),
    help="向责任部门发出催办单或督办单，通报的另附逾期情况通报；再次登记进展、措施或销号的，写入尚未回复的那一份。",
)  # fmt: skip
def urge(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    order: Annotated[
        Urge | None, Text("催办、督办的各项，或其回复", "The order, or the answer to it")
    ] = None,
) -> Plan:
    """Send departments a reminder or a supervision order, or record the answer to one and that it is settled."""
    given = order or Urge()
    numbers = (each.number for each in ledger.records(Urge))
    issue = Issue(ledger, "order_pattern", stamp.today.year, lambda _clue: None, numbers)
    answers = bool(given.progress or given.measures or given.settled)
    plans = [
        _answered(ledger, row, stamp, given) if answers else _urged(ledger, row, stamp, given, issue)
        for row in rows
    ]
    return combine([*plans, issue.plan()])


def _urged(ledger: Ledger, row: Row[Clue], stamp: Stamp, given: Urge, issue: Issue) -> Plan:
    def prepare(case: Case, _row: Row[Clue]) -> Case:
        clue = replace(case.clue, urge_level=next_level(case, stamp.today))
        return replace(case, clue=clue).with_new(
            replace(
                given,
                clue=name_of(clue, 0),
                kind=given.kind or UrgeKind.REMINDER,
                level=clue.urge_level,
                about=clue.overdue_kind or clue.next_step,
                to=clue.department,
                issued_by=stamp.by,
                issued_at=stamp.at,
                reply_by=given.reply_by or answer_by(ledger, stamp),
            )
        )

    def work(case: Case, _row: Row[Clue]) -> Plan:
        sent = replace(case.last(Urge) or Urge(), number=issue.next())
        return Plan(additions=(sent,), papers=papers_of(case.with_last(sent), ledger, stamp))

    return advance(ledger, [row], stamp, "urge", prepare=prepare, work=work)


def _answered(ledger: Ledger, row: Row[Clue], stamp: Stamp, given: Urge) -> Plan:
    """Return the plan that enters the answer to the last order that is not settled."""

    def work(case: Case, _row: Row[Clue]) -> Plan:
        sent = [u for u in rows_about(ledger, Urge, case.clue) if u.record in unsettled(case)][-1]
        told = replace(sent.record, **said(given), replied_at=sent.record.replied_at or stamp.at)
        return Plan(edits=(edit_of(ledger, sent, told),))

    return advance(ledger, [row], stamp, "answer_order", work=work)
