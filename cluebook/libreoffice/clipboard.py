"""Pasting in Excel's special ways, which the office offers by its menu only: what is selected is put back."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cluebook.libreoffice import bridge

if TYPE_CHECKING:
    from cluebook.libreoffice.books import Book
    from cluebook.libreoffice.ranges import Range

CONTENTS = "SVDF"
"""Texts, values, dates and formulas, as the office's menu calls them."""
KINDS = {None: "A", "all": "A", "values": "SVD", "formulas": CONTENTS, "formats": "T", "comments": "N"}
OPERATIONS = {None: 0, "add": 1, "subtract": 2, "multiply": 3, "divide": 4}
"""What is pasted, and what is done with what stood there, in xlwings' words and the office's."""
STAY = 4
"""Cells in place are not pushed aside."""


def paste(
    source: Range,
    target: Range,
    kinds: str,
    *,
    operation: int = 0,
    skip_blanks: bool = False,
    transpose: bool = False,
) -> None:
    """Copy some of what a range holds to another place, of any book of the same office."""
    options = {
        "Flags": kinds,
        "FormulaCommand": operation,
        "SkipEmptyCells": skip_blanks,
        "Transpose": transpose,
        "AsLink": False,
        "MoveMode": STAY,
    }
    with _selected(source.sheet.book), _selected(target.sheet.book):
        _command(source, "Copy", {})
        _command(target, "InsertContents", options)


def _command(cells: Range, name: str, options: dict[str, Any]) -> None:
    """Select a range and give a command of the menu."""
    book = cells.sheet.book
    book.controller.select(cells.xl)
    helper = book.app.office.service("com.sun.star.frame.DispatchHelper")
    chosen = tuple(bridge.prop(key, value) for key, value in options.items())
    helper.executeDispatch(book.controller.Frame, f".uno:{name}", "", 0, chosen)


@contextlib.contextmanager
def _selected(book: Book) -> Iterator[None]:
    controller = book.controller
    before, sheet = controller.getSelection(), controller.getActiveSheet()
    try:
        yield
    finally:
        controller.setActiveSheet(sheet)
        controller.select(before)
