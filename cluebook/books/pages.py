"""How the sheets of the ledger are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cluebook.books.layout import Layout
from cluebook.text import Lang, Text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_A4, _A3 = 9, 8
_ACROSS_FROM, _A3_FROM = 90, 190
"""Widths in characters above which a sheet prints across, and on A3."""

_A3_WIDTH = 170
"""Characters that fit across an A3 page at full size."""

_LEAST_SCALE = 50

_PAGE = Text("第 &P 页，共 &N 页", "Page &P of &N")


def set_page(sheet: Worksheet, width: int, office: str, lang: Lang) -> None:
    """Print the whole width on one page: A4 upright for narrow sheets, across for most, A3 for the widest."""
    sheet.set_paper(_A3 if width > _A3_FROM else _A4)
    if width > _ACROSS_FROM:
        sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    office = office.replace("&", "&&")
    sheet.set_footer(f"&L&9{office}  &A&C&9{_PAGE.in_(lang)}&R&9&D")


def set_parted_page(sheet: Worksheet, layout: Layout) -> None:
    """Print one part of the procedure a page, the columns that name the clue at the left of each."""
    named = layout.width(0, layout.frozen - 1)
    widest = max(layout.width(band.first, band.last) for band in layout.bands)
    sheet.set_print_scale(max(_LEAST_SCALE, min(100, 100 * _A3_WIDTH // (named + widest))))
    sheet.repeat_columns(0, layout.frozen - 1)
    sheet.set_v_pagebreaks([band.first for band in layout.bands if band.first > layout.frozen])
    sheet.print_across()
