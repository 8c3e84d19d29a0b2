"""On which sheet each table of a book is: asked once, for the office tells it table by table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cluebook.libreoffice.books import Book

UNNAMED = "__Anonymous"
"""How the office marks ranges it filters without a table."""


def homes(book: Book) -> dict[str, int]:
    """Return the place of each table's sheet, from 0, by its name; the office is asked anew only after a change."""
    held = book.ranges
    now = held.ElementNames, book.leaves.ElementNames, book.app.moves
    before, known = book.app.homes.get(book.order, (None, {}))
    if now != before:
        names = [name for name in now[0] if not name.startswith(UNNAMED)]
        known = {name: held.getByName(name).DataArea.Sheet for name in names}
        book.app.homes[book.order] = now, known
    return known
