"""A worksheet whose table gets further columns at its right end; nothing that stands on the sheet moves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cluebook.books.layout import BANDS, HEADER
from cluebook.books.patch.archive import Content, at_once
from cluebook.books.patch.area import Area, column_letters, read_area
from cluebook.books.patch.parts import Package, Table, parse, serialise, tag
from cluebook.books.patch.rewriting import Lane, Sheetwide, Target, rewritten
from cluebook.books.patch.rows import Reading, Row, Rows, UntidyError, read_rows
from cluebook.books.patch.sheet import tidied
from cluebook.books.patch.splicing import Splice, spliced
from cluebook.books.patch.styles import Styles
from cluebook.books.problems import problem
from cluebook.books.upgrade.borrowing import Borrowed
from cluebook.books.upgrade.manners import add_rules, set_widths
from cluebook.books.upgrade.revision import Revision, child
from cluebook.errors import Place, RefusedError

if TYPE_CHECKING:
    from lxml import etree

_HERE = b"<!--rows-->"


@dataclass(frozen=True, slots=True)
class Widening:
    """What a table gets.

    Attributes:
        table: the table as it stands.
        headers: the headers it is to have, those that it has first.
        kept: how many of them it has.
        name: what it is to be called.
    """

    table: Table
    headers: Sequence[str]
    kept: int
    name: str

    @property
    def area(self) -> Area:
        """The table's area afterwards."""
        old = self.table.area
        return Area(old.left, old.top, old.left + len(self.headers) - 1, old.bottom)

    @property
    def new(self) -> Area:
        """The part of it that is new; nothing when its right border stands left of its left one."""
        return Area(self.table.area.left + self.kept, self.area.top, self.area.right, self.area.bottom)

    @property
    def shift(self) -> int:
        """How many rows lower the table stands than in a new ledger."""
        return self.table.area.top - (HEADER + 1)


def refuse_taken(package: Package, widening: Widening) -> None:
    """Refuse to widen a table over what stands beside it.

    Raises:
        RefusedError: there is something; its cell is named.
    """
    table, new = widening.table, widening.new
    for other in package.tables.values():
        if other.part != table.part and other.sheet == table.sheet and other.area.meets(new):
            place = Place(table.sheet.title, other.area.top, column_letters(other.area.left))
            raise RefusedError(problem("right_taken", place))
    letters = "|".join(column_letters(column) for column in range(new.left, new.right + 1))
    cell = re.compile(rb'<[\w.:-]*c\s(?:[^>]*\s)?r="(%b)(\d+)"[^>]*(?<!/)>' % letters.encode())
    for xml in _windows(package, table):
        for found in cell.finditer(xml):
            if int(found[2]) >= new.top:  # below the table, too, where its new rows will go
                place = Place(table.sheet.title, int(found[2]), found[1].decode())
                raise RefusedError(problem("right_taken", place))


def _windows(package: Package, table: Table) -> Iterator[bytes]:
    try:
        for window in Reading(package.archive.source(table.sheet.part)()).windows():
            yield window.xml[: window.edges[-1]]
    except UntidyError:
        yield tidied(package.archive.read(table.sheet.part))


def widened_table(content: bytes, widening: Widening) -> bytes:
    """Return a table part with its new area and columns, renamed ones among them."""
    root = parse(content)
    root.set("ref", widening.area.ref())
    root.set("name", widening.name)
    root.set("displayName", widening.name)
    for element in root.iterfind("{*}autoFilter"):
        area = read_area(element.get("ref", ""))
        if area is not None and area.right == widening.table.area.right:
            element.set("ref", Area(area.left, area.top, widening.area.right, area.bottom).ref())
    entries = child(root, "tableColumns")
    number = max(int(entry.get("id", "0")) for entry in entries)
    for entry, header in zip(list(entries), widening.headers, strict=False):
        if entry.get("name") != escaped(header):
            entry.set("name", escaped(header))
    for more, header in enumerate(widening.headers[len(entries) :], start=1):
        attributes = {"id": str(number + more), "name": escaped(header)}
        entries.append(entries.makeelement(tag(root, "tableColumn"), attributes))
    entries.set("count", str(len(entries)))
    return serialise(root)


def escaped(header: str) -> str:
    """Return a header as a table part writes it."""
    return header.replace("\n", "_x000a_")


def widened_sheet(
    revision: Revision, widening: Widening, like: etree._Element, borrowed: Borrowed
) -> Callable[[Styles], Content]:
    """Return what gives the worksheet with the heads, widths, rules and colours of the new columns.

    All formats are taken over first; what is returned waits for the workbook's formats with them.

    Args:
        revision: the workbook as it stands by now.
        widening: what its table gets.
        like: the same worksheet of a new ledger with just these columns.
        borrowed: takes over the new ledger's formats.

    Raises:
        RefusedError: the sheet's structure cannot be changed safely.
    """
    part, heads = widening.table.sheet.part, _heads(widening)
    source = revision.source(part)
    try:
        rows = read_rows(source(), heads)
    except UntidyError:
        try:
            source = at_once(tidied(b"".join(source())))
            rows = read_rows(source(), heads)
        except UntidyError:
            raise RefusedError(problem("sheet_unreadable", Place(widening.table.sheet.title))) from None
    head, tail = _around(rows, widening, like, borrowed)
    targets = {number: _targets(rows.row(number), number, widening, like, borrowed) for number in heads}

    def written(styles: Styles) -> Content:
        wide = Sheetwide(widening.table.sheet.title, rows.prefix, styles, {}, revision.package.since_1904)
        splices = [
            Splice(0, len(rows.head), head),
            *(
                Splice(*rows.spans[number], rewritten(number, rows.row(number), "", new, wide)[0].encode())
                for number, new in targets.items()
            ),
            Splice(rows.end, rows.end + len(rows.tail), tail),
        ]
        return lambda: spliced(source(), splices)

    return written


def _heads(widening: Widening) -> list[int]:
    top = widening.table.area.top
    return [row for row in (top - HEADER + BANDS, top) if row > 0]


def _targets(
    row: Row | None, number: int, widening: Widening, like: etree._Element, borrowed: Borrowed
) -> dict[int, Target]:
    """Return what is to be written in the row of the headers, or in the one of the bands above them."""
    targets: dict[int, Target] = {}
    for column in range(widening.new.left, widening.new.right + 1):
        held = row.cells.get(column) if row else None
        if held is None or not held.inside.strip():
            targets[column] = _head(like, number - widening.shift, column, borrowed)
    if number == widening.table.area.top:
        for place, (old, new) in enumerate(zip(widening.table.columns, widening.headers, strict=False)):
            if old != new:
                targets[widening.table.area.left + place] = Target(new)
    return targets


def _head(like: etree._Element, row: int, column: int, borrowed: Borrowed) -> Target:
    """Return what stands in a cell above the rows of the new ledger's table, with its format in this workbook."""
    ref = f"{column_letters(column)}{row}"
    cell = next(
        (c for c in like.iterfind(f"{{*}}sheetData/{{*}}row[@r='{row}']/{{*}}c") if c.get("r") == ref), None
    )
    style = 0 if cell is None else borrowed.format(int(cell.get("s", "0")))
    text = None if cell is None else "".join(t.text or "" for t in cell.iter("{*}t")) or None
    return Target(text, Lane(column, column_letters(column), style, None))


def _around(rows: Rows, widening: Widening, like: etree._Element, borrowed: Borrowed) -> tuple[bytes, bytes]:
    """Return what stands before and after the rows, with widths, rules and colours of the new columns."""
    closing = f"</{rows.prefix}sheetData>".encode()
    opened = rows.head[: rows.head.rindex(b"/>")] + b">" if rows.closed else rows.head
    root = parse(opened + _HERE + (closing if rows.closed else b"") + rows.tail)
    columns = range(widening.new.left, widening.new.right + 1)
    set_widths(root, like, columns, borrowed)
    add_rules(root, like, columns, widening.shift, borrowed)
    for dimension in root.iterfind("{*}dimension"):
        if (old := read_area(dimension.get("ref", ""))) is not None:
            right = max(old.right, widening.area.right)
            dimension.set("ref", Area(old.left, old.top, right, old.bottom).ref())
    head, _, tail = serialise(root).partition(_HERE)
    return head, tail
