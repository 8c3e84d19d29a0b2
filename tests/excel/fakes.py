"""A stand-in for a workbook that is open in Excel: as much of xlwings as is used, over openpyxl.

It takes text for a number, a date or a formula where Excel would, tells every number as a float, and can
be told to refuse.
"""

from __future__ import annotations

import functools
import io
import re
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries


class App:
    """Excel itself."""

    def __init__(self):
        self.screen_updating, self.enable_events, self.calculation = True, True, "automatic"
        self.status_bar = False
        self.selection = None
        self.alerts = []
        self.books = self

    def alert(self, prompt, title, buttons, mode):
        self.alerts.append((prompt, title, mode))

    @property
    def settings(self):
        return self.screen_updating, self.enable_events, self.calculation, self.status_bar


class Book:
    """A workbook. `refuse` is asked before anything is changed, and raises to refuse it.

    It tells of no names: so no formula is put into it that it would have to work out.
    """

    names = ()

    def __init__(self, path, app=None):
        self.fullname = str(path)
        self.app = app or App()
        self.app.active = self
        self.file = openpyxl.load_workbook(path, keep_vba=path.suffix == ".xlsm")
        self._saved = path.read_bytes()
        self.refuse = lambda what: None
        self.saves = []
        self.rules = {}

    @property
    def name(self):
        return Path(self.fullname).name

    @functools.cached_property
    def results(self):
        """What each formula had come to in the file that was opened, by sheet, cell and the formula itself."""
        formulas, values = (
            openpyxl.load_workbook(io.BytesIO(self._saved), data_only=only) for only in (False, True)
        )
        return {
            (sheet.title, cell.coordinate, cell.value): values[sheet.title][cell.coordinate].value
            for sheet in formulas.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        }

    @property
    def sheets(self):
        return Sheets(self)

    def save(self):
        self.refuse("save")
        self.saves.append(self.app.settings)
        self.file.save(self.fullname)


class Sheets:
    def __init__(self, book):
        self._book = book

    def _all(self):
        return [Sheet(self._book, sheet) for sheet in self._book.file.worksheets]

    def __iter__(self):
        return iter(self._all())

    def __getitem__(self, key):
        return self._all()[key] if isinstance(key, int) else Sheet(self._book, self._book.file[key])

    def add(self, name, after):
        assert after.name in self._book.file.sheetnames
        self._book.file.create_sheet(name)
        return self[name]

    @property
    def active(self):
        return Sheet(self._book, self._book.file.active)


class Sheet:
    def __init__(self, book, sheet):
        self.book, self.cells = book, sheet

    @property
    def name(self):
        return self.cells.title

    @property
    def visible(self):
        return self.cells.sheet_state == "visible"

    @visible.setter
    def visible(self, value):
        self.cells.sheet_state = "visible" if value else "hidden"

    @property
    def tables(self):
        return [Table(self, table) for table in self.cells.tables.values()]

    def range(self, first, last=None):
        return Range(self, *first, *(last or first))

    def activate(self):
        self.book.file.active = self.cells

    def clear(self):
        self.cells.delete_rows(1, self.cells.max_row)

    def autofit(self):
        pass


class Table:
    def __init__(self, sheet, table):
        self._sheet, self._table = sheet, table

    @property
    def name(self):
        return self._table.name

    @property
    def _area(self):
        left, top, right, bottom = range_boundaries(self._table.ref)
        return top, left, bottom, right

    @property
    def header_row_range(self):
        top, left, _, right = self._area
        return Range(self._sheet, top, left, top, right)

    @property
    def data_body_range(self):
        top, left, bottom, right = self._area
        return Range(self._sheet, top + 1, left, bottom, right) if bottom > top else None

    def resize(self, area):
        self._sheet.book.refuse("resize")
        assert (area.row, area.column) == self._area[:2]
        self._table.ref = area.address.replace("$", "")


class Range:
    def __init__(self, sheet, top, left, bottom, right, dimensions=None):
        self.sheet = sheet
        self._area = top, left, bottom, right
        self._dimensions = dimensions

    row = property(lambda self: self._area[0])
    column = property(lambda self: self._area[1])

    @property
    def shape(self):
        top, left, bottom, right = self._area
        return bottom - top + 1, right - left + 1

    @property
    def address(self):
        top, left, bottom, right = self._area
        first, last = (f"${get_column_letter(c)}${r}" for r, c in ((top, left), (bottom, right)))
        return first if first == last else f"{first}:{last}"

    def options(self, ndim):
        return Range(self.sheet, *self._area, dimensions=ndim)

    def _cells(self):
        top, left, bottom, right = self._area
        return list(self.sheet.cells.iter_rows(top, bottom, left, right))

    @property
    def value(self):
        rows = [[told(cell, self.sheet.book) for cell in row] for row in self._cells()]
        if self._dimensions == 2:
            return rows
        assert self._dimensions == 1
        return [value for row in rows for value in row]

    @value.setter
    def value(self, rows):
        self.sheet.book.refuse("write")
        if self.row_height is None:  # Excel's way over rows that a filter hides
            for row in self._cells():
                if not self.sheet.cells.row_dimensions[row[0].row].hidden:
                    put(row[0], rows[0][0])
            return
        for cells, values in zip(self._cells(), rows, strict=True):
            for cell, value in zip(cells, values, strict=True):
                put(cell, value)

    @property
    def number_format(self):
        formats = {cell.number_format for row in self._cells() for cell in row}
        return formats.pop() if len(formats) == 1 else None

    @number_format.setter
    def number_format(self, value):
        for row in self._cells():
            for cell in row:
                cell.number_format = value

    @property
    def row_height(self):
        rows = range(self._area[0], self._area[2] + 1)
        heights = {0 if self.sheet.cells.row_dimensions[row].hidden else 15 for row in rows}
        return heights.pop() if len(heights) == 1 else None

    @row_height.setter
    def row_height(self, value):
        pass

    @property
    def column_width(self):
        columns = self.sheet.cells.column_dimensions.values()
        return 0 if any(each.hidden and each.min <= self._area[1] <= each.max for each in columns) else 10

    @column_width.setter
    def column_width(self, value):
        for each in self.sheet.cells.column_dimensions.values():
            if each.min <= self._area[1] <= each.max:
                each.hidden = False

    @property
    def font(self):
        return Look()

    @property
    def data_validation(self):
        return Rule(self)

    @property
    def formula(self):
        return tuple(tuple(cell.value for cell in row) for row in self._cells())

    @formula.setter
    def formula(self, rows):
        for cells, values in zip(self._cells(), rows, strict=True):
            for cell, value in zip(cells, values, strict=True):
                cell.value = value or None

    def select(self):
        self.sheet.book.app.selection = self


class Look:
    """The font of a range, which nobody looks at."""


class Rule:
    """The rule for a range: a list of words."""

    def __init__(self, area):
        self._area = area

    def delete(self):
        pass

    def set_list(self, source):
        rules = self._area.sheet.book.rules
        rules[self._area.sheet.name, self._area.address] = source.options(ndim=1).value


def told(cell, book):
    """What Excel tells of a cell."""
    value = cell.value
    if cell.data_type == "f":
        value = book.results.get((cell.parent.title, cell.coordinate, value), value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    return float(value) if type(value) is int else value


def put(cell, value):
    """Put a value where text is text only in a cell of that format."""
    if isinstance(value, str) and cell.number_format != "@":
        if re.fullmatch(r"-?\d+(\.\d+)?", value):
            value = float(value)
        elif re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            value = datetime.fromisoformat(value)
        cell.value = value
    else:
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
