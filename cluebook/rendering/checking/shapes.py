"""What documents a template can make: whether each of them has the shape that Word needs.

A template is written out with every block in it, with none, and with one at a time more or less. What is wrong with
one of these documents is told at the place in the template that it comes from.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cluebook.errors import Problem
from cluebook.rendering.checking.told import fault
from cluebook.rendering.language import TAG, Unreadable, scope_of, tree_of
from cluebook.rendering.steps import Steps, blocks_of, sketch, steps_of
from cluebook.rendering.stories import Element, Passage, Story, W, spot, where
from cluebook.text import Text

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

_AT = "cluebook-at"
"""The attribute that tells, in a document written out, which element of the template one comes from."""
_PLACES = tuple(f"{W}{name}" for name in ("tbl", "tr", "tc", "p"))
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag"))
_BLOCKS = frozenset({f"{W}p", f"{W}tbl", *_WRAPPERS, f"{W}altChunk"})
_TOKEN = re.compile(
    r"<\?cluebook \d+ (?P<role>.)\?>|<[!?].*?>|<(?P<ends>/?)(?P<name>[\w:.-]+)(?:\"[^\"]*\"|'[^']*'|[^>\"'])*?(?P<empty>/?)>",
    re.DOTALL,
)
_NEVER_BARE = frozenset({f"{W}body", f"{W}footnotes"})
_MOST = 200
"""Blocks in one story past which not every variation is tried."""

_CUT = Text(
    "这里开始的 if 或 for 打断了表格、行或单元格：开头和结尾不在同一层",
    "the if or for that opens here cuts through a table, row or cell: it does not close at the same level",
)
_CUT_FIX = Text(
    "表格里的行用 {%tr … %}，各占一行；整张表用表格之外的 {%p … %}，各占一段。",
    "Rows of a table go between {%tr … %}, each in a row of its own; a whole table between {%p … %} outside it.",
)
_BARE_CELL = Text(
    "单元格最后一段会随标记消失，Word 打不开这样的文件",
    "the last paragraph of the cell goes away with its tag; Word cannot open such a file",
)
_BARE_CELL_FIX = Text(
    "请在这个单元格的末尾另留一个空段。", "Leave an empty paragraph at the end of the cell."
)
_BARE: Mapping[str, tuple[Text, Text]] = {
    "tr": (
        Text("有时这一行一个单元格也不剩", "at times no cell is left of this row"),
        Text(
            "请用 {%tr … %} 去掉整行，或留下一个单元格。",
            "Take out the whole row with {%tr … %}, or leave a cell in it.",
        ),
    ),
    "tbl": (
        Text("有时这张表一行也不剩", "at times no row is left of this table"),
        Text(
            "请留下表头行，或在 for 里加 {%tr else %} 和一行“无”，或用 {%p if … %} 去掉整张表。",
            "Leave a head row, add {%tr else %} with a row that says none, or take out the whole table with {%p if … %}.",
        ),
    ),
    "story": (
        Text("有时这里一段也不剩", "at times no paragraph is left here"),
        Text("请在末尾另留一个空段。", "Leave an empty paragraph at the end."),
    ),
}
_JOINED = Text("有时这张表与前一张表连成一张", "at times this table runs into the one before it")
_JOINED_FIX = Text(
    "请在两张表之间留一个不随标记消失的空段。",
    "Leave an empty paragraph between the tables that no tag takes away.",
)

_Choices = Mapping[int, int]
_Found = tuple[Element, Text, Text, bool]
"""An element of a document written out, what is wrong with it, what to do, and whether Word cannot open it."""


def shape_faults(
    document: DocxTemplate, story: Story, openings: Sequence[Passage], file: str, *, only_fatal: bool
) -> list[Problem]:
    """Return what is wrong with the documents that a story can make, each once.

    Args:
        document: the opened template.
        story: one of its texts, its tags readable and in pairs.
        openings: the passages where its blocks open, in reading order.
        file: name of the template.
        only_fatal: leave out what Word opens all the same.
    """
    places, source = _numbered(document, story)
    try:
        steps = steps_of(tree_of(source))
    except Unreadable:
        return []
    cut = _first_cut(sketch(steps, 0))
    if cut is not None:
        place = where(openings[cut]) if cut < len(openings) else story.name
        return [fault("template_syntax", file, place, _CUT, _CUT_FIX)]
    found: dict[Problem, None] = {}
    if only_fatal and not any(_empties_cell(passage) for passage in openings):
        return []
    origins = {str(n): element for n, element in enumerate(places)}
    for text in dict.fromkeys(_written_out(steps)):
        for element, wrong, fix, is_fatal in _misshapen(text, origins):
            if is_fatal or not only_fatal:
                place = spot(origins.get(element.get(_AT), story.root), story.root, story.name)
                found[
                    fault("template_syntax" if is_fatal else "template_layout", file, place, wrong, fix)
                ] = None
    return list(found)


def _empties_cell(passage: Passage) -> bool:
    """Return whether a tag of a passage takes paragraphs out of a table cell."""
    paragraph = passage.paragraph
    in_cell = paragraph is not None and next(paragraph.iterancestors(f"{W}tc"), None) is not None
    return in_cell and any(scope_of(tag) == "p" for tag in TAG.findall(passage.text))


def _numbered(document: DocxTemplate, story: Story) -> tuple[list[Element], str]:
    """Return the places of a story, and what docxtpl makes of it for jinja with each place numbered."""
    numbered = copy.deepcopy(story.root)
    for n, element in enumerate(numbered.iter(*_PLACES)):
        element.set(_AT, str(n))
    return list(story.root.iter(*_PLACES)), document.patch_xml(document.xml_to_string(numbered))


def _first_cut(drawn: str) -> int | None:
    """Return which block of a sketch, counted as it opens, does not close in the element that it opens in."""
    elements: list[int] = [0]
    blocks: list[tuple[int, int]] = []
    opened = count = 0
    for token in _TOKEN.finditer(drawn):
        role, name = token["role"], token["name"]
        if role == "{":
            blocks.append((opened, elements[-1]))
            opened += 1
        elif role in {"|", "}"}:
            block, inside = blocks[-1]
            if elements[-1] != inside:
                return block
            if role == "}":
                blocks.pop()
        elif name and token["ends"]:
            if len(elements) == 1 or (blocks and elements[-1] == blocks[-1][1]):
                return blocks[-1][0] if blocks else None
            elements.pop()
        elif name and not token["empty"]:
            count += 1
            elements.append(count)
    return None


def _written_out(steps: Steps) -> Iterator[str]:
    """Return documents of a story: with every block, with none, and with one at a time otherwise."""
    options = list(_options(steps))
    fullest = {n: 0 for n, _ in enumerate(options)}
    barest = {n: count - 1 for n, count in enumerate(options)}
    yield _text(steps, fullest)
    yield _text(steps, barest)
    for n, count in list(enumerate(options))[:_MOST]:
        yield from (_text(steps, fullest | {n: option}) for option in range(1, count))
        yield from (_text(steps, barest | {n: option}) for option in range(count - 1))


def _options(steps: Steps) -> Iterator[int]:
    """Return how many ways there are for each block, in the order they open."""
    for action in steps[1::2]:
        blocks = blocks_of(action)
        if blocks:
            yield len(blocks) + (action[0] == "for")
            for block in blocks:
                yield from _options(block)


def _text(steps: Steps, choices: _Choices) -> str:
    pieces: list[str] = []
    _write(steps, choices, 0, pieces, is_shown=True)
    return "".join(pieces)


def _write(steps: Steps, choices: _Choices, n: int, pieces: list[str], *, is_shown: bool) -> int:
    """Add the text of steps with each block as chosen, and return the number of the next block.

    The first option of a loop is to run twice, then once, then not at all.
    """
    pieces += [steps[0]] if is_shown else []
    for action, text in zip(steps[1::2], steps[2::2], strict=True):
        blocks = blocks_of(action)
        if blocks:
            here, n = choices[n], n + 1
            times = (
                [max(0, 2 - here), int(here == 2)]
                if action[0] == "for"
                else [int(i == here) for i in range(len(blocks))]
            )
            for block, count in zip(blocks, times, strict=True):
                for _ in range(count):
                    after = _write(block, choices, n, pieces, is_shown=is_shown)
                n = after if count else _write(block, choices, n, pieces, is_shown=False)
        if is_shown:
            pieces += ["x" if not blocks else "", text]
    return n


def _misshapen(text: str, origins: Mapping[str, Element]) -> Iterator[_Found]:
    """Return the elements of a document that do not have what they need, and whether Word cannot open it then."""
    from docx.oxml import parse_xml

    root: Any = parse_xml(text)
    yield from (
        (cell, _BARE_CELL, _BARE_CELL_FIX, True)
        for cell in root.iter(f"{W}tc")
        if not _ends_in_paragraph(cell)
    )
    for name, inner in (("tr", "tc"), ("tbl", "tr")):
        for element in root.iter(f"{W}{name}"):
            if next(element.iter(f"{W}{inner}"), None) is None:
                yield element, *_BARE[name], False
    for holder in (root, *root.iter(f"{W}txbxContent")):
        if not any(child.tag in _BLOCKS for child in holder) and holder.tag not in _NEVER_BARE:
            yield holder, *_BARE["story"], False
    yield from _joined(root, origins)


def _joined(root: Element, origins: Mapping[str, Element]) -> Iterator[_Found]:
    """Return the tables that follow another one directly, though not in the template."""
    for table in root.iter(f"{W}tbl"):
        before = table.getprevious()
        if before is not None and before.tag == f"{W}tbl":
            was = origins[table.get(_AT)].getprevious()
            if was is None or was is not origins[before.get(_AT)]:
                yield table, _JOINED, _JOINED_FIX, False


def _ends_in_paragraph(holder: Element) -> bool:
    """Return whether the last block of a cell is a paragraph, in a content control or not."""
    blocks = [child for child in holder if child.tag in _BLOCKS]
    if blocks and blocks[-1].tag in _WRAPPERS:
        return _ends_in_paragraph(blocks[-1])
    return bool(blocks) and blocks[-1].tag == f"{W}p"
