"""Part of the text in a cell or a shape, with a look of its own."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from cluebook.libreoffice.bridge import guarded
from cluebook.libreoffice.looks import Font


@guarded
class Characters(base_classes.Characters):
    """A stretch of text; it may be cut further."""

    def __init__(self, text: Any, start: int = 0, stop: int | None = None) -> None:  # noqa: ANN401 - the office's own text
        """Keep the text of the cell or shape, and from where to where the stretch goes."""
        self._text = text
        self.start = start
        self.stop = len(text.getString()) if stop is None else stop

    @property
    def api(self) -> Any:  # noqa: ANN401 - the office's own cursor
        """The office's own cursor over the stretch."""
        cursor = self._text.createTextCursor()
        cursor.gotoStart(False)
        cursor.goRight(self.start, False)
        cursor.goRight(self.stop - self.start, True)
        return cursor

    @property
    def text(self) -> str:
        """What it says."""
        return str(self._text.getString()[self.start : self.stop])

    @property
    def font(self) -> Font:
        """Its font."""
        return Font(self.api)

    def __getitem__(self, item: int | slice) -> Characters:
        """Return one character or a part.

        Raises:
            ValueError: the part is counted from the end.
            IndexError: there is no such character.
        """
        size = self.stop - self.start
        if isinstance(item, slice):
            if (item.start or 0) < 0 or (item.stop or 0) < 0:
                raise ValueError(item)
            first, last, _ = item.indices(size)
        else:
            first = range(size)[item]
            last = first + 1
        return Characters(self._text, self.start + first, self.start + last)
