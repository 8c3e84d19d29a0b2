"""Reading without the rows that do not matter gives what reading everything gives."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import replace
from datetime import datetime

import pytest
from offices import file_of, ledger_at, press, registered, routing_of
from python_calamine import CalamineWorkbook

from cluebook import keeping
from cluebook.actions import ACTIONS
from cluebook.books.file import FileBook
from cluebook.books.patch.archive import read_archive
from cluebook.books.patch.parts import read_package
from cluebook.books.thinning import Highest, Without, thinned
from cluebook.domain.clue import Clue
from cluebook.domain.deadlines import RESTING
from cluebook.domain.records import Event
from cluebook.ledger.book import CellEdit
from cluebook.verification import verified
from workbooks import HEADS, altered, book, made, members, new, replaced, simple

LATE = datetime(2026, 3, 20, 8, 30)
ROWS = [(f"XS-{n}", "办结" if n % 3 else "处理", None, n, None) for n in range(1, 13)]
WISH = Without("Clues", "标题", frozenset({"办结", "没有的词"}))


def thin(opened, *wishes):
    """The grid of a workbook read with these wishes."""
    opened.leave_out(wishes)
    return opened.grid("Clues")


@pytest.fixture
def busy(walked):
    """An office with a closed clue, one that will be late, two just entered, and one archived, here by hand."""
    row = ledger_at(walked).rows(Clue)[2]
    opened = FileBook(file_of(walked))
    with opened.open():
        opened.write([CellEdit("Clues", row.number, "状态", row.record.stage.text.zh, "已归档")], [])
    press(walked, "route", "XS-2026-YW-0002", fills=routing_of("zh"))
    press(walked, "overdue", everything=True, flag=True)
    return walked


def test_flagging_what_is_overdue_does_the_same_with_and_without_the_rest(busy, tmp_path, monkeypatch):
    other = shutil.copytree(busy, tmp_path / "other")
    read = []
    monkeypatch.setattr(FileBook, "leave_out", noted(read, FileBook.leave_out))
    ours = press(busy, "overdue", flag=True, at=LATE)
    assert len(read) == 1
    monkeypatch.setitem(ACTIONS, "overdue", replace(ACTIONS["overdue"], passes=()))
    whole = press(other, "overdue", flag=True, at=LATE)
    assert len(read) == 1
    assert ours.plan == whole.plan
    assert ours.plan.overdue
    assert ledger_at(busy).records(Clue) == ledger_at(other).records(Clue)
    assert verified(FileBook(file_of(busy))).trail == ()


def noted(read, real):
    def call(self, wishes):
        read.append(wishes)
        real(self, wishes)

    return call


def test_clues_that_are_over_are_not_read_and_of_the_trail_only_its_end(busy):
    opened = FileBook(file_of(busy))
    with opened.open():
        ledger, _ = keeping.opened(opened, tuple(RESTING))
        rows = ledger.rows(Clue)
        whole = {row.number: row for row in ledger_at(busy).rows(Clue)}
        assert {row.record.stage in RESTING for row in rows[:-1]} == {False}
        assert len(rows) < len(whole)
        assert all(whole[row.number] == row for row in rows)
        assert ledger.records(Event) == ledger_at(busy).records(Event)[-1:]


def test_a_ledger_changed_by_hand_is_read_whole(busy):
    row = ledger_at(busy).rows(Clue)[0]
    opened = FileBook(file_of(busy))
    with opened.open():
        opened.write([CellEdit("Clues", row.number, "备注", row.record.remarks, "手改")], [])
    press(busy, "overdue", flag=True, at=LATE)
    assert by_hand(busy)[1:] == ["备注： → 手改"]
    registered(busy, "zh", matter="Later")
    assert verified(FileBook(file_of(busy))).trail == ()


def test_in_a_large_ledger_a_change_by_hand_waits_for_an_action_that_reads_all_of_it(busy, monkeypatch):
    monkeypatch.setattr(keeping, "_LARGE", 0)
    earlier = by_hand(busy)
    closed = next(row for row in ledger_at(busy).rows(Clue) if row.record.stage in RESTING)
    opened = FileBook(file_of(busy))
    with opened.open():
        opened.write([CellEdit("Clues", closed.number, "备注", closed.record.remarks, "手改")], [])

    for _ in range(2):
        assert press(busy, "overdue", flag=True, at=LATE).plan.overdue
        assert by_hand(busy) == earlier
        found = verified(FileBook(file_of(busy)))
        assert {(place.row, place.column) for place in places(found.by_hand)} >= {(closed.number, "备注")}
        assert found.trail == ()

    registered(busy, "zh", matter="Later")
    assert by_hand(busy)[len(earlier) :] == ["备注： → 手改"]
    assert verified(FileBook(file_of(busy))).trail == ()


def by_hand(office):
    return [event.changes for event in ledger_at(office).records(Event) if event.action == "手工改动"]


def places(problems):
    return [problem.place for problem in problems]


def test_rows_that_are_left_stand_at_their_own_places(tmp_path):
    whole = book(tmp_path, simple(rows=ROWS)).grid("Clues")
    grid = thin(book(tmp_path, simple(rows=ROWS)), WISH)
    assert (grid.first, grid.header, len(grid.rows)) == (whole.first, whole.header, len(whole.rows))
    kept = [row for row in whole.rows if row[1] != "办结"]
    assert [row for row in grid.rows if any(row)] == kept
    assert all(row in ((None,) * 5, other) for row, other in zip(grid.rows, whole.rows, strict=True))


def test_the_last_row_is_always_read_so_that_new_ones_go_below_it(tmp_path):
    rows = [*ROWS, ("XS-13", "办结", None, 13, None)]
    opened = book(tmp_path, simple(rows=rows))
    assert thin(opened, WISH).rows[-1][0] == "XS-13"


def test_of_numbered_rows_only_the_highest_is_read_wherever_it_stands(tmp_path):
    rows = [ROWS[3], ROWS[11], ROWS[0], ROWS[5]]
    grid = thin(book(tmp_path, simple(rows=rows)), Highest("Clues", "天数"))
    assert [row[0] for row in grid.rows] == [None, "XS-12", None, "XS-6"]


SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
DOUBTS = {
    "a comment in the list of texts": {STRINGS: replaced("<si>", "<!-- <si> --><si>")},
    "an attribute in the list of texts": {STRINGS: replaced("<si>", '<si xml:space="preserve">')},
    "cells with other attributes first": {SHEET: replaced('<c r="C4"', '<c cm="0" r="C4"')},
    "rows without numbers": {SHEET: replaced('<row r="5" ', "<row ")},
    "a word as a formula's result": {SHEET: replaced('<c r="C4" t="s"><v>', '<c r="C4" t="s"><f>A1</f><v>')},
}


@pytest.mark.parametrize("doubt", DOUBTS)
def test_where_a_row_cannot_be_told_for_sure_it_is_read(tmp_path, doubt):
    content = altered(simple(rows=ROWS), DOUBTS[doubt])
    whole = book(tmp_path, content).grid("Clues")
    grid = thin(book(tmp_path, content), WISH)
    assert [row for row in grid.rows if row[1] == "处理"] == [row for row in whole.rows if row[1] == "处理"]
    assert all(row in ((None,) * 5, other) for row, other in zip(grid.rows, whole.rows, strict=True))


@pytest.mark.parametrize("end", ['<phoneticPr fontId="1" type="noConversion"/></si>', "</si>"])
@pytest.mark.parametrize("start", ["<si><t>", '<si><t xml:space="preserve">'])
def test_a_word_is_known_however_excel_writes_it_into_the_list_of_texts(tmp_path, start, end):
    def rewritten(data):
        return data.replace("<si><t>办结</t></si>".encode(), f"{start}办结</t>{end}".encode())

    grid = thin(book(tmp_path, altered(simple(rows=ROWS), {STRINGS: rewritten})), WISH)
    assert [row[1] for row in grid.rows if any(row)] == ["处理"] * 4


def test_the_reader_gets_no_texts_but_those_of_the_cells_that_are_left():
    def fill(workbook):
        for title, name in (("台账", "Clues"), ("记录", "Events")):
            sheet = workbook.add_worksheet(title)
            sheet.add_table(0, 0, 12, 1, {"name": name, "columns": [{"header": h} for h in ("编号", "标题")]})
            for at, row in enumerate(ROWS, start=1):
                sheet.write_row(at, 0, (f"{name}-{row[0]}", row[1]))

    content, kept = thinned(read_package(read_archive(made(fill))), [WISH])
    texts = re.findall(r"<t>([^<]*)</t>", members(content)[STRINGS].decode())
    assert [text for text in texts if text.startswith("Clues")] == [
        "Clues-XS-3",
        "Clues-XS-6",
        "Clues-XS-9",
        "Clues-XS-12",
    ]
    assert kept == {"Clues": [4, 7, 10, 13]}
    whole, lean = (CalamineWorkbook.from_filelike(io.BytesIO(c)) for c in (made(fill), content))
    assert whole.get_sheet_by_name("记录").to_python() == lean.get_sheet_by_name("记录").to_python()
    assert lean.get_sheet_by_name("台账").to_python()[1:] == [
        [f"Clues-XS-{n}", "处理"] for n in (3, 6, 9, 12)
    ]


def test_a_blank_cell_is_not_taken_for_the_next_one(tmp_path):
    def fill(workbook):
        sheet, style = workbook.add_worksheet("台账"), workbook.add_format({"bold": True})
        sheet.add_table(2, 1, 5, 5, {"name": "Clues", "columns": [{"header": head} for head in HEADS]})
        for at, words in enumerate([(None, "办结"), ("办结", None), ("处理", "办结")]):
            for column, word in enumerate(words, start=2):
                sheet.write(3 + at, column, word, style)

    grid = thin(book(tmp_path, made(fill)), WISH)
    assert [row[1:3] for row in grid.rows] == [(None, "办结"), (None, None), ("处理", "办结")]


def test_text_that_looks_like_a_place_is_left_as_it_is(tmp_path):
    told = 'see r="C9" and <c r="C9"'
    rows = [*ROWS[:4], ("XS-5", told, None, 5, None)]
    opened = book(tmp_path, simple(rows=ROWS[:4]))
    opened.write([], [new(rows[4])])
    assert thin(opened, WISH).rows[-1][1] == told


def test_a_wish_about_what_is_not_there_changes_nothing(tmp_path):
    whole = book(tmp_path, simple(rows=ROWS)).grid("Clues")
    for wish in (
        Without("Nothing", "标题", frozenset({"办结"})),
        Without("Clues", "没有", frozenset({"办结"})),
    ):
        assert thin(book(tmp_path, simple(rows=ROWS)), wish) == whole
