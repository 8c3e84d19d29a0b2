"""Excel's tables, kept as the office's database ranges, with the growth the office lacks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from cluebook.libreoffice import bridge
from cluebook.libreoffice.areas import Area, area_of
from cluebook.libreoffice.table_homes import homes
from cluebook.libreoffice.table_parts import TableColumns, TableRows

if TYPE_CHECKING:
    import xlwings

    from cluebook.libreoffice.ranges import Range
    from cluebook.libreoffice.sheets import Sheet

TOTAL = "Total"
"""What an English Excel writes before the totals."""
SUM_SEEN = 109


def at(cells: Range) -> Table | None:
    """Return the table a range's first cell is in."""
    here = Area(cells.row, cells.column)
    return next((table for table in Tables(cells.sheet) if table.area.covers(here)), None)


def grow(cells: Range) -> None:
    """Let a table take in what was written right below it, or right beside it, as Excel does."""
    written = cells.area
    held = [(table, table.area) for table in Tables(cells.sheet)]
    if any(area.common(written) for _, area in held):
        return
    for table, area in held:
        within = area.column <= written.column and written.last_column <= area.last_column
        if within and written.row == area.last_row + 1 and not table.show_totals:
            table.area = Area(area.row, area.column, area.rows + written.rows, area.columns)
            for row in range(written.row, written.last_row + 1):
                table.copy_formulas(area.last_row, row, without=written)
            return
        level = area.row <= written.row and written.last_row <= area.last_row
        if level and written.column == area.last_column + 1:
            table.area = Area(area.row, area.column, area.rows, area.columns + written.columns)
            table.name_columns()
            return


@bridge.guarded
class Tables(base_classes.Tables):
    """The tables of a sheet, from the top down."""

    def __init__(self, sheet: Sheet) -> None:
        """Keep the sheet."""
        self.sheet = self.parent = sheet

    @property
    def api(self) -> Any:  # noqa: ANN401 - the office's own ranges
        """The office's database ranges, those of the whole book."""
        return self.sheet.book.ranges

    def __iter__(self) -> Iterator[Table]:
        here = self.sheet.index - 1
        tables = [Table(self.sheet, name) for name, home in homes(self.sheet.book).items() if home == here]
        if len(tables) > 1:  # each place is another question
            tables.sort(key=lambda table: (table.area.row, table.area.column))
        return iter(tables)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and any(table.name.casefold() == key.casefold() for table in self)

    def __call__(self, key: int | str) -> Table:
        """Return one by its place, counted from 1, or its name."""
        for place, table in enumerate(self, 1):
            if key == place or (isinstance(key, str) and key.casefold() == table.name.casefold()):
                return table
        raise KeyError(key)

    def add(
        self,
        source_type: str | None = None,  # noqa: ARG002 - Excel's other sources are not cells
        source: xlwings.Range | None = None,
        link_source: bool | None = None,  # noqa: ARG002
        has_headers: bool | None = None,
        destination: xlwings.Range | None = None,  # noqa: ARG002
        table_style_name: str | None = None,  # noqa: ARG002 - the office has no table styles
        name: str | None = None,
    ) -> Table:
        """Return a new table over a range; without headers, a row for them is put above."""
        if source is None:
            raise NotImplementedError
        cells: Range = source.impl
        a = cells.area
        if has_headers is False:
            self.sheet.at(a.row, a.column, 1, a.columns).insert("down")
            a = Area(a.row, a.column, a.rows + 1, a.columns)
        elif a.rows == 1:
            a = Area(a.row, a.column, 2, a.columns)
        held = self.api
        name = name or next(
            f"Table{n}" for n in range(1, len(held.ElementNames) + 2) if not held.hasByName(f"Table{n}")
        )
        held.addNewByName(name, self.sheet.over(a).xl.RangeAddress)
        made = held.getByName(name)
        made.ContainsHeader = made.AutoFilter = made.MoveCells = True
        table = Table(self.sheet, name)
        table.name_columns()
        return table


@bridge.guarded
class Table(base_classes.Table):
    """One table."""

    parent: Sheet = bridge.own()

    def __init__(self, sheet: Sheet, name: str) -> None:
        """Keep the sheet and the name, by which the office finds it."""
        self.sheet = self.parent = sheet
        self._name = name
        self._api: Any = None

    @property
    def api(self) -> Any:  # noqa: ANN401 - the office's own range
        """The office's database range, which finds its cells by its name at each question."""
        if self._api is None:
            self._api = self.sheet.book.ranges.getByName(self._name)
        return self._api

    @property
    def area(self) -> Area:
        """Where it is, headers and totals included."""
        return area_of(self.api.DataArea)

    @area.setter
    def area(self, area: Area) -> None:
        self.api.setDataArea(self.sheet.over(area).xl.RangeAddress)

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self.api.setName(value)
        self._name = value

    display_name = name

    @property
    def range(self) -> Range:
        """Its cells, headers and totals included."""
        return self._rows(0, self.area.rows)

    @property
    def header_row_range(self) -> Range | None:
        """Its headers, if it shows them."""
        return self._rows(0, 1) if self.show_headers else None

    @property
    def body(self) -> Range | None:
        """Its rows, a blank one for new values included."""
        head, foot = int(self.show_headers), int(self.show_totals)
        rows = self.area.rows - head - foot
        return self._rows(head, rows) if rows > 0 else None

    @property
    def data_body_range(self) -> Range | None:
        """Its rows, if it has any."""
        body = self.body
        return None if body is None or self._is_blank(body) else body

    @property
    def insert_row_range(self) -> Range | None:
        """The blank row of a table without rows."""
        body = self.body
        return body if body is not None and self._is_blank(body) else None

    @property
    def totals_row_range(self) -> Range | None:
        """Its totals, if it shows them."""
        return self._rows(self.area.rows - 1, 1) if self.show_totals else None

    @property
    def show_headers(self) -> bool:
        """Whether its first row holds the headers."""
        return bool(self.api.ContainsHeader)

    @show_headers.setter
    def show_headers(self, value: bool) -> None:
        if value != self.show_headers:
            a, step = self.area, -1 if value else 1
            self.area = Area(a.row + step, a.column, a.rows - step, a.columns)
            self.api.ContainsHeader = value

    @property
    def show_totals(self) -> bool:
        """Whether its last row holds totals."""
        return bool(self.api.TotalsRow)

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        if value == self.show_totals:
            return
        a = self.area
        if value:
            below = self.sheet.at(a.last_row + 1, a.column, 1, a.columns)
            if not self._is_blank(below):
                below.insert("down")
            self.area = Area(a.row, a.column, a.rows + 1, a.columns)
            self.api.TotalsRow = True
            self._write_totals(self._rows(a.rows, 1))
        else:
            self._rows(a.rows - 1, 1).clear_contents()
            self.api.TotalsRow = False
            self.area = Area(a.row, a.column, a.rows - 1, a.columns)

    @property
    def show_autofilter(self) -> bool:
        """Whether its headers have buttons to filter by."""
        return bool(self.api.AutoFilter)

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        self.api.AutoFilter = bool(value)

    @property
    def table_style(self) -> str | None:
        """No style: the office has none for tables, and drops those of Excel."""
        return None

    @table_style.setter
    def table_style(self, value: str) -> None:
        raise NotImplementedError(value)

    @property
    def columns(self) -> TableColumns:
        """Its columns."""
        return TableColumns(self)

    @property
    def rows(self) -> TableRows:
        """Its rows."""
        return TableRows(self)

    def resize(self, range: xlwings.Range) -> None:  # noqa: A002 - xlwings names it so
        """Make it cover another range."""
        self.area = range.impl.area
        self.name_columns()

    def sort(self, keys: list[int], ascending: list[bool]) -> None:
        """Sort its rows by some columns, counted from 1."""
        if body := self.data_body_range:
            body.sort(keys, ascending, False)

    def name_columns(self) -> None:
        """Give columns without a header the name Excel gives them."""
        heads = self.header_row_range
        if heads is None:
            return
        names = [str(value) for value in heads.xl.getDataArray()[0]]
        if "" in names:
            filled = tuple(name or f"Column{place}" for place, name in enumerate(names, 1))
            heads.xl.setDataArray((filled,))

    def copy_formulas(self, source: int, target: int, without: Area | None = None) -> None:
        """Copy the formulas of one row of the sheet to another, but for the columns of an area."""
        a = self.area
        for column in range(a.column, a.last_column + 1):
            held = self.sheet.at(source, column)
            if without and without.column <= column <= without.last_column:
                continue
            if held.first.getFormula().startswith("="):
                corner = self.sheet.at(target, column).first.CellAddress
                self.sheet.xl.copyRange(corner, held.xl.RangeAddress)

    def _write_totals(self, row: Range) -> None:
        if row.shape[1] > 1:
            row(1).first.setString(TOTAL)
        last = self.columns(row.shape[1])
        row(row.shape[1]).first.setFormula(f"=SUBTOTAL({SUM_SEEN};{self._name}[{last.name}])")

    def _rows(self, first: int, count: int) -> Range:
        a = self.area
        return self.sheet.at(a.row + first, a.column, count, a.columns)

    @staticmethod
    def _is_blank(body: Range) -> bool:
        return body.shape[0] == 1 and not any(body.xl.getFormulaArray()[0])
