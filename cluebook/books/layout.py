"""Where the parts of a table stand on its worksheet; everything follows from the declarations."""

from __future__ import annotations

import enum
import itertools
from dataclasses import dataclass

from cluebook.books.patch.area import column_letters
from cluebook.domain.clue import Clue
from cluebook.domain.fields import Column, Part, columns
from cluebook.ledger.formulas import column_name
from cluebook.ledger.tables import TABLES, Table
from cluebook.text import Lang, Text, same

TITLE, BANDS, HEADER, FIRST = range(4)
"""Worksheet rows of a table sheet, counted from 0 as XlsxWriter does."""

LAST = 99_999
"""Validations and colours reach down to this row, so that rows to come have them."""


class Kind(enum.Enum):
    """What the office does on a sheet."""

    WORK = Text("日常办理", "Daily work")
    LIST = Text("名单和类别", "Lists")
    RULE = Text("规则与设置", "Rules and settings")


@dataclass(frozen=True, slots=True)
class Band:
    """Neighbouring columns of one part of the procedure, `first` to `last` inclusive."""

    part: Part | None
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Layout:
    """One table in one language, laid out on its sheet.

    Attributes:
        table: the table.
        lang: language of headers, titles and messages.
        height: how many rows the table has below its header.
        held: the columns as they stand on the sheet, where that is not the order of their declaration.
    """

    table: Table
    lang: Lang
    height: int
    held: tuple[Column, ...] = ()

    @property
    def sheet(self) -> str:
        """The worksheet's name."""
        return self.table.title.in_(self.lang)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, left to right."""
        return self.held or columns(self.table.record)

    @property
    def kind(self) -> Kind:
        """What the office does on the sheet: works on clues, keeps a list others draw on, or sets rules."""
        if self.table.record is Clue or any(c.name == "clue" for c in self.columns):
            return Kind.WORK
        drawn_on = {c.one_of.partition(".")[0] for t in TABLES for c in columns(t.record) if c.one_of}
        return Kind.LIST if self.table.name in drawn_on else Kind.RULE

    @property
    def frozen(self) -> int:
        """How many columns stay in view: the assigned ones at the left that name the row, at least one."""
        leading = len(list(itertools.takewhile(lambda c: c.assigned, self.columns)))
        return leading if 0 < leading < len(self.columns) else 1

    @property
    def bands(self) -> tuple[Band, ...]:
        """The stretches of the procedure from left to right; none when the columns belong to none."""
        if not any(c.part for c in self.columns):
            return ()
        parted = [(i, c.part) for i, c in enumerate(self.columns) if i >= self.frozen]
        runs = [(part, [i for i, _ in run]) for part, run in itertools.groupby(parted, key=lambda p: p[1])]
        return (Band(None, 0, self.frozen - 1), *(Band(part, run[0], run[-1]) for part, run in runs))

    @property
    def hidden(self) -> bool:
        """Whether the sheet is hidden in a new ledger."""
        return self.table.secret or self.table.shelved

    def depth(self, place: int) -> int:
        """Return how deep a column stands in the outline; of a band the first column, which names it, always stays."""
        inside = any(band.part and band.first < place <= band.last for band in self.bands)
        return inside + self.is_folded(place)

    def is_folded(self, place: int) -> bool:
        """Return whether a column is hidden in a new ledger, behind the mark of the column to its left."""
        return self.columns[place].folded and place not in {0, *(band.first for band in self.bands)}

    def width(self, first: int, last: int) -> int:
        """Return how many characters the columns from `first` to `last` take together."""
        return sum(column.width for column in self.columns[first : last + 1])

    def place(self, name: str) -> int:
        """Return the position of a column by its field name, from 0."""
        return [c.name for c in self.columns].index(name)

    def places(self, kind: type) -> list[int]:
        """Return the positions of the columns of a type, from 0."""
        return [i for i, c in enumerate(self.columns) if c.type is kind]


def foreign(header: str) -> Column:
    """Return a column of somebody's own, of which no more is known than its header."""
    return Column("", same(header), str, False, False, None, None, None, None, 12, ())


def go_name(table: Table) -> str:
    """Return the defined name of a table sheet's top; links by name outlive a renamed sheet."""
    return f"go_{table.name}"


def reference(sheet: str, area: str) -> str:
    """Return a formula that points at an area of a sheet.

    >>> reference("Bob's", "$A$1")
    "='Bob''s'!$A$1"
    """
    quoted = sheet.replace("'", "''")
    return f"='{quoted}'!{area}"


def structured(table: str, header: str) -> str:
    """Return a formula that points at a column of a table, header marks escaped.

    >>> structured("Limits", "Days [max]")
    "=Limits[Days '[max']]"
    """
    return f"={table}{column_name(header)}"


def table_named(name: str) -> Table:
    """Return a table by its name in the workbook."""
    return next(table for table in TABLES if table.name == name)


def letters(place: int) -> str:
    """Return the letters of a column by its position from 0.

    >>> letters(27)
    'AB'
    """
    return column_letters(place + 1)
