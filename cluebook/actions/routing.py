"""Routing to a department, and its receipt (procedure 1.5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated

from cluebook.actions.grounds import all_the_same, approved, because
from cluebook.actions.issue import Issue
from cluebook.actions.office import clocks_of_ledger
from cluebook.actions.registry import APPROVED_BY, action
from cluebook.actions.steps import advance
from cluebook.documents import Due, clue_paper
from cluebook.domain.case import Case
from cluebook.domain.checklists import laid_out
from cluebook.domain.clue import Clue, Stage, Urgency
from cluebook.domain.deadlines import Allowance, Clocks, limit_for, reckon
from cluebook.domain.fields import Part, YesNo
from cluebook.domain.guards.leaving import ALL_THE_SAME
from cluebook.domain.office import DayUnit
from cluebook.domain.records import Share, Task
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, combine
from cluebook.text import Text

_ROUTING_FORM = ("department", "joint_departments", "involved_departments", "routing_reason")
_DESPITE = Text("部门是涉及对象仍照转的理由", "why it goes to the very department it is about")
_RECEIPT_FORM = ("handler", "handler_phone", "deputy", "expected_on")


@action(
    "route", "流转", "Route", daily=True, part=Part.ROUTING, icon="FileSendMenu", starts=(Stage.APPROVED,), fills=_ROUTING_FORM,
    asks=(),
    help="将所选线索转责任部门，各生成一份带回执的流转单，开始计算接收期限。",
)  # fmt: skip
def route(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    despite: Annotated[str | None, _DESPITE] = None,
) -> Plan:
    """Send clues to their departments with a routing slip each; the receipt limit starts."""
    return _sent(ledger, rows, stamp, "route", despite=despite)


@action(
    "fast-track", "急件快转", "Fast track", part=Part.ROUTING, icon="FlagMessage", starts=(Stage.ACCEPTED,),
    fills=_ROUTING_FORM,
    help="紧急线索经批准先流转、后分析；流转单标明特急，分析报告须在期限内补上。",
)  # fmt: skip
def fast_track(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    approved_by: Annotated[str | None, APPROVED_BY] = None,
    despite: Annotated[str | None, _DESPITE] = None,
) -> Plan:
    """Send urgent clues to their departments ahead of their analysis, which is then owed within its limit."""
    return _sent(ledger, rows, stamp, "expedite", approved_by, despite)


def _sent(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    step_id: str,
    approver: str | None = None,
    despite: str | None = None,
) -> Plan:
    """Return the plan that numbers the slips, starts the receipt limits, and gives each department its task."""
    clocks = clocks_of_ledger(ledger)
    issue = Issue(ledger, "slip_pattern", stamp.today.year, lambda clue: clue.slip_no)
    fast = step_id == "expedite"
    flags = frozenset({ALL_THE_SAME} if despite else ())

    def finish(clue: Clue) -> Clue:
        sent = replace(clue, slip_no=issue.next(), receipt_due=reckon("receipt", clue, clocks))
        if not fast:
            return sent
        owing = replace(sent, fast_track=YesNo.YES)
        return replace(owing, analysis_due=reckon("analysis_owed", owing, clocks))

    def work(case: Case, row: Row[Clue]) -> Plan:
        why = because(case, row.number, ledger.lang, approved(approver), all_the_same(despite))
        return replace(_slip(case, clocks, ledger, stamp), reasons=why)

    moved = advance(
        ledger,
        rows,
        stamp,
        step_id,
        prepare=lambda case, _row: replace(case, approver=approver, flags=flags),
        finish=finish,
        work=work,
        fields=_ROUTING_FORM,
    )
    return combine([moved, issue.plan()])


def _slip(case: Case, clocks: Clocks, ledger: Ledger, stamp: Stamp) -> Plan:
    """Return the slip of a clue, and the tasks of its departments.

    The slip announces the dates that hold if the department confirms at once; a later receipt moves them.
    """
    limit = reckon("completion", replace(case.clue, received_at=stamp.at), clocks)
    announced = replace(case.clue, completion_due=limit, expected_on=case.clue.expected_on or limit)
    tasks = tuple(_tasks(case, limit))
    told = replace(case, clue=announced).holding(Task, (*case.all(Task), *tasks))
    limits = _limits_ahead(case.clue, clocks, stamp.at)
    return Plan(additions=tasks, papers=(clue_paper("routing_slip", told, ledger, stamp, limits),))


def _tasks(case: Case, due: date | None) -> Iterator[Task]:
    """Yield a task for each department of a joint clue that the meeting gave none (L8)."""
    clue, given = case.clue, {task.department for task in case.all(Task)}
    if not clue.joint_departments:
        return
    for department in (clue.department, *clue.joint_departments):
        if department not in given:
            share = Share.LEAD if department == clue.department else Share.JOINT
            yield Task(
                clue=clue.number, department=department, share=share, task=clue.routing_reason, due=due
            )


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

    def work(case: Case, _row: Row[Clue]) -> Plan:
        return Plan(additions=laid_out(case, ledger.lang))

    return advance(ledger, rows, stamp, "receive", prepare=prepare, work=work, fields=_RECEIPT_FORM)


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
