"""Tables: how they grow, and how rows and columns come and go."""

from __future__ import annotations

import pytest
import xlwings as xw

pytestmark = pytest.mark.office


@pytest.fixture
def table(sheet: xw.Sheet) -> xw.main.Table:
    """A table of two columns and two rows at B2."""
    sheet["B2"].value = [["Item", "Amount"], ["first", 10], ["second", 20]]
    return sheet.tables.add(sheet["B2:C4"], name="Clues")


def test_a_table_knows_its_parts(sheet: xw.Sheet, table: xw.main.Table) -> None:
    assert table.range.address == "$B$2:$C$4"
    assert table.header_row_range.value == ["Item", "Amount"]
    assert table.data_body_range.address == "$B$3:$C$4"
    assert (table.totals_row_range, table.insert_row_range) == (None, None)
    assert (table.show_headers, table.show_totals, table.show_autofilter) == (True, False, True)
    assert (len(sheet.tables), sheet.tables[0].name, "clues" in sheet.tables) == (1, "Clues", True)
    assert sheet["C3"].table.name == "Clues"
    assert sheet["D3"].table is None


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("Clues", "$B$3:$C$4"),
        ("Clues[Amount]", "$C$3:$C$4"),
        ("Clues[#All]", "$B$2:$C$4"),
        ("Clues[#Headers]", "$B$2:$C$2"),
    ],
)
def test_a_range_is_found_through_its_table(
    sheet: xw.Sheet, table: xw.main.Table, asked: str, address: str
) -> None:
    assert sheet[asked].address == address
    assert table.name == "Clues"


def test_an_unnamed_table_gets_the_next_name(sheet: xw.Sheet) -> None:
    sheet["A1"].value = ["a", None]
    table = sheet.tables.add(sheet["A1:B1"])
    assert table.name.startswith("Table")
    assert table.header_row_range.value == ["a", "Column2"]
    assert table.insert_row_range.address == "$A$2:$B$2"
    assert table.data_body_range is None


def test_a_table_without_headers_gets_a_row_for_them(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, 2], [3, 4]]
    table = sheet.tables.add(sheet["A1:B2"], has_headers=False)
    assert table.header_row_range.value == ["Column1", "Column2"]
    assert table.data_body_range.value == [[1.0, 2.0], [3.0, 4.0]]


@pytest.mark.parametrize(
    ("cell", "value", "address"),
    [
        ("B5", ["third", 30], "$B$2:$C$5"),
        ("B5", [["third", 30], ["fourth", 40]], "$B$2:$C$6"),
        ("C5", 30, "$B$2:$C$5"),
        ("D2", "Note", "$B$2:$D$4"),
        ("D3", "x", "$B$2:$D$4"),
        ("B6", "apart", "$B$2:$C$4"),
        ("E2", "apart", "$B$2:$C$4"),
        ("A3", "left", "$B$2:$C$4"),
        ("A5", ["wider", 1], "$B$2:$C$4"),
        ("D5", "corner", "$B$2:$C$4"),
    ],
)
def test_a_table_takes_in_what_touches_it(
    sheet: xw.Sheet, table: xw.main.Table, cell: str, value: object, address: str
) -> None:
    sheet[cell].value = value
    assert table.range.address == address


def test_a_table_does_not_grow_into_another(sheet: xw.Sheet, table: xw.main.Table) -> None:
    sheet["D2"].value = [["Beside", "x"], ["y", 1]]
    beside = sheet.tables.add(sheet["F2:G4"], name="Beside")
    table.resize(sheet["B2:E4"])
    sheet["F3"].value = "within the other"
    sheet["A1:G1"].value = "above"
    assert (table.range.address, beside.range.address) == ("$B$2:$E$4", "$F$2:$G$4")


def test_a_new_column_is_named(sheet: xw.Sheet, table: xw.main.Table) -> None:
    sheet["D3"].value = "x"
    assert table.header_row_range.value == ["Item", "Amount", "Column3"]


def test_a_table_with_totals_does_not_grow(sheet: xw.Sheet, table: xw.main.Table) -> None:
    table.show_totals = True
    sheet["B6"].value = "below"
    assert table.range.address == "$B$2:$C$5"


def test_formulas_are_continued_in_rows_that_are_added(sheet: xw.Sheet, table: xw.main.Table) -> None:
    sheet["D2"].value = "Double"
    sheet["D3:D4"].formula = "=[@Amount]*2"
    sheet["B5"].value = ["third", 30]
    table.rows.add()
    sheet["C6"].value = 40
    assert sheet["D3:D6"].value == [20.0, 40.0, 60.0, 80.0]


def test_totals_sum_what_is_seen(sheet: xw.Sheet, table: xw.main.Table) -> None:
    table.show_totals = True
    assert table.totals_row_range.value == ["Total", 30.0]
    assert table.totals_row_range(2).formula == "=SUBTOTAL(109,Clues[Amount])"
    table.show_totals = False
    assert (table.totals_row_range, sheet["B5:C5"].value) == (None, [None, None])


def test_rows_are_appended_inserted_and_deleted(sheet: xw.Sheet, table: xw.main.Table) -> None:
    sheet["B5"].insert("down")
    sheet["B7"].value = "below"
    assert table.rows.add(["third", 30]).index == 3
    assert table.rows.add(["zeroth", 0], index=1).range.address == "$B$3:$C$3"
    assert table.data_body_range.value == [
        ["zeroth", 0.0],
        ["first", 10.0],
        ["second", 20.0],
        ["third", 30.0],
    ]
    table.rows[1].delete()
    assert [row.range.value[0] for row in table.rows] == ["zeroth", "second", "third"]
    assert "below" in sheet["B1:B12"].value


def test_the_last_row_is_emptied_and_used_again(sheet: xw.Sheet, table: xw.main.Table) -> None:
    table.rows[0].delete()
    table.rows[0].delete()
    assert (len(table.rows), table.data_body_range, table.insert_row_range.address) == (0, None, "$B$3:$C$3")
    table.rows.add(["only", 1])
    assert table.data_body_range.value == ["only", 1.0]
    assert sheet["B4"].value is None


def test_columns_are_added_and_deleted(sheet: xw.Sheet, table: xw.main.Table) -> None:
    sheet["E3"].value = "beside"
    table.columns.add("Note", index=2)
    table.columns.add("Last")
    assert [column.name for column in table.columns] == ["Item", "Note", "Amount", "Last"]
    assert table.columns["Amount"].data_body_range.value == [10.0, 20.0]
    table.columns["Note"].delete()
    assert [column.name for column in table.columns] == ["Item", "Amount", "Last"]
    assert table.range.address == "$B$2:$D$4"
    assert "beside" in sheet["A3:J3"].value


def test_a_table_is_resized_renamed_and_sorted(sheet: xw.Sheet, table: xw.main.Table) -> None:
    table.resize(sheet["B2:D5"])
    assert table.range.address == "$B$2:$D$5"
    assert table.columns[2].name == "Column3"
    table.resize(sheet["B2:C4"])
    table.name = "Tips"
    assert sheet.tables["Tips"].range.address == "$B$2:$C$4"
    table.sort(2, ascending=False)
    assert table.columns["Item"].data_body_range.value == ["second", "first"]


def test_headers_and_filters_are_hidden(sheet: xw.Sheet, table: xw.main.Table) -> None:
    table.show_headers = False
    assert (table.header_row_range, table.range.address) == (None, "$B$3:$C$4")
    table.show_headers = True
    assert table.range.address == "$B$2:$C$4"
    table.show_autofilter = False
    assert not table.show_autofilter
    assert sheet["B2"].value == "Item"


def test_a_style_the_office_lacks_is_not_pretended(table: xw.main.Table) -> None:
    assert table.table_style is None
    with pytest.raises(NotImplementedError):
        table.table_style = "TableStyleMedium1"
