from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from cluebook.domain.case import case_of
from cluebook.domain.clue import Clue, Stage, Urgency
from cluebook.domain.deadlines import DEADLINES, clocks_of
from cluebook.domain.ladder import LADDER, lateness_in_words, next_level, reminders, unrecorded
from cluebook.domain.records import Urge, UrgeKind
from cluebook.domain.workdays import calendar_of, is_workday
from cluebook.seeds.calendar import starting_calendar, starting_years
from cluebook.seeds.limits import starting_limits

CHINA = calendar_of(starting_calendar("zh", [2026]), starting_years("zh", [2026]))
CLOCKS = clocks_of(starting_limits("zh"), CHINA, time(17, 30))
DUE = date(2026, 9, 22)  # the Sunday before, the 20th, is worked
HANDLED = Clue(
    number="XS-1",
    stage=Stage.IN_HANDLING,
    urgency=Urgency.GENERAL,
    routed_at=datetime(2026, 9, 1, 9),
    received_at=datetime(2026, 9, 1, 10),
    completion_due=DUE,
)


def reached(case, day):
    """The completion's step of the ladder on a day, ``None`` where there is nothing to remind of."""
    return next((r.rung.id for r in reminders(case, CLOCKS, day) if r.deadline.id == "completion"), None)


def sent(reminder, day):
    """The record that a reminder makes on a day."""
    return Urge(
        clue="XS-1",
        kind=reminder.rung.kind,
        deadline=reminder.deadline.text.en,
        due=reminder.due,
        issued_at=datetime.combine(day, time(8, 35)),
    )


@pytest.mark.parametrize(
    ("day", "step"),
    [
        (date(2026, 9, 18), None),  # a Friday, three working days before
        (date(2026, 9, 19), None),  # Saturday, off
        (date(2026, 9, 20), "soon"),  # a Sunday that is worked
        (date(2026, 9, 21), "soon"),
        (DUE, "due"),
        (date(2026, 9, 23), "late"),
        (date(2026, 9, 25), None),  # the Mid-Autumn Festival
        (date(2026, 9, 29), "late"),  # four working days late
        (date(2026, 9, 30), "reported"),
        (date(2026, 10, 3), None),
        (date(2026, 10, 8), "reported"),
    ],
)
def test_a_step_is_reached_by_working_days_and_nothing_is_said_on_a_day_off(day, step):
    assert reached(case_of(HANDLED), day) == step


def test_nothing_is_said_while_a_clue_is_suspended_or_once_it_is_done():
    late = date(2026, 9, 23)
    suspended = replace(HANDLED, stage=Stage.SUSPENDED, resume_on=late)
    assert reminders(case_of(suspended), CLOCKS, late) == []
    assert reached(case_of(replace(HANDLED, completed_at=datetime(2026, 9, 22, 9))), late) is None


def test_nobody_is_reminded_beforehand_of_what_has_only_just_begun():
    routed = Clue(stage=Stage.ROUTED, routed_at=datetime(2026, 9, 1, 9), receipt_due=date(2026, 9, 2))
    steps = [[r.rung.id for r in reminders(case_of(routed), CLOCKS, date(2026, 9, day))] for day in (1, 2)]
    assert steps == [[], ["due"]]


def test_in_a_year_each_step_is_written_once_whatever_days_nobody_was_there():
    for nights_off in (set(), {date(2026, 9, 20)}, {date(2026, 9, 22), date(2026, 9, 23)}):
        case, written = case_of(HANDLED), []
        for day in (date(2026, 9, 1) + timedelta(days=n) for n in range(100)):
            for reminder in [] if day in nights_off else unrecorded(case, reminders(case, CLOCKS, day)):
                if reminder.deadline.id == "completion":
                    assert is_workday(day, CHINA)
                    written.append(reminder.rung.id)
                    case = case.with_new(sent(reminder, day))
        missed = {"due"} if len(nights_off) == 2 else set()
        assert written == [rung.id for rung in LADDER if rung.id not in missed]


def test_another_due_date_begins_the_ladder_anew():
    (first,) = (r for r in reminders(case_of(HANDLED), CLOCKS, DUE) if r.deadline.id == "completion")
    case = case_of(HANDLED, sent(first, DUE))
    assert "completion" not in [r.deadline.id for r in unrecorded(case, reminders(case, CLOCKS, DUE))]
    extended = replace(case, clue=replace(HANDLED, completion_due=date(2026, 9, 24)))
    (anew,) = unrecorded(extended, reminders(extended, CLOCKS, date(2026, 9, 22)))
    assert (anew.rung.id, anew.due) == ("soon", date(2026, 9, 24))


def test_what_was_written_stays_written_when_the_calendar_is_corrected_later():
    """Told by its kind and its date, not by counting anew the days between them."""
    late = Urge(deadline="办理", due=DUE, kind=UrgeKind.REMINDER, issued_at=datetime(2026, 9, 23, 9))
    plain = replace(CLOCKS, calendar=calendar_of([], []))
    case = case_of(HANDLED, late)
    assert unrecorded(case, reminders(case, plain, date(2026, 9, 24))) == []


def test_only_what_a_clue_can_be_overdue_for_is_written_down():
    accepted = Clue(stage=Stage.ACCEPTED, urgency=Urgency.GENERAL, reviewed_at=datetime(2026, 9, 1, 9))
    found = reminders(case_of(accepted), CLOCKS, date(2026, 9, 14))
    assert [(r.deadline.id, r.rung.id) for r in found] == [("analysis", "reported")]
    assert unrecorded(case_of(accepted), found) == []


def test_the_level_rises_once_a_day():
    day, before = date(2026, 9, 23), Urge(issued_at=datetime(2026, 9, 22, 8))
    assert next_level(case_of(replace(HANDLED, urge_level=2), before), day) == 3
    today = replace(before, issued_at=datetime(2026, 9, 23, 8))
    assert next_level(case_of(replace(HANDLED, urge_level=3), before, today), day) == 3
    assert next_level(case_of(HANDLED), day) == 1


def test_what_an_order_of_the_ladder_is_about_is_its_answer():
    order = Urge(reply_by=date(2026, 9, 24), issued_at=datetime(2026, 9, 22, 8))
    waited = [
        DEADLINES["urge_reply"].due.of(case_of(HANDLED, each)) for each in (order, replace(order, due=DUE))
    ]
    assert waited == [date(2026, 9, 24), None]


@pytest.mark.parametrize(
    ("days", "words"), [(-2, "还剩 2 个工作日"), (0, "今日到期"), (1, "已逾期 1 个工作日")]
)
def test_how_it_stands_is_said_in_working_days(days, words):
    assert lateness_in_words(days).zh == words
