"""The guide sheet: what a clerk must know to use the ledger, on one page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cluebook.actions import ACTIONS, Action
from cluebook.books import look
from cluebook.books.layout import Kind, Layout, go_name
from cluebook.books.look import Style
from cluebook.domain.clue import WarningLevel
from cluebook.domain.fields import Part
from cluebook.ribbon import SHEETS
from cluebook.text import Lang, Text, join

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

TITLE = Text("说明", "Guide")
NAME = "go_Guide"
"""Defined name of the guide's top, which the titles of the other sheets lead back to."""

OVERVIEW = Text("总览", "Overview")
OVERVIEW_NAME = "go_Overview"
"""The sheet of figures, and the defined name of its top."""
_OVERVIEW_PURPOSE = Text(
    "在办、逾期、收件和办结的数字，自动更新。",
    "Open, overdue, in and closed, in figures that keep up by themselves.",
)

TOPIC = Text("线索台账", "Clue Ledger")
_HEADLINE = Text("{office}　线索台账", "{office} · Clue Ledger")
_LEAD = Text(
    "白色单元格由您填写；选中线索所在行按功能区的按钮，或关闭后用 cluebook 命令，其余由程序完成。",
    "Fill in the white cells, then select the rows and press a button of the ribbon, or close the file and use cluebook.",
)

_STEPS_HEAD = Text("一条线索的办理过程", "How a clue is handled")
_PATH = ("add", "suggest", "accept", "analyse", "approve", "route", "receive", "log", "feedback", "close")
"""The actions that take an ordinary clue from its entry to its end."""

_DAILY = "overdue"

_COLOURS_HEAD = Text("颜色的含义", "What the colours mean")
_WHITE = Text("由您填写", "Yours to fill in")
_GREY = Text("由程序填写，请勿手工修改", "Filled by the program; do not edit")
_WARNING = Text("期限预警：{level}", "Deadline: {level}")
_PINK = Text("必填而未填", "Required, still blank")
_YELLOW = Text(
    "名单中同类条目没有排在一起，请按该列排序",
    "List entries that belong together stand apart; sort by that column",
)

_DONTS_HEAD = Text("请不要", "Please do not")
_DONTS: tuple[Text, ...] = (
    Text("修改灰色的列", "edit the grey columns"),
    Text("改动表头文字，或删除、移动列", "reword headers, or delete or move columns"),
    Text("删除线索行，编号不会再用", "delete rows of clues; their numbers are never used again"),
    Text("在表格中间留空行，或合并单元格", "leave blank rows inside a table, or merge cells"),
)

_HIDDEN_HEAD = Text("平时隐藏的工作表", "Sheets that are hidden until you need them")
_HIDDEN = (
    Text(
        "按功能区“工具”中的“{button}”显示，再按一次收起；",
        "The ribbon's “{button}” shows them, and hides them again;",
    ),
    Text(
        "也可右击任一工作表标签，选“取消隐藏”（举报人信息只能这样）。",
        "or right-click any tab and choose Unhide (the only way to Reporters).",
    ),
)
_FOLDED_HEAD = Text("收起的列", "Columns that are folded away")
_FOLDED = (
    Text(
        "不常用的列已收起：点列标上方的“+”，展开这一组。",
        "What is rarely needed is folded away: the + above the columns opens a group.",
    ),
    Text(
        "左上角的 1、2、3：只看各段首列、看常用的列、看全部的列。",
        "1, 2, 3 at the top left: the first column of each stretch, those used daily, all of them.",
    ),
)
_SHEETS_HEAD = Text("各工作表的用途", "What each sheet is for")

_TOP, _LEFT, _RIGHT = 3, 1, 5
_WIDTHS: dict[Lang, tuple[int, ...]] = {
    "zh": (2, 5, 12, 84, 4, 14, 48, 2),
    "en": (2, 5, 17, 84, 4, 18, 56, 2),
}
_ROW_HEIGHT = 21


@dataclass(frozen=True, slots=True)
class _Pen:
    """Writes on the guide sheet in one language."""

    sheet: Worksheet
    form: Callable[[Style], Format]
    lang: Lang

    def say(self, row: int, place: int, text: Text | str, **style: object) -> None:
        """Write one cell."""
        words = text if isinstance(text, str) else text.in_(self.lang)
        self.sheet.write_string(
            row, place, words, self.form({"valign": "vcenter", "font_color": look.INK, **style})
        )

    def head(self, row: int, first: int, last: int, text: Text) -> int:
        """Write a heading over several columns; return the row below."""
        style = {
            "bold": True,
            "font_size": 12,
            "font_color": look.NAVY,
            "bottom": 2,
            "bottom_color": look.NAVY,
        }
        self.say(row, first, text, **style)
        for place in range(first + 1, last + 1):
            self.say(row, place, "", **style)
        return row + 1


def width(lang: Lang) -> int:
    """Return how many characters wide the guide is."""
    return sum(_WIDTHS[lang])


def write_guide(
    sheet: Worksheet, form: Callable[[Style], Format], layouts: Sequence[Layout], office: str, lang: Lang
) -> None:
    """Fill the guide sheet; `form` makes a cell format of a style."""
    pen = _Pen(sheet, form, lang)
    for place, width in enumerate(_WIDTHS[lang]):
        sheet.set_column(place, place, width)
    sheet.set_default_row(_ROW_HEIGHT)
    _banner(pen, office)
    row = _steps(pen, _TOP)
    row = _colours(pen, row + 1)
    row = _list(pen, row + 1, _FOLDED_HEAD, _FOLDED, "+", look.NAVY)
    _list(pen, row + 1, _DONTS_HEAD, _DONTS, "✕", look.STOP)
    _sheets(pen, _TOP, layouts)


def _banner(pen: _Pen, office: str) -> None:
    for row, height in ((0, 40), (1, 26)):
        pen.sheet.set_row(row, height)
        for place in range(len(_WIDTHS[pen.lang])):
            pen.say(row, place, "", bg_color=look.NAVY)
    headline = _HEADLINE.fill(office=office)
    pen.say(0, _LEFT, headline, bg_color=look.NAVY, font_color=look.PAPER, bold=True, font_size=20)
    pen.say(1, _LEFT, _LEAD, bg_color=look.NAVY, font_color="#D5DFEA", valign="top")


def _steps(pen: _Pen, row: int) -> int:
    row = pen.head(row, _LEFT, _LEFT + 2, _STEPS_HEAD)
    for count, name in enumerate(_PATH, start=1):
        _step(pen, row, str(count), look.NAVY, ACTIONS[name])
        row += 1
    _step(pen, row, "!", look.STOP, ACTIONS[_DAILY])
    return row + 1


def _step(pen: _Pen, row: int, mark: str, fill: str, action: Action) -> None:
    badge = {"bg_color": fill, "font_color": look.PAPER, "bold": True, "align": "center"}
    line = {"bottom": 4, "bottom_color": look.RULE}
    pen.say(row, _LEFT, mark, border=1, border_color=look.PAPER, **badge)
    pen.say(row, _LEFT + 1, action.text, bold=True, indent=1, **line)
    command = Text("{help}（{id}）", "{help} ({id})").fill(help=action.help, id=action.id)
    pen.say(row, _LEFT + 2, command, **line)


def _colours(pen: _Pen, row: int) -> int:
    row = pen.head(row, _LEFT, _LEFT + 2, _COLOURS_HEAD)
    chips: list[tuple[Style, Text]] = [
        ({"bg_color": look.PAPER}, _WHITE),
        ({"bg_color": look.MIST}, _GREY),
        ({"bg_color": look.MISSING}, _PINK),
        *((look.WARNINGS[level], _WARNING.fill(level=level.text)) for level in WarningLevel),
        ({"bg_color": look.ALERT}, _YELLOW),
    ]
    for style, text in chips:
        pen.say(row, _LEFT, "", border=1, border_color=look.RULE, **style)
        pen.say(row, _LEFT + 1, text, indent=1)
        row += 1
    return row


def _sheets(pen: _Pen, row: int, layouts: Sequence[Layout]) -> None:
    row = pen.head(row, _RIGHT, _RIGHT + 1, _SHEETS_HEAD)
    _sheet(pen, row, look.GUIDE_TAB, OVERVIEW_NAME, OVERVIEW.in_(pen.lang), _OVERVIEW_PURPOSE)
    row += 1
    for kind in Kind:
        for layout in layouts:
            if layout.kind is kind and not layout.hidden:
                table = layout.table
                _sheet(pen, row, look.tab(layout), go_name(table), layout.sheet, table.purpose)
                row += 1
    _hidden(pen, row + 1, [layout for layout in layouts if layout.hidden])


def _hidden(pen: _Pen, row: int, layouts: Sequence[Layout]) -> None:
    """Write which sheets are hidden, by the stretch of the procedure, and how to see them: a link to them would do nothing."""
    row = pen.head(row, _RIGHT, _RIGHT + 1, _HIDDEN_HEAD)
    for text in _HIDDEN:
        pen.say(row, _RIGHT, text.fill(button=SHEETS.text), font_color=look.FAINT, indent=1)
        row += 1
    parts = list(Part)
    ordered = sorted(layouts, key=lambda x: parts.index(x.table.part) if x.table.part else len(parts))
    groups = {_group(layout): look.tab(layout) for layout in ordered}
    for group, color in groups.items():
        mine = [layout.table.title for layout in layouts if _group(layout) == group]
        pen.say(row, _RIGHT, group, **_named(color))
        pen.say(row, _RIGHT + 1, join(mine), bottom=4, bottom_color=look.RULE)
        row += 1


def _group(layout: Layout) -> Text:
    """Return the stretch of the procedure that a sheet belongs to, else its kind."""
    part, kind = layout.table.part, layout.kind.value
    return part.text if part else kind


def _sheet(pen: _Pen, row: int, color: str, target: str, name: str, purpose: Text) -> None:
    """Write the line of one sheet, with the way there."""
    pen.sheet.write_url(row, _RIGHT, f"internal:{target}", pen.form(_named(color)), name)
    pen.say(row, _RIGHT + 1, purpose, bottom=4, bottom_color=look.RULE)


def _named(color: str) -> Style:
    """Return the look of a sheet's name, in the colour of its tab."""
    line = {"bottom": 4, "bottom_color": look.RULE, "left": 5, "left_color": color}
    return {"font_color": color, "bold": True, "valign": "vcenter", "indent": 1, **line}


def _list(pen: _Pen, row: int, head: Text, texts: Sequence[Text], mark: str, color: str) -> int:
    """Write some sentences under a heading; return the row below."""
    row = pen.head(row, _LEFT, _LEFT + 2, head)
    for text in texts:
        pen.say(row, _LEFT, mark, font_color=color, bold=True, align="center")
        pen.say(row, _LEFT + 1, text, font_color=color, indent=1)
        row += 1
    return row
