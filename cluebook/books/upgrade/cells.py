"""What the cells of whole worksheets say, whether they belong to a table or not."""

from __future__ import annotations

import io
import re
from html import unescape

from cluebook.books.patch.archive import Source
from cluebook.books.patch.area import Area

_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f(?:\s[^>]*)?>([^<]+)<")


class Cells:
    """The cells of a workbook, read sheet by sheet as they are asked for."""

    def __init__(self, content: bytes) -> None:
        """Open the workbook, which the gate has let pass."""
        from python_calamine import CalamineWorkbook

        self._book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        self._sheets: dict[str, list[list[object]]] = {}

    def words(self, title: str, area: Area) -> list[str]:
        """Return what stands in an area, row by row, as text; a blank cell is ""."""
        rows = self._rows(title)[area.top - 1 : area.bottom]
        return [str(cell) for row in rows for cell in row[area.left - 1 : area.right]]

    def texts(self, title: str) -> list[str]:
        """Return all that stands on a sheet, without the blanks."""
        return [str(cell) for row in self._rows(title) for cell in row if cell != ""]

    def _rows(self, title: str) -> list[list[object]]:
        if title not in self._sheets:
            known = title in self._book.sheet_names
            sheet = self._book.get_sheet_by_name(title) if known else None
            self._sheets[title] = (
                [list(row) for row in sheet.to_python(skip_empty_area=False)] if sheet else []
            )
        return self._sheets[title]


def formulas_of(source: Source) -> list[str]:
    """Return the formulas of a worksheet in the order of its cells."""
    return [unescape(found.decode()) for found in _FORMULA.findall(b"".join(source()))]
