"""The ledger as one immutable value."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import starmap
from typing import Any, Generic, TypeVar

from cluebook.domain.fields import column_of
from cluebook.domain.office import Setting
from cluebook.domain.settings import Settings, settings_of
from cluebook.errors import Place, Problem
from cluebook.ledger.plan import Plan, folded
from cluebook.ledger.tables import table_of
from cluebook.text import Lang

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Row(Generic[R]):
    """One record and the worksheet row it was read from.

    Attributes:
        number: the worksheet row, counted from 1.
        record: the record; cells that could not be read are ``None`` in it.
        problems: what could not be read.
    """

    number: int
    record: R
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """The rows of one table and the name of the sheet they stand on."""

    sheet: str
    rows: tuple[Row[Any], ...]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file in the folder of a case.

    Attributes:
        name: the file name.
        sha256: hash of its content.
        pages: how many pages it has, where that is known.
        on: the day it was last written.
    """

    name: str
    sha256: str
    pages: int | None
    on: date


@dataclass(frozen=True, eq=False)
class Ledger:
    """Everything a workbook holds, table by table, each read when it is first asked for.

    Attributes:
        lang: the language of the workbook's headers, and of what is written into it.
        file: name of the workbook, for messages.
        leaf: gives the rows of the table that holds a record type.
        marks: the highest number ever given in each series, as remembered outside the workbook.
        files: gives the files in the folder of a clue, by its number.
    """

    lang: Lang
    file: str
    leaf: Callable[[type], Leaf]
    marks: Mapping[str, int] = field(default_factory=dict)
    files: Callable[[str], tuple[KeptFile, ...]] = lambda _number: ()

    def rows(self, record: type[R]) -> tuple[Row[R], ...]:
        """Return all rows of the table that holds `record`."""
        return self.leaf(record).rows

    def records(self, record: type[R]) -> tuple[R, ...]:
        """Return all records of one type, without their row numbers."""
        return tuple(row.record for row in self.rows(record))

    def row(self, record: type[R], number: int) -> Row[R]:
        """Return the row that stands at a worksheet row; `KeyError` when there is none."""
        return self._by_number(record)[number]

    def place(self, record: type, row: int | None = None, field: str | None = None) -> Place:
        """Return a place in the workbook, in the words of its sheets and headers."""
        header = column_of(record, field).text.in_(self.lang) if field else None
        return Place(self.leaf(record).sheet, row, header)

    def after(self, plan: Plan) -> Ledger:
        """Return the ledger as it will be once a plan is carried out: rows changed, and rows added below."""
        settled = folded(plan)
        edits: dict[type, dict[int, Any]] = {}
        additions: dict[type, list[Any]] = {}
        for edit in settled.edits:
            edits.setdefault(type(edit.after), {})[edit.row] = edit.after
        for record in settled.additions:
            additions.setdefault(type(record), []).append(record)

        @functools.cache
        def leaf(record: Any) -> Leaf:  # noqa: ANN401 - mypy takes no type for a hashable
            held, new = self.leaf(record), edits.get(record, {})
            rows = [replace(row, record=new[row.number]) if row.number in new else row for row in held.rows]
            last = max((row.number for row in rows), default=1)
            rows += starmap(Row, enumerate(additions.get(record, ()), start=last + 1))
            return Leaf(held.sheet, tuple(rows))

        return replace(self, leaf=leaf)

    def _by_number(self, record: type) -> dict[int, Row[Any]]:
        if record not in self._numbered:
            self._numbered[record] = {row.number: row for row in self.leaf(record).rows}
        return self._numbered[record]

    @functools.cached_property
    def _numbered(self) -> dict[type, dict[int, Row[Any]]]:
        return {}

    @functools.cached_property
    def settings(self) -> Settings:
        """The office's settings."""
        return settings_of(self.records(Setting), self.lang)


def ledger_of(
    records: Mapping[type, Sequence[object]], lang: Lang = "zh", file: str = "ledger.xlsx"
) -> Ledger:
    """Return a ledger made of records alone, as if read from a workbook whose data begin in row 2."""

    @functools.cache
    def leaf(record: Any) -> Leaf:  # noqa: ANN401 - mypy takes no type for a hashable
        title = table_of(record).title.in_(lang)
        return Leaf(title, tuple(starmap(Row, enumerate(records.get(record, ()), start=2))))

    return Ledger(lang, file, leaf)
