"""Protected sheets: Excel refuses to write to a locked cell, so the engine does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cluebook.errors import Place, Problem, RefusedError
from cluebook.text import Text

if TYPE_CHECKING:
    from cluebook.libreoffice.ranges import Range

LOCKED = Text("该单元格已锁定，工作表受保护。", "The cell is locked, and the sheet is protected.")
LOCKED_FIX = Text("请先撤销工作表保护。", "Unprotect the sheet first.")


def check(cells: Range) -> None:
    """Refuse to change locked cells of a protected sheet.

    Raises:
        RefusedError: a cell is locked.
    """
    if not cells.sheet.xl.isProtected():
        return
    groups = cells.xl.getUniqueCellFormatRanges()
    if any(groups.getByIndex(index).CellProtection.IsLocked for index in range(groups.Count)):
        raise RefusedError(Problem("cell_locked", Place(cells.sheet.name, cells.row), LOCKED, LOCKED_FIX))
