"""The figures of the overview, counted from records; that the sheet counts alike, tests/excel/test_overview.py asks LibreOffice."""

from datetime import date, datetime

from cluebook.domain.clue import Clue, Stage
from cluebook.domain.dashboard import boards, standing
from cluebook.domain.workdays import calendar_of

TODAY = date(2026, 3, 12)
PLAIN = calendar_of((), ())
CLUES = (
    Clue(stage=Stage.ROUTED, department="甲", delivered_at=datetime(2026, 3, 1), overdue_days=1, overdue_kind="接收逾期"),
    Clue(stage=Stage.SUSPENDED, department="乙", delivered_at=datetime(2025, 4, 30)),
    Clue(stage=Stage.CLOSED, department="甲", closed_at=datetime(2026, 3, 2), completed_at=datetime(2026, 3, 2), completion_due=TODAY),
    Clue(stage=Stage.CLOSED, department="乙", closed_at=datetime(2026, 2, 2), completed_at=datetime(2026, 2, 2), completion_due=date(2026, 2, 1),
         overdue_days=1, overdue_kind="办理逾期"),
    Clue(),
)  # fmt: skip


def told(name):
    (board,) = (board for board in boards(CLUES, ["乙", "甲"], TODAY, PLAIN) if board.id == name)
    return {line.text.zh: line.values for line in board.lines}


def test_what_stands_on_top_counts_open_and_overdue_clues_and_those_of_the_month():
    figures = [line.values for line in standing(boards(CLUES, (), TODAY, PLAIN))]
    assert figures == [(2,), (1,), (1,), (1,), (0.5,)]


def test_departments_are_counted_in_the_order_of_their_sheet_by_open_and_overdue_clues():
    assert told("departments") == {"乙": (1, 0), "甲": (1, 1)}
    assert list(told("departments")) == ["乙", "甲"]


def test_what_was_closed_late_is_overdue_no_more():
    assert told("overdue")["接收逾期"] == (1,)
    assert told("overdue")["办理逾期"] == (0,)


def test_the_last_twelve_months_end_with_the_present_one():
    months = told("months")
    assert next(iter(months)) == "2025-04"
    assert (months["2025-04"], months["2026-03"], months["2026-02"]) == ((1, 0), (1, 1), (0, 1))


def test_a_share_of_nothing_is_no_figure():
    assert standing(boards((), (), TODAY, PLAIN))[-1].values == (None,)
