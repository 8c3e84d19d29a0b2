"""Rows of a worksheet as they stand in its XML: where each one is, and one row taken apart."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from cluebook.books.patch.area import column_number

_DATA = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?)sheetData\b[^>]*?(/?)>")
_NUMBER = re.compile(rb'\sr="(\d+)"')
_STYLE = re.compile(r'\ss="(\d+)"')
_CELL_REF = re.compile(r'\sr="([A-Z]{1,3})(\d+)"')


class UntidyError(Exception):
    """A sheet leaves out row numbers or cell references, or is not in order."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one worksheet.

    Attributes:
        xml: the whole part.
        prefix: what element names begin with, usually nothing.
        start: where the first row begins.
        end: where the last one ends.
        closed: whether the sheet is so empty that its ``sheetData`` is one closed tag.
        numbers: the worksheet row numbers, ascending.
        offsets: where each of them begins.
    """

    xml: bytes
    prefix: str
    start: int
    end: int
    closed: bool
    numbers: list[int]
    offsets: list[int]

    def span(self, number: int) -> tuple[int, int]:
        """Return where a row begins and ends; an empty stretch where it would stand when it is absent."""
        at = bisect_left(self.numbers, number)
        begin = self.offsets[at] if at < len(self.offsets) else self.end
        if at == len(self.numbers) or self.numbers[at] != number:
            return begin, begin
        return begin, self.offsets[at + 1] if at + 1 < len(self.offsets) else self.end

    def row(self, number: int) -> Row | None:
        """Return one row taken apart, ``None`` when the sheet has none of this number."""
        begin, end = self.span(number)
        return read_row(self.xml[begin:end].decode(), self.prefix, number) if end > begin else None


def read_rows(xml: bytes) -> Rows:
    """Return where the rows of a worksheet are.

    Raises:
        UntidyError: the sheet has to be tidied first.
    """
    data = _DATA.search(xml)
    if data is None:
        raise UntidyError
    prefix, closed = data[1], bool(data[2])
    start = data.end()
    end = start if closed else xml.rfind(b"</" + prefix + b"sheetData", start)
    if end < 0 or any(xml.find(mark, start, end) >= 0 for mark in (b"<!--", b"<![CDATA[")):
        raise UntidyError
    numbers: list[int] = []
    offsets: list[int] = []
    token = b"<" + prefix + b"row"
    find, search = xml.find, _NUMBER.search
    at = find(token, start, end)
    while at >= 0:
        number = search(xml, at, find(b">", at, end))
        if number is None:
            raise UntidyError
        numbers.append(int(number[1]))
        offsets.append(at)
        at = find(token, number.end(), end)
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        raise UntidyError
    return Rows(xml, prefix.decode(), start, end, closed, numbers, offsets)


class Cell(NamedTuple):
    """One cell as it stands: its style, its whole XML and what is inside."""

    style: int
    xml: str
    inside: str

    def formula(self, prefix: str) -> str | None:
        """Return the XML that begins with the cell's formula, ``None`` when it has none."""
        at = re.search(rf"<{prefix}f[\s/>]", self.inside)
        return None if at is None else self.inside[at.start() :]


class Row(NamedTuple):
    """One row as it stands: its attributes, its own style, and its cells by column number."""

    attributes: str
    style: int
    cells: Mapping[int, Cell]


def read_row(xml: str, prefix: str, number: int) -> Row:
    """Return a row taken apart.

    Raises:
        UntidyError: a cell has no reference, a false one, or is not in order.
    """
    head = re.match(rf"<{prefix}row(\s[^>]*?)?(/?)>", xml)
    if head is None:
        raise UntidyError
    attributes = head[1] or ""
    style = int(found[1]) if 'customFormat="' in attributes and (found := _STYLE.search(attributes)) else 0
    if head[2]:
        return Row(attributes, style, {})
    body = xml[head.end() : xml.rindex(f"</{prefix}row")]
    cells: dict[int, Cell] = {}
    at = last = 0
    for match in re.finditer(rf"<{prefix}c(\s[^>]*?)?(?:/>|>(.*?)</{prefix}c\s*>)", body, re.DOTALL):
        ref = _CELL_REF.search(match[1] or "")
        column = column_number(ref[1]) if ref else 0
        if ref is None or int(ref[2]) != number or column <= last or body[at : match.start()].strip():
            raise UntidyError
        own = _STYLE.search(match[1])
        cells[column] = Cell(int(own[1]) if own else 0, match[0], match[2] or "")
        at, last = match.end(), column
    if body[at:].strip():
        raise UntidyError
    return Row(attributes, style, cells)
