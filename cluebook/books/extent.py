"""How far the cells of a worksheet reach, found without reading them one by one where they are in order.

A reader sets aside room for every cell between the corners of a sheet, so two cells far apart in a tiny
file can take the whole memory. Their reach has to be known before a reader sees the sheet.
"""

from __future__ import annotations

import re

from cluebook.books.patch.area import MAX_COLUMN, MAX_ROW, column_letters, column_number

MAX_CELLS = 20_000_000
MAX_MERGED = 1_000_000
MAX_IRREGULAR = 6_000_000
_BLOCKS = 8
_ROW = re.compile(rb'<row(?: r="(\d{1,9})")?')
_LETTERS = re.compile(rb'<c r="([A-Z]{1,3})[0-9]')
_TEXT_END = b"</si>"
_SAMPLE = 1 << 16
_PREFIXED = re.compile(rb":(?:c|row)[\s/>]")
_ANY = re.compile(
    rb"<(?:[\w.-]{0,64}:)?(c|row)(?=[\s/>])(?:[^>]*?\sr\s*=\s*[\"']\$?([A-Za-z]{0,9})\$?(\d{1,12}))?"
)
_MERGE = re.compile(
    rb"mergeCell\s[^>]*?ref\s*=\s*[\"']\$?([A-Z]{1,9})\$?(\d{1,12}):\$?([A-Z]{1,9})\$?(\d{1,12})"
)


class ReachError(Exception):
    """The cells of a sheet reach too far; the message is the code of the reason."""


class Extent:
    """The reach of one worksheet's cells, grown piece by piece; of a part that is none it stays nothing.

    Attributes:
        cells: how many cells there are, never fewer.
    """

    def __init__(self) -> None:
        """Begin with no cell seen."""
        self.cells = 0
        self._is_sheet = False
        self._row = self._column = 0
        self._last_row = self._run = self._irregular = 0

    @property
    def reach(self) -> int:
        """Return how many cells there is room for between the corners."""
        return self._row * self._column

    @property
    def is_irregular(self) -> bool:
        """Return whether a cell or row was written otherwise than office programs do."""
        return self._irregular > 0

    def concerns(self, piece: bytes) -> bool:
        """Return whether a piece belongs to a worksheet, which begins with it or began before it."""
        self._is_sheet = self._is_sheet or b"sheetData" in piece
        return self._is_sheet

    def take(self, piece: bytes) -> None:
        """Grow by one piece of the sheet, which ends where a tag begins.

        Raises:
            ReachError: a cell lies outside the grid, or the reach is absurd.
        """
        if not self.concerns(piece):
            return
        self.cells += piece.count(b"<c")
        if not self._take_regular(piece):
            self._take_any(piece)
        if b"mergeCell" in piece:
            self._take_merges(piece)
        if self._row > MAX_ROW or self._column > MAX_COLUMN:
            raise ReachError("outside_grid")
        if self.reach > MAX_CELLS:
            raise ReachError("range_absurd")

    def _take_regular(self, piece: bytes) -> bool:
        """Return whether every cell of a piece names a column seen before and a row of this piece."""
        stated = _ROW.findall(piece)
        if not all(stated) or _PREFIXED.search(piece):
            return False
        rows = [int(row) for row in stated]
        letters = set(_LETTERS.findall(piece, 0, _SAMPLE)) if not self._column else set()
        column = max([self._column, *(column_number(name.decode()) for name in letters)])
        numbers, highest = _blocks({self._last_row, *rows})
        if re.search(rb'<c(?=[\s/>])(?! r="(?:%b)(?:%b)")' % (_columns_up_to(column), numbers), piece):
            return False
        self._row, self._column, self._run = max(self._row, highest), column, column
        self._last_row = rows[-1] if rows else self._last_row
        return True

    def _take_any(self, piece: bytes) -> None:
        """Look at every row and cell, whatever form it has; one that has no number follows the one before."""
        found = _ANY.findall(piece)
        self._irregular += len(found)
        self.cells += len(found)
        if self._irregular > MAX_IRREGULAR:
            raise ReachError("range_absurd")
        for tag, letters, number in found:
            if tag == b"row":
                self._last_row = int(number) if number else self._last_row + 1
                self._run = 0
                self._row = max(self._row, self._last_row)
                continue
            self._run = column_number(letters.decode().upper()) if letters else self._run + 1
            self._column = max(self._column, self._run)
            if number:
                self._row = max(self._row, int(number))

    def _take_merges(self, piece: bytes) -> None:
        for left, top, right, bottom in _MERGE.findall(piece):
            wide = column_number(right.decode()) - column_number(left.decode()) + 1
            if wide * (int(bottom) - int(top) + 1) > MAX_MERGED:
                raise ReachError("merge_absurd")


class TextLengths:
    """The length of the longest shared text of a part, found piece by piece.

    A reader copies a shared text into each cell that names it, so one long text and many cells can take the whole
    memory.

    Attributes:
        longest: in bytes with its tags, never less; 0 in a part that holds no shared texts.
    """

    def __init__(self) -> None:
        """Begin with no text seen."""
        self.longest = 0
        self._run = 0
        self._holds_texts = False

    def take(self, piece: bytes) -> None:
        """Go on with one piece of the part, which ends where a tag begins."""
        self._holds_texts = self._holds_texts or b"sst" in piece
        if not self._holds_texts:
            return
        # An end that is written otherwise, or may stand in a comment, only makes the texts seem longer.
        first, *others = [piece] if b"!" in piece and b"<!" in piece else piece.split(_TEXT_END)
        self.longest = max(self.longest, self._run + len(first), *map(len, others))
        self._run = len(others[-1]) if others else self._run + len(first)


def _blocks(rows: set[int]) -> tuple[bytes, int]:
    """Return a pattern of row numbers near those given, and the highest number it lets through."""
    digits = 2
    while len({row // 10**digits for row in rows}) > _BLOCKS:
        digits += 1
    blocks = sorted({row // 10**digits for row in rows})
    patterns = (b"%d[0-9]{%d}" % (block, digits) if block else b"[0-9]{1,%d}" % digits for block in blocks)
    highest = (blocks[-1] + 1) * 10**digits - 1
    return b"|".join(patterns), max(*rows, min(highest, MAX_ROW))


def _columns_up_to(column: int) -> bytes:
    """Return a pattern of the column letters up to a column's."""
    letters = column_letters(column).encode()
    patterns = [b"[A-Z]{1,%d}" % (len(letters) - 1)] if len(letters) > 1 else []
    same = [
        b"%b[A-%c][A-Z]{%d}" % (letters[:at], letters[at] - 1, len(letters) - at - 1)
        for at in range(len(letters))
        if letters[at] > ord("A")
    ]
    return b"|".join([*patterns, *same, letters])
