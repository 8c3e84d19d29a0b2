"""Declaring a record whose fields are the columns of a table in the ledger."""

from __future__ import annotations

import dataclasses
import enum
import typing
from dataclasses import dataclass, field
from typing import Any

from cluebook.text import Text


class Choice(enum.Enum):
    """A closed list of values; each member is declared as ``NAME = zh, en``."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep the member's words as `text`."""
        self.text = Text(zh, en)


class YesNo(Choice):
    """A ticked or unticked cell."""

    YES = "是", "Yes"
    NO = "否", "No"


class Part(Choice):
    """A stretch of the procedure: columns of one share a colour, actions of one stand together."""

    INTAKE = "收集登记", "Intake"
    REVIEW = "初审受理", "Review"
    ANALYSIS = "分析", "Analysis"
    ROUTING = "流转", "Routing"
    HANDLING = "处理", "Handling"
    FEEDBACK = "反馈", "Feedback"
    SUPERVISION = "督办", "Supervision"
    CLOSING = "办结归档", "Closing"
    REPORTS = "报表", "Reports"
    TOOLS = "工具", "Tools"
    COMPUTED = "自动计算", "Computed"


@dataclass(frozen=True, slots=True)
class Column:
    """What the ledger knows about one field of a record.

    Attributes:
        name: the field's name, also its name in templates and on the command line.
        text: the header in both languages.
        type: `str`, `int`, `float`, `date`, `datetime`, a `Choice`, or `tuple` for a list of names.
        required: a row without it is not valid.
        assigned: filled by the program, never typed.
        part: the stretch of the procedure it belongs to, if any.
        one_of: table of another sheet whose entries are allowed, as ``"Departments.name"``.
        within: field of this record that narrows `one_of`, as ``"nature"`` narrows subtypes.
        help: what to type, shown at the cell.
        width: column width in characters.
        formerly: earlier headers, so that an upgrade finds a renamed column.
        folded: whether a new ledger keeps it hidden behind the mark of its group: it is rarely looked at.
    """

    name: str
    text: Text
    type: type
    required: bool
    assigned: bool
    part: Part | None
    one_of: str | None
    within: str | None
    help: Text | None
    width: int
    formerly: tuple[str, ...]
    folded: bool = False

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header that it may have in a ledger: the present ones first, then the earlier ones."""
        return (*self.text, *self.formerly)


def column(
    zh: str,
    en: str,
    *,
    required: bool = False,
    assigned: bool = False,
    part: Part | None = None,
    one_of: str | None = None,
    within: str | None = None,
    help: tuple[str, str] | None = None,  # noqa: A002 - reads as a word of the declaration
    width: int = 12,
    formerly: tuple[str, ...] = (),
    folded: bool = False,
) -> Any:  # noqa: ANN401 - stands in for the field's own type
    """Declare a record field and the table column that holds it; see `Column` for the words."""
    spec = {
        "text": Text(zh, en),
        "required": required,
        "assigned": assigned,
        "part": part,
        "one_of": one_of,
        "within": within,
        "help": Text(*help) if help else None,
        "width": width,
        "formerly": formerly,
        "folded": folded,
    }
    return field(default=None, metadata=spec)


def columns(record: type) -> tuple[Column, ...]:
    """Return the columns of a record, in the order of their declaration."""
    return tuple(_columns(record).values())


def column_of(record: type, name: str) -> Column:
    """Return one column of a record by its field name; `KeyError` when there is none."""
    return _columns(record)[name]


def _columns(record: type) -> dict[str, Column]:
    if record not in _DECLARED:
        hints = typing.get_type_hints(record)
        _DECLARED[record] = {
            f.name: Column(name=f.name, type=_plain(hints[f.name]), **f.metadata)
            for f in dataclasses.fields(record)
            if "text" in f.metadata
        }
    return _DECLARED[record]


_DECLARED: dict[type, dict[str, Column]] = {}


def _plain(hint: Any) -> type:  # noqa: ANN401 - a type hint has no narrower type
    """Strip ``| None`` and the item type of a tuple."""
    if typing.get_origin(hint) is tuple:
        return tuple
    kind = next((a for a in typing.get_args(hint) if a is not type(None)), hint)
    plain: type = typing.get_origin(kind) or kind
    return plain
