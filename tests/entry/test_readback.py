"""Returned forms on a real ledger: read from the inbox, entered, kept with their clue, and never entered twice."""

from __future__ import annotations

import hashlib
import runpy
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from offices import documents, file_of, fingerprint, ledger_at, press, review_of, routing_of
from openpyxl import load_workbook

from cluebook.books.build import build_ledger
from cluebook.domain.clue import ChannelGroup, Clue, Stage
from cluebook.domain.fields import YesNo
from cluebook.domain.records import Analysis, Event, HandlingLine
from cluebook.founding import shipped_templates, starting_rows

FILLING = runpy.run_path(str(Path(__file__).parents[1] / "returned" / "filling.py"))
fill, without_controls = FILLING["fill"], FILLING["without_controls"]
ROUTED_AT = datetime(2026, 3, 2, 9)
NEXT_DAY = ("--as-of", "2026-03-03T10:00", "--user", "Wang")
NUMBERS = ("XS-2026-YW-0001", "XS-2026-YW-0002")
RECEIPT = {"clue.handler": "Zhao", "clue.handler_phone": "=1+1", "clue.expected_on": "2026-03-10"}
ACCOUNT = "The roof of the shop has leaked for three days; nobody answers."


@pytest.fixture(scope="module")
def _routed(tmp_path_factory):
    """A Chinese office with two clues on their way to a department."""
    office = tmp_path_factory.mktemp("routed") / "office"
    shutil.copytree(shipped_templates() / "zh", office / "templates")
    (office / "inbox").mkdir()
    clues = [
        Clue(
            number=number, entry_no=f"T-2026-0000{n}", stage=Stage.APPROVED, channel_group=ChannelGroup.EXTERNAL, channel="客户投诉",
            found_at=ROUTED_AT, matter="Roof", description=ACCOUNT, reviewed_at=ROUTED_AT, approved_at=ROUTED_AT, analyst="Li",
            **{**review_of("zh"), **routing_of("zh")},
        )
        for n, number in enumerate(NUMBERS, start=1)
    ]  # fmt: skip
    done = [Analysis(clue=n, version=1, analyst="Li", reviewer="Zhou", approved=YesNo.YES) for n in NUMBERS]
    rows = starting_rows("zh", "某某集团", ROUTED_AT.date()) | {Clue: tuple(clues), Analysis: tuple(done)}
    build_ledger(office / "ledger.xlsx", "zh", rows)
    routed = press(office, "route", *NUMBERS, at=ROUTED_AT)
    assert not routed.plan.problems
    return office


@pytest.fixture
def routed(_routed, tmp_path):
    return shutil.copytree(_routed, tmp_path / "office")


def slip(office, number=NUMBERS[0]):
    (path,) = (office / "documents" / "2026" / number).glob("*流转单.docx")
    return path.read_bytes()


def came(office, content, name="回执.docx"):
    """Put a file into the inbox."""
    (office / "inbox" / name).write_bytes(content)


def clues(office):
    return {clue.number: clue for clue in ledger_at(office).records(Clue)}


def test_a_receipt_in_the_inbox_is_entered_and_goes_to_the_papers_of_its_clue(routed, cluebook):
    content = fill(slip(routed), RECEIPT, ticked=["answer.receive"])
    came(routed, content)
    answer = cluebook(routed, "readback", "--json", *NEXT_DAY)
    assert (answer.code, answer.told["done"], answer.told["problems"]) == (0, [NUMBERS[0]], [])
    (kept,) = map(Path, answer.told["documents"])
    assert (kept.read_bytes(), kept.parent.name) == (content, NUMBERS[0])
    assert list((routed / "inbox").iterdir()) == []
    clue = clues(routed)[NUMBERS[0]]
    assert (clue.stage, clue.handler, clue.handler_phone) == (Stage.IN_HANDLING, "Zhao", "=1+1")
    event = ledger_at(routed).records(Event)[-1]
    assert hashlib.sha256(content).hexdigest() in event.reason
    assert (event.action, event.after, event.document) == ("确认接收", "处理中", kept.name)


def test_what_a_form_says_is_text_in_the_ledger_whatever_it_begins_with(routed, cluebook):
    came(routed, fill(slip(routed), RECEIPT, ticked=["answer.receive"]))
    cluebook(routed, "readback", *NEXT_DAY)
    cells = [
        cell
        for row in load_workbook(file_of(routed))["线索台账"].iter_rows()
        for cell in row
        if cell.value == "=1+1"
    ]
    assert [cell.data_type for cell in cells] == ["s"]


def test_after_reading_back_nothing_looks_changed_by_hand(routed, cluebook):
    made = cluebook(routed, "verify", "--json").told[
        "problems"
    ]  # of the clues that this test put there itself
    came(routed, fill(slip(routed), RECEIPT, ticked=["answer.receive"]))
    cluebook(routed, "readback", *NEXT_DAY)
    assert cluebook(routed, "verify", "--json").told["problems"] == made


def test_a_preview_changes_no_byte_and_leaves_the_inbox(routed, cluebook):
    came(routed, fill(slip(routed), RECEIPT, ticked=["answer.receive"]))
    before = fingerprint(routed), len(documents(routed))
    answer = cluebook(routed, "readback", "--dry-run", *NEXT_DAY)
    assert answer.code == 0
    assert "承办人： → Zhao" in answer.out
    assert (fingerprint(routed), len(documents(routed))) == before
    assert len(list((routed / "inbox").iterdir())) == 1


def test_the_same_document_twice_is_entered_once(routed, cluebook, tmp_path):
    sent = tmp_path / "sent.docx"
    sent.write_bytes(fill(slip(routed), RECEIPT, ticked=["answer.receive"]))
    assert cluebook(routed, "readback", sent, *NEXT_DAY).code == 0
    before = fingerprint(routed)
    again = cluebook(routed, "readback", sent, *NEXT_DAY)
    assert again.code == 0
    assert "此前已办" in again.out
    assert (fingerprint(routed), sent.exists()) == (before, True)


def test_of_a_folder_the_good_ones_are_done_and_the_others_named(routed, cluebook, tmp_path):
    post = tmp_path / "post"
    post.mkdir()
    (post / "a.docx").write_bytes(fill(slip(routed), RECEIPT, ticked=["answer.receive"]))
    (post / "b.docx").write_bytes(without_controls(fill(slip(routed, NUMBERS[1]), RECEIPT)))
    (post / "c.docx").write_bytes(slip(routed))
    (post / "scan.pdf").write_bytes(b"%PDF-1.7")
    (post / "cut.docx").write_bytes(slip(routed)[:2000])
    answer = cluebook(routed, "readback", post, "--json", *NEXT_DAY)
    assert (answer.code, answer.told["done"]) == (1, list(NUMBERS))
    told = {problem["file"]: problem["code"] for problem in answer.told["problems"]}
    assert told == {"c.docx": "form_blank", "scan.pdf": "is_pdf", "cut.docx": "zip_damaged"}
    assert all(problem["fix"] for problem in answer.told["problems"])


@pytest.mark.parametrize("name", ["nowhere.docx", "scan.pdf"])
def test_a_file_that_is_no_form_is_refused_and_nothing_changes(routed, cluebook, name):
    (routed / "scan.pdf").write_bytes(b"%PDF-1.7")
    before = fingerprint(routed)
    answer = cluebook(routed, "readback", name, *NEXT_DAY)
    assert (answer.code, fingerprint(routed)) == (3, before)
    assert answer.err.startswith(name)
    assert len(answer.err.splitlines()) == 1


def test_an_edited_number_is_refused_with_the_clue_untouched(routed, cluebook, tmp_path):
    forged = tmp_path / "forged.docx"
    forged.write_bytes(fill(slip(routed), RECEIPT | {"number": NUMBERS[1]}, ticked=["answer.receive"]))
    answer = cluebook(routed, "readback", forged, "--json", *NEXT_DAY)
    assert (answer.code, [p["code"] for p in answer.told["problems"]]) == (3, ["number_edited"])
    assert {clue.stage for clue in clues(routed).values()} == {Stage.ROUTED}


def test_a_form_may_be_named_where_a_command_takes_clues(routed, cluebook, tmp_path):
    sent = tmp_path / "sent.docx"
    sent.write_bytes(fill(slip(routed), RECEIPT, ticked=["answer.receive"]))
    assert cluebook(routed, "log", sent, *NEXT_DAY).code == 3
    answer = cluebook(routed, "receive", sent, "--json", *NEXT_DAY)
    assert answer.told["problems"] == []
    assert (answer.code, answer.told["action"], answer.told["done"]) == (0, "readback", [NUMBERS[0]])


def test_blank_forms_go_out_and_come_back(routed, cluebook):
    came(routed, fill(slip(routed), RECEIPT, ticked=["answer.receive"]))
    cluebook(routed, "readback", *NEXT_DAY)
    made = cluebook(routed, "forms", NUMBERS[0], "--kind", "handling_record", "--json", *NEXT_DAY).told[
        "documents"
    ]
    lines = [{"log.on": "2026年3月3日 11:00", "log.measures": "Looked at it"}, {"log.measures": "+1"}]
    came(routed, fill(Path(made[0]).read_bytes(), rows=lines), "记录.docx")
    assert cluebook(routed, "readback", *NEXT_DAY).code == 0
    assert [line.measures for line in ledger_at(routed).records(HandlingLine)] == ["Looked at it", "+1"]
    made = cluebook(routed, "forms", NUMBERS[0], "--kind", "handling_record", "--json", *NEXT_DAY).told[
        "documents"
    ]
    came(routed, fill(Path(made[0]).read_bytes(), rows=[{"log.measures": "Mended"}]), "记录二.docx")
    cluebook(routed, "readback", *NEXT_DAY)
    logged = [line.measures for line in ledger_at(routed).records(HandlingLine)]
    assert logged == ["Looked at it", "+1", "Mended"]


def test_a_ledger_that_is_open_keeps_the_inbox_as_it_is(routed, cluebook):
    came(routed, fill(slip(routed), RECEIPT, ticked=["answer.receive"]))
    (routed / ".~lock.ledger.xlsx#").write_text("Wang,wang,desk,03.03.2026 10:00,file:///x;")
    papers = len(documents(routed))
    assert cluebook(routed, "readback", *NEXT_DAY).code == 4
    assert (len(documents(routed)), len(list((routed / "inbox").iterdir()))) == (papers, 1)
