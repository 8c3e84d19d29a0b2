"""A fictional office whose clues have gone the whole way, for people to look at and to try the buttons on.

The clues are typed in as a clerk types them, and every step is the real action, taken on working days of
the past weeks. So whatever the demo shows, the office's own clues will do.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from cluebook import config
from cluebook.actions import ACTIONS
from cluebook.actions.office import calendar_of_ledger
from cluebook.books.file import FileBook
from cluebook.books.find import NAMES
from cluebook.books.owners import owner
from cluebook.books.problems import open_elsewhere
from cluebook.demo.scene import Press, Scene
from cluebook.demo.writing import write
from cluebook.domain.clue import Clue
from cluebook.domain.workdays import Calendar, is_workday
from cluebook.errors import BusyError, DiskError, Place, Problem, UsageError
from cluebook.founding import found
from cluebook.ledger import sheets
from cluebook.ledger.plan import Overdue, Stamp
from cluebook.perform import Outcome, Pick, Progress, Request, perform
from cluebook.seeds.samples import TURNS, Sample, sample_office
from cluebook.text import Lang, Text

MARK = ".cluebook-demo"
"""The file that tells a demo from an office; a folder without it is never replaced."""


@dataclass(frozen=True, slots=True)
class Played:
    """What the demo has to show.

    Attributes:
        ledger: the workbook.
        slip: one of the routing slips.
        report: one of the feedback reports.
        overdue_list: the list of what is overdue.
        clues: how many clues there are.
        closed: the numbers of those that are closed.
        documents: how many documents were made.
        edits: how many rows were changed or added by the actions.
        late: the deadlines found passed.
        refused: why one clue could not be closed.
    """

    ledger: Path
    slip: Path
    report: Path
    overdue_list: Path
    clues: int
    closed: tuple[str, ...]
    documents: int
    edits: int
    late: tuple[Overdue, ...]
    refused: tuple[Problem, ...]

    def to_open(self) -> tuple[tuple[Text, Path], ...]:
        """Return what to look at first, each with its name."""
        return (
            (Text("台账", "Ledger"), self.ledger),
            (Text("流转单", "Routing slip"), self.slip),
            (Text("反馈报告", "Feedback report"), self.report),
            (Text("逾期清单", "Overdue list"), self.overdue_list),
        )


def play(folder: Path, lang: Lang, now: datetime, progress: Progress) -> Played:
    """Make a demo office, or make it anew, and return what there is to look at.

    Args:
        folder: a new or empty folder, or one that holds a demo.
        lang: language of the office.
        now: the clues came in on the working days before this moment.
        progress: told how far it is.

    Raises:
        UsageError: the folder holds something else than a demo.
        BusyError: the demo is open in Excel.
        DiskError: the folder cannot be written.
    """
    progress(Text("建立台账", "Making the ledger"), 0, 0)
    _make_room(folder)
    scene = _set_up(folder, lang, now)
    settings, presses = config.read(folder), _presses(scene, now.date())
    outcomes: list[tuple[str, Outcome]] = []
    for done, press in enumerate(presses):
        request = _request(scene, press)
        progress(request.action.text, done, len(presses))
        write(scene, press)
        outcomes.append((request.action.id, perform(request, scene.book, settings)))
    stamp = Stamp(now, scene.office.on_duty["clerk"])
    listing = Request(ACTIONS["overdue"], Pick(), stamp, options={"flag": True, "document": True})
    progress(listing.action.text, len(presses), len(presses))
    outcomes.append((listing.action.id, perform(listing, scene.book, settings)))
    return _played(scene, outcomes)


def _make_room(folder: Path) -> None:
    """Remove an earlier demo; only what a demo makes is removed, and only where its mark stands."""
    try:
        if (folder / MARK).exists():
            _remove_demo(folder)
        elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            wrong = Text(
                "这里已有别的文件，不是演示文件夹。", "This holds other files and is not a demo folder."
            )
            fix = Text("请给一个新文件夹。", "Name a new folder.")
            raise UsageError(Problem("not_a_demo", Place(file=folder.name), wrong, fix))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARK).touch()
    except OSError:
        wrong = Text("文件夹不能写入。", "The folder cannot be written.")
        fix = Text(
            "请关闭其中打开的文件，检查文件夹权限。", "Close its files and check the folder's permissions."
        )
        raise DiskError(Problem("folder_unwritable", Place(file=folder.name), wrong, fix)) from None


def _remove_demo(folder: Path) -> None:
    for name in NAMES:
        if holder := owner(folder / name):
            raise BusyError(open_elsewhere(name, holder))
    for made in (*NAMES, config.FILE):
        (folder / made).unlink(missing_ok=True)
    for made in ("templates", "documents", "backups", "log"):
        if (folder / made).exists():
            shutil.rmtree(folder / made)


def _set_up(folder: Path, lang: Lang, now: datetime) -> Scene:
    """Found the office and type in its people and the rows of its clues."""
    office = sample_office(lang)
    book = FileBook(found(folder, lang, office.name, now.date()))
    with book.open():
        calendar = calendar_of_ledger(sheets.read(book))
        typed = [
            _arrived(sample, number, _workday_before(now.date(), sample.came, calendar))
            for number, sample in enumerate(office.samples)
        ]
        book.write([], sheets.new_rows((*office.people, *typed), book, lang))
        rows = sheets.read(book).rows(Clue)
    cast = {row.number: sample for row, sample in zip(rows, office.samples, strict=True)}
    return Scene(office, book, lang, calendar, cast)


def _arrived(sample: Sample, number: int, day: date) -> Clue:
    """Return the row of a clue that came in on a day; times differ from row to row as they do in life."""
    morning = datetime.combine(day, time(8, 35))
    found_at = morning - timedelta(days=1, minutes=-(number * 47 % 480))
    return replace(
        sample.clue, found_at=found_at, delivered_at=morning + timedelta(minutes=number * 13 % 140)
    )


def _workday_before(day: date, count: int, calendar: Calendar) -> date:
    while count:
        day -= timedelta(days=1)
        count -= is_workday(day, calendar)
    return day


def _presses(scene: Scene, today: date) -> list[Press]:
    """Return every press in the order of time, so that the trail reads like that of a real office."""
    presses = []
    for came in {sample.came for sample in scene.cast.values()}:
        for turn in TURNS:
            rows = [n for n, s in scene.cast.items() if s.came == came and s.reaches(turn.step)]
            if rows:
                day = _workday_before(today, came - turn.after, scene.calendar)
                presses.append(Press(turn, datetime.combine(day, turn.at), tuple(rows)))
    return sorted(presses, key=lambda press: press.at)


def _request(scene: Scene, press: Press) -> Request:
    options: dict[str, dict[str, Any]] = {
        "begun": {"line": scene.office.begun, "milestone": True},
        "done": {"line": scene.office.done, "completed": True},
    }
    stamp = Stamp(press.at, scene.office.on_duty[press.turn.by])
    action = ACTIONS[press.turn.action]
    return Request(action, Pick(rows=press.rows), stamp, options=options.get(press.turn.step, {}))


def _played(scene: Scene, outcomes: Sequence[tuple[str, Outcome]]) -> Played:
    def first(action: str) -> Path:
        return next(path for done, outcome in outcomes if done == action for path in outcome.documents)

    plans = [outcome.plan for _, outcome in outcomes]
    return Played(
        ledger=scene.book.path,
        slip=first("route"),
        report=first("feedback"),
        overdue_list=first("overdue"),
        clues=len(scene.cast),
        closed=tuple(name for done, outcome in outcomes if done == "close" for name in outcome.plan.done),
        documents=sum(len(outcome.documents) for _, outcome in outcomes),
        edits=sum(len(plan.edits) + len(plan.additions) for plan in plans),
        late=plans[-1].overdue,
        refused=tuple(problem for plan in plans for problem in plan.problems),
    )
