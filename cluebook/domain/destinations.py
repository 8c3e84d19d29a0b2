"""Where a clue should go, by the routing rules of the office (procedure L1, H5)."""

from __future__ import annotations

from collections.abc import Iterable

from cluebook.domain.clue import Clue
from cluebook.domain.fields import YesNo
from cluebook.domain.office import RoutingRule


def proposed(clue: Clue, rules: Iterable[RoutingRule]) -> RoutingRule | None:
    """Return the rule that fits a clue best: by keyword and subtype before either, and either before the nature.

    Of rules that fit equally well the upper one on the sheet holds.
    """
    fitting = [
        rule for rule in rules if rule.department and rule.active is not YesNo.NO and _fits(rule, clue)
    ]
    return max(fitting, key=_precision, default=None)


def _fits(rule: RoutingRule, clue: Clue) -> bool:
    text = f"{clue.matter or ''}\n{clue.description or ''}".casefold()
    return (
        (rule.nature is None or rule.nature is clue.nature)
        and (rule.subtype is None or rule.subtype == clue.subtype)
        and (rule.keyword is None or rule.keyword.casefold() in text)
    )


def _precision(rule: RoutingRule) -> tuple[bool, bool, bool]:
    return rule.keyword is not None, rule.subtype is not None, rule.nature is not None
