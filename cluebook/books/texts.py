"""The list of texts that the cells of a workbook share: where a word stands in it, and the list for some cells alone.

In a large ledger most of the list belongs to rows that are left out; a reader would take it apart all the same.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from cluebook.books.patch.archive import Archive, Content, Source
from cluebook.books.patch.rows import Reading, UntidyError

TEXTS = "xl/sharedstrings.xml"
"""`key` of the part that holds the list."""

_TEXT = b"<si"
_CELL_MARK = b't="s"'
_CELL = re.compile(rb'(\st="s"[^>]*><v>)([0-9]{1,9})(?=</v>)')
_COUNTS = re.compile(rb'\s(?:c|uniqueC)ount="[0-9]*"')
_REST = rb"</t>(?:<phoneticPr[^>]*/>)?</si>"
"""What may follow a text that has one look; Excel adds the note on its reading in Chinese and Japanese."""


def spots(texts: Source, words: Iterable[str]) -> frozenset[bytes]:
    """Return where these words stand in the list, counted as cells count.

    Raises:
        UntidyError: that cannot be told for sure.
    """
    ends = [b">%b</t>" % word.encode() for word in words]
    whole = [re.compile(rb"<si><t(?: [^>]*)?>%b" % re.escape(word.encode()) + _REST) for word in words]
    found = []
    for first, xml in _stretches(texts()):
        if any(end in xml for end in ends):
            found += [first + xml.count(_TEXT, 0, m.start()) for text in whole for m in text.finditer(xml)]
    return frozenset(b"%d" % spot for spot in found)


def lean(archive: Archive, sheets: Mapping[str, Source]) -> dict[str, Content]:
    """Return these worksheets, and the list with the texts of their cells alone.

    Args:
        archive: where the list is.
        sheets: part of each worksheet whose cells will be read to what gives it.

    Raises:
        UntidyError: what a cell names cannot be told for sure.
    """
    used = {int(spot) for sheet in sheets.values() for spot in _used(sheet)}
    places = {b"%d" % spot: b"%d" % place for place, spot in enumerate(sorted(used))}
    parts: dict[str, Content] = {part: partial(_renumbered, sheet, places) for part, sheet in sheets.items()}
    if archive.find(TEXTS) is None:
        return parts
    return parts | {TEXTS: partial(_chosen, archive.source(TEXTS), sorted(used))}


def _used(sheet: Source) -> Iterator[bytes]:
    for window in Reading(sheet()).windows():
        found = _CELL.findall(window.xml, 0, window.edges[-1])
        if len(found) != window.xml.count(_CELL_MARK, 0, window.edges[-1]):
            raise UntidyError
        yield from (spot for _, spot in found)


def _renumbered(sheet: Source, places: Mapping[bytes, bytes]) -> Iterator[bytes]:
    """Return a worksheet whose cells name the texts by their new places."""
    reading = Reading(sheet())
    yield reading.head
    for window in reading.windows():
        yield _CELL.sub(lambda cell: cell[1] + places[cell[2]], window.xml[: window.edges[-1]])
    yield reading.tail


def _chosen(texts: Source, used: Iterable[int]) -> Iterator[bytes]:
    """Return the list with the texts at these places alone, in ascending order."""
    left = deque(used)
    for first, xml in _stretches(texts()):
        before, *items = xml.split(_TEXT)
        if not first:
            yield _COUNTS.sub(b"", before)
        while left and left[0] < first + len(items):
            text, end, _ = items[left.popleft() - first].partition(b"</si>")
            yield _TEXT + text + end
    yield b"</sst>"


def _stretches(pieces: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Return whole texts that follow each other, with the place of the first; what frames them is with its neighbours."""
    first, seen = 0, b""
    for piece in pieces:
        seen += piece
        if b"!" in seen and b"<!" in seen:
            raise UntidyError
        if (cut := seen.rfind(_TEXT)) > 0:
            yield first, seen[:cut]
            first, seen = first + seen.count(_TEXT, 0, cut), seen[cut:]
    yield first, seen
