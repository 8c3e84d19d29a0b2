"""Finding many phrases in a text in one pass, whatever its script, width and spacing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

STEM = "*"
"""Ends an English phrase whose last word may go on: ``leak*`` finds leaks and leaking."""

_HEAD = 2
_HAN = "\u2e80-\u9fff\uff00-\uffef\u3000-\u303f"
_GAPS = (
    (re.compile(rf"(?<=[{_HAN}])[^\S\n]+|[^\S\n]+(?=[{_HAN}])"), ""),
    (re.compile(r"(?<=[^\W\d_])[-‐‑](?=[^\W\d_])"), " "),
    (re.compile(r"[^\S\n]+"), " "),
    (re.compile("[\u2018\u2019`]"), "'"),
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase and one stretch of the text where it stands."""

    phrase: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Phrases to look for: by their first two characters, and those of one character."""

    by_head: Mapping[str, tuple[str, ...]]
    single: frozenset[str]


def tidy(text: str, simplify: Callable[[str], str]) -> str:
    """Return a text in simplified characters, of normal width, without needless space; case is kept.

    >>> tidy("產品　冒 煙，ＡＢ  follow-up", lambda t: t.replace("產", "产").replace("煙", "烟"))
    '产品冒烟,AB follow up'
    """
    text = simplify(unicodedata.normalize("NFKC", text))
    for gap, instead in _GAPS:
        text = gap.sub(instead, text)
    return text.strip()


def vocabulary(phrases: Iterable[str]) -> Vocabulary:
    """Return tidied, case-folded phrases arranged for `find`."""
    by_head: dict[str, list[str]] = {}
    single = set()
    for phrase in sorted(set(phrases)):
        if len(phrase) < _HEAD:
            single.add(phrase)
        else:
            by_head.setdefault(phrase[:_HEAD], []).append(phrase)
    return Vocabulary({head: tuple(found) for head, found in by_head.items()}, frozenset(single))


def find(text: str, known: Vocabulary) -> list[Hit]:
    """Return every place where a phrase stands: Chinese anywhere, English at word boundaries.

    >>> [hit.phrase for hit in find("leaking tea, 漏水了", vocabulary(["leak*", "tea", "eak", "漏水"]))]
    ['leak*', 'tea', '漏水']
    """
    hits = [Hit(one, at, at + 1) for at, one in enumerate(text) if one in known.single]
    heads = enumerate(map(add, text, text[1:]))
    for start, phrases in [(at, known.by_head[head]) for at, head in heads if head in known.by_head]:
        for phrase in phrases:
            stem = phrase.removesuffix(STEM)
            if text.startswith(stem, start) and _is_whole(text, start, start + len(stem), phrase):
                hits.append(Hit(phrase, start, start + len(stem)))
    return hits


def outermost(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits that lie within no longer one, so that 举报电话 is not also taken for 举报.

    >>> [hit.phrase for hit in outermost([Hit("举报", 0, 2), Hit("举报电话", 0, 4)])]
    ['举报电话']
    """
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not kept or hit.end > kept[-1].end or (hit.start == kept[-1].start and hit.end == kept[-1].end):
            kept.append(hit)
    return kept


def _is_whole(text: str, start: int, end: int, phrase: str) -> bool:
    """Return whether a Latin phrase begins and ends with whole words there; Chinese has no such ends."""
    if start and _is_latin(text[start]) and _is_latin(text[start - 1]):
        return False
    if phrase.endswith(STEM) or end == len(text):
        return True
    return not (_is_latin(text[end - 1]) and _is_latin(text[end]))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
