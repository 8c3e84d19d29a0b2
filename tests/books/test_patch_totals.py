"""Rows appended to a table that a totals row closes."""

import re

import pytest
from test_patch_tables import refused, with_chain

from workbooks import HEADS, ROWS, SHEET, altered, append, made, members, new, replaced, sheet


def totalled(fill_more=lambda workbook, sheet: None, function="sum") -> bytes:
    """A table from B3 whose totals row is row 7, with a format and a drop-down on its data."""

    def fill(workbook):
        sheet = workbook.add_worksheet("台账")
        columns = [{"header": head} for head in HEADS]
        columns[0]["total_string"], columns[3]["total_function"] = "合计", function
        sheet.add_table(2, 1, 6, 5, {"name": "Clues", "columns": columns, "total_row": True})
        for at, row in enumerate(ROWS, start=3):
            sheet.write(at, 1, row[0])
            sheet.write(at, 4, row[3])
        sheet.write(6, 7, "旁")
        sheet.conditional_format("E4:E6", {"type": "data_bar"})
        sheet.data_validation("C4:C6", {"validate": "list", "source": ["甲"]})
        fill_more(workbook, sheet)

    return made(fill)


def test_a_totals_row_moves_down_and_what_stands_beside_it_stays(tmp_path):
    ledger = append(tmp_path, with_chain(totalled()), new(("XS-8", None, None, 8)), new(("XS-9",)))
    cells = sheet(ledger)
    assert [cells.cell(row, 2).value for row in range(4, 10)] == [
        "XS-1",
        "XS-2",
        "XS-3",
        "XS-8",
        "XS-9",
        "合计",
    ]
    assert cells["E9"].value == "=SUBTOTAL(109,[天数])"
    assert cells["H7"].value == "旁"
    table = cells.tables["Clues"]
    assert (table.ref, table.autoFilter.ref, table.totalsRowCount) == ("B3:F9", "B3:F8", 1)
    assert {str(formats.sqref) for formats in cells.conditional_formatting} == {"E4:E8"}
    assert {str(choice.sqref) for choice in cells.data_validations.dataValidation} == {"C4:C8"}
    assert sheet(ledger, values=True)["E9"].value is None
    assert "xl/calcChain.xml" not in members(ledger.path)
    assert [row[0] for row in ledger.grid("Clues").rows] == ["XS-1", "XS-2", "XS-3", "XS-8", "XS-9"]
    ledger.write([], [new(("XS-10",))])
    assert sheet(ledger)["B10"].value == "合计"


def test_a_blank_row_above_the_totals_is_filled_without_moving_them(tmp_path):
    content = altered(totalled(), {SHEET: lambda data: re.sub(rb'<row r="6".*?</row>', b"", data)})
    ledger = append(tmp_path, content, new(("XS-9",)))
    assert (sheet(ledger)["B6"].value, sheet(ledger)["B7"].value) == ("XS-9", "合计")
    assert sheet(ledger).tables["Clues"].ref == "B3:F7"


IN_THE_WAY = {
    "a formula on the sheet": lambda workbook, sheet: sheet.write_formula("H1", "=E7*2"),
    "a formula on another sheet": lambda workbook, sheet: workbook.add_worksheet("乙").write_formula(
        "A1", "=台账!$E$7"
    ),
    "a formula over more": lambda workbook, sheet: sheet.write_formula("H1", "=SUM(E4:E9)"),
    "a formula over rows": lambda workbook, sheet: sheet.write_formula("H1", "=SUM(7:7)"),
    "a name": lambda workbook, sheet: workbook.define_name("Sum", "=台账!$E$7"),
    "a note": lambda workbook, sheet: sheet.write_comment("E7", "?"),
    "a link": lambda workbook, sheet: sheet.write_url("F7", "internal:台账!A1"),
}


@pytest.mark.parametrize("what", IN_THE_WAY)
def test_a_totals_row_that_something_names_is_not_moved(tmp_path, what):
    assert refused(tmp_path, totalled(IN_THE_WAY[what])) == "table_has_totals"


def test_merged_totals_are_not_moved(tmp_path):
    merged = '</sheetData><mergeCells count="1"><mergeCell ref="C7:D7"/></mergeCells>'
    assert (
        refused(tmp_path, altered(totalled(), {SHEET: replaced("</sheetData>", merged)}))
        == "table_has_totals"
    )


def test_totals_over_cells_that_are_named_one_by_one_are_not_moved(tmp_path):
    content = altered(totalled(), {SHEET: replaced("SUBTOTAL(109,[天数])", "SUM(E4:E6)")})
    assert refused(tmp_path, content) == "table_has_totals"


def test_totals_are_not_moved_over_what_stands_below(tmp_path):
    content = totalled(lambda workbook, sheet: sheet.write("C8", "x"))
    assert refused(tmp_path, content) == "rows_below_taken"


@pytest.mark.parametrize(
    "formula", ["=SUM(E4:E6)", "=Clues[[#Totals],[天数]]", '=IF(A1="E7",109,7)', "=SUM(A:A)", "=乙!E7"]
)
def test_a_formula_that_does_not_name_the_totals_by_their_row_is_in_nobodys_way(tmp_path, formula):
    def fill(workbook, sheet):
        workbook.add_worksheet("乙")
        sheet.write_formula("H1", formula)

    assert sheet(append(tmp_path, totalled(fill)))["B8"].value == "合计"
