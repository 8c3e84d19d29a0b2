"""Rows of a worksheet as they stand in its XML: where each one is, and one row taken apart.

A sheet may be too large to be held whole, so it is looked through a window at a time, and only the rows that are
asked for are kept.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from cluebook.books.patch.area import MAX_ROW, column_number

_DATA = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?)sheetData\b[^>]*?(/?)>")
_NUMBER = re.compile(rb'\sr="(\d{1,7})"')
_LONGEST_HEAD = 16 << 20
_NAME_ENDS = frozenset(b" \t\r\n/>")
_ARRAY_MARKS = (b't="array"', b't="dataTable"')
_ARRAY = re.compile(rb'<[^>]*\st="(?:array|dataTable)"[^>]*>')
_STYLE = re.compile(r'\ss="(\d+)"')
_CELL_REF = re.compile(r'\sr="([A-Z]{1,3})(\d+)"')


class UntidyError(Exception):
    """A sheet leaves out row numbers or cell references, or is not in order."""


class Window(NamedTuple):
    """Some whole rows that follow each other.

    Attributes:
        xml: what they are written in; the beginning of another row may follow.
        numbers: their worksheet row numbers, ascending.
        edges: where in it each of them begins, and where the last one ends.
    """

    xml: bytes
    numbers: list[int]
    edges: list[int]

    def row(self, at: int) -> bytes:
        """Return the XML of one of the rows."""
        return self.xml[self.edges[at] : self.edges[at + 1]]


class Reading:
    """A worksheet read once, from its beginning to its end.

    Attributes:
        prefix: what element names begin with, usually nothing.
        head: what stands before the rows.
        tail: what stands after them; nothing until all windows have been seen.
        closed: whether the sheet is so empty that its ``sheetData`` is one closed tag.
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        """Read up to the first row.

        Raises:
            UntidyError: there is no place for rows.
        """
        self._pieces = iter(pieces)
        seen, data = b"", None
        while data is None:
            if len(seen) > _LONGEST_HEAD:
                raise UntidyError
            seen += self._next()
            data = _DATA.search(seen)
        self.prefix, self.closed = data[1], bool(data[2])
        self.head, self._seen, self.tail = seen[: data.end()], seen[data.end() :], b""
        self._starts = re.compile(rb'<%brow(?=[\s/>])(?: r="(\d{1,7})")?' % re.escape(self.prefix))

    def windows(self) -> Iterator[Window]:
        """Return all rows, each time as many as the zip file gave.

        Raises:
            UntidyError: the sheet has to be tidied first.
        """
        opening, closing = b"<%brow" % self.prefix, b"</%bsheetData" % self.prefix
        seen, last, end = self._seen, 0, 0 if self.closed else -1
        while end < 0:
            row = _last_start(seen, opening)
            end = seen.find(closing, max(row, 0))
            if whole := end if end >= 0 else max(row, 0):
                window = self._window(seen, whole)
                if window.numbers and not last < window.numbers[0]:
                    raise UntidyError
                last = window.numbers[-1] if window.numbers else last
                yield window
            seen = seen[whole:] if end >= 0 else seen[whole:] + self._next()
        self.tail = b"".join([seen, *self._pieces])

    def _window(self, xml: bytes, end: int) -> Window:
        if b"!" in xml and any(xml.find(mark, 0, end) >= 0 for mark in (b"<!--", b"<![CDATA[")):
            raise UntidyError
        starts = [(start.start(), start[1]) for start in self._starts.finditer(xml, 0, end)]
        numbers = [int(number or _stated_number(xml, at)) for at, number in starts]
        if any(later <= earlier for earlier, later in pairwise(numbers)) or numbers[-1:] > [MAX_ROW]:
            raise UntidyError
        return Window(xml, numbers, [*(at for at, _ in starts), end])

    def _next(self) -> bytes:
        piece = next(self._pieces, None)
        if piece is None:
            raise UntidyError
        return piece


def _last_start(xml: bytes, opening: bytes) -> int:
    """Return where the last row begins, -1 where none does."""
    at = xml.rfind(opening)
    while at >= 0 and not _NAME_ENDS.issuperset(xml[at + len(opening) : at + len(opening) + 1]):
        at = xml.rfind(opening, 0, at)
    return at


def _stated_number(xml: bytes, at: int) -> bytes:
    """Return the number of the row that begins at a place, which does not name it first."""
    number = _NUMBER.search(xml, at, xml.find(b">", at))
    if number is None:
        raise UntidyError
    return number[1]


@dataclass(frozen=True, slots=True)
class Rows:
    """What has to be known of a worksheet to change some of its rows.

    Attributes:
        prefix: what element names begin with, usually nothing.
        head: what stands before the rows.
        tail: what stands after them.
        closed: whether the sheet is so empty that its ``sheetData`` is one closed tag.
        count: how many rows there are.
        last: the number of the last one, 0 when there is none.
        end: where the last one ends.
        spans: where each row that was asked for begins and ends, one that is absent where it would stand.
        found: the XML of those that are there.
        arrays: the tags of the formulas that fill several cells.
    """

    prefix: str
    head: bytes
    tail: bytes
    closed: bool
    count: int
    last: int
    end: int
    spans: Mapping[int, tuple[int, int]]
    found: Mapping[int, bytes]
    arrays: Sequence[bytes]

    def row(self, number: int) -> Row | None:
        """Return one of the rows asked for, taken apart; ``None`` when it is absent."""
        xml = self.found.get(number)
        return None if xml is None else read_row(xml.decode(), self.prefix, number)


def read_rows(pieces: Iterable[bytes], wanted: Iterable[int]) -> Rows:
    """Return the rows of a worksheet that are wanted, and where they are.

    Raises:
        UntidyError: the sheet has to be tidied first.
    """
    reading = Reading(pieces)
    left = deque(sorted(set(wanted)))
    spans: dict[int, tuple[int, int]] = {}
    found: dict[int, bytes] = {}
    arrays: list[bytes] = []
    base, count, last = len(reading.head), 0, 0
    for window in reading.windows():
        while left and window.numbers and left[0] <= window.numbers[-1]:
            number = left.popleft()
            at = bisect_left(window.numbers, number)
            begin = end = base + window.edges[at]
            if window.numbers[at] == number:
                found[number], end = window.row(at), base + window.edges[at + 1]
            spans[number] = begin, end
        if b"f" in window.xml and any(mark in window.xml for mark in _ARRAY_MARKS):
            arrays += _ARRAY.findall(window.xml, 0, window.edges[-1])
        base, count = base + window.edges[-1], count + len(window.numbers)
        last = window.numbers[-1] if window.numbers else last
    spans |= dict.fromkeys(left, (base, base))
    prefix, head, tail = reading.prefix.decode(), reading.head, reading.tail
    return Rows(prefix, head, tail, reading.closed, count, last, base, spans, found, arrays)


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
