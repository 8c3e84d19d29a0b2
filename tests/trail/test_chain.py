from __future__ import annotations

import random
import shutil
from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from offices import file_of, ledger_at, new_clue, press, registered
from tampering import KEY, OTHER_KEY, TAMPERINGS, found, head, sealed_again, trail_of

from cluebook import keeping
from cluebook.books.file import FileBook
from cluebook.books.saving import backups
from cluebook.books.witness import Stand
from cluebook.domain.fields import columns
from cluebook.domain.records import Event
from cluebook.ledger.chain import sealed, sealed_since
from cluebook.ledger.trail import RESTORED
from cluebook.verification import verified

LENGTH = 40


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda tamper: tamper.__name__)
def test_a_trail_of_records_that_was_tampered_with_is_always_found(tamper, counted):
    chance = random.Random(tamper.__name__)
    trail = trail_of(LENGTH)
    tampered = [tamper(trail, chance) for _ in range(counted(300, 3_000))]
    assert [t for t in tampered if not found(t, head(trail))] == []


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda tamper: tamper.__name__)
def test_a_trail_read_back_from_a_ledger_that_was_tampered_with_is_always_found(tamper, walked, counted):
    chance = random.Random(tamper.__name__)
    stand = Stand(file_of(walked))
    trail, known, key = list(ledger_at(walked).records(Event)), stand.read().head, stand.key()
    assert len(trail) >= 12
    assert found(trail, known, key) == []
    tampered = [tamper(trail, chance) for _ in range(counted(300, 3_000))]
    assert [t for t in tampered if not found(t, known, key)] == []


def test_a_long_honest_trail_raises_no_alarm():
    trail = trail_of(10_000)
    assert found(trail, head(trail)) == []


def test_a_sorted_trail_is_told_to_be_moved_and_nothing_worse():
    trail = trail_of(LENGTH)
    by_clue = sorted(trail, key=lambda event: event.clue)
    assert set(found(by_clue, head(trail))) == {"trail_moved"}
    assert set(found(trail[::-1], head(trail))) == {"trail_moved"}


def test_records_from_before_the_seals_are_left_alone_but_may_not_be_taken_out():
    unsealed = [replace(event, seal=None) for event in trail_of(5)]
    trail = [*unsealed, *sealed([replace(event, seq=event.seq + 5) for event in trail_of(5)], KEY, "")]
    assert found(trail, head(trail, since=6)) == []
    assert found(trail[1:], head(trail, since=6)) == ["trail_gap"]


def test_numbers_may_jump_only_where_the_trail_tells_of_a_restored_backup():
    trail = trail_of(5)
    told = Event(seq=9, at=trail[-1].at, user="王芳", action=RESTORED.zh)
    going_on = [*trail, *sealed([told], KEY, trail[-1].seal)]
    assert found(going_on, head(going_on)) == []
    jumped = [*trail, *sealed([replace(told, action="流转")], KEY, trail[-1].seal)]
    assert found(jumped, head(jumped)) == ["trail_gap"]


def test_a_key_knows_from_where_on_the_seals_are_its_own():
    trail = trail_of(9)
    assert sealed_since(trail, KEY) == 1
    assert sealed_since(trail, OTHER_KEY) == 10
    assert sealed_since([], KEY) == 1
    doubtful = [*trail[:4], replace(trail[4], user="李强"), *trail[5:]]
    assert sealed_since(doubtful, KEY) == 6
    assert sealed_since(sealed_again(trail, random.Random(1)), KEY) == 10


LATER = timedelta(milliseconds=499)


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([-LATER, timedelta(), LATER]),
)
def test_what_a_workbook_does_to_a_record_breaks_no_seal(text, line_end, slip):
    (event,) = sealed([replace(trail_of(1)[0], reason=text, changes=f"{text}\n甲", document="")], KEY, "")
    read = replace(
        event, at=event.at + slip, changes=event.changes.replace("\n", line_end), document=None, reason=text.strip() or None
    )  # fmt: skip
    assert found([read], head([event])) == []


def test_a_cell_that_holds_what_is_no_seal_is_a_finding_and_no_error():
    trail = trail_of(2)
    for seal in ("校验", "\ud800", "x" * 9000):
        assert "trail_edited" in found([trail[0], replace(trail[1], seal=seal)], head(trail))


NAUGHTY = (
    "=1+1",
    "0012",
    " 前后有空格 ",
    "第一行\r\n第二行",
    "_x0041_",
    "1E5",
    "2026-03-01",
    "TRUE",
    "'quoted",
    "“”：→ ：",
)


def test_naughty_texts_written_to_a_ledger_and_saved_by_another_program_raise_no_alarm(walked):
    for text in NAUGHTY:
        press(walked, "add", entry=clue_about(text), by=text)
    assert verified(FileBook(file_of(walked))).trail == ()
    resaved(file_of(walked))
    verdict = verified(FileBook(file_of(walked)))
    assert (verdict.trail, verdict.by_hand) == ((), ())


def clue_about(text):
    return new_clue("zh", matter=text, description=f"{text}，门店屋顶漏水三天，多次报修无人处理。{text}")


def resaved(path):
    """Save a workbook as a program does that writes every part of it anew."""
    workbook = openpyxl.load_workbook(path)
    for sheet in workbook:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    cell.data_type = "s"
    workbook.save(path)


def test_sorting_the_events_sheet_is_reported_as_moved_only(walked):
    path = file_of(walked)
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["流转记录"]
    table = sheet.tables["Events"]
    rows = [[cell.value for cell in row] for row in sheet[table.ref]][1:]
    for at, row in enumerate(sorted(rows, key=lambda row: str(row[3]))):
        for cell, value in zip(sheet[table.ref][at + 1], row, strict=True):
            cell.value = value
    workbook.save(path)
    verdict = verified(FileBook(path))
    assert {problem.code for problem in verdict.trail} == {"trail_moved"}
    assert verdict.by_hand == ()


def test_tampering_in_the_file_itself_is_found(walked, tmp_path, counted):
    chance = random.Random(7)
    for n in range(counted(2, 40)):
        office = shutil.copytree(walked, tmp_path / f"tampered {n}")
        path = file_of(office)
        trail = list(ledger_at(office).records(Event))
        workbook = openpyxl.load_workbook(path)
        sheet = workbook["流转记录"]
        tampered = chance.choice(TAMPERINGS)(trail, chance)
        write_trail(sheet, tampered, len(trail))
        workbook.save(path)
        assert verified(FileBook(path)).trail
        shutil.rmtree(office)


def write_trail(sheet, trail, length):
    top, _, bottom = sheet.tables["Events"].ref.partition(":")
    first = sheet[top].row + 1
    for at in range(max(length, len(trail))):
        event = trail[at] if at < len(trail) else Event()
        for place, column in enumerate(columns(Event), start=1):
            cell = sheet.cell(first + at, place)
            cell.value = getattr(event, column.name)
    letters = bottom.rstrip("0123456789")
    sheet.tables["Events"].ref = f"{top}:{letters}{first + max(length, len(trail)) - 1}"


def test_a_long_honest_history_with_restores_and_hand_edits_raises_no_alarm(office, lang):
    path = file_of(office)
    for n in range(6):
        registered(office, lang, matter=f"第{n}件")
        if n % 3 == 2:
            keeping.restored(FileBook(path), backups(path)[-2])
            assert verified(FileBook(path)).trail == ()
    registered(office, lang, matter="最后一件")
    verdict = verified(FileBook(path))
    assert (verdict.trail, verdict.by_hand) == ((), ())
    seqs = [event.seq for event in ledger_at(office).records(Event)]
    assert seqs == sorted(set(seqs))
