"""The surgical patch: a workbook with cells changed and rows appended, all else as it was."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from cluebook.books.patch.archive import Archive, Content, at_once, key
from cluebook.books.patch.growth import Growth, grown_ref
from cluebook.books.patch.parts import Package, Sheet, Table, parse, relations_part, serialise, tag
from cluebook.books.patch.references import grown_formula, grown_parts
from cluebook.books.patch.sheet import Rewritten, SheetChange
from cluebook.books.patch.sheet import rewrite as rewrite_sheet
from cluebook.books.patch.styles import Styles
from cluebook.books.patch.totals import refuse_named_totals
from cluebook.books.patch.values import unholdable
from cluebook.books.patch.zipping import rewrite
from cluebook.books.problems import problem
from cluebook.errors import Place, Problem, RefusedError
from cluebook.ledger.book import CellContent, CellEdit, NewRow, value_of

TYPES = "[Content_Types].xml"
_MODIFIED = re.compile(rb"(?<=W3CDTF\">)[^<]*(?=</(?:[\w.-]+:)?modified>)")
_BEFORE_CALCULATION = ("definedNames", "externalReferences", "functionGroups", "sheets")


@dataclass(frozen=True, slots=True)
class Append:
    """Rows for one table, and the worksheet row the first of them goes to."""

    table: Table
    first: int
    rows: Sequence[NewRow]


@dataclass(frozen=True, slots=True)
class Patched:
    """A workbook as a patch makes it, with what must be found in it.

    Attributes:
        archive: the workbook before.
        changed: `key` of a part to what gives its new content.
        dropped: `key` of each part that goes.
        sheets: worksheet part to its rewritten form.
        areas: table part to the reference it must hold now.
        since_1904: whether its dates count from 1904.
    """

    archive: Archive
    changed: Mapping[str, Content]
    dropped: Collection[str]
    sheets: Mapping[str, Rewritten]
    areas: Mapping[str, str]
    since_1904: bool

    def write(self, out: BinaryIO) -> tuple[int, bytes]:
        """Write the whole file; return where its directory begins, and its bytes from there to the end."""
        return rewrite(self.archive, self.changed, self.dropped, out)


def patch(package: Package, edits: Sequence[CellEdit], appends: Sequence[Append], at: datetime) -> Patched:
    """Return the workbook with these cells changed and these rows appended.

    Args:
        package: the workbook before.
        edits: the cells to change.
        appends: the rows to append.
        at: when it is changed, with its time zone.

    Raises:
        RefusedError: a value cannot be held, or a change would harm what stands there.
    """
    problems = [*_unholdable(package, edits, appends)]
    if problems:
        raise RefusedError(*problems)
    changes = _changes(package, edits, appends)
    for change in changes:
        _refuse_collisions(package, change)
    archive = package.archive
    if package.styles is None:
        raise RefusedError(problem("styles_missing"))
    styles = Styles(archive.read(package.styles))
    sheets = {
        change.sheet.part: rewrite_sheet(
            archive.source(change.sheet.part), change, styles, since_1904=package.since_1904
        )
        for change in changes
    }
    growths = [growth for change in changes for growth in change.growths]
    parts = _parts(package, growths, at)
    if styles.grown:
        parts[package.styles] = styles.content()
    dropped = []
    if package.chain and any(sheet.formulas for sheet in sheets.values()):
        dropped = [key(package.chain)]
        parts |= _without_chain(package, package.chain)
    changed: dict[str, Content] = {key(part): sheet.pieces for part, sheet in sheets.items()}
    changed |= {key(name): at_once(content) for name, content in parts.items()}
    areas = {growth.table.part: growth.area.ref() for growth in growths}
    return Patched(archive, changed, dropped, sheets, areas, package.since_1904)


def _parts(package: Package, growths: Sequence[Growth], at: datetime) -> dict[str, bytes]:
    """Return the parts beside the worksheets that change with any patch, and with tables that grow."""
    return {
        **{growth.table.part: _grown_table(package, growth) for growth in growths},
        **grown_parts(package.archive, growths),
        package.workbook: _recalculated(package.archive.read(package.workbook), growths),
        **_dated(package, at),
    }


def _unholdable(package: Package, edits: Sequence[CellEdit], appends: Sequence[Append]) -> Iterable[Problem]:
    """Return every value that no cell can hold, before anything is written."""
    for edit in edits:
        sheet = package.tables[edit.table].sheet.title
        if code := unholdable(value_of(edit.after), since_1904=package.since_1904):
            yield problem(code, Place(sheet, edit.row, edit.column))
    for append in appends:
        for number, row in enumerate(append.rows, start=append.first):
            for column, value in row.values.items():
                if code := unholdable(value_of(value), since_1904=package.since_1904):
                    yield problem(code, Place(append.table.sheet.title, number, column))


def _changes(package: Package, edits: Sequence[CellEdit], appends: Sequence[Append]) -> list[SheetChange]:
    """Return the changes sheet by sheet."""
    sheets: dict[str, Sheet] = {}
    cells: dict[str, dict[int, dict[int, CellContent]]] = defaultdict(lambda: defaultdict(dict))
    growths: dict[str, list[Growth]] = defaultdict(list)
    for edit in edits:
        table = package.tables[edit.table]
        sheets[table.sheet.part] = table.sheet
        cells[table.sheet.part][edit.row][table.column(edit.column)] = edit.after
    for append in appends:
        table = append.table
        sheets[table.sheet.part] = table.sheet
        rows = [[row.values.get(column) for column in table.columns] for row in append.rows]
        growths[table.sheet.part].append(Growth(table, append.first, rows))
    return [SheetChange(sheet, cells[part], growths[part]) for part, sheet in sheets.items()]


def _refuse_collisions(package: Package, change: SheetChange) -> None:
    """Refuse to grow a table into another one, or to move totals that something names."""
    for growth in change.growths:
        for other in package.tables.values():
            same_sheet = other.sheet == growth.table.sheet and other.part != growth.table.part
            if same_sheet and other.area.meets(growth.area):
                raise RefusedError(problem("rows_below_taken", Place(change.sheet.title, other.area.top)))
        refuse_named_totals(package.archive, growth)


def _grown_table(package: Package, growth: Growth) -> bytes:
    """Return the table part with its area, filter and sort order reaching the new last row."""
    root = parse(package.archive.read(growth.table.part))
    root.set("ref", growth.area.ref())
    for element in root.iterdescendants("{*}autoFilter", "{*}sortState", "{*}sortCondition"):
        element.set("ref", grown_ref(element.get("ref", ""), [growth]))
    return serialise(root)


def _recalculated(content: bytes, growths: Sequence[Growth]) -> bytes:
    """Return the workbook part that makes Excel calculate anew, its names grown with their tables."""
    root = parse(content)
    for name in root.iterfind("{*}definedNames/{*}definedName"):
        name.text = grown_formula(name.text or "", growths)
    calculation = root.find("{*}calcPr")
    if calculation is None:
        calculation = root.makeelement(tag(root, "calcPr"))
        places = (root.find(f"{{*}}{name}") for name in _BEFORE_CALCULATION)
        next(place for place in places if place is not None).addnext(calculation)
    calculation.set("fullCalcOnLoad", "1")
    return serialise(root)


def _dated(package: Package, at: datetime) -> dict[str, bytes]:
    """Return the part that tells when the workbook was last changed, if there is one, with the new moment."""
    if package.properties is None:
        return {}
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return {package.properties: _MODIFIED.sub(moment, package.archive.read(package.properties))}


def _without_chain(package: Package, chain: str) -> dict[str, bytes]:
    """Return the parts that speak of the calculation chain, without it; Excel builds a new one."""
    relations = relations_part(package.workbook)
    links = parse(package.archive.read(relations))
    for link in links.findall("{*}Relationship"):
        if link.get("Type", "").endswith("/calcChain"):
            links.remove(link)
    types = parse(package.archive.read(TYPES))
    for override in types.findall("{*}Override"):
        if key(override.get("PartName", "")) == key(chain):
            types.remove(override)
    return {relations: serialise(links), TYPES: serialise(types)}
