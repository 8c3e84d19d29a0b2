"""What can be wrong with the tags of one paragraph, looked at by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cluebook.errors import Problem
from cluebook.rendering.checking.told import fault, shown
from cluebook.rendering.language import TAG, scope_of
from cluebook.rendering.stories import Element, Passage, W, where, words_of
from cluebook.text import Text, same

_LOOSE = re.compile(r"\{[{%#]|[%#}]\}")
_FULL_WIDTH_BRACES = re.compile(r"[{｛]\s*[{｛%％]|[%％}｝]\s*[}｝]")
_FULL_WIDTH = re.compile("[！＂＃％＆＇（）＊＋，－．／：；＜＝＞［］｛｜｝、。《》【】\u3000]")
_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b-\x1f]")
_HOLDERS = {"p": Text("段落", "paragraph"), "tr": Text("表格行", "table row"), "tc": Text("单元格", "cell")}

_UNFINISHED = Text("有标记没有写完整", "a tag is not complete")
_UNFINISHED_FIX = Text(
    "标记应写在同一段内，以 {{ 开头、}} 结尾，或以 {% 开头、%} 结尾；请补全或删去。",
    "A tag stands in one paragraph, from {{ to }} or from {% to %}; complete or delete it.",
)
_WIDE = Text("标记用了全角花括号", "a tag is written with full-width braces")
_WIDE_FIX = Text("请改用半角花括号 {{ }} 或 {% %}。", "Write it with plain braces, {{ }} or {% %}.")
_WIDE_INSIDE = Text("标记 {tag} 中有全角符号“{sign}”", "the tag {tag} holds the full-width sign “{sign}”")
_WIDE_INSIDE_FIX = Text(
    "标记内请用半角符号（切换到英文输入法）。", "Inside a tag use plain signs, as on an English keyboard."
)
_HIDDEN_SIGN = Text("标记 {tag} 中有看不见的字符", "the tag {tag} holds an invisible character")
_HIDDEN_SIGN_FIX = Text("请删去整个标记，重新键入。", "Delete the whole tag and type it again.")
_UNREADABLE = Text("看不懂标记 {tag}", "the tag {tag} cannot be read")
_UNREADABLE_FIX = Text(
    "标记只有三种：{{ 名称 }}、{% if … %}、{% for … in … %}；写法见手册“模板”一章。",
    "There are three kinds of tags: {{ name }}, {% if … %} and {% for … in … %}; see the chapter on templates in the manual.",
)
_SEVERAL = Text(
    "一个{holder}里有两个 {{%{scope} … %}}，只有一个起作用",
    "one {holder} holds two tags {{%{scope} … %}}, of which only one counts",
)
_SEVERAL_FIX = Text(
    "请让每个 {{%{scope} … %}} 各占一个{holder}，重复的内容放在两者之间的{holder}。",
    "Give each {{%{scope} … %}} a {holder} of its own, with what is repeated in those between.",
)
_BESIDE = Text(
    "{tag} 所在的{holder}里还有别的内容，生成时会一起消失",
    "the {holder} of {tag} holds more, which goes away with it",
)
_BESIDE_FIX = Text(
    "请让这个标记独占一个{holder}，其余内容移到别处。",
    "Leave this tag alone in its {holder} and move the rest elsewhere.",
)
_NOT_IN_TABLE = Text("{tag} 不在表格里", "{tag} does not stand in a table")
_NOT_IN_TABLE_FIX = Text("表格之外请用 {% … %} 或 {%p … %}。", "Outside tables write {% … %} or {%p … %}.")


def unreadable(passage: Passage, tag: str, file: str) -> Problem:
    """Return why a tag cannot be read."""
    place = where(passage)
    if sign := _FULL_WIDTH.search(tag):
        wrong = _WIDE_INSIDE.fill(tag=shown(tag), sign=same(sign[0]))
        return fault("template_full_width", file, place, wrong, _WIDE_INSIDE_FIX)
    if _UNSEEN.search(tag):
        return fault("template_syntax", file, place, _HIDDEN_SIGN.fill(tag=shown(tag)), _HIDDEN_SIGN_FIX)
    return fault("template_syntax", file, place, _UNREADABLE.fill(tag=shown(tag)), _UNREADABLE_FIX)


def brace_faults(passage: Passage, file: str) -> Iterator[Problem]:
    """Return what is wrong with the braces of a passage, its whole tags aside."""
    rest = TAG.sub("", passage.text)
    if _LOOSE.search(rest):
        yield fault("template_syntax", file, where(passage), _UNFINISHED, _UNFINISHED_FIX)
    elif _FULL_WIDTH_BRACES.search(rest):
        yield fault("template_full_width", file, where(passage), _WIDE, _WIDE_FIX)


def scope_faults(passage: Passage, file: str) -> Iterator[Problem]:
    """Return what is wrong with the tags that take the place of their paragraph, row or cell."""
    for scope in dict.fromkeys(filter(None, map(scope_of, TAG.findall(passage.text)))):
        tag = next(tag for tag in TAG.findall(passage.text) if scope_of(tag) == scope)
        told = {"holder": _HOLDERS[scope], "scope": same(scope), "tag": shown(tag)}
        holder = _holder(passage.paragraph, scope)
        if holder is None:
            yield _syntax(passage, file, _NOT_IN_TABLE.fill(**told), _NOT_IN_TABLE_FIX)
        elif _bearer(holder, scope) is passage.paragraph:
            inside = words_of(holder)
            if sum(scope_of(other) == scope for other in TAG.findall(inside)) > 1:
                yield _syntax(passage, file, _SEVERAL.fill(**told), _SEVERAL_FIX.fill(**told))
            elif TAG.sub("", inside, count=1).strip():
                yield _syntax(passage, file, _BESIDE.fill(**told), _BESIDE_FIX.fill(**told))


def _syntax(passage: Passage, file: str, wrong: Text, fix: Text) -> Problem:
    return fault("template_syntax", file, where(passage), wrong, fix)


def _holder(paragraph: Element | None, scope: str) -> Element | None:
    """Return what a tag in a paragraph takes the place of; ``None`` where there is no such thing."""
    if paragraph is None or scope == "p":
        return paragraph
    return next(paragraph.iterancestors(f"{W}{scope}"), None)


def _bearer(holder: Element, scope: str) -> Element:
    """Return the first paragraph with such a tag, so that each paragraph, row or cell is told of once."""
    paragraphs = holder.iter(f"{W}p")
    return next(p for p in paragraphs if any(scope_of(tag) == scope for tag in TAG.findall(words_of(p))))
