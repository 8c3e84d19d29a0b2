"""Looking at clues: checking rows, finding those that came in before, suggesting a category (procedure 1.3, 7.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cluebook import hanzi
from cluebook.actions.office import facts_of_ledger, wrong_addresses, wrong_calendar
from cluebook.actions.registry import Picks, action
from cluebook.actions.steps import cases_of, edit_of, faults_as_problems
from cluebook.actions.suspicions import with_suspicions
from cluebook.domain.checks import faults
from cluebook.domain.classification import compile_rules
from cluebook.domain.classification import suggest as suggestion_for
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.deadlines import limit_problems
from cluebook.domain.fields import Column, Part
from cluebook.domain.masking import telling_fields
from cluebook.domain.office import Keyword, Limit
from cluebook.domain.records import Event, Reporter
from cluebook.errors import Problem
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, combine, name_of
from cluebook.ledger.tables import TABLES
from cluebook.ledger.trail import History
from cluebook.text import Text, same


@action(
    "check", "检查", "Check", daily=True, part=Part.INTAKE, icon="DataValidation", picks=Picks.ALL,
    help="检查必填项、类型、列表、日期先后、重号、手工改动和文字中的反映人信息，只列出问题，不作修改。",
)  # fmt: skip
def check(ledger: Ledger, rows: Sequence[Row[Clue]], stamp: Stamp) -> Plan:
    """Check rows for missing, wrong, contradictory, hand-made or telling values; list the problems, change nothing."""
    facts = facts_of_ledger(ledger, stamp.at)
    by_hand: dict[int, list[Problem]] = {}
    for problem in edited_by_hand(ledger, rows):
        by_hand.setdefault(problem.place.row or 0, []).append(problem)
    plans = [Plan(problems=(*_repeated_numbers(ledger), *_wrong_sheets(ledger)))]
    for row in rows:
        found = [f for f in faults(row.record, facts) if not _unread(ledger, row, f.field)]
        problems = (
            *row.problems,
            *faults_as_problems(ledger, row, found),
            *_telling(ledger, row),
            *by_hand.get(row.number, ()),
        )
        plans.append(Plan(problems=problems, done=() if problems else (name_of(row.record, row.number),)))
    return combine(plans)


@action(
    "duplicates", "查重", "Find duplicates", part=Part.REVIEW, icon="RemoveDuplicates", picks=Picks.ALL,
    starts=(Stage.DRAFT, Stage.REGISTERED, Stage.ACCEPTED),
    help="找出可能重复反映的线索：来源编号、号码、涉及对象相同或文字相似，写入疑似重复，由人决定是否并案。",
)  # fmt: skip
def duplicates(ledger: Ledger, rows: Sequence[Row[Clue]], stamp: Stamp) -> Plan:  # noqa: ARG001 - as every action
    """Find clues that may have come in before, by their numbers, subjects and texts; people decide on a merger."""
    named = [row for row in rows if row.record.entry_no]
    looked = Plan(
        edits=tuple(edit_of(ledger, row, row.record) for row in named),
        done=tuple(name_of(row.record, row.number) for row in named),
    )
    found = with_suspicions(looked, ledger)
    return replace(found, edits=tuple(edit for edit in found.edits if edit.before != edit.after))


@action(
    "suggest", "建议类别", "Suggest", part=Part.REVIEW, icon="TagsGallery", picks=Picks.ALL,
    starts=(Stage.DRAFT, Stage.REGISTERED),
    help="按规则词表给出建议子类、建议紧急程度和理由，并查重，由人决定是否采用。",
)  # fmt: skip
def suggest(ledger: Ledger, rows: Sequence[Row[Clue]], stamp: Stamp) -> Plan:
    """Suggest a subtype and an urgency from the phrases of the rules sheet, and look for duplicates; people decide."""
    rules = compile_rules(ledger.records(Keyword), hanzi.simplify)
    plans, unsure = [], 0
    for row in rows:
        clue = row.record
        found = suggestion_for(
            clue.matter or "", clue.description or "", clue.channel, rules, today=stamp.today
        )
        unsure += found.needs_person
        after = replace(
            clue,
            suggested_subtype=found.subtype,
            suggested_urgency=found.urgency,
            suggested_reason=found.reason.in_(ledger.lang),
            confidence=round(found.confidence, 2),
        )
        plans.append(Plan(edits=(edit_of(ledger, row, after),), done=(name_of(after, row.number),)))
    notice = Text("{n} 条把握不足，请人工判断子类。", "{n} clues need a person to choose the subtype.")
    told = Plan(notices=(notice.fill(n=unsure),) if unsure else ())
    return with_suspicions(combine([*plans, told]), ledger)


def edited_by_hand(ledger: Ledger, rows: Sequence[Row[Clue]]) -> list[Problem]:
    """Return a problem for each assigned cell that does not hold what the program last wrote there (Z8)."""
    history = History(ledger.records(Event))
    return [
        _edited(ledger, row, column)
        for row in rows
        for column in history.edited_by_hand(row.record, ledger.lang)
    ]


def _unread(ledger: Ledger, row: Row[Clue], field: str) -> bool:
    """Whether a cell could not be read at all: that is the problem, not that it seems blank."""
    return ledger.place(Clue, row.number, field) in {p.place for p in row.problems}


def _repeated_numbers(ledger: Ledger) -> list[Problem]:
    problems = []
    seen: dict[str, int] = {}
    for row in ledger.rows(Clue):
        number = row.record.number
        if number in seen:
            wrong = Text("编号与第 {row} 行重复。", "Row {row} has the same number.").fill(row=seen[number])
            fix = Text("请按流转记录核对两行。", "Compare both rows with the events sheet.")
            problems.append(Problem("duplicate_number", ledger.place(Clue, row.number, "number"), wrong, fix))
        elif number:
            seen[number] = row.number
    return problems


def _wrong_sheets(ledger: Ledger) -> list[Problem]:
    """Cells of the other sheets that cannot be read, and what calendar, people and limits say that cannot be."""
    others: list[type[Any]] = [table.record for table in TABLES if table.record is not Clue]
    limits = [(row.number, row.record) for row in ledger.rows(Limit)]
    return [
        *(problem for record in others for row in ledger.rows(record) for problem in row.problems),
        *wrong_calendar(ledger),
        *wrong_addresses(ledger),
        *limit_problems(limits, ledger.place(Limit).sheet or "", ledger.lang),
    ]


def _edited(ledger: Ledger, row: Row[Clue], column: Column) -> Problem:
    wrong = Text(
        "{clue} 的这一格由程序填写，却被手工改过。",
        "{clue}: the program fills this cell, and it was changed by hand.",
    )
    fix = Text("请按流转记录改回原值。", "Put back the value that the events sheet gives.")
    place = ledger.place(Clue, row.number, column.name)
    return Problem("edited_by_hand", place, wrong.fill(clue=same(name_of(row.record, row.number))), fix)


def _telling(ledger: Ledger, row: Row[Clue]) -> list[Problem]:
    """Return a problem for each text in which the reporter's own data can be read (G5)."""
    wrong = Text("文字中含有反映人本人的信息。", "This text holds the reporter's own data.")
    fix = Text(
        "请隐去姓名、电话等；外发文书会自动略去，匿名或保密线索则不能外发。",
        "Take out name, telephone and the like; documents leave them out, and a guarded clue cannot go out.",
    )
    reporters = cases_of(ledger).of(row.record).all(Reporter)
    return [
        Problem("reporter_in_text", ledger.place(Clue, row.number, name), wrong, fix)
        for name in telling_fields(row.record, reporters)
    ]
