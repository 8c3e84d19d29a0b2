"""The preliminary review: checking rows, suggesting a category, accepting (procedure 1.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from cluebook import hanzi
from cluebook.actions.issue import Issue
from cluebook.actions.office import facts_of_ledger, wrong_calendar
from cluebook.actions.registry import Picks, action
from cluebook.actions.steps import advance, edit_of, faults_as_problems
from cluebook.domain.case import Case
from cluebook.domain.checks import faults
from cluebook.domain.classification import compile_rules
from cluebook.domain.classification import suggest as suggestion_for
from cluebook.domain.clue import Clue, Conclusion, Ground, Nature, Secrecy, Stage, Urgency
from cluebook.domain.deadlines import limit_problems
from cluebook.domain.fields import Column, Part
from cluebook.domain.numbering import NATURE_CODES
from cluebook.domain.office import Category, Keyword, Limit
from cluebook.domain.records import Event
from cluebook.errors import Problem
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, combine, name_of
from cluebook.ledger.tables import TABLES
from cluebook.ledger.trail import History
from cluebook.text import Text, same

_REVIEW_FORM = ("reviewer", "truth", "completeness", "nature", "subtype", "urgency", "ground", "secrecy")


@action(
    "check", "检查", "Check", daily=True, part=Part.INTAKE, icon="DataValidation", picks=Picks.ALL,
    help="检查必填项、类型、列表、日期先后、重号和手工改动，只列出问题，不作修改。",
)  # fmt: skip
def check(ledger: Ledger, rows: Sequence[Row[Clue]], stamp: Stamp) -> Plan:
    """Check rows for missing, wrong, contradictory or hand-made values; list the problems, change nothing."""
    facts = facts_of_ledger(ledger, stamp.at)
    by_hand: dict[int, list[Problem]] = {}
    for problem in edited_by_hand(ledger, rows):
        by_hand.setdefault(problem.place.row or 0, []).append(problem)
    plans = [Plan(problems=(*_repeated_numbers(ledger), *_wrong_sheets(ledger)))]
    for row in rows:
        found = [f for f in faults(row.record, facts) if not _unread(ledger, row, f.field)]
        problems = (*row.problems, *faults_as_problems(ledger, row, found), *by_hand.get(row.number, ()))
        plans.append(Plan(problems=problems, done=() if problems else (name_of(row.record, row.number),)))
    return combine(plans)


@action(
    "suggest", "建议类别", "Suggest", part=Part.REVIEW, icon="TagsGallery", picks=Picks.ALL,
    starts=(Stage.DRAFT, Stage.REGISTERED),
    help="按规则词表给出建议子类、建议紧急程度和理由，由人决定是否采用。",
)  # fmt: skip
def suggest(ledger: Ledger, rows: Sequence[Row[Clue]], stamp: Stamp) -> Plan:
    """Suggest a subtype and an urgency from the phrases of the rules sheet; people decide."""
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
    return combine([*plans, Plan(notices=(notice.fill(n=unsure),) if unsure else ())])


@action(
    "accept", "受理", "Accept", daily=True, part=Part.REVIEW, icon="AcceptInvitation", starts=(Stage.REGISTERED,),
    fills=_REVIEW_FORM,
    help="初审通过：核对真实性、完整性和类别，编发线索编号，转入待分析。未填类别的采用建议。",
)  # fmt: skip
def accept(ledger: Ledger, rows: Sequence[Row[Clue]], stamp: Stamp) -> Plan:
    """Accept clues whose review is complete and give them their numbers; a blank category takes the suggestion."""
    issue = Issue(ledger, "number_pattern", stamp.today.year, lambda clue: clue.number)
    natures = {c.subtype: c.nature for c in reversed(ledger.records(Category))}
    adopted: dict[str, str] = {}

    def prepare(case: Case, row: Row[Clue]) -> Case:
        clue = _adopted(case.clue, natures)
        if clue != case.clue:
            adopted[name_of(clue, row.number)] = Text("采用建议", "Took the suggestion").in_(ledger.lang)
        return replace(case, clue=replace(clue, reviewer=clue.reviewer or stamp.by))

    def finish(clue: Clue) -> Clue:
        nature = clue.nature or Nature.OTHER
        secret = Secrecy.CONFIDENTIAL if nature is Nature.COMPLIANCE else Secrecy.ORDINARY
        return replace(
            clue,
            number=issue.next(NATURE_CODES[nature].in_(ledger.lang)),
            conclusion=Conclusion.ACCEPT,
            secrecy=clue.secrecy or secret,
            policy=ledger.settings.policy,
        )

    plan = advance(ledger, rows, stamp, "accept", prepare=prepare, finish=finish, fields=_REVIEW_FORM)
    entries = {edit.after.entry_no: edit.after.number for edit in plan.edits}
    reasons = {entries[name]: reason for name, reason in adopted.items() if name in entries}
    return combine([plan, issue.plan(), Plan(reasons=reasons)])


def _adopted(clue: Clue, natures: dict[str | None, Nature | None]) -> Clue:
    """Take the suggestion where the reviewer left the category blank; what is filled in stays."""
    taken: dict[str, Any] = {}
    if clue.nature is None and clue.subtype is None and clue.suggested_subtype in natures:
        taken = {"nature": natures[clue.suggested_subtype], "subtype": clue.suggested_subtype}
    if clue.nature is None and clue.subtype in natures:
        taken["nature"] = natures[clue.subtype]
    if clue.urgency is None and clue.suggested_urgency is not None:
        taken["urgency"] = clue.suggested_urgency
    # Why a clue is urgent or important is for a person to say (Z4).
    if clue.ground is None and taken.get("urgency") is Urgency.GENERAL:
        taken["ground"] = Ground.ORDINARY
    return replace(clue, **taken)


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
    """Cells of the other sheets that cannot be read, and what calendar and limits say that cannot be."""
    others: list[type[Any]] = [table.record for table in TABLES if table.record is not Clue]
    limits = [(row.number, row.record) for row in ledger.rows(Limit)]
    return [
        *(problem for record in others for row in ledger.rows(record) for problem in row.problems),
        *wrong_calendar(ledger),
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
