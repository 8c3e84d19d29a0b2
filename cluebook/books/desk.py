"""What the user of the open workbook has selected, and what is put before them."""

from __future__ import annotations

import contextlib
import functools
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cluebook.books import look
from cluebook.books.form import ANSWER
from cluebook.books.live import LiveBook
from cluebook.books.patch.area import column_letters
from cluebook.books.ranges import calm, sheet_named
from cluebook.books.spare import cleared_sheet, spare_sheet
from cluebook.domain.clue import Clue
from cluebook.errors import Place, Problem, UsageError
from cluebook.ledger.tables import TABLES, table_of
from cluebook.text import Lang, Text

if TYPE_CHECKING:
    import xlwings

_AREA = re.compile(r"\$?[A-Z]*\$?(\d*)(?::\$?[A-Z]*\$?(\d*))?")
_LONGEST_ADDRESS = 240
"""Excel cuts the address of many areas off at 255 characters, maybe in the middle of a number."""

_FILES = "Excel, CSV (*.xlsx; *.xlsm; *.csv),*.xlsx;*.xlsm;*.csv"
"""What the dialog offers, as Excel wants it told."""

_SCATTERED = Text("选中的区域太多。", "Too many separate areas are selected.")
_SCATTERED_FIX = Text("请先筛选，再连续选中这些行。", "Filter first, then select the rows in one stretch.")

_REVEALED = 14.0
"""Characters that a column gets which was hidden and has to be seen."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list: its words, and the place it is about."""

    words: tuple[str, ...]
    place: Place = Place()


def selected_rows(live: LiveBook, table: str) -> tuple[int, ...]:
    """Return the worksheet rows of a table that are selected, hold something, and are not hidden by a filter.

    Raises:
        UsageError: the selection has too many areas to be told.
    """
    grid, selection = live.grid(table), live.book.app.selection
    if grid is None or selection is None or not _is_on(selection.sheet, live, grid.sheet):
        return ()
    address = selection.address
    if len(address) > _LONGEST_ADDRESS:
        raise UsageError(Problem("selection_scattered", grid.place(), _SCATTERED, _SCATTERED_FIX))
    spans = list(_spans(address))
    rows = [
        n
        for n, cells in grid.lines()
        if any(first <= n <= last for first, last in spans) and any(cell is not None for cell in cells)
    ]
    return tuple(_visible(selection.sheet, rows))


def _is_on(sheet: xlwings.Sheet, live: LiveBook, name: str) -> bool:
    """Return whether a sheet is the one of this name in this very workbook: another may be in front."""
    return sheet.name == name and sheet.book.fullname == live.book.fullname


def show(live: LiveBook, place: Place) -> None:
    """Select the cell that a place names, where it names one, and bring it into sight."""
    sheet = _sheet(live, place)
    if sheet is not None and place.row is not None:
        column = _column(sheet, place.column)
        _reveal(sheet, column)
        sheet.activate()
        sheet.range((place.row, column)).select()


def _reveal(sheet: xlwings.Sheet, column: int) -> None:
    """Bring a sheet and one of its columns into sight, where they are hidden."""
    if not sheet.visible:
        sheet.visible = True
    head = sheet.range((1, column))
    if head.column_width == 0:
        head.column_width = _REVEALED


def toggle_shelved(book: xlwings.Book) -> bool:
    """Show the sheets that are hidden until they are needed, or hide them when all are in sight; return whether they are shown."""
    found = [
        sheet for table in TABLES if table.shelved and (sheet := spare_sheet(book, table.title)) is not None
    ]
    shown = not all(sheet.visible for sheet in found)
    if not shown and (clues := spare_sheet(book, table_of(Clue).title)) is not None:
        clues.activate()  # the sheet in front cannot be hidden
    for sheet in found:
        sheet.visible = shown
    return shown


def chosen_file(live: LiveBook) -> str | None:
    """Return the file the user chooses in Excel's own dialog; ``None`` for none, or where Excel shows no dialog."""
    if sys.platform != "win32":
        return None
    chosen = live.book.app.api.GetOpenFilename(_FILES)
    return chosen if isinstance(chosen, str) else None


@contextlib.contextmanager
def status_bar(live: LiveBook) -> Iterator[Callable[[str], None]]:
    """Give what writes into Excel's status bar, which is Excel's own again afterwards."""
    app = live.book.app

    def write(text: str) -> None:
        app.status_bar = text

    try:
        yield write
    finally:
        app.status_bar = False


def list_on_sheet(live: LiveBook, title: Text, lang: Lang, lines: Sequence[Listed]) -> None:
    """Write lines on the sheet of that title, in the place of what it held, each with a way to its cell."""
    with calm(live.book.app):
        sheet = cleared_sheet(live.book, title, lang)
        area = sheet.range((1, 1), (len(lines), len(lines[0].words)))
        area.number_format = "@"
        area.value = [list(line.words) for line in lines]
        area.font.color = look.INK
        heads = sheet.range((1, 1), (1, len(lines[0].words)))
        heads.color, heads.font.color, heads.font.bold = look.NAVY, look.PAPER, True
        if len(lines) > 1:
            links = sheet.range((2, len(lines[0].words) + 1), (len(lines), len(lines[0].words) + 1))
            links.formula = [[way] for way in _ways(live, [line.place for line in lines[1:]])]
        sheet.autofit()
    sheet.activate()


def _ways(live: LiveBook, places: Sequence[Place]) -> Iterator[str]:
    """Return for each place a formula that leads there; nothing where the place is none."""

    @functools.cache
    def letters(place: Place) -> str | None:
        sheet = _sheet(live, place)
        if sheet is None:
            return None
        column = _column(sheet, place.column)
        _reveal(sheet, column)
        return column_letters(column)

    for place in places:
        column = letters(replace(place, row=None))
        quoted = str(place.sheet).replace("'", "''")
        there = f"#'{quoted}'!{column}{place.row}"
        yield f'=HYPERLINK("{there}","→")' if column and place.row else ""


def _sheet(live: LiveBook, place: Place) -> xlwings.Sheet | None:
    """Return the sheet of a place, where the workbook has it; another file may have a sheet of the same name."""
    is_here = place.sheet and place.file in {None, live.name}
    return sheet_named(live.book, [place.sheet] if place.sheet and is_here else [])


def _spans(address: str) -> Iterator[tuple[int, float]]:
    """Return first and last row of each area of an address; a whole column has every row.

    >>> list(_spans("$A$4:$C$6,$7:$8,$B$9,$D:$D"))
    [(4, 6), (7, 8), (9, 9), (1, inf)]
    """
    for area in address.split(","):
        if found := _AREA.fullmatch(area):
            first, last = found.groups()
            yield (int(first), int(last or first)) if first else (1, float("inf"))


def _visible(sheet: xlwings.Sheet, rows: Sequence[int]) -> Iterator[int]:
    """Return the rows that are not hidden: what a filter hides is selected with its neighbours, unseen."""
    if rows and sheet.range((rows[0], 1), (rows[-1], 1)).row_height:  # one height above 0 for all
        yield from rows
        return
    yield from (row for row in rows if sheet.range((row, 1)).row_height)


def _column(sheet: xlwings.Sheet, header: str | None) -> int:
    """Return the worksheet column of a table's header; on a sheet without tables, the form, of the answers."""
    column = ANSWER
    for table in sheet.tables:
        column, head = 1, table.header_row_range
        words = [] if head is None else head.options(ndim=1).value
        if head is not None and header in words:
            return int(head.column + words.index(header))
    return column
