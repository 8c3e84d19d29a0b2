"""How a sheet is shown and printed: frozen panes and the print area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from cluebook.libreoffice.bridge import guarded

if TYPE_CHECKING:
    from cluebook.libreoffice.sheets import Sheet


@guarded
class FreezePanes(base_classes.FreezePanes):
    """The rows and columns of a sheet that stay in sight."""

    def __init__(self, sheet: Sheet) -> None:
        """Keep the sheet."""
        self.sheet = sheet

    def freeze_at(self, frozen_range: str) -> None:
        """Keep a range at the top left in sight, with all that is above and left of it."""
        area = self.sheet.range(frozen_range).area
        columns = 0 if area.whole_rows else area.last_column
        rows = 0 if area.whole_columns else area.last_row
        with self.sheet.shown() as controller:
            controller.freezeAtPosition(columns, rows)

    def unfreeze(self) -> None:
        """Let everything scroll again."""
        with self.sheet.shown() as controller:
            controller.freezeAtPosition(0, 0)


@guarded
class PageSetup(base_classes.PageSetup):
    """What of a sheet is printed."""

    def __init__(self, sheet: Sheet) -> None:
        """Keep the sheet."""
        self.sheet = sheet

    @property
    def api(self) -> Any:  # noqa: ANN401 - the office's own style
        """The office's own page style."""
        styles = self.sheet.book.xl.StyleFamilies.getByName("PageStyles")
        return styles.getByName(self.sheet.xl.PageStyle)

    @property
    def print_area(self) -> str | None:
        """The addresses that are printed; None for all."""
        areas = self.sheet.xl.getPrintAreas()
        return ",".join(self.sheet.book.range_of(area).address for area in areas) or None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        parts = value.split(",") if value else []
        self.sheet.xl.setPrintAreas(tuple(self.sheet.range(part).xl.RangeAddress for part in parts))
