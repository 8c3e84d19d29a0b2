from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime

import pytest
from offices import documents, fingerprint, ledger_at, press, routing_of

from cluebook import config, watch
from cluebook.domain.clue import Clue, WarningLevel
from cluebook.errors import BusyError, ConfigError
from cluebook.ledger import sheets
from cluebook.watch import Watch, only_watch

YW2 = "XS-2026-YW-0002"


@pytest.fixture
def late(working):
    """An office where a receipt is overdue from 4 March 2026 on."""
    press(working, "route", YW2, fills=routing_of("zh"))
    return working


def keeper(office):
    return Watch(office / "ledger.xlsx", config.read(office))


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
    assert "overdue done=1" in (late / "log" / "cluebook.log").read_text("utf-8")


@pytest.mark.parametrize("day", ["2026-03-07", "2026-02-17"])
def test_on_a_day_off_nothing_is_done(cluebook, late, day):
    before, papers = fingerprint(late), documents(late)
    answer = cluebook(late, "watch", "--once", "--as-of", day)
    assert answer.code == 0
    assert (fingerprint(late), documents(late)) == (before, papers)


def test_on_a_make_up_saturday_the_watch_works(late):
    assert keeper(late).run_due_jobs(datetime(2026, 5, 9, 8, 30)) is not None


def test_a_second_watch_is_refused(cluebook, late):
    with only_watch(late / "ledger.xlsx"):
        answer = cluebook(late, "watch", "--once", "--json")
    assert (answer.code, answer.told["problems"][0]["code"]) == (4, "watch_running")
    with only_watch(late / "ledger.xlsx"):  # the place is free again
        pass


def test_a_watch_in_another_process_counts_too(late):
    held = "import sys; from pathlib import Path; from cluebook.watch import only_watch\nwith only_watch(Path(sys.argv[1])): print('held', flush=True); input()"
    other = subprocess.Popen(
        [sys.executable, "-c", held, str(late / "ledger.xlsx")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout.readline() == "held\n"
    with pytest.raises(BusyError), only_watch(late / "ledger.xlsx"):
        pass
    other.communicate("\n")


@pytest.mark.parametrize(("words", "code"), [(("--ledger", "nowhere/ledger.xlsx"), 3), ((), 2)])
def test_a_watch_without_a_ledger_says_so(cluebook, tmp_path, words, code):
    assert cluebook(tmp_path, "watch", "--once", *words).code == code


def test_a_job_that_fails_is_logged_and_the_watch_lives_on(late, monkeypatch):
    (late / "ledger.xlsx").write_text("not a workbook any more")
    ran = []

    class Clock:
        """A scheduler for which the time has come at every look."""

        def every(self):
            return self

        day = property(every)

        def at(self, _time):
            return self

        def do(self, job):
            self.job = job

        def run_pending(self):
            self.job()
            ran.append(1)

    monkeypatch.setattr("schedule.Scheduler", Clock)
    monkeypatch.setattr(watch, "_NAP", 0)
    keeper(late).keep_watch(still=lambda: len(ran) < 3)
    log = (late / "log" / "cluebook.log").read_text("utf-8")
    assert log.count("watch failed: ") == 3


def test_a_bug_in_a_job_is_logged_without_words_and_the_watch_lives_on(late, monkeypatch):
    def broken(*_args):
        raise RuntimeError("CANARY")

    monkeypatch.setattr(sheets, "read", broken)
    keeper(late).run_safely()
    log = (late / "log" / "cluebook.log").read_text("utf-8")
    assert "RuntimeError" in log
    assert "CANARY" not in log


def test_the_jobs_stand_at_the_times_of_the_office(late, monkeypatch):
    from schedule import Scheduler

    (late / "cluebook.toml").write_text('[watch]\nat = ["08:30", "14:00"]\n')
    seen: list[Scheduler] = []
    real = Scheduler.__init__
    monkeypatch.setattr(Scheduler, "__init__", lambda self: (real(self), seen.append(self))[0])
    keeper(late).keep_watch(still=lambda: False)
    assert sorted(f"{job.at_time:%H:%M}" for job in seen[0].jobs) == ["08:30", "14:00"]


@pytest.mark.parametrize(
    "text",
    ["at", "[watch]\nat = 8", "[watch]\nat = []", '[watch]\nat = ["8"]', '[watch]\nat = ["24:00"]', "[watch]\nat = [08:30:00]",
     '[office]\nlang = "fr"', "[office]\nlang = 1", "[folders]\nlog = []", "[folders]\nmail = 1", "log = 1"],
)  # fmt: skip
def test_a_configuration_that_cannot_be_used_is_refused(tmp_path, text):
    (tmp_path / "cluebook.toml").write_text(text)
    with pytest.raises(ConfigError) as caught:
        config.read(tmp_path)
    (problem,) = caught.value.problems
    assert problem.place.file == "cluebook.toml"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_configuration_of_a_new_office_is_the_default(tmp_path, lang):
    blank = config.read(tmp_path).config
    (tmp_path / "cluebook.toml").write_text(config.starting_text(lang), "utf-8")
    folder = config.read(tmp_path)
    assert (folder.lang, folder.config.at, folder.config.log) == (lang, blank.at, blank.log)
    assert json.dumps(list(folder.config.at)) == '["08:30"]'
