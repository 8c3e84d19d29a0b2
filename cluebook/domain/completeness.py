"""How complete a clue came in, and what has to be supplied (procedure C2, C5, C7, C8)."""

from __future__ import annotations

from collections.abc import Collection

from cluebook.domain import lists
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Named
from cluebook.domain.fields import column_of
from cluebook.domain.records import Material, Reporter
from cluebook.domain.replies import is_reachable
from cluebook.text import Lang, Text

BASIC = (
    "channel_group",
    "channel",
    "found_at",
    "matter",
    "description",
    "collector",
    "collecting_department",
    "subjects",
    "demand",
    "named",
)
"""The basic facts; the score is the share of them that is filled in (C5)."""

LINK, CONTACT = "link", "contact"
"""What some clues cannot be accepted without: an online source its address, a named reporter a way to be reached."""

_CONTACT = Text("反映人联系方式", "Reporter's contact")


def completeness(clue: Clue) -> float:
    """Return the share of the basic facts that are filled in, from 0 to 1 (C4, C5)."""
    return sum(getattr(clue, name) is not None for name in BASIC) / len(BASIC)


def essentials_lacking(case: Case, online: Collection[str]) -> frozenset[str]:
    """Return what stands in the way of acceptance: of `LINK` and `CONTACT` what this clue needs and lacks (C2, C8).

    Args:
        case: the clue, and who reported it.
        online: the channels that need a link or the date of capture.
    """
    clue, lacking = case.clue, set()
    if clue.channel in online and not clue.link:
        lacking.add(LINK)
    if clue.named is Named.NAMED and not any(map(is_reachable, case.all(Reporter))):
        lacking.add(CONTACT)
    return frozenset(lacking)


def has_note(case: Case) -> bool:
    """Return whether anything came with a clue beside its account: a note, or a paper (C7)."""
    return bool(case.clue.background or case.clue.attachments or case.all(Material))


def gaps(case: Case, online: Collection[str], lang: Lang) -> tuple[str, ...]:
    """Return what a clue lacks, in the words of its headers (C5)."""
    needed = essentials_lacking(case, online)
    names = [name for name in BASIC if getattr(case.clue, name) is None] + ([LINK] if LINK in needed else [])
    told = [column_of(Clue, name).text for name in names] + ([_CONTACT] if CONTACT in needed else [])
    return tuple(text.in_(lang) for text in told)


def still_missing(case: Case, online: Collection[str], lang: Lang) -> tuple[str, ...]:
    """Return what is left of the clue's list of missing things: headers whose cells are filled by now are done (T03)."""
    left = gaps(case, online, lang)
    filled = {column_of(Clue, name).text.in_(lang) for name in (*BASIC, LINK)} | {_CONTACT.in_(lang)}
    return tuple(item for item in lists.split(case.clue.missing) if item not in filled or item in left)
