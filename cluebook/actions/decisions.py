"""Deciding what departments ask for (procedure L9, H13). A further kind of request is one entry of REQUESTS."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from cluebook.actions.office import clocks_of_ledger
from cluebook.actions.registry import action
from cluebook.actions.returns import taken_back
from cluebook.actions.steps import advance, cases_of, keep
from cluebook.documents import clue_paper
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.deadlines import Clocks, extended, latest_extension
from cluebook.domain.fields import Part
from cluebook.domain.records import Decision, Extension, Return
from cluebook.errors import Problem
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, combine, name_of
from cluebook.text import Text


@dataclass(frozen=True, slots=True)
class Request:
    """A kind of request that somebody decides.

    Attributes:
        record: what a request is kept as, with `decision`, `decided_by`, `decided_at` and `opinion`.
        asked: the field of the record that is filled in once it is asked.
        stage: where a clue stands while it waits for the decision.
        steps: the step that each decision is.
        granted: what becomes of the clue when it is granted.
        prepared: what the conditions of granting have to know beside the records.
        document: the document with the decision.
    """

    record: type[Any]
    asked: str
    stage: Stage
    steps: Mapping[Decision, str]
    granted: Callable[[Case], Clue]
    document: str
    prepared: Callable[[Case, Clocks], Case] = lambda case, _clocks: case


def _extended(case: Case) -> Clue:
    asked = case.last(Extension)
    return extended(case.clue, asked.new_due) if asked and asked.new_due else case.clue


REQUESTS: tuple[Request, ...] = (
    Request(
        Return,
        "raised_at",
        Stage.ROUTED,
        {Decision.GRANTED: "return", Decision.REFUSED: "insist"},
        taken_back,
        "return_form",
    ),
    Request(
        Extension,
        "applied_at",
        Stage.IN_HANDLING,
        {Decision.GRANTED: "extended", Decision.REFUSED: "not_extended"},
        _extended,
        "extension_form",
        lambda case, clocks: replace(case, latest=latest_extension(case, clocks)),
    ),
)
"""Every kind of request."""


@action(
    "decide", "审定", "Decide", part=Part.HANDLING, icon="AcceptInvitation",
    starts=tuple(dict.fromkeys(request.stage for request in REQUESTS)),
    help="审定责任部门的退回或延期申请：同意退回的回到待流转，同意延期的期限延至拟完成日；不同意的照原期限办理。",
)  # fmt: skip
def decide(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    decision: Annotated[Decision, Text("审定结果", "the decision")],
    opinion: Annotated[str | None, Text("审定意见，不同意时必填", "why; needed for a refusal")] = None,
    decided_by: Annotated[
        str | None, Text("审定人，留空为操作人", "who decided; blank takes the user")
    ] = None,
) -> Plan:
    """Decide what a department asked for: to return a clue, or an extension; when it is refused all dates stand as they were."""
    clocks = clocks_of_ledger(ledger)
    said: dict[str, Any] = {"decision": decision, "opinion": opinion}
    said |= {"decided_by": decided_by or stamp.by, "decided_at": stamp.at}

    def decided(row: Row[Clue]) -> Plan:
        open_case = cases_of(ledger).of(row.record)
        request = _open_request(open_case)
        if request is None:
            return Plan(problems=(_nothing_to_decide(ledger, row),))

        def prepare(case: Case, _row: Row[Clue]) -> Case:
            asked: Any = case.last(request.record)
            return request.prepared(case.with_last(replace(asked, **said)), clocks)

        def work(case: Case, _row: Row[Clue]) -> Plan:
            paper = clue_paper(request.document, case, ledger, stamp)
            reasons = {name_of(case.clue, row.number): opinion} if opinion else {}
            return replace(keep(ledger, case.last(request.record)), papers=(paper,), reasons=reasons)

        def finish(clue: Clue) -> Clue:
            granted = decision is Decision.GRANTED
            return request.granted(replace(open_case, clue=clue)) if granted else clue

        step = request.steps[decision]
        return advance(ledger, [row], stamp, step, prepare=prepare, finish=finish, work=work)

    return combine([decided(row) for row in rows])


def _open_request(case: Case) -> Request | None:
    """Return the kind of the last request about a clue that is asked and not decided."""
    for request in REQUESTS:
        asked = case.last(request.record)
        if asked is not None and getattr(asked, request.asked) and not asked.decision:
            return request
    return None


def _nothing_to_decide(ledger: Ledger, row: Row[Clue]) -> Problem:
    wrong = Text("{clue} 没有待审定的申请。", "{clue}: there is no request to decide.")
    fix = Text("请先登记申请（return、extend）。", "Record the request first (return, extend).")
    place = ledger.place(Clue, row.number, "stage")
    return Problem("nothing_to_decide", place, wrong.fill(clue=name_of(row.record, row.number)), fix)
