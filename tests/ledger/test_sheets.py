from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from fake_book import FakeBook, blank_book, grid_of

from cluebook.domain import fields
from cluebook.domain.clue import Clue, Nature, Stage
from cluebook.domain.fields import YesNo, column_of
from cluebook.domain.office import Department, Setting
from cluebook.domain.records import Meeting
from cluebook.errors import Place, SchemaError
from cluebook.ledger import sheets
from cluebook.ledger.book import CellEdit, Grid, NewRow
from cluebook.ledger.plan import Edit

ROW = {"number": "XS-2026-YW-0001", "stage": "处理中", "matter": "门店漏水", "attachments": 2}


def book_of(lang, *rows):
    book = blank_book(lang)
    book.grids["Clues"] = grid_of(Clue, lang, *rows)
    return book


def with_header(grid: Grid, old: str, new: str) -> Grid:
    return replace(grid, header=tuple(new if h == old else h for h in grid.header))


def test_a_ledger_speaks_the_language_of_its_headers(lang):
    assert sheets.read(blank_book(lang)).lang == lang


def test_one_header_of_the_other_language_changes_nothing():
    book = book_of("zh", ROW)
    book.grids["Clues"] = with_header(book.grids["Clues"], "涉及事项", "Matter")
    ledger = sheets.read(book)
    assert ledger.lang == "zh"
    assert ledger.records(Clue)[0].matter == "门店漏水"


def test_a_header_is_found_with_blanks_around_it():
    book = book_of("zh", ROW)
    book.grids["Clues"] = with_header(book.grids["Clues"], "涉及事项", " 涉及事项 ")
    assert sheets.read(book).records(Clue)[0].matter == "门店漏水"


def test_columns_may_stand_in_any_order_among_columns_of_the_office():
    book = book_of("zh", ROW)
    grid = book.grids["Clues"]
    rows = tuple((*reversed(row), "自用") for row in grid.rows)
    book.grids["Clues"] = replace(grid, header=(*reversed(grid.header), "本所自用"), rows=rows)
    assert sheets.read(book).records(Clue) == sheets.read(book_of("zh", ROW)).records(Clue)


def test_a_column_is_found_under_its_former_header(monkeypatch):
    renamed = replace(column_of(Clue, "matter"), formerly=("事由",))
    monkeypatch.setitem(fields._DECLARED, Clue, fields._columns(Clue) | {"matter": renamed})
    book = book_of("zh", ROW)
    book.grids["Clues"] = with_header(book.grids["Clues"], "涉及事项", "事由")
    (row,) = sheets.read(book).rows(Clue)
    assert row.record.matter == "门店漏水"
    (edit,) = sheets.cell_edits([Edit(row.number, row.record, replace(row.record, matter="新"))], book, "zh")
    assert edit.column == "事由"


def test_a_workbook_without_the_table_of_clues_is_no_ledger():
    with pytest.raises(SchemaError) as caught:
        sheets.read(FakeBook({}))
    assert [p.code for p in caught.value.problems] == ["not_a_ledger"]


def test_a_missing_table_is_named_when_it_is_asked_for():
    book = blank_book("zh")
    del book.grids["Meetings"]
    ledger = sheets.read(book)
    assert ledger.rows(Clue) == ()
    with pytest.raises(SchemaError) as caught:
        ledger.rows(Meeting)
    (problem,) = caught.value.problems
    assert problem.code == "table_missing"
    assert "会议记录" in problem.wrong.zh


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_missing_columns_are_named_at_once(lang):
    book = book_of(lang)
    names = [column_of(Clue, field).text.in_(lang) for field in ("matter", "handler")]
    for name in names:
        book.grids["Clues"] = with_header(book.grids["Clues"], name, f"{name} (2)")
    with pytest.raises(SchemaError) as caught:
        sheets.read(book).rows(Clue)
    problems = caught.value.problems
    assert {p.code for p in problems} == {"column_missing"}
    assert [p.place for p in problems] == [
        Place(book.grids["Clues"].sheet, 3, name, "fake.xlsx") for name in names
    ]


def test_cells_that_cannot_be_read_become_problems_and_the_row_survives():
    (row,) = sheets.read(book_of("zh", ROW | {"attachments": "两份", "found_at": "上周"})).rows(Clue)
    assert row.record == Clue(number=ROW["number"], stage=Stage.IN_HANDLING, matter="门店漏水")
    assert [(p.code, p.place) for p in row.problems] == [
        ("not_a_date", Place("线索台账", 4, "发现时间")),
        ("not_a_number", Place("线索台账", 4, "附件数")),
    ]


def test_blank_rows_are_skipped_and_rows_keep_their_worksheet_numbers():
    rows = sheets.read(book_of("zh", ROW, {}, {"matter": "  "}, {"remarks": ""}, {"matter": "第五"})).rows(
        Clue
    )
    assert [row.number for row in rows] == [4, 8]


def test_a_row_is_found_by_its_worksheet_row():
    ledger = sheets.read(book_of("zh", ROW, {}, {"matter": "第三"}))
    assert ledger.row(Clue, 6).record.matter == "第三"
    with pytest.raises(KeyError):
        ledger.row(Clue, 5)


def test_an_edit_writes_only_what_changes_and_tells_what_stood_there(lang):
    book = book_of(lang, {"stage": Stage.ROUTED.text.in_(lang), "expected_on": "2026-03-01", "complex": True})
    ledger = sheets.read(book)
    (row,) = ledger.rows(Clue)
    after = replace(row.record, expected_on=date(2026, 3, 9), complex=YesNo.NO, nature=Nature.OTHER)
    edits = sheets.cell_edits([Edit(row.number, row.record, after)], book, lang)

    def cell(field, before, now):
        return CellEdit("Clues", 4, column_of(Clue, field).text.in_(lang), before, now)

    assert edits == [
        cell("nature", None, Nature.OTHER.text.in_(lang)),
        cell("complex", True, YesNo.NO.text.in_(lang)),
        cell("expected_on", "2026-03-01", date(2026, 3, 9)),
    ]
    book.write(edits, [])
    assert sheets.read(book).records(Clue) == (after,)


def test_a_computed_cell_somebody_spoilt_is_written_over():
    book = book_of("zh", ROW | {"next_due": "不知道"})
    (row,) = sheets.read(book).rows(Clue)
    book.write(
        sheets.cell_edits([Edit(4, row.record, replace(row.record, next_due=date(2026, 3, 9)))], book, "zh"),
        [],
    )
    (row,) = sheets.read(book).rows(Clue)
    assert (row.record.next_due, row.problems) == (date(2026, 3, 9), ())


def test_a_new_row_leaves_blank_what_is_not_said():
    rows = sheets.new_rows([Department(name="质量管理部", active=YesNo.YES)], blank_book("zh"), "zh")
    assert rows == [NewRow("Departments", {"部门": "质量管理部", "启用": "是"})]


def test_what_is_written_is_read_again(lang):
    book = blank_book(lang)
    clue = Clue(
        number="XS-2026-YW-0001",
        stage=Stage.FED_BACK,
        matter="=1+1",
        found_at=datetime(2026, 3, 2, 9, 30),
        joint_departments=("甲部", "乙部"),
        confidence=0.5,
    )
    book.write([], sheets.new_rows([clue], book, lang))
    assert sheets.read(book).records(Clue) == (clue,)


def test_settings_have_their_defaults_where_the_sheet_is_silent():
    book = blank_book("en")
    book.grids["Settings"] = grid_of(
        Setting, "en", {"name": "Office", "value": "Harbour Clue Office"}, {"name": "Policy version"}
    )
    settings = sheets.read(book).settings
    assert (settings.office, settings.policy, settings.day_ends) == ("Harbour Clue Office", "2026", "17:30")
