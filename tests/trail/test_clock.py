"""A clock that goes back is told of, and gives no number again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from offices import file_of, ledger_at, new_clue, press, registered

from cluebook.books.file import FileBook
from cluebook.domain.clue import Clue
from cluebook.domain.records import Event
from cluebook.keeping import is_back
from cluebook.verification import verified

NINE, LONG_AGO = datetime(2026, 3, 2, 9), datetime(2024, 1, 1)


def entered(office, at):
    return press(office, "add", entry=new_clue("zh", matter=f"{at:%f}", found_at=LONG_AGO), at=at)


def test_an_action_whose_clock_stands_before_the_last_event_says_so(walked):
    now = datetime.now().replace(microsecond=0)
    entered(walked, now + timedelta(days=365))
    (told,) = [notice for notice in entered(walked, now).plan.notices if "时钟" in notice.zh]
    last = max(event.seq for event in ledger_at(walked).records(Event)) - 1
    assert f"第 {last} 条" in told.zh
    assert f"event {last}" in told.en


def test_a_day_that_was_asked_for_is_no_fault_of_the_clock(walked):
    entered(walked, NINE + timedelta(days=365))
    assert not [notice for notice in entered(walked, NINE).plan.notices if "时钟" in notice.zh]


def test_verifying_tells_where_the_time_goes_back_and_finds_nothing_wrong(walked):
    assert verified(FileBook(file_of(walked))).notices == ()
    for n, at in enumerate((NINE, NINE - timedelta(days=365), NINE)):
        registered(walked, "zh", matter=f"Later {n}")
        press(walked, "add", entry=new_clue("zh", matter=f"Earlier {n}", found_at=LONG_AGO), at=at)
    verdict = verified(FileBook(file_of(walked)))
    assert (verdict.trail, verdict.by_hand) == ((), ())
    (told,) = verdict.notices
    back = [row.number for row in ledger_at(walked).rows(Event) if row.record.at == NINE]
    assert "3 条" in told.zh
    assert f"第 {back[0]} 行" in told.zh


def test_the_numbers_go_on_after_the_clock_was_set_back(walked):
    for days in (365, 0, -365, 0, 365):
        entered(walked, NINE + timedelta(days=days))
    numbers = [clue.entry_no for clue in ledger_at(walked).records(Clue) if clue.entry_no]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(
    ("seconds", "back"), [(-60, False), (0, False), (1, False), (2, True), (86_400, True)]
)
def test_two_seconds_are_a_clock_going_back_and_one_is_a_workbook_being_rough(seconds, back):
    assert is_back(NINE, NINE - timedelta(seconds=seconds)) is back
    assert not is_back(None, NINE)
    assert not is_back(NINE, None)
