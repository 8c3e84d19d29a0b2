"""The rules an office starts with: where clues go, how long cases are kept. All of it is the office's to change."""

from __future__ import annotations

from cluebook.domain.categories import CATEGORIES
from cluebook.domain.clue import Retention, Urgency
from cluebook.domain.fields import YesNo
from cluebook.domain.office import Circumstance, RetentionRule, RoutingRule
from cluebook.text import Lang, Text

_FINANCE = Text("财务部", "Finance")
_LEGAL = Text("法务合规部", "Legal and Compliance")

_DESTINATIONS: dict[str, tuple[Text, tuple[Text, ...]]] = {
    "quality": (Text("质量管理部", "Quality Management"), ()),
    "service": (Text("客户服务部", "Customer Service"), ()),
    "dispute": (_LEGAL, ()),
    "misconduct": (_LEGAL, ()),
    "tax": (_LEGAL, (_FINANCE,)),
    "suggestion": (Text("人力资源部", "Human Resources"), ()),
    "market": (Text("市场部", "Marketing"), ()),
}
"""The department that handles each subtype, and those that join it; taxes always together with finance (H5)."""

_KEPT: tuple[tuple[str | None, Urgency | None, Circumstance | None, Retention], ...] = (
    (None, None, None, Retention.TEN_YEARS),
    (None, Urgency.IMPORTANT, None, Retention.THIRTY_YEARS),
    ("dispute", None, None, Retention.THIRTY_YEARS),
    (None, None, Circumstance.VERIFIED, Retention.THIRTY_YEARS),
    (None, Urgency.URGENT, Circumstance.MAJOR, Retention.FOR_EVER),
    (None, None, Circumstance.TRANSFERRED, Retention.FOR_EVER),
    ("tax", None, None, Retention.FOR_EVER),
)
"""How long cases are kept by default, from the national classes (procedure 1.10)."""


def starting_destinations(lang: Lang) -> tuple[RoutingRule, ...]:
    """Return the routing rules a new ledger starts with, one a subtype."""
    return tuple(
        RoutingRule(
            nature=category.nature,
            subtype=category.label.in_(lang),
            department=_DESTINATIONS[category.id][0].in_(lang),
            joint_departments=tuple(joint.in_(lang) for joint in _DESTINATIONS[category.id][1]) or None,
            active=YesNo.YES,
        )
        for category in CATEGORIES
        if category.id in _DESTINATIONS
    )


def starting_retention(lang: Lang) -> tuple[RetentionRule, ...]:
    """Return the retention rules a new ledger starts with."""
    labels = {category.id: category.label.in_(lang) for category in CATEGORIES}
    return tuple(
        RetentionRule(
            subtype=labels[subtype] if subtype else None,
            urgency=urgency,
            circumstance=circumstance,
            retention=retention,
        )
        for subtype, urgency, circumstance, retention in _KEPT
    )
