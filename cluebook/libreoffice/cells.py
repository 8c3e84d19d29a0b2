"""The values of a range: read whole, written whole, as Excel would have taken them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from cluebook.libreoffice import bridge, protection, tables
from cluebook.libreoffice.areas import Area, area_of
from cluebook.libreoffice.formulas import to_calc
from cluebook.libreoffice.looks import same
from cluebook.libreoffice.typed import (
    DATE_FORMAT,
    EPOCH,
    LONGEST_TEXT,
    MOMENT_FORMAT,
    TIME_FORMAT,
    Typed,
    may_change,
    moment_of,
    serial,
    typed,
)
from cluebook.text import Text

if TYPE_CHECKING:
    from cluebook.libreoffice.ranges import Range

DATES = 2
TEXTS = 256
LOGICALS = 1024
"""What a number format is for, as the office counts it."""

ERRORS = {
    532: "#DIV/0!",
    32767: "#N/A",
    525: "#NAME?",
    521: "#NULL!",
    502: "#NUM!",
    503: "#NUM!",
    524: "#REF!",
}
"""The office's error numbers and Excel's words for them; any other is a value of the wrong kind."""

FIELD = "\x01"
"""What the office puts for a tab, where it keeps a text of several lines."""

GENERAL = "General"
BOOLEAN = "BOOLEAN"

TOO_LONG = Text("单元格最多容纳 32767 个字符。", "A cell holds at most 32,767 characters.")
TOO_LONG_FIX = Text("请缩短内容后再写入。", "Shorten the text and write it again.")
NO_RECTANGLE = Text(
    "写入的各行列数不一致，或与区域大小不符。", "The rows written differ in length, or do not fit the range."
)
NO_RECTANGLE_FIX = Text("请把每一行补齐到相同列数。", "Fill every row up to the same number of columns.")


class CellError(str):
    """An error a cell shows, such as ``#DIV/0!``."""

    __slots__ = ()


@dataclass(slots=True)
class Draft:
    """Values made ready for the office, and what must follow them, by row and column from 0."""

    rows: list[tuple[Any, ...]] = field(default_factory=list)
    formats: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)

    def format(self, row: int, column: int, code: str) -> None:
        """Note the number format a cell takes if it has none."""
        if code:
            self.formats.setdefault(code, []).append((row, column))


def read(cells: Range) -> Any:  # noqa: ANN401 - a cell, or rows of cells
    """Return the value of a cell, or the rows of a range; errors come as `CellError`."""
    if not cells.area:
        return None
    used = cells.used()
    data = used.xl.getDataArray()
    rows: list[list[Any]] = [list(map(_heard, row)) for row in data]
    for r, row in enumerate(data):
        if None in row:
            _name_errors(used, rows, r, row)
    numbers = [
        n for n, column in enumerate(zip(*data, strict=True)) if any(isinstance(v, float) for v in column)
    ]
    if not numbers:
        return _shaped(used, rows)  # no date and no truth, whatever the formats
    as_moment = partial(moment_of, epoch=used.sheet.book.epoch)
    for area, kind in _with_formats(used, numbers, DATES | LOGICALS):
        convert = _logical if kind & LOGICALS else as_moment
        for r in range(area.row - used.row, area.last_row - used.row + 1):
            row_of = rows[r]
            for c in range(area.column - used.column, area.last_column - used.column + 1):
                value = row_of[c]
                if isinstance(value, float):
                    row_of[c] = convert(value)
    return _shaped(used, rows)


def _heard(value: Any) -> Any:  # noqa: ANN401 - whatever the office tells of a cell
    """Return what a cell holds: nothing for a blank text, a tab for the office's own mark of one."""
    return (value.replace(FIELD, "\t") or None) if isinstance(value, str) else value


def _shaped(cells: Range, rows: Sequence[Sequence[Any]]) -> Any:  # noqa: ANN401 - a cell, or rows of cells
    return rows[0][0] if cells.area.cells == 1 else tuple(map(tuple, rows))


def write(cells: Range, data: Any) -> None:  # noqa: ANN401 - a value, a row, or rows of values
    """Put a value into every cell of a range, or rows of values into its cells."""
    if not cells.area:
        return
    protection.check(cells)
    if isinstance(data, (list, tuple)):
        rows = data if data and isinstance(data[0], (list, tuple)) else [data]
        target = cells
        if len(rows) != cells.area.rows or {len(row) for row in rows} != {cells.area.columns}:
            raise bridge.refusal("not_rectangular", NO_RECTANGLE, NO_RECTANGLE_FIX)
    else:
        target = cells.used()
        rows = [[data] * target.area.columns] * target.area.rows
    _put(target, rows)
    tables.grow(target)


def _put(cells: Range, rows: Sequence[Sequence[Any]]) -> None:
    dated = any(isinstance(value, date) for row in rows for value in row)
    epoch = cells.sheet.book.epoch if dated else EPOCH
    asks = any(isinstance(value, str) and may_change(value) for row in rows for value in row)
    draft = drafted(rows, _text_parts(cells) if asks else [], date.today(), epoch)
    # Formats go first: the office measures the rows again after each, which takes long once they hold text.
    for code, places in draft.formats.items():
        for run in runs(places):
            give_format(cells, run, code)
    cells.xl.setDataArray(tuple(draft.rows))
    if draft.formulas:
        table = tables.at(cells)
        name = table.name if table else ""
        for run in runs(list(draft.formulas)):
            texts = (
                (to_calc(draft.formulas[row, run.column], name),) for row in range(run.row, run.last_row + 1)
            )
            cells.inner(run).setFormulaArray(tuple(texts))


def drafted(
    rows: Sequence[Sequence[Any]], texts: Sequence[Area], today: date, epoch: datetime = EPOCH
) -> Draft:
    """Return values made ready: numbers as floats, blanks as "", typed texts as what Excel makes of them.

    Args:
        rows: what is written.
        texts: the parts formatted as text, rows and columns from 0, which keep what is typed.
        today: the day "3-4" is counted from.
        epoch: the day the book counts dates from.
    """
    draft = Draft()
    for r, row in enumerate(rows):
        made = list(row)
        for c, value in enumerate(row):
            if value.__class__ is float:
                continue
            if isinstance(value, CellError):
                made[c] = str(value)
            elif isinstance(value, str):
                made[c] = _text(draft, (r, c), str(value), today, keep=_holds(texts, r, c))
            elif value is None:
                made[c] = ""
            elif isinstance(value, (datetime, date, time, timedelta)):
                made[c] = serial(value, epoch)
                draft.format(r, c, _format_of(value))
            else:
                made[c] = float(value)
                draft.format(r, c, BOOLEAN if isinstance(value, bool) else "")
        draft.rows.append(tuple(made))
    return draft


def _text(draft: Draft, place: tuple[int, int], value: str, today: date, *, keep: bool) -> Any:  # noqa: ANN401
    if len(value) > LONGEST_TEXT:
        raise bridge.refusal("text_too_long", TOO_LONG, TOO_LONG_FIX)
    if keep:
        return value.removeprefix("'")
    if not may_change(value):
        return value
    became: Typed = typed(value, today)
    if became.kind == "formula":
        draft.formulas[place] = value
        return ""
    draft.format(*place, BOOLEAN if became.kind == "boolean" else became.format)
    return became.value


def _format_of(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, (time, timedelta)):
        return TIME_FORMAT if isinstance(value, time) else "[h]:mm:ss"
    if isinstance(value, datetime) and (value.hour or value.minute or value.second):
        return MOMENT_FORMAT
    return DATE_FORMAT


def give_format(cells: Range, run: Area, code: str) -> None:
    """Give cells a number format where they have none; a date also where a boolean was."""
    book = cells.sheet.book
    for group in _groups(cells.inner(run)):
        now = book.formats[group.NumberFormat]
        if now.code == GENERAL or (code != BOOLEAN and now.kind & LOGICALS):
            group.NumberFormat = book.formats.key(code)


def _with_formats(cells: Range, columns: Sequence[int], kinds: int) -> Iterator[tuple[Area, int]]:
    """Yield the parts of some columns, counted from 0, whose number format is of certain kinds, each with its kind.

    The fewer columns are asked about together, the fewer formats: the office takes a millisecond to name each.
    """
    for run in runs([(column, 0) for column in columns]):
        held = cells.sheet.at(cells.row, cells.column + run.row, cells.area.rows, run.rows)
        yield from format_areas(held, kinds)


def format_areas(cells: Range, kinds: int) -> list[tuple[Area, int]]:
    """Return the parts of a range whose number format is of certain kinds, each with its kind."""
    formats, found = cells.sheet.book.formats, []
    common = same(cells.xl, "NumberFormat")
    if common is not None:
        kind = formats[common].kind
        return [(cells.area, kind)] if kind & kinds else []
    for group in _groups(cells.xl):
        kind = formats[group.NumberFormat].kind
        if kind & kinds:
            found += [(area_of(address), kind) for address in group.getRangeAddresses()]
    return found


def runs(places: list[tuple[int, int]]) -> Iterator[Area]:
    """Yield the places, by row and column from 0, joined to stretches down a column.

    >>> list(runs([(0, 1), (2, 1), (1, 1)]))
    [Area(row=0, column=1, rows=3, columns=1)]
    """
    start: tuple[int, int] | None = None
    length = 0
    for column, row in sorted((column, row) for row, column in places):
        if start == (column, row - length):
            length += 1
            continue
        if start:
            yield Area(start[1], start[0], length)
        start, length = (column, row), 1
    if start:
        yield Area(start[1], start[0], length)


def _groups(xl: Any) -> Iterator[Any]:  # noqa: ANN401 - the office's own range
    groups = xl.getUniqueCellFormatRanges()
    return (groups.getByIndex(index) for index in range(groups.Count))


def _text_parts(cells: Range) -> list[Area]:
    return [
        Area(area.row - cells.row, area.column - cells.column, area.rows, area.columns)
        for area, _ in format_areas(cells, TEXTS)
    ]


def _holds(areas: Sequence[Area], row: int, column: int) -> bool:
    return any(a.row <= row <= a.last_row and a.column <= column <= a.last_column for a in areas)


def _logical(value: float) -> bool | float:
    return bool(value) if value in {0.0, 1.0} else value


def _name_errors(cells: Range, rows: list[list[Any]], r: int, row: Sequence[Any]) -> None:
    for c, value in enumerate(row):
        if value is None:
            error = cells.xl.getCellByPosition(c, r).getError()
            rows[r][c] = CellError(ERRORS.get(error, "#VALUE!"))
