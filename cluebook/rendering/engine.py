"""Filling a template: the only place where docxtpl runs."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cluebook.errors import Place, Problem, TemplateError
from cluebook.rendering.checking import faults
from cluebook.rendering.language import environment
from cluebook.rendering.stories import Element, opened
from cluebook.rendering.traces import clear, stamp
from cluebook.rendering.values import names, plain
from cluebook.text import Lang, Text

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

PICTURE = "qr"
"""Alternative text of the picture that gives way to the QR code."""


def render(
    template: Path, context: Mapping[str, object], lang: Lang, *, created: datetime, qr: str | None = None
) -> bytes:
    """Return a template filled with the context, as the bytes of a .docx; equal calls give equal bytes.

    Args:
        template: the office's own .docx.
        context: texts, whole numbers, and lists and groups of them.
        lang: language the document is written in.
        created: time its properties show.
        qr: what the QR code says, if the template has a place for one: the clue's number, never more.

    Raises:
        TemplateError: the template cannot be used, or a text is too long; every fault is listed.
    """
    document = opened(template)
    values = plain(context)
    clear(document)
    found = faults(document, names(values), template.name)
    if found:
        raise TemplateError(*found)
    title = document.docx.core_properties.title
    stamp(document, "", created, lang)
    stamp(document, _filled(document, title, values, template.name), created, lang)
    if qr is not None:
        document.allow_missing_pics = True
        document.replace_pic(PICTURE, io.BytesIO(_picture(qr)))
    saved = io.BytesIO()
    document.save(saved)
    return _repacked(saved, created)


def _filled(document: DocxTemplate, title: str, values: Mapping[str, object], file: str) -> str:
    """Fill body, headers and footers in place and return the filled title."""
    from jinja2 import TemplateError as JinjaError

    document.fix_tables = _strict(document.fix_tables)
    try:
        document.render(dict(values), environment())
        return html.unescape(environment().from_string(title).render(values))
    except (JinjaError, SyntaxError):  # lxml's XML errors are Python SyntaxErrors
        raise TemplateError(_unfillable(file)) from None


def _strict(fix_tables: Callable[[str], Element]) -> Callable[[str], Element]:
    """Return docxtpl's table repair, refusing what it would silently lose: XML that is not well formed."""
    from docxtpl.template import parse_xml

    def fixed(xml: str) -> Element:
        parse_xml(xml)
        return fix_tables(xml)

    return fixed


def _picture(words: str) -> bytes:
    import segno

    drawn = io.BytesIO()
    segno.make(words, error="m", micro=False).save(drawn, kind="png", scale=6, border=2)
    return drawn.getvalue()


def _repacked(saved: io.BytesIO, created: datetime) -> bytes:
    """Return a package with the same members, all dated `created`."""
    packed = io.BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, created.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return packed.getvalue()


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
