"""Filling a template with docxtpl itself: what every faster way is measured against, and falls back to."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cluebook.errors import Place, Problem, TemplateError
from cluebook.rendering.checking import faults
from cluebook.rendering.language import environment, is_readable
from cluebook.rendering.opening import opened
from cluebook.rendering.packing import package, packed
from cluebook.rendering.pictures import PICTURE
from cluebook.rendering.stories import Element
from cluebook.rendering.traces import clear, stamp
from cluebook.rendering.values import Value, names
from cluebook.text import Lang, Text

if TYPE_CHECKING:
    import jinja2
    from docxtpl import DocxTemplate


def document_of(
    content: bytes,
    file: str,
    values: Mapping[str, Value],
    lang: Lang,
    *,
    created: datetime,
    picture: bytes | None = None,
) -> bytes:
    """Return a template filled with cleaned values, as the bytes of a .docx.

    Raises:
        TemplateError: the template cannot be used; every fault is listed.
    """
    document = opened(content, file)
    clear(document)
    found = faults(document, names(values), file)
    if found:
        raise TemplateError(*found)
    title = document.docx.core_properties.title
    stamp(document, "", created, lang)
    stamp(document, _filled(document, title, values, file), created, lang)
    if picture is not None:
        document.allow_missing_pics = True
        document.replace_pic(PICTURE, io.BytesIO(picture))
    members = saved(document)
    return package((packed(name, member) for name, member in members), created)


def saved(document: DocxTemplate) -> list[tuple[str, bytes]]:
    """Return the members of a filled document, in their order."""
    written = io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source:
        return [(member.filename, source.read(member)) for member in source.infolist()]


@dataclass(frozen=True, slots=True)
class _Guarded:
    """The environment as docxtpl is given it: no part of a template gets round the language, wherever it stands."""

    def from_string(self, source: str) -> jinja2.Template:
        from jinja2 import TemplateSyntaxError

        if not is_readable(source):
            raise TemplateSyntaxError("not in the language of templates", 1)
        return environment().from_string(source)


def _filled(document: DocxTemplate, title: str, values: Mapping[str, Value], file: str) -> str:
    """Fill body, headers and footers in place and return the filled title."""
    from jinja2 import TemplateError as JinjaError

    document.fix_tables = _strict(document.fix_tables)
    try:
        document.render(dict(values), _Guarded())
        return html.unescape(environment().from_string(title).render(values))
    except (JinjaError, SyntaxError, TypeError, AttributeError, ValueError):
        # lxml's XML errors are Python SyntaxErrors; a filter may meet a number where it wants a list; docxtpl may
        # meet a table without a grid, or with widths that are none.
        raise TemplateError(_unfillable(file)) from None


def _strict(fix_tables: Callable[[str], Element]) -> Callable[[str], Element]:
    """Return docxtpl's table repair, refusing what it would silently lose: XML that is not well formed."""
    from docxtpl.template import parse_xml

    def fixed(xml: str) -> Element:
        parse_xml(xml)
        return fix_tables(xml)

    return fixed


def _unfillable(file: str) -> Problem:
    return Problem(
        "template_syntax",
        Place(file=file),
        Text(
            "标记打断了表格或段落，或打印了整组内容，无法生成文书。",
            "Its tags cut through a table or paragraph, or print a whole group; no document can be made of it.",
        ),
        Text(
            "请撤销最近的修改，或用 cluebook templates restore 恢复原样。",
            "Undo the last edits, or restore it with: cluebook templates restore.",
        ),
    )
