"""The scheduled script as it is typed, and as a process that stays."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from datetime import date, datetime, timedelta

import pytest
from offices import documents, fingerprint, ledger_at, routing_of

from cluebook import config
from cluebook.books.daily import KEPT_DAYS, daily_copies, keep_daily
from cluebook.books.file import FileBook
from cluebook.books.owners import owner
from cluebook.cli import watching
from cluebook.domain.clue import Clue, Stage, WarningLevel
from cluebook.domain.fields import column_of
from cluebook.domain.records import Pause, PauseKind
from cluebook.errors import BusyError, ConfigError
from cluebook.ledger import sheets
from cluebook.ledger.book import CellEdit
from cluebook.waiting import waiting
from cluebook.watch import jobs, rest, status
from cluebook.watch import round as rounds
from cluebook.watch.__main__ import main as one_look
from cluebook.watch.jobs import JOBS, Job, Report, timetables
from cluebook.watch.memory import recall
from cluebook.watch.round import look, only_watch

YW2 = "XS-2026-YW-0002"
FRIDAY = datetime(2026, 3, 6, 8, 30)


@pytest.fixture(scope="session")
def _late(_working, tmp_path_factory):
    office = shutil.copytree(_working, tmp_path_factory.mktemp("late") / "office")
    routed, due = datetime(2026, 3, 2, 9, 30), datetime(2026, 3, 3)
    put(office, {"stage": Stage.ROUTED.text.zh, "routed_at": routed, "receipt_due": due} | routing_of("zh"))
    return office


def with_jobs(monkeypatch, *made):
    for module in (jobs, rounds, status, watching):
        monkeypatch.setattr(module, "JOBS", {job.id: job for job in made})


@pytest.fixture
def late(_late, tmp_path, monkeypatch):
    """An office where a receipt is overdue from 4 March 2026 on, and whose watch has three jobs."""
    office = shutil.copytree(_late, tmp_path / "late")
    (office / "cluebook.toml").write_text('[office]\nlang = "zh"\n')
    with_jobs(monkeypatch, *(JOBS[job] for job in ("queue", "flag", "backup")))
    return office


def put(office, told, *beside):
    """Write into the row of a clue, and rows of other sheets, as if all had come to stand there so."""
    book = FileBook(ledger(office))
    with book.open():
        grid = book.grid("Clues")
        row, cells = next((row, cells) for row, cells in grid.lines() if YW2 in cells)
        held = dict(zip(grid.header, cells, strict=True))
        named = {column_of(Clue, name).text.zh: value for name, value in told.items()}
        edits = [CellEdit("Clues", row, header, held[header], value) for header, value in named.items()]
        book.write(edits, sheets.new_rows(beside, book, "zh"))


def ledger(office):
    return office / "ledger.xlsx"


def log(office):
    return (office / "log" / "cluebook.log").read_text("utf-8")


def results(office):
    return {job: ran.result for job, ran in recall(office / "log").last.items()}


def open_elsewhere(office):
    """Have the mark beside the ledger that Excel leaves while it is open."""
    (office / "~$ledger.xlsx").write_bytes(b"\x04Wang" + b" " * 160)
    assert owner(ledger(office))


def test_on_a_working_day_the_late_are_flagged_and_listed(cluebook, late):
    before = set(documents(late))
    answer = cluebook(late, "watch", "--once", "--json", "--as-of", "2026-03-06T08:30:00")
    assert (answer.code, answer.told["action"]) == (0, "watch")
    assert [entry["number"] for entry in answer.told["overdue"]] == [YW2]
    (made,) = set(documents(late)) - before
    assert "逾期清单" in made.name
    assert answer.told["documents"] == [str(made)]
    (clue,) = (c for c in ledger_at(late).records(Clue) if c.number == YW2)
    assert (clue.warning, clue.overdue_kind) == (WarningLevel.RED, "接收逾期")
    assert "watch flag done done=1 problems=0" in log(late)


def test_a_clue_whose_suspension_is_over_runs_again(late):
    began = datetime(2026, 3, 3, 9, 0)
    pause = Pause(clue=YW2, kind=PauseKind.SUSPENSION, began_at=began, until=date(2026, 3, 6))
    put(late, {"stage": Stage.SUSPENDED.text.zh, "resume_on": datetime(2026, 3, 6)}, pause)
    for day, stage in ((5, Stage.SUSPENDED), (6, Stage.IN_HANDLING)):
        looked = rounds.run_job(ledger(late), JOBS["resume"], datetime(2026, 3, day, 8, 20))
        (clue,) = (c for c in ledger_at(late).records(Clue) if c.number == YW2)
        assert clue.stage is stage
    assert looked.done[0].report.plan.done == (YW2,)


def test_each_month_the_report_of_the_last_one_is_made_and_volumes_whose_term_runs_out_are_listed(
    late, monkeypatch
):
    with_jobs(monkeypatch, *(JOBS[job] for job in ("retention", "report")))
    put(late, {"stage": Stage.ARCHIVED.text.zh, "retain_until": datetime(2026, 5, 31)})
    before = fingerprint(late)
    done = [rounds.look(ledger(late), datetime(2026, 4, day, 9, 30)).done for day in (1, 2)]
    made = [paper.kind for each in done[0] for paper in each.report.plan.papers]
    assert made == ["retention_list", "statistics"]
    assert [path.exists() for each in done[0] for path in each.report.documents] == [True, True]
    assert (done[1], fingerprint(late)) == ((), before)


def test_what_was_done_is_not_done_again_until_its_next_time(cluebook, late):
    first = cluebook(late, "watch", "--once", "--json", "--as-of", "2026-03-06T08:30:00")
    assert [(job["id"], job["result"]) for job in first.told["jobs"]] == [
        ("flag", "done"),
        ("backup", "done"),
    ]
    before = fingerprint(late)
    again = cluebook(late, "watch", "--once", "--as-of", "2026-03-06T12:00:00")
    assert (again.code, again.out, again.err) == (0, "", "没有到点的任务。\n")
    monday = cluebook(late, "watch", "--once", "--json", "--as-of", "2026-03-09T09:00:00")
    assert [job["appointment"] for job in monday.told["jobs"]] == [
        "2026-03-09T08:30:00",
        "2026-03-06T17:40:00",
    ]
    assert fingerprint(late) != before


@pytest.mark.parametrize("day", ["2026-03-07", "2026-02-17"])
def test_on_a_day_off_nothing_is_done(cluebook, late, day):
    before, papers = fingerprint(late), documents(late)
    answer = cluebook(late, "watch", "--once", "--as-of", day)
    assert (answer.code, answer.err) == (0, "今天不是工作日，无事可做。\n")
    assert (fingerprint(late), documents(late)) == (before, papers)


def test_one_job_can_be_asked_for_due_or_not(cluebook, late):
    for _ in range(2):
        answer = cluebook(late, "watch", "--job", "flag", "--json", "--as-of", "2026-03-07")
        assert [job["id"] for job in answer.told["jobs"]] == ["flag"]
    assert recall(late / "log").past == {}  # it kept no appointment, so none is missed for it


def test_while_the_ledger_is_open_nothing_is_written_and_the_finding_waits(cluebook, late):
    open_elsewhere(late)
    before, papers = fingerprint(late), documents(late)
    answer = cluebook(late, "watch", "--once", "--json", "--as-of", "2026-03-06T08:30:00")
    assert answer.code == BusyError.exit_code
    assert results(late) == {"flag": "waits", "backup": "done"}
    assert (fingerprint(late), documents(late)) == (before, papers)
    assert [told["action"] for told in waiting(config.read(late))] == ["overdue"]
    (late / "~$ledger.xlsx").unlink()
    answer = cluebook(late, "watch", "--once", "--json", "--as-of", "2026-03-06T09:10:00")
    assert [(job["id"], job["result"]) for job in answer.told["jobs"]] == [("queue", "done")]
    (clue,) = (c for c in ledger_at(late).records(Clue) if c.number == YW2)
    assert clue.warning is WarningLevel.RED
    assert waiting(config.read(late)) == []


def test_the_days_copy_is_kept_once_and_only_of_a_ledger_that_can_be_read(cluebook, late):
    for day, copies in (("2026-03-05", 1), ("2026-03-06", 1)):
        assert cluebook(late, "watch", "--job", "backup", "--as-of", day).code == 0
        assert len(list((late / "backups" / "daily").iterdir())) == copies
    assert (late / "backups/daily/ledger-2026-03-05.xlsx").read_bytes() == ledger(late).read_bytes()
    whole = ledger(late).read_bytes()
    ledger(late).write_bytes(whole[:-100])
    assert cluebook(late, "watch", "--job", "backup", "--as-of", "2026-03-09").code == 3
    assert len(list((late / "backups" / "daily").iterdir())) == 1
    assert cluebook(late, "restore", "--list").out.splitlines()[0] == "ledger-2026-03-05.xlsx"
    assert cluebook(late, "restore", "ledger-2026-03-05.xlsx").code == 0
    assert ledger(late).read_bytes() == whole


def test_no_more_than_so_many_of_the_days_copies_are_kept(tmp_path):
    held = tmp_path / "ledger.xlsx"
    days = [date(2026, 3, 2) + timedelta(days=n) for n in range(KEPT_DAYS + 3)]
    for day in days:
        held.write_text(str(day))
        assert keep_daily(held, tmp_path / "daily", day).read_text() == str(day)
    assert [copy.read_text() for copy in daily_copies(held, tmp_path / "daily")] == [
        str(day) for day in days[3:]
    ]


def test_a_job_that_fails_holds_up_no_other_and_is_tried_again_later(late, monkeypatch):
    def broken(_round):
        raise RuntimeError("CANARY")

    ran = []
    with_jobs(
        monkeypatch,
        Job("bad", JOBS["flag"].text, ("08:30",), broken),
        Job("good", JOBS["flag"].text, ("08:30",), lambda _round: ran.append(1) or Report()),
    )
    for minutes in (0, 20, 59):
        look(
            ledger(late),
            FRIDAY.replace(minute=30) if not minutes else FRIDAY.replace(hour=9, minute=minutes - 1),
        )
    assert ran == [1]
    assert results(late) == {"bad": "failed", "good": "done"}
    assert log(late).count("watch bad failed bug") == 2
    assert "RuntimeError" in log(late)
    assert "CANARY" not in log(late)


def test_a_job_whose_process_dies_counts_as_failed_and_the_others_are_done(late, monkeypatch):
    def deadly(_round):
        raise KeyboardInterrupt

    with_jobs(
        monkeypatch,
        Job("bad", JOBS["flag"].text, ("08:30",), deadly),
        Job("good", JOBS["flag"].text, ("08:30",), lambda _round: Report()),
    )
    with pytest.raises(KeyboardInterrupt):
        look(ledger(late), FRIDAY)
    look(ledger(late), FRIDAY.replace(minute=31))
    assert results(late) == {"bad": "began", "good": "done"}


def test_a_ledger_that_cannot_be_read_is_told_and_looked_at_again_later(cluebook, late):
    ledger(late).write_text("not a workbook any more")
    assert cluebook(late, "watch", "--once", "--as-of", "2026-03-06T08:30:00").code == 3
    assert "watch failed not_workbook" in log(late)
    assert recall(late / "log").trouble.problems == ("not_workbook",)
    assert not rounds.is_called_for(ledger(late), FRIDAY.replace(minute=39))
    assert rounds.is_called_for(ledger(late), FRIDAY.replace(minute=40))


def test_a_look_is_called_for_only_when_something_may_be_due(late):
    assert rounds.is_called_for(ledger(late), FRIDAY)
    look(ledger(late), FRIDAY)
    for minute, called in ((31, False), (40, False), (59, False)):
        assert rounds.is_called_for(ledger(late), FRIDAY.replace(minute=minute)) is called
    assert rounds.is_called_for(ledger(late), FRIDAY.replace(hour=17, minute=40))
    open_elsewhere(late)
    jobs.taken(jobs.Round(ledger(late), config.read(late), FRIDAY + timedelta(days=3)), "overdue", flag=True)
    assert not rounds.is_called_for(ledger(late), FRIDAY.replace(minute=39))
    assert rounds.is_called_for(ledger(late), FRIDAY.replace(minute=40))  # for what waits
    (late / "cluebook.toml").write_text("[watch]\nqueue = []\n")
    assert rounds.is_called_for(ledger(late), FRIDAY.replace(minute=31))


def test_a_ledger_that_is_changed_all_day_is_looked_at_once_an_hour(late):
    look(ledger(late), FRIDAY)
    os.utime(ledger(late), (0, 0))
    for minute, called in ((31, False), (59, False), (90, True)):
        assert rounds.is_called_for(ledger(late), FRIDAY + timedelta(minutes=minute - 30)) is called


def test_a_queue_that_is_damaged_is_told_once_and_holds_up_no_job(late, monkeypatch):
    (late / "queue").mkdir(exist_ok=True)
    (late / "queue" / "requests.jsonl").write_text("no request")
    look(ledger(late), FRIDAY)
    assert results(late) == {"queue": "failed", "flag": "failed", "backup": "done"}
    assert "watch queue failed queue_damaged" in log(late)


def test_a_settings_file_that_cannot_be_used_is_logged_once_and_not_each_minute(late):
    (late / "cluebook.toml").write_text("no toml")
    lookout = rest.Lookout(ledger(late))
    for _ in range(3):
        lookout()
    assert log(late).count("watch failed config_unreadable") == 1


def test_the_status_tells_of_last_and_next_runs(cluebook, late):
    cluebook(late, "watch", "--once", "--as-of", "2026-03-06T08:30:00")
    answer = cluebook(late, "watch", "--status", "--json", "--as-of", "2026-03-06T12:00:00")
    assert (answer.code, answer.told["running"], answer.told["trouble"]) == (0, False, None)
    told = {job["id"]: job for job in answer.told["jobs"]}
    assert (told["flag"]["last"]["result"], told["flag"]["next"]) == ("done", "2026-03-09T08:30:00")
    assert (told["backup"]["times"], told["backup"]["next"]) == (["17:40"], "2026-03-06T17:40:00")
    with only_watch(ledger(late)):
        shown = cluebook(late, "watch", "--status", "--as-of", "2026-03-06T12:00:00")
    assert shown.code == 0
    assert "2026-03-09" in shown.out
    assert "值守程序在运行。" in shown.out


def test_the_status_tells_of_what_nobody_did(cluebook, late):
    cluebook(late, "watch", "--once", "--as-of", "2026-03-06T08:30:00")
    answer = cluebook(late, "watch", "--status", "--json", "--as-of", "2026-03-09T09:29:00")
    told = {job["id"]: job for job in answer.told["jobs"]}
    assert answer.told["looked"] == "2026-03-06T08:30:00"
    assert told["flag"]["missed"] is None  # it is in time still
    assert told["queue"]["missed"] is None  # it has nothing to do
    assert (answer.code, told["backup"]["missed"]) == (1, "2026-03-06T17:40:00")
    shown = cluebook(late, "watch", "--status", "--as-of", "2026-03-09T09:30:00")
    assert "flag 错过了 2026-03-09 08:30，尚未补办。" in shown.err


def test_the_status_ends_with_1_when_something_failed(cluebook, late):
    ledger(late).rename(late / "away.xlsx")
    cluebook(late, "watch", "--once", "--ledger", "ledger.xlsx", "--as-of", "2026-03-06T08:30:00")
    (late / "away.xlsx").rename(ledger(late))
    answer = cluebook(late, "watch", "--status")
    assert answer.code == 1
    assert "2026-03-06 08:30 未能查看台账" in answer.err


def test_a_memory_that_is_damaged_is_set_aside(cluebook, late):
    (late / "log" / "watch.json").write_text('{"past": []}')
    assert cluebook(late, "watch", "--once", "--as-of", "2026-03-06T08:30:00").code == 0
    assert (late / "log" / "watch.damaged.json").read_text() == '{"past": []}'
    assert results(late)["flag"] == "done"


def test_a_second_watch_is_refused(cluebook, late):
    with only_watch(ledger(late)):
        answer = cluebook(late, "watch", "--once", "--json")
        assert one_look([str(ledger(late))]) == BusyError.exit_code
    assert (answer.code, answer.told["problems"][0]["code"]) == (4, "watch_running")
    with only_watch(ledger(late)):  # the place is free again
        pass


def test_a_watch_in_another_process_counts_too(late):
    held = "import sys; from pathlib import Path; from cluebook.watch.round import only_watch\nwith only_watch(Path(sys.argv[1])): print('held', flush=True); input()"
    other = subprocess.Popen(
        [sys.executable, "-c", held, str(ledger(late))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout.readline() == "held\n"
    with pytest.raises(BusyError), only_watch(ledger(late)):
        pass
    other.communicate("\n")


@pytest.mark.parametrize(("words", "code"), [(("--ledger", "nowhere/ledger.xlsx"), 3), ((), 2)])
def test_a_watch_without_a_ledger_says_so(cluebook, tmp_path, words, code):
    assert cluebook(tmp_path, "watch", "--once", *words).code == code


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such signal")
def test_a_watch_that_stays_looks_at_once_and_ends_cleanly_when_told_to(late):
    command = [sys.executable, "-m", "cluebook", "watch"]
    environment = {**os.environ, "CLUEBOOK_LANG": "en"}
    watch = subprocess.Popen(command, cwd=late, env=environment, stderr=subprocess.PIPE, text=True)
    assert watch.stderr.readline().startswith("值守开始")  # in the language of the office
    watch.send_signal(signal.SIGTERM)
    assert watch.wait() == 0
    assert watch.stderr.read() == ""
    assert "watch ended" in log(late)


def test_a_watch_that_is_told_to_end_lets_the_look_under_way_come_to_its_end(late, monkeypatch):
    waits = []

    class Other:
        def __init__(self, command, **_how):
            assert command[1:] == ["-m", "cluebook.watch", str(ledger(late)), rest.HELD]

        def wait(self, seconds):
            waits.append(seconds)
            if len(waits) == 1:
                raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "Popen", Other)
    with pytest.raises(KeyboardInterrupt):
        rest.Lookout(ledger(late))()
    assert len(waits) == 2


def test_one_look_of_a_systems_scheduler_writes_its_faults_into_the_log(late, monkeypatch):
    def broken(*_args):
        raise RuntimeError("CANARY")

    monkeypatch.setattr(sheets, "read", broken)
    assert one_look([str(ledger(late))]) == 70
    assert "RuntimeError" in log(late)
    assert "CANARY" not in log(late)


def test_what_stays_loads_none_of_the_heavy_libraries():
    asked = "import sys, cluebook.cli, cluebook.watch.rest, schedule, filelock; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"openpyxl", "lxml", "docxtpl", "jinja2", "python_calamine", "opencc", "xlwings"} & set(loaded)


class Wall:
    """A clock on the wall that moves only while the watch sleeps."""

    def __init__(self, monkeypatch, start, jumps=()):
        self.now, self.jumps, self.naps, self.looks = start, dict(jumps), [], []
        wall = self

        class Datetime(datetime):
            @classmethod
            def now(cls, tz=None):
                return wall.now

        monkeypatch.setattr("schedule.datetime.datetime", Datetime)

    def nap(self, seconds):
        if len(self.naps) >= 12:
            raise KeyboardInterrupt
        self.naps.append(seconds)
        self.now = self.jumps.pop(len(self.naps), None) or self.now + timedelta(seconds=seconds)

    def watch(self):
        with pytest.raises(KeyboardInterrupt):
            rest.keep_watch(lambda: self.looks.append(self.now), nap=self.nap, clock=lambda: self.now)


def test_a_watch_that_stays_looks_at_once_and_then_at_each_full_minute(monkeypatch):
    wall = Wall(monkeypatch, datetime(2026, 3, 6, 8, 29, 40))
    wall.watch()
    assert [f"{look:%H:%M:%S}" for look in wall.looks[:4]] == ["08:29:40", "08:30:00", "08:31:00", "08:32:00"]
    assert max(wall.naps) <= rest.LONGEST_NAP


@pytest.mark.parametrize(
    "jump", [datetime(2026, 3, 6, 3, 0), datetime(2026, 3, 9, 11, 0), datetime(2026, 2, 1, 8, 0)]
)
def test_a_clock_put_back_or_ahead_is_noticed_at_once(monkeypatch, jump):
    wall = Wall(monkeypatch, datetime(2026, 3, 6, 8, 29, 40), {4: jump})
    wall.watch()
    assert jump in wall.looks
    assert len(wall.looks) == 13


@pytest.mark.parametrize(
    "text",
    ["at", "[watch]\nflag = 8", '[watch]\nflag = ["8"]', '[watch]\nflag = ["24:00"]', "[watch]\nflag = [08:30:00]",
     '[watch]\nflag = ["08:00/10"]', '[watch]\nat = ["08:30"]', '[watch]\nbackup = "17:00"', "watch = 1",
     '[office]\nlang = "fr"', "[office]\nlang = 1", "[folders]\nlog = []", "[folders]\nmail = 1", "log = 1"],
)  # fmt: skip
def test_a_configuration_that_cannot_be_used_is_refused(tmp_path, text):
    (tmp_path / "cluebook.toml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        timetables(config.read(tmp_path))
    (problem,) = caught.value.problems
    assert problem.place.file == "cluebook.toml"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_configuration_of_a_new_office_is_the_default(tmp_path, lang):
    blank = config.read(tmp_path)
    text = config.starting_text(lang, [(job.id, job.times, job.text) for job in JOBS.values()])
    (tmp_path / "cluebook.toml").write_text(text, "utf-8")
    folder = config.read(tmp_path)
    assert (folder.lang, folder.config.log, folder.daily) == (lang, blank.config.log, blank.daily)
    assert timetables(folder) == timetables(blank)
    assert folder.config.watch.keys() == JOBS.keys()


def test_a_job_can_be_given_other_times_or_none(tmp_path):
    (tmp_path / "cluebook.toml").write_text('[watch]\nflag = ["14:00", "08:30"]\nbackup = []\n')
    tables = timetables(config.read(tmp_path))
    assert [f"{at:%H:%M}" for at in tables["flag"].times] == ["08:30", "14:00"]
    assert tables["backup"].times == ()
    assert len(tables["queue"].times) == 61
