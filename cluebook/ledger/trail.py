"""The audit trail: the events that a plan leaves behind, and what the trail says a row should hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import Column, Part, column_of, columns
from cluebook.domain.office import Counter
from cluebook.domain.records import Event
from cluebook.ledger.cells import show
from cluebook.ledger.ledger import Ledger
from cluebook.ledger.plan import Edit, Plan, Stamp, name_of
from cluebook.ledger.tables import table_of
from cluebook.text import Lang, Text

_MARK = Text("：", ": ")
_ARROW = " → "
BY_HAND = Text("手工改动", "Changed by hand")
"""What the trail calls a change that no action made."""

ANEW = Text("重新封存", "Sealed anew")
"""What the trail calls the first thing after what was remembered of it outside was lost."""

RESTORED = Text("恢复备份", "Restored from a backup")
"""What the trail calls the first thing after a restored ledger is written again."""

UPGRADED = Text("升级", "Upgraded")
"""What the trail calls the ledger's being brought to a later version."""

_LONGEST = 60  # a trail line names a long text by its length: the row holds the text itself


def events(plan: Plan, ledger: Ledger, stamp: Stamp, action: Text, papers: Mapping[str, str]) -> list[Event]:
    """Return the events of a plan; their numbers and seals are given when they are written.

    Args:
        plan: what was done.
        ledger: the ledger before it was done.
        stamp: when and by whom.
        action: the action's name.
        papers: file names of the documents made for a clue, by the clue's name.
    """
    lang = ledger.lang
    drafts: dict[str, dict[str, Any]] = {}
    for edit in plan.edits:
        if isinstance(edit.after, Clue) and (lines := list(_edit_lines(edit, lang))):
            drafts[name_of(edit.after, edit.row)] = _move(edit.before.stage, edit.after.stage, lines, lang)
    for record in plan.additions:
        if isinstance(record, Clue):
            drafts[name_of(record, 0)] = _move(None, record.stage, list(_new_lines(record, lang)), lang)
    for line, name in _side_lines(plan, lang):
        drafts.setdefault(name, {"lines": []})["lines"].append(line)
    for paper in plan.papers:
        if paper.code:  # a document about a clue is told of even where nothing else was done (G5)
            drafts.setdefault(paper.subject, {"lines": []})
    return [
        Event(
            at=stamp.at.replace(microsecond=0),
            user=stamp.by,
            action=plan.acts.get(name, action).in_(lang),
            clue=name or None,
            before=draft.get("before"),
            after=draft.get("after"),
            reason=plan.reasons.get(name),
            changes="\n".join(draft["lines"]) or None,
            document=papers.get(name),
        )
        for name, draft in drafts.items()
    ]


def written(event: Event) -> Iterator[tuple[str, str]]:
    """Return the headers that an event tells of, each with what its cell held from then on.

    A line without an arrow tells of another sheet, which may have the name of a column.
    """
    for line in (event.changes or "").splitlines():
        label, _, change = min((line.partition(mark) for mark in _MARK), key=lambda cut: len(cut[0]))
        _, arrow, after = change.partition(_ARROW)
        if arrow:
            yield label, after


class History:
    """What the trail says each clue's assigned columns hold, by clue and header."""

    def __init__(self, trail: Iterable[Event]) -> None:
        """Follow the trail from its beginning, in whatever order somebody sorted it."""
        self._last: dict[str, dict[str, str]] = {}
        for event in sorted(trail, key=lambda event: event.seq or 0):
            if (
                event.action in BY_HAND
            ):  # it tells what somebody did to the program's cells, not what belongs there
                continue
            held = self._last.setdefault(event.clue or "", {})
            held.update(written(event))

    def __contains__(self, name: object) -> bool:
        """Return whether the trail knows a clue of this name."""
        return name in self._last

    def edited_by_hand(self, clue: Clue, lang: Lang) -> Iterator[Column]:
        """Return the assigned columns whose cell does not hold what the program last wrote there (Z8)."""
        if not (clue.entry_no or clue.number):
            # A row just typed is not under the program's care yet; only a stage would be made up.
            if clue.stage not in {None, Stage.DRAFT}:
                yield column_of(Clue, "stage")
            return
        held = {**self._last.get(clue.entry_no or "", {}), **self._last.get(clue.number or "", {})}
        for column in columns(Clue):
            if not (column.assigned and _is_trailed(column)) or column.part is Part.COMPUTED:
                continue
            told = next((held[label] for label in column.headers if label in held), "")
            if shown(column, getattr(clue, column.name), lang) != told:
                yield column


def _is_trailed(column: Column) -> bool:
    return column.part is not Part.COMPUTED or column.name == "overdue_kind"


def _move(before: Stage | None, after: Stage | None, lines: list[str], lang: Lang) -> dict[str, Any]:
    return {
        "before": before.text.in_(lang) if before else None,
        "after": after.text.in_(lang) if after else None,
        "lines": lines,
    }


def _edit_lines(edit: Edit, lang: Lang) -> Iterator[str]:
    # A row that had no name yet was beyond the trail: with its name it tells all that the program put there.
    nameless = not (edit.before.entry_no or edit.before.number)
    for column in columns(Clue):
        old, new = getattr(edit.before, column.name), getattr(edit.after, column.name)
        told_first = nameless and column.assigned and new is not None
        if _is_trailed(column) and (old != new or told_first):
            yield change_line(column, None if told_first else old, new, lang)


def _new_lines(record: Clue, lang: Lang) -> Iterator[str]:
    """A new row holds its own entries; the trail keeps what the program put there."""
    for column in columns(Clue):
        if column.assigned and column.part is not Part.COMPUTED and getattr(record, column.name) is not None:
            yield change_line(column, None, getattr(record, column.name), lang)


def change_line(column: Column, old: object, new: object, lang: Lang) -> str:
    """Return one change as a line of the trail; a long text is told by its length."""
    head = f"{column.text.in_(lang)}{_MARK.in_(lang)}"
    return f"{head}{shown(column, old, lang)}{_ARROW}{shown(column, new, lang)}"


def shown(column: Column, value: object, lang: Lang) -> str:
    """Return a field value as the trail tells it: on one line, a long text by its length."""
    text = " ".join(show(column, value, lang).split()).replace(_ARROW, " -> ")
    if len(text) <= _LONGEST:
        return text
    return Text("（{n}字）", "({n} characters)").fill(n=len(text)).in_(lang)


def _side_lines(plan: Plan, lang: Lang) -> Iterator[tuple[str, str]]:
    """One line for each record of another sheet that is added or changed, with the clue it is about."""
    added, changed = (
        Text("{sheet}：增加一行", "{sheet}: one row added"),
        Text("{sheet}：修改一行", "{sheet}: one row changed"),
    )
    records = [(added, r) for r in plan.additions] + [(changed, e.after) for e in plan.edits]
    for words, record in records:
        if not isinstance(record, Clue | Counter):
            title = table_of(type(record)).title
            yield words.fill(sheet=title).in_(lang), getattr(record, "clue", None) or ""
