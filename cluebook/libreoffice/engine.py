"""The engine xlwings works through, and how values pass between Python and cells."""

from __future__ import annotations

import numbers
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from cluebook.libreoffice.apps import Apps
from cluebook.libreoffice.cells import CellError

NAME = "libreoffice"
PLAIN = (str, int, float, bool, date, time, timedelta)
"""What cells take as it is; a `datetime` is a date, a `CellError` a text."""


class Engine:
    """xlwings' engine for LibreOffice."""

    name = NAME
    type = "desktop"

    def __init__(self) -> None:
        """Start with no office."""
        self.apps = Apps(self)
        self.macros_allowed = False

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:  # noqa: ANN401, ARG004 - xlwings' own call
        """Return a value as a cell takes it; what stands for nothing becomes "".

        >>> Engine.prepare_xl_data_element(float("nan"), {}), Engine.prepare_xl_data_element(None, {})
        ('', '')
        """
        if value is None or _is_nothing(value):
            return ""
        if isinstance(value, date) and hasattr(value, "to_pydatetime"):
            return value.to_pydatetime()
        if isinstance(value, PLAIN):
            return value
        return _plain(value)

    @staticmethod
    def clean_value_data(
        data: Sequence[Sequence[Any]],
        datetime_builder: Callable[..., Any],
        empty_as: Any,  # noqa: ANN401 - whatever the caller wants for a blank
        number_builder: Callable[[float], Any] | None,
        err_to_str: bool,
    ) -> list[list[Any]]:
        """Return rows of values as the caller wants blanks, dates, numbers and errors."""

        def clean(value: Any) -> Any:  # noqa: ANN401 - a cell's value
            if value is None or value == "":
                return empty_as
            if isinstance(value, CellError):
                return str(value) if err_to_str else None
            if isinstance(value, datetime):
                return datetime_builder(
                    year=value.year,
                    month=value.month,
                    day=value.day,
                    hour=value.hour,
                    minute=value.minute,
                    second=value.second,
                    microsecond=value.microsecond,
                    tzinfo=None,
                )
            return number_builder(value) if number_builder and value.__class__ is float else value

        return [[clean(value) for value in row] for row in data]


def _plain(value: Any) -> Any:  # noqa: ANN401 - a value of another library
    """Return a value of NumPy, pandas or the like as Python's own."""
    kind = value.__class__.__name__
    if kind == "datetime64":
        return value.astype("M8[us]").item()
    if kind in {"bool_", "bool"}:
        return bool(value)
    return float(value) if isinstance(value, numbers.Number) or hasattr(value, "dtype") else str(value)


def _is_nothing(value: Any) -> bool:  # noqa: ANN401 - whatever is written
    """Return whether a value is none of the kind it belongs to: not a number, not a time."""
    try:
        return bool(value != value)  # noqa: PLR0124 - only such a value differs from itself
    except TypeError:
        return True
