"""The starting subtypes fit the procedure."""

from __future__ import annotations

from cluebook.domain.categories import CATEGORIES
from cluebook.domain.clue import Nature
from cluebook.text import LANGS


def test_each_nature_ends_with_a_class_for_the_rest() -> None:
    rest = {"business_other": Nature.BUSINESS, "compliance_other": Nature.COMPLIANCE, "other": Nature.OTHER}
    for nature in Nature:
        last = [category for category in CATEGORIES if category.nature is nature][-1]
        assert rest[last.id] is nature


def test_the_seven_subtypes_of_the_procedure_stand_under_their_nature() -> None:
    by_nature = {
        nature: {c.id for c in CATEGORIES if c.nature is nature and "other" not in c.id} for nature in Nature
    }
    assert by_nature == {
        Nature.BUSINESS: {"quality", "service", "dispute"},
        Nature.COMPLIANCE: {"misconduct", "tax"},
        Nature.OTHER: {"suggestion", "market"},
    }


def test_labels_are_distinct_in_each_language() -> None:
    for lang in LANGS:
        assert len({category.label.in_(lang) for category in CATEGORIES}) == len(CATEGORIES)
