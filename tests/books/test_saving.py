"""A save leaves the old ledger or the new one, whatever happens, and never writes over anybody's work."""

import errno
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import pytest

from cluebook.books import saving
from cluebook.books.file import FileBook
from cluebook.books.owners import owner
from cluebook.errors import BusyError, ChangedError, DiskError, IntegrityError, RefusedError
from workbooks import book, edit, new, simple, written


def interrupted(ledger: Path, how: str, every: int) -> list[list[str]]:
    program = Path(__file__).with_name("saves.py")
    words = [sys.executable, program, ledger, how, str(every)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return [line.split() for line in done.stdout.splitlines()]


@pytest.mark.parametrize("name", ["ledger.xlsx", "ledger.xlsm"])
def test_a_save_killed_at_any_step_leaves_the_old_ledger_or_the_new_one(tmp_path, name, counted):
    steps = interrupted(tmp_path / name, "kill", every=counted(3, 1))
    assert len(steps) >= counted(40, 120)
    assert {state for _, state, *_ in steps} == {"old", "new"}
    assert {after for *_, after in steps} == {"0"}
    assert any(left != "0" for _, _, left, _ in steps)


@pytest.mark.parametrize("name", ["ledger.xlsx", "ledger.xlsm"])
@pytest.mark.parametrize("fault", ["full", "denied"])
def test_a_disk_that_fails_at_any_step_leaves_a_whole_ledger_and_nothing_else(tmp_path, fault, name, counted):
    steps = interrupted(tmp_path / name, fault, every=counted(6, 1))
    assert len(steps) >= counted(20, 120)
    assert {(ended, state) for ended, state, *_ in steps} == {("7", "old"), ("0", "new")}
    assert {left for _, _, left, _ in steps} == {"0"}


def test_the_new_file_is_on_the_disk_before_it_takes_the_name(tmp_path, monkeypatch):
    done = []
    for name in ("fsync", "replace"):
        monkeypatch.setattr(os, name, recorded(done, name, getattr(os, name)))
    ledger = book(tmp_path, simple())
    ledger.write([], [new()])
    assert done == ["fsync", "fsync", "replace", "fsync", "replace", "fsync"]  # the backup between


def recorded(done, name, real):
    def call(*args, **options):
        done.append(name)
        return real(*args, **options)

    return call


def test_the_ledger_is_never_written_in_place(tmp_path):
    ledger = book(tmp_path, simple())
    before = ledger.path.read_bytes()
    kept = ledger.path.open("rb")
    ledger.write([], [new()])
    with kept:
        assert kept.read() == before
    assert ledger.path.read_bytes() != before


def test_each_save_keeps_the_version_before_it_and_only_so_many(tmp_path, monkeypatch):
    monkeypatch.setattr(saving, "KEPT_BACKUPS", 3)
    ledger = book(tmp_path, simple())
    versions = []
    for _ in range(5):
        versions.append(ledger.path.read_bytes())
        ledger.write([], [new()])
    assert [copy.read_bytes() for copy in saving.backups(ledger.path)] == versions[-3:]


def test_the_backups_of_another_ledger_beside_are_not_touched(tmp_path, monkeypatch):
    monkeypatch.setattr(saving, "KEPT_BACKUPS", 1)
    other = book(tmp_path, simple(), "ledger-2025.xlsx")
    other.write([], [new()])
    ledger = book(tmp_path, simple())
    for _ in range(3):
        ledger.write([], [new()])
    assert len(saving.backups(other.path)) == 1
    assert len(saving.backups(ledger.path)) == 1


def test_only_own_leftovers_are_swept(tmp_path):
    ledger = book(tmp_path, simple())
    own = tmp_path / ".ledger.xlsx.0badcafe.cluebook-tmp"
    others = [
        tmp_path / ".ledger2.xlsx.0badcafe.cluebook-tmp",
        tmp_path / "~WRL0001.tmp",
        tmp_path / "A1B2C3D4",
    ]
    for path in (own, *others):
        path.write_bytes(b"x")
    with ledger.open():
        pass
    assert not own.exists()
    assert all(path.exists() for path in others)


def test_a_file_that_does_not_read_back_never_takes_the_name(tmp_path, monkeypatch):
    ledger = book(tmp_path, simple())
    before = ledger.path.read_bytes()
    ledger.grid("Clues")
    real = os.fsync

    def corrupted(handle):
        os.pwrite(handle, b"\0", 2000)
        real(handle)

    monkeypatch.setattr(os, "fsync", corrupted)
    with pytest.raises(IntegrityError) as error:
        ledger.write([], [new()])
    assert error.value.exit_code == 6
    assert ledger.path.read_bytes() == before
    assert not list(tmp_path.glob(".*tmp"))


def test_a_link_is_followed_and_stays_a_link(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    real = book(home, simple())
    link = tmp_path / "ledger.xlsx"
    link.symlink_to(real.path)
    FileBook(link).write([], [new()])
    assert link.is_symlink()
    assert real.grid("Clues").rows[3][0] == "XS-9"
    assert (home / "backups").is_dir()


def test_the_permissions_of_the_ledger_stay(tmp_path):
    ledger = book(tmp_path, simple())
    ledger.path.chmod(0o640)
    ledger.write([], [new()])
    assert ledger.path.stat().st_mode & 0o777 == 0o640


def windows_error(code: int) -> OSError:
    error = OSError(errno.EACCES, "held")
    error.winerror = code
    return error


@pytest.mark.parametrize("code", [5, 32, 33])
def test_a_file_held_for_a_moment_on_windows_is_replaced_a_little_later(tmp_path, monkeypatch, code):
    ledger, real, left = book(tmp_path, simple()), os.replace, [2]

    def held(source, target):
        if left[0] and Path(target) == ledger.path:
            left[0] -= 1
            raise windows_error(code)
        real(source, target)

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr(saving, "_PAUSE", 0)
    ledger.write([], [new()])
    assert ledger.grid("Clues").rows[3][0] == "XS-9"


@pytest.mark.parametrize(("code", "error"), [(32, BusyError), (87, DiskError)])
def test_a_file_held_for_good_on_windows_is_reported(tmp_path, monkeypatch, code, error):
    ledger, real = book(tmp_path, simple()), os.replace
    before = ledger.path.read_bytes()

    def held(source, target):
        if Path(target) == ledger.path:
            raise windows_error(code)
        real(source, target)

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr(saving, "_PATIENCE", 0)
    with pytest.raises(error):
        ledger.write([], [new()])
    assert ledger.path.read_bytes() == before
    assert not list(tmp_path.glob(".*tmp"))


def excel_mark(name: str) -> bytes:
    """The 165 bytes that Excel writes: the name in the local code page, and again in UTF-16."""
    narrow = name.encode("ascii", "replace")
    wide = name.encode("utf-16-le")
    return bytes([len(narrow)]) + narrow.ljust(54) + len(name).to_bytes(2, "little") + wide.ljust(108)


MARKS = {
    "excel": ("~$ledger.xlsx", excel_mark("李海燕"), "李海燕"),
    "libreoffice": (".~lock.ledger.xlsx#", rb"Li\, Hai,li,pc-7,01.02.2026 08:00,file:///home/x;", "Li, Hai"),
    "libreoffice without a name": (".~lock.ledger.xlsx#", b",li,pc-7,01.02.2026 08:00,;", "li"),
    "empty": ("~$ledger.xlsx", b"", None),
    "noise": ("~$ledger.xlsx", b"\xff" * 165, None),
    "short": ("~$ledger.xlsx", b"\x04Anna", None),
    "empty lock": (".~lock.ledger.xlsx#", b"", None),
    "hidden characters": (".~lock.ledger.xlsx#", "\u202eAn\x07na,,,;".encode(), "Anna"),
}


@pytest.mark.parametrize("mark", MARKS)
def test_a_ledger_that_somebody_has_open_is_not_written(tmp_path, mark):
    name, content, who = MARKS[mark]
    ledger = book(tmp_path, simple())
    before = ledger.path.read_bytes()
    (tmp_path / name).write_bytes(content)

    with pytest.raises(BusyError) as busy:
        ledger.write([], [new()])
    assert busy.value.problems[0].code == "ledger_open"
    if who:
        assert who in str(busy.value)
        assert owner(ledger.path).name == who
    assert ledger.path.read_bytes() == before
    assert (tmp_path / name).read_bytes() == content
    assert ledger.grid("Clues").rows[0][0] == "XS-1"


def test_a_mark_that_nobody_took_away_is_told_by_its_age_and_stays(tmp_path):
    ledger = book(tmp_path, simple())
    mark = tmp_path / "~$ledger.xlsx"
    mark.write_bytes(excel_mark("Anna"))
    assert not owner(ledger.path).is_stale()
    month_ago = time.time() - 30 * 86_400
    os.utime(mark, (month_ago, month_ago))
    with pytest.raises(BusyError) as busy:
        ledger.write([], [new()])
    assert busy.value.problems[0].code == "ledger_mark_stale"
    assert "~$ledger.xlsx" in busy.value.problems[0].fix.en
    assert mark.exists()


def test_a_ledger_changed_since_it_was_read_is_not_overwritten(tmp_path):
    ledger = book(tmp_path, simple())
    ledger.grid("Clues")
    theirs = simple(rows=(("XS-7",),))
    ledger.path.write_bytes(theirs)
    with pytest.raises(ChangedError):
        ledger.write([], [new()])
    assert ledger.path.read_bytes() == theirs
    assert not list(tmp_path.glob(".*tmp"))


def test_somebody_opening_the_ledger_while_it_is_written_stops_the_save(tmp_path, monkeypatch):
    ledger = book(tmp_path, simple())
    before, real = ledger.path.read_bytes(), saving._write

    def slow(path, write):
        proof = real(path, write)
        (tmp_path / "~$ledger.xlsx").write_bytes(excel_mark("Anna"))
        return proof

    monkeypatch.setattr(saving, "_write", slow)
    with pytest.raises(BusyError):
        ledger.write([], [new()])
    assert ledger.path.read_bytes() == before


def test_a_ledger_deleted_while_it_is_written_does_not_come_back(tmp_path):
    ledger = book(tmp_path, simple())
    ledger.grid("Clues")
    ledger.path.unlink()
    with pytest.raises(ChangedError):
        ledger.write([], [new()])
    assert not ledger.path.exists()


NOW = datetime(2026, 3, 1, tzinfo=UTC)
FORK = get_context("fork")


def append_many(path: Path, who: str, times: int) -> None:
    """Come back to the ledger at once, as no clerk does: whoever else waits must get in all the same."""
    ledger = FileBook(path)
    for number in range(times):
        with ledger.open():
            taken = len(ledger.grid("Clues").rows)
            ledger.write([], [new((f"{who}-{number}", None, None, taken))])


def test_two_programs_that_append_at_once_lose_nothing(tmp_path, counted):
    ledger, times = book(tmp_path, simple()), counted(40, 500)
    workers = [FORK.Process(target=append_many, args=(ledger.path, who, times)) for who in "AB"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    rows = ledger.grid("Clues").rows[3:]
    assert {row[0] for row in rows} == {f"{who}-{number}" for who in "AB" for number in range(times)}
    assert [row[3] for row in rows] == list(range(3, 3 + 2 * times))
    shared = [row[0][0] for row in rows[: 2 * len(rows) // 3]]
    assert min(shared.count(who) for who in "AB") > len(shared) // 4


def excel_saves(path: Path, times: int) -> None:
    """What Excel does: a mark, a new file beside, the old one deleted, the new one renamed."""
    mark = path.with_name(f"~${path.name}")
    for number in range(times):
        mark.write_bytes(excel_mark("Anna"))
        time.sleep(0.02)  # as long as Excel takes at least before it reads the file it has marked
        content = path.read_bytes()
        beside = path.with_name(f"{number:08X}")
        beside.write_bytes(grown(content, f"E-{number}"))
        path.unlink()
        time.sleep(0.001)
        beside.rename(path)
        mark.unlink()
        time.sleep(0.06)


def grown(content: bytes, number: str) -> bytes:
    from cluebook.books.patch.archive import read_archive
    from cluebook.books.patch.parts import read_package
    from cluebook.books.patch.workbook import Append, patch

    package = read_package(read_archive(content))
    table = package.tables["Clues"]
    return written(patch(package, [], [Append(table, table.last + 1, [new((number,))])], NOW))


def test_a_person_saving_in_excel_and_a_program_lose_nothing_to_each_other(tmp_path, counted):
    ledger, sessions = book(tmp_path, simple()), counted(20, 1_000)
    person = FORK.Process(target=excel_saves, args=(ledger.path, sessions))
    person.start()
    saved, at_work = 0, True
    while at_work:
        at_work = person.is_alive()  # one more save follows when the person has gone
        try:
            with ledger.open():
                ledger.write([], [new((f"S-{saved}",))])
        except (BusyError, ChangedError):
            continue
        saved += 1
    with ledger.open():
        rows = [row[0] for row in ledger.grid("Clues").rows[3:]]
    assert person.exitcode == 0
    assert sorted(rows) == sorted([*(f"S-{n}" for n in range(saved)), *(f"E-{n}" for n in range(sessions))])


def test_the_lock_of_a_killed_program_is_free_at_once(tmp_path):
    ledger = book(tmp_path, simple())
    ready = tmp_path / "ready"
    holder = FORK.Process(target=hold, args=(ledger.path, ready))
    holder.start()
    while not ready.exists():
        time.sleep(0.01)
    holder.kill()
    holder.join()
    ledger.write([], [new()])
    assert ledger.grid("Clues").rows[3][0] == "XS-9"


def hold(path: Path, ready: Path) -> None:
    with FileBook(path).open():
        ready.touch()
        time.sleep(60)


def test_a_second_program_waits_and_then_says_that_the_ledger_is_in_use(tmp_path, monkeypatch):
    monkeypatch.setattr("cluebook.books.file._LOCK_PATIENCE", 0.05)
    ledger = book(tmp_path, simple())
    with FileBook(ledger.path).open(), pytest.raises(BusyError) as busy, ledger.open():
        pass
    assert busy.value.problems[0].code == "ledger_locked"
    assert (tmp_path / ".cluebook" / "ledger.xlsx.lock").exists()


def test_a_ledger_missing_for_a_moment_is_waited_for(tmp_path):
    ledger = book(tmp_path, simple())
    away = tmp_path / "away"
    ledger.path.rename(away)
    back = FORK.Process(target=bring_back, args=(away, ledger.path))
    back.start()
    assert ledger.grid("Clues").rows[0][0] == "XS-1"
    back.join()


def bring_back(away: Path, path: Path) -> None:
    time.sleep(0.3)
    away.rename(path)


def test_a_ledger_missing_for_good_is_refused_and_never_made(tmp_path, monkeypatch):
    monkeypatch.setattr("cluebook.books.file._MISSING_PATIENCE", 0.05)
    ledger = FileBook(tmp_path / "ledger.xlsx")
    with pytest.raises(RefusedError) as refused:
        ledger.write([], [new()])
    assert refused.value.problems[0].code == "ledger_missing"
    assert not ledger.path.exists()


def test_a_ledger_in_a_folder_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(RefusedError) as refused, FileBook(tmp_path / "nowhere" / "ledger.xlsx").open():
        pass
    assert refused.value.problems[0].code == "ledger_missing"


def test_a_cell_that_changed_since_the_edit_was_made_is_left_alone(tmp_path):
    ledger = book(tmp_path, simple())
    stale = edit(ledger, 0, "标题", "mine")
    with ledger.open():
        ledger.write([edit(ledger, 0, "标题", "theirs")], [])
    with ledger.open(), pytest.raises(ChangedError) as changed:
        ledger.write([stale, edit(ledger, 1, "标题", "x")], [])
    assert changed.value.problems[0].place.row == 4
    assert ledger.grid("Clues").rows[0][1] == "theirs"
    assert ledger.grid("Clues").rows[1][1] == "第二条"
