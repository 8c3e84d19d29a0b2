"""What an action wants done: values only, nothing is carried out here."""

from __future__ import annotations

import dataclasses
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from cluebook.domain.clue import Clue
from cluebook.domain.dashboard import Board
from cluebook.domain.fields import Column, columns
from cluebook.errors import Problem
from cluebook.text import Text

BY_ROW = "#"
"""Before the worksheet row that a clue without a number is called by."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """When an action is taken, and by whom."""

    at: datetime
    by: str

    @property
    def today(self) -> date:
        """The day of the action."""
        return self.at.date()


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the record of one row; a row's unchanged fields are not written."""

    row: int
    before: Any
    after: Any

    def changes(self) -> Iterator[tuple[Column, object, object]]:
        """Return each field that changes, with its old and new value."""
        for column in columns(type(self.after)):
            old, new = getattr(self.before, column.name), getattr(self.after, column.name)
            if old != new:
                yield column, old, new


@dataclass(frozen=True, slots=True)
class Paper:
    """A Word document to be made.

    Attributes:
        kind: id of the document in `documents.DOCUMENTS`.
        subject: what names the folder: a clue's number or entry number, else the kind of list.
        year: the folder of the year.
        file: the file name.
        context: every value the template may use, as plain text, lists and mappings of it.
        code: text of the QR code in the header, if the template has one.
    """

    kind: str
    subject: str
    year: int
    file: str
    context: Mapping[str, object]
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A document from outside that is kept with the papers of its clue.

    Attributes:
        subject: number of the clue.
        year: the folder of the year.
        file: the file name it gets.
        content: the document as it came.
        inbox: where it lies in the inbox, which it then leaves.
    """

    subject: str
    year: int
    file: str
    content: bytes = field(repr=False)
    inbox: Path | None = None


@dataclass(frozen=True, slots=True)
class Parcel:
    """All files of a clue, packed into one for the archive.

    Attributes:
        subject: number of the clue.
        names: the names of its folders: its number, and what it was called before it had one.
        year: the folder of the year.
        file: name of the packed file.
    """

    subject: str
    names: tuple[str, ...]
    year: int
    file: str


@dataclass(frozen=True, slots=True)
class Overdue:
    """One deadline that has passed."""

    number: str
    kind: str
    label: Text
    due: date
    days: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything one action wants done, and the problems of the clues it cannot do.

    Attributes:
        edits: rows to change.
        additions: records to append, each to its own table.
        papers: documents to make.
        enclosures: documents from outside to keep.
        parcels: cases to pack, the papers made now among them.
        done: the clues that are done: number, or entry number before one is given.
        notices: what the user should know.
        problems: why the other clues are not done.
        reasons: reason of the change by clue, for the trail.
        acts: by clue, what the trail calls what was done, where that is not the name of the action.
        overdue: the deadlines found passed.
        boards: how the office stands, if that was asked.
    """

    edits: tuple[Edit, ...] = ()
    additions: tuple[Any, ...] = ()
    papers: tuple[Paper, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    done: tuple[str, ...] = ()
    notices: tuple[Text, ...] = ()
    problems: tuple[Problem, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    acts: Mapping[str, Text] = field(default_factory=dict)
    overdue: tuple[Overdue, ...] = ()
    boards: tuple[Board, ...] = ()


def combine(plans: Iterable[Plan]) -> Plan:
    """Return several plans as one, in their order."""
    parts = list(plans)
    joined: dict[str, Any] = {}
    for each in dataclasses.fields(Plan):
        values = [getattr(part, each.name) for part in parts]
        by_clue = each.name in {"reasons", "acts"}
        joined[each.name] = (
            dict(ChainMap(*reversed(values))) if by_clue else tuple(chain.from_iterable(values))
        )
    return Plan(**joined)


def folded(plan: Plan) -> Plan:
    """Return a plan in which each row is changed once: from what stands there now to what it is at last."""
    edits: dict[tuple[type, int], Edit] = {}
    additions = list(plan.additions)
    for edit in plan.edits:
        key = type(edit.after), edit.row
        if edit.before in additions:  # of a row that the plan itself adds
            additions[additions.index(edit.before)] = edit.after
        else:
            edits[key] = replace(edit, before=edits[key].before if key in edits else edit.before)
    return replace(
        plan, edits=tuple(edits.values()), additions=tuple(additions), done=tuple(dict.fromkeys(plan.done))
    )


def name_of(clue: Clue, row: int) -> str:
    """Return what a clue is called: its number, else its entry number, else its row."""
    return clue.number or clue.entry_no or f"{BY_ROW}{row}"
