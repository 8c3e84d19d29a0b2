"""What the formulas of the live columns say, and where a value is to stand by itself."""

from datetime import date, datetime, time

import pytest

from cluebook.domain.clue import Clue, Stage, Urgency, WarningLevel
from cluebook.domain.deadlines import clocks_of, standing, with_standing
from cluebook.domain.fields import column_of
from cluebook.domain.workdays import CountedDay, calendar_of, counted_day
from cluebook.ledger.book import Formula
from cluebook.ledger.formulas import content
from cluebook.seeds.limits import starting_limits

PLAIN_WEEKS = calendar_of([], [])
CLOCKS = clocks_of(starting_limits("en"), PLAIN_WEEKS, time(17, 30))
MONDAY = datetime(2026, 3, 2, 9)


def held(name, value):
    return content(Clue, column_of(Clue, name), value, "en", lambda column: column.text.en)


@pytest.mark.parametrize(
    ("days", "worked", "text", "due"),
    [
        (3, False, 'WORKDAY.INTL(DATE(2026,3,7),3,"0000000",DaysOff)', 11),
        (3, True, 'WORKDAY.INTL(DATE(2026,3,7)-1,3+1,"0000000",DaysOff)', 12),
        (0, False, 'WORKDAY.INTL(DATE(2026,3,7)-1,0+1,"0000000",DaysOff)', 9),
    ],
)
def test_a_counted_date_says_how_it_was_counted(days, worked, text, due):
    found = held("next_due", counted_day(date(2026, 3, 7), days, PLAIN_WEEKS, worked=worked))  # a Saturday
    assert (found.text, found.value) == (text, date(2026, 3, due))


def test_a_promised_date_stands_by_itself():
    counting = Clue(stage=Stage.ACCEPTED, reviewed_at=MONDAY)
    promised = Clue(
        stage=Stage.IN_HANDLING, urgency=Urgency.GENERAL, received_at=MONDAY, completion_due=date(2026, 3, 23)
    )
    made_now = Clue(
        stage=Stage.IN_HANDLING,
        urgency=Urgency.GENERAL,
        received_at=MONDAY,
        completion_due=counted_day(date(2026, 3, 2), 15, PLAIN_WEEKS),
    )
    dues = [standing(clue, CLOCKS, MONDAY.date()).next_due for clue in (counting, promised, made_now)]
    assert [isinstance(due, CountedDay) for due in dues] == [True, False, False]
    assert dues[1:] == [date(2026, 3, 23)] * 2
    assert held("next_due", dues[1]) == date(2026, 3, 23)


def test_days_left_and_warning_follow_from_the_day_and_the_next_due_date():
    clue = with_standing(
        Clue(stage=Stage.ACCEPTED, reviewed_at=MONDAY, urgency=Urgency.GENERAL), CLOCKS, MONDAY.date(), "en"
    )
    left, warning = held("days_left", clue.days_left), held("warning", clue.warning)
    due = "Clues[[#This Row],[Next due]]"
    spot = f"MEDIAN(1,{due}-CalendarEve,ROWS(WorkdayNumbers))"
    assert left == Formula(f"INDEX(WorkdayNumbers,{spot})-TodaysNumber", 3)
    assert warning.value == WarningLevel.GREEN.text.en
    assert warning.text.startswith('IF(Clues[[#This Row],[Working days left]]<0,"Overdue",')


@pytest.mark.parametrize(("name", "value"), [("next_due", None), ("warning", None), ("matter", "=1+1")])
def test_blank_cells_and_other_columns_hold_no_formula(name, value):
    assert held(name, value) == value
