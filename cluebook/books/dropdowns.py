"""What a clerk may type in a column: drop-down lists, dates, numbers, and the words shown at the cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from cluebook.actions import ACTIONS
from cluebook.books.layout import FIRST, Layout, letters, reference, structured, table_named
from cluebook.domain.dashboard import OPEN_STAGES
from cluebook.domain.fields import Choice, Column, column_of, columns
from cluebook.ledger.tables import TABLES
from cluebook.ribbon import depends_on_stage
from cluebook.text import Lang, Text

LISTS = Text("选项", "Lists")
"""The hidden sheet with the words of every closed list."""

CHOICES = "choice_"
"""What the defined names of closed lists begin with."""

STAGE = ("Clues", "stage")
"""The column by which the macros know where the selected clue stands: ``list_Clues_stage``."""

OPEN = "stages_open"
"""Defined name of the stages at which a clue is still to be worked on."""

Rule = dict[str, Any]
"""Options of an XlsxWriter data validation."""

_TITLE_SIZE, _MESSAGE_SIZE = 32, 255  # Excel's own limits

_WRONG_TITLE = Text("无法填入", "Cannot be entered")
_NOT_LISTED = Text(
    "请从下拉列表中选择。需要新的选项时，先到对应的名单工作表中添加。",
    "Choose from the list. To add an entry, add it on the sheet that keeps the list.",
)
_NOT_A_CHOICE = Text("请从下拉列表中选择。", "Choose from the list.")
_NOT_A_DATE = Text("请填写日期，例如 2026-03-01。", "Enter a date, for example 2026-03-01.")
_NOT_A_MOMENT = Text(
    "请填写日期和时间，例如 2026-03-01 09:30。", "Enter a date and time, for example 2026-03-01 09:30."
)
_NOT_A_NUMBER = Text("请填写不小于 0 的数字。", "Enter a number, not below 0.")
_ASSIGNED_TITLE = Text("由程序填写", "Filled by the program")
_ASSIGNED = Text(
    "这一列由程序填写，手工修改会使台账与流转记录不一致。确定要修改吗？",
    "The program fills this column; a change by hand makes the ledger disagree with its events. Change it all the same?",
)


def names(layouts: Iterable[Layout], lang: Lang) -> Iterator[tuple[str, str]]:
    """Return the defined names of the lists that are kept in tables, each with its formula."""
    targets = [
        target for layout in layouts for column in layout.columns for target in _targets(layout, column)
    ]
    for table, field in dict.fromkeys([*targets, STAGE]):
        header = column_of(table_named(table).record, field).text.in_(lang)
        yield _list_name(table, field), structured(table, header)


def closed_lists(layouts: Iterable[Layout]) -> Iterator[tuple[str, Sequence[Choice]]]:
    """Return the lists of the lists sheet by name: choices of columns, where each action starts, what is open."""
    used = dict.fromkeys(c.type for layout in layouts for c in layout.columns if not c.assigned)
    yield from ((choice_name(kind), list(kind)) for kind in used if issubclass(kind, Choice))
    yield from ((starts_name(a.id), a.usable) for a in ACTIONS.values() if depends_on_stage(a))
    yield OPEN, OPEN_STAGES


def choice_name(kind: type[Choice]) -> str:
    """Return the defined name of a closed list."""
    return f"{CHOICES}{kind.__name__}"


def starts_name(action_id: str) -> str:
    """Return the defined name of the stages from which an action starts; the macros know it, too.

    >>> starts_name("fast-track")
    'starts_fast_track'
    """
    return f"starts_{action_id.replace('-', '_')}"


def list_area(place: int, length: int, lang: Lang) -> str:
    """Return the formula for a list that stands in one column of the lists sheet, under its name."""
    letter = letters(place)
    return reference(LISTS.in_(lang), f"${letter}$2:${letter}${length + 1}")


def rule(layout: Layout, column: Column) -> Rule | None:
    """Return what Excel is to check and show in a column; ``None`` when there is nothing to say."""
    checked = _checked(layout, column)
    if not checked and not column.help:
        return None
    shown: Rule = {"validate": "any", **checked}
    if column.help:
        shown["input_title"] = column.text.in_(layout.lang)[:_TITLE_SIZE]
        shown["input_message"] = column.help.in_(layout.lang)[:_MESSAGE_SIZE]
    return shown


def _checked(layout: Layout, column: Column) -> Rule:
    lang = layout.lang
    if column.assigned:
        return {
            "validate": "custom",
            "value": "=FALSE",
            **_says(_ASSIGNED_TITLE, _ASSIGNED, lang),
            "error_type": "warning",
        }
    if column.one_of:
        # A cell may hold several names: the list then helps with the first and refuses nothing.
        strict = column.type is not tuple
        return {
            "validate": "list",
            "source": _source(layout, column),
            "show_error": strict,
            **_says(_WRONG_TITLE, _NOT_LISTED, lang),
        }
    if issubclass(column.type, Choice):
        return {
            "validate": "list",
            "source": f"={choice_name(column.type)}",
            **_says(_WRONG_TITLE, _NOT_A_CHOICE, lang),
        }
    if column.type in (date, datetime):
        wrong = _NOT_A_MOMENT if column.type is datetime else _NOT_A_DATE
        return {
            "validate": "date",
            "criteria": ">=",
            "value": date(2000, 1, 1),
            **_says(_WRONG_TITLE, wrong, lang),
        }
    if column.type in (int, float):
        kind = "integer" if column.type is int else "decimal"
        return {"validate": kind, "criteria": ">=", "value": 0, **_says(_WRONG_TITLE, _NOT_A_NUMBER, lang)}
    return {}


def _says(title: Text, message: Text, lang: Lang) -> Rule:
    return {"error_title": title.in_(lang), "error_message": message.in_(lang)}


def _source(layout: Layout, column: Column) -> str:
    """Return the list of a column; narrowed by its neighbour, all of it when the neighbour narrows to nothing."""
    whole, *groups = (_list_name(*target) for target in _targets(layout, column))
    if not column.within:
        return f"={whole}"
    (group,) = groups
    chosen = f"${letters(layout.place(column.within))}{FIRST + 1}"
    count = f"COUNTIF({group},{chosen})"
    return f"=IF({count}=0,{whole},OFFSET({whole},MATCH({chosen},{group},0)-1,0,{count},1))"


def _targets(layout: Layout, column: Column) -> Iterator[tuple[str, str]]:
    """Return table and field of the list a column draws on, then of what narrows that list."""
    if column.one_of:
        table, _, field = column.one_of.partition(".")
        yield table, field
        if column.within:
            yield table, _narrowing(table, column_of(layout.table.record, column.within)).name


def _narrowing(table: str, inner: Column) -> Column:
    """Return the column of a list table that holds the same kind of thing as `inner`.

    Raises:
        LookupError: the table has no such column; the declarations disagree.
    """
    for other in columns(table_named(table).record):
        same_choice = issubclass(inner.type, Choice) and other.type is inner.type
        if same_choice or (inner.one_of and other.one_of == inner.one_of):
            return other
    raise LookupError(f"{table} has no column like {inner.name}")


def grouping(layout: Layout) -> list[Column]:
    """Return the columns of a list table whose equal entries must stand together for drop-downs to work."""
    needed = [
        _narrowing(layout.table.name, column_of(table.record, column.within))
        for table in TABLES
        for column in columns(table.record)
        if column.within and column.one_of and column.one_of.partition(".")[0] == layout.table.name
    ]
    return list(dict.fromkeys(needed))


def _list_name(table: str, field: str) -> str:
    return f"list_{table}_{field}"
