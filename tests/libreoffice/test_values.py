"""Values written to an office and read back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
import xlwings as xw
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cluebook.errors import RefusedError

pytestmark = pytest.mark.office

TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\n"), min_size=1, max_size=12
).filter(
    lambda text: (
        text[0] not in "'=+-.$ \t0123456789\xa0\u3000" and text.strip().upper() not in {"TRUE", "FALSE"}
    )
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12).filter(
        lambda v: v == 0 or abs(v) > 1e-9
    ),
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    TEXTS,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(VALUES, min_size=width, max_size=width), min_size=1, max_size=6)
    )
)
def test_rows_of_values_read_back_equal(sheet: xw.Sheet, rows: list[list[object]]) -> None:
    sheet.clear()
    sheet["B2"].value = rows
    assert sheet["B2"].resize(len(rows), len(rows[0])).options(ndim=2).value == rows


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("007", 7.0),
        ("'007", "007"),
        ("50%", 0.5),
        ("true", True),
        ("2026-03-04", datetime(2026, 3, 4)),
        ("线索", "线索"),
        (None, None),
        ("", None),
        (True, True),
        (7, 7.0),
        (2**40, float(2**40)),
        (date(2026, 3, 4), datetime(2026, 3, 4)),
        (datetime(2026, 3, 4, 5, 6, 7), datetime(2026, 3, 4, 5, 6, 7)),
        ("=1+1", 2.0),
        ('=""', None),
        ("=1/0", None),
        ("a\nb", "a\nb"),
        ("\ta\n\tb", "\ta\n\tb"),
        ("x" * 32767, "x" * 32767),
    ],
)
def test_a_value_reads_back_as_excel_would_give_it(sheet: xw.Sheet, value: object, read: object) -> None:
    sheet["A1"].value = value
    assert sheet["A1"].value == read
    assert type(sheet["A1"].value) is type(read)


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ("50%", "0%"),
        ("2026-03-04", "m/d/yyyy"),
        (datetime(2026, 3, 4, 5), "m/d/yyyy h:mm"),
        ("1,234", "#,##0"),
        ("7", "General"),
    ],
)
def test_a_cell_takes_the_format_of_what_is_typed(sheet: xw.Sheet, value: object, form: str) -> None:
    sheet["A1"].value = value
    assert sheet["A1"].number_format == form


def test_a_cell_keeps_the_format_it_has(sheet: xw.Sheet) -> None:
    sheet["A1"].number_format = "yyyy-mm-dd"
    sheet["A1"].value = date(2026, 3, 4)
    assert sheet["A1"].number_format == "yyyy-mm-dd"
    assert sheet["A1"].value == datetime(2026, 3, 4)


def test_a_text_cell_keeps_leading_noughts(sheet: xw.Sheet) -> None:
    sheet["A1:B1"].number_format = "@"
    sheet["A1"].value = ["007", "=1+1", "007"]
    assert sheet["A1:C1"].value == ["007", "=1+1", 7.0]


@pytest.mark.parametrize(
    ("formula", "word"),
    [
        ("=1/0", "#DIV/0!"),
        ("=NA()", "#N/A"),
        ("=nosuch()", "#NAME?"),
        ('="a"+1', "#VALUE!"),
        ("=SQRT(-1)", "#NUM!"),
    ],
)
def test_an_error_is_named_when_asked_for(sheet: xw.Sheet, formula: str, word: str) -> None:
    sheet["A1"].formula = formula
    assert sheet["A1"].options(err_to_str=True).value == word


def test_one_value_fills_a_range(sheet: xw.Sheet) -> None:
    sheet["A1:B2"].value = "x"
    assert sheet["A1:B2"].value == [["x", "x"], ["x", "x"]]


def test_a_whole_column_reads_to_the_last_used_row(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1], [2], [3]]
    assert sheet["A:A"].value == [1.0, 2.0, 3.0]


def test_rows_of_different_lengths_are_refused(sheet: xw.Sheet) -> None:
    with pytest.raises(RefusedError) as refused:
        sheet["A1:B2"].raw_value = [[1, 2], [3]]
    assert refused.value.problems[0].code == "not_rectangular"


def test_a_text_longer_than_a_cell_is_refused(sheet: xw.Sheet) -> None:
    with pytest.raises(RefusedError) as refused:
        sheet["A1"].value = "x" * 32768
    assert refused.value.problems[0].code == "text_too_long"
    assert "xxx" not in str(refused.value)


def test_ten_thousand_rows_go_and_come_in_one_piece(sheet: xw.Sheet) -> None:
    rows = [[f"线索{n}", float(n), n % 2 == 0, datetime(2026, 1, 1 + n % 28)] for n in range(10_000)]
    sheet["A1"].value = rows
    assert sheet["A1:D10000"].value == rows


def test_a_large_column_of_typed_numbers_is_read_as_numbers(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[f"{n:05}"] for n in range(500)]
    assert sheet["A1:A500"].value == [float(n) for n in range(500)]


def test_formulas_among_values_are_calculated(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, "=A1*2"], [2, "=A2*2"], ["sum", "=SUM(B1:B2)"]]
    assert sheet["B1:B3"].value == [2.0, 4.0, 6.0]


@pytest.mark.parametrize(
    "change",
    [
        lambda cell: setattr(cell, "value", "x"),
        lambda cell: setattr(cell, "formula", "=1"),
        lambda cell: setattr(cell, "color", (1, 2, 3)),
        lambda cell: setattr(cell, "number_format", "0"),
        lambda cell: cell.clear(),
        lambda cell: cell.insert("down"),
        lambda cell: cell.delete("up"),
        lambda cell: cell.move(cell.offset(5, 5)),
        lambda cell: cell.resize(2, 1).sort(1),
        lambda cell: cell.replace_all("kept", "x"),
    ],
)
def test_a_locked_cell_of_a_protected_sheet_is_refused(
    sheet: xw.Sheet, change: Callable[[xw.Range], None]
) -> None:
    sheet["A1"].value = "kept"
    sheet.api.protect("")
    with pytest.raises(RefusedError) as refused:
        change(sheet["A1"])
    assert refused.value.problems[0].code == "cell_locked"
    assert sheet["A1"].value == "kept"


def test_an_empty_range_takes_and_gives_nothing(sheet: xw.Sheet) -> None:
    empty = sheet["A1:B2"][0:0, :]
    empty.value = 1
    assert empty.raw_value is None
    assert sheet["A1:B2"].value == [[None, None], [None, None]]
