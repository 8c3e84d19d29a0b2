"""Every deadline of the procedure, when it is due, and how a clue stands to it.

A new deadline is one `Deadline(...)` in `table`; its row on the limits sheet, its due date, its
warning and, if being late for it has a name, its place on the overdue list follow from it.
"""

from __future__ import annotations

from cluebook.domain.deadlines.due import NO_MOMENTS, Moments, due_on, reckon, start_on
from cluebook.domain.deadlines.limits import Allowance, Clocks, clocks_of, limit_for, limit_problems
from cluebook.domain.deadlines.standing import RESTING, Lateness, Standing, overdue, standing, with_standing
from cluebook.domain.deadlines.table import DEADLINES, Deadline, deadline_named

__all__ = [
    "DEADLINES",
    "NO_MOMENTS",
    "RESTING",
    "Allowance",
    "Clocks",
    "Deadline",
    "Lateness",
    "Moments",
    "Standing",
    "clocks_of",
    "deadline_named",
    "due_on",
    "limit_for",
    "limit_problems",
    "overdue",
    "reckon",
    "standing",
    "start_on",
    "with_standing",
]
