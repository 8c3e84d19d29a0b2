"""References to cells and rectangles of cells, as spreadsheets write them."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
_REF = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")


@functools.lru_cache(maxsize=MAX_COLUMN)
def column_number(letters: str) -> int:
    """Return the number of a column, counted from 1.

    >>> column_number("AA")
    27
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@functools.lru_cache(maxsize=MAX_COLUMN)
def column_letters(number: int) -> str:
    """Return the letters of a column.

    >>> column_letters(16_384)
    'XFD'
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells; all four borders belong to it and count from 1."""

    left: int
    top: int
    right: int
    bottom: int

    def meets(self, other: Area) -> bool:
        """Return whether the two have a cell in common."""
        across = self.left <= other.right and other.left <= self.right
        return across and self.top <= other.bottom and other.top <= self.bottom

    def down_to(self, bottom: int) -> Area:
        """Return it with another last row."""
        return replace(self, bottom=bottom)

    def ref(self) -> str:
        """Return it as a spreadsheet writes it.

        >>> Area(1, 1, 3, 9).ref()
        'A1:C9'
        """
        first = f"{column_letters(self.left)}{self.top}"
        last = f"{column_letters(self.right)}{self.bottom}"
        return first if first == last else f"{first}:{last}"


def read_area(ref: str) -> Area | None:
    """Return the rectangle of a reference; ``None`` when it is none, or leaves the grid.

    >>> read_area("$B$2:D5")
    Area(left=2, top=2, right=4, bottom=5)
    >>> read_area("A:C") is None
    True
    """
    match = _REF.fullmatch(ref)
    if match is None:
        return None
    left, top, right, bottom = match.groups()
    area = Area(column_number(left), int(top), column_number(right or left), int(bottom or top))
    inside = 1 <= area.top <= area.bottom <= MAX_ROW and area.left <= area.right <= MAX_COLUMN
    return area if inside else None
