"""The open workbook, over a stand-in for Excel: what `LiveBook` reads, writes, and takes back."""

import shutil
import sys
import types

import pytest
from fakes import Book
from table_books import HEADS, ROWS, table_book

from cluebook.books.desk import Listed, list_on_sheet, selected_rows, show
from cluebook.books.live import LiveBook
from cluebook.books.spare import PROBLEMS
from cluebook.books.strips import strips
from cluebook.errors import (
    BusyError,
    ChangedError,
    IntegrityError,
    Place,
    RefusedError,
    SchemaError,
    UsageError,
)
from cluebook.ledger.book import CellEdit, Formula, NewRow


@pytest.fixture
def path(tmp_path):
    return table_book(tmp_path / "ledger.xlsx", "B10")


@pytest.fixture
def excel(path):
    return Book(path)


@pytest.fixture
def live(excel):
    return LiveBook(excel)


def edit(row, column, before, after):
    return CellEdit("Clues", row, column, before, after)


def new(*values):
    return NewRow("Clues", dict(zip(HEADS, values, strict=False)))


def after(excel):
    """What is in the table now, as a book that has seen nothing before reads it."""
    return LiveBook(excel).grid("Clues").rows


def test_new_rows_fill_the_blank_ones_first_and_the_table_grows_by_the_rest(excel, live):
    live.write([], [new("XS-4"), new("XS-5")])
    assert excel.file["台账"].tables["Clues"].ref == "B3:F8"
    assert [row[0] for row in after(excel)] == ["XS-1", "XS-2", "XS-3", "XS-4", "XS-5"]


def test_what_stands_below_the_table_is_not_written_over(excel, live):
    with pytest.raises(RefusedError) as refused:
        live.write([edit(4, "标题", "第一条", "x")], [new("XS-4")] * 4)
    assert [p.code for p in refused.value.problems] == ["table_hemmed"]
    assert excel.file["台账"]["B10"].value == "注"
    assert after(excel) == ROWS


def test_text_is_made_text_before_it_is_written(excel, live):
    live.write([edit(4, "编号", "XS-1", "007")], [])
    cell = excel.file["台账"]["B4"]
    assert (cell.value, cell.number_format) == ("007", "@")


def test_neighbouring_cells_are_written_by_one_call(excel, live):
    calls = []
    excel.refuse = calls.append
    live.write([], [new(f"XS-{n}", "x") for n in (4, 5)])
    assert calls.count("write") == 2
    assert calls[-1] == "save"


def test_rows_that_a_filter_hides_get_their_own_values_all_the_same(excel, live):
    excel.file["台账"].row_dimensions[5].hidden = True
    live.write(
        [edit(row, "标题", ROWS[row - 4][1], f"{row}") for row in (4, 5, 6)], [new("XS-4"), new("XS-5")]
    )
    assert [row[1] for row in after(excel)[:3]] == ["4", "5", "6"]
    assert [row[0] for row in after(excel)[3:]] == ["XS-4", "XS-5"]


def test_another_cluebook_at_the_same_ledger_is_waited_for_by_nobody(excel, live):
    with live.open(), pytest.raises(BusyError) as busy, LiveBook(excel).open():
        pass
    assert busy.value.problems[0].code == "ledger_locked"
    with live.open():
        pass


def test_an_excel_that_does_not_answer_is_said_to_be_busy(excel, live, monkeypatch):
    live.ready()

    def rejected(_):
        raise OSError("call was rejected by callee")

    monkeypatch.setattr("fakes.Sheets.active", property(rejected))
    with pytest.raises(BusyError) as busy:
        live.ready()
    assert busy.value.problems[0].code == "excel_busy"


def test_excel_is_not_asked_for_ever(monkeypatch, excel):
    module = types.ModuleType("xlwings._xlwindows")
    module.N_COM_ATTEMPTS = 0
    monkeypatch.setitem(sys.modules, "xlwings._xlwindows", module)
    monkeypatch.setattr("xlwings._xlwindows", module, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("xlwings.Book.caller", lambda: excel)
    assert LiveBook.caller().book is excel
    assert module.N_COM_ATTEMPTS > 0


def test_strips_never_mix_text_with_other_values_nor_jump_over_a_row():
    cells = {("A", 1, 4): "x", ("A", 1, 5): 1, ("A", 1, 7): 2, ("A", 2, 8): 3, ("B", 2, 9): None}
    assert [strip.values for strip in strips(cells)] == [("x",), (1,), (2,), (3,), (None,)]


def test_a_formula_is_written_as_one_and_comes_back_when_what_was_to_replace_it_is_refused(excel, live):
    cell = excel.file["台账"]["E4"]
    live.write([edit(4, "天数", 3, Formula("1+2", 3)), edit(4, "标题", "第一条", Formula("1&2", "12"))], [])
    assert (cell.value, excel.file["台账"]["C4"].value, excel.file["台账"]["C4"].number_format) == (
        "=1+2",
        "=1&2",
        "General",
    )
    calls = []

    def refuse(what):
        calls.append(what)
        if len(calls) == 2:
            raise RuntimeError

    excel.refuse = refuse
    with pytest.raises(RefusedError):
        live.write([edit(4, "天数", "=1+2", 9), edit(5, "天数", 4.5, 9), edit(4, "确认", True, False)], [])
    assert (cell.value, excel.file["台账"]["E5"].value) == ("=1+2", 4.5)


@pytest.mark.parametrize("row", [4, 40])
def test_a_cell_that_changed_meanwhile_is_left_alone(excel, live, row):
    live.grid("Clues")
    excel.file["台账"]["C4"].value = "改过"
    with pytest.raises(ChangedError) as changed:
        live.write([edit(5, "天数", 4.5, 1), edit(row, "标题", "第一条", "x")], [])
    assert changed.value.problems[0].place == Place("台账", row, "标题", "ledger.xlsx")
    assert after(excel)[1][3] == 4.5


@pytest.mark.parametrize("change", [edit(4, "无", None, 1), CellEdit("Nothing", 1, "x", None, 1)])
def test_a_table_or_column_that_is_not_there_is_named(live, change):
    with pytest.raises(SchemaError):
        live.write([change], [])


@pytest.mark.parametrize("step", range(6))
def test_excel_refusing_at_any_step_leaves_everything_as_it_was(excel, live, step):
    before = after(excel), excel.file["台账"].tables["Clues"].ref, excel.app.settings
    calls = []

    def refuse(what):
        calls.append(what)
        if len(calls) == step + 1:
            raise RuntimeError("the secret text of a cell")

    excel.refuse = refuse
    with pytest.raises(RefusedError) as refused:
        live.write([edit(4, "标题", "第一条", "x"), edit(4, "天数", 3, 9)], [new("XS-4", 1), new("XS-5", 2)])
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert (after(excel), excel.file["台账"].tables["Clues"].ref, excel.app.settings) == before
    assert excel.saves == []


def test_excel_refusing_even_to_take_back_is_told_as_half_a_change(excel, live):
    calls = []

    def refuse(what):
        calls.append(what)
        if len(calls) > 1:
            raise RuntimeError

    excel.refuse = refuse
    with pytest.raises(IntegrityError) as half:
        live.write([edit(4, "标题", "第一条", "x"), edit(5, "天数", 4.5, 9)], [])
    assert half.value.problems[0].code == "half_written"
    assert excel.app.calculation == "automatic"


def test_a_sheet_that_takes_nothing_at_all_is_no_half_change(excel, live):
    def refuse(what):
        raise RuntimeError

    excel.refuse = refuse
    for rows in ([], [new("XS-4"), new("XS-5")]):
        with pytest.raises(RefusedError):
            live.write([edit(4, "标题", "第一条", "x")], rows)


def test_what_does_not_read_back_is_refused_and_taken_back(excel, live, monkeypatch):
    monkeypatch.setattr(
        "fakes.put", lambda cell, value: setattr(cell, "value", value if value != "x" else "y")
    )
    with pytest.raises(RefusedError):
        live.write([edit(4, "标题", "第一条", "x")], [])
    assert after(excel) == ROWS


def test_it_is_saved_once_and_not_while_calculation_is_off(excel, live):
    live.write([edit(4, "天数", 3, 9)], [])
    live.write([], [])
    assert [settings[2] for settings in excel.saves] == ["automatic"]


def test_a_workbook_that_lies_nowhere_has_no_path(excel):
    for nowhere in ("Book1", "https://example.invalid/ledger.xlsx"):
        excel.fullname = nowhere
        with pytest.raises(UsageError):
            _ = LiveBook(excel).path


@pytest.mark.parametrize(
    ("address", "rows"),
    [
        ("$B$4", (4,)),
        ("$A$4:$C$5", (4, 5)),
        ("$B$6,$4:$4", (4, 6)),
        ("$B:$B", (4, 5, 6)),
        ("$A$1:$F$3", ()),
        ("$B$7:$B$10", ()),
    ],
)
def test_selected_rows_are_those_of_the_table_that_hold_something(excel, live, address, rows):
    excel.app.selection = excel.sheets["台账"].range((1, 1))
    excel.app.selection.__class__ = type("Chosen", (excel.app.selection.__class__,), {"address": address})
    assert selected_rows(live, "Clues") == rows


def test_rows_that_a_filter_hides_are_not_selected_with_their_neighbours(excel, live):
    excel.file["台账"].row_dimensions[5].hidden = True
    excel.app.selection = excel.sheets["台账"].range((4, 2), (6, 2))
    assert selected_rows(live, "Clues") == (4, 6)


def test_a_selection_in_another_workbook_with_such_a_sheet_is_none(excel, live, tmp_path):
    other = Book(shutil.copy(excel.fullname, tmp_path / "copy.xlsx"), excel.app)
    excel.app.selection = other.sheets["台账"].range((4, 2))
    assert selected_rows(live, "Clues") == ()


def test_a_selection_elsewhere_or_of_no_cells_selects_no_row(excel, live):
    assert selected_rows(live, "Clues") == ()
    excel.app.selection = excel.sheets["别的"].range((4, 2))
    assert selected_rows(live, "Clues") == ()


def test_more_areas_than_excel_can_name_are_not_guessed_at(excel, live):
    excel.app.selection = excel.sheets["台账"].range((4, 2))
    excel.app.selection.__class__ = type(
        "Chosen", (excel.app.selection.__class__,), {"address": ",".join(["$B$4"] * 60)}
    )
    with pytest.raises(UsageError):
        selected_rows(live, "Clues")


def test_a_place_is_shown_by_selecting_its_cell(excel, live):
    show(live, Place("台账", 5, "日期"))
    assert excel.app.selection.address == "$D$5"
    show(live, Place("无此表", 5))
    assert excel.app.selection.address == "$D$5"


def test_a_list_replaces_the_list_before_it_and_leads_to_the_cells_it_names(excel, live):
    head = Listed(("词",))
    list_on_sheet(live, PROBLEMS, "zh", [head, Listed(("a",)), Listed(("=2",))])
    list_on_sheet(live, PROBLEMS, "zh", [head, Listed(("007",), Place("台账", 5, "日期")), Listed(("b",))])
    cells = [[cell.value for cell in row] for row in excel.file["问题清单"]]
    assert cells == [["词", None], ["007", '=HYPERLINK("#\'台账\'!D5","→")'], ["b", None]]
