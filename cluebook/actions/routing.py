"""Routing to a department, and its receipt (procedure 1.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cluebook.actions.issue import Issue
from cluebook.actions.office import clocks_of_ledger
from cluebook.actions.registry import action
from cluebook.actions.steps import advance
from cluebook.documents import Due, clue_paper
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Stage, Urgency
from cluebook.domain.deadlines import Allowance, Clocks, limit_for, reckon
from cluebook.domain.fields import Part
from cluebook.domain.office import DayUnit
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, combine
from cluebook.text import Text

_ROUTING_FORM = ("department", "joint_departments", "involved_departments", "routing_reason")
_RECEIPT_FORM = ("handler", "expected_on")


@action(
    "route", "流转", "Route", daily=True, part=Part.ROUTING, icon="FileSendMenu", starts=(Stage.APPROVED,), fills=_ROUTING_FORM,
    help="将所选线索转责任部门，各生成一份带回执的流转单，开始计算接收期限。",
)  # fmt: skip
def route(ledger: Ledger, rows: Sequence[Row[Clue]], stamp: Stamp) -> Plan:
    """Send clues to their departments with a routing slip each; the receipt limit starts."""
    clocks = clocks_of_ledger(ledger)
    issue = Issue(ledger, "slip_pattern", stamp.today.year, lambda clue: clue.slip_no)

    def finish(clue: Clue) -> Clue:
        return replace(clue, slip_no=issue.next(), receipt_due=reckon("receipt", clue, clocks))

    def work(case: Case, _row: Row[Clue]) -> Plan:
        # The slip announces the dates that hold if the department confirms at once; a later receipt moves them.
        limit = reckon("completion", replace(case.clue, received_at=stamp.at), clocks)
        announced = replace(case.clue, completion_due=limit, expected_on=case.clue.expected_on or limit)
        limits = _limits_ahead(case.clue, clocks, stamp.at)
        return Plan(
            papers=(clue_paper("routing_slip", replace(case, clue=announced), ledger, stamp, limits),)
        )

    moved = advance(ledger, rows, stamp, "route", finish=finish, work=work, fields=_ROUTING_FORM)
    return combine([moved, issue.plan()])


@action(
    "receive", "确认接收", "Confirm receipt", daily=True, part=Part.HANDLING, icon="AcceptTask", starts=(Stage.ROUTED,),
    fills=_RECEIPT_FORM,
    help="登记责任部门的回执：承办人和承诺日期，开始计算办理期限。",
)  # fmt: skip
def receive(ledger: Ledger, rows: Sequence[Row[Clue]], stamp: Stamp) -> Plan:
    """Record the department's receipt with its handler and promised date; the handling limits start."""
    clocks = clocks_of_ledger(ledger)

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        received = replace(case.clue, received_at=stamp.at)
        limit = reckon("completion", received, clocks)
        # A department that names no date of its own promises the limit (H8).
        promise = case.clue.expected_on or limit
        first = reckon("milestone", received, clocks)
        return replace(
            case, clue=replace(case.clue, completion_due=limit, milestone_due=first, expected_on=promise)
        )

    return advance(ledger, rows, stamp, "receive", prepare=prepare, fields=_RECEIPT_FORM)


_ANNOUNCED = {
    "receipt": Text("接收期限", "Receipt due"),
    "milestone": Text("方案期限", "Plan due"),
    "completion": Text("完成期限", "Completion due"),
}
_INITIAL = Text("初步处理期限", "Initial handling due")
"""What the first step is for an urgent clue; for an important one it is the plan (H9, H10)."""


def _limits_ahead(clue: Clue, clocks: Clocks, at: datetime) -> list[Due]:
    """Return the deadlines that the slip announces: receipt, and those of handling as if received today."""
    received = replace(clue, received_at=at)
    dues = []
    for deadline, name in _ANNOUNCED.items():
        on, allowed = reckon(deadline, received, clocks), limit_for(deadline, clue, clocks, at.date())
        if on is not None and allowed is not None:
            initial = deadline == "milestone" and clue.urgency is Urgency.URGENT
            dues.append(Due(_INITIAL if initial else name, on, _rule(allowed)))
    return dues


def _rule(allowed: Allowance) -> Text:
    if allowed.days == 0:
        return Text("当日", "the same day")
    working = allowed.unit is DayUnit.WORKING
    day = Text("个工作日" if working else "个自然日", "working day" if working else "calendar day")
    return Text(f"{allowed.days} {day.zh}", f"{allowed.days} {day.en}{'' if allowed.days == 1 else 's'}")
