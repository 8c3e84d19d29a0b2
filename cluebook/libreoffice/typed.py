"""What Excel makes of a text put into a cell that has no format: "007" becomes 7, "3-4" a date.

Calc does none of this when a program sets a value, so the engine does it first. The rules are those of
an English Excel, which also reads ISO dates; nothing here needs an office.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

Kind = Literal["text", "number", "boolean", "formula"]

EPOCH = datetime(1899, 12, 30)
DAY = 86_400
LONGEST_TEXT = 32_767
"""The characters a cell holds, in Excel as here."""
DIGITS = 15
"""The digits Excel keeps of a number; an identity number loses its last three."""

NUMBER = re.compile(r"([-+]?)(\$?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?:[eE]([-+]?\d{1,3}))?(%?)")
ISO_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
US_DATE = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4}|\d{2})")
DAY_OF_YEAR = re.compile(r"(\d{1,2})[-/](\d{1,2})")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([AaPp])[Mm])?")

DATE_FORMAT = "m/d/yyyy"
MOMENT_FORMAT = "m/d/yyyy h:mm"
SHORT_DATE_FORMAT = "d-mmm"
TIME_FORMAT = "h:mm:ss"


@dataclass(frozen=True, slots=True)
class Typed:
    """What a text becomes: its kind, its value, and the number format the cell takes with it."""

    kind: Kind
    value: str | float
    format: str = ""


def typed(text: str, today: date) -> Typed:
    """Return what Excel makes of a text in a cell without a format.

    Args:
        text: what is put in.
        today: the day that says which year "3-4" falls in.

    >>> day = date(2026, 3, 2)
    >>> typed("007", day).value, typed("50%", day).value, typed("'007", day).value, typed("true", day).value
    (7.0, 0.5, '007', 1.0)
    >>> typed("2026-03-04", day)
    Typed(kind='number', value=46085.0, format='m/d/yyyy')
    """
    if text.startswith("'"):
        return Typed("text", text[1:])
    if text.startswith("=") and len(text) > 1:
        return Typed("formula", text)
    bare = text.strip()
    if bare.upper() in {"TRUE", "FALSE"}:
        return Typed("boolean", float(bare.upper() == "TRUE"))
    return _number(bare) or _moment(bare, today) or Typed("text", text)


def may_change(text: str) -> bool:
    """Return whether a text could become something else: a quick look that spares most texts the rules."""
    first = text[:1]
    return first in "'=+-.$ \t0123456789" or text[:4].strip().upper() in {"TRUE", "FALS"}


def serial(moment: datetime | date | time | timedelta, epoch: datetime = EPOCH) -> float:
    """Return the number a cell holds for a date, a time or a length of time.

    >>> serial(date(2026, 3, 4)), serial(datetime(2026, 3, 4, 12)), serial(time(6)), serial(timedelta(hours=36))
    (46085.0, 46085.5, 0.25, 1.5)
    """
    if isinstance(moment, time):
        moment = timedelta(
            hours=moment.hour, minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond
        )
    if isinstance(moment, timedelta):
        return moment / timedelta(days=1)
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)
    return serial(moment.replace(tzinfo=None) - epoch)


def moment_of(number: float, epoch: datetime = EPOCH) -> datetime:
    """Return the moment a cell's number stands for, to the millisecond, as exact as the number is.

    >>> moment_of(46085.5)
    datetime.datetime(2026, 3, 4, 12, 0)
    """
    return epoch + timedelta(days=int(number), milliseconds=round((number - int(number)) * DAY * 1000))


def _number(bare: str) -> Typed | None:
    m = NUMBER.fullmatch(bare)
    if not m:
        return None
    sign, money, digits, power, percent = m.groups()
    value = float(sign + _kept(digits.replace(",", "")) + (f"e{power}" if power else ""))
    if value in {float("inf"), float("-inf")}:
        return None
    whole = "." not in digits
    if percent:
        return Typed("number", value / 100, "0%" if whole else "0.00%")
    if money:
        return Typed("number", value, "$#,##0" if whole else "$#,##0.00")
    if power:
        return Typed("number", value, "0.00E+00")
    return Typed("number", value, ("#,##0" if whole else "#,##0.00") if "," in digits else "")


def _kept(digits: str) -> str:
    """Return the digits with those past the fifteenth made nought."""
    kept, seen = [], 0
    for mark in digits:
        seen += mark.isdigit() and (seen > 0 or mark != "0")
        kept.append("0" if mark.isdigit() and seen > DIGITS else mark)
    return "".join(kept)


def _moment(bare: str, today: date) -> Typed | None:
    day_text, _, clock_text = bare.partition(" ")
    if not clock_text or CLOCK.fullmatch(bare):
        clock = _clock(bare)
        if clock is not None:
            return Typed("number", serial(clock), TIME_FORMAT if bare.count(":") > 1 else "h:mm")
    day, form = _day(day_text, today)
    if day is None:
        return None
    if not clock_text:
        return Typed("number", serial(day), form)
    clock = _clock(clock_text.strip())
    return None if clock is None else Typed("number", serial(day) + serial(clock), MOMENT_FORMAT)


def _day(text: str, today: date) -> tuple[date | None, str]:
    if m := ISO_DATE.fullmatch(text):
        return _date(int(m[1]), int(m[2]), int(m[3])), DATE_FORMAT
    if m := US_DATE.fullmatch(text):
        year = int(m[3])
        full = year if len(m[3]) == 4 else year + (2000 if year < 30 else 1900)
        return _date(full, int(m[1]), int(m[2])), DATE_FORMAT
    if m := DAY_OF_YEAR.fullmatch(text):
        return _date(today.year, int(m[1]), int(m[2])), SHORT_DATE_FORMAT
    return None, ""


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= 1900 else None
    except ValueError:
        return None


def _clock(text: str) -> time | None:
    m = CLOCK.fullmatch(text)
    if not m:
        return None
    hour, half = int(m[1]), (m[4] or "").upper()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "P" else 0)
    try:
        return time(hour, int(m[2]), int(m[3] or 0))
    except ValueError:
        return None
