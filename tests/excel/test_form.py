"""A button that asks: its form opens, is filled in, confirmed or left; over a stand-in for Excel."""

import pytest
from desks import Desk
from offices import LINE, approved, ledger_at, routing_of
from offices import press as walked
from openpyxl import Workbook

from cluebook.actions import ACTIONS
from cluebook.actions.registry import Picks
from cluebook.books.file import FileBook
from cluebook.books.form import ANSWER, FIRST
from cluebook.domain.clue import Stage
from cluebook.domain.records import Event, HandlingLine
from cluebook.ledger import sheets
from cluebook.text import Text

ONLY_ZH = pytest.mark.parametrize("lang", ["zh"])
ROW = "描述,发现时间,事项\n屋顶漏水三天了，多次报修都没有人来处理。,2026-03-01 10:00,漏水\n"


@pytest.fixture
def desk(office, lang, monkeypatch):
    """A clerk with a file to bring in."""
    desk = Desk(office / "ledger.xlsx", lang, monkeypatch)
    (office / "in.csv").write_text(ROW.replace("事项", "涉及事项") if lang == "zh" else ROW, "utf-8")
    return desk


def form(desk):
    return desk.book.file[Text("填写", "Form").in_(desk.lang)]


def fill(desk, *answers):
    for row, answer in enumerate(answers, start=FIRST):
        form(desk).cell(row, ANSWER).value = answer


def is_open(desk):
    return form(desk).sheet_state == "visible"


ENGLISH_MAP = "Description=描述; Found at=发现时间; Matter=事项"


def test_a_form_opens_is_filled_in_and_carried_out_by_the_same_button(desk, lang):
    assert desk.press("import") is None
    assert is_open(desk)
    assert desk.book.file.active is form(desk)
    assert form(desk)["A1"].value == Text("导入", "Import").in_(lang)
    assert [form(desk).cell(FIRST, c).value for c in (1, 2)] == [
        Text("来源文件（必填）", "The file (needed)").in_(lang), None,
    ]  # fmt: skip
    fill(desk, "in.csv", None if lang == "zh" else ENGLISH_MAP)
    text, _, mode = desk.press("import")
    assert (mode, len(desk.clues())) == ("info", 1)
    assert Text("完成 1 条", "1 done").in_(lang) in text
    assert not is_open(desk)
    assert desk.book.file.active.title == Text("线索台账", "Clues").in_(lang)


@ONLY_ZH
def test_what_was_filled_in_is_not_saved_with_the_ledger(desk):
    desk.press("import")
    fill(desk, "in.csv")
    desk.press("confirm")
    assert all(cell.value is None for row in form(desk).iter_rows() for cell in row)
    assert len(sheets.read(FileBook(desk.office / "ledger.xlsx")).records(type(desk.clues()[0]))) == 1
    assert desk.book.file.active.title == "线索台账"


@ONLY_ZH
def test_problems_of_a_file_are_listed_by_it_and_lead_to_no_cell_of_the_ledger(desk):
    brought = Workbook()
    brought.active.title = "线索台账"
    for line in (["描述", "发现时间", "涉及事项"], *[["漏水", "上周", str(n)] for n in range(6)]):
        brought.active.append(line)
    brought.save(desk.office / "in.xlsx")
    desk.press("import")
    fill(desk, "in.xlsx")
    assert "详见工作表“问题清单”" in desk.press("confirm")[0]
    _, *lines = desk.book.file["问题清单"].iter_rows(values_only=True)
    assert {(line[0], line[5]) for line in lines} == {("in.xlsx 线索台账", None)}


@ONLY_ZH
def test_a_form_that_is_left_changes_nothing(desk):
    desk.press("import")
    fill(desk, "in.csv")
    assert desk.press("cancel") is None
    assert not is_open(desk)
    assert (desk.clues(), desk.book.saves) == ((), [])
    assert desk.press("cancel") is None


@ONLY_ZH
def test_confirming_without_a_form_says_what_to_do(desk):
    text, _, mode = desk.press("confirm")
    assert mode == "critical"
    assert "没有正在填写的内容" in text


@ONLY_ZH
def test_another_button_does_not_take_the_form_for_its_own(desk):
    desk.press("import")
    text, _, _ = desk.press("check")
    assert "正在填写“导入”" in text
    assert is_open(desk)


@ONLY_ZH
def test_an_answer_that_does_not_fit_is_shown_and_the_others_stay(desk):
    desk.press("import")
    fill(desk, None, "描述=内容")
    text, _, mode = desk.press("confirm")
    assert mode == "critical"
    assert "来源文件" in text
    chosen = desk.book.app.selection
    assert (chosen.sheet.name, chosen.row, chosen.column) == ("填写", FIRST, ANSWER)
    assert form(desk).cell(FIRST + 1, ANSWER).value == "描述=内容"


@ONLY_ZH
def test_a_form_with_which_nothing_could_be_done_is_open_again_as_it_was(desk):
    desk.press("import")
    fill(desk, "in.csv", "无此列=内容")
    text, _, mode = desk.press("confirm")
    assert (mode, "无此列" in text) == ("critical", True)
    assert is_open(desk)
    assert [form(desk).cell(row, ANSWER).value for row in (FIRST, FIRST + 1)] == ["in.csv", "无此列=内容"]
    assert desk.book.saves == []


@ONLY_ZH
def test_an_open_form_for_the_same_clues_is_brought_back_with_its_answers(desk):
    desk.press("import")
    fill(desk, "in.csv")
    desk.book.sheets["线索台账"].activate()
    assert desk.press("import") is None
    assert desk.book.file.active is form(desk)
    assert form(desk).cell(FIRST, ANSWER).value == "in.csv"


@ONLY_ZH
def test_a_line_of_the_handling_log_is_given_on_the_form(office, lang, monkeypatch):
    number = approved(office, lang)
    walked(office, "route", number, fills=routing_of(lang))
    walked(office, "receive", number, fills={"handler": "Zhao"})
    desk = Desk(office / "ledger.xlsx", lang, monkeypatch)
    assert desk.press("log", 4) is None
    labels = [form(desk).cell(row, 1).value for row in range(FIRST, FIRST + 8)]
    place = {label: row for row, label in enumerate(labels, start=FIRST)}
    form(desk).cell(place["采取的措施"], ANSWER).value = LINE.measures
    form(desk).cell(place["处理已经完成"], ANSWER).value = "是"
    assert ("填写", f"$B${place['处理已经完成']}") in desk.book.rules
    told = desk.press("log")
    assert told[2] == "info", told[0]
    (clue,) = desk.clues()
    (line,) = sheets.read(FileBook(office / "ledger.xlsx")).records(HandlingLine)
    assert (clue.stage, line.clue, line.measures, line.recorder) == (
        Stage.IN_HANDLING, number, LINE.measures, "Wang",
    )  # fmt: skip
    assert clue.completed_at is not None


@ONLY_ZH
def test_a_form_is_not_opened_for_clues_that_cannot_take_the_step(desk):
    desk.type(4, {"matter": "x"})
    text, _, mode = desk.press("log", 4)
    assert (mode, "处理记录" in text, is_open(desk)) == ("critical", True, False)


@ONLY_ZH
def test_a_refusal_that_somebody_may_answer_for_asks_for_the_answer(office, lang, monkeypatch):
    approved(office, lang, subjects="市场部")
    desk = Desk(office / "ledger.xlsx", lang, monkeypatch)
    desk.type(4, routing_of(lang) | {"department": "市场部"})
    text, _, mode = desk.press("route", 4)
    assert (mode, "责任部门就是涉及对象" in text, "再按一次“流转”" in text) == ("critical", True, True)
    assert desk.book.file.active is form(desk)
    fill(desk, "别无他部")
    assert desk.press("route")[2] == "info"
    assert (desk.clues()[0].stage, is_open(desk)) == (Stage.ROUTED, False)
    assert "别无他部" in ledger_at(office).records(Event)[-1].reason


@ONLY_ZH
def test_who_puts_right_what_was_refused_need_not_answer_for_it(office, lang, monkeypatch):
    approved(office, lang, subjects="市场部")
    desk = Desk(office / "ledger.xlsx", lang, monkeypatch)
    desk.type(4, routing_of(lang) | {"department": "市场部"})
    desk.press("route", 4)
    fill(desk, "别无他部")
    desk.sheet.activate()
    desk.press("route", 4)  # nothing was put right yet, and what was filled in stays
    assert form(desk).cell(FIRST, ANSWER).value == "别无他部"
    desk.sheet.activate()
    desk.type(4, routing_of(lang))
    assert desk.press("route", 4)[2] == "info"
    assert (desk.clues()[0].stage, is_open(desk)) == (Stage.ROUTED, False)


@ONLY_ZH
def test_a_ledger_without_the_sheet_gets_it_when_it_is_needed(desk):
    del desk.book.file["填写"]
    desk.press("import")
    fill(desk, "in.csv")
    assert desk.press("confirm")[2] == "info"


@ONLY_ZH
@pytest.mark.parametrize(("row", "word"), [(1, "nothing"), (2, "source other"), (3, "1")])
def test_a_form_that_asks_for_something_else_today_counts_as_none(desk, row, word):
    desk.press("import")
    form(desk).cell(row, 5).value = word
    assert "没有正在填写的内容" in desk.press("confirm")[0]


@ONLY_ZH
def test_what_is_about_the_office_needs_no_selection(desk):
    about_the_office = [a.id for a in ACTIONS.values() if a.picks is Picks.OFFICE and a.asks]
    for action in about_the_office:
        assert desk.press(action) is None
        assert is_open(desk)
        desk.press("cancel")
    assert about_the_office
