# mypy: disable-error-code="assignment"
"""What may be typed into cells: drop-down lists, which are the rules that xlwings' programs set most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from cluebook.libreoffice.bridge import enum, guarded
from cluebook.libreoffice.formulas import to_excel
from cluebook.libreoffice.names import Name

if TYPE_CHECKING:
    from cluebook.libreoffice.ranges import Range

KINDS = {
    "ANY": "none",
    "WHOLE": "whole_number",
    "DECIMAL": "decimal",
    "LIST": "list",
    "DATE": "date",
    "TIME": "time",
    "TEXT_LEN": "text_length",
    "CUSTOM": "custom",
}
"""What xlwings calls the office's kinds of rules."""

_SHOWN, _HIDDEN = 1, 0


@guarded
class DataValidation(base_classes.DataValidation):
    """The rule of a range."""

    def __init__(self, cells: Range) -> None:
        """Keep the range."""
        self.cells = cells

    @property
    def api(self) -> Any:  # noqa: ANN401 - the office's own rule
        """The office's own rule, a copy: it counts once it is given back to the range."""
        return self.cells.xl.Validation

    @property
    def type(self) -> str:
        """The kind of rule."""
        return KINDS.get(self.api.Type.value, "unknown")

    @property
    def source(self) -> str | None:
        """Where the words of a list stand, or the words."""
        rule = self.api
        if self.type != "list":
            return None
        told = str(rule.getFormula1())
        return told.replace('";"', ",").strip('"') if told.startswith('"') else to_excel(f"={told}")

    @property
    def in_cell_dropdown(self) -> bool | None:
        """Whether a list drops down at the cell."""
        return self.api.ShowList != _HIDDEN if self.type == "list" else None

    def set_list(self, source: Sequence[str] | Range | Name, in_cell_dropdown: bool) -> None:
        """Allow what a list says: words, the cells of a range, or those of a name."""
        rule = self.api
        rule.Type = enum("sheet.ValidationType", "LIST")
        rule.ShowList = _SHOWN if in_cell_dropdown else _HIDDEN
        rule.ShowErrorMessage = True
        if isinstance(source, Name):
            told = source.name
        elif isinstance(source, Sequence):
            told = ";".join(f'"{word}"' for word in source)
        else:
            told = str(source.xl.AbsoluteName)
        rule.setFormula1(told)
        self.cells.xl.Validation = rule

    def delete(self) -> None:
        """Allow everything."""
        rule = self.api
        rule.Type = enum("sheet.ValidationType", "ANY")
        self.cells.xl.Validation = rule
