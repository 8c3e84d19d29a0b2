"""What a ledger made by an earlier version lacks, looked up against the declarations alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cluebook.books.layout import Layout, foreign
from cluebook.books.patch.parts import Package
from cluebook.books.patch.parts import Table as Held
from cluebook.books.upgrade.renaming import Renames
from cluebook.books.upgrade.widening import Widening
from cluebook.domain.fields import Column, columns
from cluebook.ledger.tables import TABLES, Table
from cluebook.text import Lang


@dataclass(frozen=True, slots=True)
class Survey:
    """How a ledger differs from what is declared.

    Attributes:
        lang: language of the ledger.
        layouts: every declared table as it is going to stand in the ledger.
        widenings: tables that get columns, or whose columns get other headers.
        missing: tables that the ledger lacks.
        renames: tables and columns that are called something else now.
    """

    lang: Lang
    layouts: tuple[Layout, ...]
    widenings: tuple[Widening, ...]
    missing: tuple[Table, ...]
    renames: Renames


def surveyed(package: Package, lang: Lang) -> Survey:
    """Return how a ledger differs from what is declared."""
    held = {table.name: _held(table, package) for table in TABLES}
    tables = {old.name: name for name, old in held.items() if old and old.name != name}
    layouts, widenings, columns_renamed = [], [], {}
    for table in TABLES:
        old = held[table.name]
        if old is None:
            layouts.append(Layout(table, lang, 1))
            continue
        found = tuple(_present(table, old))
        added = tuple(c for c in columns(table.record) if c.name not in {f.name for f in found})
        headers = [c.text.in_(lang) for c in (*found, *added)]
        left = tuple(foreign(f"·{number}") for number in range(1, old.area.left))
        layouts.append(Layout(table, lang, 1, (*left, *found, *added)))
        if headers != list(old.columns) or old.name != table.name:
            widenings.append(Widening(old, headers, len(found), name=table.name))
        if changed := {a: b for a, b in zip(old.columns, headers, strict=False) if a != b}:
            columns_renamed[old.name] = changed
    missing = tuple(table for table in TABLES if held[table.name] is None)
    return Survey(lang, tuple(layouts), tuple(widenings), missing, Renames(tables, columns_renamed))


def _held(table: Table, package: Package) -> Held | None:
    """Return the table of the workbook that is the declared one, by its name or an earlier one."""
    return next(
        (package.tables[name] for name in (table.name, *table.formerly) if name in package.tables), None
    )


def _present(table: Table, old: Held) -> Iterator[Column]:
    """Return the columns that a table has, in its own order: the declared ones, and those of somebody's own."""
    by_header: Mapping[str, Column] = {h: c for c in columns(table.record) for h in reversed(c.headers)}
    known: set[str] = set()
    for header in old.columns:
        column = by_header.get(header.strip())
        if column is None or column.name in known:
            yield foreign(header)
        else:
            known.add(column.name)
            yield column


def added_headers(widening: Widening) -> list[str]:
    """Return the headers of the columns that a table gets."""
    return list(widening.headers[widening.kept :])
