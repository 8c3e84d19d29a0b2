"""The passages a Word template is made of, and where in it each stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cluebook.text import Text, same

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
Element = Any
"""An XML element of python-docx, which publishes no type for it."""

_TITLE = Text("标题属性", "title property")
_BODY = Text("正文", "body")
_NOTES = Text("脚注", "footnotes")
_EDGES = {"header": Text("页眉", "header"), "footer": Text("页脚", "footer")}
_PAGES = {"first": Text("首页{edge}", "first-page {edge}"), "even": Text("偶数页{edge}", "even-page {edge}")}
_OF_SECTION = Text("第{n}节{edge}", "{edge} of section {n}")
_TABLE = Text("{story}表{table}", "{story}, table {table}")
_ROW = Text("{story}第{row}行", "{story}, row {row}")
_CELL = Text("{story}第{cell}格", "{story}, cell {cell}")
_BOX = Text("{story}文本框{box}", "{story}, text box {box}")
_PARAGRAPH = Text("{story}第{n}段", "{story}, paragraph {n}")


@dataclass(frozen=True, slots=True)
class Story:
    """A running text of a template.

    Attributes:
        name: what it is called: body, header, footer, footnotes.
        root: its XML element.
        relations: what its part points to, by the keys its elements use.
    """

    name: Text
    root: Element
    relations: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of a template, or its title property.

    Attributes:
        story: name of the text it belongs to.
        root: XML element of that text; ``None`` for the title property.
        paragraph: its own XML element; ``None`` for the title property.
        text: its words, however many runs they are in.
    """

    story: Text
    root: Element | None
    paragraph: Element | None
    text: str


def stories(document: DocxTemplate) -> Iterator[Story]:
    """Return body, headers, footers and footnotes of a template: all that is filled in."""
    from docx.oxml import parse_xml

    main = document.docx.part
    names = _edges(main.element.body)
    yield Story(_BODY, main.element.body, main.rels)
    for key, relation in main.rels.items():
        kind = relation.reltype.rpartition("/")[2]
        if relation.is_external or kind not in (*_EDGES, "footnotes"):
            continue
        part = relation.target_part
        if kind == "footnotes":
            yield Story(_NOTES, parse_xml(part.blob), part.rels)
        elif hasattr(part, "element"):
            yield Story(names.get(key, _EDGES[kind]), part.element, part.rels)


def passages(document: DocxTemplate) -> Iterator[Passage]:
    """Return the title property and every paragraph, those in table cells too, in reading order."""
    yield Passage(_TITLE, None, None, document.docx.core_properties.title)
    for story in stories(document):
        yield from passages_of(story)


def passages_of(story: Story) -> Iterator[Passage]:
    """Return every paragraph of a story in reading order; what older programs show instead is left out."""
    for paragraph in story.root.iter(f"{W}p"):
        if next(paragraph.iterancestors(_FALLBACK), None) is None:
            yield Passage(story.name, story.root, paragraph, words_of(paragraph))


def words_of(element: Element) -> str:
    """Return the words of a paragraph, cell or row, without those of a text box that is anchored in it."""
    boxed = f"{W}txbxContent"
    inside = sum(1 for _ in element.iterancestors(boxed))
    texts = element.iter(f"{W}t")
    return "".join(t.text or "" for t in texts if sum(1 for _ in t.iterancestors(boxed)) == inside)


def where(passage: Passage) -> Text:
    """Return the place of a passage in words: story, table, row, cell and paragraph."""
    if passage.root is None:
        return passage.story
    return spot(passage.paragraph, passage.root, passage.story)


def spot(element: Element, root: Element, story: Text) -> Text:
    """Return the place of a paragraph, cell, row or table, or of what stands in one, in words."""
    around = next(element.iterancestors(f"{W}txbxContent"), root)
    if around is not root:
        boxes = [
            box for box in root.iter(f"{W}txbxContent") if next(box.iterancestors(_FALLBACK), None) is None
        ]
        story = _BOX.fill(story=story, box=1 + _which(around, boxes))
    table, row, cell, paragraph = (_holder(element, name, around) for name in ("tbl", "tr", "tc", "p"))
    if table is not None:
        story = _TABLE.fill(story=story, table=1 + _which(table, list(around.iter(f"{W}tbl"))))
        if row is not None and _holder(row, "tbl", around) is table:
            story = _ROW.fill(story=story, row=1 + _which(row, _own(table, "tr", "tbl")))
            if cell is not None and _holder(cell, "tr", around) is row:
                story = _CELL.fill(story=story, cell=1 + _which(cell, _own(row, "tc", "tr")))
    if paragraph is None:
        return story
    beside = _own(cell, "p", "tc") if cell is not None else _loose(around)
    if cell is not None and len(beside) == 1:
        return story
    return _PARAGRAPH.fill(story=story, n=1 + _which(paragraph, beside))


def _holder(element: Element, name: str, within: Element) -> Element | None:
    """Return the element itself or its nearest ancestor of this name, not looking outside `within`."""
    for each in (element, *element.iterancestors()):
        if each is within:
            return None
        if each.tag == f"{W}{name}":
            return each
    return None


def _own(element: Element, name: str, kind: str) -> list[Element]:
    """Return the rows of a table, cells of a row or paragraphs of a cell, without those of a table inside it."""
    return [each for each in element.iter(f"{W}{name}") if next(each.iterancestors(f"{W}{kind}")) is element]


def _loose(around: Element) -> list[Element]:
    """Return the paragraphs of a text that stand in no table."""
    return [each for each in around.iter(f"{W}p") if _holder(each, "tc", around) is None]


def _which(element: Element, among: list[Element]) -> int:
    return next((n for n, other in enumerate(among) if other is element), 0)


def _edges(body: Element) -> dict[str, Text]:
    """Return what each header and footer is called, by its key: on which pages of which section it stands."""
    sections = list(body.iter(f"{W}sectPr"))
    names: dict[str, Text] = {}
    for n, section in enumerate(sections, 1):
        for reference in section.iter(f"{W}headerReference", f"{W}footerReference"):
            edge = _EDGES["header" if reference.tag == f"{W}headerReference" else "footer"]
            pages = _PAGES.get(reference.get(f"{W}type"))
            name = pages.fill(edge=edge) if pages else edge
            key = reference.get(f"{REL}id")
            names.setdefault(key, name if len(sections) == 1 else _OF_SECTION.fill(n=same(n), edge=name))
    return names
