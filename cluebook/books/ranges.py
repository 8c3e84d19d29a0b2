"""Cells of a workbook that is open, through xlwings: read as plain values, written strip by strip, taken back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cluebook.books.strips import Strip, same
from cluebook.ledger.book import CellContent, CellValue, Formula, value_of

if TYPE_CHECKING:
    import xlwings


@contextlib.contextmanager
def calm(app: xlwings.App) -> Iterator[None]:
    """Keep Excel from drawing and calculating at every cell; afterwards it is as it was, whatever happened."""
    wanted = {"screen_updating": False, "enable_events": False, "calculation": "manual"}
    before = {name: getattr(app, name) for name in wanted}
    try:
        for name, value in wanted.items():
            setattr(app, name, value)
        yield
    finally:
        for name, value in before.items():
            with contextlib.suppress(Exception):
                setattr(app, name, value)


def sheet_named(book: xlwings.Book, names: Iterable[str]) -> xlwings.Sheet | None:
    """Return the first sheet that has one of some names, if there is any; to go through all sheets takes long."""
    for name in names:
        with contextlib.suppress(Exception):  # that there is none, each system says in its own way
            sheet = book.sheets[name]
            if sheet.name == name:
                return sheet
    return None


def cell_value(raw: Any) -> CellValue:  # noqa: ANN401 - whatever Excel gives
    """Return a cell's value: a whole number as `int`, midnight as the day, a blank as ``None``."""
    if isinstance(raw, Decimal):
        raw = float(raw)
    if isinstance(raw, float) and raw.is_integer():
        return int(raw)
    if isinstance(raw, datetime) and raw.time() == time():
        return raw.date()
    known: CellValue = None if raw == "" else raw
    return known


def put(sheet: xlwings.Sheet, strip: Strip, undo: list[Callable[[], None]]) -> None:
    """Write a strip; what takes it back is added to `undo` before."""
    area = _cells(sheet, strip)
    before, form = _values(area), area.number_format
    computed = [] if form == "@" else _formulas(area)

    def take_back() -> None:
        # What Excel did not take, it would not take back either.
        if _values(area) != before or any(computed):
            words = any(isinstance(value, str) for value in before) and not any(computed)
            area.number_format = "@" if words or form is None else form
            _assign(area, before)
            for row, formula in enumerate(computed, start=strip.row):
                if formula:
                    sheet.range((row, strip.column)).formula = [[formula]]
        if area.number_format != form:
            area.number_format = "@" if form is None else form

    undo.append(take_back)
    if strip.is_text and form != "@":
        area.number_format = "@"  # before the value: else Excel takes 007 for 7, and =1+1 for a formula
    elif strip.is_formula and form in {"@", None}:
        area.number_format = "General"  # else Excel takes the formula for words
    _assign(area, strip.values)


def holds(sheet: xlwings.Sheet, strip: Strip) -> bool:
    """Return whether what was written reads back; what a formula comes to is not ours to say."""
    area = _cells(sheet, strip)
    if strip.is_formula:
        return all(_formulas(area))
    return all(same(value_of(value), held) for value, held in zip(strip.values, _values(area), strict=True))


def _assign(area: xlwings.Range, values: Sequence[CellContent]) -> None:
    if isinstance(values[0], Formula):
        area.formula = [[f"={value.text}"] for value in values if isinstance(value, Formula)]
    else:
        area.value = [[value] for value in values]


def _formulas(area: xlwings.Range) -> list[str]:
    """Return the formulas of some cells below each other, "" where a cell has none."""
    told = area.formula
    lines = [(told,)] if isinstance(told, str) else told
    return [line[0] if str(line[0]).startswith("=") else "" for line in lines]


def _values(area: xlwings.Range) -> list[CellValue]:
    return [cell_value(value) for value in area.options(ndim=1).value]


def _cells(sheet: xlwings.Sheet, strip: Strip) -> xlwings.Range:
    last = strip.row + len(strip.values) - 1
    return sheet.range((strip.row, strip.column), (last, strip.column))
