"""What a clue seems to be about and how soon it must be done: a suggestion with its reasons (Z1 to Z5).

The rules are the office's own list of phrases. Nature and urgency are judged apart. How loudly a
writer asks for haste counts nothing: what happened does (procedure 7).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cluebook.domain.assertions import is_denied, is_not_now, read
from cluebook.domain.clue import Urgency
from cluebook.domain.fields import YesNo
from cluebook.domain.figures import largest_sum, speaks_of_near_date
from cluebook.domain.office import Where
from cluebook.domain.phrases import Vocabulary, find, outermost, tidy, vocabulary
from cluebook.text import LANGS, Text, join, same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from cluebook.domain.office import Keyword
    from cluebook.domain.phrases import Hit

ENOUGH = 2
"""The score from which a subtype may be suggested; what a channel alone speaks for is just enough."""
AHEAD = 1
"""By how much it must lead the next one."""
URGENT_FROM = 4
IMPORTANT_FROM = 3
GRAVE = 2
"""The weight from which an urgent phrase says something by itself; a lighter one only backs another."""
BACKING = 40
"""How far off, in characters, a lighter phrase may back a weighty one; a weighty one may from `BESIDE`."""
BACKED = 1
"""What a weighty urgent phrase gains when another stands near: two weaker signs make a clue urgent."""
IN_TITLE = 1
"""What a phrase weighs more when it stands in the title."""
SIZEABLE = 500_000
"""The sum of money from which a clue is important."""
BESIDE = 80
"""How far off, in characters, a word may stand that a phrase wants beside it."""
SHOWN = 5
"""How many phrases a reason names for one subtype."""

_SUM = Text("金额较大", "sizeable sum")
_SUM_WEIGHT = 3
_DATE = Text("期限临近", "near date")
_DATE_WEIGHT = 2

_LEVELS = {u.text.in_(lang).casefold(): u for u in (Urgency.URGENT, Urgency.IMPORTANT) for lang in LANGS}
_SEPARATOR = re.compile(r"[、;；\n]")


@dataclass(frozen=True, slots=True)
class Rule:
    """A keyword made ready: `target` is a subtype's label or an urgency."""

    phrase: str
    target: str | Urgency
    weight: int
    together: frozenset[str]
    without: frozenset[str]
    where: Where


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules by their phrase as it stands in a tidied text, with what finds them in one pass."""

    by_phrase: Mapping[str, tuple[Rule, ...]]
    known: Vocabulary
    simplify: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the rules make of a clue.

    Attributes:
        subtype: label of the suggested subtype; `None` when a person should decide.
        second: the next best subtype, if any scored.
        urgency: the suggested urgency.
        reason: the phrases that led to it.
        confidence: from 0 to 1, how clearly the best subtype stands out.
        needs_person: no subtype stands out.
    """

    subtype: str | None
    second: str | None
    urgency: Urgency
    reason: Text
    confidence: float
    needs_person: bool


@dataclass(frozen=True, slots=True)
class _Point:
    """Something that speaks for a target, and how much."""

    name: Text
    target: str | Urgency
    weight: int
    start: int = 0
    is_circumstance: bool = False


def compile_rules(keywords: Sequence[Keyword], simplify: Callable[[str], str]) -> Rules:
    """Return the active keywords made ready; do it once, then suggest for many clues."""
    by_phrase: dict[str, list[Rule]] = defaultdict(list)
    terms: set[str] = set()
    for keyword in keywords:
        phrase = _folded(keyword.phrase or "", simplify)
        if not phrase or not keyword.points_to or keyword.active is YesNo.NO:
            continue
        rule = _rule(keyword, simplify)
        by_phrase[phrase].append(rule)
        terms |= {phrase, *rule.together, *rule.without}
    return Rules({p: tuple(r) for p, r in by_phrase.items()}, vocabulary(terms), simplify)


def suggest(
    matter: str, description: str, channel: str | None, rules: Rules, *, today: date | None = None
) -> Suggestion:
    """Return the subtype and the urgency that the phrases of a clue speak for.

    >>> from cluebook.domain.office import Keyword
    >>> rules = compile_rules([Keyword(phrase="冒烟", points_to="产品质量", weight=4)], lambda text: text)
    >>> found = suggest("电饭煲冒烟", "第一次使用时冒烟。", "客户投诉", rules)
    >>> found.subtype, found.reason.zh
    ('产品质量', '产品质量 5：冒烟(5)')
    """
    title, body = tidy(matter, rules.simplify), tidy(description, rules.simplify)
    text = f"{title}\n{body}"
    points = [*_phrase_points(text.casefold(), len(title), rules, today), *_channel_points(channel, rules)]
    points += _figure_points(text, today)
    ranked, urgency = _ranked(points), _urgency(points)
    best, next_best = (*(score for _, score in ranked), 0, 0)[:2]
    needs_person = best < ENOUGH or best - next_best < AHEAD
    return Suggestion(
        subtype=None if needs_person else ranked[0][0],
        second=ranked[1][0] if len(ranked) > 1 else None,
        urgency=urgency,
        reason=_reason(ranked, urgency, points, needs_person=needs_person),
        confidence=round(best / (best + next_best + AHEAD), 2),
        needs_person=needs_person,
    )


def _rule(keyword: Keyword, simplify: Callable[[str], str]) -> Rule:
    points_to = (keyword.points_to or "").strip()
    return Rule(
        phrase=(keyword.phrase or "").strip(),
        target=_LEVELS.get(points_to.casefold(), points_to),
        weight=1 if keyword.weight is None else keyword.weight,
        together=_listed(keyword.together, simplify),
        without=_listed(keyword.without, simplify),
        where=keyword.where or Where.ANYWHERE,
    )


def _listed(cell: str | None, simplify: Callable[[str], str]) -> frozenset[str]:
    """Return the phrases of a cell that lists several."""
    return frozenset(_folded(part, simplify) for part in _SEPARATOR.split(cell or "") if part.strip())


def _folded(text: str, simplify: Callable[[str], str]) -> str:
    return tidy(text, simplify).casefold()


def _phrase_points(text: str, title_end: int, rules: Rules, today: date | None) -> list[_Point]:
    """Return what the phrases of title and text speak for, each rule once, for its weightiest place."""
    hits = find(text, rules.known)
    places: dict[str, list[int]] = defaultdict(list)
    for hit in hits:
        places[hit.phrase].append(hit.start)
    own = [hit for hit in hits if hit.phrase in rules.by_phrase]
    reading = read(text, title_end, own)
    best: dict[int, _Point] = {}
    for graded in (False, True):
        for hit in outermost(h for h in own if _has(rules.by_phrase[h.phrase], graded=graded)):
            if is_denied(hit, reading) or (graded and is_not_now(hit, reading, today)):
                continue
            extra = IN_TITLE if hit.start < title_end and not graded else 0
            for rule in rules.by_phrase[hit.phrase]:
                if isinstance(rule.target, Urgency) is graded and _applies(rule, hit, places, title_end):
                    known = best.get(id(rule))
                    if known is None or known.weight < rule.weight + extra:
                        best[id(rule)] = _Point(
                            same(rule.phrase), rule.target, rule.weight + extra, hit.start
                        )
    return list(best.values())


def _has(rules: Iterable[Rule], *, graded: bool) -> bool:
    """Return whether a phrase speaks for an urgency (`graded`) or for a subtype."""
    return any(isinstance(rule.target, Urgency) is graded for rule in rules)


def _applies(rule: Rule, hit: Hit, places: Mapping[str, Sequence[int]], title_end: int) -> bool:
    """Return whether place and company of a phrase are as its rule wants them."""
    elsewhere = Where.BODY if hit.start < title_end else Where.TITLE
    if rule.where in (Where.CHANNEL, elsewhere) or any(word in places for word in rule.without):
        return False
    return not rule.together or any(_is_beside(hit.start, places.get(word, ())) for word in rule.together)


def _is_beside(start: int, places: Sequence[int]) -> bool:
    """Return whether one of some places, in order, is near."""
    at = bisect_left(places, start - BESIDE)
    return at < len(places) and places[at] <= start + BESIDE


def _channel_points(channel: str | None, rules: Rules) -> list[_Point]:
    """Return what the way a clue came in speaks for."""
    hits = find(_folded(channel or "", rules.simplify), rules.known)
    return [
        _Point(same(rule.phrase), rule.target, rule.weight, is_circumstance=True)
        for phrase in dict.fromkeys(hit.phrase for hit in outermost(hits))
        for rule in rules.by_phrase.get(phrase, ())
        if rule.where is Where.CHANNEL
    ]


def _figure_points(text: str, today: date | None) -> list[_Point]:
    """Return what sums and dates speak for; a near date is urgent only beside something else."""
    points = []
    if largest_sum(text) >= SIZEABLE:
        points.append(_Point(_SUM, Urgency.IMPORTANT, _SUM_WEIGHT))
    if speaks_of_near_date(text, today):
        points.append(_Point(_DATE, Urgency.URGENT, _DATE_WEIGHT, is_circumstance=True))
    return points


def _ranked(points: Iterable[_Point]) -> list[tuple[str, int]]:
    """Return the subtypes with their scores, the best first."""
    scores: dict[str, int] = defaultdict(int)
    for point in points:
        if isinstance(point.target, str):
            scores[point.target] += point.weight
    return sorted(((t, s) for t, s in scores.items() if s > 0), key=lambda scored: -scored[1])


def _urgency(points: Sequence[_Point]) -> Urgency:
    """Return the urgency of the gravest phrase, which one beside it, a near date or the channel makes graver.

    Phrases are not added up over the text: a long letter that mentions much is not urgent for its length.
    """
    graded = [p for p in points if isinstance(p.target, Urgency)]
    told = [p for p in graded if not p.is_circumstance]
    urgent = [p for p in told if p.target is Urgency.URGENT]
    gravest = max((_backed(p, urgent) for p in urgent if p.weight >= GRAVE), default=0)
    important = max((p.weight for p in told if p.target is Urgency.IMPORTANT), default=0)
    gravest += sum(p.weight for p in graded if p.target is Urgency.URGENT and p.is_circumstance)
    if gravest >= URGENT_FROM:
        return Urgency.URGENT
    return Urgency.IMPORTANT if max(gravest, important) >= IMPORTANT_FROM else Urgency.GENERAL


def _backed(point: _Point, urgent: Iterable[_Point]) -> int:
    """Return the weight of an urgent phrase, more when another one stands beside it."""
    if point.weight < IMPORTANT_FROM:
        return point.weight
    reach = {True: BESIDE, False: BACKING}
    backed = any(0 < abs(p.start - point.start) <= reach[p.weight >= IMPORTANT_FROM] for p in urgent)
    return point.weight + BACKED if backed else point.weight


def _reason(
    ranked: Sequence[tuple[str, int]], urgency: Urgency, points: Sequence[_Point], *, needs_person: bool
) -> Text:
    """Return the reasons in words: of the best subtype, or of the two best when a person decides."""
    shown = ranked[:2] if needs_person else ranked[:1]
    parts = [_fired(same(f"{subtype} {score}"), points, {subtype}) for subtype, score in shown]
    if urgency is not Urgency.GENERAL:
        # A phrase may speak for both levels; its weightier voice is named.
        graded = {p.name: p for p in sorted(points, key=_weight) if isinstance(p.target, Urgency)}
        parts.append(_fired(urgency.text, graded.values(), {Urgency.URGENT, Urgency.IMPORTANT}))
    if needs_person:
        parts.insert(0, Text("需人工判断", "A person should decide"))
    return join(parts, "；", "; ")


def _fired(head: Text, points: Iterable[_Point], targets: set[str] | set[Urgency]) -> Text:
    """Return a heading with the weightiest phrases that spoke for some targets."""
    fired = sorted((p for p in points if p.target in targets), key=_weight, reverse=True)
    words = [Text(f"{p.name.zh}({p.weight})", f"{p.name.en} ({p.weight})") for p in fired[:SHOWN]]
    more = Text("…", "…") if len(fired) > SHOWN else Text("", "")
    return Text("{head}：{words}{more}", "{head}: {words}{more}").fill(
        head=head, words=join(words), more=more
    )


def _weight(point: _Point) -> int:
    return point.weight
