# mypy: disable-error-code="assignment"
"""The sheets of a book."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from cluebook.libreoffice import contents
from cluebook.libreoffice.areas import COLUMNS, ROWS, Area, between, parse, unquoted
from cluebook.libreoffice.bridge import guarded, own, refusal
from cluebook.libreoffice.names import Names
from cluebook.libreoffice.notes import Note
from cluebook.libreoffice.pages import FreezePanes, PageSetup
from cluebook.libreoffice.ranges import Range
from cluebook.libreoffice.shapes import Pictures, Shapes
from cluebook.libreoffice.tables import Table, Tables
from cluebook.text import Text

if TYPE_CHECKING:
    from cluebook.libreoffice.books import Book

NOT_RENAMED = Text("工作表没有改名。", "The sheet was not renamed.")
NOT_RENAMED_FIX = Text("请改用其他工作表没有使用的名称。", "Choose a name that no other sheet has.")
IN_TABLE = re.compile(r"([^\[\]!]+)\[(.*)\]")


@guarded
class Sheets(base_classes.Sheets):
    """The sheets of a book, in their order."""

    def __init__(self, book: Book) -> None:
        """Keep the book."""
        self.book = book

    @property
    def api(self) -> Any:  # noqa: ANN401 - the office's own sheets
        """The office's own sheets."""
        return self.book.leaves

    @property
    def active(self) -> Sheet:
        """The sheet in front."""
        return Sheet(self.book, self.book.controller.getActiveSheet())

    def __iter__(self) -> Iterator[Sheet]:
        held = self.api
        return iter([Sheet(self.book, held.getByIndex(place)) for place in range(held.Count)])

    def __len__(self) -> int:
        return int(self.api.Count)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key.casefold() in self._names()

    def __call__(self, key: int | str) -> Sheet:
        """Return one by its place, counted from 1, or its name."""
        held = self.api
        if isinstance(key, int):
            if not 1 <= key <= held.Count:
                raise IndexError(key)
            return Sheet(self.book, held.getByIndex(key - 1))
        names = self._names()
        if key.casefold() not in names:
            raise KeyError(key)
        return Sheet(self.book, held.getByName(names[key.casefold()]))

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """Return a new sheet in front, before the one in front so far unless another place is given."""
        place = after.index if after else (before or self.active).index - 1
        name = name or next(f"Sheet{n}" for n in range(1, len(self) + 2) if f"Sheet{n}" not in self)
        self.api.insertNewByName(name, place)
        sheet = self(name)
        sheet.activate()
        return sheet

    def _names(self) -> dict[str, str]:
        return {name.casefold(): name for name in self.api.ElementNames}


@guarded
class Sheet(base_classes.Sheet):
    """One sheet."""

    book: Book = own()

    def __init__(self, book: Book, xl: Any) -> None:  # noqa: ANN401 - the office's own sheet
        """Keep the book and the office's own sheet."""
        self.book = book
        self._xl, self._seen = xl, book.app.moves

    @property
    def xl(self) -> Any:  # noqa: ANN401 - the office's own sheet
        """The office's own sheet; one held while cells are moved no longer reaches all of them."""
        if self._seen != self.book.app.moves:
            self._xl = self.book.leaves.getByIndex(self._xl.RangeAddress.Sheet)
            self._seen = self.book.app.moves
        return self._xl

    api = xl

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.xl.Name)

    @name.setter
    def name(self, value: str) -> None:
        self.xl.Name = value
        if self.xl.Name != value:  # the office keeps the old name and says nothing
            raise refusal("sheet_not_renamed", NOT_RENAMED, NOT_RENAMED_FIX)

    @property
    def index(self) -> int:
        """Its place, counted from 1."""
        return int(self.xl.RangeAddress.Sheet) + 1

    @property
    def visible(self) -> bool:
        """Whether it is shown."""
        return bool(self.xl.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.xl.IsVisible = bool(value)

    @property
    def show_gridlines(self) -> bool:
        """Whether lines are shown between cells; the office's view has one answer for all its sheets."""
        with self.shown() as controller:
            return bool(controller.ShowGrid)

    @show_gridlines.setter
    def show_gridlines(self, value: bool) -> None:
        with self.shown() as controller:
            controller.ShowGrid = bool(value)

    names = property(lambda sheet: Names(sheet.book, sheet))
    tables = property(Tables)
    shapes = property(Shapes)
    pictures = property(Pictures)
    notes = property(lambda sheet: list(Note.all_of(sheet)))
    page_setup = property(PageSetup)
    freeze_panes = property(FreezePanes)

    def over(self, area: Area) -> Range:
        """Return the range over a rectangle."""
        return Range(self, area)

    def at(self, row: int, column: int, rows: int = 1, columns: int = 1) -> Range:
        """Return the range at a place."""
        return Range(self, Area(row, column, rows, columns))

    @property
    def cells(self) -> Range:
        """All its cells."""
        return self.at(1, 1, ROWS, COLUMNS)

    @property
    def used_range(self) -> Range:
        """The part that holds anything."""
        cursor = self.xl.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        return self.book.range_of(cursor.RangeAddress)

    def range(self, arg1: Any, arg2: Any = None) -> Range:  # noqa: ANN401 - all the forms xlwings has
        """Return the range of an address, a name or a place, or the one between two of them."""
        first = self._one(arg1)
        if arg2 is None:
            first.arg1_input = arg1 if isinstance(arg1, str) else ""
            return first
        area = between(first.area, self._one(arg2).area)
        return self.over(area)

    def _one(self, asked: Any) -> Range:  # noqa: ANN401 - all the forms xlwings has
        if isinstance(asked, Range):
            return asked
        if isinstance(asked, tuple):
            if len(asked) == 2 and 0 in asked:
                raise IndexError(asked)
            return self.at(*asked)
        area = parse(asked)
        return self.over(area) if area else self._named(asked)

    def _named(self, text: str) -> Range:
        sheet, _, rest = text.rpartition("!")
        if sheet:
            return self.book.sheets(unquoted(sheet)).range(rest)
        for names in (Names(self.book, self), Names(self.book)):
            if names.contains(text):
                return names(text).refers_to_range
        m = IN_TABLE.fullmatch(text)
        wanted = (m[1] if m else text).casefold()
        tables = (table for other in self.book.sheets for table in Tables(other))
        found = next((table for table in tables if table.name.casefold() == wanted), None)
        part = _part(found, m[2] if m else "") if found else None
        if part is None:
            raise KeyError(text)
        return part

    def activate(self) -> None:
        """Bring it to the front."""
        self.book.controller.setActiveSheet(self.xl)
        self.book.activate()

    select = activate

    def clear_contents(self) -> None:
        """Empty its cells and leave their formats."""
        contents.clear_contents(self.cells)

    def clear_formats(self) -> None:
        """Take the formats of its cells away."""
        contents.clear_formats(self.cells)

    def clear(self) -> None:
        """Empty its cells and take their formats away."""
        contents.clear(self.cells)

    def autofit(self, axis: str | None = None) -> None:
        """Make its rows and columns as large as what they hold."""
        self.used_range.autofit(axis)

    def delete(self) -> None:
        """Take it out of the book."""
        self.book.leaves.removeByName(self.name)

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        """Put a copy beside a sheet of this or another book, and bring it to the front."""
        beside = before or after
        if beside is None:
            raise NotImplementedError
        target = beside.book
        place = beside.index - 1 if before else beside.index
        if target == self.book:
            name = next(
                f"{self.name} ({n})"
                for n in range(2, len(target.sheets) + 3)
                if f"{self.name} ({n})" not in target.sheets
            )
            target.leaves.copyByName(self.name, name, place)
        else:
            place = target.leaves.importSheet(self.book.xl, self.name, place)
        Sheet(target, target.leaves.getByIndex(place)).activate()

    def move(self, before: Sheet | None, after: Sheet | None) -> None:
        """Put it before or after another sheet of its book."""
        place = before.index - 1 if before else after.index if after else self.index
        self.book.leaves.moveByName(self.name, place)

    @contextlib.contextmanager
    def shown(self) -> Iterator[Any]:
        """Give the view of the book with this sheet in front; the one before returns afterwards.

        Raises:
            ValueError: the sheet is hidden.
        """
        if not self.visible:
            raise ValueError(self.name)
        controller = self.book.controller
        before = controller.getActiveSheet()
        controller.setActiveSheet(self.xl)
        try:
            yield controller
        finally:
            controller.setActiveSheet(before)


def _part(table: Table, part: str) -> Range | None:
    """Return what a reference such as ``Clues[Number]`` means."""
    parts = {"#all": table.range, "#headers": table.header_row_range, "#totals": table.totals_row_range}
    parts |= {"#data": table.data_body_range, "": table.data_body_range}
    if part.casefold() in parts:
        return parts[part.casefold()]
    return table.columns(part).data_body_range
