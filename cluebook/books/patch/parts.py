"""What stands where in a workbook: its sheets, tables and the parts a change has to keep in step."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cluebook.books.patch.archive import Archive, DamageError, key
from cluebook.books.patch.area import Area, read_area
from cluebook.books.problems import problem
from cluebook.errors import Place, RefusedError

if TYPE_CHECKING:
    from lxml import etree

_STRICT = "http://purl.oclc.org/ooxml/"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: its name on the tab and its part."""

    title: str
    part: str


@dataclass(frozen=True, slots=True)
class Table:
    """An Excel table: where it stands, its columns, and the formulas it fills by itself.

    Attributes:
        name: the name it is known by.
        part: its own part.
        sheet: the worksheet it stands on.
        area: all of it, header included.
        columns: the header texts, left to right.
        headed: whether the header row is shown.
        totals: whether a totals row closes it.
        formulas: worksheet column number to the formula of a calculated column.
    """

    name: str
    part: str
    sheet: Sheet
    area: Area
    columns: tuple[str, ...]
    headed: bool
    totals: bool
    formulas: Mapping[int, str]

    @property
    def first(self) -> int:
        """The worksheet row of the first row of data."""
        return self.area.top + self.headed

    @property
    def last(self) -> int:
        """The worksheet row of the last row of data."""
        return self.area.bottom - self.totals

    def column(self, header: str) -> int:
        """Return the worksheet column number of a header; `ValueError` when there is none."""
        return self.area.left + self.columns.index(header)


@dataclass(frozen=True, slots=True)
class Package:
    """A workbook as its parts.

    Attributes:
        archive: the zip file.
        workbook: the workbook part.
        styles: the styles part, if any.
        chain: the part that lists formula cells in their order of calculation, if any.
        properties: the part that tells by whom and when it was changed, if any.
        sheets: the worksheets, in their order.
        tables: table name to table.
        names: the defined names that reach over the whole workbook, each with its formula.
        since_1904: whether dates count from 1904.
    """

    archive: Archive
    workbook: str
    styles: str | None
    chain: str | None
    properties: str | None
    sheets: tuple[Sheet, ...]
    tables: Mapping[str, Table]
    names: Mapping[str, str]
    since_1904: bool


def parse(content: bytes, *, bare: bool = False) -> etree._Element:
    """Return the root of an XML part, on request without comments; nothing outside it is ever fetched.

    Raises:
        DamageError: it is not well-formed.
    """
    from lxml import etree

    try:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=bare, remove_pis=bare, huge_tree=True
        )
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise DamageError from None


def serialise(root: etree._Element) -> bytes:
    """Return a part as Excel expects it."""
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def tag(root: etree._Element, name: str) -> str:
    """Return the full name of an element that stands in the same namespace as the root.

    Raises:
        DamageError: the root stands in none.
    """
    space = root.nsmap.get(root.prefix)
    if space is None:
        raise DamageError
    return f"{{{space}}}{name}"


def relations_part(part: str) -> str:
    """Return the name of the part that holds another part's relationships.

    >>> relations_part("xl/workbook.xml")
    'xl/_rels/workbook.xml.rels'
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def read_package(archive: Archive) -> Package:
    """Return the sheets and tables of a workbook.

    Raises:
        RefusedError: it is signed, shared, strict, or has no workbook part.
        DamageError: a part that describes the others is missing or not well-formed.
    """
    _refuse_unpatchable(archive)
    outer = links_of(archive, "")
    main, properties = _one(outer, "officeDocument"), _one(outer, "core-properties")
    if main is None or archive.find(main) is None:
        raise RefusedError(problem("workbook_missing"))
    root = parse(archive.read(main))
    if tag(root, "").startswith(f"{{{_STRICT}"):
        raise RefusedError(problem("strict"))
    relations = links_of(archive, main)
    sheets = _sheets(root, relations)
    options = root.find("{*}workbookPr")
    tables = (_table(archive, sheet, part) for sheet in sheets for part in _tables_of(archive, sheet))
    return Package(
        archive=archive,
        workbook=main,
        styles=_one(relations, "styles"),
        chain=_one(relations, "calcChain"),
        properties=properties if properties and archive.find(properties) else None,
        sheets=tuple(sheets),
        tables={table.name: table for table in tables},
        names={
            name.get("name", ""): name.text or ""
            for name in root.iterfind("{*}definedNames/{*}definedName")
            if name.get("localSheetId") is None
        },
        since_1904=options is not None and options.get("date1904") in {"1", "true"},
    )


def _refuse_unpatchable(archive: Archive) -> None:
    names = [key(member.name) for member in archive.members]
    if any(name.startswith("_xmlsignatures/") for name in names):
        raise RefusedError(problem("signed"))
    if any(name.startswith("xl/revisions/") for name in names):
        raise RefusedError(problem("shared_workbook"))


Relations = Mapping[str, tuple[str, str]]
"""Relationship id to its kind (the last word of its type) and the part it points to."""


def links_of(archive: Archive, part: str) -> Relations:
    """Return what a part, or the package itself for "", links to within the package."""
    name = relations_part(part)
    if archive.find(name) is None:
        return {}
    found = {}
    for relation in parse(archive.read(name)).iterfind("{*}Relationship"):
        if relation.get("TargetMode") == "External":
            continue
        target = posixpath.join("/", posixpath.dirname(part), relation.get("Target", ""))
        kind = relation.get("Type", "").rpartition("/")[2]
        found[relation.get("Id", "")] = (kind, posixpath.normpath(target).lstrip("/"))
    return found


def _one(relations: Relations, kind: str) -> str | None:
    return next((part for what, part in relations.values() if what == kind), None)


def _sheets(workbook: etree._Element, relations: Relations) -> list[Sheet]:
    """Return the worksheets; chart, macro and dialog sheets hold no tables."""
    sheets = []
    for entry in workbook.iterfind("{*}sheets/{*}sheet"):
        kind, part = relations.get(entry.get(_RELATION_ID, ""), ("", ""))
        if kind == "worksheet":
            sheets.append(Sheet(entry.get("name", ""), part))
    return sheets


def _tables_of(archive: Archive, sheet: Sheet) -> list[str]:
    return [part for kind, part in links_of(archive, sheet.part).values() if kind == "table"]


def _table(archive: Archive, sheet: Sheet, part: str) -> Table:
    root = parse(archive.read(part))
    area = read_area(root.get("ref", ""))
    columns = root.findall("{*}tableColumns/{*}tableColumn")
    names = tuple(unescaped(column.get("name", "")) for column in columns)
    if area is None or not len(set(names)) == len(names) == area.right - area.left + 1:
        raise RefusedError(problem("sheet_unreadable", Place(sheet=sheet.title)))
    formulas = {
        number: formula.text
        for number, column in enumerate(columns, start=area.left)
        if (formula := column.find("{*}calculatedColumnFormula")) is not None
        and formula.text
        and not formula.get("array")
    }
    return Table(
        name=root.get("displayName", root.get("name", "")),
        part=part,
        sheet=sheet,
        area=area,
        columns=names,
        headed=root.get("headerRowCount") != "0",
        totals=root.get("totalsRowCount", "0") != "0",
        formulas=formulas,
    )


def unescaped(text: str) -> str:
    """Return a text with its ``_x000A_`` escapes as the characters they stand for.

    >>> unescaped("due_x0020_on")
    'due on'
    """
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
