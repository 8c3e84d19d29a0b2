"""Taking a clue up again: feedback returned for more work, and a closed case reopened (procedure T26, T30)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from cluebook.actions.office import clocks_of_ledger
from cluebook.actions.registry import REVIEWER, action
from cluebook.actions.steps import advance, entered, keep, last_row
from cluebook.documents import clue_paper
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.deadlines import reckon, resumed
from cluebook.domain.fields import Part, YesNo
from cluebook.domain.records import Feedback, Pause, PauseKind, Reopening, Volume
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, combine, name_of
from cluebook.text import Text


@action(
    "redo", "退回重办", "Return for more work", part=Part.FEEDBACK, icon="ChangeToDeclineInvitation", starts=(Stage.FED_BACK, Stage.AWAITING_MEETING),
    help="反馈不予通过，写明理由退回责任部门；办理期限恢复计算，已用时间不变。",
)  # fmt: skip
def redo(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    opinion: Annotated[str | None, Text("退回重办的理由", "why it is returned")] = None,
    reviewer: Annotated[str | None, REVIEWER] = None,
) -> Plan:
    """Return feedback to its department with the reasons; the completion clock runs on with the used time kept."""
    clocks = clocks_of_ledger(ledger)

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        told = case.feedback or Feedback(clue=case.clue.number)
        told = replace(
            told, accepted=YesNo.NO, reviewer=reviewer or stamp.by, opinion=opinion or told.opinion
        )
        # The clock stopped when the handling was complete, and runs again now.
        review = Pause(
            clue=name_of(case.clue, 0), kind=PauseKind.FEEDBACK_REVIEW, began_at=case.clue.completed_at
        )
        at_work = replace(case, clue=replace(case.clue, completed_at=None))
        return resumed(at_work.with_new(review), stamp.at, clocks).with_last(told)

    def work(case: Case, row: Row[Clue]) -> Plan:
        told, review = case.last(Feedback) or Feedback(), case.last(Pause)
        paper = clue_paper("rework_notice", case, ledger, stamp)
        kept = replace(
            keep(ledger, told), papers=(paper,), reasons={name_of(case.clue, row.number): told.opinion or ""}
        )
        return combine([kept, Plan(additions=(review,))])

    return advance(ledger, rows, stamp, "redo", prepare=prepare, work=work)


@action(
    "reopen", "重新办理", "Reopen", part=Part.CLOSING, icon="DataRefreshAll", asks=("reopening",),
    starts=(Stage.CLOSED, Stage.ARCHIVED),
    help="经批准重新办理已办结或已归档的线索；办理期限重新计算，保管期限随之重置，原记录保留。",
)  # fmt: skip
def reopen(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    reopening: Annotated[Reopening | None, Text("理由、说明和批准人", "Why, and who approved it")] = None,
) -> Plan:
    """Take up closed or archived clues again, with approval: a new completion clock, and retention begins anew later."""
    clocks = clocks_of_ledger(ledger)

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        case = entered(case, reopening or Reopening(), "reopened_at")
        clue, round_ = case.clue, (case.clue.reopened or 0) + 1
        taken_up = replace(
            case.last(Reopening) or Reopening(),
            round=round_,
            reopened_by=stamp.by,
            reopened_at=stamp.at,
            closed_at=clue.closed_at,
            archive_no=clue.archive_no,
        )
        return replace(case.with_last(taken_up), clue=replace(clue, reopened=round_))

    def finish(clue: Clue) -> Clue:
        limit = reckon("completion", clue, clocks)
        return replace(clue, completion_due=limit, expected_on=limit)

    def work(case: Case, row: Row[Clue]) -> Plan:
        taken_up = case.last(Reopening) or Reopening()
        why = taken_up.reason.text.in_(ledger.lang) if taken_up.reason else ""
        paper = clue_paper("reopening_form", case, ledger, stamp)
        told = Plan(papers=(paper,), reasons={name_of(case.clue, row.number): why})
        return combine([keep(ledger, taken_up, "reopened_at"), _held_back(ledger, case), told])

    return advance(ledger, rows, stamp, "reopen", prepare=prepare, finish=finish, work=work)


def _held_back(ledger: Ledger, case: Case) -> Plan:
    """Return the plan that keeps the volume of a reopened case from disposal until it is archived again."""
    row = last_row(ledger, Volume, case.clue.number)
    return keep(ledger, replace(row.record, hold=YesNo.YES)) if row else Plan()
