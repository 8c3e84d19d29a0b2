"""Every deadline of the procedure, when it is due, and how a clue stands to it.

A new deadline is one `Deadline(...)` in `table`; its row on the limits sheet, its due date, its
warning and, if being late for it has a name, its place on the overdue list follow from it.
"""

from __future__ import annotations

from cluebook.domain.deadlines.changes import extended, latest_extension, recomputed, regraded, resumed
from cluebook.domain.deadlines.due import About, due_after, due_on, reckon, start_on
from cluebook.domain.deadlines.explanation import due_in_words
from cluebook.domain.deadlines.limits import Allowance, Clocks, clocks_of, limit_for, limit_problems
from cluebook.domain.deadlines.moments import Moment
from cluebook.domain.deadlines.pauses import open_pause, paused_days
from cluebook.domain.deadlines.running import (
    LATENESS_FIELDS,
    RESTING,
    Lateness,
    Running,
    met_late,
    named_running,
    overdue,
    running,
)
from cluebook.domain.deadlines.standing import SOON, Standing, standing, with_standing
from cluebook.domain.deadlines.table import DEADLINES, Deadline, deadline_named

__all__ = [
    "DEADLINES",
    "LATENESS_FIELDS",
    "RESTING",
    "SOON",
    "About",
    "Allowance",
    "Clocks",
    "Deadline",
    "Lateness",
    "Moment",
    "Running",
    "Standing",
    "clocks_of",
    "deadline_named",
    "due_after",
    "due_in_words",
    "due_on",
    "extended",
    "latest_extension",
    "limit_for",
    "limit_problems",
    "met_late",
    "named_running",
    "open_pause",
    "overdue",
    "paused_days",
    "reckon",
    "recomputed",
    "regraded",
    "resumed",
    "running",
    "standing",
    "start_on",
    "with_standing",
]
