"""What the demo's departments write on the checklists, from what there is to say of a category."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cluebook.domain.checklists import CHECKLISTS
from cluebook.domain.fields import YesNo
from cluebook.text import Lang


def checklist_answers(category: str, kind: Mapping[str, str], lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield each item of the checklist with what stands beside it: a yes, no amount due, or what was done."""
    for item in CHECKLISTS.get(category, ()):
        told = kind[_TOLD_BY.get(item.id, "measures")]
        sound = [word for word in (told, "0", YesNo.YES.text.in_(lang)) if item.sound(word)]
        yield item.text.in_(lang), sound[0]


_TOLD_BY = {
    "cause": "cause",
    "told": "communication",
    "contact": "communication",
    "need": "communication",
    "negotiation": "communication",
    "improvement": "improvements",
    "callback": "result",
    "plan": "resolution",
    "decision": "result",
    "reward": "result",
    "forwarded": "result",
    "assessment": "process",
}
"""Which of the texts about a category answers an item of its checklist; the measures answer the others."""
