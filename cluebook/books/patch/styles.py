"""Cell formats: the format of a cell, adapted to the value that is written into it."""

from __future__ import annotations

import copy
import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from cluebook.books.patch.archive import DamageError
from cluebook.books.patch.parts import parse, serialise, tag
from cluebook.ledger.book import CellContent, CellValue, Formula

if TYPE_CHECKING:
    from lxml import etree

FORMULA_STARTS = ("=", "+", "-", "@")
"""A text that begins so must carry Excel's own mark that it is text."""

_DATE_CODE, _MOMENT_CODE = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_BUILT_IN_DATES = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59)})
_BUILT_IN_TIMES = frozenset({18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47})
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_FIRST_CUSTOM = 164


class Styles:
    """The styles part of one workbook while a patch may add formats to it.

    Formats are only ever added, so every number that the workbook already uses keeps its meaning.
    """

    def __init__(self, content: bytes) -> None:
        """Read the part; nothing is added yet.

        Raises:
            DamageError: it is not well-formed, or holds no cell format.
        """
        self._root = parse(content)
        formats = self._root.find("{*}cellXfs")
        self._formats: list[etree._Element] = [] if formats is None else formats.findall("{*}xf")
        self._codes = {
            _format_id(entry): entry.get("formatCode", "")
            for entry in self._root.iterfind("{*}numFmts/{*}numFmt[@numFmtId]")
        }
        self._fitted: dict[tuple[int, str], int] = {}
        self._known = len(self._formats)
        if formats is None or not self._formats or len(self._formats) != len(formats):
            raise DamageError

    @property
    def grown(self) -> bool:
        """Whether a format was added."""
        return len(self._formats) > self._known

    def fit(self, style: int, value: CellContent) -> int:
        """Return the format for a value in a cell that has `style`: the same where it serves, else a copy.

        A date gets a date format, a number loses one, and a text that begins like a formula carries
        the mark that it is text.
        """
        kind = _kind(value.value) if isinstance(value, Formula) else _kind(value)
        if kind == "blank":
            return style
        if (style, kind) not in self._fitted:
            self._fitted[style, kind] = self._made(style, kind)
        return self._fitted[style, kind]

    def _made(self, style: int, kind: str) -> int:
        if not 0 <= style < len(self._formats):
            return style
        old = self._formats[style]
        new = copy.deepcopy(old)
        if (number := self._number_format(_format_id(old), kind)) is not None:
            new.set("numFmtId", str(number))
            new.set("applyNumberFormat", "1")
        if kind == "formula-like":
            new.set("quotePrefix", "1")
        else:
            new.attrib.pop("quotePrefix", "")
        if sorted(new.items()) == sorted(old.items()):
            return style
        return self._added(new)

    def _added(self, new: etree._Element) -> int:
        """Return the place of a format in the list, at its end unless an equal one stands there already."""
        wanted = traits(new)
        for number, known in enumerate(self._formats):
            if traits(known) == wanted:
                return number
        parent = self._formats[0].getparent()
        if parent is not None:
            parent.append(new)
            parent.set("count", str(len(self._formats) + 1))
        self._formats.append(new)
        return len(self._formats) - 1

    def _number_format(self, number: int, kind: str) -> int | None:
        """Return the number format a kind of value needs instead of this one, ``None`` when it serves."""
        shows = self._shows(number)
        if kind in {"date", "moment"} and shows != "date":
            return self._code_number(_MOMENT_CODE if kind == "moment" else _DATE_CODE)
        return 0 if kind == "number" and shows != "number" else None

    def _shows(self, number: int) -> str:
        """Return what a number format shows: ``date``, ``time`` or ``number``."""
        if number in self._codes:
            code = _LITERAL.sub("", self._codes[number].split(";")[0]).lower()
            if code == "general":
                return "number"
            return "date" if re.search("[yd]", code) else "time" if re.search("[hms]", code) else "number"
        return "date" if number in _BUILT_IN_DATES else "time" if number in _BUILT_IN_TIMES else "number"

    def _code_number(self, code: str) -> int:
        for number, known in self._codes.items():
            if known == code:
                return number
        used = (_format_id(element) for element in self._root.iter("{*}xf", "{*}numFmt"))
        number = max([_FIRST_CUSTOM - 1, *self._codes, *used]) + 1
        self._codes[number] = code
        return number

    def content(self) -> bytes:
        """Return the part with what was added."""
        known = {entry.get("numFmtId") for entry in self._root.iterfind("{*}numFmts/{*}numFmt")}
        new = {number: code for number, code in self._codes.items() if str(number) not in known}
        if new:
            parent = self._number_formats()
            for number, code in new.items():
                attributes = {"numFmtId": str(number), "formatCode": code}
                parent.append(parent.makeelement(tag(self._root, "numFmt"), attributes))
            parent.set("count", str(len(self._codes)))
        return serialise(self._root)

    def _number_formats(self) -> etree._Element:
        found = self._root.find("{*}numFmts")
        if found is None:
            found = self._root.makeelement(tag(self._root, "numFmts"))
            self._root.insert(0, found)
        return found


def traits(element: etree._Element) -> tuple[object, ...]:
    """Return all that makes a cell format what it is; two that are alike need be kept only once."""
    return element.tag, sorted(element.items()), [traits(child) for child in element]


def _format_id(element: etree._Element) -> int:
    """Return the number format that an element names, 0 (general) where it names none."""
    number = element.get("numFmtId", "0")
    if not number.isdecimal():
        raise DamageError
    return int(number)


def _kind(value: CellValue) -> str:
    if value is None or value == "":
        return "blank"
    if isinstance(value, str):
        return "formula-like" if value.startswith(FORMULA_STARTS) else "text"
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, date):
        return "moment" if isinstance(value, datetime) else "date"
    return "number"
