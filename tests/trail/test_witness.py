from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from dying import at_every_step
from offices import file_of, ledger_at, new_clue, press, registered, review_of

from cluebook import keeping
from cluebook.books.file import FileBook
from cluebook.books.saving import backups
from cluebook.books.witness import Stand
from cluebook.domain.clue import Clue
from cluebook.domain.fields import columns
from cluebook.domain.office import Counter
from cluebook.domain.records import Event
from cluebook.errors import SecretError
from cluebook.ledger.book import CellEdit
from cluebook.ledger.tables import table_of
from cluebook.verification import verified

ENTRIES = ("T-2026-00003", "T-2026-00004", "T-2026-00005")


def blanked(office, record, wanted=lambda _record: True):
    """Empty whole rows by hand, as somebody does who deletes what is in them."""
    book = FileBook(file_of(office))
    with book.open():
        grid = book.grid(table_of(record).name)
        rows = [row.number for row in ledger_at(office).rows(record) if wanted(row.record)]
        edits = [
            CellEdit(table_of(record).name, number, head, grid.rows[number - grid.first][at], None)
            for number in rows
            for at, head in enumerate(grid.header)
        ]
        book.write(edits, [])


def accepted(office, entry, **more):
    return press(office, "accept", entry, fills=review_of("zh"), **more).plan.done[0]


def test_a_number_is_not_given_again_after_its_rows_its_counter_and_its_trail_are_deleted(walked):
    assert accepted(walked, ENTRIES[0]) == "XS-2026-YW-0003"
    blanked(walked, Clue, lambda clue: clue.number is not None)
    blanked(walked, Counter)
    blanked(walked, Event)
    assert accepted(walked, ENTRIES[1]) == "XS-2026-YW-0004"


def test_a_number_is_not_given_again_after_a_backup_from_before_it_was_restored(walked):
    numbers = [accepted(walked, ENTRIES[0]), accepted(walked, ENTRIES[1])]
    keeping.restored(FileBook(file_of(walked)), backups(file_of(walked))[-2])
    again = [accepted(walked, entry) for entry in ENTRIES]
    assert numbers + again == [f"XS-2026-YW-{n:04}" for n in range(3, 8)]


def test_a_number_is_not_given_again_after_an_old_copy_was_put_back_by_hand(walked):
    old = file_of(walked).read_bytes()
    accepted(walked, ENTRIES[0])
    file_of(walked).write_bytes(old)
    assert accepted(walked, ENTRIES[0]) == "XS-2026-YW-0004"
    assert "trail_gap" in {p.code for p in verified(FileBook(file_of(walked))).trail}


def test_a_clock_set_back_a_year_and_forward_again_gives_each_number_once(walked):
    first = accepted(walked, ENTRIES[0])
    back = accepted(walked, ENTRIES[1], at=datetime(2025, 3, 2, 9, 30))
    forward = accepted(walked, ENTRIES[2])
    assert (first, back, forward) == ("XS-2026-YW-0003", "XS-2025-YW-0001", "XS-2026-YW-0004")
    seqs = [event.seq for event in ledger_at(walked).records(Event)]
    assert seqs == sorted(set(seqs))
    assert verified(FileBook(file_of(walked))).trail == ()


ADDING = """
import json, sys
sys.path[:0] = sys.argv[1:3]
from pathlib import Path
from offices import press, new_clue
from cluebook.errors import BusyError

def added(entry):
    while True:  # as a clerk would, who is told that it is another's turn
        try:
            return press(Path(sys.argv[3]), "add", entry=entry).plan.done[0]
        except BusyError:
            continue

print(json.dumps([added(new_clue("zh", matter=f"{sys.argv[4]} {n}")) for n in range(int(sys.argv[5]))]))
"""


def test_four_programs_at_once_give_each_number_once_and_leave_no_gap(walked, counted):
    each = counted(4, 40)
    here = Path(__file__).parents[1]
    words = [sys.executable, "-c", ADDING, str(here / "entry"), str(here.parent), str(walked)]
    people = [
        subprocess.Popen([*words, who, str(each)], stdout=subprocess.PIPE) for who in ("甲", "乙", "丙", "丁")
    ]
    given = [number for person in people for number in json.loads(person.communicate()[0])]
    assert sorted(given) == [f"T-2026-{n:05}" for n in range(6, 6 + 4 * each)]
    verdict = verified(FileBook(file_of(walked)))
    assert (verdict.trail, verdict.by_hand) == ((), ())


@pytest.mark.parametrize("how", ["kill", "full"])
def test_an_action_that_dies_at_any_step_leaves_trail_witness_and_numbers_in_order(
    walked, tmp_path, how, counted
):
    steps = at_every_step(walked, tmp_path, "accept", how, every=counted(11, 1))
    assert len(steps) >= counted(6, 70)
    assert {step["ended"] for step in steps} <= ({-9} if how == "kill" else {0, 7})
    assert [step for step in steps if step["found"] or step["found_then"]] == []
    assert {tuple(step["held"]) for step in steps} == {tuple(f"XS-2026-YW-{n:04}" for n in range(1, 6))}


def test_a_ledger_written_for_the_first_time_gets_a_key_that_only_its_user_may_read(office, lang):
    registered(office, lang)
    stand = Stand(file_of(office))
    assert len(stand.key()) == 64
    assert (office / ".cluebook" / f"{file_of(office).name}.key").stat().st_mode & 0o077 == 0
    assert ledger_at(office).records(Event)[0].seal


def test_a_key_of_the_office_is_used_where_one_is_given(walked, monkeypatch):
    monkeypatch.setenv("CLUEBOOK_KEY", "a key that is not the file's")
    assert {p.code for p in verified(FileBook(file_of(walked))).trail} == {"trail_edited"}


def test_an_action_without_the_key_changes_nothing(walked):
    before = file_of(walked).read_bytes()
    next((walked / ".cluebook").glob("*.key")).unlink()
    with pytest.raises(SecretError):
        registered(walked, "zh", matter="Fourth")
    assert file_of(walked).read_bytes() == before


def test_a_lost_witness_is_told_by_verify_and_then_by_the_trail(walked):
    path = file_of(walked)
    next((walked / ".cluebook").glob("*.witness")).unlink()
    assert [p.code for p in verified(FileBook(path)).trail] == ["witness_missing"]
    registered(walked, "zh", matter="Fourth")
    actions = [event.action for event in ledger_at(walked).records(Event)]
    assert actions[-2:] == ["重新封存", "登记"]
    assert verified(FileBook(path)).trail == ()


def test_a_ledger_moved_without_its_folder_begins_a_new_trail_and_says_so(walked, tmp_path):
    away = tmp_path / "away"
    shutil.copytree(walked, away, ignore=shutil.ignore_patterns(".cluebook"))
    with pytest.raises(SecretError):
        verified(FileBook(file_of(away)))
    registered(away, "zh", matter="Fourth")
    assert ledger_at(away).records(Event)[-2].action == "重新封存"
    assert verified(FileBook(file_of(away))).trail == ()


def test_the_witness_keeps_no_text_of_a_clue(walked):
    press(walked, "add", entry=new_clue("zh", matter="CANARY", description="CANARY " * 9))
    kept = next((walked / ".cluebook").glob("*.witness")).read_text("utf-8")
    words = {str(getattr(clue, c.name)) for clue in ledger_at(walked).records(Clue) for c in columns(Clue) if c.name == "description"}  # fmt: skip
    assert "CANARY" not in kept
    assert not any(word in kept for word in words)
