"""Clues that may have come in before: what the ledger says of them, and that they may be merged (procedure Z10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cluebook.domain.clue import Clue
from cluebook.domain.duplicates import Likeness, likenesses
from cluebook.domain.records import Reporter
from cluebook.ledger.ledger import Ledger
from cluebook.ledger.plan import Plan, name_of
from cluebook.text import Lang, Text, join, same

_ALIKE = Text("文字相似{share}%", "text {share}% alike")
_ONE = Text("{name}（{why}）", "{name} ({why})")
_MOST = 3
"""So many are named in the cell; the likeliest come first."""
_MOST_TOLD = 5


def suspected(ledger: Ledger, clues: Sequence[Clue], reporters: Iterable[Reporter] = ()) -> list[str | None]:
    """Return for each clue what its column “possible duplicates” says.

    Args:
        ledger: the ledger.
        clues: the clues, as they will stand there.
        reporters: who reported them, where the ledger does not know yet.
    """
    asked = {clue.entry_no for clue in clues}
    held = [clue for clue in ledger.records(Clue) if clue.entry_no and clue.entry_no not in asked]
    phones: dict[str, list[str]] = {}
    for reporter in (*ledger.records(Reporter), *reporters):
        if reporter.clue and reporter.phone:
            phones.setdefault(reporter.clue, []).append(reporter.phone)
    return [_told(found, ledger.lang) for found in likenesses(clues, held, phones)]


def with_suspicions(plan: Plan, ledger: Ledger) -> Plan:
    """Return the plan with the possible duplicates of its clues in their rows, and a notice of them."""
    clues = [r for r in (*plan.additions, *(edit.after for edit in plan.edits)) if isinstance(r, Clue)]
    reporters = [record for record in plan.additions if isinstance(record, Reporter)]
    told = dict(zip(map(id, clues), suspected(ledger, clues, reporters), strict=True))

    def marked(record: object) -> object:
        if not isinstance(record, Clue) or told[id(record)] == record.possible_duplicates:
            return record
        return replace(record, possible_duplicates=told[id(record)])

    found = [name_of(clue, 0) for clue in clues if told[id(clue)] and clue.entry_no]
    return replace(
        plan,
        additions=tuple(map(marked, plan.additions)),
        edits=tuple(replace(edit, after=marked(edit.after)) for edit in plan.edits),
        notices=(*plan.notices, *notice_of(found)),
    )


def notice_of(names: Sequence[str]) -> tuple[Text, ...]:
    """Return the offer to merge clues that may have come in before."""
    if not names:
        return ()
    words = Text(
        "{n} 条疑似重复（{names}），见“疑似重复”列；确认为同一事项的，请并案（merge）。",
        "{n} may have come in before ({names}), see “Possible duplicates”; merge those that are the same matter (merge).",
    )
    more = [Text("等", "…")] if len(names) > _MOST_TOLD else []
    return (words.fill(n=len(names), names=join([*map(same, names[:_MOST_TOLD]), *more])),)


def _told(found: Sequence[Likeness], lang: Lang) -> str | None:
    return join([_named(like) for like in found[:_MOST]]).in_(lang) or None


def _named(like: Likeness) -> Text:
    alike = [_ALIKE.fill(share=round(like.share * 100))] if like.share else []
    return _ONE.fill(name=name_of(like.clue, 0), why=join([*alike, *like.signs]))
