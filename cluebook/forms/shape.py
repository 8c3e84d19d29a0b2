"""What a form is made of, and what one says when it has come back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cluebook.documents import DOCUMENTS, MANY, ONE
from cluebook.domain.clue import Clue
from cluebook.domain.fields import Choice, Column, column_of
from cluebook.errors import Problem
from cluebook.text import Text

NUMBER, SLIP, OFFICE = "number", "clue.slip_no", "office"
"""Tags of what tells whose form it is; it comes back as it went out."""

FACTS: Mapping[str, Text] = {
    NUMBER: column_of(Clue, "number").text,
    SLIP: column_of(Clue, "slip_no").text,
    OFFICE: Text("单位名称", "Office"),
}
"""What each is called, by tag."""

TICKED, UNTICKED = "☒", "☐"
BOXES = {**dict.fromkeys("☑☒✓✔√✗✘■▣", TICKED), **dict.fromkeys("□☐▢", UNTICKED)}
"""Every way to draw a box, and which of the two it is."""

_MOST_BOXES = 3
"""Words up to which a choice is made by ticking a box, on screen or on paper, and not from a list."""

PROMPT = Text("请选择", "Choose")
"""What a drop-down shows until something is chosen."""


@dataclass(frozen=True, slots=True)
class Blank:
    """One thing a form asks for.

    Attributes:
        name: record and field, as ``clue.handler``; the tag of its control.
        label: what stands beside it, above it, or at the head of its column.
        column: the column of the ledger that takes it.
    """

    name: str
    label: Text
    column: Column

    @property
    def field(self) -> str:
        """The field of the record."""
        return self.name.partition(".")[2]

    @property
    def record(self) -> Any:  # noqa: ANN401 - mypy takes no type for a hashable
        """The record that it belongs to."""
        return record_of(self.name)

    @property
    def boxes(self) -> Mapping[Choice, str]:
        """The tag of a box for each word there is to choose; none where they are too many to stand side by side."""
        kind = self.column.type
        words = list(kind) if issubclass(kind, Choice) else []
        return {word: f"{self.name}={word.name}" for word in words} if len(words) <= _MOST_BOXES else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One way to answer a form.

    Attributes:
        action: id of the action that takes it.
        blanks: what is filled in for it.
        box: the label of the box that is ticked for it, where a form has several answers.
        rows: whether it is a table with a line for each record.
        pair: for an action that takes what it is told as ``item=result``: those two fields, the first of which is printed.
        dated: the blank that says on which day it was given, if one does.
    """

    action: str
    blanks: tuple[Blank, ...]
    box: Text | None = None
    rows: bool = False
    pair: tuple[str, str] | None = None
    dated: Blank | None = None

    @property
    def asked(self) -> tuple[Blank, ...]:
        """Everything that is filled in, with the day."""
        return (*self.blanks, self.dated) if self.dated else self.blanks

    @property
    def names(self) -> frozenset[str]:
        """The names of what is filled in."""
        return frozenset(blank.name for blank in self.asked)

    @property
    def printed(self) -> frozenset[str]:
        """The names of what stands in each line before anything is filled in."""
        return frozenset(blank.name for blank in self.blanks if self.pair and blank.field == self.pair[0])

    @property
    def tag(self) -> str:
        """Tag of its box."""
        return f"answer.{self.action}"

    @property
    def record(self) -> Any:  # noqa: ANN401 - mypy takes no type for a hashable
        """The type that its rows make."""
        return self.blanks[0].record


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One kind of form.

    Attributes:
        kind: id of the document in `documents.DOCUMENTS`.
        answers: the ways to answer it, one of which is ticked; without boxes, the parts that may be filled in.
        issued: whether it goes out with a step of its own, so that no blank one is ever made.
        routed: whether it goes with a routing slip, whose number it then bears.
        sent: name of the moment from which on it could be filled in.
        to: name of what tells which of several records it answers, as ``urge.number``; it comes back as it went out.
        while_blank: field of that record that is blank as long as it waits for its answer; without one, only the last waits.
        below: the heading of the part that is filled in, where what stands above it bears the same labels.
        until: the paragraph that ends the last passage, where it is a letter and no table.
    """

    kind: str
    answers: tuple[Answer, ...]
    issued: bool = False
    routed: bool = True
    sent: str = "clue.routed_at"
    to: str | None = None
    while_blank: str | None = None
    below: Text | None = None
    until: Text | None = None

    @property
    def tag(self) -> str:
        """Tag of the control around its title."""
        return f"form.{self.kind}"

    @property
    def title(self) -> Text:
        """What the office calls it."""
        return DOCUMENTS[self.kind].text

    @property
    def facts(self) -> Mapping[str, Text]:
        """What tells whose form it is and what it answers: labels by tag."""
        known = {tag: FACTS[tag] for tag in (*self.numbers, OFFICE)}
        if self.to is not None:
            known[self.to] = column_of(record_of(self.to), self.to.partition(".")[2]).text
        return known

    @property
    def numbers(self) -> tuple[str, ...]:
        """Tags of the numbers that it bears: of the clue, and of its slip."""
        return (NUMBER, SLIP) if self.routed else (NUMBER,)

    def blanks(self) -> Iterator[Blank]:
        """Return everything it asks for."""
        for answer in self.answers:
            yield from answer.asked

    def blank(self, name: str) -> Blank:
        """Return one thing it asks for; `KeyError` when it does not."""
        return {blank.name: blank for blank in self.blanks()}[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What a returned document says, each word as it stands there.

    Attributes:
        file: name of the file.
        digest: SHA-256 of its content.
        content: the file itself, to be kept with the clue.
        form: which form it is.
        said: what was filled in, by the name of the blank; nothing for what was left blank.
        rows: the filled lines of its tables, each by the name of the blank.
        ticked: tags of the boxes that are ticked.
        facts: where number, slip number and office stand in it, each with its tag and what it says there.
        around: what else may bear the number: title, running heads.
        words: all its words, for want of a control with the name of the office.
        sealed: whether its QR code is that of its number; ``None`` where no code can be made out.
        tracked: whether changes were tracked in it, which were read as accepted.
        inbox: where it lies, if that is the office's inbox, which it leaves once it is kept with its clue.
    """

    file: str
    digest: str
    content: bytes = field(repr=False)
    form: Form
    said: Mapping[str, str]
    rows: tuple[Mapping[str, str], ...] = ()
    ticked: frozenset[str] = frozenset()
    facts: tuple[tuple[str, str], ...] = ()
    around: tuple[str, ...] = ()
    words: str = ""
    sealed: bool | None = None
    tracked: bool = False
    inbox: Path | None = None

    def lines(self, answer: Answer) -> list[Mapping[str, str]]:
        """Return the filled lines of the table of one part."""
        return [row for row in self.rows if row.keys() <= answer.names]

    def facts_named(self, tag: str) -> frozenset[str]:
        """Return everything that stands in it for a number, a slip number or an office."""
        return frozenset(words for named, words in self.facts if named == tag and words)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came back at one time: the forms that could be read, and why the other files could not."""

    forms: tuple[Returned, ...] = ()
    unread: tuple[Problem, ...] = ()


def record_of(name: str) -> type:
    """Return the record that a name like ``log.measures`` belongs to."""
    return _RECORDS[name.partition(".")[0]]


def boxed(words: str) -> Iterator[tuple[bool, str]]:
    """Return each box in a text with whether it is ticked, and the words that follow it.

    >>> list(boxed("☒ 同意接收　　□ 退回"))
    [(True, '同意接收'), (False, '退回')]
    """
    marked = re.split(f"([{''.join(BOXES)}])", words)
    for mark, label in zip(marked[1::2], marked[2::2], strict=True):
        yield BOXES[mark] == TICKED, label.strip()


_RECORDS: Mapping[str, type] = {"clue": Clue, **ONE, **MANY}
