# mypy: disable-error-code="assignment"
"""A range of cells, as xlwings' interface asks for it: each member stands in the module of its area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from cluebook.libreoffice import cells, contents, looks, moves, places, search, sizes
from cluebook.libreoffice.areas import Area
from cluebook.libreoffice.bridge import guarded, own
from cluebook.libreoffice.characters import Characters
from cluebook.libreoffice.validations import DataValidation

if TYPE_CHECKING:
    from cluebook.libreoffice.sheets import Sheet


@guarded
class Range(base_classes.Range):
    """A rectangle on a sheet, or an empty one, which holds no cells and takes no values."""

    sheet: Sheet = own()
    row: int = own()
    column: int = own()
    shape: tuple[int, int] = own()

    def __init__(self, sheet: Sheet, area: Area) -> None:
        """Keep the place; the office is asked only when something is."""
        self.sheet, self.area = sheet, area
        self.row, self.column = area.row, area.column
        self.shape = area.rows, area.columns
        self.arg1_input = ""
        self.options: dict[str, Any] = {}
        self._xl: Any = None
        self._seen = 0

    @property
    def xl(self) -> Any:  # noqa: ANN401 - the office's own range
        """The office's own range; asked for anew once cells were moved, which would carry it along."""
        moves = self.sheet.book.app.moves
        if self.area and (self._xl is None or self._seen != moves):
            a, self._seen = self.area, moves
            corners = a.column - 1, a.row - 1, a.last_column - 1, a.last_row - 1
            self._xl = self.sheet.xl.getCellRangeByPosition(*corners)
        return self._xl

    api = xl

    @property
    def coords(self) -> tuple[Any, int, int, int, int]:
        """Sheet, first row, first column, how many rows and columns."""
        return (self.sheet.xl, self.row, self.column, *self.shape)

    @property
    def first(self) -> Any:  # noqa: ANN401 - the office's own cell
        """The office's own first cell."""
        return self.xl.getCellByPosition(0, 0)

    def used(self) -> Range:
        """Return the part within the sheet's used cells, where whole rows or columns are meant."""
        area = self.area
        if not (area.whole_columns or area.whole_rows):
            return self
        last = self.sheet.used_range.area
        rows = max(1, min(area.rows, last.last_row - area.row + 1))
        columns = max(1, min(area.columns, last.last_column - area.column + 1))
        return Range(self.sheet, Area(area.row, area.column, rows, columns))

    def inner(self, area: Area) -> Any:  # noqa: ANN401 - the office's own range
        """Return the office's range of a part, given from this range's first cell, counted from 0."""
        return self.xl.getCellRangeByPosition(area.column, area.row, area.last_column, area.last_row)

    def __len__(self) -> int:
        return self.area.cells

    __call__ = places.cell
    raw_value = property(cells.read, cells.write)

    formula = property(contents.formula, contents.set_formula)
    formula2 = formula
    formula_array = property(contents.formula_array, contents.set_formula_array)
    has_array = property(contents.has_array)
    hyperlink = property(contents.hyperlink)
    add_hyperlink = contents.add_hyperlink
    clear_contents = contents.clear_contents
    clear_formats = contents.clear_formats
    clear = contents.clear
    note = property(contents.note)
    add_note = contents.add_note
    data_validation = property(DataValidation)

    number_format = property(looks.number_format, looks.set_number_format)
    font = property(looks.font)
    characters = property(lambda cells: Characters(cells.first.getText()))
    color = property(looks.color, looks.set_color)
    set_colors = looks.set_colors
    wrap_text = property(looks.wrap_text, looks.set_wrap_text)
    horizontal_alignment = property(looks.horizontal_alignment, looks.set_horizontal_alignment)
    vertical_alignment = property(looks.vertical_alignment, looks.set_vertical_alignment)
    adjust_indent = looks.adjust_indent

    column_width = property(sizes.column_width, sizes.set_column_width)
    row_height = property(sizes.row_height, sizes.set_row_height)
    width = property(sizes.width)
    height = property(sizes.height)
    left = property(sizes.left)
    top = property(sizes.top)
    row_hidden = property(sizes.row_hidden, sizes.set_row_hidden)
    column_hidden = property(sizes.column_hidden, sizes.set_column_hidden)
    autofit = sizes.autofit
    group = sizes.group
    ungroup = sizes.ungroup

    get_address = places.get_address
    address = property(places.get_address)
    end = places.end
    current_region = property(places.current_region)
    merge_area = property(places.merge_area)
    merge_cells = property(places.merge_cells)
    table = property(places.table)
    name = property(places.name, places.set_name)
    select = places.select

    insert = moves.insert
    delete = moves.delete
    copy = moves.copy
    copy_from = moves.copy_from
    move = moves.move
    paste = moves.paste
    autofill = moves.autofill
    merge = moves.merge
    unmerge = moves.unmerge
    to_pdf = moves.to_pdf

    sort = search.sort
    find = search.find
    replace_all = search.replace_all
    get_special_cells = search.get_special_cells
    remove_duplicates = search.remove_duplicates


@guarded
class Ranges(Range):
    """Several ranges at once, as a user can select them: the first, with the address of all."""

    def __init__(self, parts: Sequence[Range]) -> None:
        """Keep the parts."""
        super().__init__(parts[0].sheet, parts[0].area)
        self.parts = parts

    def get_address(
        self, row_absolute: bool = True, column_absolute: bool = True, external: bool = False
    ) -> str:
        """Return the addresses of the parts."""
        return ",".join(part.get_address(row_absolute, column_absolute, external) for part in self.parts)

    address = property(get_address)
