"""Dates as people write them by hand, and as no one can be sure of."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluebook.domain.written import day_written, name_written

NUMERALS = "〇一二三四五六七八九"


def in_numerals(number: int) -> str:
    """A number below a hundred as it is said."""
    tens, ones = divmod(number, 10)
    said = "" if tens == 0 else "十" if tens == 1 else f"{NUMERALS[tens]}十"
    return said + (NUMERALS[ones] if ones else "")


@given(st.dates(date(1900, 3, 1), date(2999, 12, 31)))
def test_any_day_is_read_in_every_way_of_writing_it(day):
    year = "".join(NUMERALS[int(digit)] for digit in f"{day.year}")
    for written in (
        f"{year}年{in_numerals(day.month)}月{in_numerals(day.day)}日",
        f"{day.year} 年 {day.month} 月 {day.day} 日",
        f"{day:%d %B %Y}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%b} {day.day} {day.year}",
    ):
        assert day_written(written) == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("二零二六年十一月廿五日", date(2026, 11, 25)),
        ("贰〇贰陆年壹拾壹月伍日", date(2026, 11, 5)),
        ("２０２６年１１月４号", date(2026, 11, 4)),
        ("4th November 2026", date(2026, 11, 4)),
        ("25/11/2026", date(2026, 11, 25)),
        ("11/25/2026", date(2026, 11, 25)),
        ("11/11/2026", date(2026, 11, 11)),
    ],
)
def test_other_hands_are_read_too(words, day):
    assert day_written(words) == day


@pytest.mark.parametrize(
    "words", ["", "4/11/2026", "11月4日", "2026年13月1日", "2026年2月30日", "下周", "年月日", "十"]
)
def test_what_is_no_day_or_could_be_two_is_none(words):
    assert day_written(words) is None


@given(st.text())
def test_no_words_upset_the_reader(words):
    day_written(words)
    name_written(words)


@pytest.mark.parametrize(
    ("words", "name"), [("赵　敏", "赵敏"), (" Kim  Lowe ", "Kim Lowe"), ("欧阳 Kim", "欧阳 Kim")]
)
def test_a_name_loses_only_the_spaces_that_fill_it_up(words, name):
    assert name_written(words) == name
