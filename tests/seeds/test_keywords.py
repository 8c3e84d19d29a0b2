"""The starting phrases can be used as they are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from cluebook.domain.categories import CATEGORIES
from cluebook.domain.clue import Urgency
from cluebook.domain.office import Where
from cluebook.seeds.keywords import starting_keywords
from cluebook.text import LANGS

if TYPE_CHECKING:
    from cluebook.text import Lang


@pytest.mark.parametrize("lang", LANGS)
def test_every_phrase_points_to_a_subtype_or_an_urgency_in_the_ledgers_language(lang: Lang) -> None:
    known = {category.label.in_(lang) for category in CATEGORIES} | {u.text.in_(lang) for u in Urgency}
    assert {keyword.points_to for keyword in starting_keywords(lang)} <= known


@pytest.mark.parametrize("lang", LANGS)
def test_a_ledger_gets_the_phrases_of_both_languages_its_own_first(lang: Lang) -> None:
    phrases = [keyword.phrase or "" for keyword in starting_keywords(lang)]
    assert {"冒烟", "kickback*"} <= set(phrases)
    assert phrases[0].isascii() is (lang == "en")


def test_weights_are_from_one_to_five() -> None:
    assert {keyword.weight for keyword in starting_keywords("zh")} <= {1, 2, 3, 4, 5}


def test_no_phrase_stands_twice_for_one_target_and_place() -> None:
    count = Counter((k.phrase, k.points_to, k.where) for k in starting_keywords("zh"))
    assert [key for key, times in count.items() if times > 1] == []


def test_channels_have_rules_of_their_own() -> None:
    channels = {k.phrase for k in starting_keywords("zh") if k.where is Where.CHANNEL}
    assert {"举报", "员工上报", "market research"} <= channels
