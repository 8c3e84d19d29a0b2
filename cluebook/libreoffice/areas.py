"""Rectangles of cells and their addresses, as Excel writes them; nothing here needs an office."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

ROWS = 1_048_576
COLUMNS = 16_384

CELLS = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d+)(?::\$?([A-Za-z]{1,3})\$?(\d+))?")
WHOLE_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
WHOLE_ROWS = re.compile(r"\$?(\d+):\$?(\d+)")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells: where it starts, counted from 1, and how far it goes; false without cells."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1

    def __bool__(self) -> bool:
        return self.rows > 0 and self.columns > 0

    @property
    def last_row(self) -> int:
        """The number of the bottom row."""
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        """The number of the rightmost column."""
        return self.column + self.columns - 1

    @property
    def cells(self) -> int:
        """How many cells it holds."""
        return self.rows * self.columns

    @property
    def whole_columns(self) -> bool:
        """Whether it goes from the top of the sheet to the bottom."""
        return self.rows == ROWS

    @property
    def whole_rows(self) -> bool:
        """Whether it goes from one side of the sheet to the other."""
        return self.columns == COLUMNS

    def covers(self, other: Area) -> bool:
        """Return whether another rectangle lies wholly inside."""
        return (
            self.row <= other.row
            and other.last_row <= self.last_row
            and self.column <= other.column
            and other.last_column <= self.last_column
        )

    def common(self, other: Area) -> Area:
        """Return what two rectangles have in common, false if nothing.

        >>> Area(1, 1, 2, 2).common(Area(2, 1, 5, 1)), bool(Area(1, 1).common(Area(3, 3)))
        (Area(row=2, column=1, rows=1, columns=1), False)
        """
        row, column = max(self.row, other.row), max(self.column, other.column)
        last_row = min(self.last_row, other.last_row)
        last_column = min(self.last_column, other.last_column)
        return Area(row, column, last_row - row + 1, last_column - column + 1)

    def address(self, row_absolute: bool = True, column_absolute: bool = True) -> str:
        """Return the address.

        >>> Area(1, 1, 2, 3).address(), Area(1, 1, ROWS, 2).address(), Area(4, 2).address(False, False)
        ('$A$1:$C$2', '$A:$B', 'B4')
        """
        down, across = "$" * row_absolute, "$" * column_absolute
        if self.whole_columns and not self.whole_rows:
            return f"{across}{letters(self.column)}:{across}{letters(self.last_column)}"
        if self.whole_rows and not self.whole_columns:
            return f"{down}{self.row}:{down}{self.last_row}"
        first = f"{across}{letters(self.column)}{down}{self.row}"
        return (
            first if self.cells == 1 else f"{first}:{across}{letters(self.last_column)}{down}{self.last_row}"
        )


def letters(column: int) -> str:
    """Return the letters of a column.

    >>> letters(1), letters(27), letters(16384)
    ('A', 'AA', 'XFD')
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def number(name: str) -> int:
    """Return the number of a column from its letters.

    >>> number("xfd")
    16384
    """
    total = 0
    for letter in name.upper():
        total = total * 26 + ord(letter) - ord("A") + 1
    return total


def between(first: Area, second: Area) -> Area:
    """Return the smallest rectangle around two others."""
    row, column = min(first.row, second.row), min(first.column, second.column)
    last_row = max(first.last_row, second.last_row)
    last_column = max(first.last_column, second.last_column)
    return Area(row, column, last_row - row + 1, last_column - column + 1)


def area_of(address: Any) -> Area:  # noqa: ANN401 - the office's own address
    """Return the rectangle the office names by an address of its own."""
    return Area(
        address.StartRow + 1,
        address.StartColumn + 1,
        address.EndRow - address.StartRow + 1,
        address.EndColumn - address.StartColumn + 1,
    )


def parse(text: str) -> Area | None:
    """Return the rectangle of an address, or nothing where the text is not one.

    >>> parse("B2:$A$1"), parse("C:D") == Area(1, 3, ROWS, 2), parse("Clues")
    (Area(row=1, column=1, rows=2, columns=2), True, None)
    """
    if m := CELLS.fullmatch(text):
        first = Area(int(m[2]), number(m[1]))
        return _inside(between(first, Area(int(m[4]), number(m[3])) if m[3] else first))
    if m := WHOLE_COLUMNS.fullmatch(text):
        left, right = sorted((number(m[1]), number(m[2])))
        return _inside(Area(1, left, ROWS, right - left + 1))
    if m := WHOLE_ROWS.fullmatch(text):
        top, bottom = sorted((int(m[1]), int(m[2])))
        return _inside(Area(top, 1, bottom - top + 1, COLUMNS))
    return None


def quoted(sheet: str) -> str:
    """Return a sheet's name as formulas hold it.

    >>> quoted("Clues"), quoted("My office's")
    ('Clues', "'My office''s'")
    """
    plain = re.fullmatch(r"[^\W\d][\w.]*", sheet) and parse(sheet) is None
    return sheet if plain else "'" + sheet.replace("'", "''") + "'"


def unquoted(sheet: str) -> str:
    """Return the sheet that a name in a formula means."""
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") and sheet.endswith("'") else sheet


def _inside(area: Area) -> Area | None:
    fits = area.row >= 1 and area.last_row <= ROWS and area.last_column <= COLUMNS
    return area if fits else None
