"""What departments tick off: the checklist of the subtype, joint tasks, calls back (procedure H1 to H7, L8, H2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated

from cluebook.actions.registry import action
from cluebook.actions.steps import advance, edit_of, rows_about
from cluebook.documents import clue_paper
from cluebook.domain.case import Case
from cluebook.domain.checklists import Item, checklist_of, laid_out
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import Part
from cluebook.domain.records import Callback, CheckItem, Task
from cluebook.errors import Problem, UsageError
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, combine, name_of
from cluebook.text import Text, join, same

_AT_WORK = (Stage.IN_HANDLING, Stage.SUSPENDED, Stage.FED_BACK, Stage.AWAITING_MEETING)


@action(
    "tick", "处理清单", "Checklist", part=Part.HANDLING, icon="TaskNotes", starts=_AT_WORK, asks=("item", "evidence", "on"),
    help="填写所选线索处理清单的检查项；不写检查项的，列出还没有办的各项。",
)  # fmt: skip
def tick(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    item: Annotated[Mapping[str, str], Text("检查项=结果，可有多项", "item=result, as often as needed")] = {},
    evidence: Annotated[str | None, Text("凭证", "evidence")] = None,
    on: Annotated[date | None, Text("日期，留空为今天", "when; blank is today")] = None,
) -> Plan:
    """Fill in items of the checklists of clues; items that are not there are laid out first."""
    return combine([_ticked(ledger, row, stamp, item, evidence, on or stamp.today) for row in rows])


@action(
    "task", "分工完成", "Task done", part=Part.HANDLING, icon="AcceptAndAdvance", starts=_AT_WORK,
    help="登记协办部门完成其任务的日期和情况。",
)  # fmt: skip
def task(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    joint: Annotated[str, Text("协办部门", "the joint department"), "Departments.name"],
    result: Annotated[str | None, Text("完成情况", "what was done")] = None,
    on: Annotated[date | None, Text("完成日，留空为今天", "when; blank is today")] = None,
) -> Plan:
    """Record that a joint department has done its task in clues."""

    def done(given: Task) -> Task:
        return replace(given, done_on=on or stamp.today, result=result or given.result)

    def finished(row: Row[Clue]) -> Plan:
        def work(case: Case, _row: Row[Clue]) -> Plan:
            given = [r for r in rows_about(ledger, Task, case.clue) if r.record.department == joint]
            return Plan(edits=tuple(edit_of(ledger, r, done(r.record)) for r in given))

        plan = advance(ledger, [row], stamp, "log", work=work)
        told = any(isinstance(edit.after, Task) for edit in plan.edits)
        return plan if told or plan.problems else Plan(problems=(_no_task(ledger, row, joint),))

    return combine([finished(row) for row in rows])


@action(
    "callback", "回访", "Call back", part=Part.FEEDBACK, icon="ReplyWithMeeting",
    starts=(Stage.FED_BACK, Stage.AWAITING_MEETING), also=(Stage.IN_HANDLING, Stage.CLOSED), asks=("call",),
    help="登记一次回访，满意度记入台账，生成回访记录。",
)  # fmt: skip
def callback(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    call: Annotated[Callback | None, Text("回访的各项", "What was said")] = None,
) -> Plan:
    """Record a call back to whoever complained; how satisfied they are goes into the ledger."""
    if call is None or call.satisfaction is None:
        wrong = Text("没有写明满意度。", "How satisfied they are is not said.")
        fix = Text("请选满意度（--satisfaction）。", "Choose it (--satisfaction).")
        raise UsageError(
            Problem("satisfaction_missing", ledger.place(Callback, None, "satisfaction"), wrong, fix)
        )

    def work(case: Case, _row: Row[Clue]) -> Plan:
        told = replace(call, clue=name_of(case.clue, 0), on=call.on or stamp.today, by=call.by or stamp.by)
        paper = clue_paper("callback_record", case.with_new(told), ledger, stamp)
        return Plan(additions=(told,), papers=(paper,))

    return advance(
        ledger,
        rows,
        stamp,
        "callback",
        finish=lambda clue: replace(clue, satisfaction=call.satisfaction),
        work=work,
    )


def _ticked(
    ledger: Ledger, row: Row[Clue], stamp: Stamp, results: Mapping[str, str], evidence: str | None, on: date
) -> Plan:
    """Return the plan that fills in the items named, or says which of them the checklist does not have."""
    items = {name: item for item in checklist_of(row.record) for name in (*item.text, item.id)}
    if strange := [name for name in results if name not in items]:
        return Plan(problems=(_no_item(ledger, row, strange[0], checklist_of(row.record)),))

    def done(blank: CheckItem) -> CheckItem:
        told = {items[name].id: result for name, result in results.items()}.get(items[blank.item or ""].id)
        return replace(blank, result=told, on=on, evidence=evidence or blank.evidence) if told else blank

    def work(case: Case, _row: Row[Clue]) -> Plan:
        held = [r for r in rows_about(ledger, CheckItem, case.clue) if r.record.item in items]
        edits = [edit_of(ledger, r, done(r.record)) for r in held if done(r.record) != r.record]
        return Plan(edits=tuple(edits), additions=tuple(done(row) for row in laid_out(case, ledger.lang)))

    return advance(ledger, [row], stamp, "log", work=work)


def _no_item(ledger: Ledger, row: Row[Clue], name: str, items: Sequence[Item]) -> Problem:
    wrong = Text("{clue}：处理清单没有“{item}”这一项。", "{clue}: its checklist has no item “{item}”.")
    fix = Text("可填：{items}。", "It has: {items}.").fill(
        items=join([item.text for item in items]) if items else same("-")
    )
    told = wrong.fill(clue=same(name_of(row.record, row.number)), item=same(name[:40]))
    return Problem("unknown_item", ledger.place(CheckItem, None, "item"), told, fix)


def _no_task(ledger: Ledger, row: Row[Clue], department: str) -> Problem:
    wrong = Text("{clue}：分工表没有{department}的任务。", "{clue}: {department} has no task in it.")
    fix = Text("请核对部门，或先登记分工。", "Check the department, or enter its task first.")
    told = wrong.fill(clue=same(name_of(row.record, row.number)), department=same(department[:40]))
    return Problem("unknown_task", ledger.place(Task, None, "department"), told, fix)
