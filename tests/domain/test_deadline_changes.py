"""What holds of every pause, extension and change of urgency, whatever the dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from hypothesis import given, settings
from hypothesis import strategies as st

from cluebook.domain.case import case_of
from cluebook.domain.clue import Clue, Stage, Urgency
from cluebook.domain.deadlines import (
    clocks_of,
    due_after,
    extended,
    latest_extension,
    met_late,
    overdue,
    reckon,
    recomputed,
    regraded,
    resumed,
)
from cluebook.domain.records import Pause, PauseKind
from cluebook.domain.workdays import add_workdays, calendar_of, days_later, starting_day, workdays_between
from cluebook.seeds.calendar import starting_calendar, starting_years
from cluebook.seeds.limits import starting_limits

CHINA = calendar_of(starting_calendar("zh", [2026, 2027]), starting_years("zh", [2026, 2027]))
CLOCKS = clocks_of(starting_limits("zh"), CHINA, time(17, 30))

moments = st.datetimes(datetime(2026, 1, 5), datetime(2026, 11, 1))
urgencies = st.sampled_from(Urgency)


def received(at, urgency=Urgency.GENERAL, **known):
    """A clue with the due dates that its receipt gives it."""
    clue = Clue(number="XS-1", stage=Stage.IN_HANDLING, urgency=urgency, received_at=at, **known)
    due = {
        "completion_due": reckon("completion", clue, CLOCKS),
        "milestone_due": reckon("milestone", clue, CLOCKS),
    }
    return replace(clue, **due, expected_on=due["completion_due"])


def with_pause(clue, began, ended):
    paused = case_of(clue, Pause(clue=clue.number, kind=PauseKind.SUSPENSION, began_at=began))
    return resumed(paused, ended, CLOCKS)


def day(at):
    return starting_day(at, CHINA, CLOCKS.cutoff)


@settings(deadline=None, max_examples=60)
@given(moments, urgencies, st.tuples(moments, moments).map(sorted))
def test_a_pause_leaves_exactly_as_many_working_days_as_were_left(at, urgency, pause):
    clue = received(at, urgency)
    began, ended = (max(at, moment) for moment in pause)
    after = with_pause(clue, began, ended).clue
    for before_due, after_due in (
        (clue.completion_due, after.completion_due),
        (clue.milestone_due, after.milestone_due),
    ):
        if before_due is None:
            assert after_due is None
        else:
            left = workdays_between(day(began), before_due, CHINA)
            assert workdays_between(day(ended), after_due, CHINA) == left
    assert after.expected_on == after.completion_due


@settings(deadline=None, max_examples=60)
@given(moments, urgencies, st.lists(moments, min_size=2, max_size=6, unique=True).map(sorted))
def test_reckoned_anew_a_paused_clue_has_the_dates_that_its_pauses_gave_it(at, urgency, ends):
    case = case_of(received(at, urgency))
    for began, ended in zip(ends[::2], ends[1::2], strict=False):
        if began >= at:
            pause = Pause(clue="XS-1", kind=PauseKind.SUSPENSION, began_at=began)
            case = resumed(case.with_new(pause), ended, CLOCKS)
    assert recomputed(case, CLOCKS) == case.clue


@settings(deadline=None, max_examples=60)
@given(moments, urgencies, st.lists(urgencies, min_size=1, max_size=4), moments)
def test_when_the_urgency_is_changed_back_the_old_dates_are_back(at, first, others, regrading):
    clue = received(at, first)
    changed = clue
    for urgency in [*others, first]:
        changed = regraded(case_of(changed), urgency, None, max(at, regrading), CLOCKS)
    assert (changed.completion_due, changed.milestone_due) == (clue.completion_due, clue.milestone_due)
    assert changed.original_urgency is first


@settings(deadline=None, max_examples=60)
@given(moments, urgencies, urgencies, st.tuples(moments, moments).map(sorted))
def test_another_urgency_keeps_the_time_that_is_used_up(at, first, second, pause):
    began, ended = (max(at, moment) for moment in pause)
    case = with_pause(received(at, first), began, ended)
    after = regraded(case, second, None, ended, CLOCKS)
    # As if it had had this urgency from the beginning, and the same pause.
    meant = with_pause(received(at, second), began, ended).clue
    assert after.completion_due == meant.completion_due


@settings(deadline=None, max_examples=60)
@given(moments, urgencies, st.integers(0, 10))
def test_an_extension_is_never_earlier_than_the_date_before_and_keeps_its_days(at, urgency, days):
    clue = received(at, urgency)
    latest = latest_extension(case_of(clue), CLOCKS)
    assert latest >= clue.completion_due
    longer = extended(clue, add_workdays(clue.completion_due, days, CHINA))
    assert longer.completion_due >= longer.original_due == clue.completion_due
    assert recomputed(case_of(longer), CLOCKS) == longer
    assert latest_extension(case_of(longer), CLOCKS) == latest
    up = regraded(case_of(longer), Urgency.URGENT, None, at, CLOCKS)
    assert workdays_between(up.original_due, up.completion_due, CHINA) == days


@settings(deadline=None, max_examples=60)
@given(moments, urgencies, st.integers(0, 90))
def test_what_was_late_on_the_day_it_was_met_stays_as_late_for_good(at, urgency, taken):
    clue = received(at, urgency)
    done_at = datetime.combine(days_later(at.date(), taken), time(18))  # on days off, too
    running = overdue(clue, CLOCKS, done_at.date())
    fed_back = dict.fromkeys(("milestone_at", "completed_at", "fed_back_at"), done_at)
    closed = replace(clue, stage=Stage.CLOSED, closed_at=done_at, **fed_back)
    assert met_late(closed, CLOCKS) == running


def test_a_date_after_a_moment_needs_no_clue_that_has_come_so_far():
    assert due_after("rectification", Clue(), CLOCKS, datetime(2026, 9, 30, 9)) == date(2026, 10, 13)
    assert due_after("milestone", Clue(urgency=Urgency.GENERAL), CLOCKS, datetime(2026, 9, 30, 9)) is None


def test_the_office_may_count_handling_from_the_routing():
    from_routing = clocks_of(starting_limits("zh"), CHINA, time(17, 30), from_routing=True)
    clue = received(datetime(2026, 3, 4, 9), routed_at=datetime(2026, 3, 2, 9))
    assert reckon("completion", clue, CLOCKS) == date(2026, 3, 25)
    assert reckon("completion", clue, from_routing) == date(2026, 3, 23)
