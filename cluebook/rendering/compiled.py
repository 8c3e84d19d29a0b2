"""A compiled template: it makes documents of values, and knows when it must not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cluebook.rendering.language import LOOP
from cluebook.rendering.packing import Member, package, packed
from cluebook.rendering.pictures import qr_picture
from cluebook.rendering.plans import Mode, Plan, Story
from cluebook.rendering.program import Unfit, escaped, program, words, woven
from cluebook.rendering.values import Value, defines
from cluebook.text import Lang

_Fill = Callable[[Mapping[str, Any]], str]

_LONGEST = 9_000_000
"""Characters of a story past which lxml may refuse what it is given, so that docxtpl is asked."""
_LONGEST_TITLE = 255
_EMPTY = '<w:t xml:space="preserve"></w:t>'
_AS_LXML_WRITES_IT = '<w:t xml:space="preserve"/>'


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template, read and proved once; it holds nothing that changes, so threads may share it.

    Attributes:
        plan: what is known of the template.
        paths: the names it uses, in their parts.
        title: fills its title.
        stories: fill its stories.
    """

    plan: Plan
    paths: tuple[tuple[str, ...], ...]
    title: _Fill
    stories: tuple[tuple[Story, _Fill], ...]

    @property
    def mode(self) -> Mode:
        """How its documents are made: put together as text, finished by docxtpl, or made by docxtpl alone."""
        return self.plan.mode

    def document(
        self, values: dict[str, Value], lang: Lang, *, created: datetime, qr: str | None = None
    ) -> bytes:
        """Return a document of cleaned values, or raise `Unfit` if only docxtpl can tell what it would be."""
        if self.mode == "stock" or not all(defines(values, path) for path in self.paths):
            raise Unfit
        new = {story.member: _content(story, fill(values)) for story, fill in self.stories}
        new[self.plan.properties] = _properties(self.plan.around[lang], self.title(values), created)
        picture = qr_picture(qr) if qr is not None and self.plan.pictures else None
        if picture is not None:
            new |= dict.fromkeys(self.plan.pictures, picture)
        return package((_member(name, member, new) for name, member in self.plan.members), created)


def compiled(plan: Plan) -> Compiled:
    """Return a template ready to make documents by a plan."""
    stories = tuple(
        (story, program(story.steps, woven if story.shell is None else escaped)) for story in plan.stories
    )
    paths = tuple(tuple(name.split(".")) for name in plan.names if name not in LOOP)
    return Compiled(plan, paths, program(plan.title, words), stories)


def _content(story: Story, text: str) -> bytes:
    if len(text) > _LONGEST:
        raise Unfit
    if story.shell is not None:
        from cluebook.rendering.finishing import finished

        return finished(text, story.shell)
    return text.replace(_EMPTY, _AS_LXML_WRITES_IT).encode()


def _properties(around: list[str], title: str, created: datetime) -> bytes:
    shown = title[:_LONGEST_TITLE].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    begin, middle, between, end = around
    time = f"{created:%Y-%m-%dT%H:%M:%SZ}"
    return f"{begin}{shown}{middle}{time}{between}{time}{end}".encode()


def _member(name: str, member: Member | None, new: Mapping[str, bytes]) -> Member:
    if name in new:
        return packed(name, new[name])
    if member is None:
        raise Unfit
    return member
