"""The watch that stays: it sleeps from minute to minute and has each look done by a process of its own.

So whatever a job loads or breaks is gone with that process, and the watch at rest stays small.
"""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cluebook import config, journal
from cluebook.errors import CluebookError
from cluebook.watch.round import is_called_for

LONGEST_NAP = 60.0
_LONGEST_LOOK = 1800.0  # seconds; a look that takes longer hangs
_LAST_PATIENCE = 120.0  # seconds that a look may still take when the watch is to end
_APART = ("CREATE_NO_WINDOW", "CREATE_NEW_PROCESS_GROUP")
HELD = "--held"
"""Tells the other process that this one holds the place of watch for it."""


def keep_watch(
    look: Callable[[], None],
    *,
    nap: Callable[[float], None] = time.sleep,
    clock: Callable[[], datetime] = datetime.now,
) -> None:
    """Have a look at once and then each minute, until `KeyboardInterrupt` ends it.

    A clock that is put back, or a sleep of the machine, is noticed within a minute.

    Args:
        look: what is done each minute.
        nap: how to wait for so many seconds.
        clock: what time it is.
    """
    from schedule import Scheduler

    scheduler = Scheduler()
    planned_at = datetime.min
    while True:
        if clock() < planned_at or not scheduler.jobs:  # what was planned lies too far ahead, or nothing is
            scheduler.clear()
            scheduler.every().minute.at(":00").do(look)
            look()
        planned_at = clock()
        nap(min(max(scheduler.idle_seconds or 0.0, 0.0), LONGEST_NAP))
        scheduler.run_pending()


def end_like_interrupt() -> None:
    """Let what ends a service end the watch as Ctrl-C does."""
    for name in ("SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)


@dataclass(slots=True)
class Lookout:
    """Has another process look at a ledger when there may be something to do.

    Attributes:
        path: the ledger.
        trouble: what kept it from telling the last time, so that the log has it once and not each minute.
    """

    path: Path
    trouble: str = ""

    def __call__(self) -> None:
        """Look, if it is called for; what goes wrong is logged."""
        trouble, called = self._called()
        if trouble and trouble != self.trouble:
            self._log(f"watch failed {trouble}")
        self.trouble = trouble
        if called and (code := _look_elsewhere(self.path)):
            self._log("watch look ended badly", exit=code)

    def _called(self) -> tuple[str, bool]:
        try:
            return "", is_called_for(self.path, datetime.now())
        except CluebookError as error:
            return " ".join(problem.code for problem in error.problems), False
        except OSError as error:  # a share that is not there
            return type(error).__name__, False

    def _log(self, said: str, **counts: int) -> None:
        try:
            log = config.read(self.path.parent).log
        except (CluebookError, OSError):
            log = self.path.parent / config.Config().log
        journal.note(log, datetime.now(), said, **counts)


def _look_elsewhere(path: Path) -> int:
    """Return the exit code of a process that looks at the ledger; told to end, wait for it a little."""
    quiet = subprocess.DEVNULL
    other = subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, "-m", "cluebook.watch", str(path), HELD],
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
        # What ends this process must not cut a look short: the look has a group of its own, and no window.
        start_new_session=sys.platform != "win32",
        creationflags=sum(getattr(subprocess, flag, 0) for flag in _APART),
    )
    try:
        return int(other.wait(_LONGEST_LOOK))
    except subprocess.TimeoutExpired:
        other.kill()
        return int(other.wait())
    except KeyboardInterrupt:
        with contextlib.suppress(subprocess.TimeoutExpired):
            other.wait(_LAST_PATIENCE)
        raise
