"""Excel's rules for typed texts, addresses and formulas, which need no office."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluebook.libreoffice.areas import Area, between, letters, number, parse, quoted, unquoted
from cluebook.libreoffice.cells import drafted, runs
from cluebook.libreoffice.formulas import to_calc, to_excel
from cluebook.libreoffice.places import edge
from cluebook.libreoffice.typed import may_change, moment_of, serial, typed

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("007", 7.0, ""),
        ("12.50", 12.5, ""),
        ("-3", -3.0, ""),
        (".5", 0.5, ""),
        ("1,234", 1234.0, "#,##0"),
        ("1,234.5", 1234.5, "#,##0.00"),
        ("50%", 0.5, "0%"),
        ("12.5%", 0.125, "0.00%"),
        ("1e3", 1000.0, "0.00E+00"),
        ("$5", 5.0, "$#,##0"),
        (" 42 ", 42.0, ""),
        ("110101199003074512", 110101199003074000.0, ""),
        ("2026-03-04", 46085.0, "m/d/yyyy"),
        ("2026/3/4", 46085.0, "m/d/yyyy"),
        ("3/4/2026", 46085.0, "m/d/yyyy"),
        ("3/4/26", 46085.0, "m/d/yyyy"),
        ("3-4", 46085.0, "d-mmm"),
        ("2026-03-04 12:00", 46085.5, "m/d/yyyy h:mm"),
        ("6:00", 0.25, "h:mm"),
        ("6:00 PM", 0.75, "h:mm"),
        ("18:00:00", 0.75, "h:mm:ss"),
    ],
)
def test_a_typed_text_becomes_the_number_excel_makes_of_it(text: str, value: float, form: str) -> None:
    became = typed(text, TODAY)
    assert (became.kind, became.value, became.format) == ("number", pytest.approx(value, rel=1e-15), form)
    assert may_change(text)


@pytest.mark.parametrize(
    "text",
    [
        "线索",
        "12a",
        "1,23",
        "2026-13-01",
        "31/12/2026",
        "25:00",
        "13:00 PM",
        "1.2.3",
        "=",
        "",
        "-",
        "%",
        "GJXF-2026-001",
        "1e999",
    ],
)
def test_a_text_that_is_no_number_stays_as_it_is(text: str) -> None:
    became = typed(text, TODAY)
    assert (became.kind, became.value) == ("text", text)


@pytest.mark.parametrize(("text", "kept"), [("'007", "007"), ("'=A1", "=A1"), ("''x", "'x"), ("'", "")])
def test_a_leading_quote_makes_a_text_of_anything(text: str, kept: str) -> None:
    assert (typed(text, TODAY).kind, typed(text, TODAY).value) == ("text", kept)


@pytest.mark.parametrize(("text", "value"), [("TRUE", 1.0), ("false", 0.0), (" True ", 1.0)])
def test_a_typed_truth_value_becomes_one(text: str, value: float) -> None:
    assert (typed(text, TODAY).kind, typed(text, TODAY).value) == ("boolean", value)


@given(st.floats(allow_nan=False, allow_infinity=False, width=32).map(lambda value: round(value, 3)))
def test_every_plain_number_is_read_back(value: float) -> None:
    assert typed(f"{value:.3f}", TODAY).value == pytest.approx(value, rel=1e-14)


@given(st.text())
def test_the_quick_look_never_passes_over_a_text_that_changes(text: str) -> None:
    assert may_change(text) or typed(text, TODAY).value == text


@given(st.datetimes(datetime(1900, 3, 1), datetime(2200, 1, 1)))
def test_a_moment_comes_back_to_the_millisecond(moment: datetime) -> None:
    assert abs(moment_of(serial(moment)) - moment) <= timedelta(milliseconds=1)


@given(st.integers(1, 16384))
def test_the_letters_of_a_column_name_it(column: int) -> None:
    assert number(letters(column)) == column


@given(st.integers(1, 1048576), st.integers(1, 16384), st.integers(1, 9), st.integers(1, 9))
def test_an_address_is_read_back(row: int, column: int, rows: int, columns: int) -> None:
    area = Area(row, column, min(rows, 1048577 - row), min(columns, 16385 - column))
    assert parse(area.address()) == area


@pytest.mark.parametrize("text", ["A0", "XFE1", "A1048577", "ABCD1", "Clues", "Sheet1!A1", "A1:B", "1:A", ""])
def test_a_text_that_is_no_address_is_none(text: str) -> None:
    assert parse(text) is None


def test_a_rectangle_between_two_holds_both() -> None:
    first, second = Area(4, 2), Area(1, 3, 2, 2)
    around = between(first, second)
    assert around == Area(1, 2, 4, 3)
    assert around.covers(first)
    assert around.covers(second)
    assert not first.covers(around)


@pytest.mark.parametrize("name", ["Clues", "线索台账", "My office's", "A1", "2026", "a b", "a.b"])
def test_a_quoted_sheet_name_is_read_back(name: str) -> None:
    assert unquoted(quoted(name)) == name


@pytest.mark.parametrize(
    "formula",
    [
        "=SUM(A1:B2,C3)",
        "=Sheet1!A1+'My sheet'!$B$2",
        "='线索 台账'!A1",
        '=IF(A1="a;b,c",1,2)',
        "=SUM({1,2;3,4})",
        "=STDEV.S(A1:A3)",
        "=SUM(Clues[Amount])",
        "=Clues[[#This Row],[Amount]]*2",
        '="its ""quoted"""',
        "=线索台账!B2",
    ],
)
def test_a_formula_comes_back_from_the_office_as_it_was(formula: str) -> None:
    assert to_excel(to_calc(formula)) == formula


@pytest.mark.parametrize(
    ("formula", "calc"),
    [
        ("=_xlfn.CONCAT(A1,B1)", "=CONCAT(A1;B1)"),
        ("=[@Amount]", "=Clues[[#This Row];[Amount]]"),
        ("=[@[Amount due]]", "=Clues[[#This Row];[Amount due]]"),
        ("=Other[@Amount]", "=Other[[#This Row];[Amount]]"),
        ("plain, text", "plain, text"),
    ],
)
def test_a_formula_is_put_as_the_office_takes_it(formula: str, calc: str) -> None:
    assert to_calc(formula, "Clues") == calc


def test_values_are_made_ready_with_the_formats_they_need() -> None:
    rows = [["007", None, True], [date(2026, 3, 4), time(6), "=A1"]]
    draft = drafted(rows, [], TODAY)
    assert draft.rows == [(7.0, "", 1.0), (46085.0, 0.25, "")]
    assert draft.formats == {"BOOLEAN": [(0, 2)], "m/d/yyyy": [(1, 0)], "h:mm:ss": [(1, 1)]}
    assert draft.formulas == {(1, 2): "=A1"}


def test_cells_formatted_as_text_keep_what_is_typed() -> None:
    draft = drafted([["007", "007"]], [Area(0, 0)], TODAY)
    assert draft.rows == [("007", 7.0)]


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6))))
def test_stretches_cover_the_places_once_and_nothing_else(places: set[tuple[int, int]]) -> None:
    covered = [(row, run.column) for run in runs(list(places)) for row in range(run.row, run.last_row + 1)]
    assert sorted(covered) == sorted(places)


@pytest.mark.parametrize(
    ("full", "start", "step", "there"),
    [
        ([1, 1, 1, 0], 0, 1, 2),
        ([1, 0, 1], 0, 1, 2),
        ([1, 0], 0, 1, 9),
        ([0, 1, 1], 2, -1, 1),
        ([0, 0, 1], 2, -1, 0),
    ],
)
def test_a_jump_ends_where_excels_would(full: list[int], start: int, step: int, there: int) -> None:
    assert edge([bool(value) for value in full], start, step, 10) == there
