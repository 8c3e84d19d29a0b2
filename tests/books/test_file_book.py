"""The closed workbook as a book: what it reads, where rows and columns lie, and which ledger a command takes."""

import shutil
import subprocess
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from cluebook.books import deflate
from cluebook.books.build import build_ledger
from cluebook.books.cells import value_of
from cluebook.books.file import FileBook
from cluebook.books.find import find
from cluebook.errors import ChangedError, RefusedError, SchemaError, UsageError
from cluebook.ledger.book import CellEdit, NewRow
from workbooks import HEADS, ROWS, SHEET, altered, book, edit, made, new, replaced, sheet, simple


def test_a_table_is_read_from_its_own_rectangle(tmp_path):
    grid = book(tmp_path, simple()).grid("Clues")
    assert (grid.sheet, grid.header, grid.first) == ("台账", HEADS, 4)
    assert grid.rows == ROWS
    assert [row for row, _ in grid.lines()] == [4, 5, 6]


def around(workbook):
    """A table in the middle of a sheet with notes on every side."""
    sheet = workbook.add_worksheet("台账")
    sheet.write("A1", "a note above")
    sheet.write("Z9", "a note beside")
    sheet.write("A40", "a note below")
    sheet.add_table("D10:E12", {"name": "Clues", "columns": [{"header": "编号"}, {"header": "标题"}]})
    sheet.write_row("D11", ["XS-1", "一"])
    sheet.write_row("D12", ["XS-2", "二"])


def alone(workbook):
    """A table whose left column and first rows are blank, so that a reader may trim them."""
    sheet = workbook.add_worksheet("台账")
    sheet.add_table("D10:F14", {"name": "Clues", "header_row": False})
    sheet.write("F12", "x")


def test_notes_around_a_table_are_not_read(tmp_path):
    assert book(tmp_path, made(around)).grid("Clues").rows == (("XS-1", "一"), ("XS-2", "二"))


def test_blank_first_columns_and_rows_do_not_shift_the_others(tmp_path):
    grid = book(tmp_path, made(alone)).grid("Clues")
    assert grid.first == 10
    assert grid.rows == ((None,) * 3, (None,) * 3, (None, None, "x"))


def test_trailing_blank_rows_are_no_rows(tmp_path):
    assert book(tmp_path, simple(rows=())).grid("Clues").rows == ()
    assert book(tmp_path, simple(rows=(*ROWS, (None,) * 5))).grid("Clues").rows == ROWS


def test_a_totals_row_is_no_row(tmp_path):
    assert book(tmp_path, simple(rows=(*ROWS, ("合计",)), total_row=1)).grid("Clues").rows == ROWS


def test_an_empty_sheet_under_a_table_has_no_rows(tmp_path):
    bare = altered(
        simple(rows=()),
        {SHEET: lambda data: data[: data.index(b"<sheetData>")] + b"<sheetData/></worksheet>"},
    )
    assert book(tmp_path, bare).grid("Clues").rows == ()


def test_values_come_as_what_they_are(tmp_path):
    def fill(workbook):
        sheet = workbook.add_worksheet("台账")
        sheet.add_table(0, 0, 1, 8, {"name": "Clues"})
        forms = [
            workbook.add_format({"num_format": code})
            for code in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm", "[h]:mm", "0.00%")
        ]
        sheet.write(1, 0, 3.0)
        sheet.write(1, 1, 3.25)
        sheet.write(1, 2, 46_023, forms[0])
        sheet.write(1, 3, 46_023.5, forms[1])
        sheet.write(1, 4, 0.25, forms[2])
        sheet.write(1, 5, 1.5, forms[3])
        sheet.write(1, 6, 0.5, forms[4])
        sheet.write_formula(1, 7, "=1/0", None, "#DIV/0!")
        sheet.write_boolean(1, 8, True)

    (row,) = book(tmp_path, made(fill)).grid("Clues").rows
    expected = (3, 3.25, date(2026, 1, 1), datetime(2026, 1, 1, 12), 0.25, 1.5, 0.5, None, True)
    assert row == expected
    assert [type(value) for value in row] == [type(value) for value in expected]


def test_another_library_reads_the_same(tmp_path):
    ledger = book(tmp_path, simple())
    ledger.write(
        [],
        [
            new((f"XS-{n}", "长文本 & <x>" * n, date(2026, 1, 1) + timedelta(n), n / 4, n % 2 == 0))
            for n in range(1, 60)
        ],
    )
    cells = openpyxl.load_workbook(ledger.path).worksheets[0]["B4:F65"]
    theirs = [
        tuple(
            value.date() if isinstance(value, datetime) else value for value in (cell.value for cell in row)
        )
        for row in cells
    ]
    assert list(ledger.grid("Clues").rows) == theirs


def test_times_of_day_are_fractions_of_a_day(tmp_path):
    assert value_of(time(6, 0)) == 0.25
    assert value_of(timedelta(days=2)) == 2


@pytest.mark.parametrize(
    ("held", "read"), [("1e308", 1e308), ("NaN", None), ("inf", None), ("9007199254740993", 2**53)]
)
def test_numbers_beyond_all_measure_do_no_harm(tmp_path, held, read):
    content = altered(simple(), {SHEET: replaced('r="E4"><v>3</v>', f'r="E4"><v>{held}</v>')})
    assert book(tmp_path, content).grid("Clues").rows[0][3] == read


BROKEN_CELLS = ["<v>4294967296</v>", "<v>-1</v>"]


@pytest.mark.parametrize("index", BROKEN_CELLS)
def test_a_text_that_is_not_in_the_list_of_texts_is_damage(tmp_path, index):
    content = altered(simple(), {SHEET: replaced("<v>0</v>", index)})
    with pytest.raises(RefusedError) as refused:
        book(tmp_path, content).grid("Clues")
    assert refused.value.problems[0].code == "part_damaged"


def test_a_table_that_is_not_there_is_none_and_cannot_be_written(tmp_path):
    ledger = book(tmp_path, simple())
    assert ledger.grid("Events") is None
    assert ledger.tables() == ("Clues",)
    for edits, rows in (([CellEdit("Events", 4, "a", None, 1)], []), ([], [NewRow("Events", {"a": 1})])):
        with pytest.raises(SchemaError) as missing:
            ledger.write(edits, rows)
        assert missing.value.problems[0].code == "table_missing"
        assert "Events" in str(missing.value)


def test_a_column_that_is_not_there_cannot_be_written(tmp_path):
    ledger = book(tmp_path, simple())
    for edits, rows in (([CellEdit("Clues", 4, "电话", None, 1)], []), ([], [NewRow("Clues", {"电话": 1})])):
        with pytest.raises(SchemaError) as missing:
            ledger.write(edits, rows)
        assert (missing.value.problems[0].code, missing.value.problems[0].place.column) == (
            "column_missing",
            "电话",
        )


def test_a_header_with_a_line_break_is_read_as_it_shows(tmp_path):
    table = {"xl/tables/table1.xml": replaced('name="标题"', 'name="标_x000a_题"')}
    assert book(tmp_path, altered(simple(), table)).grid("Clues").header[1] == "标\n题"


@pytest.mark.parametrize("row", [3, 7, 0, 100])
def test_a_row_outside_the_table_cannot_be_edited(tmp_path, row):
    ledger = book(tmp_path, simple())
    with pytest.raises(ChangedError):
        ledger.write([CellEdit("Clues", row, "标题", None, "x")], [])


ALIKE = [("天数", 3, 3.0), ("日期", date(2026, 1, 5), datetime(2026, 1, 5)), ("确认", True, True)]
UNLIKE = [
    ("天数", 2),
    ("天数", True),
    ("日期", date(2026, 1, 6)),
    ("确认", 1),
    ("标题", None),
    ("编号", "xs-1"),
]


@pytest.mark.parametrize(("column", "_held", "before"), ALIKE)
def test_a_cell_may_be_edited_when_it_still_holds_what_was_read(tmp_path, column, _held, before):
    ledger = book(tmp_path, simple())
    ledger.write([CellEdit("Clues", 4, column, before, None)], [])
    assert ledger.grid("Clues").rows[0][HEADS.index(column)] is None


@pytest.mark.parametrize(("column", "before"), UNLIKE)
def test_a_cell_may_not_be_edited_when_it_holds_something_else(tmp_path, column, before):
    ledger = book(tmp_path, simple())
    with pytest.raises(ChangedError) as changed:
        ledger.write([CellEdit("Clues", 4, column, before, "x")], [])
    assert "XS-1" not in str(changed.value)


def test_nothing_to_write_leaves_the_file_alone(tmp_path):
    ledger = book(tmp_path, simple())
    ledger.write([], [])
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.xlsx"]


def test_opening_forgets_what_was_read_before(tmp_path):
    ledger = book(tmp_path, simple())
    ledger.grid("Clues")
    book(tmp_path, simple(rows=(("XS-7",),)))
    assert ledger.grid("Clues").rows == ROWS
    with ledger.open():
        assert ledger.grid("Clues").rows[0][0] == "XS-7"


def test_a_book_is_named_by_its_file(tmp_path):
    assert FileBook(tmp_path / "台账.xlsm").name == "台账.xlsm"


def test_the_named_ledger_is_taken_else_the_one_in_the_folder(tmp_path):
    with pytest.raises(UsageError) as none:
        find(None, tmp_path)
    assert "--ledger" in str(none.value)

    (tmp_path / "ledger.xlsx").write_bytes(b"")
    assert find(None, tmp_path).path == tmp_path / "ledger.xlsx"
    (tmp_path / "ledger.xlsm").write_bytes(b"")
    assert find(None, tmp_path).path == tmp_path / "ledger.xlsm"
    assert find(Path("old/other.xlsx"), tmp_path).path == tmp_path / "old" / "other.xlsx"


@pytest.mark.parametrize(
    "missing", [("isal", "isal.isal_zlib"), ("isal", "isal.isal_zlib", "zlib_ng", "zlib_ng.zlib_ng")]
)
def test_any_deflater_will_do(tmp_path, monkeypatch, missing):
    for name in missing:
        monkeypatch.setitem(__import__("sys").modules, name, None)
    deflate.deflater.cache_clear()
    try:
        ledger = book(tmp_path, simple())
        ledger.write([edit(ledger, 0, "标题", "改")], [new() for _ in range(300)])
        assert len(ledger.grid("Clues").rows) == 303
        assert deflate.deflater().module.__name__.partition(".")[0] in {"zlib_ng", "zlib"}
    finally:
        deflate.deflater.cache_clear()


def test_a_ledger_made_by_cluebook_takes_rows_in_every_table(tmp_path):
    path = tmp_path / "ledger.xlsx"
    build_ledger(path, "zh", {})
    ledger = FileBook(path)
    rows = [
        NewRow(table, {ledger.grid(table).header[0]: "一"}) for table in ledger.tables() for _ in range(3)
    ]
    before = {table: len(ledger.grid(table).rows) for table in ledger.tables()}
    ledger.write([], rows)
    assert {table: len(ledger.grid(table).rows) - before[table] for table in before} == dict.fromkeys(
        before, 3
    )
    assert openpyxl.load_workbook(path).sheetnames


def test_a_refusal_never_holds_a_cell(tmp_path):
    ledger = book(
        tmp_path, altered(simple(), {SHEET: replaced("<v>3</v>", '<f t="array" ref="E4">1</f><v>3</v>')})
    )
    with pytest.raises(RefusedError) as refused:
        ledger.write([edit(ledger, 0, "天数", "secret\x01")], [new(("another secret",))])
    assert "secret" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_what_was_patched(tmp_path):
    ledger = book(tmp_path, simple())
    ledger.write([edit(ledger, 0, "标题", "=1+1")], [new(("XS-9", "新 & 旧", date(2026, 3, 1), 2.5, True))])
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76",
        "--outdir",
        tmp_path,
        ledger.path,
    ]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    lines = (tmp_path / "ledger.csv").read_text().splitlines()
    assert lines[3] == ",XS-1,=1+1,2026/1/5,3,TRUE"
    assert lines[6] == ",XS-9,新 & 旧,2026-03-01,2.5,TRUE"
    assert sheet(ledger)["C4"].value == "=1+1"
