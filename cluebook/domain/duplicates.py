"""Which clues may be the same matter told twice (procedure Z10): like texts, or a number or subject in common.

Two texts are alike when half of what the shorter one says, cut into pieces of four characters, stands in the
other too. To find such pairs among thousands, a sample of the pieces is compared first: those that begin with
certain characters, which are the same ones in both texts.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, combinations
from typing import TypeVar

from cluebook import hanzi
from cluebook.domain import lists
from cluebook.domain.clue import Clue, Stage
from cluebook.text import Text

T = TypeVar("T", bound=Hashable)

ALIKE = 0.5
"""Share of the shorter text that stands in the other too, from which on two texts count as alike."""

COMMON = 20
"""A piece, number or subject that more clues than this have in common tells nothing."""

SOURCE_NO = Text("来源编号相同", "same source no.")
NUMBER = Text("号码相同", "same number")
SUBJECT = Text("涉及对象相同", "same subject")

_PIECE = 4
_SHORTEST = 12
"""A text with fewer letters is like many others."""
_ONE_IN = 13
_ENOUGH = 0.2
"""Share of the sampled pieces in common that makes two texts worth comparing in full."""
_DIGITS = 7
"""A number with fewer digits is a date, an amount or a house number."""
_FEW = 5
"""For so few clues the others are looked through for a few pieces before they are compared."""
_LOOKED_FOR = 24
_PLACED = frozenset({Stage.MERGED, Stage.WITHDRAWN, Stage.DISPOSED})
"""Where a clue stands that nothing is merged into."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A clue that may be the same matter.

    Attributes:
        clue: the other clue.
        signs: what both have in common.
        share: how much of the shorter text stands in the longer one, from 0 to 1; 0 where they are not alike.
    """

    clue: Clue
    signs: tuple[Text, ...]
    share: float


def likenesses(
    asked: Sequence[Clue], held: Sequence[Clue], numbers: Mapping[str, Iterable[str]]
) -> list[list[Likeness]]:
    """Return for each clue that is asked about those that may be the same matter, the likeliest first.

    Args:
        asked: the clues that are asked about; they are compared with each other too.
        held: the other clues of the ledger.
        numbers: by entry number what a clue has beside its own columns, such as telephone numbers.
    """
    open_to_it = [clue for clue in held if clue.stage not in _PLACED]
    if len(asked) <= _FEW:
        open_to_it = _worth_comparing(asked, open_to_it, numbers)
    everything = [*asked, *open_to_it]
    plain = _plain([account(clue) for clue in everything])
    signs = _in_common([_signs(clue, numbers) for clue in everything], len(asked))
    shares = _shares(plain, len(asked))
    found: list[list[Likeness]] = [[] for _ in asked]
    for pair in dict.fromkeys((*shares, *signs)):
        told = tuple(dict.fromkeys(sign for sign, _ in sorted(signs.get(pair, ()))))
        for mine, other in (pair, pair[::-1]):
            if mine < len(asked) and not _known_together(everything[mine], everything[other]):
                found[mine].append(Likeness(everything[other], told, shares.get(pair, 0.0)))
    return [sorted(each, key=lambda like: (-like.share, -len(like.signs))) for each in found]


def _worth_comparing(
    asked: Sequence[Clue], held: Sequence[Clue], numbers: Mapping[str, Iterable[str]]
) -> list[Clue]:
    """Return the clues that hold any of a few pieces of the texts asked about, or share a number or subject.

    To look for a few pieces in all texts at once is many times quicker than to take each text apart.
    """
    texts = [hanzi.simplify(account(clue)) for clue in asked]
    looked_for = {piece for text in texts for piece in _spread(sorted(_WORDS.findall(text)), _LOOKED_FOR)}
    whole = hanzi.simplify(_END.join(map(account, held)))
    ends = list(accumulate(len(text) + 1 for text in whole.split(_END)))
    near = {
        bisect_right(ends, found.start())
        for piece in looked_for
        for found in re.finditer(re.escape(piece), whole)
    }
    signs = set().union(*(_signs(clue, numbers) for clue in asked))
    return [clue for at, clue in enumerate(held) if at in near or not signs.isdisjoint(_signs(clue, numbers))]


def _spread(pieces: Sequence[str], most: int) -> Sequence[str]:
    """Return so many of the pieces, from all over."""
    return pieces[:: len(pieces) // most + 1]


def account(clue: Clue) -> str:
    """Return what a clue tells in words."""
    return f"{clue.matter or ''}\n{clue.description or ''}".replace(_END, "")


def _known_together(one: Clue, other: Clue) -> bool:
    """Return whether one of two clues is merged into the other already."""
    return any(a.number and a.number == b.master_number for a, b in ((one, other), (other, one)))


def _signs(clue: Clue, numbers: Mapping[str, Iterable[str]]) -> set[tuple[Text, str]]:
    """Return what can be the same in two clues beside their texts."""
    told = (number for number in _NUMBER.findall(account(clue)) if not _DATE.match(number))
    signs = {(SUBJECT, name) for name in lists.split(clue.subjects)}
    signs |= {(SOURCE_NO, clue.source_no.strip())} if clue.source_no else set()
    return signs | _number_signs((*told, *numbers.get(clue.entry_no or "", ())))


def _number_signs(numbers: Iterable[str]) -> set[tuple[Text, str]]:
    bare = (_NO_DIGIT.sub("", unicodedata.normalize("NFKC", number)) for number in numbers)
    return {(NUMBER, digits) for digits in bare if len(digits) >= _DIGITS}


_NUMBER = re.compile(r"\d[\d -]{5,}\d")
_WORDS = re.compile(r"(?=(\w{4}))")
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?(?!\d)")
_NO_DIGIT = re.compile(r"\D")


def _in_common(sets: Sequence[AbstractSet[T]], asked: int) -> dict[tuple[int, int], list[T]]:
    """Return what two sets have in common, by the pair of their places, one of the first `asked` in each."""
    wanted = set().union(*sets[:asked])
    holders: dict[T, list[int]] = defaultdict(list)
    for at, held in enumerate(sets):
        for each in held & wanted:
            holders[each].append(at)
    pairs: dict[tuple[int, int], list[T]] = defaultdict(list)
    for each, places in holders.items():
        if len(places) <= COMMON:
            for pair in combinations(places, 2):
                if pair[0] < asked:
                    pairs[pair].append(each)
    return pairs


def _shares(plain: Sequence[str], asked: int) -> dict[tuple[int, int], float]:
    """Return how alike two texts are, for the pairs that are alike."""
    sampled = [frozenset(_sampled().findall(text)) for text in plain]
    alike = {}
    for (one, other), common in _in_common(sampled, asked).items():
        if len(common) < _ENOUGH * min(len(sampled[one]), len(sampled[other])):
            continue
        pieces = _pieces(plain[one]), _pieces(plain[other])
        share = len(pieces[0] & pieces[1]) / min(map(len, pieces))
        if share >= ALIKE:
            alike[one, other] = share
    return alike


def _plain(texts: Sequence[str]) -> list[str]:
    """Return what texts come to when they are compared; nothing of a text too short to tell."""
    return [text if len(text) >= _SHORTEST else "" for text in comparable(texts)]


def comparable(texts: Sequence[str]) -> list[str]:
    """Return the letters and digits of texts, small, simplified and of one width: what is compared of two accounts.

    >>> comparable(["門店 ＡＢ-漏水！"])
    ['门店ab漏水']
    """
    bare = _MARKS.sub("", hanzi.simplify(_END.join(texts))).casefold()
    return [
        t if unicodedata.is_normalized("NFKC", t) else unicodedata.normalize("NFKC", t)
        for t in bare.split(_END)
    ]


_END = "\x00"
"""Ends a text among others; no cell can hold it."""
_MARKS = re.compile(rf"[^\w{_END}]+|_+")


def _pieces(text: str) -> set[str]:
    return {text[at : at + _PIECE] for at in range(len(text) - _PIECE + 1)}


@cache
def _sampled() -> re.Pattern[str]:
    """Return what finds the sampled pieces: those that begin with one of every so many characters."""
    first = "".join(
        re.escape(chr(code)) for code in range(ord("0"), 0x10000, _ONE_IN) if not 0xD800 <= code < 0xE000
    )
    return re.compile(f"(?=([{first}].{{{_PIECE - 1}}}))")
