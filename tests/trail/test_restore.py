from __future__ import annotations

import pytest
from offices import file_of, fingerprint, ledger_at, registered

from cluebook import keeping
from cluebook.books.file import FileBook
from cluebook.books.saving import backups
from cluebook.domain.records import Event
from cluebook.errors import BusyError, RefusedError
from cluebook.verification import verified


def test_a_restored_ledger_is_the_backup_to_the_byte_and_the_present_one_is_kept(cluebook, walked):
    path = file_of(walked)
    before, chosen = path.read_bytes(), backups(path)[-3]
    content = chosen.read_bytes()
    answer = cluebook(walked, "restore", chosen.name)
    assert (answer.code, answer.told["documents"]) == (0, [str(chosen)])
    assert path.read_bytes() == content
    assert backups(path)[-1].read_bytes() == before


def test_without_a_name_the_latest_backup_is_restored_and_a_list_restores_nothing(cluebook, walked):
    path = file_of(walked)
    latest, before = backups(path)[-1], fingerprint(walked)
    told = cluebook(walked, "restore", "--list").told
    assert told["documents"] == [str(copy) for copy in backups(path)]
    assert fingerprint(walked) == before
    content = latest.read_bytes()
    assert cluebook(walked, "restore").code == 0
    assert path.read_bytes() == content


def test_a_backup_that_is_not_there_is_a_usage_error(cluebook, walked):
    before = fingerprint(walked)
    answer = cluebook(walked, "restore", "ledger-yesterday.xlsx")
    assert (answer.code, answer.codes) == (2, ["backup_unknown"])
    assert fingerprint(walked) == before


def test_a_restored_ledger_verifies_at_once_and_the_trail_tells_of_it_at_the_next_save(walked):
    path = file_of(walked)
    chosen = backups(path)[-3]
    keeping.restored(FileBook(path), chosen)
    verdict = verified(FileBook(path))
    assert (verdict.trail, verdict.by_hand) == ((), ())
    registered(walked, "zh", matter="After")
    told = ledger_at(walked).records(Event)[-2]
    assert (told.action, told.document) == ("恢复备份", chosen.name)
    verdict = verified(FileBook(path))
    assert (verdict.trail, verdict.by_hand) == ((), ())


def test_records_cut_from_a_restored_ledger_are_missed_before_and_after_the_next_save(walked):
    path = file_of(walked)
    older, chosen = backups(path)[-4].read_bytes(), backups(path)[-3]
    keeping.restored(FileBook(path), chosen)
    path.write_bytes(older)
    assert "trail_cut" in {p.code for p in verified(FileBook(path)).trail}


@pytest.mark.parametrize("fate", ["damaged", "gone"])
def test_a_damaged_or_deleted_ledger_can_be_restored(cluebook, walked, fate):
    path = file_of(walked)
    chosen = backups(path)[-1]
    content = chosen.read_bytes()
    path.unlink()
    if fate == "damaged":
        path.write_bytes(content[: len(content) // 2])
    assert cluebook(walked, "restore", chosen.name, "--ledger", path.name).code == 0
    assert path.read_bytes() == content
    assert verified(FileBook(path)).trail == ()


def test_an_unsound_backup_is_refused_and_nothing_is_changed(walked):
    path, before = file_of(walked), fingerprint(walked)
    backups(path)[-1].write_bytes(b"PK\x03\x04 and then nothing")
    with pytest.raises(RefusedError):
        keeping.restored(FileBook(path), backups(path)[-1])
    assert fingerprint(walked) == before
    assert verified(FileBook(path)).trail == ()


def test_an_open_ledger_is_not_restored(walked):
    path, before = file_of(walked), fingerprint(walked)
    (walked / f"~${path.name}").write_bytes(b"")
    with pytest.raises(BusyError):
        keeping.restored(FileBook(path), backups(path)[-2])
    assert fingerprint(walked) == before
    (walked / f"~${path.name}").unlink()
    verdict = verified(FileBook(path))
    assert (verdict.trail, verdict.by_hand) == ((), ())
