"""``python -m cluebook.watch LEDGER``: one look, if there may be something to do.

This is what the scheduler of a system starts every few minutes, and what the watch that stays starts when it is time.
Nobody reads what it prints: what went wrong is in the log and in ``cluebook watch --status``.
"""

from __future__ import annotations

import contextlib
import sys
from datetime import datetime
from pathlib import Path

from cluebook import journal
from cluebook.errors import BusyError, CluebookError
from cluebook.watch.rest import HELD
from cluebook.watch.round import is_called_for, look, only_watch


def main(arguments: list[str]) -> int:
    """Return the exit code of one look at the ledger named first."""
    path, now = Path(arguments[0]), datetime.now().replace(microsecond=0)
    place = contextlib.nullcontext() if HELD in arguments else only_watch(path)
    try:
        with place:
            if is_called_for(path, now):
                look(path, now)
    except BusyError:
        return BusyError.exit_code  # another watch is at it
    except CluebookError as error:
        return error.exit_code  # it is in the log
    except Exception as error:  # noqa: BLE001 - a bug: keep its trace where somebody will look
        journal.keep_trace(path.parent / "log", now, error)
        return 70
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
