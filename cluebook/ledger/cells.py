"""The value of a cell and the value of a field, one made from the other."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from cluebook.domain import lists
from cluebook.domain.fields import Choice, Column, YesNo
from cluebook.domain.written import day_written
from cluebook.errors import Place, Problem
from cluebook.ledger.book import CellValue
from cluebook.text import Lang, Text, join

_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[T\s]*(\d{1,2})\s*[:：时]\s*(\d{1,2})(?:\s*[:：分]\s*(\d{1,2}))?\S*)?"
)

_FIRST_DAY = date(1900, 3, 1)
"""Excel's count of days is sound from here on; what is earlier is a slip of the pen."""

_MOST_EXACT = 2**53
"""Above this a cell no longer holds every whole number."""


class CellError(ValueError):
    """A cell holds what its column cannot; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(problem.code)
        self.problem = problem


class Unreadable(ValueError):  # noqa: N818 - named for what it says of the value
    """A value is not what its column wants; `problem` says so of a place."""

    def __init__(self, code: str, wrong: Text, fix: Text) -> None:
        """Keep what is wrong; where, only the caller knows."""
        super().__init__(code)
        self._told = (wrong, fix)

    def problem(self, place: Place) -> Problem:
        """Return the problem at a place."""
        return Problem(str(self), place, *self._told)


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
    try:
        return reader_of(column)(value)
    except Unreadable as error:
        raise CellError(error.problem(place)) from None


def reader_of(column: Column) -> Callable[[CellValue], Any]:
    """Return what reads the cells of a column: from cell value to field value, or it raises `Unreadable`."""
    is_choice = issubclass(column.type, Choice)
    read: Callable[[CellValue], Any] = _choice_reader(column.type) if is_choice else _READERS[column.type]
    # Names are compared with other sheets; an account is kept as it was written.
    tidy = column.type is str and column.one_of is not None

    def reader(value: CellValue) -> Any:  # noqa: ANN401 - the field's own type
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        return read(value).strip() if tidy else read(value)

    return reader


def show(column: Column, value: object, lang: Lang) -> str:
    """Return a field value as people read it in documents, messages and the trail; blank is ``""``."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:.0%}" if 0 <= value <= 1 else f"{value:g}"
    return str(to_cell(column, value, lang))


def _choice_reader(choice: type[Choice]) -> Callable[[CellValue], Choice]:
    members: dict[CellValue, Choice] = {word: member for member in choice for word in member.text}
    if choice is YesNo:
        members |= {True: YesNo.YES, False: YesNo.NO}

    def read(value: CellValue) -> Choice:
        member = members.get(value.strip() if isinstance(value, str) else value)
        if member is None:
            choices = join([m.text for m in choice])
            wrong = Text("不在可选项之内。", "This is not one of the choices.")
            fix = Text("请选：{choices}。", "Choose one of: {choices}.").fill(choices=choices)
            raise Unreadable("not_a_choice", wrong, fix)
        return member

    return read


def _text(value: CellValue) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value)


def _names(value: CellValue) -> tuple[str, ...] | None:
    return lists.split(str(value)) or None


def _moment(value: CellValue) -> datetime:
    moment = _moment_meant(value)
    if moment is not None and moment.date() >= _FIRST_DAY:
        return moment
    wrong = Text("不是日期，或早于 1900 年 3 月。", "This is not a date, or one before March 1900.")
    fix = Text("请按 2026-03-01 或 2026-03-01 09:30 填写。", "Write it as 2026-03-01 or 2026-03-01 09:30.")
    raise Unreadable("not_a_date", wrong, fix)


def _moment_meant(value: CellValue) -> datetime | None:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if not isinstance(value, str):
        return None
    found = _DATE.fullmatch(value.strip())
    if found is None:
        day = day_written(value)
        return None if day is None else datetime(day.year, day.month, day.day)
    try:
        return datetime(*(int(part or 0) for part in found.groups()))  # type: ignore[arg-type]
    except ValueError:
        return None


def _day(value: CellValue) -> date:
    return _moment(value).date()


def _number(value: CellValue) -> float:
    number = _number_meant(value)
    if not abs(number) <= _MOST_EXACT:  # so that what is no number at all is refused too
        raise _not_a_number()
    return number


def _number_meant(value: CellValue) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    text = value.strip() if isinstance(value, str) else ""
    try:
        return float(text[:-1]) / 100 if text.endswith(("%", "％")) else float(text)
    except ValueError:
        return math.nan


def _whole(value: CellValue) -> int:
    number = _number(value)
    if not number.is_integer():
        raise _not_a_number()
    return int(number)


def _not_a_number() -> Unreadable:
    wrong = Text("不是所要求的数字。", "This is not a number of the kind wanted.")
    return Unreadable("not_a_number", wrong, Text("请只填数字。", "Write digits only."))


_READERS: dict[type, Callable[[CellValue], Any]] = {
    str: _text,
    tuple: _names,
    datetime: _moment,
    date: _day,
    float: _number,
    int: _whole,
}
