"""The workbooks an office has open.

A workbook saved from here is LibreOffice's own writing of it: table styles, parts of its VBA and some
settings do not survive. A ledger that Excel is to open again is changed through cluebook's files, never
by saving it from an office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from cluebook.errors import BusyError, DiskError, Place, Problem
from cluebook.libreoffice.areas import area_of
from cluebook.libreoffice.bridge import guarded, own, path_of, prop, refusal, uno, url_of
from cluebook.libreoffice.formats import Formats
from cluebook.libreoffice.names import Names
from cluebook.libreoffice.ranges import Range, Ranges
from cluebook.libreoffice.sheets import Sheet, Sheets
from cluebook.text import Text

if TYPE_CHECKING:
    from cluebook.libreoffice.apps import App

SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"
FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xltx": "Calc MS Excel 2007 XML Template",
    ".xls": "MS Excel 97",
    ".xlt": "MS Excel 97 Vorlage/Template",
    ".ods": "calc8",
    ".fods": "OpenDocument Spreadsheet Flat XML",
    ".csv": "Text - txt - csv (StarCalc)",
    ".html": "HTML (StarCalc)",
}
"""What the office writes, and its names for how."""
CSV = "44,34,76"
"""Commas, double quotes and UTF-8: without it the computer's own encoding loses what it cannot write."""
NEVER, ALWAYS = 0, 4
"""Whether macros of a workbook may run, as the office counts it."""
DENSE, SPARSE = 90, 60
"""How good the images in a PDF are."""

LOCKED = Text("工作簿已被其他程序打开。", "The workbook is open elsewhere.")
LOCKED_FIX = Text(
    "请关闭后再试；如确认无人使用，请删除同一文件夹中的锁文件（.~lock.…#）。",
    "Close it and try again; if nobody uses it, delete the lock file (.~lock.…#) beside it.",
)
UNREADABLE = Text("LibreOffice 无法打开该文件。", "LibreOffice cannot open the file.")
UNREADABLE_FIX = Text("请确认文件完好，且密码正确。", "Check that the file is whole, and the password right.")
NOT_SAVED = Text("工作簿没有保存。", "The workbook was not saved.")
NOT_SAVED_FIX = Text(
    "请确认文件夹存在、可写，且磁盘有空间。", "Check that the folder exists, may be written and has room."
)


@guarded
class Books(base_classes.Books):
    """The workbooks, in the order they were opened."""

    def __init__(self, app: App) -> None:
        """Keep the office."""
        self.app = app

    @property
    def api(self) -> Any:  # noqa: ANN401 - the office's own desktop
        """The office's desktop."""
        return self.app.office.desktop

    def __iter__(self) -> Iterator[Book]:
        held, found = self.api.Components.createEnumeration(), []
        while held.hasMoreElements():
            document = held.nextElement()
            if getattr(document, "supportsService", None) and document.supportsService(SPREADSHEET):
                found.append(Book(self.app, document))
        return iter(sorted(found, key=lambda book: book.order))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @property
    def active(self) -> Book | None:
        """The workbook in front, or the last one opened."""
        current = self.api.CurrentComponent
        if current is not None and current.supportsService(SPREADSHEET):
            return Book(self.app, current)
        return next(iter(reversed(list(self))), None)

    def __call__(self, key: int | str) -> Book:
        """Return one by its place, counted from 1, or its name."""
        held = list(self)
        if isinstance(key, int):
            if not 1 <= key <= len(held):
                raise IndexError(key)
            return held[key - 1]
        for book in held:
            if book.name.casefold() == key.casefold():
                return book
        raise KeyError(key)

    def add(self) -> Book:
        """Return a new workbook."""
        return self._load("private:factory/scalc", [])

    def open(
        self,
        fullname: str,
        update_links: bool | None = None,  # noqa: ARG002 - the office never asks
        read_only: bool | None = None,
        format: str | None = None,  # noqa: A002, ARG002 - xlwings names it so
        password: str | None = None,
        *_: Any,  # noqa: ANN401
        **__: Any,  # noqa: ANN401
    ) -> Book:
        """Return a workbook opened from a file.

        Raises:
            BusyError: another program has it open.
            RefusedError: the office cannot open it.
        """
        macros = ALWAYS if self.app.macros_allowed else NEVER
        options = [prop("MacroExecutionMode", macros), prop("UpdateDocMode", NEVER)]
        options += [prop("ReadOnly", True)] * bool(read_only)
        options += [prop("Password", password)] if password else []
        options += [prop("FilterOptions", CSV)] * fullname.lower().endswith(".csv")
        try:
            return self._load(url_of(fullname), options)
        except _NotLoadedError:
            path = Path(fullname)
            if path.with_name(f".~lock.{path.name}#").exists():
                raise BusyError(Problem("book_locked", Place(file=path.name), LOCKED, LOCKED_FIX)) from None
            raise refusal("book_unreadable", UNREADABLE, UNREADABLE_FIX) from None

    def _load(self, url: str, options: list[Any]) -> Book:
        document = self.api.loadComponentFromURL(url, "_blank", 0, (*options, prop("Hidden", False)))
        if document is None:
            raise _NotLoadedError
        book = Book(self.app, document)
        if self.app.calculation == "manual":
            document.enableAutomaticCalculation(False)
        if not self.app.screen_updating:
            book.draw(False)
        book.activate()
        return book


class _NotLoadedError(Exception):
    """The office opened nothing, and does not say why."""


@guarded
class Book(base_classes.Book):
    """One workbook."""

    app: App = own()
    api: Any = own()

    def __init__(self, app: App, xl: Any) -> None:  # noqa: ANN401 - the office's own document
        """Keep the office and its document."""
        self.app = app
        self.xl = self.api = xl
        self.order = int(xl.RuntimeUID)
        self.formats = Formats(xl)
        self._held: dict[str, Any] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Book) and other.app is self.app and other.order == self.order

    def __hash__(self) -> int:
        return hash(self.order)

    @property
    def name(self) -> str:
        """The name of its file; Book1 and so on before it has one."""
        url = self.xl.URL
        if url:
            return Path(path_of(url)).name
        return "Book" + re.sub(r"\D", "", self.xl.Title)

    @property
    def fullname(self) -> str:
        """The path of its file, or its name before it has one."""
        url = self.xl.URL
        return path_of(url) if url else self.name

    @property
    def leaves(self) -> Any:  # noqa: ANN401 - the office's own sheets
        """The office's own sheets: one thing, whatever becomes of them."""
        return self._part("Sheets")

    @property
    def ranges(self) -> Any:  # noqa: ANN401 - the office's own ranges
        """The office's database ranges: one thing, whatever becomes of them."""
        return self._part("DatabaseRanges")

    def _part(self, name: str) -> Any:  # noqa: ANN401 - any property
        if name not in self._held:
            self._held[name] = getattr(self.xl, name)
        return self._held[name]

    @property
    def sheets(self) -> Sheets:
        """Its sheets."""
        return Sheets(self)

    @property
    def names(self) -> Names:
        """Its names."""
        return Names(self)

    @property
    def controller(self) -> Any:  # noqa: ANN401 - the office's own view
        """The office's view of it."""
        return self.xl.CurrentController

    def activate(self) -> None:
        """Bring it to the front."""
        self.controller.Frame.activate()
        self.app.activate()

    def draw(self, value: bool) -> None:
        """Draw what changes, or wait; a wait that a program which died left behind ends, too."""
        if value:
            while self.xl.hasControllersLocked():
                self.xl.unlockControllers()
        elif not self.xl.hasControllersLocked():
            self.xl.lockControllers()

    @property
    def selection(self) -> Range | None:
        """The cells selected in it, if cells are."""
        chosen = self.controller.getSelection()
        if hasattr(chosen, "RangeAddress"):
            return self.range_of(chosen.RangeAddress)
        if hasattr(chosen, "RangeAddresses") and chosen.RangeAddresses:
            return Ranges([self.range_of(address) for address in chosen.RangeAddresses])
        return None

    def range_of(self, address: Any) -> Range:  # noqa: ANN401 - the office's own address
        """Return the range at an address of the office."""
        sheet = Sheet(self, self.leaves.getByIndex(address.Sheet))
        return sheet.over(area_of(address))

    def close(self) -> None:
        """Close it without saving."""
        self.xl.close(True)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save it, elsewhere if a path is given, in the form the path's ending asks for.

        Raises:
            NotImplementedError: the office does not write such files.
            DiskError: the file could not be written.
        """
        target = Path(path or (self.fullname if self.xl.URL else f"{self.name}.xlsx")).absolute()
        if target.suffix.lower() not in FILTERS:
            raise NotImplementedError(target.suffix)
        lost = DiskError(Problem("not_saved", Place(file=target.name), NOT_SAVED, NOT_SAVED_FIX))
        if not target.parent.is_dir():  # the office would make the folder; a slip in a path is to be seen
            raise lost
        options = [prop("FilterName", FILTERS[target.suffix.lower()]), prop("Overwrite", True)]
        options += [prop("Password", password)] if password else []
        options += [prop("FilterOptions", CSV)] * (target.suffix.lower() == ".csv")
        try:
            self.xl.storeAsURL(url_of(target), tuple(options))
        except Exception as error:
            if "IOException" not in type(error).__name__:
                raise
            raise lost from None

    def to_pdf(self, path: str, quality: str) -> None:
        """Print it to a PDF file."""
        self.print_to(path, quality)

    def print_to(self, path: str, quality: str, **options: Any) -> None:  # noqa: ANN401 - the printer's own options
        """Print it, or what the options choose, to a PDF file."""
        options["Quality"] = DENSE if quality == "standard" else SPARSE
        chosen = tuple(prop(name, value) for name, value in options.items())
        data = uno().Any("[]com.sun.star.beans.PropertyValue", chosen)
        self.xl.storeToURL(url_of(path), (prop("FilterName", "calc_pdf_Export"), prop("FilterData", data)))

    @property
    def epoch(self) -> datetime:
        """The day its dates are counted from."""
        day = self.xl.NullDate
        return datetime(day.Year, day.Month, day.Day)
