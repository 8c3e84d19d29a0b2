"""The phrases a new ledger starts with, in both languages whatever the ledger's own is."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from cluebook.domain.categories import CATEGORIES
from cluebook.domain.clue import Urgency
from cluebook.domain.fields import YesNo
from cluebook.domain.office import Keyword, Where
from cluebook.text import LANGS, Lang

if TYPE_CHECKING:
    from collections.abc import Iterator

_TARGETS = {category.id: category.label for category in CATEGORIES} | {
    "urgent": Urgency.URGENT.text,
    "important": Urgency.IMPORTANT.text,
}


def starting_keywords(lang: Lang) -> tuple[Keyword, ...]:
    """Return all starting phrases, pointing to labels in `lang`; clues of one office mix languages."""
    own_first = sorted(LANGS, key=lambda written: written != lang)
    return tuple(keyword for written in own_first for keyword in _read(written, lang))


def _read(written: Lang, lang: Lang) -> Iterator[Keyword]:
    table = resources.files("cluebook.seeds").joinpath(f"keywords.{written}.tsv").read_text(encoding="utf-8")
    for line in table.splitlines()[1:]:
        phrase, points_to, weight, together, without, where = line.split("\t")
        yield Keyword(
            phrase=phrase,
            points_to=_TARGETS[points_to].in_(lang),
            weight=int(weight),
            together=together or None,
            without=without or None,
            where=Where[where.upper()],
            active=YesNo.YES,
        )
