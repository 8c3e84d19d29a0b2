"""The watch that stays: it sleeps from minute to minute and has each look done by a process of its own.

So whatever a job loads or breaks is gone with that process, and the watch at rest stays small.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
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
    path: Path,
    look: Callable[[Path], None],
    *,
    nap: Callable[[float], None] = time.sleep,
    clock: Callable[[], datetime] = datetime.now,
) -> None:
    """Have a look at the ledger at once and then each minute, until `KeyboardInterrupt` ends it.

    A clock that is put back, or a sleep of the machine, is noticed within a minute.

    Args:
        path: the ledger.
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
            scheduler.every().minute.at(":00").do(look, path)
            look(path)
        planned_at = clock()
        nap(min(max(scheduler.idle_seconds or 0.0, 0.0), LONGEST_NAP))
        scheduler.run_pending()


def end_like_interrupt() -> None:
    """Let what ends a service end the watch as Ctrl-C does."""
    for name in ("SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)


def look_if_called_for(path: Path) -> None:
    """Have another process look at a ledger if there may be something to do; what goes wrong is logged."""
    log = path.parent / config.Config().log
    try:
        log = config.read(path.parent).log
        called = is_called_for(path, datetime.now())
    except CluebookError as error:
        codes = " ".join(problem.code for problem in error.problems)
        journal.note(log, datetime.now(), f"watch failed {codes}", exit=error.exit_code)
        return
    except OSError as error:  # a share that is not there
        journal.keep_trace(log, datetime.now(), error)
        return
    if called and (code := _look_elsewhere(path)):
        journal.note(log, datetime.now(), "watch look ended badly", exit=code)


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
        other.wait(_LAST_PATIENCE)
        raise
