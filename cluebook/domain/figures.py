"""Sums of money and near dates that a text speaks of, in Chinese and in English."""

from __future__ import annotations

import re
from datetime import date, timedelta

NEAR_DAYS = 3
"""A date at most this many days off calls for action at once (procedure 7)."""

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1_000}
_BIG = {"万": 10_000, "亿": 100_000_000}
_SCALE = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_CHINESE_SUM = re.compile(
    rf"(?P<digits>{_NUMBER})(?P<scale>[十百千]?[万亿]?)余?多?(?P<money>元|块|人民币|美元|美金|港币|欧元)"
    rf"|(?P<bare>{_NUMBER})(?P<big>[百千]?[万亿])(?![\w])"
    r"|(?P<han>[〇零一二两三四五六七八九十百千]+(?:[万亿][〇零一二两三四五六七八九十百千]*)*)余?多?"
    r"(?:(?<=[万亿百千])(?=[^\w]|$)|(?:元|块|人民币|美元|美金|港币|欧元))"
)
_ENGLISH_SUM = re.compile(
    rf"(?:rmb|cny|usd|us\$|hk\$|eur|gbp|[$¥€£])\s?(?P<n1>{_NUMBER})\s?(?P<s1>k|thousand|mn?|million|bn|billion)?\b"
    rf"|\b(?P<n2>{_NUMBER})\s?(?P<s2>k|thousand|mn?|million|bn|billion)?\s(?:yuan|rmb|dollars|euros?|pounds|usd|cny|eur)\b"
    rf"|\b(?P<n3>{_NUMBER})(?P<s3>(?-i:M)|\smillion|\sbillion)\b",
    re.IGNORECASE,
)
_NEAR = re.compile(
    r"今晚|今夜|今天(?:下午|之内|内|下班)|今日(?:内|下午)|明天|明日|明早|明晚|明儿|明[日天]起|后天|"
    r"(?:本|这)?(?:周|星期|礼拜)[一二三四五六日天](?:[上下]午|早上?|晚上?|中午)?(?:之?前|起|[上下]午|早上?|晚上?|中午|开庭|到期|截止|必须)|[本这](?:周|星期)[一二三四五六日天]|"
    r"(?:[一二两三123]|24|48|72)(?:个)?(?:工作)?(?:日|天|小时)(?:之?内|以内|后)|"
    r"\btonight\b|\btomorrow\b|\b(?:by|before|this|until|on) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b|"
    r"\bby (?:the )?end of (?:the )?(?:day|week)\b|\bday after tomorrow\b|"
    r"\b(?:within|in|next) (?:the next )?(?:24|48|72|twenty four|forty eight|seventy two|one|two|three|1|2|3) (?:working |business )?(?:hours|days?)\b",
    re.IGNORECASE,
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DATE = re.compile(
    r"(?:(?P<y>20\d\d)\s?[年/.-]\s?)?(?P<m>\d{1,2})\s?[月/-]\s?(?P<d>\d{1,2})(?:日|号|\b)"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?P<m2>{'|'.join(_MONTHS)})[a-z]*"
    rf"|\b(?P<m3>{'|'.join(_MONTHS)})[a-z]* (?P<d3>\d{{1,2}})\b",
    re.IGNORECASE,
)


def largest_sum(text: str) -> float:
    """Return the largest sum of money named in a text, 0 when there is none; currencies count alike.

    >>> largest_sum("损失六百万"), largest_sum("合计50万元，另付RMB 1,200"), largest_sum("a 3.4M claim")
    (6000000.0, 500000.0, 3400000.0)
    >>> largest_sum("三万台，1200 人")
    0.0
    """
    sums = [_chinese_sum(m) for m in _CHINESE_SUM.finditer(text)]
    return max([*sums, *(_english_sum(m) for m in _ENGLISH_SUM.finditer(text))], default=0.0)


def speaks_of_near_date(text: str, today: date | None) -> bool:
    """Return whether a text names a date a few days ahead; dates in figures need `today` to be judged.

    >>> speaks_of_near_date("后天上午开庭", None), speaks_of_near_date("上个月来过", None)
    (True, False)
    >>> speaks_of_near_date("11月26日听证", date(2026, 11, 24))
    True
    """
    if _NEAR.search(text):
        return True
    return today is not None and any(_is_near(match, today) for match in _DATE.finditer(text))


def chinese_number(word: str) -> int:
    """Return the value of a number in Chinese characters.

    >>> chinese_number("六百万"), chinese_number("两千三百五十"), chinese_number("十二")
    (6000000, 2350, 12)
    """
    total = section = digit = 0
    for character in word:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _UNITS:
            section, digit = section + (digit or 1) * _UNITS[character], 0
        elif character == "亿":
            total, section, digit = (total + section + digit) * _BIG[character], 0, 0
        else:
            total, section, digit = total + (section + digit) * _BIG[character], 0, 0
    return total + section + digit


def _chinese_sum(match: re.Match[str]) -> float:
    if match["han"]:
        return float(chinese_number(match["han"]))
    figure, scale = match["digits"] or match["bare"], match["scale"] or match["big"]
    for character in scale or "":
        figure = str(float(figure.replace(",", "")) * (_UNITS | _BIG)[character])
    return float(figure.replace(",", ""))


def _english_sum(match: re.Match[str]) -> float:
    figure = match["n1"] or match["n2"] or match["n3"]
    scale = (match["s1"] or match["s2"] or match["s3"] or "").strip().casefold()
    return float(figure.replace(",", "")) * _SCALE.get(scale, 1)


def _is_near(match: re.Match[str], today: date) -> bool:
    day = int(match["d"] or match["d2"] or match["d3"])
    named = (match["m2"] or match["m3"] or "").casefold()
    month = _MONTHS.index(named) + 1 if named else int(match["m"])
    years = [int(match["y"])] if match["y"] else [today.year, today.year + 1]
    for year in years:
        try:
            ahead = date(year, month, day) - today
        except ValueError:
            continue
        if timedelta(0) <= ahead <= timedelta(days=NEAR_DAYS):
            return True
    return False
