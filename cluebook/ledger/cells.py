"""The value of a cell and the value of a field, one made from the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from cluebook.domain import lists
from cluebook.domain.fields import Choice, Column, YesNo
from cluebook.errors import Place, Problem
from cluebook.ledger.book import CellValue
from cluebook.text import Lang, Text, join

_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[T\s]*(\d{1,2})\s*[:：时]\s*(\d{1,2})(?:\s*[:：分]\s*(\d{1,2}))?\S*)?"
)


class CellError(ValueError):
    """A cell holds what its column cannot; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(problem.code)
        self.problem = problem


def to_cell(column: Column, value: object, lang: Lang) -> CellValue:
    """Return what a cell of `column` holds for a field value, in the ledger's language."""
    if isinstance(value, Choice):
        return value.text.in_(lang)
    if isinstance(value, tuple):
        return lists.unite(value, lang)
    if value is None or isinstance(value, str | int | float | date):
        return value
    raise TypeError(column.name)


def from_cell(column: Column, value: CellValue, place: Place) -> Any:  # noqa: ANN401 - the field's own type
    """Return the field value that a cell of `column` holds; blank is ``None``.

    Raises:
        CellError: the cell holds something else than the column's type.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if issubclass(column.type, Choice):
        return _choice(column.type, value, place)
    return _READERS[column.type](column, value, place)


def show(column: Column, value: object, lang: Lang) -> str:
    """Return a field value as people read it in documents, messages and the trail; blank is ``""``."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:.0%}" if 0 <= value <= 1 else f"{value:g}"
    return str(to_cell(column, value, lang))


def _choice(choice: type[Choice], value: CellValue, place: Place) -> Choice:
    word = value.strip() if isinstance(value, str) else value
    if isinstance(word, bool) and choice is YesNo:
        return YesNo.YES if word else YesNo.NO
    for member in choice:
        if word in member.text:
            return member
    wrong = Text("不在可选项之内。", "This is not one of the choices.")
    fix = Text("请选：{choices}。", "Choose one of: {choices}.")
    raise CellError(Problem("not_a_choice", place, wrong, fix.fill(choices=join([m.text for m in choice]))))


def _text(column: Column, value: CellValue, _place: Place) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    text = str(value)
    # Names are compared with other sheets; an account is kept as it was written.
    return text.strip() if column.one_of else text


def _names(_column: Column, value: CellValue, _place: Place) -> tuple[str, ...]:
    return lists.split(str(value))


def _moment(_column: Column, value: CellValue, place: Place) -> datetime:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    found = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found:
        try:
            return datetime(*(int(part or 0) for part in found.groups()))  # type: ignore[arg-type]
        except ValueError:
            pass
    wrong = Text("不是日期。", "This is not a date.")
    raise CellError(
        Problem(
            "not_a_date",
            place,
            wrong,
            Text("请按 2026-03-01 或 2026-03-01 09:30 填写。", "Write it as 2026-03-01 or 2026-03-01 09:30."),
        )
    )


def _day(column: Column, value: CellValue, place: Place) -> date:
    return _moment(column, value, place).date()


def _number(_column: Column, value: CellValue, place: Place) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    text = value.strip() if isinstance(value, str) else ""
    try:
        return float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        raise CellError(_not_a_number(place)) from None


def _whole(column: Column, value: CellValue, place: Place) -> int:
    number = _number(column, value, place)
    if number != int(number):
        raise CellError(_not_a_number(place))
    return int(number)


def _not_a_number(place: Place) -> Problem:
    return Problem(
        "not_a_number",
        place,
        Text("不是所要求的数字。", "This is not a number of the kind wanted."),
        Text("请只填数字。", "Write digits only."),
    )


_READERS: dict[type, Callable[[Column, CellValue, Place], Any]] = {
    str: _text,
    tuple: _names,
    datetime: _moment,
    date: _day,
    float: _number,
    int: _whole,
}
