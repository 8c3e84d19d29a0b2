"""Telling what a text asserts from what it denies, fears, plays in a drill or recalls."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from cluebook.domain.phrases import Hit

_DENIAL = re.compile(
    # What follows in (?!…) makes an omission or an idiom of it: 未按, 没有及时, 无故, 没收.
    r"(?<!是)不是(?!第|一次|一天|一个人)"
    r"|(?<!有)没有?(?!收|完|法|办法|按|经|能|及时|人[管理接来修负]|[给向]|想到)"
    r"|未(?!按|经|能|及时|来|依法|给|予|成年|必)"
    r"|(?<!从)无(?!故|法|视|理|良|证|奈|所|论|辜|照|偿|端)"
    r"|并非|并不|而非|不想|不会|不要|不存在|不属于|不涉及|谈不上|算不上|否认|杜绝|排除|尚不|从不|绝不"
)
_ENGLISH_DENIAL = re.compile(
    r"\b(?:not(?! only| just| even)|no(?! longer| wonder| matter)|never|without|nobody|none|neither|nor|zero"
    r"|(?:is|are|was|were|do|does|did|has|have|had)n't)\b"
)
_DENIAL_ENDS = re.compile(r"[,.;:!?，。；！？：\n]|而是|但|却|\bbut\b")
_REACH = 6
"""How many Chinese characters a denial reaches over."""
_ENGLISH_REACH = 3
"""How many English words a denial reaches over."""
_WINDOW = 60
"""No denial farther off than this many characters is looked at."""

_CLAUSE_END = re.compile(r"[,.;:!?，。；！？：\n]")
_SENTENCE_END = re.compile(r"[!?;。！？；\n]|\.(?=\s|$)")
_FEARED = re.compile(
    # What may happen or nearly did is not among these: harm that is plausible or was missed is told.
    r"如果|假如|假设|倘若|万一|一旦|要是|若(?!干)|以免|免得|防止|避免|预防|防范|怕|担心|会不会"
    r"|会引|会发生|会造成|会导致|会出|容易|极易|易引|易发|易造成"
    r"|\b(?:if|in case|prevent\w*|avoid\w*|would|worried|worry)\b"
)
_DRILL = re.compile(
    r"演练|演习|模拟|预案|案例|警示教育"
    r"|\b(?:fire|safety|evacuation|emergency|training) (?:drill|exercise)|\bdrills\b|\bsimulat|\bmock\b"
)
_RECALLED = re.compile(
    r"去年(?!的)|前年|[几多数\d一二两三四五六七八九十]+年前|上个世纪|曾经|早年|往年|当年|历史上"
    r"|\b(?:last year|years ago|in the past|back in|decade)"
)
_PRESENT = re.compile(
    r"今天|今早|今晨|今晚|昨|前天|刚|目前|现在|正在|本周|上周|这周|近日|最近|当场|还在|仍|这[几两]天|至今|再次|这次|下午|明[天早晚日]|后天|马上"
    r"|\b(?:today|yesterday|this (?:morning|week|afternoon)|now|just|last (?:night|week)|still|again)\b"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|\b)")


_SENTENCE = 300
"""How many characters of an endless sentence are looked at before and after a phrase."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with the ends of its title, denials (and whether in English), clauses and sentences."""

    text: str
    title_end: int
    denials: tuple[tuple[int, bool], ...]
    clauses: tuple[int, ...]
    sentences: tuple[int, ...]


def read(text: str, title_end: int, spared: Iterable[Hit] = ()) -> Reading:
    """Return a text ready for the questions below; denials inside `spared` phrases are part of those."""
    covered = [0] * (len(text) + 1)
    for hit in spared:
        covered[hit.start] = max(covered[hit.start], hit.end)
    covered = list(accumulate(covered, max))
    found = [(m.end(), m.start(), False) for m in _DENIAL.finditer(text)]
    found += [(m.end(), m.start(), True) for m in _ENGLISH_DENIAL.finditer(text)]
    return Reading(
        text,
        title_end,
        tuple(sorted((end, english) for end, start, english in found if covered[start] < end)),
        tuple(m.end() for m in _CLAUSE_END.finditer(text)),
        tuple(m.end() for m in _SENTENCE_END.finditer(text)),
    )


def is_denied(hit: Hit, reading: Reading) -> bool:
    """Return whether a denial stands close before a hit, in the same clause.

    >>> from cluebook.domain.phrases import Hit
    >>> is_denied(Hit("漏水", 2, 4), read("没有漏水", 0)), is_denied(Hit("leak*", 4, 8), read("The leak", 0))
    (True, False)
    """
    near_by = slice(
        bisect(reading.denials, (hit.start - _WINDOW, False)), bisect(reading.denials, (hit.start, True))
    )
    for end, english in reading.denials[near_by]:
        between = reading.text[end : hit.start]
        near = between.count(" ") <= _ENGLISH_REACH if english else len(between) <= _REACH
        if near and not _DENIAL_ENDS.search(between):
            return True
    return False


def is_not_now(hit: Hit, reading: Reading, today: date | None) -> bool:
    """Return whether a hit is only feared, belongs to a drill, or lies in the past.

    >>> from cluebook.domain.phrases import Hit
    >>> is_not_now(Hit("起火", 2, 4), read("万一起火怎么办", 0), None)
    True
    """
    text = reading.text
    earliest, latest = max(0, hit.start - _SENTENCE), hit.end + _SENTENCE
    if _FEARED.search(text, max(earliest, _last_before(reading.clauses, hit.start)), hit.start):
        return True
    start = max(earliest, _last_before(reading.sentences, hit.start))
    after = bisect(reading.sentences, hit.end)
    sentence = text[start : min([latest, *reading.sentences[after : after + 1]])]
    if _DRILL.search(sentence) or _DRILL.search(text, 0, reading.title_end):
        return True
    past_year = today and any(int(year[0]) < today.year for year in _YEAR.finditer(sentence))
    return bool(past_year or _RECALLED.search(sentence)) and not _PRESENT.search(sentence)


def _last_before(ends: tuple[int, ...], position: int) -> int:
    """Return the last of some ends at or before a position, 0 when there is none."""
    at = bisect(ends, position)
    return ends[at - 1] if at else 0
