"""What stands on the pages of a Word document, as somebody who reads it sees it.

Tracked changes are read as accepted, hidden words not at all; a control that still shows its prompt is blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cluebook.forms import BOXES, PROMPT, TICKED, UNTICKED

Element = Any
"""An element of lxml, which publishes no type for it."""

_SYMBOLS: Mapping[str, str] = {
    "F052": TICKED, "F0FE": TICKED, "F0FD": TICKED, "F0FC": TICKED, "F050": TICKED, "F053": TICKED,
    "F0A8": UNTICKED, "F06F": UNTICKED, "F0A3": UNTICKED, "F071": UNTICKED,
}  # fmt: skip
"""Characters of the symbol fonts that Word draws boxes and ticks with."""

_GONE = frozenset({"del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback"})
_PASSED = frozenset({"ins", "moveTo", "smartTag", "customXml", "sdtContent", "AlternateContent", "Choice"})
_CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo"})
_FILLER = re.compile(r"[\s_＿/／.．…\-—–年月日:：]+")
_PROMPTS = frozenset(
    {
        *PROMPT, "单击或点击此处输入文字。", "单击此处输入文字。", "单击或点击以输入日期。", "单击此处输入日期。",
        "选择一项。", "Click or tap here to enter text.", "Click here to enter text.", "Click or tap to enter a date.",
        "Click here to enter a date.", "Choose an item.",
    }
)  # fmt: skip
"""What a blank control shows: the forms' own words and those that Word puts there when one is cleared."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or a cell with all its paragraphs: its words, and the tags of the controls in it."""

    words: str
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its rows of cells."""

    rows: tuple[tuple[Passage, ...], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A document.

    Attributes:
        blocks: its paragraphs and tables, in reading order.
        controls: what each tagged control says, as often as the tag occurs; a box says whether it is ticked.
        tracked: whether changes were tracked in it.
    """

    blocks: tuple[Passage | Grid, ...]
    controls: tuple[tuple[str, str], ...]
    tracked: bool


def page_of(body: Element) -> Page:
    """Return what stands in the body of a document, or in a running head."""
    eyes = _Eyes()
    blocks = tuple(eyes.blocks(next(body.iterchildren("{*}body"), body)))
    return Page(blocks, tuple(eyes.controls), eyes.tracked)


def is_blank(words: str) -> bool:
    """Return whether words say nothing: lines to write on, the marks of a date, a prompt.

    >>> is_blank("　　　年　　月　　日"), is_blank("____ / ____ / ________"), is_blank("请选择"), is_blank("无")
    (True, True, True, False)
    """
    return words.strip() in _PROMPTS or not _FILLER.sub("", words)


def _name(element: Element) -> str:
    tag = element.tag
    return tag[tag.rfind("}") + 1 :] if isinstance(tag, str) else ""


def _val(element: Element | None, name: str = "val") -> str:
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if key[key.rfind("}") + 1 :] == name), "")


@dataclass(slots=True)
class _Eyes:
    """What has been seen so far."""

    controls: list[tuple[str, str]] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    tracked: bool = False

    def blocks(self, parent: Element) -> Iterator[Passage | Grid]:
        for child in self._kept(parent):
            name = _name(child)
            if name == "p":
                yield self._passage(child)
            elif name == "tbl":
                yield Grid(tuple(self._rows(child)))
            elif name == "sdt":
                yield from self._control_of_blocks(child)

    def _control_of_blocks(self, control: Element) -> Iterator[Passage | Grid]:
        tag = _val(control.find("{*}sdtPr/{*}tag"))
        content = control.find("{*}sdtContent")
        inside = [] if content is None else list(self.blocks(content))
        words = "\n".join(block.words for block in inside if isinstance(block, Passage))
        if tag:
            self.controls.append((tag, "" if is_blank(words) else words))
        for block in inside:
            yield Passage(block.words, block.tags | {tag}) if tag and isinstance(block, Passage) else block

    def _rows(self, table: Element) -> Iterator[tuple[Passage, ...]]:
        for row in self._within(table, "tr"):
            properties = row.find("{*}trPr")
            if properties is not None and properties.find("{*}del") is not None:
                self.tracked = True
                continue
            yield tuple(self._cell(cell) for cell in self._within(row, "tc"))

    def _within(self, parent: Element, name: str) -> Iterator[Element]:
        """Return the rows of a table or the cells of a row, also those inside controls."""
        for child in self._kept(parent):
            if _name(child) == name:
                yield child
            elif _name(child) == "sdt" and (content := child.find("{*}sdtContent")) is not None:
                tag = _val(child.find("{*}sdtPr/{*}tag"))
                for inner in self._within(content, name):
                    if tag:
                        inner.set("cluebook", tag)
                    yield inner

    def _cell(self, cell: Element) -> Passage:
        inside = list(self.blocks(cell))
        passages = [block for block in inside if isinstance(block, Passage)]
        # A table inside a cell is read line by line: nobody asks for one, but its words are not lost.
        passages += [
            each for block in inside if isinstance(block, Grid) for row in block.rows for each in row
        ]
        words = "\n".join(passage.words for passage in passages).strip()
        tags = frozenset[str]().union(*(passage.tags for passage in passages))
        if around := cell.get("cluebook"):
            self.controls.append((around, "" if is_blank(words) else words))
            tags |= {around}
        return Passage(words, tags)

    def _passage(self, paragraph: Element) -> Passage:
        before, self.tags = self.tags, set()
        words = "".join(self._pieces(paragraph)).strip()
        tags, self.tags = frozenset(self.tags), before
        return Passage(words, tags)

    def _pieces(self, parent: Element) -> Iterator[str]:
        for child in self._kept(parent):
            name = _name(child)
            if name == "t":
                yield child.text or ""
            elif name in {"r", "hyperlink", "fldSimple"}:
                if not self._is_hidden(child):
                    yield from self._pieces(child)
            elif name == "sdt":
                yield self._control(child)
            elif name in {"tab", "br", "cr"}:
                yield "\t" if name == "tab" else "\n"
            elif name == "noBreakHyphen":
                yield "-"
            elif name == "sym":
                yield _SYMBOLS.get(_val(child, "char").upper(), "")

    def _control(self, control: Element) -> str:
        """Return what a control inside a paragraph says; a prompt says nothing."""
        properties, content = control.find("{*}sdtPr"), control.find("{*}sdtContent")
        words = "" if content is None else "".join(self._pieces(content))
        box = None if properties is None else properties.find("{*}checkbox")
        if box is not None:
            words = TICKED if self._is_ticked(box, words) else UNTICKED
        elif is_blank(words):
            words = ""
        if tag := _val(properties.find("{*}tag") if properties is not None else None):
            self.tags.add(tag)
            self.controls.append((tag, words.strip()))
        return words

    def _is_ticked(self, box: Element, words: str) -> bool:
        """A box is ticked where it shows so; some programs set the mark and leave the drawing as it was."""
        marked = _val(box.find("{*}checked")) in {"1", "true", "on"}
        return marked or any(BOXES.get(character) == TICKED for character in words)

    def _is_hidden(self, run: Element) -> bool:
        vanish = run.find("{*}rPr/{*}vanish")
        return vanish is not None and _val(vanish) not in {"0", "false", "off"}

    def _kept(self, parent: Element) -> Iterator[Element]:
        """Return the children that are there once all changes are accepted; wrappers give way to what they hold."""
        for child in parent:
            name = _name(child)
            if name in _CHANGES:
                self.tracked = True
            if name in _GONE:
                continue
            if name in _PASSED:
                yield from self._kept(child)
            else:
                yield child
