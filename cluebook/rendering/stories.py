"""The passages a Word template is made of, and where in it each stands."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cluebook.errors import Place, Problem, TemplateError
from cluebook.text import Text

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Element = Any
"""An XML element of python-docx, which publishes no type for it."""

_LARGEST = 64_000_000
_TITLE = Text("标题属性", "title property")
_BODY = Text("正文", "body")
_EDGES = {"/header": Text("页眉", "header"), "/footer": Text("页脚", "footer")}
_RESTORE = Text(
    "或用 cluebook templates restore 恢复原样。", "or restore it with: cluebook templates restore."
)


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


def content_of(template: Path) -> bytes:
    """Return the bytes of a template, or raise `TemplateError`."""
    if not template.is_file():
        raise TemplateError(_missing(template.name))
    try:
        return template.read_bytes()
    except OSError:
        raise TemplateError(_damaged(template.name)) from None


def opened(content: bytes, file: str) -> DocxTemplate:
    """Return a Word template of this content and file name ready to be filled, or raise `TemplateError`."""
    from docxtpl import DocxTemplate

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            size = sum(member.file_size for member in package.infolist())
        document = DocxTemplate(io.BytesIO(content))
        document.init_docx()
        fits = size <= _LARGEST and document.docx.element.body is not None
    except Exception:  # noqa: BLE001 - python-docx names no errors for a package that is not well formed
        fits = False
    if not fits:
        raise TemplateError(_damaged(file))
    return document


def stories(document: DocxTemplate) -> Iterator[tuple[Text, Element]]:
    """Return body, headers and footers of a template, each with its name."""
    main = document.docx.part
    yield _BODY, main.element.body
    for relation in main.rels.values():
        name = _EDGES.get(relation.reltype[relation.reltype.rfind("/") :])
        if name is not None:
            yield name, relation.target_part.element


def passages(document: DocxTemplate) -> Iterator[Passage]:
    """Return the title property and every paragraph, those in table cells too, in reading order."""
    yield Passage(_TITLE, None, None, document.docx.core_properties.title)
    for story, root in stories(document):
        for paragraph in root.iter(f"{W}p"):
            yield Passage(story, root, paragraph, "".join(t.text or "" for t in paragraph.iter(f"{W}t")))


def where(passage: Passage) -> Text:
    """Return the place of a passage in words: story and table cell, or story and paragraph number."""
    story, root, paragraph = passage.story, passage.root, passage.paragraph
    if root is None or paragraph is None:
        return story
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    if cell is None:
        n = _position(paragraph, root)
        return Text(f"{story.zh}第{n}段", f"{story.en}, paragraph {n}")
    row = next(cell.iterancestors(f"{W}tr"))
    table = next(row.iterancestors(f"{W}tbl"))
    t, r, c = _position(table, root), _position(row, table), _position(cell, row)
    return Text(f"{story.zh}表{t}第{r}行第{c}格", f"{story.en}, table {t}, row {r}, cell {c}")


def _position(element: Element, within: Element) -> int:
    """Return which of its kind an element is, counted from 1."""
    return 1 + next(i for i, other in enumerate(within.iter(element.tag)) if other is element)


def _missing(file: str) -> Problem:
    return Problem(
        "template_missing",
        Place(file=file),
        Text("没有找到这个模板。", "This template was not found."),
        Text(f"请把它放回模板文件夹，{_RESTORE.zh}", f"Put it back into the templates folder, {_RESTORE.en}"),
    )


def _damaged(file: str) -> Problem:
    return Problem(
        "template_damaged",
        Place(file=file),
        Text("不是可用的 Word 文件（.docx）。", "It is not a usable Word file (.docx)."),
        Text(
            f"请用 Word 打开后另存为 .docx，{_RESTORE.zh}",
            f"Open it in Word and save it as .docx, {_RESTORE.en}",
        ),
    )
