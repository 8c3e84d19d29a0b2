"""From what somebody gave for an action's options, typed or filled in, to the values that the action takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from cluebook.actions.registry import Option
from cluebook.domain.fields import Column, YesNo
from cluebook.errors import Place, Problem, UsageError
from cluebook.ledger.cells import CellError, from_cell
from cluebook.text import Text

Given = Mapping[str, Any]
"""What was given by the name of its column: a cell's value; for a `Mapping` each of its pairs as text."""

Where = Callable[[Column], Place]
"""Where the value for a column was given."""

Readers = Mapping[Any, Callable[[str], Any]]
"""By the type of an option that is read from files: what reads them by their paths, one a line."""

_PAIR = Text("缺少等号。", "The equals sign is missing.")
_PAIR_FIX = Text("请写成 列=值。", "Write it as COLUMN=VALUE.")
NEEDED = Text("没有填写。", "This is blank.")
NEEDED_FIX = Text("请填写后再试。", "Fill it in and try again.")


def column_values(columns: Iterable[Column], given: Given, where: Where) -> dict[str, Any]:
    """Return the values of the columns for which something was given.

    Raises:
        UsageError: some do not fit their columns; all are named.
    """
    values, wrong = {}, []
    for column in columns:
        try:
            value = from_cell(column, given.get(column.name), where(column))
        except CellError as error:
            wrong.append(error.problem)
            continue
        if value is not None:
            values[column.name] = value
    if wrong:
        raise UsageError(*wrong)
    return values


def option_values(options: Sequence[Option], given: Given, where: Where, opened: Readers) -> dict[str, Any]:
    """Return the value of every option.

    Args:
        options: the options.
        given: what was given.
        where: where it was given.
        opened: reads the files that are named for an option, by the option's type.

    Raises:
        UsageError: some values do not fit, or are needed and missing; all are named.
    """
    asked = [c for o in options if o.type is not Mapping for c in o.columns]
    held = column_values(asked, given, where)
    if missing := [c for c in asked if c.required and c.name not in held]:
        raise UsageError(*(Problem("answer_missing", where(c), NEEDED, NEEDED_FIX) for c in missing))
    return {option.name: _value(option, given, held, where, opened) for option in options}


def _value(option: Option, given: Given, held: Mapping[str, Any], where: Where, opened: Readers) -> Any:  # noqa: ANN401 - the option's own type
    if option.is_record:
        own = {c.name: held[c.name] for c in option.columns if c.name in held}
        return option.type(**own) if own else None
    if option.type is Mapping:
        (column,) = option.columns
        return dict(_pair(text, where(column)) for text in given.get(option.name) or ())
    value = held.get(option.name)
    if option.type is bool:
        return value is YesNo.YES
    return opened[option.type](value or "") if option.is_read else value


def _pair(text: str, place: Place) -> tuple[str, str]:
    column, mark, value = text.partition("=")
    if not mark:
        raise UsageError(Problem("not_a_pair", place, _PAIR, _PAIR_FIX))
    return column.strip(), value.strip()
