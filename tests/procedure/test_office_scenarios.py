"""Acceptance scenarios of handling (procedure, section 9): S1, S2, S3, S10, S13, S14, S15, S17, S20."""

from __future__ import annotations

import runpy
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from offices import (
    FEEDBACK,
    LINE,
    NAMED,
    OPTION,
    REPORT,
    book_of,
    documents,
    file_of,
    fingerprint,
    ledger_at,
    new_clue,
    press,
    review_of,
)

from cluebook import config
from cluebook.actions import ACTIONS
from cluebook.books.file import FileBook
from cluebook.domain.categories import CATEGORIES
from cluebook.domain.checklists import CHECKLISTS
from cluebook.domain.clue import Clue, Ground, Risk, Stage, Urgency
from cluebook.domain.fields import YesNo
from cluebook.domain.records import CheckItem, Decision, Meeting, MeetingKind, Return, Task
from cluebook.errors import BusyError, RefusedError
from cluebook.ledger import sheets
from cluebook.ledger.book import CellEdit
from cluebook.ledger.plan import Stamp
from cluebook.perform import Pick, Request
from cluebook.returned import delivered
from cluebook.verification import verified
from cluebook.waiting import carry_out, waiting

FILL = runpy.run_path(str(Path(__file__).parents[1] / "returned" / "filling.py"))["fill"]
URGENT = {"urgency": Urgency.URGENT, "ground": Ground.ACT_NOW}
GENERAL = {"urgency": Urgency.GENERAL, "ground": Ground.ORDINARY, "subtype": "其他业务"}
ROUTE = {"department": "客户服务部", "routing_reason": "归其管理"}
AGREED = Meeting(kind=MeetingKind.COORDINATION, issues="分工", decisions="客服主办，财务协办")
MONDAY = datetime(2026, 3, 2, 10)


@pytest.fixture
def office(pristine, tmp_path):
    """An office that begins with the scenario itself."""
    return shutil.copytree(pristine("zh"), tmp_path / "office")


def told(outcome):
    return [problem.code for problem in outcome.plan.problems]


def clue_of(office, number=None):
    return next(c for c in ledger_at(office).records(Clue) if number in {None, c.number, c.entry_no})


def accepted(office, **review):
    """Enter and accept a clue, and return its number."""
    entry = press(office, "add", entry=new_clue("zh"), at=MONDAY).plan.done[0]
    return press(office, "accept", entry, fills=review_of("zh") | review, at=MONDAY).plan.done[0]


def handled(office, **review):
    """Bring a clue of one department to its handler."""
    number = accepted(office, **(GENERAL | review))
    press(office, "analyse", number, fills=NAMED, report=REPORT, at=MONDAY)
    press(office, "approve", number, by="Zhou", at=MONDAY)
    if clue_of(office).joint_departments:  # finance joins whatever is about taxes (H5)
        press(office, "meet", number, meeting=AGREED, at=MONDAY)
    press(office, "route", number, fills=ROUTE, at=MONDAY)
    press(office, "receive", number, fills={"handler": "Zhao"}, at=MONDAY)
    return number


def fed_back(office, number):
    press(office, "log", number, line=LINE, milestone=True, at=MONDAY)
    return press(office, "feedback", number, report=FEEDBACK, at=MONDAY)


def test_s01_an_urgent_clue_goes_ahead_and_cannot_be_closed_before_its_analysis_is_paid(office):
    number = accepted(office, **URGENT)
    assert told(press(office, "route", number, fills=ROUTE, at=MONDAY)) == ["wrong_stage"]
    assert press(office, "fast-track", number, fills=ROUTE, approved_by="林主任", at=MONDAY).plan.done == (
        number,
    )
    clue = clue_of(office)
    assert (clue.stage, clue.fast_track, clue.analysis_due.isoformat()) == (
        Stage.ROUTED,
        YesNo.YES,
        "2026-03-04",
    )

    press(office, "receive", number, fills={"handler": "Zhao"}, at=MONDAY)
    press(
        office,
        "tick",
        number,
        item={i.id: "已办" for i in CHECKLISTS["quality"]},
        evidence="附件1",
        at=MONDAY,
    )
    fed_back(office, number)
    held = Meeting(kind=MeetingKind.FEEDBACK, issues="结果", decisions="同意")
    press(office, "meet", number, meeting=held, at=MONDAY)
    assert told(press(office, "close", number, at=MONDAY)) == ["analysis_not_approved"]

    named = {"analyst": "Li", "risk": Risk.LOW}
    press(office, "analyse", number, fills=named, report=REPORT, alternative=OPTION, at=MONDAY)
    press(office, "approve", number, by="Zhou", at=MONDAY)
    assert press(office, "close", number, at=MONDAY).plan.done == (number,)


def test_s02_of_two_departments_one_is_late_and_the_case_stays_open(office):
    number = accepted(office, **GENERAL)
    press(office, "analyse", number, fills=NAMED, report=REPORT, at=MONDAY)
    press(office, "approve", number, by="Zhou", at=MONDAY)
    joint = ROUTE | {"joint_departments": ("财务部",)}
    assert told(press(office, "route", number, fills=joint, at=MONDAY)) == ["coordination_missing"]
    press(office, "meet", number, meeting=AGREED, at=MONDAY)
    press(office, "route", number, fills=joint, at=MONDAY)
    assert [(t.department, t.share.text.zh) for t in ledger_at(office).records(Task)] == [
        ("客户服务部", "主办"),
        ("财务部", "协办"),
    ]
    press(office, "receive", number, fills={"handler": "Zhao"}, at=MONDAY)
    late = fed_back(office, number)
    assert told(late) == ["tasks_open"]
    assert "财务部" in late.plan.problems[0].wrong.zh
    press(office, "task", number, joint="财务部", result="已核对", at=MONDAY)
    assert fed_back(office, number).plan.done == (number,)
    assert told(press(office, "close", number, at=MONDAY)) == ["meeting_missing"]


def test_s03_a_clue_returned_twice_is_routed_again_only_after_a_meeting(office):
    number = accepted(office, **GENERAL)
    press(office, "analyse", number, fills=NAMED, report=REPORT, at=MONDAY)
    press(office, "approve", number, by="Zhou", at=MONDAY)
    for department in ("客户服务部", "市场部"):
        press(office, "route", number, fills=ROUTE | {"department": department}, at=MONDAY)
        press(office, "return", number, request=Return(reason="不归我部"), at=MONDAY)
        press(office, "decide", number, decision=Decision.GRANTED, at=MONDAY)
    assert (clue_of(office).returns, clue_of(office).stage) == (2, Stage.APPROVED)
    assert told(press(office, "route", number, fills=ROUTE, at=MONDAY)) == ["returned_twice"]
    press(office, "meet", number, meeting=AGREED, at=MONDAY)
    assert press(office, "route", number, fills=ROUTE, at=MONDAY).plan.done == (number,)


def test_s10_a_stage_edited_by_hand_is_found(office):
    handled(office)
    book = book_of(office)
    with book.open():
        row = sheets.read(book).rows(Clue)[0].number
        book.write([CellEdit("Clues", row, "状态", "处理中", "已办结")], {})
    (found,) = verified(FileBook(file_of(office))).by_hand
    assert (found.place.row, found.place.column) == (row, "状态")


def test_s13_a_script_that_finds_the_workbook_open_writes_nothing_and_waits(office):
    handled(office)
    mark, before = office / f"~${file_of(office).name}", fingerprint(office)
    mark.write_bytes(b"")
    flag = Request(
        ACTIONS["overdue"], Pick(), Stamp(datetime(2026, 4, 1, 9), "cluebook watch"), options={"flag": True}
    )
    with pytest.raises(BusyError):
        carry_out(flag, FileBook(file_of(office)), config.read(office))
    assert fingerprint(office) == before
    mark.unlink()
    press(office, "check", at=MONDAY)
    carry_out(flag, FileBook(file_of(office)), config.read(office))
    assert waiting(config.read(office)) == []
    assert clue_of(office).overdue_days > 0


def test_s14_two_users_who_enter_in_the_same_second_get_two_numbers_without_a_gap(office):
    def enter(who):
        for _ in range(200):
            try:
                return press(office, "add", entry=new_clue("zh"), by=who, at=MONDAY).plan.done[0]
            except BusyError:
                continue
        raise AssertionError(who)

    with ThreadPoolExecutor(2) as two:
        given = sorted(two.map(enter, ["王", "李"]))
    assert given == ["T-2026-00001", "T-2026-00002"]


@pytest.mark.parametrize("category", CHECKLISTS)
def test_s15_each_subtype_asks_for_its_own_checklist(office, category):
    known = next(c for c in CATEGORIES if c.id == category)
    number = handled(office, nature=known.nature, subtype=known.label.zh)
    assert [row.item for row in ledger_at(office).records(CheckItem)] == [
        i.text.zh for i in CHECKLISTS[category]
    ]
    if category == "tax":
        press(office, "task", number, joint="财务部", result="已自查", at=MONDAY)
    refused = fed_back(office, number)
    assert told(refused) == ["checklist_incomplete"]

    branch = {i.id: "否" if i.note.zh.startswith("填“是”") else "0" for i in CHECKLISTS[category]}
    press(office, "tick", number, item=branch, evidence="附件1", at=MONDAY)
    assert press(office, "feedback", number, report=FEEDBACK, at=MONDAY).plan.done == (number,)


def test_s17_a_filled_slip_whose_number_was_edited_is_refused(office):
    number = accepted(office, **GENERAL)
    press(office, "analyse", number, fills=NAMED, report=REPORT, at=MONDAY)
    press(office, "approve", number, by="Zhou", at=MONDAY)
    press(office, "route", number, fills=ROUTE, at=MONDAY)
    (slip,) = [path for path in documents(office) if "流转单" in path.name]
    receipt = {"clue.handler": "Zhao", "clue.expected_on": "2026-03-10", "number": "XS-2026-YW-0009"}
    forged = office / "inbox" / "回执.docx"
    forged.parent.mkdir(exist_ok=True)
    forged.write_bytes(FILL(slip.read_bytes(), receipt, ticked=("answer.receive",)))
    with pytest.raises(RefusedError) as refused:
        press(office, "readback", delivery=delivered([forged], forged.parent), at=MONDAY)
    assert [problem.code for problem in refused.value.problems] != []
    assert clue_of(office).stage is Stage.ROUTED


def test_s20_among_ten_thousand_rows_one_clue_is_moved_and_the_others_stay(office, counted):
    number = handled(office)
    book = book_of(office)
    with book.open():
        ledger = sheets.read(book)
        first = ledger.rows(Clue)[0].record
        many = [
            replace(first, number=f"XS-2026-YW-{n:05}", entry_no=f"T-2026-{n:05}")
            for n in range(10_001, 10_000 + counted(3_000, 10_000))
        ]
        book.write([], sheets.new_rows(many, book, "zh"))
    assert press(office, "log", number, line=LINE, completed=True, at=MONDAY).plan.done == (number,)
    clues = ledger_at(office).records(Clue)
    assert len(clues) == counted(3_000, 10_000)
    assert [c.number for c in clues if c.completed_at] == [number]
