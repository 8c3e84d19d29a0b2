"""Reading the tags of a template in their order: what opens and closes, and which names are meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cluebook.errors import Problem
from cluebook.rendering.checking.tags import brace_faults, scope_faults, unreadable
from cluebook.rendering.checking.told import BY_THE_MANUAL, fault, shown
from cluebook.rendering.language import TAG, Unreadable, is_known, loop_of, names_in, scope_of, word_of
from cluebook.rendering.stories import Passage, where
from cluebook.text import Text, same

_CLOSES = {"endif": "if", "endfor": "for"}
_GOES_ON = {"else": ("if", "for"), "elif": ("if",)}

_UNOPENED = Text("{tag} 没有对应的开头", "{tag} closes nothing")
_UNOPENED_FIX = Text(
    "每个 if 对一个 endif，每个 for 对一个 endfor；请补上开头，或删去这个标记。",
    "Every if has its endif and every for its endfor; open it before, or delete this tag.",
)
_UNCLOSED = Text("{tag} 没有结束", "{tag} is not closed")
_UNCLOSED_FIX = Text(
    "请在其后相应位置加上 {{% end{word} %}}；跨段写作 {{%p end{word} %}}，跨行写作 {{%tr end{word} %}}。",
    "Close it with {{% end{word} %}} behind; across paragraphs with {{%p end{word} %}}, across rows with {{%tr end{word} %}}.",
)
_ACROSS = Text(
    "if 或 for 没有在本段内结束；跨段、跨行的请单独成段，写作 {%p … %}、{%tr … %}",
    "an if or for does not end in its paragraph; across paragraphs or rows it stands alone, as {%p … %} or {%tr … %}",
)
_UNLIKE = Text("{tag} 与开头的写法不一致", "{tag} is not of the kind of its opening tag")
_UNLIKE_FIX = Text(
    "开头、中间和结尾要用同一种写法：都用 {% … %}，或都用 {%p … %}、{%tr … %}。",
    "Opening, middle and closing tags are of one kind: all {% … %}, all {%p … %}, or all {%tr … %}.",
)
_STRANGE_LOOP = Text(
    "循环 {tag} 套在一个不相干的循环里", "the loop {tag} stands in one it has nothing to do with"
)
_STRANGE_LOOP_FIX = Text(
    "请把两个循环分开；里层只能循环外层各行自己的清单。",
    "Put the loops one after the other; an inner loop runs over a list inside the item of the outer one.",
)
_UNKNOWN = Text("没有名为“{name}”的内容", "nothing is called “{name}”")
_UNKNOWN_FIX = Text(
    "请改成手册“模板”一章所列的名称。", "Use a name listed in the chapter on templates of the manual."
)
_MEANT = Text(
    "是不是“{like}”？可用的名称见手册“模板”一章。",
    "Is “{like}” meant? The chapter on templates of the manual lists the names.",
)
_OUTSIDE_FIX = Text(
    "“{item}”只在它的循环之内有意义；请把这个标记移到 for 与 endfor 之间。",
    "“{item}” means something only inside its loop; move this tag between for and endfor.",
)
_SINGLE = re.compile(r"\{\s*([\w.]+)\s*\}")
_SINGLE_BRACES = Text(
    "{tag} 只有单层花括号，会照样印出来", "{tag} has single braces and is printed as it stands"
)
_SINGLE_BRACES_FIX = Text("请写成 {{{{ {name} }}}}。", "Write it as {{{{ {name} }}}}.")
_LIST = Text("“{name}”有多行，不能直接打印", "“{name}” has several lines and cannot be printed as it is")
_LIST_FIX = Text(
    "请写成循环：{{% for line in {list} %}} … {{% endfor %}}，其中用 {{{{ line.… }}}}。",
    "Write a loop: {{% for line in {list} %}} … {{% endfor %}}, with {{{{ line.… }}}} inside.",
)


@dataclass(frozen=True, slots=True)
class Names:
    """What a template may name.

    Attributes:
        words: each dotted name, with what it stands for where that is known.
        lists: the names that are lists, where that is known.
    """

    words: Mapping[str, Text | None]
    lists: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Opening:
    """A tag that opens a block, what was named how before it, and what the item of its loop is called, if it is one."""

    tag: str
    passage: Passage
    aliases: dict[str, str]
    item: str


@dataclass(slots=True)
class Reading:
    """What was found in the stories read so far.

    Attributes:
        problems: what is wrong, in reading order.
        printed: the names that are printed.
        openings: for each story, by its name, the passages where a block opens.
    """

    file: str
    names: Names
    problems: list[Problem] = field(default_factory=list)
    printed: set[str] = field(default_factory=set)
    openings: dict[Text, list[Passage]] = field(default_factory=dict)
    _open: list[Opening] = field(default_factory=list)
    _items: set[str] = field(default_factory=set)
    _aliases: dict[str, str] = field(default_factory=dict)

    def read(self, passages: Iterator[Passage] | list[Passage]) -> None:
        """Read the passages of one story."""
        self._open, self._aliases = [], {}
        for passage in passages:
            before = len(self.problems)
            for tag in TAG.findall(passage.text):
                self._read(tag, passage)
            self._judge_rest(passage)
            if len(self.problems) == before:
                self.problems += [*brace_faults(passage, self.file), *scope_faults(passage, self.file)]
        for opening in self._open:
            word = same(word_of(opening.tag))
            self._say(opening.passage, _UNCLOSED.fill(tag=shown(opening.tag)), _UNCLOSED_FIX.fill(word=word))

    def _read(self, tag: str, passage: Passage) -> None:
        word = word_of(tag)
        if word in _CLOSES or word in _GOES_ON:
            self._go_on(word, tag, passage)
        try:
            inside = dict(self._aliases)
            used = list(names_in(tag, inside))
        except Unreadable:
            self.problems.append(unreadable(passage, tag, self.file))
            used = []
        else:
            self._judge_loop(word, tag, passage)
        for name in used:
            self._judge(name, tag, passage)
        if word in {"if", "for"}:
            item = loop_of(tag)[0] if word == "for" and used else ""
            self._open.append(Opening(tag, passage, self._aliases, item))
            self._items.add(item)
            self.openings.setdefault(passage.story, []).append(passage)
            self._aliases = inside

    def _go_on(self, word: str, tag: str, passage: Passage) -> None:
        """Close the block that is open, or go on in it."""
        wanted = (_CLOSES[word],) if word in _CLOSES else _GOES_ON[word]
        if not self._open or word_of(self._open[-1].tag) not in wanted:
            self._say(passage, _UNOPENED.fill(tag=shown(tag)), _UNOPENED_FIX)
            self._open[-1:] = []
            return
        opening = self._open[-1]
        if scope_of(opening.tag) != scope_of(tag):
            self._say(passage, _UNLIKE.fill(tag=shown(tag)), _UNLIKE_FIX)
        elif not scope_of(tag) and opening.passage.paragraph is not passage.paragraph:
            self._say(opening.passage, _ACROSS, BY_THE_MANUAL)
        if word in _CLOSES:
            self._aliases = self._open.pop().aliases

    def _judge(self, name: str, tag: str, passage: Passage) -> None:
        """Note a name that a tag uses, and whether there is such a thing."""
        if not is_known(name, self.names.words):
            self.problems.append(self._unknown(name, passage))
            return
        if "==" in tag:  # a box that is ticked for one of its words prints the name, too
            self.printed.add(name)
        if tag.startswith("{{"):
            self.printed.add(name)
            group = next(
                (each for each in self.names.lists if name == each or self._is_bare(name, each, tag)), None
            )
            if group is not None and "|" not in tag:
                wrong = _LIST.fill(name=same(name))
                self._say(passage, wrong, _LIST_FIX.fill(list=same(group)))

    def _is_bare(self, name: str, group: str, tag: str) -> bool:
        """Return whether a field of a list is named without the item of a loop before it."""
        return name.startswith(f"{group}.") and name in tag and group not in self._aliases

    def _judge_rest(self, passage: Passage) -> None:
        """Look outside the tags for a declared name in single braces: no reason not to print, but surely not meant."""
        for found in _SINGLE.finditer(TAG.sub("", passage.text)):
            if self.names.words.get(found[1]) is not None:
                wrong, fix = (
                    _SINGLE_BRACES.fill(tag=same(found[0])),
                    _SINGLE_BRACES_FIX.fill(name=same(found[1])),
                )
                self._say(passage, wrong, fix)

    def _judge_loop(self, word: str, tag: str, passage: Passage) -> None:
        outer = [opening.item for opening in self._open if opening.item]
        if word == "for" and outer and loop_of(tag)[1].partition(".")[0] != outer[-1]:
            self._say(passage, _STRANGE_LOOP.fill(tag=shown(tag)), _STRANGE_LOOP_FIX)

    def _unknown(self, name: str, passage: Passage) -> Problem:
        item = name.partition(".")[0]
        like = _like(name, self.names.words)
        fix = _MEANT.fill(like=same(like)) if like else _UNKNOWN_FIX
        if item in self._items:  # the loop has ended, or its tag could not be read
            fix = _OUTSIDE_FIX.fill(item=same(item))
        wrong = _UNKNOWN.fill(name=same(name))
        return fault("template_unknown_name", self.file, where(passage), wrong, fix)

    def _say(self, passage: Passage, wrong: Text, fix: Text) -> None:
        self.problems.append(fault("template_syntax", self.file, where(passage), wrong, fix))


def _like(name: str, words: Mapping[str, Text | None]) -> str | None:
    """Return the name that was probably meant: one of those words, or one spelt much like it."""
    last = name.rpartition(".")[2].replace("_", " ").casefold()
    for known, text in words.items():
        if text is not None and last in {text.zh, text.en.casefold()}:
            return known
    return next(iter(difflib.get_close_matches(name, words, n=1, cutoff=0.7)), None)
