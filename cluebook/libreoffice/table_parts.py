"""The rows and columns of a table: added, inserted, deleted, with the cells around them moving as in Excel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from cluebook.libreoffice import bridge
from cluebook.libreoffice.areas import Area

if TYPE_CHECKING:
    from cluebook.libreoffice.ranges import Range
    from cluebook.libreoffice.tables import Table


@bridge.guarded
class TableColumns(base_classes.TableColumns):
    """The columns of a table, from the left."""

    def __init__(self, parent: Table) -> None:
        """Keep the table."""
        self.parent = parent

    def __len__(self) -> int:
        return self.parent.area.columns

    def __iter__(self) -> Iterator[TableColumn]:
        return (TableColumn(self, place) for place in range(1, len(self) + 1))

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and any(column.name.casefold() == key.casefold() for column in self)

    async def get_count(self) -> int:
        """Return how many there are."""
        return len(self)

    def __call__(self, key: int | str) -> TableColumn:
        """Return one by its place, counted from 1, or its name."""
        for place, column in enumerate(self, 1):
            if key == place or (isinstance(key, str) and key.casefold() == column.name.casefold()):
                return column
        raise KeyError(key)

    def add(self, name: str, index: int | None) -> TableColumn:
        """Return a new column, before another or at the right; cells to the right move aside."""
        table = self.parent
        a, place = table.area, index or len(self) + 1
        table.sheet.at(a.row, a.column + place - 1, a.rows, 1).insert("right")
        table.area = Area(a.row, a.column, a.rows, a.columns + 1)
        table.sheet.at(a.row, a.column + place - 1).first.setString(name)
        return TableColumn(self, place)


@bridge.guarded
class TableColumn(base_classes.TableColumn):
    """One column."""

    index: int = bridge.own()

    def __init__(self, columns: TableColumns, index: int) -> None:
        """Keep the table's columns and the place, counted from 1."""
        self.columns, self.index = columns, index

    @property
    def name(self) -> str:
        """What its header says."""
        heads = self.columns.parent.header_row_range
        return (
            f"Column{self.index}"
            if heads is None
            else str(heads.xl.getCellByPosition(self.index - 1, 0).getString())
        )

    @property
    def range(self) -> Range:
        """Its cells, header and total included."""
        return self._of(self.columns.parent.range)

    async def get_range(self) -> Range:
        """Return its cells."""
        return self.range

    @property
    def data_body_range(self) -> Range | None:
        """Its cells without header and total, if the table has rows."""
        body = self.columns.parent.data_body_range
        return None if body is None else self._of(body)

    async def get_data_body_range(self) -> Range | None:
        """Return its cells without header and total."""
        return self.data_body_range

    def delete(self) -> None:
        """Take it out of the table; cells to the right move in."""
        table = self.columns.parent
        a = table.area
        self.range.delete("left")
        table.area = Area(a.row, a.column, a.rows, a.columns - 1)

    def _of(self, rows: Range) -> Range:
        return rows.sheet.at(rows.row, rows.column + self.index - 1, rows.shape[0], 1)


@bridge.guarded
class TableRows(base_classes.TableRows):
    """The rows of a table, from the top."""

    parent: Table = bridge.own()
    column_count: int

    def __init__(self, parent: Table) -> None:
        """Keep the table, and how many values a row takes."""
        self.parent = parent
        self.column_count = parent.area.columns

    def __len__(self) -> int:
        body = self.parent.data_body_range
        return 0 if body is None else body.shape[0]

    def __iter__(self) -> Iterator[TableRow]:
        return (TableRow(self, place) for place in range(1, len(self) + 1))

    async def get_count(self) -> int:
        """Return how many there are."""
        return len(self)

    def __call__(self, key: int) -> TableRow:
        """Return one by its place, counted from 1."""
        if not 1 <= key <= len(self):
            raise KeyError(key)
        return TableRow(self, key)

    def add(self, values: Sequence[Any] | None, index: int | None) -> TableRow:
        """Return a new row, before another or at the end; cells below move down."""
        table, count = self.parent, len(self)
        a, place = table.area, index or count + 1
        if count or table.body is None:
            first = a.row + int(table.show_headers)
            table.sheet.at(first + place - 1, a.column, 1, a.columns).insert("down")
            table.area = Area(a.row, a.column, a.rows + 1, a.columns)
        row = TableRow(self, place)
        if values is not None:
            row.range.raw_value = [values]
        elif count:
            like = row.range.row + (1 if place == 1 else -1)
            table.copy_formulas(like, row.range.row)
        return row


@bridge.guarded
class TableRow(base_classes.TableRow):
    """One row."""

    index: int = bridge.own()

    def __init__(self, rows: TableRows, index: int) -> None:
        """Keep the table's rows and the place, counted from 1."""
        self.rows, self.index = rows, index

    @property
    def range(self) -> Range:
        """Its cells."""
        body = self.rows.parent.body
        if body is None:
            raise KeyError(self.index)
        return body.sheet.at(body.row + self.index - 1, body.column, 1, body.shape[1])

    async def get_range(self) -> Range:
        """Return its cells."""
        return self.range

    def delete(self) -> None:
        """Take it out of the table; cells below move up. The last row is emptied and stays for new values."""
        table = self.rows.parent
        if len(self.rows) == 1:
            self.range.clear_contents()
            return
        a = table.area
        self.range.delete("up")
        table.area = Area(a.row, a.column, a.rows - 1, a.columns)
