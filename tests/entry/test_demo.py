from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from cluebook import config
from cluebook.actions import ACTIONS
from cluebook.actions.office import calendar_of_ledger
from cluebook.books.file import FileBook
from cluebook.demo import MARK, Played, play
from cluebook.documents import DOCUMENTS
from cluebook.domain.clue import Clue, Named, Secrecy, Stage, Urgency
from cluebook.domain.lifecycle import stage_of
from cluebook.domain.office import Person
from cluebook.domain.records import Event, Meeting, MeetingKind
from cluebook.domain.workdays import is_workday
from cluebook.errors import BusyError, UsageError
from cluebook.ledger import sheets
from cluebook.ledger.ledger import Ledger
from cluebook.ledger.plan import Stamp
from cluebook.perform import Outcome, Pick, Request, perform
from cluebook.seeds.samples import REACHED, TURNS, sample_office
from cluebook.text import LANGS, Lang, Text

MOMENTS = {"zh": datetime(2026, 11, 24, 20, 30), "en": datetime(2026, 2, 24, 8, 0)}
"""A Tuesday evening, and the first morning after the Spring Festival with its make-up Saturday."""

REACHED_STAGES = {
    Stage.DRAFT,
    Stage.REGISTERED,
    Stage.ACCEPTED,
    Stage.IN_ANALYSIS,
    Stage.IN_REVIEW,
    Stage.APPROVED,
    Stage.ROUTED,
    Stage.IN_HANDLING,
    Stage.FED_BACK,
    Stage.CLOSED,
}


def unheard(_what: Text, _done: int, _of: int) -> None:
    """Listen to no progress."""


def ledger_of(played: Played) -> Ledger:
    return sheets.read(FileBook(played.ledger))


def acted(played: Played, action: str, at: datetime) -> Outcome:
    request = Request(ACTIONS[action], Pick(), Stamp(at, "tester"))
    return perform(request, FileBook(played.ledger), config.read(played.ledger.parent))


@pytest.fixture(
    scope="module",
    params=[pytest.param(lang, marks=pytest.mark.xdist_group(f"demo-{lang}")) for lang in LANGS],
)
def lang(request: pytest.FixtureRequest) -> Lang:
    return request.param


@pytest.fixture(scope="module")
def now(lang: Lang) -> datetime:
    return MOMENTS[lang]


@pytest.fixture(scope="module")
def told() -> list[Text]:
    return []


@pytest.fixture(scope="module")
def played(lang: Lang, now: datetime, told: list[Text], tmp_path_factory: pytest.TempPathFactory) -> Played:
    told.clear()
    return play(tmp_path_factory.mktemp(lang), lang, now, lambda what, _done, _of: told.append(what))


def test_every_stage_that_the_buttons_reach_is_there_to_see(played):
    assert {stage_of(clue) for clue in ledger_of(played).records(Clue)} == REACHED_STAGES


def test_it_shows_every_kind_of_lateness(played):
    assert {late.kind for late in played.late} == {"receipt", "milestone", "completion", "feedback"}


def test_a_close_is_refused_with_all_that_is_missing_and_nothing_else_goes_wrong(played):
    assert {problem.code for problem in played.refused} == {
        "log_incomplete",
        "dissatisfied",
        "meeting_missing",
    }
    assert len({problem.wrong.zh[:15] for problem in played.refused}) == 1


def test_only_the_unfinished_draft_fails_the_check(played, now):
    ledger = ledger_of(played)
    (problem,) = acted(played, "check", now).plan.problems
    assert problem.code == "description_short"
    assert stage_of(ledger.row(Clue, problem.place.row).record) is Stage.DRAFT


def test_the_overdue_command_finds_the_same_as_the_demo_says(played, now):
    assert acted(played, "overdue", now).plan.overdue == played.late


def test_late_clues_bear_their_warning_in_the_ledger(played):
    flagged = {clue.number for clue in ledger_of(played).records(Clue) if clue.overdue_kind}
    assert flagged == {late.number for late in played.late}


def test_what_it_names_can_be_opened(played):
    for _, path in played.to_open():
        assert path.is_file()
    made = list((played.ledger.parent / "documents").rglob("*.docx"))
    assert len(made) == played.documents


def test_every_routed_clue_has_its_slip_and_every_report_its_clue(played):
    documents, held = played.ledger.parent / "documents", ledger_of(played)
    for clue in held.records(Clue):
        papers = [path.name for path in documents.glob(f"*/{clue.number}/*.docx")] if clue.number else []
        for kind, due in (("routing_slip", clue.routed_at), ("feedback_report", clue.fed_back_at)):
            title = DOCUMENTS[kind].text.in_(held.lang)
            assert sum(title in name for name in papers) == (due is not None)


def test_the_trail_runs_forward_in_office_hours_until_the_demo_is_made(played, now):
    steps = [event.at for event in ledger_of(played).records(Event) if event.at != now]
    assert steps == sorted(steps)
    calendar = calendar_of_ledger(ledger_of(played))
    assert all(is_workday(at.date(), calendar) and 8 <= at.hour < 17 for at in steps)


def test_those_who_act_are_on_the_list_of_people(played):
    ledger = ledger_of(played)
    people = {person.name for person in ledger.records(Person)}
    assert {event.user for event in ledger.records(Event)} <= people


def test_clues_are_as_varied_as_in_an_office(played, lang):
    clues = ledger_of(played).records(Clue)
    assert 38 <= len(clues) <= 44
    assert len({clue.channel for clue in clues}) == 12
    assert {clue.urgency for clue in clues} >= set(Urgency)
    assert {clue.named for clue in clues} == {*Named, None}
    assert {Secrecy.ORDINARY, Secrecy.CONFIDENTIAL} <= {clue.secrecy for clue in clues}
    assert any("\n" in clue.description for clue in clues)
    assert any(len(clue.description) > 250 for clue in clues)
    assert len({clue.subtype for clue in clues if clue.subtype}) == 8


def test_every_kind_of_meeting_was_held(played):
    assert {meeting.kind for meeting in ledger_of(played).records(Meeting)} == set(MeetingKind)


def test_progress_is_told_step_by_step(played, told):
    assert {ACTIONS[turn.action].text for turn in TURNS} <= set(told)


@pytest.mark.parametrize("file", ["ledger.xlsx", "cluebook.toml", "notes.txt"])
def test_a_folder_that_is_no_demo_is_left_as_it_is(tmp_path, file):
    (tmp_path / file).write_bytes(b"not a demo")
    with pytest.raises(UsageError):
        play(tmp_path, "zh", MOMENTS["zh"], unheard)
    assert [path.name for path in tmp_path.iterdir()] == [file]
    assert (tmp_path / file).read_bytes() == b"not a demo"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "demo").write_bytes(b"a file")
    with pytest.raises(UsageError):
        play(tmp_path / "demo", "zh", MOMENTS["zh"], unheard)


def test_a_demo_that_is_open_in_excel_is_not_replaced(tmp_path):
    (tmp_path / MARK).touch()
    (tmp_path / "ledger.xlsx").write_bytes(b"open")
    (tmp_path / "~$ledger.xlsx").write_bytes(
        b"\x03Ann".ljust(55) + b"\x03\x00" + "Ann".encode("utf-16-le").ljust(108)
    )
    with pytest.raises(BusyError):
        play(tmp_path, "zh", MOMENTS["zh"], unheard)
    assert (tmp_path / "ledger.xlsx").read_bytes() == b"open"


def test_the_command_refuses_a_foreign_folder_with_the_code_of_misuse(tmp_path):
    (tmp_path / "ledger.xlsx").write_bytes(b"an office")
    run = subprocess.run(
        [sys.executable, "-m", "cluebook", "demo", str(tmp_path), "--lang", "zh", "--json"],
        capture_output=True,
        encoding="utf-8",
    )
    assert run.returncode == 2
    assert json.loads(run.stdout)["problems"][0]["code"] == "not_a_demo"
    assert (tmp_path / "ledger.xlsx").read_bytes() == b"an office"


def test_the_command_makes_a_demo_anew_and_names_what_to_open(tmp_path):
    (tmp_path / MARK).touch()
    (tmp_path / "ledger.xlsx").write_bytes(b"an earlier demo")
    (tmp_path / "documents" / "2025").mkdir(parents=True)
    (tmp_path / "kept.txt").write_text("mine", "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "cluebook", "demo", str(tmp_path), "--lang", "zh", "--json"],
        capture_output=True,
        encoding="utf-8",
    )
    assert run.returncode == 0
    told = json.loads(run.stdout)
    assert [Path(path).suffix for path in told["documents"]] == [".xlsm", ".docx", ".docx", ".docx"]
    assert all(Path(path).is_file() for path in told["documents"])
    assert len(told["notices"]) == 2
    assert not (tmp_path / "documents" / "2025").exists()
    assert (tmp_path / "kept.txt").read_text("utf-8") == "mine"


@pytest.mark.parametrize("lang", LANGS)
def test_samples_are_made_so_that_the_usual_pace_never_runs_ahead_of_yesterday(lang):
    taken = {turn.step: turn.after for turn in TURNS}
    for sample in sample_office(lang).samples:
        assert sample.until in REACHED
        assert taken.get(sample.until, 0) < sample.came
