"""The blank master workbook, built from the declarations alone."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cluebook.books import dropdowns, guide, look, overview, stamp
from cluebook.books.highlights import highlights
from cluebook.books.layout import BANDS, FIRST, HEADER, LAST, TITLE, Layout, go_name, reference
from cluebook.books.look import Style
from cluebook.books.pages import set_page, set_parted_page
from cluebook.books.saving import disk_problem
from cluebook.books.spare import add_spare_sheets
from cluebook.books.working_days import write_working_days
from cluebook.books.worksheet import write_cell
from cluebook.domain.fields import Column
from cluebook.domain.office import CalendarYear, DayOff, Setting
from cluebook.domain.settings import settings_of
from cluebook.errors import DiskError, Place, Problem, UsageError
from cluebook.ledger.book import CellContent
from cluebook.ledger.formulas import content
from cluebook.ledger.tables import TABLES
from cluebook.text import Lang, Text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CREATED = datetime(2026, 1, 1)
"""The date every new workbook bears, so that equal ones are equal files."""

_BACK = Text("返回说明", "Back to the guide")
_KEY = Text("编号与状态", "Number and stage")
_LEGEND = Text(
    "　白色由您填写，灰色由程序填写，带 * 必填。",
    " White cells are yours, grey ones the program's; * means required.",
)


@dataclass(frozen=True, slots=True)
class _Draft:
    """The workbook being built: makes formats, each style once."""

    book: Workbook
    lang: Lang
    office: str
    form: Callable[[Style], Format]


def build_ledger(path: Path, lang: Lang, rows: Mapping[type, Sequence[object]]) -> None:
    """Write a new ledger to `path`, with the records it starts with.

    Args:
        path: the file to make.
        lang: language of sheets, headers and lists.
        rows: starting records by record type; a type that is not there starts blank.

    Raises:
        UsageError: the file exists already.
        DiskError: it cannot be written there.
    """
    refuse_existing(path)
    put(path, ledger_bytes(lang, rows))


def refuse_existing(path: Path) -> None:
    """Raise a `UsageError` when there is such a file already."""
    if path.exists():
        wrong = Text("这个文件已经存在。", "This file exists already.")
        fix = Text("请另选文件夹或文件名。", "Choose another folder or name.")
        raise UsageError(Problem("ledger_exists", Place(file=path.name), wrong, fix))


def put(path: Path, content: bytes) -> None:
    """Write the file beside its place and move it there, so that no half-written workbook is ever seen."""
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise DiskError(disk_problem(path, error)) from None


def ledger_bytes(
    lang: Lang,
    rows: Mapping[type, Sequence[object]],
    more: Callable[[Workbook], None] = lambda _book: None,
    held: Sequence[Layout] = (),
) -> bytes:
    """Return a new ledger.

    Args:
        lang: language of sheets, headers and lists.
        rows: starting records by record type.
        more: called last, to add what one kind of ledger has beside.
        held: the tables as an older ledger holds them, where that is not the order of the declarations.
    """
    from xlsxwriter import Workbook

    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True, "default_format_properties": look.font(lang)})
    office = settings_of((r for r in rows.get(Setting, ()) if isinstance(r, Setting)), lang).office
    draft = _Draft(book, lang, office, _once(book))
    book.set_properties({"title": guide.TOPIC.in_(lang), "created": CREATED})
    book.set_vba_name("ThisWorkbook")
    book.set_size(1600, 1000)
    book.set_tab_ratio(80)
    layouts = [
        replace(layout, height=max(1, len(rows.get(layout.table.record, ()))))
        for layout in held or [Layout(table, lang, 1) for table in TABLES]
    ]
    _guide_sheet(draft, layouts)
    _overview_sheet(draft)
    for layout in layouts:
        _table_sheet(draft, layout, rows.get(layout.table.record, ()))
    add_spare_sheets(book, lang)
    _lists_sheet(draft, layouts, rows)
    for name, formula in dropdowns.names(layouts, lang):
        book.define_name(name, formula)
    book.define_name(stamp.NAME, stamp.formula())
    more(book)
    book.close()
    return content.getvalue()


def _once(book: Workbook) -> Callable[[Style], Format]:
    made: dict[tuple[tuple[str, object], ...], Format] = {}

    def form(style: Style) -> Format:
        key = tuple(sorted(style.items()))
        if key not in made:
            made[key] = book.add_format(style)
        return made[key]

    return form


def _guide_sheet(draft: _Draft, layouts: Sequence[Layout]) -> None:
    title = guide.TITLE.in_(draft.lang)
    sheet = draft.book.add_worksheet(title)
    sheet.set_vba_name("shGuide")
    sheet.set_tab_color(look.GUIDE_TAB)
    sheet.hide_gridlines(2)
    guide.write_guide(sheet, draft.form, layouts, draft.office, draft.lang)
    draft.book.define_name(guide.NAME, reference(title, "$A$1"))
    set_page(sheet, guide.width(draft.lang), draft.office, draft.lang)
    sheet.fit_to_pages(1, 1)


def _overview_sheet(draft: _Draft) -> None:
    title = guide.OVERVIEW.in_(draft.lang)
    sheet = draft.book.add_worksheet(title)
    sheet.set_vba_name("shOverview")
    sheet.set_tab_color(look.GUIDE_TAB)
    sheet.hide_gridlines(2)
    overview.write_overview(draft.book, sheet, draft.form, draft.lang)
    draft.book.define_name(guide.OVERVIEW_NAME, reference(title, "$A$1"))
    set_page(sheet, overview.width(draft.lang), draft.office, draft.lang)
    sheet.fit_to_pages(1, 1)


def _table_sheet(draft: _Draft, layout: Layout, records: Sequence[object]) -> None:
    sheet = draft.book.add_worksheet(layout.sheet)
    sheet.set_vba_name(f"sh{layout.table.name}")
    sheet.set_tab_color(look.tab(layout))
    sheet.hide_gridlines(2)
    sheet.freeze_panes(FIRST, layout.frozen)
    draft.book.define_name(go_name(layout.table), reference(layout.sheet, "$A$1"))
    _set_columns(draft, sheet, layout)
    _write_top(draft, sheet, layout)
    _write_table(draft, sheet, layout, records)
    _set_rules(draft, sheet, layout)
    sheet.repeat_rows(BANDS if layout.bands else HEADER, HEADER)
    set_page(sheet, layout.width(0, len(layout.columns) - 1), draft.office, draft.lang)
    if layout.hidden:
        sheet.hide()
    if layout.bands:
        sheet.set_zoom(90)
        set_parted_page(sheet, layout)


def _set_columns(draft: _Draft, sheet: Worksheet, layout: Layout) -> None:
    last = len(layout.columns) - 1
    for place, column in enumerate(layout.columns):
        # What is hidden is opened by the mark of the column before it.
        outline = {
            "level": layout.depth(place),
            "hidden": layout.is_folded(place),
            "collapsed": place < last and layout.is_folded(place + 1) and not layout.is_folded(place),
        }
        sheet.set_column(place, place, column.width, draft.form(look.cell(column, layout)), outline)
    sheet.outline_settings(symbols_right=False)
    sheet.set_default_row(look.row_height(layout))


def _write_top(draft: _Draft, sheet: Worksheet, layout: Layout) -> None:
    blank = draft.form({})
    sheet.set_row(TITLE, 34, blank)
    sheet.set_row(BANDS, 20, blank)
    sheet.set_row(HEADER, 40, blank)
    back, title = f"internal:{guide.NAME}", layout.sheet
    sheet.write_url(TITLE, 0, back, draft.form(look.title()), title, _BACK.in_(draft.lang))
    spot = (TITLE, layout.frozen) if layout.bands else (BANDS, 0)
    purpose = layout.table.purpose.in_(draft.lang)
    if {column.assigned for column in layout.columns} == {True, False}:
        purpose += _LEGEND.in_(draft.lang)
    sheet.write_string(*spot, purpose, draft.form(look.purpose()))
    for band in layout.bands:
        words = band.part.text if band.part else _KEY
        for place in range(band.first, band.last + 1):
            sheet.write_string(
                BANDS,
                place,
                words.in_(draft.lang) if place == band.first else "",
                draft.form(look.band(band.part)),
            )


def _write_table(draft: _Draft, sheet: Worksheet, layout: Layout, records: Sequence[object]) -> None:
    headers = [
        {"header": c.text.in_(draft.lang), "header_format": draft.form(look.header(c))}
        for c in layout.columns
    ]
    sheet.add_table(
        HEADER,
        0,
        HEADER + layout.height,
        len(headers) - 1,
        {"name": layout.table.name, "columns": headers, "style": None},
    )
    for place, column in enumerate(layout.columns):
        form = draft.form(look.cell(column, layout))
        values = [_content(layout, column, record) for record in records]
        for row, value in enumerate(values or [None]):
            write_cell(sheet, FIRST + row, place, value, form)


def _content(layout: Layout, column: Column, record: object) -> CellContent:
    lang, value = layout.lang, getattr(record, column.name, None)  # a column of somebody's own has no field
    return content(layout.table.record, column, value, lang, lambda other: other.text.in_(lang))


def _set_rules(draft: _Draft, sheet: Worksheet, layout: Layout) -> None:
    for place, column in enumerate(layout.columns):
        if rule := dropdowns.rule(layout, column):
            sheet.data_validation(FIRST, place, LAST, place, rule)
    for highlight in highlights(layout):
        first = highlight.places[0]
        options = {
            "type": "formula",
            "criteria": highlight.formula,
            "format": draft.book.add_format(highlight.style),
            "multi_range": highlight.area,
        }
        sheet.conditional_format(FIRST, first, LAST, first, options)


def _lists_sheet(draft: _Draft, layouts: Sequence[Layout], rows: Mapping[type, Sequence[Any]]) -> None:
    sheet = draft.book.add_worksheet(dropdowns.LISTS.in_(draft.lang))
    sheet.set_vba_name("shLists")
    for place, (name, choices) in enumerate(dropdowns.closed_lists(layouts)):
        sheet.write_string(0, place, name, draft.form({"bold": True}))
        sheet.write_column(1, place, [choice.text.in_(draft.lang) for choice in choices])
        draft.book.define_name(name, dropdowns.list_area(place, len(choices), draft.lang))
    told = rows.get(DayOff, ()), rows.get(CalendarYear, ())
    write_working_days(draft.book, sheet, place + 1, draft.form, told, draft.lang)
    sheet.hide()
