# mypy: disable-error-code="assignment"
"""What may be typed into cells: drop-down lists, limits of numbers, dates and lengths, formulas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from cluebook.libreoffice.bridge import enum, guarded
from cluebook.libreoffice.formulas import to_calc, to_excel
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
OPERATORS = {
    "BETWEEN": "between",
    "NOT_BETWEEN": "not_between",
    "EQUAL": "equal_to",
    "NOT_EQUAL": "not_equal_to",
    "GREATER": "greater_than",
    "LESS": "less_than",
    "GREATER_EQUAL": "greater_than_or_equal",
    "LESS_EQUAL": "less_than_or_equal",
}
"""What xlwings calls the office's comparisons."""
COMPARED = {"whole_number", "decimal", "date", "time", "text_length"}

_SHOWN, _HIDDEN = 1, 0


def _told(name: str) -> property:
    """Return what a rule has under the office's name; a range without a rule has nothing."""

    def told(rule: DataValidation) -> Any:  # noqa: ANN401 - the office's own property
        return None if rule.type == "none" else getattr(rule.api, name)

    return property(told)


@guarded
class DataValidation(base_classes.DataValidation):
    """The rule of a range; where its cells have several, that of the first."""

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
    def operator(self) -> str | None:
        """How a value is compared with the formulas."""
        return OPERATORS.get(self.api.getOperator().value) if self.type in COMPARED else None

    @property
    def formula1(self) -> str | None:
        """What a value is compared with."""
        return to_excel(f"={self.api.getFormula1()}") if self.type in COMPARED else None

    @property
    def formula2(self) -> str | None:
        """The other end of what it is compared with."""
        between = self.operator in {"between", "not_between"}
        return to_excel(f"={self.api.getFormula2()}") if between else None

    @property
    def formula(self) -> str | None:
        """The formula that must be true."""
        return to_excel(f"={self.api.getFormula1()}") if self.type == "custom" else None

    @property
    def source(self) -> str | None:
        """Where the words of a list stand, or the words."""
        if self.type != "list":
            return None
        told = str(self.api.getFormula1())
        return told.replace('";"', ",").strip('"') if told.startswith('"') else to_excel(f"={told}")

    @property
    def in_cell_dropdown(self) -> bool | None:
        """Whether a list drops down at the cell."""
        return self.api.ShowList != _HIDDEN if self.type == "list" else None

    style = _told("ErrorAlertStyle")
    ignore_blank = _told("IgnoreBlankCells")
    show_input = _told("ShowInputMessage")
    show_error = _told("ShowErrorMessage")
    input_title = _told("InputTitle")
    input_message = _told("InputMessage")
    error_title = _told("ErrorTitle")
    error_message = _told("ErrorMessage")

    @property
    def alert_style(self) -> str | None:
        """How strictly a wrong value is refused."""
        style = self.style
        return (
            {"STOP": "stop", "WARNING": "warning", "INFO": "information"}.get(style.value) if style else None
        )

    def set_list(self, source: Sequence[str] | Range | Name, in_cell_dropdown: bool) -> None:
        """Allow what a list says: words, the cells of a range, or those of a name."""
        if isinstance(source, Name):
            told = source.name
        elif isinstance(source, Sequence):
            told = ";".join(f'"{word}"' for word in source)
        else:
            told = str(source.xl.AbsoluteName)
        rule = self._begun("list")
        rule.ShowList = _SHOWN if in_cell_dropdown else _HIDDEN
        rule.setFormula1(told)
        self.cells.xl.Validation = rule

    def set_rule(
        self, rule_type: str, operator: str | None, formula1: str | None, formula2: str | None
    ) -> None:
        """Allow what compares so with one or two formulas, or what lets a formula be true."""
        rule = self._begun(rule_type)
        if operator is not None:
            rule.setOperator(enum("sheet.ConditionOperator", _named(OPERATORS, operator)))
        for put, formula in ((rule.setFormula1, formula1), (rule.setFormula2, formula2)):
            if formula is not None:
                put(to_calc(f"={str(formula).removeprefix('=')}")[1:])
        self.cells.xl.Validation = rule

    def delete(self) -> None:
        """Allow everything."""
        self.cells.xl.Validation = self._begun("none")

    def _begun(self, kind: str) -> Any:  # noqa: ANN401 - the office's own rule
        rule = self.api
        rule.Type = enum("sheet.ValidationType", _named(KINDS, kind))
        rule.ShowErrorMessage = kind != "none"
        return rule


def _named(words: dict[str, str], word: str) -> str:
    return next(name for name, said in words.items() if said == word)
