"""Compiling a template: docxtpl fills it once with marks, and what stands between the marks is what it always writes."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from cluebook.rendering.checking import faults, names_used
from cluebook.rendering.language import Unreadable, is_readable, tree_of
from cluebook.rendering.opening import opened
from cluebook.rendering.packing import packed
from cluebook.rendering.pictures import PICTURE
from cluebook.rendering.plans import STOCK, Plan, Story
from cluebook.rendering.proof import is_text
from cluebook.rendering.steps import Steps, marks, refilled, sketch, steps_of, texts
from cluebook.rendering.stock import saved
from cluebook.rendering.traces import clear, stamp
from cluebook.text import LANGS, Lang

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

_ROOT = re.compile(r"<(w:(?:body|hdr|ftr))(?: [^>]*)?>")
_TITLE = "cluebook-title"
_CREATED = datetime(1985, 2, 3, 4, 5, 6)
_PROPERTIES = re.compile(f"{_TITLE}|{_CREATED:%Y-%m-%dT%H:%M:%SZ}")
_PICTURE = b"cluebook-picture"
_ESCAPE_BEGUN = re.compile(r"[{}%]_?$")
_ESCAPE_ENDED = re.compile(r"_?[{}%]|_$")

_Members = list[tuple[str, bytes]]


def plan_of(content: bytes, file: str) -> Plan:
    """Return the plan by which documents are made of a template, the fastest that is proved right.

    Raises:
        TemplateError: it is no Word file; of anything else that is wrong with it, filling it tells.
    """
    document = opened(content, file)
    clear(document)
    try:
        names = names_used(document)
        if faults(document, names, file):
            return STOCK
        title = _title_of(document)
        recorder = _Recorder()
        members = _recorded(document, recorder)
        pictures = _pictured(document)
        if any(story.is_exact for story in recorder.stories) and pictures != _all_pictured(content, file):
            return STOCK  # whether the picture is there may depend on the values
        return _plan(names, title, recorder.stories, members, pictures)
    except Unreadable:
        return STOCK


@dataclass(frozen=True, slots=True)
class _Recorded:
    """A story with tags: its steps, the number of its first mark, and whether docxtpl has to finish it."""

    steps: Steps
    first: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class _Written:
    """What docxtpl takes for a compiled jinja template."""

    text: str

    def render(self, _context: object) -> str:
        """Return the text, whatever the context."""
        return self.text


@dataclass(frozen=True, slots=True)
class _Recorder:
    """What docxtpl takes for a jinja environment; it notes every story and answers with marks.

    Attributes:
        stories: the stories with tags, in the order docxtpl fills them.
    """

    stories: list[_Recorded] = field(default_factory=list)

    def from_string(self, source: str) -> _Written:
        """Return the sketch of a story, or only its outermost element if it cannot be put together as text."""
        if not is_readable(source):
            raise Unreadable
        steps = steps_of(tree_of(source))
        root = _ROOT.match(source)
        if len(steps) == 1:
            return _Written(steps[0])
        if root is None:
            raise Unreadable
        first = sum(1 if story.is_exact else marks(story.steps) for story in self.stories)
        drawn = sketch(steps, first)
        is_exact = _may_join(list(texts(steps))) or not is_text(re.sub(r"\n<w:p([ >])", r"<w:p\1", drawn))
        self.stories.append(_Recorded(steps, first, is_exact))
        return _Written(f"{root[0]}<?cluebook {first} v?></{root[1]}>" if is_exact else drawn)


def _may_join(pieces: Sequence[str]) -> bool:
    """Return whether pieces with nothing between them could make ``{_{`` or another escape of docxtpl."""
    return any(map(_ESCAPE_BEGUN.search, pieces)) and any(map(_ESCAPE_ENDED.match, pieces))


def _title_of(document: DocxTemplate) -> Steps:
    title = steps_of(tree_of(document.docx.core_properties.title))
    if any("&" in text for text in texts(title)):
        raise Unreadable  # it could make a character reference with what is printed beside it
    return title


def _recorded(document: DocxTemplate, recorder: _Recorder) -> dict[Lang, _Members]:
    """Fill a document with marks and return its members in each language."""
    stamp(document, "", _CREATED, LANGS[0])
    try:
        document.render({}, recorder)
    except (
        AttributeError,
        TypeError,
        ValueError,
    ):  # docxtpl meets a table without grid, or widths that are none
        raise Unreadable from None
    members: dict[Lang, _Members] = {}
    for lang in LANGS:
        stamp(document, _TITLE, _CREATED, lang)
        members[lang] = saved(document)
    return members


def _pictured(document: DocxTemplate) -> list[str]:
    """Return the members that give way to the QR code."""
    document.allow_missing_pics = True
    document.replace_pic(PICTURE, io.BytesIO(_PICTURE))
    return [name for name, content in saved(document) if content == _PICTURE]


def _all_pictured(content: bytes, file: str) -> list[str]:
    """Return the members that would give way to the QR code if everything in the template were printed."""
    document = opened(content, file)
    document.render_init()
    return _pictured(document)


def _plan(
    names: list[str],
    title: Steps,
    recorded: Sequence[_Recorded],
    members: dict[Lang, _Members],
    pictures: list[str],
) -> Plan:
    first = members[LANGS[0]]
    stories = [_story(story, first) for story in recorded]
    core = _only([name for name, content in first if _TITLE.encode() in content])
    filled = {core, *(story.member for story in stories)}
    if len({name for name, _ in first}) < len(first) or len(filled) <= len(stories):
        raise Unreadable  # two members of one name
    return Plan(
        mode="exact" if any(story.is_exact for story in recorded) else "string",
        names=names,
        members=[(name, None if name in filled else packed(name, content)) for name, content in first],
        stories=stories,
        title=title,
        properties=core,
        around={lang: _PROPERTIES.split(dict(those)[core].decode()) for lang, those in members.items()},
        pictures=pictures,
    )


def _story(recorded: _Recorded, members: _Members) -> Story:
    mark = f"<?cluebook {recorded.first} ".encode()
    name = _only([name for name, content in members if mark in content])
    xml = dict(members)[name].decode()
    if not recorded.is_exact:
        return Story(name, refilled(recorded.steps, recorded.first, xml))
    return Story(name, recorded.steps, xml if "<w:body" in xml else "")


def _only(names: Sequence[str]) -> str:
    if len(names) != 1:
        raise Unreadable
    return names[0]
