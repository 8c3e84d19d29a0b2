"""When jobs run: whatever nights off, clocks and failures do, no appointment is kept twice, on a day off, or forgotten."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluebook.domain.office import DayKind, DayOff
from cluebook.domain.workdays import calendar_of, is_workday
from cluebook.seeds.calendar import starting_calendar, starting_years
from cluebook.watch.jobs import times_of
from cluebook.watch.memory import Memory, Ran, began, ended
from cluebook.watch.timing import NEVER, RETRY, Due, Hours, Past, Timetable, due_jobs, missed, next_run

CHINA = calendar_of(starting_calendar("zh", [2025, 2026]), starting_years("zh", [2025, 2026]))
HOURS = Hours(time(8, 30), time(17, 30))
FLAG = Timetable("flag", (time(8, 30), time(14, 0)))
BACKUP = Timetable("backup", (time(20, 0),))
REPORT = Timetable("report", (time(9, 0),), monthly=True)


def at(words):
    return datetime.fromisoformat(words)


def kept(*appointments):
    return Past(tuple(at(each) for each in appointments))


def due(now, timetable=FLAG, past=NEVER, hours=HOURS, calendar=CHINA):
    found = due_jobs([timetable], {timetable.job: past}, at(now), calendar, hours)
    return [f"{each.appointment:%Y-%m-%d %H:%M}" for each in found]


@pytest.mark.parametrize(
    ("now", "appointments"),
    [
        ("2026-03-03 08:29", []),
        ("2026-03-03 08:30", ["2026-03-03 08:30"]),
        ("2026-03-03 13:59", ["2026-03-03 08:30"]),
        ("2026-03-03 14:00", ["2026-03-03 14:00"]),
    ],
)
def test_a_job_is_due_from_its_time_on_until_it_was_done(now, appointments):
    past = kept("2026-03-02 14:00")
    assert due(now, past=past) == appointments
    assert due(now, past=kept("2026-03-02 14:00", *appointments)) == []


@pytest.mark.parametrize("day", ["2026-03-07", "2026-02-17", "2026-10-02"])
def test_on_a_day_off_nothing_is_due_however_much_was_missed(day):
    assert due(f"{day} 10:00") == []


def test_a_make_up_saturday_is_a_day_like_any_other():
    assert due("2026-05-09 09:00", past=kept("2026-05-08 14:00")) == ["2026-05-09 08:30"]


def test_after_nights_and_days_off_only_the_last_appointment_is_made_up_for():
    past = kept("2026-02-11 14:00")  # then a weekend, the holiday and four working days without a watch
    assert due("2026-02-28 12:00", past=past) == ["2026-02-28 08:30"]


def test_what_is_missed_in_the_evening_is_made_up_for_after_the_night_off():
    past = kept("2026-03-02 20:00")
    assert due("2026-03-04 07:45", BACKUP, past) == []  # too early to be about, for mail at least
    assert due("2026-03-04 08:30", BACKUP, past) == ["2026-03-03 20:00"]


def test_what_is_missed_waits_for_working_hours_unless_somebody_asks():
    past = kept("2026-03-02 14:00")
    assert due("2026-03-03 23:00", past=past) == []
    assert due("2026-03-03 23:00", past=past, hours=None) == ["2026-03-03 14:00"]


def test_a_job_outside_of_working_hours_is_in_time_for_an_hour():
    assert due("2026-03-03 20:59", BACKUP) == ["2026-03-03 20:00"]
    assert due("2026-03-03 21:00", BACKUP) == []


@pytest.mark.parametrize(
    ("now", "appointments"),
    [
        (
            "2026-01-04 09:00",
            ["2026-01-04 09:00"],
        ),  # a Sunday that is worked, the first working day of the year
        ("2026-01-05 09:00", ["2026-01-04 09:00"]),
        ("2026-02-13 10:00", ["2026-02-02 09:00"]),
        ("2026-10-07 10:00", []),
        ("2026-10-08 10:00", ["2026-10-08 09:00"]),
    ],
)
def test_a_monthly_job_runs_on_the_first_working_day_of_a_month_or_as_soon_as_may_be(now, appointments):
    assert due(now, REPORT) == appointments
    assert due(now, REPORT, kept(*appointments)) == ([] if appointments else due(now, REPORT))


def test_a_job_that_failed_is_tried_again_after_an_hour_and_at_its_next_time():
    failed = Past(failed=(at("2026-03-03 08:30"), at("2026-03-03 08:31")))
    assert due("2026-03-03 09:30", past=failed) == []
    assert due("2026-03-03 09:31", past=failed) == ["2026-03-03 08:30"]
    late = Past(failed=(at("2026-03-03 08:30"), at("2026-03-03 13:50")))
    assert due("2026-03-03 14:00", past=late) == ["2026-03-03 14:00"]
    assert due("2026-03-03 08:40", past=late) == ["2026-03-03 08:30"]  # the clock was put back since


def test_a_clock_put_back_runs_nothing_again():
    past = kept("2026-03-02 14:00", "2026-03-03 08:30")
    for now in ("2026-03-03 08:05", "2026-03-03 08:31", "2026-03-02 15:00"):
        assert due(now, past=past) == []


def test_a_clock_that_was_years_ahead_for_a_while_stops_nothing():
    past = kept("2026-03-02 14:00", "2031-03-03 08:30")
    assert due("2026-03-03 08:30", past=past) == ["2026-03-03 08:30"]


def test_an_hour_that_summer_time_leaves_out_or_has_twice_changes_nothing():
    night = Timetable("backup", (time(2, 30),))
    past = kept("2026-03-26 02:30")
    assert due("2026-03-27 03:00", night, past) == ["2026-03-27 02:30"]  # the clock went from 02:00 to 03:00
    assert due("2026-03-27 02:30", night, kept("2026-03-27 02:30")) == []  # and for the second time


def test_a_job_without_times_is_off():
    off = Timetable("flag", ())
    assert due("2026-03-03 09:00", off) == []
    assert next_run(off, NEVER, at("2026-03-03 09:00"), CHINA, HOURS) is None


def test_in_a_calendar_without_a_working_day_nothing_is_due_and_nothing_hangs():
    year = [date(2026, 1, 1) + timedelta(days=n) for n in range(-500, 500)]
    closed = calendar_of([DayOff(on=day, kind=DayKind.HOLIDAY) for day in year], [])
    assert due("2026-03-03 09:00", calendar=closed) == []
    assert next_run(FLAG, NEVER, at("2026-03-03 09:00"), closed, HOURS) is None


@pytest.mark.parametrize(
    ("now", "past", "coming"),
    [
        ("2026-03-03 08:00", kept("2026-03-02 14:00"), "2026-03-03 08:30"),
        ("2026-03-03 09:00", kept("2026-03-02 14:00"), "2026-03-03 09:00"),
        ("2026-03-03 14:10", kept("2026-03-03 14:00"), "2026-03-04 08:30"),
        ("2026-03-06 23:00", kept("2026-03-05 14:00"), "2026-03-09 08:30"),
        ("2026-03-07 10:00", kept("2026-03-05 14:00"), "2026-03-09 08:30"),
        ("2026-02-14 20:00", kept("2026-02-14 14:00"), "2026-02-24 08:30"),
    ],
)
def test_the_next_run_is_told(now, past, coming):
    assert next_run(FLAG, past, at(now), CHINA, HOURS) == at(coming)


times = st.times(time(0, 0), time(23, 59)).map(lambda each: each.replace(second=0, microsecond=0))
tables = st.lists(
    st.tuples(st.frozensets(times, min_size=1, max_size=4), st.booleans()), min_size=1, max_size=3
).map(
    lambda held: [
        Timetable(f"job{n}", tuple(sorted(each)), monthly) for n, (each, monthly) in enumerate(held)
    ]
)
moves = st.lists(
    st.tuples(
        st.one_of(  # minutes from one look to the next: awake, a night off, days off; the clock put back or ahead
            st.integers(1, 90),
            st.integers(300, 1500),
            st.integers(1500, 60000),
            st.integers(-3000, -1),
            st.just(-60),
        ),
        st.sampled_from(["done", "done", "done", "waits", "failed", "died"]),
    ),
    max_size=40,
)
starts = st.datetimes(datetime(2026, 1, 1), datetime(2026, 11, 30))


@settings(deadline=None, max_examples=60)
@given(tables, starts, moves, st.sampled_from([HOURS, None]))
def test_whatever_happens_nothing_is_done_twice_nor_on_a_day_off_and_nothing_is_forgotten(
    held, now, moved, hours
):
    memory, done, tried = Memory(), Counter(), set()
    for minutes, outcome in moved:
        now += timedelta(minutes=minutes)
        for each in due_jobs(held, memory.past, now, CHINA, hours):
            assert is_workday(now.date(), CHINA)
            assert is_workday(each.appointment.date(), CHINA)
            assert each.appointment <= now
            failed = memory.past.get(each.job, NEVER).failed
            if failed and failed[0] == each.appointment and failed[1] <= now:
                assert now - failed[1] >= RETRY
            memory = began(memory, each.job, each.appointment, now)
            tried.add(each)
            if outcome != "died":
                memory = ended(memory, each.job, Ran(each.appointment, now, outcome))
            done[each] += outcome in {"done", "waits"}
            assert done[each] <= 1
    for table in held:
        last = last_appointment(table, now)
        made_up = any(
            last <= each.appointment <= now for each in done if each.job == table.job and done[each]
        )
        assert made_up or not_now(Due(table.job, last), tried, now, hours) or not moved


def last_appointment(table, now):
    """What `timing` finds by stepping back day by day, found by writing all days down."""
    days = [now.date() - timedelta(days=n) for n in range(75)]
    worked = [day for day in days if is_workday(day, CHINA)]
    first = {(day.year, day.month): day for day in worked}.values()
    found = (
        datetime.combine(day, each) for day in (first if table.monthly else worked) for each in table.times
    )
    return max(each for each in found if each <= now)


def not_now(owed, tried, now, hours):
    """Whether there is a good reason why what is owed was not done at the last look."""
    night = (
        hours
        and now - owed.appointment >= timedelta(hours=1)
        and not hours.starts <= now.time() <= hours.ends
    )
    return night or not is_workday(now.date(), CHINA) or owed in tried


@settings(deadline=None, max_examples=60)
@given(tables, starts, st.lists(st.booleans(), max_size=40))
def test_a_watch_that_is_called_at_the_times_it_names_misses_nothing(held, now, went_well):
    """Sleeping until the time that `next_run` names is as good as looking every minute."""
    memory = Memory()
    for well in went_well:
        coming = [next_run(each, memory.past.get(each.job, NEVER), now, CHINA, HOURS) for each in held]
        before = now
        now = min(coming)
        assert now >= before
        quiet = [before + (now - before) * n / 7 for n in range(7)] if now > before else []
        assert not any(due_jobs(held, memory.past, moment, CHINA, HOURS) for moment in quiet)
        found = due_jobs(held, memory.past, now, CHINA, HOURS)
        assert found
        for each in found:
            memory = began(memory, each.job, each.appointment, now)
            memory = ended(memory, each.job, Ran(each.appointment, now, "done" if well else "failed"))


def test_what_is_long_past_and_not_made_up_for_is_missed():
    past = kept("2026-03-02 14:00")
    told = [missed(FLAG, past, at(f"2026-03-03 {now}"), CHINA) for now in ("08:00", "09:29", "09:30")]
    assert told == [None, None, at("2026-03-03 08:30")]
    assert missed(FLAG, kept("2026-03-03 08:30"), at("2026-03-03 12:00"), CHINA) is None
    assert missed(FLAG, NEVER, at("2026-03-03 12:00"), CHINA) is None  # it may not have been there yet


def test_jobs_due_at_one_time_come_in_their_order():
    found = due_jobs([BACKUP, FLAG], {}, at("2026-03-03 20:00"), CHINA, HOURS)
    assert [each.job for each in found] == ["backup"]
    found = due_jobs([BACKUP, FLAG], {}, at("2026-03-03 10:00"), CHINA, HOURS)
    assert found == [Due("backup", at("2026-03-02 20:00")), Due("flag", at("2026-03-03 08:30"))]


@pytest.mark.parametrize(
    "words", ["", "8:30", "24:00", "08:30-", "08:00-09:00", "08:00/10", "09:00-08:00/10", "08:00-09:00/0", "08:00-09:00/x"]
)  # fmt: skip
def test_times_that_are_none_are_refused(words):
    with pytest.raises(ValueError):
        times_of(words)
