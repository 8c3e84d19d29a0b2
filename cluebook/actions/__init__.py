"""Everything the office can do, each a pure function to a plan, in the order of the procedure."""

from __future__ import annotations

# The order of these imports is the order of the actions.
# isort: off
from cluebook.actions import intake
from cluebook.actions import review
from cluebook.actions import analysis
from cluebook.actions import routing
from cluebook.actions import returns
from cluebook.actions import meetings
from cluebook.actions import timing
from cluebook.actions import decisions
from cluebook.actions import handling
from cluebook.actions import checking
from cluebook.actions import again
from cluebook.actions import sending
from cluebook.actions import readback
from cluebook.actions import supervision
from cluebook.actions import calendar
from cluebook.actions.registry import ACTIONS, Action
# isort: on

__all__ = ["ACTIONS", "Action", "again", "analysis", "calendar", "decisions", "handling", "intake", "meetings", "readback", "returns", "review", "routing", "sending", "supervision", "timing"]
