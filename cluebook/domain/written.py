"""Dates and names as people write them by hand: Chinese numerals, names of months, spaces between two characters."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_DIGITS = {character: value for value, characters in enumerate(
    ("〇零○Ｏ", "一壹", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
) for character in characters}  # fmt: skip
_TENS = {"十": "1", "拾": "1", "廿": "2", "卅": "3"}
_CHINESE = re.compile(rf"[{''.join(_DIGITS)}{''.join(_TENS)}]+(?=\s*[年月日号])")
_WRITTEN = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_ENGLISH = (
    re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{_MONTH}),?\s+(?P<year>\d{{4}})"),
    re.compile(rf"(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"),
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_HAN = r"\u3400-\u9fff"
_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")


def day_written(words: str) -> date | None:
    """Return the day that words name, or ``None`` where they name none, or one that could be two.

    >>> day_written("二〇二六年十一月四日"), day_written("２０２６年１１月４日"), day_written("Nov 4, 2026")
    (datetime.date(2026, 11, 4), datetime.date(2026, 11, 4), datetime.date(2026, 11, 4))
    >>> day_written("25/11/2026"), day_written("4/11/2026"), day_written("二〇二六年二月三十日")
    (datetime.date(2026, 11, 25), None, None)
    """
    plain = _CHINESE.sub(
        lambda found: _number(found[0]), unicodedata.normalize("NFKC", words).strip().lower()
    )
    if found := _WRITTEN.fullmatch(plain):
        return _day(*found.groups())
    for pattern in _ENGLISH:
        if found := pattern.fullmatch(plain):
            return _day(found["year"], str(_MONTHS.index(found["month"][:3]) + 1), found["day"])
    if found := _NUMBERS.fullmatch(plain):
        one, other, year = found.groups()
        days = {day for day in (_day(year, other, one), _day(year, one, other)) if day}
        return days.pop() if len(days) == 1 else None
    return None


def name_written(words: str) -> str:
    """Return a name without the spaces that fill it up to the width of others.

    >>> name_written(" 赵　敏 "), name_written("Kim  Lowe")
    ('赵敏', 'Kim Lowe')
    """
    return " ".join(_BETWEEN_HAN.sub("", words).split())


def _number(numerals: str) -> str:
    """Return a Chinese numeral below a hundred, or a year told digit by digit, in digits."""
    for ten, digit in _TENS.items():
        if ten in numerals:
            before, _, after = numerals.partition(ten)
            tens = str(_DIGITS[before[-1]]) if before and before[-1] in _DIGITS else digit
            return tens + (str(_DIGITS[after[0]]) if after and after[0] in _DIGITS else "0")
    return "".join(str(_DIGITS[numeral]) for numeral in numerals)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
