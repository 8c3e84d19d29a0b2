"""Plans, extensions, pauses and another urgency: what changes the time a department has (procedure 1.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated

from cluebook.actions.office import clocks_of_ledger, setting_of
from cluebook.actions.registry import Picks, action
from cluebook.actions.steps import advance, cases_of, edit_of, entered, keep
from cluebook.documents import clue_paper
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Ground, Stage, Urgency
from cluebook.domain.deadlines import latest_extension, recomputed, regraded, resumed, with_standing
from cluebook.domain.fields import Part
from cluebook.domain.lifecycle import STEPS, UNDER_WAY
from cluebook.domain.records import Extension, HandlingPlan, Pause, PauseKind
from cluebook.domain.workdays import add_workdays
from cluebook.errors import Problem
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, combine, name_of
from cluebook.text import Text

_BY_LIMITS = Text("按现行时限和日历重新计算期限", "Recomputed by today's limits and calendar")
_BY_CALENDAR = Text("按日历重新计算期限", "Recomputed by the calendar")


@action(
    "plan", "处理方案", "Handling plan", part=Part.HANDLING, icon="CreateReport", asks=("plan",),
    starts=(Stage.IN_HANDLING,),
    help="登记责任部门的处理方案并生成文书；重要线索须在方案期限内提交。",
)  # fmt: skip
def plan(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    plan: Annotated[HandlingPlan | None, Text("处理方案的各栏", "Parts of the plan")] = None,
) -> Plan:
    """Record the plan that an important clue asks for, and make its document; the plan's limit is met."""

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        case = entered(case, plan or HandlingPlan(), "submitted_at")
        submitted = replace(
            case.last(HandlingPlan) or HandlingPlan(), submitted_by=stamp.by, submitted_at=stamp.at
        )
        # A plan that is revised was handed in with its first version.
        clue = replace(case.clue, milestone_at=case.clue.milestone_at or stamp.at)
        return replace(case.with_last(submitted), clue=clue)

    def work(case: Case, _row: Row[Clue]) -> Plan:
        paper = clue_paper("handling_plan", case, ledger, stamp)
        return replace(keep(ledger, case.last(HandlingPlan), "submitted_at"), papers=(paper,))

    return advance(ledger, rows, stamp, "plan", prepare=prepare, work=work)


@action(
    "extend", "申请延期", "Ask for an extension", part=Part.HANDLING, icon="StatusDate", asks=("application",),
    starts=(Stage.IN_HANDLING,),
    help="期限届满前登记延期申请，生成延期申请单，等待审定；审定前原期限有效。",
)  # fmt: skip
def extend(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    application: Annotated[Extension | None, Text("延期申请的各栏", "Parts of the application")] = None,
) -> Plan:
    """Record an application for more time before the deadline, with its form; until it is granted the date stands."""
    clocks = clocks_of_ledger(ledger)
    for name in ("longest_extension", "most_extensions"):
        setting_of(ledger, name, lambda s: (s.extension_share, s.extension_count))

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        case = entered(case, application or Extension(), "applied_at")
        asked = replace(
            case.last(Extension) or Extension(),
            round=(case.clue.extensions or 0) + 1,
            applicant=stamp.by,
            applied_at=stamp.at,
            original_due=case.clue.completion_due,
        )
        return replace(case.with_last(asked), latest=latest_extension(case, clocks))

    def work(case: Case, _row: Row[Clue]) -> Plan:
        paper = clue_paper("extension_form", case, ledger, stamp)
        return replace(keep(ledger, case.last(Extension), "applied_at"), papers=(paper,))

    return advance(ledger, rows, stamp, "extend", prepare=prepare, work=work)


@action(
    "suspend", "挂起", "Suspend", part=Part.HANDLING, icon="StartTimer", asks=("pause",), starts=(Stage.IN_HANDLING,),
    help="经批准暂停办理，写明原因和预计恢复日；各期限停止计算。",
)  # fmt: skip
def suspend(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    pause: Annotated[Pause | None, Text("挂起的各栏", "Why, until when, approved by whom")] = None,
) -> Plan:
    """Let the clocks of clues stand still, with approval, a reason and the day on which they should resume."""
    calendar = clocks_of_ledger(ledger).calendar
    most = setting_of(ledger, "longest_suspension", lambda s: s.suspension_days)

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        case = entered(case, pause or Pause(), "began_at")
        begun = replace(case.last(Pause) or Pause(), kind=PauseKind.SUSPENSION, began_at=stamp.at)
        clue = replace(case.clue, resume_on=begun.until)
        return replace(case.with_last(begun), clue=clue, latest=add_workdays(stamp.today, most, calendar))

    def work(case: Case, _row: Row[Clue]) -> Plan:
        return keep(ledger, case.last(Pause), "began_at")

    return advance(ledger, rows, stamp, "suspend", prepare=prepare, work=work)


def _is_to_resume(clue: Clue, today: date) -> bool:
    return clue.resume_on is not None and clue.resume_on <= today


@action(
    "resume", "恢复办理", "Resume", part=Part.HANDLING, icon="TaskMoveForward", starts=(Stage.SUSPENDED,), is_due=_is_to_resume,
    waits=True,
    help="结束挂起，各期限按停计的工作日顺延；不选线索时恢复到期的线索。",
)  # fmt: skip
def resume(ledger: Ledger, rows: Sequence[Row[Clue]], stamp: Stamp) -> Plan:
    """Let the clocks of suspended clues run again, every due date moved on; with none named, those whose day has come."""
    clocks = clocks_of_ledger(ledger)

    def work(case: Case, _row: Row[Clue]) -> Plan:
        return keep(ledger, case.last(Pause))

    return advance(
        ledger, rows, stamp, "resume", prepare=lambda case, _row: resumed(case, stamp.at, clocks), work=work
    )


@action(
    "regrade", "调级", "Change the urgency", part=Part.HANDLING, icon="CategorizeMenu", starts=STEPS["regrade"].before,
    help="调整紧急程度并写明理由；期限自原起算点重新计算，已用时间不变。",
)  # fmt: skip
def regrade(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    urgency: Annotated[Urgency, Text("调整后的紧急程度", "the new urgency")],
    reason: Annotated[str, Text("调整理由", "why it changes")],
    ground: Annotated[
        Ground | None, Text("定级理由，调为紧急时必填", "its ground; needed for urgent")
    ] = None,
) -> Plan:
    """Change the urgency of clues; their limits count anew from where they began, so that used time stays used."""
    clocks = clocks_of_ledger(ledger)

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        return replace(case, clue=regraded(case, urgency, ground, stamp.at, clocks))

    def work(case: Case, row: Row[Clue]) -> Plan:
        return Plan(reasons={name_of(case.clue, row.number): reason})

    alike = [row for row in rows if row.record.urgency is urgency]
    others = [row for row in rows if row.record.urgency is not urgency]
    same = Plan(problems=tuple(_unchanged(ledger, row) for row in alike))
    return combine([same, advance(ledger, others, stamp, "regrade", prepare=prepare, work=work)])


def _unchanged(ledger: Ledger, row: Row[Clue]) -> Problem:
    wrong = Text("{clue} 已经是这个紧急程度。", "{clue} has this urgency already.")
    fix = Text("请选另一个紧急程度，或跳过此线索。", "Choose another urgency, or leave it out.")
    place = ledger.place(Clue, row.number, "urgency")
    return Problem("same_urgency", place, wrong.fill(clue=name_of(row.record, row.number)), fix)


@action(
    "recompute", "重新计算期限", "Recompute deadlines", part=Part.TOOLS, icon="FormulaEvaluate", picks=Picks.ALL, starts=UNDER_WAY,
    help="工作日历或时限表改过以后，重新计算在办线索的期限，并留痕；默认只按日历，时限不变。",
)  # fmt: skip
def recompute(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    limits: Annotated[bool, Text("时限也按现行规定", "by today's limits, too")] = False,
) -> Plan:
    """Reckon the due dates of open clues anew after the calendar changed, or with --limits by today's limits, too."""
    clocks, edits, reasons = clocks_of_ledger(ledger), [], {}
    why = (_BY_LIMITS if limits else _BY_CALENDAR).in_(ledger.lang)
    unread = tuple(problem for row in rows for problem in row.problems)
    for row in rows:
        if row.problems:
            continue
        case = cases_of(ledger).of(row.record)
        moved = recomputed(case, clocks, on=stamp.today if limits else None)
        after = with_standing(replace(case, clue=moved), clocks, stamp.today, ledger.lang)
        if after != row.record:
            edits.append(edit_of(ledger, row, after))
        if moved != row.record:
            reasons[name_of(after, row.number)] = why
    return Plan(edits=tuple(edits), done=tuple(reasons), reasons=reasons, problems=unread)
