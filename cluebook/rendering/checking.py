"""Reading a template before it is used: what the office has to put right, and where."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cluebook.errors import Place, Problem, TemplateError
from cluebook.rendering.language import TAG, Unreadable, is_balanced, is_inline, is_known, names_in
from cluebook.rendering.stories import Passage, W, content_of, opened, passages, where
from cluebook.text import Text

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

_LOOSE = re.compile(r"\{[{%#]|[%#}]\}")
_FULL_WIDTH = re.compile(r"[{｛]\s*[{｛%％]|[%％}｝]\s*[}｝]")
_BY_THE_MANUAL = Text("请对照手册“模板”一章修改。", "Correct it by the chapter on templates in the manual.")


def check(template: Path, names: Collection[str]) -> list[Problem]:
    """Return what is wrong with a template that may use `names`, dotted as in ``clue.matter``.

    The fields of a list's items are declared under the list: ``log``, ``log.measures``.
    """
    try:
        document = opened(content_of(template), template.name)
    except TemplateError as error:
        return list(error.problems)
    return faults(document, names, template.name)


def faults(document: DocxTemplate, names: Collection[str], file: str) -> list[Problem]:
    """Return what is wrong with an opened template, in reading order."""
    found: list[Problem] = []
    aliases: dict[str, str] = {}
    tags: dict[Text, list[str]] = {}
    for passage in passages(document):
        inside = list(_names(passage, file, names, aliases))
        found += inside or _marks(passage, file)
        tags.setdefault(passage.story, []).extend(TAG.findall(passage.text))
    if not found:
        found = [_unbalanced(story, file) for story, its in tags.items() if not is_balanced(its)]
    return found


def names_used(document: DocxTemplate) -> list[str]:
    """Return the dotted context names an opened template without faults uses, each once."""
    aliases: dict[str, str] = {}
    tags = (tag for passage in passages(document) for tag in TAG.findall(passage.text))
    return list(dict.fromkeys(name for tag in tags for name in names_in(tag, aliases)))


def _marks(passage: Passage, file: str) -> Iterator[Problem]:
    """Return what is wrong with the braces of a passage and with what its tags span."""
    rest = TAG.sub("", passage.text)
    tags = TAG.findall(passage.text)
    wide = [tag for tag in tags if not is_inline(tag)]
    if _LOOSE.search(rest):
        yield _syntax(passage, file, Text("有标记没有写完整", "a tag is not complete"))
    elif _FULL_WIDTH.search(rest):
        yield _full_width(passage, file)
    if len(wide) > 1 or not is_balanced([tag for tag in tags if is_inline(tag)]):
        yield _syntax(
            passage,
            file,
            Text(
                "if 或 for 没有在本段内结束；跨段、跨行的请单独成段，写作 {%p … %}、{%tr … %}",
                "an if or for does not end in its paragraph; across paragraphs or rows it stands alone, as {%p … %} or {%tr … %}",
            ),
        )
    if wide and passage.paragraph is not None and _ends_cell(passage) and "{%p " in wide[0]:
        yield _syntax(
            passage,
            file,
            Text("单元格最后一段不能是 {%p … %}", "the last paragraph of a cell cannot be {%p … %}"),
        )


def _names(passage: Passage, file: str, names: Collection[str], aliases: dict[str, str]) -> Iterator[Problem]:
    """Return what is wrong inside the tags of a passage."""
    for tag in TAG.findall(passage.text):
        try:
            unknown = [name for name in names_in(tag, aliases) if not is_known(name, names)]
        except Unreadable:
            yield _syntax(passage, file, Text(f"看不懂标记 {tag}", f"the tag {tag} cannot be read"))
            continue
        for name in unknown:
            yield _unknown(passage, file, name)


def _ends_cell(passage: Passage) -> bool:
    paragraph = passage.paragraph
    return paragraph is not None and paragraph.getnext() is None and paragraph.getparent().tag == f"{W}tc"


def _unknown(passage: Passage, file: str, name: str) -> Problem:
    spot = where(passage)
    return Problem(
        "template_unknown_name",
        Place(file=file),
        Text(f"{spot.zh}：没有名为“{name}”的内容。", f"{spot.en}: nothing is called “{name}”."),
        Text(
            "请改成手册“模板”一章所列的名称。", "Use a name listed in the chapter on templates of the manual."
        ),
    )


def _syntax(passage: Passage, file: str, wrong: Text) -> Problem:
    spot = where(passage)
    return Problem(
        "template_syntax",
        Place(file=file),
        Text(f"{spot.zh}：{wrong.zh}。", f"{spot.en}: {wrong.en}."),
        _BY_THE_MANUAL,
    )


def _full_width(passage: Passage, file: str) -> Problem:
    spot = where(passage)
    return Problem(
        "template_full_width",
        Place(file=file),
        Text(f"{spot.zh}：标记用了全角花括号。", f"{spot.en}: a tag is written with full-width braces."),
        Text("请改用半角花括号 {{ }} 或 {% %}。", "Write it with plain braces, {{ }} or {% %}."),
    )


def _unbalanced(story: Text, file: str) -> Problem:
    return Problem(
        "template_syntax",
        Place(file=file),
        Text(
            f"{story.zh}：if 与 endif、for 与 endfor 没有成对，或循环中套了不相干的循环。",
            f"{story.en}: an if or for is not closed, or a loop stands in one it has nothing to do with.",
        ),
        _BY_THE_MANUAL,
    )
