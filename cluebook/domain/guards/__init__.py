"""What must hold before a step: each line a clause of the procedure (3.2, 3.3).

A guard looks at the whole case, so that "why can't I close this?" is answered with all that is
missing at once. A new condition is one line in the module of its stretch.
"""

from __future__ import annotations

from cluebook.domain.case import Case
from cluebook.domain.guards.analysis import ANALYSIS
from cluebook.domain.guards.archive import ARCHIVE
from cluebook.domain.guards.closing import CLOSING
from cluebook.domain.guards.feedback import FEEDBACK
from cluebook.domain.guards.guard import Guard
from cluebook.domain.guards.leaving import LEAVING
from cluebook.domain.guards.replies import REPLIES
from cluebook.domain.guards.review import REVIEW
from cluebook.domain.guards.routing import ROUTING
from cluebook.domain.guards.supervision import SUPERVISION
from cluebook.domain.guards.timing import TIMING

__all__ = ["GUARDS", "Guard", "unmet"]

GUARDS: tuple[Guard, ...] = (
    *REVIEW,
    *LEAVING,
    *ANALYSIS,
    *ROUTING,
    *TIMING,
    *SUPERVISION,
    *FEEDBACK,
    *CLOSING,
    *ARCHIVE,
    *REPLIES,
)
"""Every condition of every step."""


def unmet(step: str, case: Case) -> list[Guard]:
    """Return every condition of a step that the case does not fulfil, in the order of the procedure."""
    return [guard for guard in GUARDS if guard.step == step and not guard.holds(case)]
