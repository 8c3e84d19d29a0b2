"""Filling a template: read and proved once, then filled as fast as its plan allows, by docxtpl where it must be."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from cluebook.rendering import plans
from cluebook.rendering.compiled import Compiled, compiled
from cluebook.rendering.opening import content_of
from cluebook.rendering.pictures import qr_picture
from cluebook.rendering.program import Unfit
from cluebook.rendering.values import plain
from cluebook.text import Lang

_MOST = 40
_compiled: dict[Path, tuple[bytes, Compiled]] = {}
"""The templates used last, each with the content it was compiled from."""
_changing = threading.Lock()


def render(
    template: Path,
    context: Mapping[str, object],
    lang: Lang,
    *,
    created: datetime,
    qr: str | None = None,
    cache: Path | None = None,
) -> bytes:
    """Return a template filled with the context, as the bytes of a .docx; equal calls give equal bytes.

    Args:
        template: the office's own .docx.
        context: texts, whole numbers, and lists and groups of them.
        lang: language the document is written in.
        created: time its properties show.
        qr: what the QR code says, if the template has a place for one: the clue's number, never more.
        cache: folder to keep compiled templates in for the next process; it may be deleted at any time.

    Raises:
        TemplateError: the template cannot be used, or a text is too long; every fault is listed.
    """
    content = content_of(template)
    values = plain(context)
    try:
        return _of(template, content, cache).document(values, lang, created=created, qr=qr)
    except Unfit:
        from cluebook.rendering.stock import document_of

        picture = None if qr is None else qr_picture(qr)
        return document_of(content, template.name, values, lang, created=created, picture=picture)


def compile_template(template: Path, *, cache: Path | None = None) -> Compiled:
    """Return a template compiled, from memory or `cache` if it has not changed since.

    Raises:
        TemplateError: it is missing, or no Word file.
    """
    return _of(template, content_of(template), cache)


def _of(template: Path, content: bytes, cache: Path | None) -> Compiled:
    known = _compiled.get(template)
    if known is not None and known[0] == content:
        return known[1]
    made = compiled(_plan(template, content, cache))
    with _changing:
        _compiled.pop(template, None)
        _compiled[template] = content, made
        while len(_compiled) > _MOST:
            del _compiled[next(iter(_compiled))]
    return made


def _plan(template: Path, content: bytes, cache: Path | None) -> plans.Plan:
    file = None if cache is None else cache / plans.name_of(content)
    plan = None if file is None else plans.kept(file)
    if plan is None:
        from cluebook.rendering.compiling import plan_of

        plan = plan_of(content, template.name)
        if file is not None:
            plans.keep(plan, file)
    return plan
