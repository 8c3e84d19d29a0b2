"""Reading a workbook into a ledger, and writing changed records back as cells."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import Any

from cluebook.domain.clue import Clue
from cluebook.domain.fields import Column, columns
from cluebook.errors import Place, Problem, SchemaError
from cluebook.ledger import formulas
from cluebook.ledger.book import Book, CellContent, CellEdit, CellValue, Formula, Grid, NewRow
from cluebook.ledger.cells import Unreadable, reader_of, to_cell
from cluebook.ledger.ledger import Leaf, Ledger, Row
from cluebook.ledger.plan import Edit
from cluebook.ledger.tables import table_of
from cluebook.text import Lang, Text


def read(book: Book, *, older: bool = False) -> Ledger:
    """Return the ledger of a workbook. Each table is read when it is first asked for.

    Args:
        book: the workbook.
        older: whether it may be of an earlier version: what it lacks of tables and columns is blank then.

    Raises:
        SchemaError: the workbook is no ledger, or a table or column is missing from it.
        RefusedError: the file is damaged or hostile.
    """
    lang = _language(_grid(book, Clue), Clue)

    @functools.cache
    def leaf(record: Any) -> Leaf:  # noqa: ANN401 - mypy takes no type for a hashable
        grid = _older_grid(book, record) if older else _grid(book, record)
        if grid is None:
            return Leaf(table_of(record).title.in_(lang), ())
        try:
            return Leaf(grid.sheet, _rows(record, grid, book.name, older=older))
        except SchemaError as error:
            error.lang = lang
            raise

    return Ledger(lang, book.name, leaf)


def cell_edits(edits: Iterable[Edit], book: Book, lang: Lang) -> list[CellEdit]:
    """Return the cells that the edits change, in the headers the workbook has.

    What a cell held before is told as it stands there: a date typed as text, or a word that could not
    be read, is not what its field would be written as.
    """
    spot = _Spots(book, lang)
    return [
        CellEdit(
            table_of(record).name,
            edit.row,
            spot.header(record, column),
            spot.cell(record, edit.row, column),
            spot.content(record, column, new),
        )
        for edit in edits
        for record in [type(edit.after)]
        for column, _, new in edit.changes()
    ]


def live_cells(rows: Iterable[Row[Any]], book: Book, lang: Lang) -> list[CellEdit]:
    """Return the cells of live columns, as formulas where their records tell how they are reckoned."""
    spot = _Spots(book, lang)
    return [
        CellEdit(table_of(record).name, row.number, spot.header(record, column), held, content)
        for row in rows
        for record in [type(row.record)]
        for column in columns(record)
        if formulas.is_live(record, column)
        for held in [spot.cell(record, row.number, column)]
        for content in [spot.content(record, column, getattr(row.record, column.name))]
        if isinstance(content, Formula)
    ]


def new_rows(additions: Iterable[Any], book: Book, lang: Lang) -> list[NewRow]:
    """Return the rows that hold new records, in the headers the workbook has."""
    spot = _Spots(book, lang)
    rows = []
    for record in additions:
        values: dict[str, CellContent] = {
            spot.header(type(record), c): spot.content(type(record), c, value)
            for c in columns(type(record))
            if (value := getattr(record, c.name)) is not None
        }
        rows.append(NewRow(table_of(type(record)).name, values))
    return rows


class _Spots:
    """The headers of a workbook, looked up once for each record type, and what goes into its cells."""

    def __init__(self, book: Book, lang: Lang) -> None:
        self._book = book
        self._lang = lang
        self._known: dict[type, dict[str, str]] = {}

    def header(self, record: type, column: Column) -> str:
        if record not in self._known:
            self._known[record] = _headers(record, _grid(self._book, record), self._book.name)
        return self._known[record][column.name]

    def cell(self, record: type, row: int, column: Column) -> CellValue:
        grid = _grid(self._book, record)
        return grid.rows[row - grid.first][grid.header.index(self.header(record, column))]

    def content(self, record: type, column: Column, value: object) -> CellContent:
        """Return what is written for a value: a formula in a live column of a workbook that can compute it."""
        if not self._computes:
            return to_cell(column, value, self._lang)
        return formulas.content(record, column, value, self._lang, functools.partial(self.header, record))

    @functools.cached_property
    def _computes(self) -> bool:
        return self._book.defines(formulas.DAYS_OFF.in_(self._lang))


def _grid(book: Book, record: type) -> Grid:
    table = table_of(record)
    grid = book.grid(table.name)
    if grid is not None:
        return grid
    if record is Clue:
        wrong = Text(
            "这不是 cluebook 的台账：没有名为“Clues”的表。",
            "This is not a cluebook ledger: it has no table named “Clues”.",
        )
        fix = Text("请打开用 cluebook new 建立的台账。", "Open a ledger made with cluebook new.")
        raise SchemaError(Problem("not_a_ledger", Place(file=book.name), wrong, fix))
    wrong = Text("缺少工作表“{sheet}”（表 {table}）。", "The sheet “{sheet}” (table {table}) is missing.")
    fix = Text(
        "台账由旧版程序建立的，请关闭后运行 cluebook upgrade；工作表被删的，请从备份恢复。",
        "If an earlier version made the ledger, close it and run cluebook upgrade; if the sheet was deleted, bring it"
        " back from a backup.",
    )
    raise SchemaError(
        Problem("table_missing", Place(file=book.name), wrong.fill(sheet=table.title, table=table.name), fix)
    )


def _older_grid(book: Book, record: type) -> Grid | None:
    """Return the table of a record, which may have an earlier name, ``None`` where there is none yet."""
    table = table_of(record)
    grids = (book.grid(name) for name in (table.name, *table.formerly))
    return next((grid for grid in grids if grid is not None), None)


def _language(grid: Grid, record: type) -> Lang:
    """Return the language most headers of a record's table are in."""
    chinese = sum(c.text.zh in grid.header for c in columns(record))
    english = sum(c.text.en in grid.header for c in columns(record))
    return "zh" if chinese >= english else "en"


def _headers(record: type, grid: Grid, file: str) -> dict[str, str]:
    """Return the header of each field as the workbook has it; raise for all that are missing at once."""
    found = _known_headers(record, grid)
    missing = [c for c in columns(record) if c.name not in found]
    if missing:
        raise SchemaError(*(_missing(record, c, grid, file) for c in missing))
    return found


def _known_headers(record: type, grid: Grid) -> dict[str, str]:
    found = ((c.name, _header(c, grid.header)) for c in columns(record))
    return {name: header for name, header in found if header is not None}


def _header(column: Column, header: Sequence[str]) -> str | None:
    return next((h for h in header if h.strip() in column.headers), None)


def _missing(record: type, column: Column, grid: Grid, file: str) -> Problem:
    place = Place(grid.sheet, grid.first - 1, column.text.in_(_language(grid, record)), file)
    wrong = Text("缺少此列，或表头被改名。", "This column is missing, or its header was renamed.")
    fix = Text(
        "表头被改名的，请改回“{header}”；台账由旧版程序建立的，请关闭后运行 cluebook upgrade。",
        "If it was renamed, name it “{header}” again; if an earlier version made the ledger, close it and run"
        " cluebook upgrade.",
    )
    return Problem("column_missing", place, wrong, fix.fill(header=column.text))


def _rows(record: type, grid: Grid, file: str, *, older: bool = False) -> tuple[Row[Any], ...]:
    header = _known_headers(record, grid) if older else _headers(record, grid, file)
    spots = [
        (c.name, grid.header.index(header[c.name]), reader_of(c)) for c in columns(record) if c.name in header
    ]
    rows = []
    for number, cells in grid.lines():
        if cells.count(None) == len(cells):
            continue
        values: dict[str, Any] = {}
        problems = []
        for name, spot, read_cell in spots:
            if (cell := cells[spot]) is None:
                continue
            try:
                value = read_cell(cell)
            except Unreadable as error:
                problems.append(error.problem(grid.place(number, grid.header[spot])))
            else:
                if value is not None:
                    values[name] = value
        if values or problems:
            rows.append(Row(number, record(**values), tuple(problems)))
    return tuple(rows)
