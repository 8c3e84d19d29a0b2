"""The overview sheet: how the office stands, in figures that follow from the tables by formulas alone.

Every formula names its columns, so that it reaches whatever rows the tables come to have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cluebook.books import guide, look
from cluebook.books.dropdowns import OPEN
from cluebook.books.layout import structured
from cluebook.books.look import Style
from cluebook.domain import dashboard
from cluebook.domain.clue import Clue, Nature
from cluebook.domain.dashboard import OPEN_STAGES
from cluebook.domain.fields import column_of
from cluebook.domain.office import Department
from cluebook.ledger.formulas import last_worked
from cluebook.ledger.tables import table_of
from cluebook.text import Lang, Text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

PURPOSE = Text(
    "全部由公式得出，随台账更新，请勿修改。", "All of it follows from the ledger by formulas; do not edit."
)

_DEPARTMENTS = 14
"""Departments that the sheet has lines for, in the order of their own sheet."""

_TILES, _FIRST = 3, 7
"""Rows of the figures on top and of the first heading, counted from 0."""
_BY_STAGE, _BY_NATURE, _BY_DEPARTMENT, _BY_MONTH = 1, 4, 7, 11
"""Columns at which the tables begin, counted from 0."""
_WIDTHS: dict[Lang, tuple[int, ...]] = {
    "zh": (2, 18, 9, 3, 18, 9, 3, 18, 9, 12, 3, 16, 9, 9, 2),
    "en": (2, 26, 10, 3, 22, 10, 3, 24, 10, 16, 3, 20, 10, 10, 2),
}
_PIXELS, _GAP = 7, 12
"""Pixels that a character is wide, and between the charts."""
_CHART_ROW = _FIRST + _DEPARTMENTS + 3

_UNTOLD = ""
"""What stands for what a formula comes to, so that every program works it out: LibreOffice would believe a number."""

_HEADS = {
    _BY_STAGE: dashboard.BY_STAGE,
    _BY_NATURE: dashboard.BY_NATURE,
    _BY_DEPARTMENT: dashboard.BY_DEPARTMENT,
    _BY_MONTH: dashboard.BY_MONTH,
}
_MONTH_CHART = Text("每月收件与办结", "In and closed by month")
_STAGE_CHART = Text("在办线索", "Open clues")


@dataclass(frozen=True, slots=True)
class _Tile:
    """One of the figures on top: what it is, its formula, in braces where it goes over all rows at once, how it is shown."""

    text: Text
    formula: str
    form: str = "0"


def width(lang: Lang) -> int:
    """Return how many characters wide the sheet is."""
    return sum(_WIDTHS[lang])


def write_overview(book: Workbook, sheet: Worksheet, form: Callable[[Style], Format], lang: Lang) -> None:
    """Fill the overview sheet; `form` makes a cell format of a style."""
    for place, wide in enumerate(_WIDTHS[lang]):
        sheet.set_column(place, place, wide)
    _write_top(sheet, form, lang)
    for place, heads in _HEADS.items():
        _write_heads(sheet, form, _FIRST, place, heads, lang)
    _write_lines(sheet, form, _FIRST + 1, _BY_STAGE, _stages(lang))
    after = _write_lines(sheet, form, _FIRST + 1, _BY_NATURE, _natures(lang))
    _write_heads(sheet, form, after + 1, _BY_NATURE, dashboard.BY_KIND, lang)
    _write_lines(sheet, form, after + 2, _BY_NATURE, _late(lang))
    _write_departments(sheet, form, lang)
    _write_months(sheet, form, lang)
    _add_charts(book, sheet, lang)


def _write_top(sheet: Worksheet, form: Callable[[Style], Format], lang: Lang) -> None:
    sheet.set_row(0, 34)
    sheet.write_url(0, 1, f"internal:{guide.NAME}", form(look.title()), guide.OVERVIEW.in_(lang))
    sheet.write_string(1, 1, PURPOSE.in_(lang), form(look.purpose()))
    sheet.set_row(_TILES + 1, 34)
    places = (_BY_STAGE, _BY_NATURE, _BY_DEPARTMENT, _BY_DEPARTMENT + 2, _BY_MONTH)
    for place, tile in zip(places, _tiles(lang), strict=True):
        sheet.write_string(_TILES, place, tile.text.in_(lang), form({"font_color": look.FAINT}))
        big = {
            "font_size": 22,
            "bold": True,
            "font_color": look.NAVY,
            "align": "left",
            "num_format": tile.form,
        }
        at = (_TILES + 1, place)
        if tile.formula.startswith("{"):
            sheet.write_array_formula(*at, *at, tile.formula, form(big), _UNTOLD)
        else:
            sheet.write_formula(*at, tile.formula, form(big), _UNTOLD)


def _tiles(lang: Lang) -> Iterable[_Tile]:
    closed = _clues("closed_at", lang)
    month = "DATE(YEAR(TODAY()),MONTH(TODAY()),1)"
    yield _Tile(dashboard.OPEN, f"=SUMPRODUCT(COUNTIF({_clues('stage', lang)},{OPEN}))")
    yield _Tile(dashboard.OVERDUE, _open_ones("overdue_days", ">0", lang))
    yield _Tile(dashboard.IN, f'=COUNTIF({_clues("delivered_at", lang)},">="&{month})')
    yield _Tile(dashboard.CLOSED, f'=COUNTIF({closed},">="&{month})')
    yield _Tile(dashboard.ON_TIME, f"{{={_on_time(lang)}}}", "0%")


def _on_time(lang: Lang) -> str:
    """Return the formula, over all rows at once, of `statistics.share_in_time` of what is closed."""
    names = ("original_due", "completion_due", "completed_at", "closed_at")
    original, due, done, closed = (_clues(name, lang) for name in names)
    counted = f'({closed}<>"")*({due}<>"")*({done}<>"")'
    in_time = f'{last_worked(f"INT({done})", lang)}<=IF({original}="",{due},{original})'
    return f'IFERROR(SUM(IF({counted},1*({in_time}),0))/SUM({counted}),"–")'


def _stages(lang: Lang) -> Iterable[tuple[str, str]]:
    for stage in OPEN_STAGES:
        yield stage.text.in_(lang), f'=COUNTIF({_clues("stage", lang)},"{stage.text.in_(lang)}")'


def _natures(lang: Lang) -> Iterable[tuple[str, str]]:
    for nature in Nature:
        word = nature.text.in_(lang)
        yield word, _open_ones("nature", word, lang)


def _late(lang: Lang) -> Iterable[tuple[str, str]]:
    for kind in dashboard.KINDS:
        word = kind.in_(lang)
        yield word, _open_ones("overdue_kind", f"*{word}*", lang)


def _open_ones(name: str, wanted: str, lang: Lang) -> str:
    """Return the formula of how many open clues hold in a column what is wanted."""
    return f'=SUMPRODUCT(COUNTIFS({_clues(name, lang)},"{wanted}",{_clues("stage", lang)},{OPEN}))'


def _write_departments(sheet: Worksheet, form: Callable[[Style], Format], lang: Lang) -> None:
    names = _column(Department, "name", lang)
    theirs, stage, late = (_clues(name, lang) for name in ("department", "stage", "overdue_days"))
    for place in range(_DEPARTMENTS):
        row = _FIRST + 1 + place
        name = f"$H{row + 1}"
        at_work = f"{theirs},{name},{stage},{OPEN}"
        formulas = (
            f'=IFERROR(INDEX({names},{place + 1})&"","")',
            f'=IF({name}="","",SUMPRODUCT(COUNTIFS({at_work})))',
            f'=IF({name}="","",SUMPRODUCT(COUNTIFS({at_work},{late},">0")))',
        )
        for offset, formula in enumerate(formulas):
            sheet.write_formula(
                row, _BY_DEPARTMENT + offset, formula, form(_line(is_figure=offset > 0)), _UNTOLD
            )


def _write_months(sheet: Worksheet, form: Callable[[Style], Format], lang: Lang) -> None:
    for place in range(dashboard.MONTHS):
        row = _FIRST + 1 + place
        month = f"$L{row + 1}"
        back = place - dashboard.MONTHS + 1
        begins = f"=EDATE(DATE(YEAR(TODAY()),MONTH(TODAY()),1),{back})"
        sheet.write_formula(
            row, _BY_MONTH, begins, form(_line() | {"num_format": "yyyy-mm", "align": "left"}), _UNTOLD
        )
        for offset, name in enumerate(("delivered_at", "closed_at"), start=1):
            moment = _clues(name, lang)
            counted = f'=COUNTIFS({moment},">="&{month},{moment},"<"&EDATE({month},1))'
            sheet.write_formula(row, _BY_MONTH + offset, counted, form(_line(is_figure=True)), _UNTOLD)


def _write_heads(
    sheet: Worksheet, form: Callable[[Style], Format], row: int, place: int, heads: Sequence[Text], lang: Lang
) -> None:
    style = {"bold": True, "font_color": look.NAVY, "bottom": 2, "bottom_color": look.NAVY}
    for offset, head in enumerate(heads):
        sheet.write_string(
            row, place + offset, head.in_(lang), form({**style, "align": "right" if offset else "left"})
        )


def _write_lines(
    sheet: Worksheet, form: Callable[[Style], Format], row: int, place: int, lines: Iterable[tuple[str, str]]
) -> int:
    """Write words and their figures downwards, and return the row below."""
    for word, formula in lines:
        sheet.write_string(row, place, word, form(_line()))
        sheet.write_formula(row, place + 1, formula, form(_line(is_figure=True)), _UNTOLD)
        row += 1
    return row


def _line(*, is_figure: bool = False) -> Style:
    return {
        "bottom": 4,
        "bottom_color": look.RULE,
        "font_color": look.INK,
        "align": "right" if is_figure else "left",
        "num_format": "0" if is_figure else "General",
    }


def _add_charts(book: Workbook, sheet: Worksheet, lang: Lang) -> None:
    middle, end = _BY_DEPARTMENT, len(_WIDTHS[lang])
    charts = (
        (_stage_chart(book, lang), _STAGE_CHART, _BY_STAGE, range(_BY_STAGE, middle)),
        (_month_chart(book, lang), _MONTH_CHART, middle, range(middle, end)),
    )
    for chart, title, place, columns in charts:
        chart.set_title({"name": title.in_(lang), "name_font": {"size": 12, "color": look.NAVY}})
        wide = sum(_WIDTHS[lang][column] for column in columns)
        chart.set_size({"width": _PIXELS * wide - _GAP, "height": 300})
        sheet.insert_chart(_CHART_ROW, place, chart)


def _month_chart(book: Workbook, lang: Lang) -> Chart:
    here, first, last = guide.OVERVIEW.in_(lang), _FIRST + 1, _FIRST + dashboard.MONTHS
    chart = book.add_chart({"type": "column"})
    for place, color in ((_BY_MONTH + 1, look.SLATE), (_BY_MONTH + 2, look.NAVY)):
        chart.add_series(
            {
                "name": [here, _FIRST, place],
                "categories": [here, first, _BY_MONTH, last, _BY_MONTH],
                "values": [here, first, place, last, place],
                "fill": {"color": color},
            }
        )
    chart.set_y_axis({"major_gridlines": {"visible": True, "line": {"color": look.RULE}}})
    chart.set_x_axis({"num_format": "yyyy-mm", "text_axis": True, "num_font": {"size": 8}})
    chart.set_legend({"position": "bottom"})
    return chart


def _stage_chart(book: Workbook, lang: Lang) -> Chart:
    here, first, last = guide.OVERVIEW.in_(lang), _FIRST + 1, _FIRST + len(OPEN_STAGES)
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": [here, first, _BY_STAGE, last, _BY_STAGE],
            "values": [here, first, _BY_STAGE + 1, last, _BY_STAGE + 1],
            "fill": {"color": look.NAVY},
            "gap": 40,
            "data_labels": {"value": True},
        }
    )
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "interval_unit": 1, "num_font": {"size": 8}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    return chart


def _clues(name: str, lang: Lang) -> str:
    return _column(Clue, name, lang)


def _column(record: type, name: str, lang: Lang) -> str:
    return structured(table_of(record).name, column_of(record, name).text.in_(lang)).removeprefix("=")
