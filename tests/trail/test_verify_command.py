from __future__ import annotations

import errno
import os
import shutil

import pytest
from offices import file_of, fingerprint, ledger_at, registered

from cluebook.books.file import FileBook
from cluebook.domain.clue import Clue
from cluebook.ledger.book import CellEdit


def changed_by_hand(office, table, row, column, before, after):
    book = FileBook(file_of(office))
    with book.open():
        book.write([CellEdit(table, row, column, before, after)], [])


def test_a_ledger_as_the_program_made_it_verifies(cluebook, walked):
    before = fingerprint(walked)
    answer = cluebook(walked, "verify")
    assert (answer.code, answer.codes) == (0, [])
    assert answer.told["events"] >= 12
    assert fingerprint(walked) == before


def test_a_ledger_that_the_program_never_wrote_verifies(cluebook, office):
    assert cluebook(office, "verify").code == 0


def test_a_change_by_hand_makes_the_code_one_and_names_the_cell(cluebook, walked):
    row = ledger_at(walked).rows(Clue)[1]
    changed_by_hand(walked, "Clues", row.number, "涉及事项", row.record.matter, "另一件事")
    answer = cluebook(walked, "verify")
    (problem,) = answer.told["problems"]
    assert answer.code == 1
    assert (problem["code"], problem["row"], problem["column"]) == ("changed_outside", row.number, "涉及事项")


def test_a_changed_record_makes_the_code_six_and_names_the_record(cluebook, walked):
    grid = FileBook(file_of(walked)).grid("Events")
    changed_by_hand(
        walked, "Events", grid.first + 3, "操作人", grid.rows[3][grid.header.index("操作人")], "李强"
    )
    answer = cluebook(walked, "verify")
    told = [(problem["code"], problem["row"], problem["column"]) for problem in answer.told["problems"]]
    assert answer.code == 6
    assert told == [("trail_edited", grid.first + 3, "序号"), ("changed_outside", grid.first + 3, "操作人")]


def test_a_missing_key_has_code_eight_for_verify_and_for_every_action(cluebook, walked):
    before = fingerprint(walked)
    next((walked / ".cluebook").glob("*.key")).unlink()
    for words in (("verify",), ("overdue", "--flag"), ("check",)):
        answer = cluebook(walked, *words)
        assert (answer.code, answer.codes) == (8, ["key_missing"])
    assert fingerprint(walked) == before


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"7", b'{"seq": "x"}', b"\xff\xfe", b'{"seq":1,"seal":"","since":1,"numbers":[]}'],
)
def test_a_damaged_witness_has_code_six_and_a_remedy_that_works(cluebook, walked, content):
    witness = next((walked / ".cluebook").glob("*.witness"))
    witness.write_bytes(content)
    for words in (("verify",), ("check",)):
        answer = cluebook(walked, *words)
        assert (answer.code, answer.codes) == (6, ["witness_damaged"])
    assert "witness" in answer.told["problems"][0]["fix"]
    witness.rename(witness.with_suffix(".old"))
    answer = cluebook(walked, "verify")
    assert (answer.code, answer.codes) == (6, ["witness_missing"])
    registered(walked, "zh", matter="Fourth")
    assert cluebook(walked, "verify").code == 0


@pytest.mark.parametrize("words", [("verify",), ("check",), ("overdue", "--flag"), ("restore",)])
def test_a_folder_that_may_not_be_written_has_code_seven_and_the_ledger_stays(
    cluebook, walked, monkeypatch, words
):
    before, real = fingerprint(walked), os.open

    def refused(path, flags, *more, **named):
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(errno.EACCES, "made to fail")
        return real(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", refused)
    answer = cluebook(walked, *words)
    monkeypatch.undo()
    assert (answer.code, answer.codes) == (7, ["disk_refused"])
    assert fingerprint(walked) == before


def test_conflict_copies_are_told_by_verify_and_by_the_watch(cluebook, walked):
    copy = file_of(walked).with_stem("ledger-LI-PC")
    copy.write_bytes(file_of(walked).read_bytes())
    answer = cluebook(walked, "verify")
    assert (answer.code, answer.codes) == (1, ["conflict_copy"])
    assert copy.name in answer.told["problems"][0]["message"] + str(answer.told["problems"][0])
    answer = cluebook(walked, "watch", "--once", "--as-of", "2026-03-04")
    assert answer.codes == ["conflict_copy"]
    assert "watch flag done conflict_copy" in (walked / "log" / "cluebook.log").read_text("utf-8")


def test_the_watch_writes_no_ledger_in_a_synchronised_folder_unless_it_is_allowed(cluebook, walked, tmp_path):
    office = shutil.copytree(walked, tmp_path / "我的坚果云" / "office")
    before = fingerprint(office)
    answer = cluebook(office, "watch", "--once", "--as-of", "2026-03-04")
    assert (answer.code, set(answer.codes)) == (3, {"ledger_synced"})
    assert fingerprint(office) == before
    settings = office / "cluebook.toml"
    settings.write_text(settings.read_text("utf-8").replace('synced = ""', 'synced = "allow"'), "utf-8")
    answer = cluebook(office, "watch", "--once", "--as-of", "2026-03-04")
    assert (answer.code, answer.codes) == (0, [])
