"""Clues that go back: a department asks to return one, the office takes one away to route it anew (procedure L9, G4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

from cluebook.actions.registry import action
from cluebook.actions.steps import advance, entered, keep
from cluebook.documents import clue_paper
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import Part
from cluebook.domain.records import Decision, Return, ReturnKind
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, name_of
from cluebook.text import Text


@action(
    "return", "部门退回", "Return", part=Part.ROUTING, icon="TaskOutdent", starts=(Stage.ROUTED,), asks=("request",),
    help="登记责任部门在接收期限内提出的退回，生成退回单，等待审定；审定前接收期限照算。",
)  # fmt: skip
def return_(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    request: Annotated[
        Return | None, Text("退回的原因、依据和建议部门", "Reason, basis, and whose it is")
    ] = None,
) -> Plan:
    """Record that a department asks to return clues before receipt is due, with the form; somebody then decides."""

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        return _raised(case, request, stamp, kind=ReturnKind.RETURN)

    def work(case: Case, _row: Row[Clue]) -> Plan:
        paper = clue_paper("return_form", case, ledger, stamp)
        return replace(keep(ledger, case.last(Return), "raised_at"), papers=(paper,))

    return advance(ledger, rows, stamp, "decline", prepare=prepare, work=work)


@action(
    "reroute", "改派", "Reroute", part=Part.ROUTING, icon="RerouteFreely", starts=(Stage.IN_HANDLING,), asks=("request",),
    help="从责任部门收回线索，改派其他部门：原流转单作废，回到待流转，总耗时照算。",
)  # fmt: skip
def reroute(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    request: Annotated[Return | None, Text("改派的原因和建议部门", "Reason, and where it goes next")] = None,
) -> Plan:
    """Take clues back from their department to be routed anew; the old slip is void, their age keeps running."""

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        decided = {"decision": Decision.GRANTED, "decided_by": stamp.by, "decided_at": stamp.at}
        return _raised(case, request, stamp, kind=ReturnKind.REROUTE, **decided)

    def work(case: Case, row: Row[Clue]) -> Plan:
        taken = case.last(Return)
        reason = taken.reason if taken else None
        reasons = {name_of(case.clue, row.number): reason} if reason else {}
        return replace(keep(ledger, taken, "raised_at"), reasons=reasons)

    def finish(clue: Clue) -> Clue:
        return replace(clue, reroutes=(clue.reroutes or 0) + 1, department=_next(request, clue))

    return advance(ledger, rows, stamp, "reroute", prepare=prepare, finish=finish, work=work)


def taken_back(case: Case) -> Clue:
    """Return the clue after its return is granted: it goes to the department proposed, where one was."""
    clue = case.clue
    return replace(clue, returns=(clue.returns or 0) + 1, department=_next(case.last(Return), clue))


def _raised(case: Case, request: Return | None, stamp: Stamp, **known: Any) -> Case:  # noqa: ANN401 - fields of the record
    """Return the case with the return as it is asked now: by whom, of which slip and department."""
    case = entered(case, request or Return(), "raised_at")
    clue, asked = case.clue, case.last(Return) or Return()
    about: dict[str, Any] = {
        "slip_no": clue.slip_no,
        "department": clue.department,
        "raised_by": stamp.by,
        "raised_at": stamp.at,
    }
    return case.with_last(replace(asked, **about, **known))


def _next(request: Return | None, clue: Clue) -> str | None:
    return request.proposed if request and request.proposed else clue.department
