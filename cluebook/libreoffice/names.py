"""Names for ranges and formulas, of a book or of one sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from cluebook.libreoffice import bridge
from cluebook.libreoffice.areas import parse, quoted, unquoted
from cluebook.libreoffice.formulas import to_calc, to_excel
from cluebook.text import Text

if TYPE_CHECKING:
    from cluebook.libreoffice.books import Book
    from cluebook.libreoffice.ranges import Range
    from cluebook.libreoffice.sheets import Sheet

WORD = re.compile(r"[^\W\d][\w.]*")
"""What a name may be, so long as it is no address."""

BAD_NAME = Text("名称不符合规则。", "This cannot be a name.")
BAD_NAME_FIX = Text(
    "名称须以文字或下划线开头，不含空格，且不能是单元格地址。",
    "A name begins with a letter or _, holds no spaces and is no address.",
)
NO_RANGE = Text("该名称不指向任何区域。", "The name does not refer to a range.")
NO_RANGE_FIX = Text("请检查该名称的引用位置。", "Check what the name refers to.")


@bridge.guarded
class Names(base_classes.Names):
    """The names of a book, those of its sheets among them, or the names of one sheet."""

    def __init__(self, book: Book, sheet: Sheet | None = None) -> None:
        """Keep whose names they are."""
        self.book, self.sheet = book, sheet

    @property
    def api(self) -> Any:  # noqa: ANN401 - the office's own names
        """The office's own names."""
        return (self.sheet or self.book).xl.NamedRanges

    def __iter__(self) -> Iterator[Name]:
        held = [Name(self, name) for name in self.api.ElementNames]
        if self.sheet is None:
            held += [name for sheet in self.book.sheets for name in Names(self.book, sheet)]
        return iter(sorted(held, key=lambda name: name.local.casefold()))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def snapshot(self) -> list[tuple[str, Name]]:
        """Return every name with its text."""
        return [(name.name, name) for name in self]

    def __call__(self, key: int | str) -> Name:
        """Return one by its place, counted from 1, or its name, whatever its letter case; a sheet's, after the sheet's."""
        if isinstance(key, int):
            return list(self)[key - 1]
        sheet, _, local = key.rpartition("!")
        if self.sheet and sheet and unquoted(sheet).casefold() != self.sheet.name.casefold():
            raise KeyError(key)
        home = self._home(sheet)
        for held in home.api.ElementNames:
            if held.casefold() == local.casefold():
                return Name(home, held)
        raise KeyError(key)

    def contains(self, key: int | str) -> bool:
        """Return whether there is such a name."""
        try:
            self(key)
        except (KeyError, IndexError):
            return False
        return True

    def add(self, name: str, refers_to: str) -> Name:
        """Return a new name, in the place of one that is written alike."""
        sheet, _, local = name.rpartition("!")
        if not WORD.fullmatch(local) or parse(local):
            raise bridge.refusal("bad_name", BAD_NAME, BAD_NAME_FIX)
        home = self._home(sheet)
        if home.api.hasByName(local):
            home.api.removeByName(local)
        home.api.addNewByName(local, to_calc("=" + refers_to.removeprefix("="))[1:], _top_left(), 0)
        return Name(home, local)

    def _home(self, sheet: str) -> Names:
        """Return the names of a sheet, quoted or not, or for no sheet these."""
        return Names(self.book, self.book.sheets(unquoted(sheet))) if sheet else self


@bridge.guarded
class Name(base_classes.Name):
    """One name."""

    def __init__(self, names: Names, local: str) -> None:
        """Keep the names it is one of, and how it is written there."""
        self.names, self.local = names, local

    @property
    def api(self) -> Any:  # noqa: ANN401 - the office's own name
        """The office's own name."""
        return self.names.api.getByName(self.local)

    @property
    def address(self) -> Any:  # noqa: ANN401 - the office's own address
        """The office's address of the range it means, if it means one."""
        cells = self.api.ReferredCells
        return None if cells is None else cells.RangeAddress

    @property
    def name(self) -> str:
        """Its text, with the sheet before it where it is one of a sheet."""
        sheet = self.names.sheet
        return self.local if sheet is None else f"{quoted(sheet.name)}!{self.local}"

    @name.setter
    def name(self, value: str) -> None:
        held, self.local = self.api, value.rpartition("!")[2]
        held.setName(self.local)

    def delete(self) -> None:
        """Take the name away; what it meant stays."""
        self.names.api.removeByName(self.local)

    @property
    def refers_to(self) -> str:
        """The formula it stands for."""
        return to_excel("=" + self.api.Content)

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.api.setContent(to_calc("=" + value.removeprefix("="))[1:])

    @property
    def refers_to_range(self) -> Range:
        """The range it means.

        Raises:
            RefusedError: it means none.
        """
        address = self.address
        if address is None:
            raise bridge.refusal("no_range", NO_RANGE, NO_RANGE_FIX)
        return self.names.book.range_of(address)


def _top_left() -> Any:  # noqa: ANN401 - a struct of the office
    return bridge.struct("com.sun.star.table.CellAddress")
