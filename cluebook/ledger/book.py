"""The port between the ledger and a workbook: what cluebook needs of one, and no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from cluebook.errors import Place

CellValue = str | int | float | bool | date | datetime | None
"""What a cell tells. Text is text, whatever it begins with."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of the program's own, without its ``=``, and what it comes to: that is what is read of its cell."""

    text: str
    value: str | float | date


CellContent = CellValue | Formula
"""What is written into a cell."""


def value_of(content: CellContent) -> CellValue:
    """Return what a cell tells that was given this."""
    return content.value if isinstance(content, Formula) else content


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one Excel table, as they stand in the workbook.

    Attributes:
        sheet: name of the worksheet, as the office sees it; blank for a file without sheets.
        header: the header texts, left to right.
        first: worksheet row of the first row below the header, counted from 1.
        rows: the rows below the header, each as long as `header`; blank cells are ``None``.
        file: name of the file, where that is not the ledger.
    """

    sheet: str
    header: tuple[str, ...]
    first: int
    rows: tuple[tuple[CellValue, ...], ...]
    file: str | None = None

    def place(self, row: int | None = None, column: str | None = None) -> Place:
        """Return a spot among the cells, for messages."""
        return Place(self.sheet or None, row, column, self.file)

    def lines(self) -> Iterator[tuple[int, tuple[CellValue, ...]]]:
        """Return each row with its worksheet row number."""
        return enumerate(self.rows, start=self.first)


@dataclass(frozen=True, slots=True)
class CellEdit:
    """Change one cell of a table; `before` lets the book refuse when the cell has changed meanwhile."""

    table: str
    row: int
    column: str
    before: CellValue
    after: CellContent


@dataclass(frozen=True, slots=True)
class NewRow:
    """Append one row to a table: header text to value; columns that are not named stay blank."""

    table: str
    values: Mapping[str, CellContent]


class Book(Protocol):
    """A workbook, reduced to what cluebook needs of it."""

    @property
    def name(self) -> str:
        """The file name, for messages."""

    @property
    def path(self) -> Path:
        """Where the workbook stands on the disk."""

    def open(self) -> AbstractContextManager[None]:
        """Hold the workbook for one reading and writing, so that no other cluebook gets between.

        Raises:
            BusyError: another cluebook holds it.
        """

    def grid(self, table: str) -> Grid | None:
        """Return the cells of one Excel table by its name, ``None`` when the workbook has no such table.

        Raises:
            RefusedError: the file is not a workbook, damaged or hostile.
        """

    def defines(self, name: str) -> bool:
        """Return whether the workbook has this defined name, for formulas to use."""

    def write(self, edits: Sequence[CellEdit], rows: Sequence[NewRow]) -> None:
        """Make all these changes, or none of them and raise.

        Raises:
            BusyError: the workbook is open elsewhere.
            ChangedError: it changed since it was read.
            RefusedError: it cannot be changed safely.
            DiskError: it cannot be written here.
            IntegrityError: what was written does not read back.
        """
