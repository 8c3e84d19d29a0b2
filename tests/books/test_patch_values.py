"""What is written into cells, and how it reads back."""

from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cluebook.errors import RefusedError
from cluebook.ledger.book import Formula
from workbooks import HEADS, altered, book, edit, members, new, sheet, simple

TEXTS = [
    "=1+1", "+86 10", "-5", "@user", "==x", "\t=1", "=cmd|'/C calc'!A0", "＝1", "01", "1e5", "TRUE", "#REF!", "'quoted",
    "_x0041_", "_x005F_", "a_x000D_b", "R&D <b>", "]]>", " lead", "trail ", "two  blanks", "   ", "a\nb", "a\tb", "a\r\nb",
    "线索\U0001f600", "\u2028", "\u200b", "\ufeff", "{{ 7*7 }}", '"', "\x7f", "\x85", "İ", "2026-01-01", "长" * 32_767,
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_text_stays_the_text_it_is(tmp_path, text):
    ledger = book(tmp_path, simple())
    ledger.write([edit(ledger, 0, "标题", text)], [new(("XS-9", text))])

    rows = ledger.grid("Clues").rows
    assert rows[0][1] == text
    assert rows[3][1] == text
    assert b"<f" not in members(ledger.path)["xl/worksheets/sheet1.xml"]
    if "\r" not in text and "_x" not in text:  # openpyxl leaves escapes in inline strings as they stand
        assert sheet(ledger)["C4"].value == text


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_text_that_begins_like_a_formula_carries_the_mark_of_text(tmp_path, start):
    ledger = book(tmp_path, simple())
    ledger.write([edit(ledger, 0, "标题", f"{start}1")], [])
    assert sheet(ledger)["C4"].quotePrefix
    assert sheet(ledger)["C4"].data_type == "s"

    ledger.write([edit(ledger, 0, "标题", "平常")], [])
    assert not sheet(ledger)["C4"].quotePrefix


@pytest.mark.parametrize("value", [3, -2.5, date(2026, 3, 6), "正常 <x>"])
def test_a_formula_stands_with_what_it_comes_to_and_gives_way_to_a_value(tmp_path, value):
    ledger = book(tmp_path, simple())
    formula = Formula('IF(A4<"b",1,2)', value)
    ledger.write([edit(ledger, 0, "标题", formula)], [new(("XS-9", formula))])
    rows = ledger.grid("Clues").rows
    assert [rows[0][1], rows[3][1]] == [value, value]
    assert [sheet(ledger)[cell].value for cell in ("C4", "C7")] == ['=IF(A4<"b",1,2)'] * 2

    ledger.write([edit(ledger, 0, "标题", "平常")], [])
    assert sheet(ledger)["C4"].value == "平常"


VALUES = [
    (None, None), ("", None), (0, 0), (-3, -3), (2.5, 2.5), (1e10, 10**10), (2**53, 2**53), (0.1, 0.1), (True, True),
    (False, False), (date(2026, 2, 28), date(2026, 2, 28)), (date(1900, 3, 1), date(1900, 3, 1)),
    (date(9999, 12, 31), date(9999, 12, 31)), (datetime(2026, 1, 2, 3, 4, 5), datetime(2026, 1, 2, 3, 4, 5)),
    (datetime(2026, 1, 2), date(2026, 1, 2)),
]  # fmt: skip


@pytest.mark.parametrize("column", HEADS)
@pytest.mark.parametrize(("value", "read"), VALUES)
def test_a_value_reads_back_as_itself_in_a_cell_of_any_format(tmp_path, column, value, read):
    ledger = book(tmp_path, simple())
    ledger.write([edit(ledger, 0, column, value)], [])

    found = ledger.grid("Clues").rows[0][HEADS.index(column)]
    assert found == read
    assert type(found) is type(read)


def test_a_date_keeps_the_date_format_of_its_cell_and_gets_one_where_there_is_none(tmp_path):
    ledger = book(tmp_path, simple())
    ledger.write(
        [edit(ledger, 0, "日期", date(2026, 3, 1)), edit(ledger, 0, "标题", date(2026, 3, 1)),
         edit(ledger, 1, "标题", datetime(2026, 3, 1, 8, 30))], [],
    )  # fmt: skip

    cells = sheet(ledger)
    assert cells["D4"].number_format == "yyyy/m/d"
    assert cells["D4"].font.b
    assert cells["C4"].number_format == "yyyy-mm-dd"
    assert cells["C5"].number_format == "yyyy-mm-dd hh:mm"


def test_a_number_in_a_date_cell_loses_the_date_format_but_keeps_the_rest(tmp_path):
    ledger = book(tmp_path, simple())
    ledger.write([edit(ledger, 0, "日期", 45_000)], [])

    assert sheet(ledger)["D4"].value == 45_000
    assert sheet(ledger)["D4"].font.b


def test_the_same_adapted_format_is_made_once(tmp_path):
    ledger = book(tmp_path, simple())
    ledger.write([edit(ledger, row, column, "=x") for row in range(3) for column in ("标题", "天数")], [])
    once = members(ledger.path)["xl/styles.xml"].count(b"<xf ")
    for number in range(3):
        ledger.write([edit(ledger, 0, "编号", f"={number}")], [new(("+", "-", date(2026, 1, 1)))])
        assert members(ledger.path)["xl/styles.xml"].count(b"<xf ") == once + 1


def test_dates_count_from_1904_where_the_workbook_says_so(tmp_path):
    content = simple()
    with_1904 = members(content)["xl/workbook.xml"].replace(b"<workbookPr", b'<workbookPr date1904="1"')

    ledger = book(tmp_path, altered(content, {"xl/workbook.xml": with_1904}))
    ledger.write([], [new(("XS-9", "x", date(2026, 5, 6)))])

    assert sheet(ledger)["D7"].value == datetime(2026, 5, 6)
    assert ledger.grid("Clues").rows[3][2] == date(2026, 5, 6)


UNHOLDABLE = [
    ("\x00", "text_unholdable"), ("a\x1fb", "text_unholdable"), ("\ufffe", "text_unholdable"), ("\ud800", "text_unholdable"),
    ("长" * 32_768, "text_too_long"), ("\U0001f600" * 16_384, "text_too_long"), (float("nan"), "number_unholdable"),
    (float("inf"), "number_unholdable"), (2**53 + 1, "number_unholdable"), (date(1900, 2, 28), "date_unholdable"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "code"), UNHOLDABLE, ids=range(len(UNHOLDABLE)))
def test_a_value_that_no_cell_can_hold_is_refused_by_its_place_and_nothing_is_written(tmp_path, value, code):
    ledger = book(tmp_path, simple())
    before = ledger.path.read_bytes()

    with pytest.raises(RefusedError) as refused:
        ledger.write([edit(ledger, 1, "标题", value)], [new(("fine", value))])

    first, second = refused.value.problems
    assert (first.code, first.place.sheet, first.place.row, first.place.column) == (code, "台账", 5, "标题")
    assert (second.code, second.place.row, second.place.column) == (code, 7, "标题")
    assert ledger.path.read_bytes() == before
    assert not (tmp_path / "backups").exists()


CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
ANY_VALUE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(-1e15, 1e15).filter(lambda number: not number.is_integer()),
    st.dates(date(1900, 3, 1)),
    st.datetimes(datetime(1900, 3, 1)).map(lambda moment: moment.replace(microsecond=0)),
    st.text(CHARACTERS | st.sampled_from("\t\n=_x0041"), min_size=1, max_size=60),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(ANY_VALUE, min_size=5, max_size=5), min_size=1, max_size=8))
def test_what_is_written_is_what_is_read(tmp_path, rows):
    ledger = book(tmp_path, simple())
    ledger.write([], [new(row) for row in rows])

    written = [tuple(_as_read(value) for value in row) for row in rows]
    while written and not any(value is not None for value in written[-1]):
        written.pop()
    assert [*ledger.grid("Clues").rows[3:]] == written


def _as_read(value):
    midnight = isinstance(value, datetime) and value.time() == datetime.min.time()
    return value.date() if midnight else value
