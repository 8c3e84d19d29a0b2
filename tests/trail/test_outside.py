from __future__ import annotations

import random
from datetime import date, datetime

import openpyxl
import pytest
from offices import file_of, ledger_at, press, registered

from cluebook.books.conflicts import conflict_copies
from cluebook.books.file import FileBook
from cluebook.domain.clue import Clue
from cluebook.domain.fields import Choice, Part, column_of, columns
from cluebook.domain.records import Analysis, Event, Material
from cluebook.ledger.book import CellEdit, NewRow
from cluebook.ledger.cells import to_cell
from cluebook.ledger.tables import TABLES
from cluebook.ledger.trail import BY_HAND
from cluebook.verification import verified

ANALYST, ADDED_BY = column_of(Analysis, "analyst").text.zh, column_of(Material, "added_by").text.zh
TYPED = [
    c for c in columns(Clue) if c.part is not Part.COMPUTED and c.name not in {"entry_no", "number", "stage"}
]


def by_hand(office, edits):
    """Change cells as a person does: without the program that would write it down."""
    book = FileBook(file_of(office))
    with book.open():
        book.write(edits, [])


def other_value(column, old, chance):
    if issubclass(column.type, Choice):
        return chance.choice([m for m in column.type if m is not old])
    made = {
        datetime: datetime(2026, 2, chance.randrange(1, 28), 9, 30),
        date: date(2026, 2, chance.randrange(1, 28)),
        int: chance.randrange(50, 90),
        float: 0.5 if old != 0.5 else 0.25,
        tuple: ("法务部",),
        str: f"手改{chance.randrange(10**6)}",
    }
    return made[column.type]


def test_each_cell_changed_by_hand_is_listed_then_written_into_the_trail(walked):
    chance = random.Random(5)
    for n in range(3):
        registered(walked, "zh", matter=f"More {n}")
    held = ledger_at(walked)
    spots = [(row, column) for row in held.rows(Clue) for column in TYPED]
    chosen = chance.sample(spots, 100)
    edits = [
        CellEdit(
            "Clues",
            row.number,
            column.text.zh,
            to_cell(column, getattr(row.record, column.name), "zh"),
            to_cell(column, other_value(column, getattr(row.record, column.name), chance), "zh"),
        )
        for row, column in chosen
    ]
    by_hand(walked, edits)
    listed = {
        (p.place.row, p.place.column)
        for p in verified(FileBook(file_of(walked))).by_hand
        if p.code == "changed_outside"
    }
    assert listed == {(edit.row, edit.column) for edit in edits}
    assert len(listed) == 100

    registered(walked, "zh", matter="Fourth")
    told = [e for e in ledger_at(walked).records(Event) if e.action in BY_HAND]
    assert sum(len(event.changes.splitlines()) for event in told) == 100
    verdict = verified(FileBook(file_of(walked)))
    assert verdict.trail == ()
    assert {p.code for p in verdict.by_hand} == {"edited_by_hand"}
    assigned = {(row.number, column.text.zh) for row, column in chosen if column.assigned}
    assert {(p.place.row, p.place.column) for p in verdict.by_hand} == assigned
    found = press(walked, "check").plan.problems
    assert assigned <= {(p.place.row, p.place.column) for p in found if p.code == "edited_by_hand"}


def side_cells(ledger):
    """Every assigned cell of the sheets beside the clues that holds something: table, row, column."""
    beside = [table for table in TABLES if table.record is not Clue]
    return [
        (table, row, column)
        for table in beside
        for row in ledger.rows(table.record)
        for column in columns(table.record)
        if column.assigned and getattr(row.record, column.name) is not None
    ]


def test_each_assigned_cell_changed_by_hand_beside_the_clues_is_listed_with_its_sheet(walked, counted):
    chance = random.Random(6)
    cells = side_cells(ledger_at(walked))
    sheets = {table.name for table, _, _ in cells}
    assert {"Analyses", "Numbers", "Events"} <= sheets
    chosen = [chance.choice([cell for cell in cells if cell[0].name == name]) for name in sorted(sheets)]
    chosen += chance.sample(cells, min(counted(20, 200), len(cells)))
    edits = {
        (table.title.zh, row.number, column.text.zh): CellEdit(
            table.name,
            row.number,
            column.text.zh,
            to_cell(column, getattr(row.record, column.name), "zh"),
            to_cell(column, other_value(column, getattr(row.record, column.name), chance), "zh"),
        )
        for table, row, column in chosen
    }
    by_hand(walked, list(edits.values()))
    # The clues' own cells are held against the trail, which was touched here.
    found = [p for p in verified(FileBook(file_of(walked))).by_hand if p.code != "edited_by_hand"]
    places = {(p.place.sheet, p.place.row, p.place.column) for p in found}
    # Where the cell that names a row is changed, the row is missed as well.
    assert {place for place in places if place[1]} == set(edits)
    assert {p.code for p in found} <= {"changed_outside", "row_deleted"}


def test_what_was_changed_by_hand_beside_the_clues_is_written_into_the_trail(walked):
    book = FileBook(file_of(walked))
    with book.open():
        grid = book.grid("Analyses")
        at = grid.header.index(ANALYST)
        book.write([CellEdit("Analyses", grid.first, ANALYST, grid.rows[0][at], "别人")], [])
    registered(walked, "zh", matter="Fourth")
    (told,) = [e for e in ledger_at(walked).records(Event) if e.action in BY_HAND]
    assert told.clue == ledger_at(walked).records(Analysis)[0].clue
    assert told.changes.startswith(f"分析 第{grid.first}行 {ANALYST}：")
    assert told.changes.endswith(" → 别人")
    verdict = verified(FileBook(file_of(walked)))
    assert (verdict.trail, verdict.by_hand) == ((), ())


def test_rows_beside_the_clues_that_are_sorted_deleted_or_made_up_are_told_apart(walked):
    path = file_of(walked)
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["分析"]
    table = sheet.tables["Analyses"]
    first, *_, last = (row[0].row for row in sheet[table.ref])
    width = len(sheet[table.ref][0])
    rows = [[sheet.cell(row, at).value for at in range(1, width + 1)] for row in range(first + 1, last + 1)]
    assert len(rows) == 2
    for row, values in zip((first + 2, first + 1), rows, strict=True):  # sorted the other way
        for at, value in enumerate(values, start=1):
            sheet.cell(row, at).value = value
    workbook.save(path)
    assert verified(FileBook(path)).by_hand == ()
    for at in range(1, width + 1):
        sheet.cell(first + 1, at).value = None
    workbook.save(path)
    (gone,) = verified(FileBook(path)).by_hand
    assert (gone.code, gone.place.sheet) == ("row_deleted", "分析")
    made_up = FileBook(path)
    with made_up.open():
        made_up.write([], [NewRow("Materials", {"线索编号": "XS-2026-YW-0001", ADDED_BY: "谁"})])
    found = [p for p in verified(FileBook(path)).by_hand if p.place.sheet == "文件清单"]
    assert [(p.code, p.place.column) for p in found] == [("changed_outside", ADDED_BY)]


def test_what_was_changed_by_hand_is_told_without_what_the_cell_holds(walked):
    row = ledger_at(walked).rows(Clue)[0]
    by_hand(walked, [CellEdit("Clues", row.number, "备注", row.record.remarks, "CANARY")])
    (problem,) = verified(FileBook(file_of(walked))).by_hand
    assert "CANARY" not in problem.line("zh") + problem.line("en")


def test_a_row_deleted_by_hand_is_listed_and_written_into_the_trail(walked):
    row = ledger_at(walked).rows(Clue)[-1]
    book = FileBook(file_of(walked))
    with book.open():
        grid = book.grid("Clues")
        cells = grid.rows[row.number - grid.first]
        book.write(
            [CellEdit("Clues", row.number, h, v, None) for h, v in zip(grid.header, cells, strict=True)], []
        )
    assert [p.code for p in verified(FileBook(file_of(walked))).by_hand] == ["row_deleted"]
    registered(walked, "zh", matter="Fourth")
    (told,) = [e for e in ledger_at(walked).records(Event) if e.action in BY_HAND]
    assert (told.clue, told.changes) == (row.record.entry_no, "整行被删除")


def test_a_row_that_somebody_is_typing_is_nobodys_business(walked):
    book = FileBook(file_of(walked))
    with book.open():
        book.write([], [NewRow("Clues", {"涉及事项": "刚开始写"})])
    verdict = verified(FileBook(file_of(walked)))
    assert (verdict.trail, verdict.by_hand) == ((), ())


def test_saving_the_ledger_in_another_program_unchanged_is_no_change(walked):
    workbook = openpyxl.load_workbook(file_of(walked))
    workbook.save(file_of(walked))
    verdict = verified(FileBook(file_of(walked)))
    assert (verdict.trail, verdict.by_hand) == ((), ())


COPIES = (
    "ledger-LI-PC.xlsx", "ledger-DESKTOP-7QK2.xlsx", "ledger-LI-PC-2.xlsx", "ledger (1).xlsx", "ledger(2).xlsx",
    "ledger (conflicted copy 2026-03-01 101500).xlsx", "ledger (Li's conflicted copy 2026-03-01).xlsx",
    "ledger (李海燕 的冲突副本 2026-03-01).xlsx", "ledger.sync-conflict-20260301-101500-ABCDEFG.xlsx",
    "ledger (SFConflict li@example 2026-03-01-10-15-00).xlsx",
)  # fmt: skip
OTHERS = (
    "ledger.xlsx",
    "ledger-2025.xlsx",
    "ledger-old.xlsx",
    "ledgers.xlsx",
    "letters (1).xlsx",
    "~$ledger.xlsx",
)


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_that_a_synchronising_program_left_is_seen(tmp_path, name):
    (tmp_path / name).touch()
    assert [path.name for path in conflict_copies(tmp_path / "ledger.xlsx")] == [name]


def test_the_offices_own_other_files_are_no_conflict_copies(tmp_path):
    for name in OTHERS:
        (tmp_path / name).touch()
    assert conflict_copies(tmp_path / "ledger.xlsx") == []
