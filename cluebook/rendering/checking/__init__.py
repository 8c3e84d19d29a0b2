"""Reading a template before it is used: what the office has to put right, and where."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cluebook.errors import Place, Problem, TemplateError
from cluebook.rendering.checking.hazards import hazards
from cluebook.rendering.checking.reading import Names, Reading
from cluebook.rendering.checking.shapes import shape_faults
from cluebook.rendering.checking.told import BY_THE_MANUAL
from cluebook.rendering.language import TAG, is_balanced, names_in
from cluebook.rendering.opening import content_of, opened
from cluebook.rendering.stories import Passage, passages, passages_of, stories
from cluebook.rendering.traces import clear
from cluebook.text import Text, same

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

_LACKING = Text(
    "缺少必须打印的内容“{name}”（{text}）。", "It does not print “{name}” ({text}), which this document must."
)
_LACKING_FIX = Text("请在应有的位置写上 {{{{ {name} }}}}。", "Write {{{{ {name} }}}} where it belongs.")
_LACKING_ROW = Text(
    "请在循环 {{% for line in {list} %}} 之内写上 {{{{ line.{field} }}}}。",
    "Write {{{{ line.{field} }}}} inside the loop {{% for line in {list} %}}.",
)
_UNPAIRED = Text(
    "{story}：if 与 endif、for 与 endfor 没有成对，或循环中套了不相干的循环。",
    "{story}: an if or for is not closed, or a loop stands in one it has nothing to do with.",
)


def check(template: Path, words: Mapping[str, Text], must: Sequence[str] = ()) -> list[Problem]:
    """Return everything that is wrong with a template, in reading order.

    Args:
        template: the office's .docx.
        words: each name it may use, dotted as in ``clue.matter``, and what it prints; the fields of a list's items
            are declared under the list: ``log``, ``log.measures``.
        must: the names it has to print.
    """
    file = template.name
    try:
        document = opened(content_of(template), file)
    except TemplateError as error:
        return list(error.problems)
    dangers = list(hazards(document, file))
    clear(document)
    lists = words.keys() & {name[: dot.start()] for name in words for dot in re.finditer(r"\.", name)}
    reading = _read(document, Names(words, frozenset(lists)), file)
    found = [*reading.problems, *_lacking(reading, words, must, file)]
    if not reading.problems:
        found += _misshapen(document, reading, file, only_fatal=False)
    return [*found, *dangers]


def faults(document: DocxTemplate, names: Collection[str], file: str) -> list[Problem]:
    """Return why an opened template, its traces cleared, must not be filled with what has these names."""
    reading = _read(document, Names(dict.fromkeys(names)), file)
    found = reading.problems or _misshapen(document, reading, file, only_fatal=True)
    return [*found, *hazards(document, file)]


def names_used(document: DocxTemplate) -> list[str]:
    """Return the dotted context names an opened template without faults uses, each once."""
    aliases: dict[str, str] = {}
    tags = (tag for passage in passages(document) for tag in TAG.findall(passage.text))
    return list(dict.fromkeys(name for tag in tags for name in names_in(tag, aliases)))


def _read(document: DocxTemplate, names: Names, file: str) -> Reading:
    """Read every story of a template, its title property first."""
    reading = Reading(file, names)
    for story, its in _by_story(document):
        before = len(reading.problems)
        reading.read(its)
        tags = [tag for passage in its for tag in TAG.findall(passage.text)]
        if len(reading.problems) == before and not is_balanced(tags):
            wrong = _UNPAIRED.fill(story=story)
            reading.problems.append(Problem("template_syntax", Place(file=file), wrong, BY_THE_MANUAL))
    return reading


def _by_story(document: DocxTemplate) -> Iterator[tuple[Text, list[Passage]]]:
    title = next(passages(document))
    yield title.story, [title]
    for story in stories(document):
        yield story.name, list(passages_of(story))


def _misshapen(document: DocxTemplate, reading: Reading, file: str, *, only_fatal: bool) -> list[Problem]:
    return [
        problem
        for story in stories(document)
        for problem in shape_faults(
            document, story, reading.openings.get(story.name, ()), file, only_fatal=only_fatal
        )
    ]


def _lacking(
    reading: Reading, words: Mapping[str, Text], must: Sequence[str], file: str
) -> Iterator[Problem]:
    for name in must:
        if name not in reading.printed:
            group, _, field = name.partition(".")
            is_row = group in words and bool(field)
            fix = (
                _LACKING_ROW.fill(list=same(group), field=same(field))
                if is_row
                else _LACKING_FIX.fill(name=same(name))
            )
            wrong = _LACKING.fill(name=same(name), text=words[name])
            yield Problem("template_lacks_name", Place(file=file), wrong, fix)
