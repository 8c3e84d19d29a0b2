"""The scheduled script: on working days, at the times set, flag what is overdue and write the list.

A job that fails is logged and the loop lives on. One watch at a time looks after a ledger.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from cluebook import journal
from cluebook.actions import ACTIONS
from cluebook.actions.office import calendar_of_ledger
from cluebook.books.conflicts import conflict_copies
from cluebook.books.file import FileBook
from cluebook.books.lock import held
from cluebook.books.problems import problem
from cluebook.books.saving import disk_problem
from cluebook.config import Folder
from cluebook.domain.workdays import is_workday
from cluebook.errors import BusyError, CluebookError, DiskError, Place, Problem, RefusedError
from cluebook.ledger import sheets
from cluebook.ledger.plan import Plan, Stamp, combine
from cluebook.perform import Outcome, Pick, Request
from cluebook.text import Text
from cluebook.waiting import carry_out

USER = "cluebook watch"
_NAP = 20.0  # seconds between two looks at the clock


@dataclass(frozen=True, slots=True)
class Watch:
    """One ledger under watch.

    Attributes:
        path: the ledger.
        folder: its folder, with the times and where the log goes.
    """

    path: Path
    folder: Folder

    def run_due_jobs(self, at: datetime) -> Outcome | None:
        """Flag what is overdue and write the list, unless it is a day off; return what came of it.

        Raises:
            CluebookError: the job cannot be done now, for example because the ledger is open.
        """
        book = FileBook(self.path)
        if not is_working_day(book, at.date()):
            return None
        request = Request(
            ACTIONS["overdue"], Pick(), Stamp(at, USER), options={"flag": True, "document": True}
        )
        outcome = carry_out(request, book, self.folder)
        copies = [problem("conflict_copy", Place(file=copy.name)) for copy in conflict_copies(self.path)]
        journal.note(self.folder.log, at, "watch", conflict_copies=len(copies))
        return replace(outcome, plan=combine([outcome.plan, Plan(problems=tuple(copies))]))

    def run_safely(self) -> None:
        """Run the due jobs; whatever goes wrong is logged, and the watch lives on."""
        at = datetime.now().replace(microsecond=0)
        try:
            self.run_due_jobs(at)
        except CluebookError as error:
            for found in error.problems:
                journal.note(self.folder.log, at, f"watch failed: {found.code}", exit=error.exit_code)
        except Exception as error:  # noqa: BLE001 - a bug in one job must not end the watch
            journal.keep_trace(self.folder.log, at, error)

    def keep_watch(self, still: Callable[[], bool] = lambda: True) -> None:
        """Run the jobs at their times for as long as `still` says so."""
        from schedule import Scheduler

        scheduler = Scheduler()
        for at in self.folder.config.at:
            scheduler.every().day.at(at).do(self.run_safely)
        while still():
            scheduler.run_pending()
            time.sleep(_NAP)


def is_working_day(book: FileBook, day: date) -> bool:
    """Return whether the office works on a day, by the ledger's own calendar."""
    with book.open():
        return is_workday(day, calendar_of_ledger(sheets.read(book)))


@contextlib.contextmanager
def only_watch(path: Path) -> Iterator[None]:
    """Hold the one place of watch over a ledger.

    Raises:
        BusyError: another watch holds it.
        RefusedError: its folder is not there.
        DiskError: its folder cannot be written.
    """
    with contextlib.ExitStack() as stack:
        try:
            got = stack.enter_context(held(path, "watch"))
        except FileNotFoundError:
            raise RefusedError(problem("ledger_missing", Place(file=path.name))) from None
        except OSError as error:
            raise DiskError(disk_problem(path, error)) from None
        if not got:
            wrong = Text("已有一个值守程序在看管这份台账。", "Another watch looks after this ledger.")
            fix = Text("请先结束那一个。", "End that one first.")
            raise BusyError(Problem("watch_running", Place(file=path.name), wrong, fix))
        yield
