"""Ranges that name their sheet, in defined names, charts and pivot tables, and grow with a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape

from cluebook.books.patch.archive import Archive
from cluebook.books.patch.area import read_area
from cluebook.books.patch.growth import Growth, grown_area

_RANGE = re.compile(
    r"('(?:[^']|'')+'|[^\s!'\"(),;:&<>=+*/^{}-]+)!"
    r"(\$?[A-Z]{1,3}\$?[0-9]{1,7}:\$?[A-Z]{1,3}\$?)([0-9]{1,7})(?![\w.(])"
)
_CHART = re.compile(r"xl/charts/[^/]+\.xml")
_CHART_FORMULA = re.compile(r"(?<=[<:]f>)[^<]+")
_PIVOT = re.compile(r"xl/pivotcache/[^/]*definition[^/]*\.xml")
_PIVOT_SOURCE = re.compile(r"<(?:[\w.-]+:)?worksheetSource\s[^>]*>")
_SHEET = re.compile(r'\ssheet="([^"]*)"')
_REF = re.compile(r'(?<=\sref=")[^"]*')


def grown_formula(formula: str, growths: Sequence[Growth]) -> str:
    """Return a formula in which each range over all rows of a table reaches down to its new last row."""

    def grown(match: re.Match[str]) -> str:
        title, begin, bottom = match.groups()
        new = _grown(title.strip("'").replace("''", "'"), begin + bottom, growths)
        return match[0] if new is None else f"{title}!{begin}{new}"

    return _RANGE.sub(grown, formula)


def grown_parts(archive: Archive, growths: Sequence[Growth]) -> dict[str, bytes]:
    """Return the charts and pivot tables that show all rows of a table that grows, each by its part."""
    found = {}
    for name in archive.index if growths else ():
        if (is_chart := _CHART.fullmatch(name)) or _PIVOT.fullmatch(name):
            try:
                old = archive.read(name).decode()
            except UnicodeDecodeError:
                continue
            new = _grown_chart(old, growths) if is_chart else _grown_pivot(old, growths)
            if new != old:
                found[name] = new.encode()
    return found


def _grown_chart(xml: str, growths: Sequence[Growth]) -> str:
    return _CHART_FORMULA.sub(
        lambda match: escape(grown_formula(unescape(match[0]), growths), quote=False), xml
    )


def _grown_pivot(xml: str, growths: Sequence[Growth]) -> str:
    def grown(match: re.Match[str]) -> str:
        source, sheet, ref = match[0], _SHEET.search(match[0]), _REF.search(match[0])
        new = _grown(unescape(sheet[1]), ref[0], growths) if sheet and ref else None
        return source if ref is None or new is None else _REF.sub(_DIGITS.sub(str(new), ref[0]), source)

    return _PIVOT_SOURCE.sub(grown, xml)


_DIGITS = re.compile("[0-9]+$")


def _grown(title: str, ref: str, growths: Sequence[Growth]) -> int | None:
    """Return the new last row of a range on a sheet, ``None`` when it does not grow."""
    area = read_area(ref)
    on_sheet = [growth for growth in growths if growth.table.sheet.title == title]
    new = area and grown_area(area, on_sheet)
    return None if new is None or new == area else new.bottom
