"""Cells of a closed workbook as its reader gives them, and when two of them are the same to a workbook."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from typing import Any

from cluebook.books.patch.values import MAX_EXACT
from cluebook.ledger.book import CellValue

_MOMENT = timedelta(milliseconds=1)


def value_of(raw: Any) -> CellValue:  # noqa: ANN401 - whatever the reader gives
    """Return a cell's value: a whole number as `int`, a blank, an error or no number as ``None``."""
    if isinstance(raw, float):
        whole = raw.is_integer() and abs(raw) <= MAX_EXACT
        return int(raw) if whole else raw if math.isfinite(raw) else None
    if raw == "":
        return None
    if isinstance(raw, timedelta):
        return value_of(raw / timedelta(days=1))
    if isinstance(raw, time):
        return value_of(
            timedelta(hours=raw.hour, minutes=raw.minute, seconds=raw.second, microseconds=raw.microsecond)
        )
    known: CellValue = raw
    return known


def alike(one: CellValue, other: CellValue) -> bool:
    """Return whether two values are the same to a workbook, which keeps moments to the millisecond.

    >>> alike(date(2026, 1, 5), datetime(2026, 1, 5)), alike(1, 1.0), alike(1, True), alike(None, "")
    (True, True, False, True)
    """
    if isinstance(one, date) and isinstance(other, date):
        return abs(_moment(one) - _moment(other)) <= _MOMENT
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, str) or isinstance(other, str):
        return (one or None) == (other or None)
    return one == other


def _moment(day: date) -> datetime:
    return day.replace(tzinfo=None) if isinstance(day, datetime) else datetime.combine(day, time())
