"""Cell formats taken over from another workbook: each is added once, so that all numbers in use keep their meaning."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from cluebook.books.patch.archive import DamageError
from cluebook.books.patch.parts import parse, serialise, tag
from cluebook.books.patch.styles import traits

if TYPE_CHECKING:
    from lxml import etree

_PARTS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
_BEFORE_FORMATS = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
"""The lists of a styles part that have to stand in this order."""
_FIRST_CUSTOM = 164


class Borrowed:
    """The styles part of one workbook while it takes over formats of another's."""

    def __init__(self, own: bytes, other: bytes) -> None:
        """Read both parts; nothing is taken over yet.

        Raises:
            DamageError: one of them is not well-formed.
        """
        self._own, self._other = parse(own), parse(other)
        self._formats: dict[int, int] = {}
        self._differences: dict[int, int] = {}

    def content(self) -> bytes:
        """Return the part with what was taken over."""
        return serialise(self._own)

    def format(self, number: int) -> int:
        """Return the number that a cell format of the other workbook has in this one."""
        if number not in self._formats:
            new = copy.deepcopy(self._entry("cellXfs", number))
            for attribute, name in _PARTS.items():
                if place := new.get(attribute):
                    new.set(attribute, str(self._added(name, self._entry(name, int(place)))))
            new.set("numFmtId", str(self._number_format(int(new.get("numFmtId", "0")))))
            new.set("xfId", "0")
            self._formats[number] = self._added("cellXfs", new)
        return self._formats[number]

    def difference(self, number: int) -> int:
        """Return the number that a format of a colour rule has in this one."""
        if number not in self._differences:
            self._differences[number] = self._added("dxfs", self._entry("dxfs", number))
        return self._differences[number]

    def _entry(self, name: str, number: int) -> etree._Element:
        found = self._other.find(f"{{*}}{name}")
        if found is None or not 0 <= number < len(found):
            raise DamageError
        return found[number]

    def _added(self, name: str, new: etree._Element) -> int:
        """Return the place of an entry in a list, at its end unless an equal one stands there already."""
        entries, wanted = self._list(name), traits(new)
        for number, known in enumerate(entries):
            if traits(known) == wanted:
                return number
        entries.append(copy.deepcopy(new))
        entries.set("count", str(len(entries)))
        return len(entries) - 1

    def _list(self, name: str) -> etree._Element:
        found = self._own.find(f"{{*}}{name}")
        if found is None:
            found = self._own.makeelement(tag(self._own, name))
            earlier = _BEFORE_FORMATS[: _BEFORE_FORMATS.index(name)]
            before = [e for n in earlier if (e := self._own.find(f"{{*}}{n}")) is not None]
            self._own.insert(self._own.index(before[-1]) + 1 if before else 0, found)
        return found

    def _number_format(self, number: int) -> int:
        """Return the number of a number format in this workbook; the built-in ones are the same everywhere."""
        code = self._codes(self._other).get(number)
        if code is None:
            return number
        known = self._codes(self._own)
        if code not in known.values():
            new = max([_FIRST_CUSTOM - 1, *known]) + 1
            entries = self._list("numFmts")
            attributes = {"numFmtId": str(new), "formatCode": code}
            entries.append(entries.makeelement(tag(self._own, "numFmt"), attributes))
            entries.set("count", str(len(entries)))
            return new
        return next(number for number, held in known.items() if held == code)

    def _codes(self, root: etree._Element) -> dict[int, str]:
        entries = root.iterfind("{*}numFmts/{*}numFmt[@numFmtId]")
        return {int(entry.get("numFmtId", "0")): entry.get("formatCode", "") for entry in entries}
