"""Cells of a workbook that is open, through xlwings: read as plain values, written strip by strip, taken back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cluebook.books.strips import Strip
from cluebook.ledger.book import CellValue

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
    area, before, form = _cells(sheet, strip), read(sheet, strip), _cells(sheet, strip).number_format

    def take_back() -> None:
        # What Excel did not take, it would not take back either.
        if read(sheet, strip) != before:
            words = any(isinstance(value, str) for value in before)
            area.number_format = "@" if words or form is None else form
            _assign(area, before)
        if area.number_format != form:
            area.number_format = "@" if form is None else form

    undo.append(take_back)
    if strip.is_text:
        area.number_format = "@"  # before the value: else Excel takes 007 for 7, and =1+1 for a formula
    _assign(area, strip.values)


def _assign(area: xlwings.Range, values: Sequence[CellValue]) -> None:
    area.value = [[value] for value in values]


def read(sheet: xlwings.Sheet, strip: Strip) -> list[CellValue]:
    """Return what the cells of a strip hold now."""
    return [cell_value(value) for value in _cells(sheet, strip).options(ndim=1).value]


def _cells(sheet: xlwings.Sheet, strip: Strip) -> xlwings.Range:
    last = strip.row + len(strip.values) - 1
    return sheet.range((strip.row, strip.column), (last, strip.column))
