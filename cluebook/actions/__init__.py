"""Everything the office can do, each a pure function to a plan, in the order of the procedure."""

from __future__ import annotations

from cluebook.actions import analysis, handling, intake, review, routing, supervision
from cluebook.actions.registry import ACTIONS, Action

__all__ = ["ACTIONS", "Action", "analysis", "handling", "intake", "review", "routing", "supervision"]
