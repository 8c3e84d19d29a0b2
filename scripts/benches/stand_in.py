"""A workbook that is open in nothing: as much of xlwings as a press asks for, over cells in memory.

It answers at once, so that what a press takes is the program's own time, without Excel's.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Cells = dict[tuple[int, int], Any]


@dataclass
class Held:
    """One table as it is kept between runs: its name, its sheet, where it begins, its rows with the header."""

    name: str
    sheet: str
    first: int
    rows: list[list[Any]]


def keep(ledger: Path, target: Path) -> None:
    """Keep what a ledger holds in a form that is read at once."""
    from cluebook.books.file import FileBook

    book = FileBook(ledger)
    grids = [(name, grid) for name in book.tables() if (grid := book.grid(name))]
    held = [
        Held(n, g.sheet, g.first - 1, [list(g.header), *map(list, g.rows or ((None,) * len(g.header),))])
        for n, g in grids
    ]
    target.write_bytes(pickle.dumps(held))


class App:
    """The program itself."""

    screen_updating, enable_events, calculation, status_bar = True, True, "automatic", False

    def __init__(self) -> None:
        """Nothing is selected yet, and nothing was said."""
        self.selection: Range | None = None
        self.said: list[str] = []

    def alert(self, prompt: str, *_: str) -> None:
        """Keep a message."""
        self.said.append(prompt)


class Book:
    """The workbook."""

    def __init__(self, ledger: Path, kept: Path) -> None:
        """Read what was kept of a ledger."""
        self.fullname, self.name, self.app = str(ledger), ledger.name, App()
        self.sheets = Sheets(self, pickle.loads(kept.read_bytes()))  # noqa: S301 - written by `keep` just now
        self.saves = 0

    def save(self) -> None:
        """Count a save."""
        self.saves += 1


class Sheets:
    """The sheets; the first is in front."""

    def __init__(self, book: Book, held: Sequence[Held]) -> None:
        """Make a sheet of each table."""
        self.all = [Sheet(book, each) for each in held]
        self.active = self.all[0]

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self.all)

    def __getitem__(self, name: str) -> Sheet:
        return next(sheet for sheet in self.all if sheet.name == name)


class Sheet:
    """A sheet with one table."""

    visible = True

    def __init__(self, book: Book, held: Held) -> None:
        """Spread the table's rows over cells."""
        self.book, self.name = book, held.sheet
        self.cells: Cells = {
            (row, column): value
            for row, line in enumerate(held.rows, start=held.first)
            for column, value in enumerate(line, start=1)
        }
        self.tables = [Table(self, held)]

    def range(self, first: tuple[int, int], last: tuple[int, int] | None = None) -> Range:
        """Return the range between two cells."""
        return Range(self, first, last or first)

    def activate(self) -> None:
        """Be in front already."""


class Table:
    """The table of a sheet."""

    def __init__(self, sheet: Sheet, held: Held) -> None:
        """Stand where it was kept from."""
        self.name, self._sheet = held.name, sheet
        self._top, self._width, self._bottom = held.first, len(held.rows[0]), held.first + len(held.rows) - 1

    @property
    def header_row_range(self) -> Range:
        """Its header."""
        return Range(self._sheet, (self._top, 1), (self._top, self._width))

    @property
    def data_body_range(self) -> Range:
        """Its rows."""
        return Range(self._sheet, (self._top + 1, 1), (self._bottom, self._width))

    def resize(self, area: Range) -> None:
        """Reach as far as an area."""
        self._bottom = area.last[0]


class Range:
    """A range of cells."""

    number_format, row_height = "General", 15

    def __init__(self, sheet: Sheet, first: tuple[int, int], last: tuple[int, int], ndim: int = 2) -> None:
        """Keep the corners."""
        self.sheet, self.first, self.last, self._ndim = sheet, first, last, ndim
        self.row, self.column = first

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns."""
        return self.last[0] - self.row + 1, self.last[1] - self.column + 1

    @property
    def address(self) -> str:
        """The address of its rows."""
        return f"${self.row}:${self.last[0]}"

    def options(self, ndim: int) -> Range:
        """Return the same with values in so many dimensions."""
        return Range(self.sheet, self.first, self.last, ndim)

    @property
    def value(self) -> list[Any]:
        """What the cells hold."""
        cells, columns = self.sheet.cells, range(self.column, self.last[1] + 1)
        rows = [[cells.get((row, column)) for column in columns] for row in range(self.row, self.last[0] + 1)]
        return rows if self._ndim == 2 else [value for row in rows for value in row]

    @value.setter
    def value(self, rows: Sequence[Sequence[Any]]) -> None:
        for row, line in enumerate(rows, start=self.row):
            for column, value in enumerate(line, start=self.column):
                self.sheet.cells[row, column] = value

    def select(self) -> None:
        """Be what is selected."""
        self.sheet.book.app.selection = self
