"""Handling, feedback and closing (procedure 1.6, 1.7, 3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from cluebook.actions.registry import action
from cluebook.actions.steps import advance, entered, keep
from cluebook.documents import clue_paper
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import Part, YesNo
from cluebook.domain.records import Feedback, HandlingLine
from cluebook.errors import Problem, UsageError
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp
from cluebook.text import Text


@action(
    "log", "处理记录", "Log handling", daily=True, asks=("line", "milestone", "completed"), waits=True, part=Part.HANDLING, icon="ReviewNewComment", starts=(Stage.IN_HANDLING, Stage.FED_BACK),
    help="为所选线索登记一条处理记录：措施、沟通、解决情况。",
)  # fmt: skip
def log(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    line: Annotated[HandlingLine | None, Text("处理记录的各栏", "Columns of the line")] = None,
    milestone: Annotated[
        bool, Text("这是初步处理（紧急）或处理方案（重要）", "this is the initial handling or the plan")
    ] = False,
    completed: Annotated[bool, Text("处理已经完成", "the handling is complete")] = False,
) -> Plan:
    """Add a line to the handling log of clues: measures, communication, resolution."""
    if line is None or not line.measures:
        wrong = Text("处理记录没有写采取的措施。", "The line does not say what was done.")
        fix = Text("请填写采取的措施（--measures）。", "Give the measures taken (--measures).")
        raise UsageError(
            Problem("measures_missing", ledger.place(HandlingLine, None, "measures"), wrong, fix)
        )

    def finish(clue: Clue) -> Clue:
        return replace(
            clue,
            milestone_at=clue.milestone_at or (stamp.at if milestone else None),
            completed_at=clue.completed_at or (stamp.at if completed else None),
        )

    def work(case: Case, _row: Row[Clue]) -> Plan:
        dated = replace(
            line, clue=case.clue.number, on=line.on or stamp.at, recorder=line.recorder or stamp.by
        )
        return Plan(additions=(dated,))

    return advance(ledger, rows, stamp, "log", finish=finish, work=work)


@action(
    "feedback", "反馈", "Feed back", daily=True, part=Part.FEEDBACK, icon="ReplyWithInstantMessage", starts=(Stage.IN_HANDLING,),
    help="登记责任部门的四部分反馈，生成反馈报告，转入反馈审核。",
)  # fmt: skip
def feedback(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    report: Annotated[Feedback | None, Text("反馈的各部分", "Parts of the feedback")] = None,
) -> Plan:
    """Record a department's feedback in its four parts, make the report, and pass it to the review."""

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        # Feedback that was reviewed stays as it is; what comes after it is told anew (T26).
        case = entered(case, report or Feedback(), "submitted_at")
        told = case.feedback or Feedback()
        told = replace(told, expectation=told.expectation or case.clue.expectation)
        clue = replace(
            case.clue, expectation=told.expectation, completed_at=case.clue.completed_at or stamp.at
        )
        return replace(case, clue=clue).with_last(told)

    def work(case: Case, _row: Row[Clue]) -> Plan:
        told = replace(
            case.feedback or Feedback(), submitted_by=stamp.by, submitted_at=stamp.at, accepted=None
        )
        paper = clue_paper("feedback_report", case.with_last(told), ledger, stamp)
        return replace(keep(ledger, told, "submitted_at"), papers=(paper,))

    return advance(ledger, rows, stamp, "feedback", prepare=prepare, work=work)


@action(
    "close", "办结", "Close", daily=True, part=Part.CLOSING, icon="TagMarkComplete",
    starts=(Stage.FED_BACK, Stage.AWAITING_MEETING), fills=("satisfaction",), asks=(),
    help="反馈审核通过并办结；不能办结的，一次列出全部所缺。",
)  # fmt: skip
def close(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    approved_by: Annotated[
        str | None, Text("不满意仍予办结的批准人", "who approved closing in spite of dissatisfaction")
    ] = None,
) -> Plan:
    """Accept the feedback and close; for a clue that cannot be closed, list everything it lacks."""

    def work(case: Case, _row: Row[Clue]) -> Plan:
        accepted = replace(case.feedback or Feedback(), accepted=YesNo.YES, reviewer=stamp.by)
        return keep(ledger, accepted)

    return advance(
        ledger,
        rows,
        stamp,
        "close",
        prepare=lambda case, _row: replace(case, approver=approved_by),
        work=work,
    )
