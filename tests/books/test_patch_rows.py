"""Sheets written in unusual ways, and cells that must not be touched."""

import re

import pytest

from cluebook.errors import RefusedError
from cluebook.ledger.book import CellEdit
from workbooks import SHEET, altered, book, edit, made, members, new, replaced, sheet, simple


def without(pattern: str):
    return lambda data: re.sub(pattern.encode(), b"", data)


def prefixed(data: bytes) -> bytes:
    """The same sheet with every element under the prefix x."""
    data = re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1x:", data)
    return data.replace(b'xmlns="', b'xmlns:x="')


ODD_SHEETS = {
    "cells without references": without(r'(?<=<c) r="[A-Z]+\d+"(?= s="1"| t="b"| t="s"|>)'),
    "rows without numbers": lambda data: without(r'(?<=<row) r="\d+"')(
        data.replace(b"<sheetData>", b"<sheetData><row/><row/>")
    ),
    "a prefix": prefixed,
    "single quotes": lambda data: re.sub(rb'(<(?:row|c) r=)"(\w+)"', rb"\1'\2'", data),
    "comments": lambda data: data.replace(b"<sheetData>", b"<sheetData><!-- <row r='9'> -->"),
    "white space": lambda data: data.replace(b"<row", b"\n  <row").replace(b"<c ", b"\n    <c "),
    "no spans": without(r' spans="[^"]*"'),
    "no dimension": without(r"<dimension[^>]*/>"),
    "style before reference": lambda data: re.sub(rb'<c r="(\w+)" s="(\d)"', rb'<c s="\2" r="\1"', data),
    "extension attributes": lambda data: data.replace(
        b"<worksheet ", b'<worksheet xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
    ).replace(b"<row ", b'<row x14ac:dyDescent="0.25" '),
    "closed rows and cells": replaced("</sheetData>", '<row r="20"/><row r="21"><c r="A21" s="1"/></row></sheetData>'),
}  # fmt: skip


@pytest.mark.parametrize("kind", ODD_SHEETS)
def test_an_oddly_written_sheet_is_changed_like_any_other(tmp_path, kind):
    if kind == "cells without references":  # then the cells of a row begin at its first column
        content = altered(simple(), {SHEET: lambda d: ODD_SHEETS[kind](d).replace(b'">\n', b'">')})
        content = altered(content, {SHEET: lambda d: re.sub(rb"(<row [^>]*>)", rb"\1<c/>", d)})
    else:
        content = altered(simple(), {SHEET: ODD_SHEETS[kind]})
    ledger = book(tmp_path, content)
    before = ledger.grid("Clues").rows
    assert before[1][:2] == ("XS-2", "第二条")

    ledger.write([edit(ledger, 1, "标题", "改"), edit(ledger, 2, "确认", True)], [new(("XS-9", "新"))])

    after = ledger.grid("Clues").rows
    assert after[0] == before[0]
    assert after[1] == ("XS-2", "改", *before[1][2:])
    assert after[2] == (*before[2][:4], True)
    assert after[3] == ("XS-9", "新", None, None, None)
    assert sheet(ledger)["C7"].value == "新"


def test_rows_out_of_order_are_refused(tmp_path):
    swapped = re.compile(rb"(<row r=\"4\".*?</row>)(<row r=\"5\".*?</row>)")
    ledger = book(tmp_path, altered(simple(), {SHEET: lambda data: swapped.sub(rb"\2\1", data)}))
    with pytest.raises(RefusedError) as refused:
        ledger.write([], [new()])
    assert refused.value.problems[0].code == "sheet_unreadable"


def test_unknown_content_in_a_row_is_refused(tmp_path):
    extra = '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/></row><row r="5"'
    ledger = book(tmp_path, altered(simple(), {SHEET: replaced('</row><row r="5"', extra)}))
    with pytest.raises(RefusedError) as refused:
        ledger.write([edit(ledger, 0, "标题", "x")], [])
    assert refused.value.problems[0].code == "sheet_unreadable"


def test_cells_go_into_column_order_and_rows_into_gaps(tmp_path):
    def fill(workbook):
        sheet = workbook.add_worksheet("台账")
        sheet.add_table(0, 0, 9, 3, {"name": "Clues", "columns": [{"header": h} for h in "abcd"]})
        sheet.write(1, 0, "first")
        sheet.write(1, 3, "last")
        sheet.write(9, 0, "bottom")
        sheet.write(20, 0, "below")

    ledger = book(tmp_path, made(fill))
    edits = [
        CellEdit("Clues", 2, "c", None, 3),
        CellEdit("Clues", 2, "b", None, 2),
        CellEdit("Clues", 5, "b", None, "gap"),
    ]
    ledger.write(edits, [])

    xml = members(ledger.path)[SHEET].decode()
    assert re.findall(r'<row r="(\d+)"', xml) == ["1", "2", "5", "10", "21"]
    assert re.findall(r'<c r="([A-Z]+2)"', xml) == ["A2", "B2", "C2", "D2"]
    assert ledger.grid("Clues").rows[:4] == (
        ("first", 2, 3, "last"), (None,) * 4, (None,) * 4, (None, "gap", None, None)
    )  # fmt: skip


def test_the_first_row_can_be_written_into_an_empty_sheet(tmp_path):
    content = altered(
        simple(rows=()), {SHEET: lambda data: re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", data)}
    )
    ledger = book(tmp_path, content)
    ledger.write([], [new(("XS-1", "一"))])
    assert ledger.grid("Clues").rows == (("XS-1", "一", None, None, None),)
    assert sheet(ledger)["B4"].value == "XS-1"


def test_a_new_column_makes_the_rows_hint_of_its_spans_go(tmp_path):
    ledger = book(tmp_path, altered(simple(), {SHEET: replaced('r="6" spans="2:6"', 'r="6" spans="2:3"')}))
    ledger.write([edit(ledger, 2, "确认", True)], [])
    assert b'<row r="6">' in members(ledger.path)[SHEET]


def test_the_dimension_covers_the_new_cells(tmp_path):
    ledger = book(tmp_path, simple())
    ledger.write([], [new(), new()])
    assert b'<dimension ref="B3:F8"/>' in members(ledger.path)[SHEET]


def with_merge(ref: str):
    return altered(
        simple(),
        {
            SHEET: replaced(
                "<pageMargins", f'<mergeCells count="1"><mergeCell ref="{ref}"/></mergeCells><pageMargins'
            )
        },
    )


def test_only_the_first_cell_of_a_merged_range_can_be_written(tmp_path):
    ledger = book(tmp_path, with_merge("C4:D5"))
    ledger.write([edit(ledger, 0, "标题", "可以")], [])

    for row, column in ((0, "日期"), (1, "标题")):
        with pytest.raises(RefusedError) as refused:
            ledger.write([edit(ledger, row, column, "不可以")], [])
        assert refused.value.problems[0].code == "cell_merged"
    assert ledger.grid("Clues").rows[0][1] == "可以"


def test_a_new_row_does_not_go_under_a_merged_range(tmp_path):
    ledger = book(tmp_path, with_merge("A7:C9"))
    with pytest.raises(RefusedError) as refused:
        ledger.write([], [new()])
    assert refused.value.problems[0].code == "cell_merged"


@pytest.mark.parametrize(
    "formula", ['t="shared" ref="E4:E6" si="0"', 't="array" ref="E4"', 't="dataTable" ref="E4:E5"']
)
def test_a_formula_that_other_cells_share_is_not_overwritten(tmp_path, formula):
    ledger = book(tmp_path, altered(simple(), {SHEET: replaced("<v>3</v>", f"<f {formula}>1+2</f><v>3</v>")}))
    with pytest.raises(RefusedError) as refused:
        ledger.write([edit(ledger, 0, "天数", 1)], [])
    (found,) = refused.value.problems
    assert (found.code, found.place.row, found.place.column) == ("formula_master", 4, "E")


def test_a_cell_that_an_array_formula_fills_is_not_overwritten(tmp_path):
    ledger = book(
        tmp_path,
        altered(simple(), {SHEET: replaced("<v>3</v>", '<f t="array" ref="E4:E5">{1;2}</f><v>3</v>')}),
    )
    with pytest.raises(RefusedError) as refused:
        ledger.write([edit(ledger, 1, "天数", 1)], [])
    assert refused.value.problems[0].code == "formula_master"


def test_a_cell_that_only_uses_a_shared_formula_can_be_overwritten(tmp_path):
    shared = altered(
        simple(),
        {SHEET: lambda data: data.replace(b"<v>3</v>", b'<f t="shared" ref="E4:E5" si="0">1+2</f><v>3</v>')
         .replace(b"<v>4.5</v>", b'<f t="shared" si="0"/><v>3</v>')},
    )  # fmt: skip
    ledger = book(tmp_path, shared)
    ledger.write([edit(ledger, 1, "天数", 8)], [])
    assert sheet(ledger)["E5"].value == 8
    assert sheet(ledger)["E4"].value == "=1+2"


@pytest.mark.parametrize(
    "lie",
    [replaced('r="C5"', 'r="C4"'), replaced('r="C5"', 'r="B5"'), replaced('r="C5"', 'r="ZZZ5"')],
    ids=["of another row", "of the cell before", "outside"],
)
def test_a_cell_that_names_a_place_where_it_is_not_is_refused(tmp_path, lie):
    ledger = book(tmp_path, altered(simple(), {SHEET: lie}))
    before = ledger.path.read_bytes()
    with pytest.raises(RefusedError):
        ledger.write([edit(ledger, 1, "天数", 1)], [])
    assert ledger.path.read_bytes() == before
