"""Notes on cells; Excel's threaded comments have no like in the office."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from cluebook.libreoffice import bridge

if TYPE_CHECKING:
    from cluebook.libreoffice.ranges import Range
    from cluebook.libreoffice.sheets import Sheet


@bridge.guarded
class Note(base_classes.Note):
    """The note of one cell, found again by its cell whenever it is asked for something."""

    def __init__(self, sheet: Sheet, row: int, column: int) -> None:
        """Keep the place."""
        self.sheet, self.row, self.column = sheet, row, column

    @staticmethod
    def at(sheet: Sheet, row: int, column: int) -> Note | None:
        """Return the note of a cell, if it has one."""
        found = Note(sheet, row, column)
        return found if any(note.place == found.place for note in Note.all_of(sheet)) else None

    @staticmethod
    def add(sheet: Sheet, row: int, column: int, text: str) -> Note:
        """Return a new note on a cell."""
        position = bridge.struct(
            "com.sun.star.table.CellAddress", Sheet=sheet.index - 1, Row=row - 1, Column=column - 1
        )
        sheet.xl.Annotations.insertNew(position, text)
        return Note(sheet, row, column)

    @staticmethod
    def all_of(sheet: Sheet) -> Iterator[Note]:
        """Yield every note of a sheet."""
        for annotation in _annotations(sheet):
            yield Note(sheet, annotation.Position.Row + 1, annotation.Position.Column + 1)

    @property
    def place(self) -> tuple[int, int]:
        """Row and column of its cell."""
        return self.row, self.column

    @property
    def api(self) -> Any:  # noqa: ANN401 - the office's own note
        """The office's own note."""
        return next(a for a in _annotations(self.sheet) if _place(a) == self.place)

    @property
    def text(self) -> str:
        """What it says."""
        return str(self.api.String)

    @text.setter
    def text(self, value: str) -> None:
        self.api.setString(value)

    @property
    def author(self) -> str:
        """Who wrote it."""
        return str(self.api.Author)

    @property
    def location(self) -> Range:
        """Its cell."""
        return self.sheet.at(self.row, self.column)

    def delete(self) -> None:
        """Take it off its cell."""
        places = [_place(annotation) for annotation in _annotations(self.sheet)]
        self.sheet.xl.Annotations.removeByIndex(places.index(self.place))


def _annotations(sheet: Sheet) -> list[Any]:
    held = sheet.xl.Annotations
    return [held.getByIndex(index) for index in range(held.Count)]


def _place(annotation: Any) -> tuple[int, int]:  # noqa: ANN401 - the office's own note
    return annotation.Position.Row + 1, annotation.Position.Column + 1
