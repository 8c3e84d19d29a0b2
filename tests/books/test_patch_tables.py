"""Rows appended to a table: where they go, what grows with it, what stops it."""

import re
from datetime import date

import openpyxl
import pytest

from cluebook.errors import RefusedError
from cluebook.ledger.book import NewRow
from workbooks import (
    HEADS,
    ROWS,
    SHEET,
    TABLE,
    altered,
    append,
    made,
    members,
    new,
    opened,
    replaced,
    sheet,
    simple,
)


def refused(folder, content) -> str:
    before = content
    with pytest.raises(RefusedError) as error:
        append(folder, content)
    assert (folder / "ledger.xlsx").read_bytes() == before
    return error.value.problems[0].code


def rich() -> bytes:
    """A table with drop-downs, formats, names and a print area that reach its last row."""

    def fill(workbook):
        sheet = workbook.add_worksheet("台 账")
        red, day = (
            workbook.add_format({"bg_color": "#FFC7CE"}),
            workbook.add_format({"num_format": "yyyy-mm-dd"}),
        )
        sheet.add_table(0, 0, 3, 4, {"name": "Clues", "columns": [{"header": head} for head in HEADS]})
        for at, row in enumerate(ROWS, start=1):
            for column, value in enumerate(row):
                sheet.write(at, column, value, day if isinstance(value, date) else None)
        sheet.conditional_format("D2:D4", {"type": "cell", "criteria": ">", "value": 3, "format": red})
        sheet.conditional_format("A2:E4", {"type": "formula", "criteria": "=$E2", "format": red})
        sheet.conditional_format("D2:D4", {"type": "data_bar", "data_bar_2010": True})
        sheet.conditional_format("G1:G4", {"type": "duplicate", "format": red})
        sheet.conditional_format("D4", {"type": "blanks", "format": red})
        sheet.data_validation("B2:B4", {"validate": "list", "source": ["甲", "乙"]})
        sheet.data_validation("E2:E3", {"validate": "list", "source": ["是"]})
        sheet.print_area("A1:E4")
        workbook.define_name("Titles", "='台 账'!$B$2:$B$4")
        workbook.define_name("Fixed", "='台 账'!$B$2:$B$3")
        sheet.set_column("A:A", 20, workbook.add_format({"italic": True}))
        sheet.set_row(3, 33)

    return made(fill)


def test_everything_that_covers_the_table_grows_with_it(tmp_path):
    ledger = append(tmp_path, rich(), new(), new())

    cells = sheet(ledger)
    assert cells.tables["Clues"].ref == "A1:E6"
    assert cells.tables["Clues"].autoFilter.ref == "A1:E6"
    ranges = {str(formats.sqref) for formats in cells.conditional_formatting}
    assert ranges == {"D2:D6", "A2:E6", "G1:G4", "D4"}
    assert {str(choice.sqref) for choice in cells.data_validations.dataValidation} == {"B2:B6", "E2:E3"}
    assert b"<xm:sqref>D2:D6</xm:sqref>" in members(ledger.path)[SHEET]
    names = re.findall(r"<definedName [^>]*>([^<]*)<", members(ledger.path)["xl/workbook.xml"].decode())
    assert sorted(names) == ["'台 账'!$A$1:$E$6", "'台 账'!$B$2:$B$3", "'台 账'!$B$2:$B$6"]


def charted() -> bytes:
    """A table whose columns a chart on another sheet shows, under a title that needs quotes and escapes."""

    def fill(workbook):
        sheet = workbook.add_worksheet("甲 & 乙's")
        sheet.add_table(0, 0, 3, 4, {"name": "Clues", "columns": [{"header": head} for head in HEADS]})
        for at, row in enumerate(ROWS, start=1):
            sheet.write_row(at, 0, row[:2])
        other = workbook.add_worksheet("图表")
        chart = workbook.add_chart({"type": "column"})
        for ref in ("$D$2:$D$4", "$E$2:$E$3", "$D$3:$D$4", "$G$2:$G$4"):
            chart.add_series({"values": f"={ON}{ref}", "categories": "=图表!$A$2:$A$4"})
        other.insert_chart("B2", chart)
        workbook.define_name("Both", f"={ON}$A$2:$A$4,{ON}$C$1:$C$4,图表!$A$2:$A$4")
        workbook.define_name("Inner", f"=SUM({ON}$D$2:$D$4)*COUNT({ON}$D$2:$D$40)")

    return made(fill)


ON = "'甲 & 乙''s'!"


def test_a_chart_shows_the_new_rows_of_the_columns_that_it_showed_whole(tmp_path):
    chart = members(append(tmp_path, charted(), new(), new()).path)["xl/charts/chart1.xml"].decode()
    shown = [
        ref.replace("&amp;", "&").removeprefix(ON) for ref in re.findall(r"<c:val>.*?<c:f>([^<]*)<", chart)
    ]
    assert shown == ["$D$2:$D$6", "$E$2:$E$3", "$D$3:$D$4", "$G$2:$G$4"]
    assert set(re.findall(r"<c:cat>.*?<c:f>([^<]*)<", chart)) == {"图表!$A$2:$A$4"}


def test_a_name_grows_wherever_in_it_a_column_stands_whole(tmp_path):
    names = opened(append(tmp_path, charted(), new(), new())).defined_names
    assert names["Both"].value == f"{ON}$A$2:$A$6,{ON}$C$1:$C$6,图表!$A$2:$A$4"
    assert names["Inner"].value == f"SUM({ON}$D$2:$D$6)*COUNT({ON}$D$2:$D$40)"


PIVOT = "xl/pivotCache/pivotCacheDefinition1.xml"


@pytest.mark.parametrize(
    ("source", "grown"),
    [
        ('ref="B3:F6" sheet="台账"', 'ref="B3:F7" sheet="台账"'),
        ('sheet="台账" ref="$B$3:$F$6"', 'sheet="台账" ref="$B$3:$F$7"'),
        ('ref="B3:F5" sheet="台账"', 'ref="B3:F5" sheet="台账"'),
        ('ref="B3:F6" sheet="别处"', 'ref="B3:F6" sheet="别处"'),
        ('name="Clues"', 'name="Clues"'),
    ],
)
def test_a_pivot_table_takes_in_the_new_rows_of_a_table_that_it_took_in_whole(tmp_path, source, grown):
    cache = "<pivotCacheDefinition><cacheSource><worksheetSource {}/></cacheSource></pivotCacheDefinition>"
    ledger = append(tmp_path, altered(simple(), {PIVOT: cache.format(source).encode()}))
    assert members(ledger.path)[PIVOT].decode() == cache.format(grown)


def test_a_new_row_takes_the_formats_and_the_set_height_of_the_row_above(tmp_path):
    ledger = append(tmp_path, rich(), new(("XS-9", "新", date(2026, 2, 3), 1, True)))
    cells = sheet(ledger)
    assert cells.row_dimensions[5].height == 33
    assert cells["A5"].font.i

    ledger.write([], [new(("XS-10",))])
    assert cells["C5"].number_format == "yyyy-mm-dd"
    assert sheet(ledger)["C6"].number_format == "yyyy-mm-dd"


def test_the_blank_row_of_a_new_table_is_filled_first(tmp_path):
    ledger = append(tmp_path, simple(rows=()), new(("XS-1",)), new(("XS-2",)))
    assert [row[0] for row in ledger.grid("Clues").rows] == ["XS-1", "XS-2"]
    assert sheet(ledger).tables["Clues"].ref == "B3:F5"


def test_blank_rows_at_the_end_of_a_table_are_filled_before_it_grows(tmp_path):
    ledger = append(tmp_path, simple(rows=(*ROWS, (None,) * 5, (None,) * 5)), new())
    assert sheet(ledger).tables["Clues"].ref == "B3:F8"
    assert sheet(ledger)["B7"].value == "XS-9"


def calculated(rows=ROWS) -> bytes:
    formula = '=IF(Clues[[#This Row],[编号]]="","",LEN(Clues[[#This Row],[标题]]))'

    def fill(workbook):
        sheet = workbook.add_worksheet("台账")
        columns = [{"header": head} for head in HEADS]
        columns[3]["formula"] = formula
        sheet.add_table(0, 0, max(len(rows), 1), 4, {"name": "Clues", "columns": columns})
        for at in range(max(len(rows), 1)):
            sheet.write_formula(at + 1, 3, formula, None, "")
        for at, row in enumerate(rows, start=1):
            sheet.write(at, 0, row[0])
            sheet.write(at, 1, row[1])

    return made(fill)


def test_a_calculated_column_is_filled_in_a_new_row(tmp_path):
    ledger = append(tmp_path, calculated(), new(("XS-9", "新")))
    assert sheet(ledger)["D5"].value == sheet(ledger)["D4"].value


def test_a_value_for_a_calculated_column_takes_the_place_of_its_formula(tmp_path):
    ledger = append(tmp_path, calculated(), new(("XS-9", "新", None, 7)))
    assert sheet(ledger)["D5"].value == 7


def test_a_blank_row_with_nothing_but_its_formulas_is_filled_and_keeps_them(tmp_path):
    ledger = append(tmp_path, calculated(rows=()), new(("XS-1", "一")), new(("XS-2", "二")))
    cells = sheet(ledger)
    assert [cells["A2"].value, cells["A3"].value] == ["XS-1", "XS-2"]
    assert cells["D2"].value == cells["D3"].value
    assert cells["D2"].value.startswith("=IF")


def test_the_workbook_is_calculated_anew_when_excel_opens_it(tmp_path):
    ledger = append(tmp_path, calculated())
    assert opened(ledger).calculation.fullCalcOnLoad


def test_calculation_is_asked_for_where_the_workbook_says_nothing_of_it(tmp_path):
    bare = altered(simple(), {"xl/workbook.xml": lambda data: re.sub(rb"<calcPr[^>]*/>", b"", data)})
    ledger = append(tmp_path, bare)
    assert opened(ledger).calculation.fullCalcOnLoad
    assert re.search(rb"</sheets>\s*<calcPr", members(ledger.path)["xl/workbook.xml"])


def with_chain(content: bytes) -> bytes:
    relation = (
        '<Relationship Id="rIdC" Target="calcChain.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"/></Relationships>'
    )
    override = (
        '<Override PartName="/xl/calcChain.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/></Types>'
    )
    chain = b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="D2" i="1"/></calcChain>'
    return altered(
        content,
        {"xl/_rels/workbook.xml.rels": replaced("</Relationships>", relation),
         "[Content_Types].xml": replaced("</Types>", override), "xl/calcChain.xml": chain},
    )  # fmt: skip


def test_the_chain_of_calculation_goes_when_a_formula_comes_or_goes(tmp_path):
    found = members(append(tmp_path, with_chain(calculated())).path)
    assert "xl/calcChain.xml" not in found
    assert b"calcChain" not in found["[Content_Types].xml"]
    assert b"calcChain" not in found["xl/_rels/workbook.xml.rels"]


def test_the_chain_of_calculation_stays_when_only_values_change(tmp_path):
    ledger = append(tmp_path, with_chain(simple()))
    assert "xl/calcChain.xml" in members(ledger.path)


@pytest.mark.parametrize("below", ['<c r="C7"><v>1</v></c>', '<c r="F7"><f>1+1</f></c>'])
def test_what_stands_below_a_table_is_never_covered(tmp_path, below):
    content = altered(simple(), {SHEET: replaced("</sheetData>", f'<row r="7">{below}</row></sheetData>')})
    assert refused(tmp_path, content) == "rows_below_taken"


def test_what_stands_beside_the_new_rows_is_kept(tmp_path):
    beside = '<row r="7"><c r="A7"><v>1</v></c><c r="C7" s="1"/><c r="H7"><v>2</v></c></row></sheetData>'
    ledger = append(tmp_path, altered(simple(), {SHEET: replaced("</sheetData>", beside)}))
    assert [cell.value for cell in sheet(ledger)[7]][:8] == [1, "XS-9", "新", None, None, None, None, 2]


def test_a_table_does_not_grow_into_another(tmp_path):
    def fill(workbook):
        sheet = workbook.add_worksheet("台账")
        sheet.add_table(0, 0, 1, 1, {"name": "Clues", "columns": [{"header": "编号"}, {"header": "标题"}]})
        sheet.write(1, 0, "XS-1")
        sheet.add_table(2, 1, 4, 2, {"name": "Other", "header_row": False})

    assert refused(tmp_path, made(fill)) == "rows_below_taken"


def test_two_tables_side_by_side_take_rows_in_one_go(tmp_path):
    def fill(workbook):
        sheet = workbook.add_worksheet("台账")
        for left, name in ((0, "Left"), (3, "Right")):
            sheet.add_table(
                0, left, 1, left + 1, {"name": name, "columns": [{"header": "a"}, {"header": "b"}]}
            )
            sheet.write_row(1, left, [name, 1])

    ledger = append(
        tmp_path,
        made(fill),
        NewRow("Left", {"a": "l"}),
        NewRow("Right", {"b": 2}),
        NewRow("Right", {"a": "r"}),
    )
    assert ledger.grid("Left").rows == (("Left", 1), ("l", None))
    assert ledger.grid("Right").rows == (("Right", 1), (None, 2), ("r", None))


def test_a_full_sheet_is_refused(tmp_path):
    content = altered(simple(rows=ROWS[:1]), {
        SHEET: replaced('<row r="4"', '<row r="1048576"'), TABLE: replaced("B3:F4", "B1048575:F1048576"),
    })  # fmt: skip
    content = altered(content, {SHEET: lambda data: re.sub(rb'r="([B-F])4"', rb'r="\g<1>1048576"', data)})
    assert refused(tmp_path, content) == "sheet_full"


def test_rows_go_to_a_table_without_a_header(tmp_path):
    bare = altered(
        simple(),
        {
            TABLE: lambda data: data.replace(b"<table ", b'<table headerRowCount="0" ').replace(
                b"B3:F6", b"B4:F6"
            )
        },
    )
    ledger = append(tmp_path, bare)
    assert ledger.grid("Clues").first == 4
    assert ledger.grid("Clues").rows[3][0] == "XS-9"


def test_many_rows_are_read_back_by_another_library(tmp_path):
    rows = [new((f"XS-{n}", f"标题{n}", date(2026, 1, 1), n, n % 2 == 0)) for n in range(500)]
    ledger = append(tmp_path, simple(), *rows)
    found = openpyxl.load_workbook(ledger.path).worksheets[0]
    assert found.max_row == 506
    assert [found.cell(506, column).value for column in (2, 3, 5, 6)] == ["XS-499", "标题499", 499, False]
