"""Turning the rows of a file that an office brings into records, column by column (procedure C3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cluebook.actions.registry import entry_columns
from cluebook.domain.fields import Column, column_of, columns
from cluebook.errors import Place, Problem, UsageError
from cluebook.ledger.book import Grid
from cluebook.ledger.cells import CellError, from_cell
from cluebook.text import Lang, Text, join, same

_MOST_NAMES, _LONGEST_NAME = 40, 40


@dataclass(frozen=True, slots=True)
class Mapped:
    """One row of the file as a record, with the cells that could not be read.

    Attributes:
        record: the record; what could not be read is blank in it.
        beside: the record of the other type that the row holds too, if it does.
        problems: what could not be read, at its place in the file.
        source: the file's cells.
        row: row of the file.
        spots: header in the file of each field that was taken from it.
    """

    record: Any
    beside: Any | None
    problems: tuple[Problem, ...]
    source: Grid
    row: int
    spots: Mapping[str, str]

    def place(self, field: str, lang: Lang) -> Place:
        """Return where in the file a field came from; one that is not there has the ledger's header."""
        own = field in {column.name for column in columns(type(self.record))}
        kind = type(self.record if own else self.beside)
        return self.source.place(self.row, self.spots.get(field) or column_of(kind, field).text.in_(lang))


def mapped_rows(
    source: Grid,
    record: type,
    mapping: Mapping[str, str],
    fixed: Mapping[str, str],
    lang: Lang,
    *,
    beside: type,
) -> Iterator[Mapped]:
    """Return each row of a file as a record.

    Columns of the file that bear the name of a ledger column are taken without being named.

    Args:
        source: the file's cells.
        record: the record type to make.
        mapping: ledger column (header or field name) to header in the file.
        fixed: ledger column to one value for all rows.
        lang: language of the ledger.
        beside: another record type whose columns a row may hold; none of them is named as one of `record`.

    Raises:
        UsageError: a column that is named does not exist on its side, or a fixed value does not fit its column.
    """
    entries = (*entry_columns(record), *entry_columns(beside))
    spots = {c.name: h for c in entries for h in source.header if h.strip() in c.text}
    spots |= {_column(name, entries, lang).name: _header(header, source) for name, header in mapping.items()}
    values = {
        column.name: _fixed(column, value)
        for name, value in fixed.items()
        for column in [_column(name, entries, lang)]
    }
    taken = [
        (c, source.header.index(spots[c.name]), spots[c.name])
        for c in entries
        if c.name in spots and c.name not in values
    ]
    if not taken:
        wrong = Text("没有一列能对应到台账。", "No column of the file matches the ledger.")
        fix = Text(
            "请用 --map 台账列=来源列 指定，来源列有：{headers}。",
            "Name them with --map COLUMN=SOURCE; the file has: {headers}.",
        )
        headers = _listed(source.header)
        raise UsageError(Problem("nothing_mapped", source.place(), wrong, fix.fill(headers=headers)))
    return _records(source, record, beside, taken, values, spots)


def _records(
    source: Grid,
    record: type,
    beside: type,
    taken: list[tuple[Column, int, str]],
    values: Mapping[str, Any],
    spots: Mapping[str, str],
) -> Iterator[Mapped]:
    for number, cells in source.lines():
        if all(cells[at] is None for _, at, _ in taken):
            continue
        read, problems = dict(values), []
        for column, at, header in taken:
            try:
                read[column.name] = from_cell(column, cells[at], source.place(number, header))
            except CellError as error:
                problems.append(error.problem)
        other = {c.name: read.pop(c.name) for c in entry_columns(beside) if c.name in read}
        told = any(other.get(c.name) is not None for c, _, _ in taken)
        yield Mapped(
            record(**read), beside(**other) if told else None, tuple(problems), source, number, spots
        )


def _column(name: str, entries: tuple[Column, ...], lang: Lang) -> Column:
    found = next((c for c in entries if name.strip() in {*c.text, c.name, c.name.replace("_", "-")}), None)
    if found is None:
        wrong = Text("台账没有可填的列“{name}”。", "The ledger has no column “{name}” to fill.").fill(
            name=name
        )
        fix = Text("可填的列：{names}。", "Columns that can be filled: {names}.")
        names = join([same(c.text.in_(lang)) for c in entries])
        raise UsageError(Problem("unknown_column", Place(), wrong, fix.fill(names=names)))
    return found


def _header(header: str, source: Grid) -> str:
    found = next((h for h in source.header if h.strip() == header.strip()), None)
    if found is None:
        wrong = Text("来源文件没有列“{name}”。", "The file has no column “{name}”.").fill(name=header)
        fix = Text("来源文件的列：{names}。", "Its columns: {names}.")
        names = _listed(source.header)
        raise UsageError(Problem("unknown_source_column", source.place(), wrong, fix.fill(names=names)))
    return found


def _listed(headers: Sequence[str]) -> Text:
    """Return the headers of a file for a message: a sheet may have thousands, and each may be a whole text."""
    return join([same(header[:_LONGEST_NAME]) for header in headers if header.strip()][:_MOST_NAMES])


def _fixed(column: Column, value: str) -> Any:  # noqa: ANN401 - the field's own type
    try:
        return from_cell(column, value, Place(column=f"--set {column.name}"))
    except CellError as error:
        raise UsageError(error.problem) from None
