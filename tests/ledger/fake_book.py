"""A workbook in memory: the smallest thing that keeps what `Book` promises."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from cluebook.domain.fields import columns
from cluebook.errors import ChangedError, Place, Problem
from cluebook.ledger.book import CellEdit, CellValue, Grid, NewRow
from cluebook.ledger.tables import TABLES
from cluebook.text import Lang, same

HEADER_ROW = 3


class FakeBook:
    """Holds one grid a table; a write is done whole or, when a cell has changed, not at all."""

    name = "fake.xlsx"

    def __init__(self, grids: Mapping[str, Grid]) -> None:
        self.grids = dict(grids)

    @contextlib.contextmanager
    def open(self) -> Iterator[None]:
        yield

    def grid(self, table: str) -> Grid | None:
        return self.grids.get(table)

    def defines(self, name: str) -> bool:
        return False

    def write(self, edits: Sequence[CellEdit], rows: Sequence[NewRow]) -> None:
        changed = dict(self.grids)
        for edit in edits:
            grid = changed[edit.table]
            at, spot = edit.row - grid.first, grid.header.index(edit.column)
            cells = list(grid.rows[at])
            if cells[spot] != edit.before:
                raise ChangedError(Problem("ledger_changed", Place(grid.sheet), same(""), same("")))
            cells[spot] = edit.after
            changed[edit.table] = replace(grid, rows=(*grid.rows[:at], tuple(cells), *grid.rows[at + 1 :]))
        for row in rows:
            grid = changed[row.table]
            assert row.values.keys() <= set(grid.header)
            line = tuple(row.values.get(header) for header in grid.header)
            changed[row.table] = replace(grid, rows=(*grid.rows, line))
        self.grids = changed


def blank_book(lang: Lang) -> FakeBook:
    """Return a workbook with every table of a ledger and no rows."""
    return FakeBook({t.name: grid_of(t.record, lang) for t in TABLES})


def grid_of(record: type, lang: Lang, *rows: Mapping[str, CellValue]) -> Grid:
    """Return the table of a record, each row a mapping of field names to cells."""
    (table,) = (t for t in TABLES if t.record is record)
    names = [c.name for c in columns(record)]
    assert all(row.keys() <= set(names) for row in rows)
    lines = tuple(tuple(row.get(name) for name in names) for row in rows)
    return Grid(
        table.title.in_(lang), tuple(c.text.in_(lang) for c in columns(record)), HEADER_ROW + 1, lines
    )
