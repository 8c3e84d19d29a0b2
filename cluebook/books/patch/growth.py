"""Tables that grow by rows, and the ranges that grow with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cluebook.books.patch.area import Area, read_area
from cluebook.books.patch.parts import Table
from cluebook.ledger.book import CellContent

_RANGES = re.compile(
    rb'(<(?:[\w.-]+:)?(?:conditionalFormatting|dataValidation)\s[^>]*?sqref=")([^"]*)(")'
    rb"|(<(?:[\w.-]+:)?sqref>)([^<]*)(</(?:[\w.-]+:)?sqref>)"
)


@dataclass(frozen=True, slots=True)
class Growth:
    """Rows to append to a table: the worksheet row of the first one, and values as wide as the table."""

    table: Table
    first: int
    rows: Sequence[Sequence[CellContent]]

    @property
    def model(self) -> int:
        """The worksheet row whose looks the new ones take: the one above, or the blank one of a new table."""
        return max(self.first - 1, self.table.first)

    @property
    def added(self) -> int:
        """How many rows the table gets; rows that fill blank ones inside do not make it larger."""
        return max(0, self.first + len(self.rows) - 1 - self.table.last)

    @property
    def area(self) -> Area:
        """The table's area afterwards."""
        return self.table.area.down_to(self.table.area.bottom + self.added)

    @property
    def moves_totals(self) -> bool:
        """Whether a totals row has to make room."""
        return self.table.totals and self.added > 0


def grown_ref(ref: str, growths: Sequence[Growth]) -> str:
    """Return a range that covers the data of a table's columns, down to the table's new last row."""
    area = read_area(ref)
    return ref if area is None else grown_area(area, growths).ref()


def grown_area(area: Area, growths: Sequence[Growth]) -> Area:
    """Return an area that covers the data of a table's columns, down to the table's new last row."""
    for growth in growths:
        table, old = growth.table, growth.table.area
        whole = area.bottom in {table.last, old.bottom} and old.top <= area.top <= table.first
        if whole and old.left <= area.left and area.right <= old.right:
            return area.down_to(area.bottom + growth.added)
    return area


def grown_ranges(xml: bytes, growths: Sequence[Growth]) -> bytes:
    """Return what stands after a worksheet's rows, the ranges of drop-downs and formats grown with their tables."""

    def grown(match: re.Match[bytes]) -> bytes:
        before, ranges, after = (match[1], match[2], match[3]) if match[1] else (match[4], match[5], match[6])
        refs = (grown_ref(ref, growths) for ref in ranges.decode().split())
        return bytes(before + " ".join(refs).encode() + after)

    return _RANGES.sub(grown, xml) if growths else xml
