"""Worksheets taken over whole from another workbook, with their tables, drawings and charts."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cluebook.books.patch.archive import Archive
from cluebook.books.patch.parts import Package, Sheet, links_of, parse, relations_part, serialise, tag
from cluebook.books.patch.workbook import TYPES
from cluebook.books.problems import problem
from cluebook.books.upgrade.borrowing import Borrowed
from cluebook.books.upgrade.revision import RELATION_ID, Revision, add_link, child
from cluebook.errors import Place, RefusedError

if TYPE_CHECKING:
    from lxml import etree

_NO_LINKS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


@dataclass(frozen=True, slots=True)
class Donor:
    """The workbook that worksheets are taken from.

    Attributes:
        package: its parts.
        root: its workbook part.
        strings: its shared strings.
        kinds: content type by part.
        endings: content type by ending of the name.
    """

    package: Package
    root: etree._Element
    strings: Sequence[etree._Element]
    kinds: Mapping[str, str]
    endings: Mapping[str, str]

    @property
    def archive(self) -> Archive:
        """The zip file."""
        return self.package.archive


def donor_of(package: Package) -> Donor:
    """Return a workbook as one to take worksheets from."""
    archive = package.archive
    types = parse(archive.read(TYPES))
    strings = parse(archive.read("xl/sharedStrings.xml"))
    return Donor(
        package=package,
        root=parse(archive.read(package.workbook)),
        strings=strings.findall("{*}si"),
        kinds={
            e.get("PartName", "").lstrip("/"): e.get("ContentType", "") for e in types.findall("{*}Override")
        },
        endings={e.get("Extension", ""): e.get("ContentType", "") for e in types.findall("{*}Default")},
    )


def add_sheets(revision: Revision, donor: Donor, styles: Borrowed, sheets: Sequence[Sheet]) -> None:
    """Add worksheets of the donor, each behind the one that precedes it there.

    Raises:
        RefusedError: a sheet of somebody's own has the name of one of them.
    """
    revision.know(donor.endings)
    entries = child(revision.workbook, "sheets")
    taken = {entry.get("name", "").casefold() for entry in entries}
    before = list(entries)
    for sheet in sheets:
        if sheet.title.casefold() in taken:
            raise RefusedError(problem("sheet_name_taken", Place(sheet.title)))
        part = revision.free(sheet.part)
        revision.add(part, adapted(donor, styles, sheet.part), donor.kinds[sheet.part])
        if (links := _copied_links(revision, donor, sheet.part)) is not None:
            revision.add(relations_part(part), links, None)
        _add_entry(revision, donor, sheet, revision.link("worksheet", part))
    _renumber(revision.workbook, before, list(entries))
    _add_local_names(revision, donor, [sheet.title for sheet in sheets])


def adapted(donor: Donor, styles: Borrowed, part: str) -> bytes:
    """Return a worksheet of the donor as it has to read in this workbook: formats renumbered, texts in place."""
    root = parse(donor.archive.read(part))
    for column in root.iterfind("{*}cols/{*}col[@style]"):
        column.set("style", str(styles.format(int(column.get("style", "0")))))
    for row in root.iterfind("{*}sheetData/{*}row"):
        for element in (row, *row):
            if style := element.get("s"):
                element.set("s", str(styles.format(int(style))))
        for cell in row:
            put_text_in_place(cell, donor)
            _have_calculated(cell)
    adapt_rules(root, styles)
    _strip(root)
    return serialise(root)


def adapt_rules(root: etree._Element, styles: Borrowed) -> None:
    """Renumber the formats of colour rules."""
    for rule in root.iter("{*}cfRule"):
        if number := rule.get("dxfId"):
            rule.set("dxfId", str(styles.difference(int(number))))


def set_aside(revision: Revision, sheet: Sheet, aside: str) -> None:
    """Rename and hide a sheet of the program's own, so that a new one can take its name; nothing on it is lost."""
    entries = child(revision.workbook, "sheets")
    before = list(entries)
    entry = next(each for each in before if each.get("name") == sheet.title)
    entry.set("name", aside)
    entry.set("state", "hidden")
    entries.append(entry)
    _renumber(revision.workbook, before, list(entries))
    root = parse(revision.read(sheet.part))
    for view in root.iterfind("{*}sheetViews/{*}sheetView"):
        view.attrib.pop("tabSelected", "")
    revision.put(sheet.part, serialise(root))


def _strip(root: etree._Element) -> None:
    """Take out what may be only once in a workbook: the tab in front, and the names that macros know sheets by.

    Office gives a sheet without such a name a free one.
    """
    for element in root.iter("{*}sheetPr", "{*}sheetView"):
        for attribute in ("codeName", "tabSelected"):
            element.attrib.pop(attribute, "")


def put_text_in_place(cell: etree._Element, donor: Donor) -> None:
    """Let a cell hold its text itself, not its number among the shared strings."""
    if cell.get("t") != "s":
        return
    number = int(cell.findtext("{*}v") or "0")
    for part in list(cell):
        cell.remove(part)
    cell.set("t", "inlineStr")
    inside = cell.makeelement(tag(cell, "is"))
    inside.extend(copy.deepcopy(child) for child in donor.strings[number])
    cell.append(inside)


def _have_calculated(cell: etree._Element) -> None:
    """Take out what a formula came to in a workbook without clues: a program that opens this one then calculates it."""
    held = cell.find("{*}v")
    if held is not None and cell.find("{*}f") is not None:
        cell.remove(held)
        cell.attrib.pop("t", "")


def _copied_links(revision: Revision, donor: Donor, part: str) -> bytes | None:
    """Copy the parts that a part links to, and return its links to the copies, with their ids; ``None`` for none."""
    found = links_of(donor.archive, part)
    if not found:
        return None
    links = parse(_NO_LINKS)
    for link, (kind, target) in found.items():
        copied, content = revision.free(target), donor.archive.read(target)
        revision.add(
            copied, _table(revision, content) if kind == "table" else content, donor.kinds.get(target)
        )
        if (deeper := _copied_links(revision, donor, target)) is not None:
            revision.add(relations_part(copied), deeper, None)
        add_link(links, kind, copied, link)
    return serialise(links)


def _table(revision: Revision, content: bytes) -> bytes:
    """Return a table with a number of its own in the workbook."""
    root = parse(content)
    root.set("id", str(revision.next_table()))
    return serialise(root)


def _add_entry(revision: Revision, donor: Donor, sheet: Sheet, link: str) -> None:
    """Add a worksheet to the list of the workbook's, behind the nearest that precedes it in the donor."""
    entries, there = child(revision.workbook, "sheets"), donor.root.findall("{*}sheets/{*}sheet")
    titles = [entry.get("name", "") for entry in there]
    place = titles.index(sheet.title)
    entry = copy.deepcopy(there[place])
    entry.set("sheetId", _free_id(entries))
    entry.set(RELATION_ID, link)
    held = {each.get("name", ""): number for number, each in enumerate(entries)}
    before = [held[title] for title in titles[:place] if title in held]
    entries.insert(before[-1] + 1 if before else 0, entry)


def _add_local_names(revision: Revision, donor: Donor, titles: Sequence[str]) -> None:
    """Add what the donor defines for single sheets, such as the rows that are printed on every page."""
    here = [entry.get("name", "") for entry in revision.workbook.iterfind("{*}sheets/{*}sheet")]
    there = [entry.get("name", "") for entry in donor.root.iterfind("{*}sheets/{*}sheet")]
    for name in donor.root.iterfind("{*}definedNames/{*}definedName[@localSheetId]"):
        title = there[int(name.get("localSheetId", "0"))]
        if title in titles:
            copied = copy.deepcopy(name)
            copied.set("localSheetId", str(here.index(title)))
            revision.names().append(copied)


def _free_id(entries: etree._Element) -> str:
    return str(max(int(entry.get("sheetId", "0")) for entry in entries) + 1)


def _renumber(workbook: etree._Element, before: list[etree._Element], after: list[etree._Element]) -> None:
    """Let what names sheets by their place name them where they are now."""
    moved = {str(number): str(after.index(entry)) for number, entry in enumerate(before)}
    for name in workbook.iterfind("{*}definedNames/{*}definedName[@localSheetId]"):
        name.set("localSheetId", moved[name.get("localSheetId", "")])
    for view in workbook.iterfind("{*}bookViews/{*}workbookView"):
        for attribute in ("activeTab", "firstSheet"):
            place = moved.get(view.get(attribute, ""), "0")
            view.set(attribute, "0" if after[int(place)].get("state") == "hidden" else place)
