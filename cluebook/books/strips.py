"""Cells to write into a workbook that is open, gathered so that few calls write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cluebook.ledger.book import CellContent, CellValue, Formula

Spot = tuple[str, int, int]
"""A cell: worksheet, column and row, both counted from 1."""

_HALF_A_SECOND = timedelta(milliseconds=500)


@dataclass(frozen=True, slots=True)
class Strip:
    """Cells below each other that are written at once: all text, all formulas, or none of either.

    Attributes:
        sheet: name of the worksheet.
        column: worksheet column, from 1.
        row: worksheet row of the first cell, from 1.
        values: what the cells are to hold, downwards.
    """

    sheet: str
    column: int
    row: int
    values: tuple[CellContent, ...]

    @property
    def is_formula(self) -> bool:
        """Whether the cells hold formulas."""
        return isinstance(self.values[0], Formula)

    @property
    def is_text(self) -> bool:
        """Whether the cells hold text, which must not be taken for a number, a date or a formula."""
        return isinstance(self.values[0], str)


def strips(cells: Mapping[Spot, CellContent]) -> Iterator[Strip]:
    """Return the cells as strips, from left to right and downwards.

    >>> [strip.values for strip in strips({("A", 1, 5): "x", ("A", 1, 4): "y", ("A", 1, 6): 7})]
    [('y', 'x'), (7,)]
    """
    run: list[Spot] = []
    for spot in sorted(cells):
        if run and not (_follows(run[-1], spot) and _kind(cells[run[-1]]) is _kind(cells[spot])):
            yield _strip(run, cells)
            run = []
        run.append(spot)
    if run:
        yield _strip(run, cells)


def singles(strip: Strip) -> Iterator[Strip]:
    """Return the cells of a strip, each as a strip of its own.

    >>> [(each.row, each.values) for each in singles(Strip("A", 1, 4, ("x", "y")))]
    [(4, ('x',)), (5, ('y',))]
    """
    for row, value in enumerate(strip.values, start=strip.row):
        yield Strip(strip.sheet, strip.column, row, (value,))


def same(one: CellValue, other: CellValue) -> bool:
    """Return whether a cell that was given `one` and tells `other` holds what it was given.

    >>> same(date(2026, 3, 1), datetime(2026, 3, 1)), same(2, 2.0), same(1, True), same("", None)
    (True, True, False, True)
    """
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return _plain(one) == _plain(other)


def _follows(one: Spot, other: Spot) -> bool:
    return one[:2] == other[:2] and one[2] + 1 == other[2]


def _kind(content: CellContent) -> type | None:
    return type(content) if isinstance(content, str | Formula) else None


def _strip(run: list[Spot], cells: Mapping[Spot, CellContent]) -> Strip:
    sheet, column, row = run[0]
    return Strip(sheet, column, row, tuple(cells[spot] for spot in run))


def _plain(value: CellValue) -> CellValue:
    """Return a value without what a workbook does not keep: parts of a second, how a line ends."""
    if isinstance(value, datetime):
        return (value.replace(tzinfo=None) + _HALF_A_SECOND).replace(microsecond=0)
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, str):
        return value.replace("\r\n", "\n") or None
    return value
