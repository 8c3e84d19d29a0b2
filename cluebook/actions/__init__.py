"""Everything the office can do, each a pure function to a plan, in the order of the procedure."""

from __future__ import annotations

# fmt: off
# isort: off
# The order of these imports is the order of the actions.
from cluebook.actions import intake  # noqa: F401 - registers its actions
from cluebook.actions import inspection  # noqa: F401 - registers its actions
from cluebook.actions import review  # noqa: F401 - registers its actions
from cluebook.actions import leaving  # noqa: F401 - registers its actions
from cluebook.actions import analysis  # noqa: F401 - registers its actions
from cluebook.actions import routing  # noqa: F401 - registers its actions
from cluebook.actions import returns  # noqa: F401 - registers its actions
from cluebook.actions import meetings  # noqa: F401 - registers its actions
from cluebook.actions import timing  # noqa: F401 - registers its actions
from cluebook.actions import decisions  # noqa: F401 - registers its actions
from cluebook.actions import handling  # noqa: F401 - registers its actions
from cluebook.actions import checking  # noqa: F401 - registers its actions
from cluebook.actions import again  # noqa: F401 - registers its actions
from cluebook.actions import replies  # noqa: F401 - registers its actions
from cluebook.actions import sending  # noqa: F401 - registers its actions
from cluebook.actions import archive  # noqa: F401 - registers its actions
from cluebook.actions import volumes  # noqa: F401 - registers its actions
from cluebook.actions import readback  # noqa: F401 - registers its actions
from cluebook.actions import supervision  # noqa: F401 - registers its actions
from cluebook.actions import escalation  # noqa: F401 - registers its actions
from cluebook.actions import following  # noqa: F401 - registers its actions
from cluebook.actions import spot_checks  # noqa: F401 - registers its actions
from cluebook.actions import dashboard  # noqa: F401 - registers its actions
from cluebook.actions import reports  # noqa: F401 - registers its actions
from cluebook.actions import calendar  # noqa: F401 - registers its actions
from cluebook.actions.registry import ACTIONS, Action
# isort: on
# fmt: on

__all__ = ["ACTIONS", "Action"]
