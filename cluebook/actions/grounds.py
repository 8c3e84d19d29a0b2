"""What the trail says of why something was done, and what the office still owes after it."""

from __future__ import annotations

from collections.abc import Mapping

from cluebook.domain.case import Case
from cluebook.domain.replies import replies_owed
from cluebook.ledger.plan import Plan, name_of
from cluebook.text import Lang, Text, join, same

_APPROVED = Text("批准人：{who}", "approved by {who}")
_DESPITE = Text("涉及本单位或本人，仍予办理：{why}", "although it concerns the addressee: {why}")


def approved(who: str | None) -> Text | None:
    """Return who approved something, in words."""
    return _APPROVED.fill(who=who) if who else None


def all_the_same(why: str | None) -> Text | None:
    """Return why a clue goes to somebody it concerns, in words."""
    return _DESPITE.fill(why=why) if why else None


def because(case: Case, row: int, lang: Lang, *parts: Text | str | None) -> Mapping[str, str]:
    """Return the reason of what was done with a clue, for the trail; nothing when there is none to give."""
    said = [part if isinstance(part, Text) else same(part) for part in parts if part]
    return {name_of(case.clue, row): join(said, "；", "; ").in_(lang)} if said else {}


def owed_now(case: Case, row: int) -> Plan:
    """Return the notice of what the reporter of a clue has to be told now."""
    words = Text(
        "{name} 的反映人尚待告知（{kind}），请办理告知答复（reply）。",
        "The reporter of {name} is to be told ({kind}); record the answer (reply).",
    )
    name = name_of(case.clue, row)
    return Plan(notices=tuple(words.fill(name=name, kind=kind.text) for kind in replies_owed(case)))
