"""A workbook under revision: its parts changed, added and linked, all else as the packed bytes it was."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Mapping
from typing import TYPE_CHECKING

from cluebook.books.patch.archive import Content, DamageError, Source, at_once, key
from cluebook.books.patch.parts import Package, parse, relations_part, serialise, tag
from cluebook.books.patch.workbook import TYPES
from cluebook.books.patch.zipping import rewrite

if TYPE_CHECKING:
    from lxml import etree

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
"""The kinds of relationships begin with this; a worksheet is ``RELATION/worksheet``."""
RELATION_ID = f"{{{RELATION}}}id"


_BEFORE_NAMES = ("externalReferences", "functionGroups", "sheets")


class Revision:
    """What becomes of a workbook, part by part.

    Attributes:
        package: the workbook as it was.
        workbook: the root of the workbook part, to be changed in place.
    """

    def __init__(self, package: Package) -> None:
        """Begin with the workbook as it is."""
        self.package = package
        self.workbook = self._read(package.workbook)
        self._links = self._read(relations_part(package.workbook))
        self._types = self._read(TYPES)
        self._changed: dict[str, Content] = {}
        self._added: dict[str, bytes] = {}
        self._dropped: set[str] = set()
        self._tables = 0

    def content(self) -> bytes:
        """Return the whole revised file."""
        self._drop_chain()
        for part, root in (
            (self.package.workbook, self.workbook),
            (relations_part(self.package.workbook), self._links),
            (TYPES, self._types),
        ):
            self.put(part, serialise(root))
        out = io.BytesIO()
        rewrite(self.package.archive, self._changed, self._dropped, out, self._added)
        return out.getvalue()

    def read(self, part: str) -> bytes:
        """Return a part as it stands by now."""
        return b"".join(self.source(part)())

    def source(self, part: str) -> Source:
        """Return what gives a part as it stands by now."""
        if part in self._added:
            return at_once(self._added[part])
        if (changed := self._changed.get(key(part))) is not None:
            return lambda: map(bytes, changed())
        return self.package.archive.source(part)

    def put(self, part: str, content: bytes) -> None:
        """Give a part that is there new content."""
        if part in self._added:
            self._added[part] = content
        else:
            self._changed[key(part)] = at_once(content)

    def stream(self, part: str, content: Content) -> None:
        """Give a large part new content, which is made as it is written."""
        self._changed[key(part)] = content

    def add(self, part: str, content: bytes, kind: str | None) -> None:
        """Add a part; `kind` is its content type where the ending of its name does not tell it."""
        self._added[part] = content
        if kind is not None:
            attributes = {"PartName": f"/{part}", "ContentType": kind}
            self._types.append(self._types.makeelement(tag(self._types, "Override"), attributes))

    def drop(self, part: str) -> None:
        """Leave a part out, its content type with it."""
        self._dropped.add(key(part))
        for override in self._types.findall("{*}Override"):
            if key(override.get("PartName", "")) == key(part):
                self._types.remove(override)

    def know(self, endings: Mapping[str, str]) -> None:
        """Have the content types of endings of names known."""
        known = {entry.get("Extension", "").lower() for entry in self._types.findall("{*}Default")}
        for ending, kind in endings.items():
            if ending.lower() not in known:
                attributes = {"Extension": ending, "ContentType": kind}
                self._types.insert(0, self._types.makeelement(tag(self._types, "Default"), attributes))

    def free(self, part: str) -> str:
        """Return a free name for a part like another's: its folder and word, with the next free number."""
        folder, name = posixpath.split(part)
        stem, ending = posixpath.splitext(name)
        word, number = stem.rstrip("0123456789"), 1
        while self._is_taken(named := posixpath.join(folder, f"{word}{number}{ending}")):
            number += 1
        return named

    def _is_taken(self, part: str) -> bool:
        return part in self._added or self.package.archive.find(part) is not None

    def link(self, kind: str, part: str) -> str:
        """Link a part to the workbook; return the id of the link."""
        return add_link(self._links, kind, part)

    def names(self) -> etree._Element:
        """Return the list of the workbook's defined names, made where there is none."""
        found = self.workbook.find("{*}definedNames")
        if found is None:
            found = self.workbook.makeelement(tag(self.workbook, "definedNames"))
            places = (self.workbook.find(f"{{*}}{name}") for name in _BEFORE_NAMES)
            next(place for place in places if place is not None).addnext(found)
        return found

    def next_table(self) -> int:
        """Return a number that no table of the workbook has yet."""
        if not self._tables:
            parts = (table.part for table in self.package.tables.values())
            self._tables = max((int(self._read(part).get("id", "0")) for part in parts), default=0)
        self._tables += 1
        return self._tables

    def _drop_chain(self) -> None:
        """Leave out the order of calculation, which Excel builds anew."""
        for link in self._links.findall("{*}Relationship"):
            if link.get("Type", "").endswith("/calcChain"):
                self._links.remove(link)
        if self.package.chain:
            self.drop(self.package.chain)

    def _read(self, part: str) -> etree._Element:
        return parse(self.package.archive.read(part))


def child(root: etree._Element, name: str) -> etree._Element:
    """Return the element of a name right below a root.

    Raises:
        DamageError: there is none.
    """
    found = root.find(f"{{*}}{name}")
    if found is None:
        raise DamageError
    return found


def add_link(links: etree._Element, kind: str, part: str, name: str | None = None) -> str:
    """Add a link to a part's relationships, under a free id where none is given; return the id."""
    used, number = {link.get("Id") for link in links}, len(links) + 1
    while name is None and f"rId{number}" in used:
        number += 1
    name = name or f"rId{number}"
    attributes = {"Id": name, "Type": kind if "/" in kind else f"{RELATION}/{kind}", "Target": f"/{part}"}
    links.append(links.makeelement(tag(links, "Relationship"), attributes))
    return name
