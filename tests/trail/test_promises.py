"""Promises that no other test shows by its name, and the table in docs/promises.md held to the tests it names."""

from __future__ import annotations

import ast
import re
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from naughty import NAUGHTY
from offices import file_of, fingerprint, ledger_at, new_clue, press, registered, routing_of

from cluebook import config, keeping, waiting
from cluebook.actions import ACTIONS
from cluebook.books import saving
from cluebook.books.file import FileBook
from cluebook.books.saving import backups
from cluebook.domain.clue import Clue
from cluebook.domain.records import Event, HandlingLine
from cluebook.errors import BusyError
from cluebook.ledger.book import CellEdit, NewRow
from cluebook.ledger.plan import Stamp
from cluebook.perform import Pick, Request
from cluebook.verification import verified

ROOT = Path(__file__).parents[2]

FORMULAS = [
    f"{mark}{n}SUM(A1)" for mark in ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠") for n in range(12)
]


def test_a_file_held_by_another_program_on_windows_makes_the_request_wait(walked, monkeypatch):
    before = fingerprint(walked)

    def held(_source, _target):
        error = PermissionError("held")
        error.winerror = 32
        raise error

    monkeypatch.setattr(saving, "_PATIENCE", 0)
    folder, book = config.read(walked), FileBook(file_of(walked))
    request = Request(ACTIONS["overdue"], Pick(), Stamp(datetime(2026, 3, 9), "x"), options={"flag": True})
    real = Path.replace
    monkeypatch.setattr(
        Path, "replace", lambda self, to: held(self, to) if to == file_of(walked) else real(self, to)
    )
    with pytest.raises(BusyError) as busy:
        waiting.carry_out(request, book, folder)
    assert "排队" in busy.value.problems[0].fix.zh
    assert fingerprint(walked) == before
    assert len(waiting.waiting(folder)) == 1


def test_a_number_that_stands_twice_is_reported_with_both_rows_and_nothing_is_renumbered(walked):
    rows = ledger_at(walked).rows(Clue)[:2]
    book = FileBook(file_of(walked))
    with book.open():
        book.write(
            [CellEdit("Clues", rows[1].number, "线索编号", rows[1].record.number, rows[0].record.number)], []
        )
    before = fingerprint(walked)
    (found,) = [p for p in press(walked, "check").plan.problems if p.code == "duplicate_number"]
    assert found.place.row == rows[1].number
    assert str(rows[0].number) in found.wrong.zh
    assert fingerprint(walked) == before


CLOCK = (
    datetime(2028, 2, 29, 9, 0), datetime(2028, 3, 26, 2, 30), datetime(2027, 2, 28, 23, 59), datetime(2026, 1, 1, 0, 0),
    datetime(2028, 2, 29, 8, 59, 58),
)  # fmt: skip


def test_the_order_of_the_trail_comes_from_its_numbers_whatever_the_clock_does(walked):
    last = max(event.seq for event in ledger_at(walked).records(Event))
    for n, at in enumerate(CLOCK):
        press(walked, "add", entry=new_clue("zh", matter=f"第{n}件", found_at=datetime(2026, 1, 1)), at=at)
    told = ledger_at(walked).records(Event)[-len(CLOCK) :]
    assert [event.seq for event in told] == list(range(last + 1, last + 1 + len(CLOCK)))
    assert [event.at for event in told] == list(CLOCK)
    assert verified(FileBook(file_of(walked))).trail == ()


def outside_texts():
    kept = [text for text in (*NAUGHTY, *FORMULAS) if text.strip() and text.isprintable()]
    return [text for text in kept if not any("\ud800" <= letter <= "\udfff" for letter in text)]


def test_what_outsiders_write_stays_text_through_action_queue_and_restore(walked):
    texts = outside_texts()
    assert len(texts) > 300
    book, folder = FileBook(file_of(walked)), config.read(walked)
    press(walked, "route", "XS-2026-YW-0002", fills=routing_of("zh"))
    press(walked, "receive", "XS-2026-YW-0002", fills={"handler": "@SUM(1)"})
    told = "\n".join(texts)
    press(walked, "add", entry=new_clue("zh", matter=texts[0], description=told, remarks="=1+1"))
    row = ledger_at(walked).rows(Clue)[0]
    with book.open():  # each text in a cell of its own: as many rows of the handling log
        book.write(
            [], [NewRow("Handling", {"线索编号": row.record.number, "采取的措施": text}) for text in texts]
        )
    waiting.queue(
        Request(
            ACTIONS["log"],
            Pick(("XS-2026-YW-0002",)),
            Stamp(datetime(2026, 3, 3), "=x"),
            options={"line": HandlingLine(measures="=1+1")},
        ),
        book.name,
        folder,
    )
    waiting.replay(book, folder)
    registered(walked, "zh", matter="Later")
    keeping.restored(book, backups(file_of(walked))[-1])
    held = ledger_at(walked)
    assert [line.measures for line in held.records(HandlingLine)][-len(texts) - 1 :] == [*texts, "=1+1"]
    assert held.records(Clue)[-1].description == told
    workbook = openpyxl.load_workbook(file_of(walked))
    formulas = {
        str(getattr(cell.value, "text", cell.value)).removeprefix("=")
        for sheet in workbook
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert formulas  # the ledger's own: those of live columns, and on the overview
    assert not formulas & {text.removeprefix("=") for text in [*texts, told, "=1+1", "@SUM(1)", "=x"]}


TABLE = ROOT / "docs" / "promises.md"
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_test_that_the_table_of_promises_names_exists():
    named = _TEST.findall(TABLE.read_text("utf-8"))
    assert len(named) >= 28
    missing = [f"{file}::{test}" for file, test in named if test not in functions(ROOT / file)]
    assert missing == []


def test_the_table_of_promises_has_a_row_for_each_about_the_ledger_and_for_confidentiality():
    rows = re.findall(r"^\| (\d+) \|", TABLE.read_text("utf-8"), re.MULTILINE)
    assert rows == [str(n) for n in (*range(1, 29), *range(33, 36), 39, 42)]


def functions(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
