from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluebook.domain.clue import Nature
from cluebook.domain.lists import split, unite
from cluebook.domain.numbering import NATURE_CODES, next_seq, series_of
from cluebook.text import LANGS

PATTERN = "XS-{year}-{nature}-{seq:04}"


def test_a_number_says_year_nature_and_sequence():
    assert series_of(PATTERN, year=2026, nature="HG").number(12) == "XS-2026-HG-0012"


def test_a_sequence_grows_beyond_its_digits():
    assert series_of("{seq:02}", year=2026).number(123) == "123"
    assert series_of("线索〔{year}〕{seq}号", year=2026).number(1) == "线索〔2026〕1号"


@pytest.mark.parametrize(
    "pattern", ["XS", "XS-{year}", "{seq}{seq}", "{seq}-{place}", "{seq:4d}", "{seq:04}}", "{seq}{0}"]
)
def test_a_pattern_that_cannot_number_is_refused(pattern):
    with pytest.raises(ValueError, match=re.escape(pattern)):
        series_of(pattern, year=2026)


def test_numbers_of_other_years_and_natures_do_not_count():
    series = series_of(PATTERN, year=2026, nature="YW")
    taken = [
        "XS-2025-YW-0090",
        "XS-2026-HG-0080",
        "XS-2026-YW-0003",
        "XS-2026-YW-x",
        "XS-2026-YW-",
        None,
        "XS-2026-YW-²",
    ]
    assert next_seq(series, taken) == 4


def test_the_counter_and_the_numbers_seen_are_both_heeded():
    series = series_of(PATTERN, year=2026, nature="YW")
    assert next_seq(series, ["XS-2026-YW-0003"], last=7) == 8
    assert next_seq(series, ["XS-2026-YW-0009"], last=7) == 10
    assert next_seq(series, []) == 1


@given(
    st.integers(1, 10**6), st.sampled_from([PATTERN, "{seq}号", "{year}{seq:03}", "线索〔{year}〕{seq}号"])
)
def test_a_number_tells_its_sequence_again(seq, pattern):
    series = series_of(pattern, year=2026, nature="YW")
    assert series.seq(series.number(seq)) == seq


def test_every_nature_has_its_own_code_in_each_language():
    assert NATURE_CODES.keys() == set(Nature)
    for lang in LANGS:
        assert len({code.in_(lang) for code in NATURE_CODES.values()}) == len(Nature)


@given(
    st.lists(
        st.text(min_size=1).map(str.strip).filter(lambda n: n and not set(n) & set("、;；\n")), max_size=4
    )
)
def test_names_in_one_cell_come_apart_again(names):
    for lang in LANGS:
        assert split(unite(tuple(names), lang)) == tuple(names)
