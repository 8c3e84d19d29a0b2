from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from docx_parts import with_paragraph
from offices import (
    closed,
    documents,
    fingerprint,
    ledger_at,
    new_clue,
    press,
    registered,
    review_of,
    routing_of,
)

from cluebook.books.file import FileBook
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import column_of
from cluebook.domain.office import Counter
from cluebook.domain.records import Event
from cluebook.errors import BusyError, DiskError, TemplateError
from cluebook.ledger.book import CellEdit, NewRow

YW1, YW2 = "XS-2026-YW-0001", "XS-2026-YW-0002"
ONLY_ZH = pytest.mark.parametrize("lang", ["zh"])


def test_a_whole_walk_reads_back_and_a_check_finds_nothing(office, lang):
    number = closed(office, lang)
    (clue,) = ledger_at(office).records(Clue)
    assert (clue.number, clue.stage) == (number, Stage.CLOSED)
    press(office, "overdue", flag=True, at=datetime(2026, 3, 30, 8, 30))
    outcome = press(office, "check")
    assert (outcome.plan.problems, outcome.plan.done) == ((), (number,))
    assert outcome.lang == lang


def test_the_trail_of_a_walk_names_the_documents_that_were_made(office, lang):
    closed(office, lang)
    named = {event.document for event in ledger_at(office).records(Event) if event.document}
    assert named == {path.name for path in documents(office)}
    assert len(named) == 4


def test_a_cell_changed_by_hand_is_found(working):
    book = FileBook(working / "ledger.xlsx")
    with book.open():
        book.write([CellEdit("Clues", row_of(working, YW1), "状态", "已办结", "处理中")], [])
    (problem,) = press(working, "check", YW1).plan.problems
    assert (problem.code, problem.place.column) == ("edited_by_hand", "状态")


def row_of(office: Path, number: str) -> int:
    return next(row.number for row in ledger_at(office).rows(Clue) if row.record.number == number)


def typed(office: Path, *drafts: dict[str, object]) -> list[int]:
    """Type rows into the ledger as a clerk would, and return where they stand."""
    last = max((row.number for row in ledger_at(office).rows(Clue)), default=first_row(office) - 1)
    book = FileBook(office / "ledger.xlsx")
    with book.open():
        book.write(
            [], [NewRow("Clues", {column_of(Clue, n).text.zh: v for n, v in d.items()}) for d in drafts]
        )
    return [last + 1 + at for at in range(len(drafts))]


def first_row(office: Path) -> int:
    return FileBook(office / "ledger.xlsx").grid("Clues").first


DRAFT = {
    "channel": "客户投诉",
    "found_at": "2026年3月1日 18:05",
    "matter": "=1+1",
    "description": "@屋顶漏水三天，多次报修无人处理，地面湿滑。",
    "attachments": "2",
}


@ONLY_ZH
def test_a_row_typed_into_the_ledger_is_suggested_entered_and_in_order(office):
    rows = typed(office, DRAFT, DRAFT | {"channel": "传真"}, DRAFT | {"found_at": "上周"})
    press(office, "suggest", everything=True)
    outcome = press(office, "add", rows=tuple(rows))
    assert outcome.plan.done == ("T-2026-00001",)
    assert [(p.code, p.place.row) for p in outcome.plan.problems] == [
        ("required_missing", rows[1]),
        ("not_listed", rows[1]),
        ("not_a_date", rows[2]),
    ]
    clue = ledger_at(office).row(Clue, rows[0]).record
    assert (clue.stage, clue.matter, clue.found_at) == (Stage.REGISTERED, "=1+1", datetime(2026, 3, 1, 18, 5))
    assert press(office, "check", "T-2026-00001").plan.problems == ()


@ONLY_ZH
def test_texts_that_look_like_formulas_stay_texts_in_the_file(office):
    from openpyxl import load_workbook

    texts = ['=HYPERLINK("http://x","屋顶漏水三天无人处理")', "+1 屋顶漏水三天，多次报修无人处理", "-屋顶漏水三天，多次报修仍无人处理", "@SUM(1) 屋顶漏水三天，多次报修无人处理"]  # fmt: skip
    for text in texts:
        press(office, "add", entry=new_clue("zh", description=text, matter=text[:12]))
    sheet = load_workbook(office / "ledger.xlsx")["线索台账"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value in texts]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}


@ONLY_ZH
def test_numbers_are_not_given_again_after_rows_and_counters_are_gone(office):
    entries = [registered(office, "zh", matter=str(n)) for n in range(3)]
    assert press(office, "accept", *entries[:2], fills=review_of("zh")).plan.done == (YW1, YW2)
    held, book = ledger_at(office), FileBook(office / "ledger.xlsx")
    gone = [
        CellEdit("Clues", row.number, column_of(Clue, name).text.zh, getattr(row.record, name), None)
        for row in held.rows(Clue)
        if row.record.number
        for name in ("number",)
    ]
    gone += [
        CellEdit("Numbers", row.number, column_of(Counter, name).text.zh, getattr(row.record, name), None)
        for row in held.rows(Counter)
        for name in ("prefix", "last")
    ]
    with book.open():
        book.write(gone, [])
    assert ledger_at(office).records(Counter) == ()
    assert press(office, "accept", entries[2], fills=review_of("zh")).plan.done == ("XS-2026-YW-0003",)


def test_options_fill_the_cells_of_the_row_whatever_was_typed_there(working):
    book = FileBook(working / "ledger.xlsx")
    with book.open():
        book.write([CellEdit("Clues", row_of(working, YW2), "责任部门", "质量管理部", "  财务部 ")], [])
    press(working, "route", YW2, fills=routing_of("zh"))
    assert ledger_at(working).row(Clue, row_of(working, YW2)).record.department == "客户服务部"


def test_documents_stand_in_the_folder_of_year_and_number_and_never_replace_one(working):
    mine = working / "documents" / "2026" / YW2 / f"{YW2} 线索流转单.docx"
    mine.write_text("signed")
    (made,) = press(working, "route", YW2, fills=routing_of("zh")).documents
    assert made == mine.with_stem(f"{mine.stem} (2)")
    assert mine.read_text() == "signed"


def test_a_number_changed_by_hand_leads_no_document_out_of_its_folder(working):
    book = FileBook(working / "ledger.xlsx")
    with book.open():
        book.write([CellEdit("Clues", row_of(working, YW2), "线索编号", YW2, "../../../outside")], [])
    (made,) = press(working, "route", "../../../outside", fills=routing_of("zh")).documents
    assert made.resolve().is_relative_to((working / "documents").resolve())


def test_a_ledger_open_elsewhere_is_left_alone_and_no_document_stays(working):
    before, papers = fingerprint(working), documents(working)
    (working / "~$ledger.xlsx").write_bytes(b"")
    with pytest.raises(BusyError) as caught:
        press(working, "route", YW2, fills=routing_of("zh"))
    assert caught.value.exit_code == 4
    assert (fingerprint(working), documents(working)) == (before, papers)


@pytest.mark.parametrize("fault", ["{{ nonsense }}", "{{ clue.matter", "{% if %}"])
def test_a_faulty_template_leaves_everything_as_it_was(working, fault):
    template = working / "templates" / "routing_slip.docx"
    template.write_bytes(with_paragraph(template.read_bytes(), fault))
    before, papers = fingerprint(working), documents(working)
    with pytest.raises(TemplateError) as caught:
        press(working, "route", YW2, fills=routing_of("zh"))
    assert caught.value.exit_code == 3
    assert caught.value.lang == "zh"
    assert (fingerprint(working), documents(working)) == (before, papers)


def test_documents_that_cannot_be_written_stop_the_rows_too(working):
    before = fingerprint(working)
    shutil.rmtree(working / "documents" / "2026" / YW2)
    (working / "documents" / "2026" / YW2).write_text("a file where the folder should be")
    with pytest.raises(DiskError) as caught:
        press(working, "route", YW2, fills=routing_of("zh"))
    assert caught.value.exit_code == 7
    assert fingerprint(working) == before


def test_clues_that_nobody_knows_are_named_and_the_others_done(working):
    outcome = press(working, "route", YW2, "XS-9", rows=(999,), fills=routing_of("zh"))
    assert outcome.plan.done == (YW2,)
    assert [(p.code, p.place.row) for p in outcome.plan.problems] == [
        ("unknown_number", None),
        ("unknown_row", 999),
    ]


def test_a_clue_named_twice_is_done_once(working):
    row = row_of(working, YW2)
    assert press(working, "route", YW2, YW2, rows=(row, row), fills=routing_of("zh")).plan.done == (YW2,)


def test_everything_means_all_that_can_take_the_step(working):
    assert press(working, "accept", everything=True, fills=review_of("zh")).plan.done == ("XS-2026-YW-0003",)


ACCEPTING = """
import json, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from offices import press, review_of
done = [press(Path(sys.argv[2]), "accept", entry, fills=review_of("zh")).plan.done[0] for entry in sys.argv[3:]]
print(json.dumps(done))
"""


@ONLY_ZH
def test_clues_accepted_by_several_people_at_once_have_numbers_of_their_own_without_a_gap(office):
    entries = [registered(office, "zh", matter=str(n)) for n in range(8)]
    here = str(Path(__file__).parent)
    people = [
        subprocess.Popen(
            [sys.executable, "-c", ACCEPTING, here, str(office), *entries[at::4]],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        for at in range(4)
    ]
    given = [number for person in people for number in json.loads(person.communicate(timeout=120)[0])]
    assert sorted(given) == [f"XS-2026-YW-{n:04}" for n in range(1, 9)]
    assert sorted(c.number for c in ledger_at(office).records(Clue)) == sorted(given)
    assert [e.seq for e in ledger_at(office).records(Event)] == list(range(1, 17))
