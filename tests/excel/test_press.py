"""A button from the press to the message, over a stand-in for Excel: the same actions on the workbook that is open."""

import re
from datetime import datetime, timedelta

import pytest
from desks import Desk
from offices import approved, routing_of
from offices import press as walked

from cluebook import press as buttons
from cluebook.actions import ACTIONS
from cluebook.books.desk import show
from cluebook.books.live import LiveBook
from cluebook.books.macros import build_macro_ledger, sources
from cluebook.domain.clue import Clue, Completeness, Ground, Nature, Stage, Truth, Urgency, WarningLevel
from cluebook.domain.fields import column_of, columns
from cluebook.errors import Place
from cluebook.founding import starting_rows
from cluebook.seeds.office import categories, channels
from cluebook.text import Text

ONLY_ZH = pytest.mark.parametrize("lang", ["zh"])
YESTERDAY = datetime.now().replace(microsecond=0) - timedelta(days=1)
NEW = {
    "found_at": YESTERDAY,
    "matter": "Roof leaks",
    "description": "The roof has leaked for three days. 屋顶漏水。",
}
REVIEW = {
    "truth": Truth.TRUE,
    "completeness": Completeness.COMPLETE,
    "nature": Nature.BUSINESS,
    "urgency": Urgency.IMPORTANT,
    "ground": Ground.KEY_CUSTOMER,
}


@pytest.fixture
def desk(office, lang, monkeypatch):
    return Desk(office / "ledger.xlsx", lang, monkeypatch)


def new_clue(lang, **changes):
    return {**NEW, "channel": channels(lang)[-1].name, **changes}


def review_of(lang):
    return {**REVIEW, "subtype": next(c.subtype for c in categories(lang) if c.nature is Nature.BUSINESS)}


def test_typed_rows_are_entered_and_accepted_and_the_message_says_so(desk, lang):
    desk.type(4, new_clue(lang))
    text, title, mode = desk.press("add", 4)
    assert (title, mode) == (Text("线索台账", "Clue ledger").in_(lang), "info")
    assert text == Text("登记：完成 1 条，文书 0 份。", "Enter: 1 done, 0 documents.").in_(lang)
    (clue,) = desk.clues()
    assert clue.stage is Stage.REGISTERED
    desk.type(4, review_of(lang))
    assert desk.press("accept", 4)[2] == "info"
    (clue,) = desk.clues()
    assert clue.stage is Stage.ACCEPTED
    assert clue.number
    assert desk.book.app.status_bar is False


@ONLY_ZH
def test_what_a_press_did_stands_in_the_trail(desk, lang):
    desk.type(4, new_clue(lang))
    desk.press("add", 4)
    events = LiveBook(desk.book).grid("Events")
    assert any("Wang" in map(str, row) for row in events.rows)


@ONLY_ZH
def test_the_document_of_a_step_is_made_and_opened(office, lang, monkeypatch):
    approved(office, lang)
    desk = Desk(office / "ledger.xlsx", lang, monkeypatch)
    desk.type(4, routing_of(lang))
    text, _, mode = desk.press("route", 4)
    assert (mode, desk.clues()[0].stage) == ("info", Stage.ROUTED)
    assert "文书 1 份" in text
    assert [path.suffix for path in desk.opened if path.is_file()] == [".docx"]


def test_a_problem_is_told_and_its_cell_selected(desk, lang):
    desk.type(4, new_clue(lang, matter=None))
    text, _, mode = desk.press("add", 4)
    assert mode == "critical"
    assert column_of(Clue, "matter").text.in_(lang) in text
    header = [cell.value for cell in desk.sheet.cells[3]]
    place = header.index(column_of(Clue, "matter").text.in_(lang)) + 1
    assert (desk.book.app.selection.row, desk.book.app.selection.column) == (4, place)
    assert desk.book.saves == []


@ONLY_ZH
def test_many_problems_go_on_a_sheet_of_their_own(desk, lang):
    for row in range(4, 12):
        desk.type(row, {"remarks": "x"})
    desk.sheet.cells.tables["Clues"].ref = re.sub(r"\d+$", "11", desk.sheet.cells.tables["Clues"].ref)
    text, _, _ = desk.press("add", 4, 11)
    title = Text("问题清单", "Problems").in_(lang)
    assert title in text
    head, *lines = desk.book.file[title].iter_rows(values_only=True)
    assert head[0] == Text("工作表", "Sheet").in_(lang)
    assert len(lines) > 8
    assert all(line[5].startswith("=HYPERLINK(\"#'线索台账'!") for line in lines)


@ONLY_ZH
def test_a_message_is_never_longer_than_windows_shows(desk, lang):
    for row in range(4, 8):
        desk.type(row, {"remarks": "x"})
    desk.sheet.cells.tables["Clues"].ref = re.sub(r"\d+$", "7", desk.sheet.cells.tables["Clues"].ref)
    assert len(desk.press("add", 4, 7)[0]) <= 1000


@ONLY_ZH
@pytest.mark.parametrize("action", ["add", "close"])
def test_a_press_on_nothing_says_what_to_select(desk, lang, action):
    text, _, mode = desk.press(action)
    assert mode == "critical"
    assert Text("没有选中线索", "No clue is selected").in_(lang) in text


@ONLY_ZH
def test_what_looks_at_all_clues_needs_no_selection(desk, lang):
    desk.type(4, new_clue(lang))
    desk.press("add", 4)
    assert desk.press("check", 1)[2] == "info"


@ONLY_ZH
def test_what_is_overdue_is_listed_on_a_sheet_of_its_own(office, lang, monkeypatch):
    walked(office, "route", approved(office, lang), fills=routing_of(lang))  # in March; its receipt is late
    desk = Desk(office / "ledger.xlsx", lang, monkeypatch)
    text, _, mode = desk.press("overdue")
    assert (mode, "逾期清单" in text) == ("info", True)
    head, *lines = desk.book.file["逾期清单"].iter_rows(values_only=True)
    assert head[3] == "逾期工作日"
    assert [int(line[3]) > 0 for line in lines] == [True]
    assert lines[0][4].startswith("=HYPERLINK(\"#'线索台账'!A4\"")
    assert desk.clues()[0].warning is WarningLevel.RED


@ONLY_ZH
def test_excel_refusing_is_told_and_the_documents_are_taken_back(desk, lang):
    desk.type(4, new_clue(lang))

    def refuse(what):
        raise RuntimeError("the secret text of a cell")

    desk.book.refuse = refuse
    text, _, mode = desk.press("add", 4)
    assert mode == "critical"
    assert "secret" not in text
    assert [clue.entry_no for clue in desk.clues()] == [None]


@ONLY_ZH
def test_a_bug_is_told_without_a_word_of_a_clue(desk, lang, monkeypatch):
    def fail(*_):
        raise RuntimeError("the secret text of a cell")

    monkeypatch.setattr(buttons, "perform", fail)
    text, _, _ = desk.press("check")
    log = next(desk.office.glob("log/*")).read_text("utf-8")
    assert "RuntimeError" in log
    assert "secret" not in text + log


@ONLY_ZH
def test_an_open_workbook_that_is_no_ledger_is_told_so(desk, lang):
    del desk.sheet.cells.tables["Clues"]
    assert "cluebook" in desk.press("check")[0]


@ONLY_ZH
def test_an_excel_in_which_a_cell_is_being_edited_is_told_so_and_nothing_is_done(desk, lang, monkeypatch):
    desk.type(4, new_clue(lang))

    def rejected(_):
        raise OSError("call was rejected by callee")

    monkeypatch.setattr("fakes.Sheets.active", property(rejected))
    text, _, mode = desk.press("add", 4)
    assert (mode, "结束编辑" in text) == ("critical", True)
    assert not (desk.office / "log" / "cluebook.log").exists()


@ONLY_ZH
def test_a_press_while_another_works_on_the_ledger_is_told_to_wait(desk, lang):
    desk.type(4, new_clue(lang))
    with LiveBook(desk.book).open():
        text, _, mode = desk.press("add", 4)
    assert (mode, "请稍候再试" in text) == ("critical", True)
    assert desk.clues()[0].entry_no is None


@ONLY_ZH
def test_a_program_that_is_gone_when_it_should_tell_leaves_a_trace(desk, lang, monkeypatch):
    def gone(*_):
        raise RuntimeError("the secret text of a cell")

    monkeypatch.setattr("fakes.App.alert", gone)
    assert desk.press("check", 4) is None
    log = (desk.office / "log" / "cluebook.log").read_text("utf-8")
    assert "RuntimeError" in log
    assert "secret" not in log


@ONLY_ZH
def test_a_press_in_the_add_in_means_the_workbook_in_front(desk, lang, tmp_path):
    desk.caller = type("AddIn", (), {"name": "cluebook.XLAM", "app": desk.book.app})
    assert desk.press("check")[2] == "info"


@ONLY_ZH
def test_a_ledger_with_macros_does_what_its_button_asks(tmp_path, lang, monkeypatch):
    path = tmp_path / "ledger.xlsm"
    build_macro_ledger(path, lang, starting_rows(lang, None, YESTERDAY.date()))
    desk = Desk(path, lang, monkeypatch)
    desk.type(4, new_clue(lang))
    desk.sheet.range((4, 1)).select()
    asked = re.search(r'RunPython "(.*)" & control.ID & "(.*)"', sources()["Cluebook"])
    exec(asked[1] + "add" + asked[2])
    assert desk.book.app.alerts[0][2] == "info"
    assert desk.clues()[0].stage is Stage.REGISTERED


@ONLY_ZH
def test_every_button_works_or_says_why_not(desk, lang):
    desk.type(4, new_clue(lang))
    for name, action in ACTIONS.items():
        said = desk.press(name, 4)
        assert said or (action.asks and desk.book.file["填写"].sheet_state == "visible")
        desk.press("cancel")
    assert not (desk.office / "log" / "cluebook.log").read_text("utf-8").count("Error")


@ONLY_ZH
def test_a_button_shows_the_sheets_that_are_rarely_needed_and_hides_them_again(office, desk):
    plans, reporters = (desk.book.sheets[title] for title in ("处理方案", "举报人信息"))
    assert "已显示" in desk.press("sheets")[0]
    assert (plans.visible, reporters.visible) == (True, False)
    plans.activate()
    assert "已收起" in desk.press("sheets")[0]
    assert (plans.visible, desk.book.sheets.active.name) == (False, "线索台账")


@ONLY_ZH
def test_a_problem_in_a_folded_column_brings_it_into_sight(office, desk):
    cell = desk.sheet.range((4, [c.name for c in columns(Clue)].index("link") + 1))
    assert cell.column_width == 0
    show(LiveBook(desk.book), Place("线索台账", 4, column_of(Clue, "link").text.zh))
    assert cell.column_width > 0


@ONLY_ZH
def test_how_the_office_stands_is_told_and_shown_on_the_overview(office, desk):
    text, _, mode = desk.press("dashboard")
    assert (text.splitlines()[0], mode) == ("在办：0", "info")
    assert desk.book.sheets.active.name == "总览"


@ONLY_ZH
def test_the_templates_in_use_are_checked_by_a_button_whatever_is_selected(office, desk):
    assert desk.press("templates") == ("检查模板：没有问题。", "线索台账", "info")
    for kind in ("routing_slip", "volume", "loan_form", "return_form", "merge_note", "overdue_list"):
        (office / "templates" / f"{kind}.docx").write_bytes(b"no template")
    text, _, mode = desk.press("templates")
    assert mode == "critical"
    assert "有 6 个问题" in text
    assert "routing_slip.docx" in text
    assert "详见工作表“问题清单”" in text
