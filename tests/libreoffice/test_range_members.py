"""What a range does: formulas, places, looks, sizes, moves and searches."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw

from cluebook.errors import RefusedError

pytestmark = pytest.mark.office

GRID = [["a", 3, "x"], ["b", 1, "y"], ["c", 2, "z"]]


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("A1", "$A$1"),
        ("B2:C3", "$B$2:$C$3"),
        ("C:D", "$C:$D"),
        ("2:3", "$2:$3"),
        ((2, 3), "$C$2"),
        ("Sheet1!B2", "$B$2"),
    ],
)
def test_a_range_is_found_by_its_address(sheet: xw.Sheet, asked: object, address: str) -> None:
    assert sheet.range(asked).address == address


def test_a_range_lies_between_two_others(sheet: xw.Sheet) -> None:
    assert sheet.range("C3", (1, 1)).address == "$A$1:$C$3"


@pytest.mark.parametrize("asked", [(0, 1), (1, 0)])
def test_counting_starts_at_one(sheet: xw.Sheet, asked: tuple[int, int]) -> None:
    with pytest.raises(IndexError):
        sheet.range(asked)


def test_an_unknown_name_is_a_key_error(sheet: xw.Sheet) -> None:
    with pytest.raises(KeyError):
        sheet.range("NoSuchName")


def test_addresses_for_other_sheets_and_books(sheet: xw.Sheet) -> None:
    assert sheet["A1"].get_address(external=True) == f"[{sheet.book.name}]Sheet1!$A$1"
    sheet.name = "My sheet"
    assert sheet["A1"].get_address(external=True) == f"'[{sheet.book.name}]My sheet'!$A$1"
    assert sheet["A1:B2"].get_address(False, False) == "A1:B2"


def test_a_formula_is_calculated_and_given_back(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [1, 2]
    sheet["C1"].formula = '=IF(SUM(A1,B1)=3,"a,b","no")'
    assert sheet["C1"].formula == '=IF(SUM(A1,B1)=3,"a,b","no")'
    assert sheet["C1"].value == "a,b"


def test_one_formula_for_many_cells_moves_along(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, 2], [3, 4]]
    sheet["D1:E2"].formula = "=A1*10"
    assert sheet["D1:E2"].formula == (("=A1*10", "=B1*10"), ("=A2*10", "=B2*10"))
    assert sheet["D1:E2"].value == [[10.0, 20.0], [30.0, 40.0]]


def test_a_formula_for_many_cells_leaves_their_looks(sheet: xw.Sheet) -> None:
    sheet["B1"].font.bold = True
    sheet["B2"].color = (255, 0, 0)
    sheet["B1:B3"].formula = "=A1"
    assert (sheet["B2"].font.bold, sheet["B2"].color, sheet["B3"].font.bold) == (False, (255, 0, 0), False)


def test_a_formula_reaches_another_sheet(sheet: xw.Sheet) -> None:
    other = sheet.book.sheets.add("My sheet", after=sheet)
    other["B2"].value = 5
    sheet["A1"].formula = "='My sheet'!B2*2"
    assert sheet["A1"].value == 10.0
    assert sheet["A1"].formula == "='My sheet'!B2*2"


def test_an_array_formula_fills_its_range(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, 4], [2, 5]]
    sheet["D1:D2"].formula_array = "=A1:A2*B1:B2"
    assert sheet["D1:D2"].value == [4.0, 10.0]
    assert sheet["D1"].has_array
    assert not sheet["A1"].has_array


@pytest.mark.parametrize(
    ("start", "way", "there"),
    [("A1", "down", "$A$3"), ("A1", "right", "$C$1"), ("C3", "up", "$C$1"), ("C3", "l", "$A$3")],
)
def test_jumping_ends_at_the_edge_of_the_data(sheet: xw.Sheet, start: str, way: str, there: str) -> None:
    sheet["A1"].value = GRID
    assert sheet[start].end(way).address == there


def test_regions_expansion_and_used_range(sheet: xw.Sheet) -> None:
    sheet["B2"].value = GRID
    assert sheet["C3"].current_region.address == "$B$2:$D$4"
    assert sheet["B2"].expand().address == "$B$2:$D$4"
    assert sheet["B2"].expand("down").address == "$B$2:$B$4"
    assert sheet.used_range.address == "$B$2:$D$4"


def test_clearing_takes_contents_formats_or_both(sheet: xw.Sheet) -> None:
    def fill() -> None:
        sheet["A1"].value = 1
        sheet["A1"].color = (255, 0, 0)

    fill()
    sheet["A1"].clear_contents()
    assert (sheet["A1"].value, sheet["A1"].color) == (None, (255, 0, 0))
    fill()
    sheet["A1"].clear_formats()
    assert (sheet["A1"].value, sheet["A1"].color) == (1.0, None)
    fill()
    sheet["A1"].clear()
    assert (sheet["A1"].value, sheet["A1"].color) == (None, None)


@pytest.mark.parametrize("form", ["0.00", "@", "yyyy-mm-dd", "#,##0", "0%", 'yyyy"年"m"月"d"日"', "General"])
def test_a_number_format_is_given_back(sheet: xw.Sheet, form: str) -> None:
    sheet["A1:B2"].number_format = form
    assert sheet["A1:B2"].number_format == form


def test_different_number_formats_are_none(sheet: xw.Sheet) -> None:
    sheet["A1"].number_format = "0.00"
    assert sheet["A1:B1"].number_format is None


def test_a_number_format_that_is_none_is_refused(sheet: xw.Sheet) -> None:
    with pytest.raises(RefusedError) as refused:
        sheet["A1"].number_format = "[>"
    assert refused.value.problems[0].code == "bad_number_format"


@pytest.mark.parametrize("colour", [(30, 100, 200), "#1E64C8", 0xC8641E])
def test_a_fill_may_be_given_in_three_ways(sheet: xw.Sheet, colour: object) -> None:
    sheet["A1"].color = colour
    assert sheet["A1"].color == (30, 100, 200)
    sheet["A1"].color = None
    assert sheet["A1"].color is None


def test_many_cells_are_filled_each_its_own_way(sheet: xw.Sheet) -> None:
    sheet["A1:B1"].color = (1, 1, 1)
    sheet["A1:B2"].set_colors([[(9, 9, 9), ...], [None, "#0000FF"]])
    assert [cell.color for cell in sheet["A1:B2"]] == [(9, 9, 9), (1, 1, 1), None, (0, 0, 255)]


@pytest.mark.parametrize(
    ("name", "value"),
    [("bold", True), ("italic", True), ("size", 20.0), ("name", "Noto Serif CJK SC"), ("color", (1, 2, 3))],
)
def test_a_font_is_set_and_read(sheet: xw.Sheet, name: str, value: object) -> None:
    setattr(sheet["A1"].font, name, value)
    assert getattr(sheet["A1"].font, name) == value
    assert getattr(sheet["A1:A2"].font, name) is None


def test_a_font_counts_for_chinese_as_well(sheet: xw.Sheet) -> None:
    sheet["A1"].font.name = "Noto Serif CJK SC"
    assert sheet["A1"].api.CharFontNameAsian == "Noto Serif CJK SC"


def test_a_part_of_a_text_has_a_look_of_its_own(sheet: xw.Sheet) -> None:
    sheet["A1"].value = "重要线索"
    sheet["A1"].characters[:2].font.bold = True
    sheet["A1"].characters[-1].font.color = (255, 0, 0)
    letters = sheet["A1"].characters
    assert (letters.text, letters[:2].text, letters[2:][0].text) == ("重要线索", "重要", "线")
    assert (letters[:2].font.bold, letters[2:].font.bold, letters.font.bold) == (True, False, None)
    assert (letters[3].font.color, letters[2].font.color) == ((255, 0, 0), (0, 0, 0))
    with pytest.raises(ValueError, match="slice"):
        _ = letters[-2:]
    with pytest.raises(IndexError):
        _ = letters[4]


@pytest.mark.parametrize("word", ["general", "left", "center", "right", "justify", "fill"])
def test_cells_are_aligned_across(sheet: xw.Sheet, word: str) -> None:
    sheet["A1"].horizontal_alignment = word
    assert sheet["A1"].horizontal_alignment == word


@pytest.mark.parametrize("word", ["top", "center", "bottom", "justify"])
def test_cells_are_aligned_up_and_down(sheet: xw.Sheet, word: str) -> None:
    sheet["A1"].vertical_alignment = word
    assert sheet["A1"].vertical_alignment == word


def test_an_alignment_the_office_lacks_is_not_pretended(sheet: xw.Sheet) -> None:
    with pytest.raises(NotImplementedError):
        sheet["A1"].horizontal_alignment = "center_across_selection"


def test_text_is_wrapped(sheet: xw.Sheet) -> None:
    sheet["A1"].wrap_text = True
    assert sheet["A1"].wrap_text is True
    assert sheet["A1:A2"].wrap_text is None


@pytest.mark.parametrize("width", [0.5, 8.43, 10, 40])
def test_a_column_width_is_given_back_in_characters(sheet: xw.Sheet, width: float) -> None:
    sheet["A1:B2"].column_width = width
    assert sheet["A1:B2"].column_width == pytest.approx(width, abs=0.1)


def test_heights_positions_and_hidden_rows(sheet: xw.Sheet) -> None:
    sheet["A1:A2"].row_height = 30
    assert sheet["A1"].row_height == 30
    assert sheet["A3"].top == 60
    assert sheet["B1"].left == sheet["A1"].width
    sheet["A2"].rows.hidden = True
    assert (sheet["A2"].rows.hidden, sheet["A1"].rows.hidden, sheet["A1:A2"].rows.hidden) == (
        True,
        False,
        None,
    )
    sheet["B1"].columns.hidden = True
    assert (sheet["B1"].columns.hidden, sheet["A1:B1"].columns.hidden) == (True, None)


def test_columns_fit_what_they_hold(sheet: xw.Sheet) -> None:
    sheet["A1"].value = "a long text that needs room"
    before = sheet["A1"].column_width
    sheet["A1"].autofit()
    assert sheet["A1"].column_width > before


@pytest.mark.parametrize(("shift", "address"), [("down", "A2"), ("right", "B1")])
def test_inserting_a_cell_pushes_others_aside(sheet: xw.Sheet, shift: str, address: str) -> None:
    sheet["A1"].value = "x"
    sheet["A1"].insert(shift)
    assert (sheet["A1"].value, sheet[address].value) == (None, "x")


@pytest.mark.parametrize(("shift", "value"), [("up", "b"), ("left", 3.0)])
def test_deleting_a_cell_draws_others_in(sheet: xw.Sheet, shift: str, value: object) -> None:
    sheet["A1"].value = GRID
    sheet["A1"].delete(shift)
    assert sheet["A1"].value == value


def test_whole_rows_and_columns_are_inserted_and_deleted(sheet: xw.Sheet) -> None:
    sheet["A1"].value = GRID
    sheet["2:2"].insert("down")
    assert sheet["A1:A4"].value == ["a", None, "b", "c"]
    sheet["A:A"].delete()
    assert sheet["A1:A4"].value == [3.0, None, 1.0, 2.0]


def test_a_sheet_held_while_cells_are_deleted_still_reaches_all(sheet: xw.Sheet) -> None:
    sheet["A1"].value = GRID
    again = sheet.book.sheets[0]
    sheet["A1:B1"].delete("up")
    again["A9"].value = "x"
    sheet["C9"].value = "y"
    assert sheet["A9:C9"].value == ["x", None, "y"]


def test_a_range_is_copied_with_its_looks(sheet: xw.Sheet) -> None:
    sheet["A1"].value = "=1+1"
    sheet["A1"].color = (1, 2, 3)
    sheet["A1"].copy(sheet["C3"])
    assert (sheet["C3"].formula, sheet["C3"].color) == ("=1+1", (1, 2, 3))


def test_a_range_is_copied_to_another_book(sheet: xw.Sheet) -> None:
    other = sheet.book.app.books.add()
    sheet["A1:C3"].value = GRID
    sheet["A1:C3"].copy(other.sheets[0]["B2"])
    assert other.sheets[0]["B2:D4"].value == [["a", 3.0, "x"], ["b", 1.0, "y"], ["c", 2.0, "z"]]
    other.close()


def test_values_alone_are_pasted(sheet: xw.Sheet) -> None:
    sheet["A1"].formula = "=1+1"
    sheet["A1"].copy()
    assert sheet.book.app.cut_copy_mode == "copy"
    sheet["B1"].paste("values")
    assert sheet["B1"].formula == "2"
    sheet.book.app.cut_copy_mode = False
    with pytest.raises(RefusedError) as refused:
        sheet["C1"].paste()
    assert refused.value.problems[0].code == "nothing_copied"


@pytest.mark.parametrize(
    ("options", "values"),
    [
        ({"paste": "values", "operation": "add"}, [[11.0, 22.0], [10.0, 10.0]]),
        ({"paste": "values", "transpose": True}, [[1.0, 20.0], [2.0, 10.0]]),
        ({"paste": "formulas"}, [[1.0, 2.0], [10.0, 10.0]]),
        ({"paste": "formats"}, [[10.0, 20.0], [10.0, 10.0]]),
    ],
)
def test_copied_cells_are_pasted_in_special_ways(
    sheet: xw.Sheet, options: dict[str, object], values: list[list[float]]
) -> None:
    sheet["A1"].value = [1, "=A1*2"]
    sheet["D4"].value = [[10, 20], [10, 10]]
    sheet["C9"].select()
    sheet["A1:B1"].copy()
    sheet["D4"].paste(**options)
    assert sheet["D4:E5"].value == values
    assert sheet.book.app.selection.address == "$C$9"


def test_a_pasting_the_office_lacks_is_not_pretended(sheet: xw.Sheet) -> None:
    sheet["A1"].copy()
    with pytest.raises(NotImplementedError):
        sheet["B1"].paste("column_widths")


def test_formulas_follow_a_range_that_is_moved(sheet: xw.Sheet) -> None:
    sheet["A1"].value = 5
    sheet["B1"].formula = "=A1"
    sheet["A1"].move(sheet["D4"])
    assert (sheet["B1"].formula, sheet["A1"].value) == ("=D4", None)


def test_cells_are_filled_on(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1], [2]]
    sheet["A1:A2"].autofill(sheet["A1:A5"])
    assert sheet["A1:A5"].value == [1.0, 2.0, 3.0, 4.0, 5.0]
    sheet["B1"].value = "x"
    sheet["B1"].autofill(sheet["B1:B3"], "fill_copy")
    assert sheet["B1:B3"].value == ["x", "x", "x"]


def test_cells_are_merged_and_parted(sheet: xw.Sheet) -> None:
    sheet["A1:B2"].merge()
    assert (sheet["A1"].merge_cells, sheet["B2"].merge_area.address) == (True, "$A$1:$B$2")
    sheet["A1:B2"].unmerge()
    assert not sheet["A1"].merge_cells
    sheet["A1:B2"].merge(across=True)
    assert sheet["A1"].merge_area.address == "$A$1:$B$1"


def test_rows_are_sorted_with_their_looks(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["Name", "No."], ["b", 1], ["a", 1], ["c", 0]]
    sheet["A2"].color = (255, 0, 0)
    sheet["A1:B4"].sort([2, 1], [False, True], has_headers=True)
    assert sheet["A1:A4"].value == ["Name", "a", "b", "c"]
    assert sheet["A3"].color == (255, 0, 0)


@pytest.mark.parametrize(
    ("options", "address"),
    [
        ({}, "$A$1"),
        ({"direction": "backward"}, "$B$3"),
        ({"whole": True}, "$B$1"),
        ({"match_case": True, "whole": True}, "$B$3"),
        ({"order": "columns", "whole": True}, "$A$2"),
    ],
)
def test_a_text_is_found(sheet: xw.Sheet, options: dict[str, object], address: str) -> None:
    sheet["A1"].value = [["a needle", "NEEDLE"], ["Needle", "x"], ["x", "needle"]]
    assert sheet["A1:B3"].find("needle", **options).address == address
    assert sheet["A1:B3"].find("absent") is None


def test_texts_are_replaced_in_values_and_formulas(sheet: xw.Sheet) -> None:
    sheet["A1"].value = ["cat", "catfish", '="cat"&1']
    sheet["A1:C1"].replace_all("cat", "dog")
    assert sheet["A1:C1"].value == ["dog", "dogfish", "dog1"]


@pytest.mark.parametrize(
    ("kind", "value", "addresses"),
    [
        ("constants", "numbers", ["$A$1"]),
        ("constants", "text", ["$B$1"]),
        ("constants", "logical", ["$C$1"]),
        ("formulas", "text", ["$A$2"]),
        ("formulas", "errors", ["$B$2"]),
        ("blanks", None, ["$C$2"]),
    ],
)
def test_cells_of_a_kind_are_found(
    sheet: xw.Sheet, kind: str, value: str | None, addresses: list[str]
) -> None:
    sheet["A1"].value = [[1, "x", True], ['="x"', "=1/0", None]]
    assert [area.address for area in sheet["A1:C2"].get_special_cells(kind, value)] == addresses


def test_one_cell_alone_is_looked_at_alone(sheet: xw.Sheet) -> None:
    sheet["B2:C2"].value = [1, None]
    assert sheet["B2"].get_special_cells("blanks") == []
    assert sheet["C2"].get_special_cells("constants") == []


def test_double_rows_are_taken_out_of_the_range_alone(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["Name", 1], ["a", 2], ["A", 3], ["b", 4], ["a", 5]]
    sheet["A1:A5"].remove_duplicates(1, has_headers=True)
    assert sheet["A1:B5"].value == [["Name", 1.0], ["a", 2.0], ["b", 3.0], [None, 4.0], [None, 5.0]]


def test_a_link_is_written_and_read(sheet: xw.Sheet) -> None:
    sheet["A1"].add_hyperlink("https://example.org/", "a page")
    assert (sheet["A1"].hyperlink, sheet["A1"].value) == ("https://example.org/", "a page")
    with pytest.raises(RefusedError) as refused:
        _ = sheet["B1"].hyperlink
    assert refused.value.problems[0].code == "no_hyperlink"


def test_notes_are_added_changed_and_taken_off(sheet: xw.Sheet) -> None:
    sheet["B2"].add_note("first")
    sheet["B2"].note.text = "second"
    assert (sheet["B2"].note.text, len(sheet.notes), sheet["A1"].note) == ("second", 1, None)
    assert sheet.notes[0].location.address == "$B$2"
    sheet["B2"].note.delete()
    assert sheet["B2"].note is None


def test_rows_and_columns_are_grouped(sheet: xw.Sheet) -> None:
    sheet["2:3"].group()
    sheet["2:3"].ungroup()
    sheet["A1"].adjust_indent(2)
    assert sheet["A1"].api.ParaIndent > 0


def test_a_range_is_printed(sheet: xw.Sheet, tmp_path: Path) -> None:
    sheet["A1"].value = GRID
    sheet["A1:C3"].to_pdf(tmp_path / "range.pdf")
    assert (tmp_path / "range.pdf").read_bytes().startswith(b"%PDF")


def test_a_hidden_row_has_no_height_and_a_column_without_width_is_hidden(sheet):
    sheet["A2"].impl.row_hidden = True
    assert (sheet["A2"].row_height, sheet["A1:A3"].row_height) == (0, None)
    sheet["B1:C1"].column_width = 0
    assert sheet["C1"].impl.column_hidden
    sheet["B1"].column_width = 10
    assert not sheet["B1"].impl.column_hidden
