from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluebook.domain.clue import Clue, Stage, Urgency
from cluebook.domain.fields import Choice, Column, YesNo, column_of, columns
from cluebook.errors import Place
from cluebook.ledger.cells import CellError, from_cell, show, to_cell
from cluebook.ledger.tables import TABLES
from cluebook.text import LANGS

HERE = Place("线索台账", 5, "列")
FIRST, LAST = datetime(1900, 3, 1), datetime(9999, 12, 31, 23, 59)

KINDS = {
    (column.type, column.one_of is not None): pytest.param(column, id=f"{table.name}.{column.name}")
    for table in TABLES
    for column in columns(table.record)
}
"""One column of every kind there is in the ledger: no more of it matters to a cell."""

COLUMNS = list(KINDS.values())


def values_of(column: Column) -> st.SearchStrategy[object]:
    """Every value a field of this column may have, blank aside."""
    if issubclass(column.type, Choice):
        return st.sampled_from(list(column.type))
    name = st.text(min_size=1).map(str.strip).filter(bool)
    said = name if column.one_of else st.text(min_size=1).filter(str.strip)
    return {
        str: said,
        tuple: st.lists(name.filter(lambda n: not set(n) & set("、;；\n")), min_size=1, max_size=3).map(
            tuple
        ),
        int: st.integers(-(2**53), 2**53),
        float: st.floats(-(2**53), 2**53),
        datetime: st.datetimes(FIRST, LAST),
        date: st.dates(FIRST.date(), LAST.date()),
    }[column.type]


@pytest.mark.parametrize("column", COLUMNS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_is_written_reads_back(column, data):
    value, lang = data.draw(values_of(column)), data.draw(st.sampled_from(LANGS))
    assert from_cell(column, to_cell(column, value, lang), HERE) == value


@pytest.mark.parametrize("column", COLUMNS)
def test_a_blank_cell_is_nothing_and_nothing_is_a_blank_cell(column):
    assert [from_cell(column, blank, HERE) for blank in (None, "", "  ", "\n")] == [None] * 4
    assert to_cell(column, None, "zh") is None


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("stage", "处理中", Stage.IN_HANDLING),
        ("stage", " In handling ", Stage.IN_HANDLING),
        ("complex", True, YesNo.YES),
        ("complex", False, YesNo.NO),
        ("found_at", "2026-03-01", datetime(2026, 3, 1)),
        ("found_at", "2026年3月1日 9时30分", datetime(2026, 3, 1, 9, 30)),
        ("found_at", "2026/3/1 09:30:15", datetime(2026, 3, 1, 9, 30, 15)),
        ("found_at", "2026-03-01T09:30", datetime(2026, 3, 1, 9, 30)),
        ("found_at", date(2026, 3, 1), datetime(2026, 3, 1)),
        ("expected_on", datetime(2026, 3, 1, 9), date(2026, 3, 1)),
        ("expected_on", "2026.3.1", date(2026, 3, 1)),
        ("attachments", 3.0, 3),
        ("attachments", " 3 ", 3),
        ("confidence", "85%", 0.85),
        ("confidence", "85％", 0.85),
        ("confidence", 1, 1.0),
        ("matter", 10086, "10086"),
        ("matter", 10086.0, "10086"),
        ("matter", True, "TRUE"),
        ("matter", datetime(2026, 3, 1, 9, 30), "2026-03-01 09:30"),
        ("matter", "  indented ", "  indented "),
        ("matter", "=1+1", "=1+1"),
        ("department", " 质量管理部 ", "质量管理部"),
        ("joint_departments", "质量管理部； 客户服务部", ("质量管理部", "客户服务部")),
        ("joint_departments", "、；", None),
    ],
)
def test_a_cell_is_read_as_the_office_means_it(field, cell, value):
    read = from_cell(column_of(Clue, field), cell, HERE)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("field", "code", "bad"),
    [
        ("stage", "not_a_choice", ["办理", "in handling", 3, 1.5, True, date(2026, 1, 1)]),
        ("complex", "not_a_choice", ["maybe", 2, date(2026, 1, 1)]),
        (
            "found_at",
            "not_a_date",
            [
                "昨天",
                "2026-13-01",
                "2026-02-30",
                "2026-03-01 25:00",
                "0202-03-01",
                "2026-03",
                46023,
                True,
                date(1900, 2, 28),
                datetime(1, 1, 1),
            ],
        ),
        ("expected_on", "not_a_date", ["soon", "2026-00-10", 46023.5, date(1899, 12, 31)]),
        ("attachments", "not_a_number", ["三", "1.5", 1.5, "nan", "inf", "-inf", "1e999", 1e300, True]),
        ("attachments", "not_a_number", ["%", date(2026, 1, 1), 2**60]),
        ("confidence", "not_a_number", ["高", "nan%", "inf", True, datetime(2026, 1, 1)]),
    ],
)
def test_a_cell_of_another_kind_is_a_problem_at_its_place(field, code, bad):
    for cell in bad:
        with pytest.raises(CellError) as caught:
            from_cell(column_of(Clue, field), cell, HERE)
        assert (caught.value.problem.code, caught.value.problem.place) == (code, HERE)


def test_a_choice_that_is_none_names_all_the_choices():
    with pytest.raises(CellError) as caught:
        from_cell(column_of(Clue, "urgency"), "加急", HERE)
    assert all(u.text.zh in caught.value.problem.fix.zh for u in Urgency)
    assert all(u.text.en in caught.value.problem.fix.en for u in Urgency)


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("matter", None, ""),
        ("found_at", datetime(2026, 3, 1, 9, 30, 59), "2026-03-01 09:30"),
        ("expected_on", date(2026, 3, 1), "2026-03-01"),
        ("confidence", 0.854, "85%"),
        ("confidence", 12.5, "12.5"),
        ("attachments", 3, "3"),
        ("stage", Stage.ROUTED, "已流转待接收"),
        ("joint_departments", ("甲部", "乙部"), "甲部、乙部"),
    ],
)
def test_a_value_is_shown_as_people_write_it(field, value, shown):
    assert show(column_of(Clue, field), value, "zh") == shown


def test_what_no_cell_can_hold_is_a_slip_of_the_program():
    with pytest.raises(TypeError):
        to_cell(column_of(Clue, "matter"), object(), "zh")
