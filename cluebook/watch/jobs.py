"""What the watch does: a new job is one `Job(...)` in `JOBS`; its times in the settings file follow from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from cluebook.actions import ACTIONS
from cluebook.books.conflicts import conflict_copies
from cluebook.books.daily import keep_daily
from cluebook.books.file import FileBook
from cluebook.books.problems import problem
from cluebook.books.synced import refuse_synchronised
from cluebook.config import FILE, Folder
from cluebook.errors import BusyError, CluebookError, ConfigError, Place, Problem
from cluebook.ledger import sheets
from cluebook.ledger.plan import Plan, Stamp, combine
from cluebook.perform import Pick, Request
from cluebook.text import Text, join, same
from cluebook.waiting import carry_out, replay, waiting
from cluebook.watch.timing import Timetable

USER = "cluebook watch"


@dataclass(frozen=True, slots=True)
class Round:
    """What a job works on, and when."""

    path: Path
    folder: Folder
    at: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a job.

    Attributes:
        plan: what was done, with the notices and the problems.
        documents: the documents made.
        waits: whether it is left for when the ledger is no longer open.
    """

    plan: Plan = Plan()
    documents: tuple[Path, ...] = ()
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """Something done regularly.

    Attributes:
        id: its name in the settings file.
        text: what it does.
        times: when, unless the settings file says otherwise; see `times_of` for how they are written.
        run: does it; what keeps it from it is raised.
        monthly: on the first working day of a month only, not on each.
        is_idle: whether there is surely nothing to do, so that the ledger need not even be read.
    """

    id: str
    text: Text
    times: tuple[str, ...]
    run: Callable[[Round], Report]
    monthly: bool = False
    is_idle: Callable[[Path, Folder], bool] = lambda _path, _folder: False


def taken(job: Round, action: str, pick: Pick = Pick(), **options: object) -> Report:  # noqa: B008 - a frozen value
    """Take an action on all the clues it is for; when the ledger is open it waits in the queue.

    Raises:
        CluebookError: it cannot be done.
    """
    _refuse_synchronised(job)
    request = Request(ACTIONS[action], pick, Stamp(job.at, USER), options=options)
    try:
        outcome = carry_out(request, FileBook(job.path), job.folder)
    except BusyError as error:
        if not request.action.waits:
            raise
        return Report(Plan(problems=error.problems), waits=True)
    return Report(outcome.plan, outcome.documents)


def _refuse_synchronised(job: Round) -> None:
    """Refuse to write at times when nobody looks what another computer may be writing, unless the office allows it."""
    if job.folder.config.synced != "allow":
        refuse_synchronised(job.path)


def _flag(job: Round) -> Report:
    """Flag what is overdue and write the list; tell of copies that a synchronising program left."""
    report = taken(job, "overdue", flag=True, document=True)
    copies = [problem("conflict_copy", Place(file=copy.name)) for copy in conflict_copies(job.path)]
    return Report(combine([report.plan, Plan(problems=tuple(copies))]), report.documents, report.waits)


def _remind(job: Round) -> Report:
    """Send everybody their reminders; where some did not go out it has failed, and is tried again."""
    from cluebook.mail.sending import reminded  # a watch at rest stays small without it

    done = reminded(job.path, job.folder, job.at)
    if done.kept:
        raise CluebookError(*done.all_problems)
    notices = (_REMINDED.fill(n=len(done.sent)),) if done.sent else ()
    return Report(Plan(done=done.numbers, notices=notices, problems=done.all_problems), tuple(done.files))


def _back_up(job: Round) -> Report:
    """Keep a copy of the ledger as it stands, if it is one; it may be open meanwhile."""
    book = FileBook(job.path)
    with book.open():
        sheets.read(book)
        made = keep_daily(job.path.resolve(), job.folder.daily, job.at.date())
    said = _BACKED_UP.fill(file=made.name) if made else _UNCHANGED
    return Report(Plan(notices=(said,)))


def _replay(job: Round) -> Report:
    """Do what waits for the ledger to be free; while it is still open it goes on waiting."""
    _refuse_synchronised(job)
    try:
        done = replay(FileBook(job.path), job.folder)
    except BusyError as error:
        return Report(Plan(problems=error.problems), waits=True)
    return Report(Plan(notices=(_REPLAYED.fill(n=done),)))


JOBS: Mapping[str, Job] = {
    job.id: job
    for job in (
        Job(
            "queue",
            Text("补办台账打开期间排队的事项", "do what waited while the ledger was open"),
            ("08:00-18:00/10",),
            _replay,
            is_idle=lambda path, folder: not waiting(folder, path.name),
        ),
        Job(
            "resume",
            Text("恢复挂起到期的线索", "let clues run again whose suspension is over"),
            ("08:20",),
            lambda job: taken(job, "resume"),
        ),
        Job(
            "flag",
            Text("标记逾期，生成逾期清单", "flag what is overdue and write the list"),
            ("08:30",),
            _flag,
        ),
        Job(
            "escalate",
            Text("按催办阶梯登记提醒、催办和通报", "enter the reminders, orders and reports of the ladder"),
            ("08:35",),
            lambda job: taken(job, "escalate"),
        ),
        Job(
            "follow-ups",
            Text("登记到期应跟进的线索", "enter which clues are to be followed up"),
            ("08:40",),
            lambda job: taken(job, "follow-up", Pick(all=True), due=True),
        ),
        Job(
            "remind",
            Text("发出每人每日一封的提醒邮件", "send each person the day's reminders in one mail"),
            ("08:45",),
            _remind,
            is_idle=lambda _path, folder: folder.config.mail.how == "off",
        ),
        Job(
            "retention",
            Text("列出保管期限将满的案卷，供鉴定", "list the volumes whose term runs out, to be appraised"),
            ("09:10",),
            lambda job: taken(job, "retention"),
            monthly=True,
        ),
        Job(
            "report",
            Text("生成上月的统计月报", "make the report of last month"),
            ("09:20",),
            lambda job: taken(job, "report"),
            monthly=True,
        ),
        Job("backup", Text("另存台账的每日备份", "keep the day's copy of the ledger"), ("17:40",), _back_up),
    )
}
"""The jobs by their names, in the order in which those due at one time are done."""

_BACKED_UP = Text("已备份：{file}", "Backed up as {file}")
_UNCHANGED = Text("台账自上次备份后没有变化。", "The ledger is as it was at the last backup.")
_REMINDED = Text("发出提醒邮件 {n} 封。", "Reminders sent: {n}.")
_REPLAYED = Text("补办 {n} 项。", "{n} requests that waited are done.")

_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_MINUTES_OF_A_DAY = 24 * 60


def timetables(folder: Folder) -> dict[str, Timetable]:
    """Return the times of every job, as the settings file or its declaration has them.

    Raises:
        ConfigError: the file names a job that is none, or times that are none.
    """
    told = folder.config.watch
    if unknown := [name for name in told if name not in JOBS]:
        known = join([same(name) for name in JOBS])
        wrong = Text("没有这项任务。", "There is no such job.")
        fix = Text("可用：{known}。", "Choose from: {known}.").fill(known=known)
        raise ConfigError(*(Problem("job_unknown", _place(name), wrong, fix) for name in unknown))
    return {
        job.id: Timetable(job.id, _times(job, told.get(job.id, job.times)), job.monthly)
        for job in JOBS.values()
    }


def times_of(words: str) -> list[time]:
    """Return the times of the day that one entry of a job stands for; `ValueError` when it is none.

    >>> [f"{at:%H:%M}" for at in times_of("08:00-09:00/20")]
    ['08:00', '08:20', '08:40', '09:00']
    """
    span, mark, every = words.partition("/")
    first, dash, last = span.partition("-")
    if not _TIME.fullmatch(first) or bool(mark) != bool(dash) or (dash and not _TIME.fullmatch(last)):
        raise ValueError(words)
    if not dash:
        return [time.fromisoformat(first)]
    step = timedelta(minutes=int(every))
    at, end = (datetime.combine(datetime.min, time.fromisoformat(each)) for each in (first, last))
    if at > end or not 1 <= int(every) <= _MINUTES_OF_A_DAY:
        raise ValueError(words)
    return [(at + n * step).time() for n in range((end - at) // step + 1)]


def _times(job: Job, words: tuple[str, ...]) -> tuple[time, ...]:
    try:
        return tuple(sorted({at for word in words for at in times_of(word)}))
    except ValueError:
        wrong = Text("不是可用的时间。", "These are not times that can be used.")
        fix = Text(
            '请写成 ["08:30"]、["08:30", "14:00"] 或 ["08:00-18:00/10"]（每 10 分钟一次）；[] 表示停用。',
            'Write ["08:30"], ["08:30", "14:00"] or ["08:00-18:00/10"] for every 10 minutes; [] turns it off.',
        )
        raise ConfigError(Problem("job_times", _place(job.id), wrong, fix)) from None


def _place(name: str) -> Place:
    return Place(file=FILE, column=f"[watch] {name}")
