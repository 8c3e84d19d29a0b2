"""Filling the office's templates of mails, HTML or plain, in the same small language and the same sandbox."""

from __future__ import annotations

import codecs
import functools
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cluebook.errors import Place, Problem, TemplateError
from cluebook.rendering.language import Unreadable, environment, is_known, names_of, plain_environment
from cluebook.rendering.values import names, plain
from cluebook.text import Text, join, same

if TYPE_CHECKING:
    from jinja2 import Template

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MOST_TOLD = 5
_LONGEST = 1_000_000

_UNREADABLE = Text("不是可读的文本文件。", "This is not a text file that can be read.")
_SYNTAX = Text(
    "有不能用的标记；只可用 {{ 名称 }}、if 和 for。",
    "It has a tag that cannot be used; only {{ name }}, if and for can.",
)
_UNKNOWN = Text("没有这些名称：{names}。", "There are no such names: {names}.")
_UNDO = Text(
    "请撤销最近的修改，或删去这个文件以用随附的模板。",
    "Undo the last edits, or delete the file to use the shipped one.",
)


def letter(template: Path, context: Mapping[str, object]) -> str:
    """Return a template of a mail filled with the context; one that ends in ``.html`` gets its values escaped.

    Raises:
        TemplateError: it cannot be read, or says what templates may not say.
    """
    from jinja2 import TemplateError as JinjaError

    source, values = _source(template), plain(context)
    try:
        used, compiled = _compiled(source, template.suffix == ".html")
        known = names(values)
        if unknown := [name for name in used if not is_known(name, known)]:
            told = join([same(name) for name in unknown[:_MOST_TOLD]])
            raise _fault(template, "template_unknown_name", _UNKNOWN.fill(names=told))
        return compiled.render(values)
    except (Unreadable, JinjaError, TypeError):  # a filter may meet a number where it wants a list
        raise _fault(template, "template_syntax", _SYNTAX) from None


@functools.lru_cache(maxsize=8)
def _compiled(source: str, is_html: bool) -> tuple[tuple[str, ...], Template]:
    """Return the names a template uses, and the template compiled: a round fills it for each person."""
    used = tuple(dict.fromkeys(names_of(source)))
    return used, (environment() if is_html else plain_environment()).from_string(source)


def _source(template: Path) -> str:
    """Return what a template says; editors of Windows write text in several ways."""
    try:
        content = template.read_bytes()
        encoding = "utf-16" if content[:2] in _UTF_16 else "utf-8-sig"
        text = content.decode(encoding) if len(content) <= _LONGEST else ""
    except (OSError, UnicodeDecodeError):
        text = ""
    if not text.strip():
        raise _fault(template, "template_damaged", _UNREADABLE)
    return text


def _fault(template: Path, code: str, wrong: Text) -> TemplateError:
    return TemplateError(Problem(code, Place(file=template.name), wrong, _UNDO))
