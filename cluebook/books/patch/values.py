"""Cell values as the XML of a worksheet holds them, and which values it cannot hold."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta

from cluebook.ledger.book import CellContent, CellValue, Formula

MAX_TEXT = 32_767
MAX_EXACT = 2**53
"""The largest whole number up to which a cell keeps every one."""

_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SPECIAL = re.compile("[&<>\r]|_x[0-9A-Fa-f]{4}_")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "_x000D_"}
_FIRST_DAY, _LAST_DAY = date(1900, 3, 1), date(9999, 12, 31)
_EPOCH_1900, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_DAY = timedelta(days=1)


def unholdable(value: CellValue, *, since_1904: bool = False) -> str | None:
    r"""Return the code of the reason why no cell can hold a value, ``None`` when one can.

    >>> unholdable("line one\nline two"), unholdable("\x07"), unholdable(float("nan"))
    (None, 'text_unholdable', 'number_unholdable')
    """
    if value is None:
        return None
    if isinstance(value, str):
        if _utf16_length(value) > MAX_TEXT:
            return "text_too_long"
        return "text_unholdable" if _UNHOLDABLE.search(value) else None
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        first = _EPOCH_1904.date() if since_1904 else _FIRST_DAY
        return None if first <= day <= _LAST_DAY else "date_unholdable"
    if isinstance(value, int | float):
        return None if math.isfinite(value) and abs(value) <= MAX_EXACT else "number_unholdable"
    return None


def _utf16_length(text: str) -> int:
    """Return the length as Excel counts it: a character beyond the basic plane counts twice."""
    if len(text) * 2 <= MAX_TEXT or text.isascii():
        return len(text)
    return len(text) + sum(character > "\uffff" for character in text)


def serial(value: date, *, since_1904: bool) -> float:
    """Return a date as the number of days a spreadsheet counts.

    >>> serial(date(2026, 1, 1), since_1904=False)
    46023.0
    """
    epoch = _EPOCH_1904 if since_1904 else _EPOCH_1900
    if isinstance(value, datetime):
        return (value.replace(tzinfo=None) - epoch) / _DAY
    return float(value.toordinal() - epoch.toordinal())


def number_text(value: float) -> str:
    """Return a number with no digit more than it needs.

    >>> number_text(46023.0), number_text(0.1)
    ('46023', '0.1')
    """
    whole = int(value)
    return str(whole) if whole == value else repr(value)


def escaped(text: str) -> str:
    """Return a text as XML content; a literal ``_x0041_`` stays what it is.

    >>> escaped("R&D _x0041_")
    'R&amp;D _x005F_x0041_'
    """
    if _SPECIAL.search(text) is None:
        return text
    return _SPECIAL.sub(lambda match: _ENTITIES.get(match[0]) or f"_x005F{match[0]}", text)


def cell_xml(prefix: str, ref: str, style: int, value: CellContent, *, since_1904: bool) -> str:
    """Return a cell of a worksheet; text is always text, never a formula."""
    head = f'<{prefix}c r="{ref}" s="{style}"' if style else f'<{prefix}c r="{ref}"'
    if isinstance(value, Formula):
        return _computed(prefix, head, value, since_1904=since_1904)
    if value is None or value == "":
        return f"{head}/>"
    if isinstance(value, str):
        p = prefix
        return f'{head} t="inlineStr"><{p}is><{p}t{_space(value)}>{escaped(value)}</{p}t></{p}is></{p}c>'
    if isinstance(value, bool):
        return f'{head} t="b"><{prefix}v>{int(value)}</{prefix}v></{prefix}c>'
    number = serial(value, since_1904=since_1904) if isinstance(value, date) else value
    return f"{head}><{prefix}v>{number_text(number)}</{prefix}v></{prefix}c>"


def _computed(prefix: str, head: str, formula: Formula, *, since_1904: bool) -> str:
    """Return a cell with a formula and what it comes to, for those who do not calculate."""
    p, value = prefix, formula.value
    if isinstance(value, str):
        kind, shown = ' t="str"', escaped(value)
    else:
        number = serial(value, since_1904=since_1904) if isinstance(value, date) else value
        kind, shown = "", number_text(number)
    return f"{head}{kind}><{p}f>{escaped(formula.text)}</{p}f><{p}v>{shown}</{p}v></{p}c>"


def formula_xml(prefix: str, ref: str, style: int, formula: str) -> str:
    """Return a cell that a calculated column fills; whoever opens the workbook computes it."""
    head = f'<{prefix}c r="{ref}" s="{style}"' if style else f'<{prefix}c r="{ref}"'
    return f"{head}><{prefix}f>{escaped(formula)}</{prefix}f></{prefix}c>"


def _space(text: str) -> str:
    """Return the attribute without which a reader may trim a text."""
    return ' xml:space="preserve"' if text != text.strip() or "\n" in text or "  " in text else ""
