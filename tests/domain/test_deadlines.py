from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluebook.domain.clue import OVER, Clue, Nature, Stage, Urgency, WarningLevel
from cluebook.domain.deadlines import (
    DEADLINES,
    Allowance,
    Lateness,
    Standing,
    clocks_of,
    due_on,
    limit_for,
    limit_problems,
    overdue,
    reckon,
    standing,
    with_standing,
)
from cluebook.domain.fields import YesNo
from cluebook.domain.office import DayUnit, Limit
from cluebook.domain.workdays import calendar_of
from cluebook.seeds.calendar import starting_calendar, starting_years
from cluebook.seeds.limits import starting_limits

CHINA = calendar_of(starting_calendar("zh", [2026, 2027]), starting_years("zh", [2026, 2027]))
CUTOFF = time(17, 30)
CLOCKS = clocks_of(starting_limits("zh"), CHINA, CUTOFF)

MORNING = datetime(2026, 3, 2, 9, 0)  # a Monday with plain weeks before and after it
SUBMITTED = {"submitted_at": MORNING}


def clocks(*limits):
    return clocks_of(limits, CHINA, CUTOFF)


def march(day):
    return date(2026, 3, day)


def in_handling(**known):
    known = {"urgency": Urgency.GENERAL, "delivered_at": MORNING, "received_at": MORNING} | known
    return Clue(stage=Stage.IN_HANDLING, **known)


@pytest.mark.parametrize(
    ("deadline", "urgent", "important", "general"),
    [
        ("review", 2, 3, 3),
        ("analysis", 3, 5, 5),
        ("analysis_review", 3, 3, 3),
        ("routing", 3, 3, 3),
        ("receipt", 2, 3, 3),
        ("milestone", 3, 5, None),
        ("completion", 9, 16, 23),
        ("feedback", 3, 3, 3),
        ("feedback_review", 4, 4, 4),
        ("archive", 16, 16, 16),
    ],
)
def test_each_deadline_is_due_after_the_days_of_the_procedure(deadline, urgent, important, general):
    starts = DEADLINES[deadline].starts
    started = {} if starts in SUBMITTED else {starts: MORNING}
    for urgency, day in zip(Urgency, (urgent, important, general), strict=True):
        clue = Clue(urgency=urgency, **started)
        assert due_on(deadline, clue, CLOCKS, SUBMITTED) == (march(day) if day else None)


def test_no_deadline_is_due_before_its_clock_starts():
    clue = Clue(urgency=Urgency.URGENT)
    assert [due_on(deadline, clue, CLOCKS) for deadline in DEADLINES] == [None] * len(DEADLINES)


@pytest.mark.parametrize("deadline", DEADLINES.values(), ids=DEADLINES.keys())
def test_a_deadline_names_fields_that_a_clue_has(deadline):
    held = {f.name for f in fields(Clue)}
    assert {deadline.starts} - set(SUBMITTED) <= held
    assert {deadline.ends, deadline.due_field, deadline.no_later_than} - {None} <= held


def test_a_standing_names_fields_that_a_clue_has():
    assert {f.name for f in fields(Standing)} <= {f.name for f in fields(Clue)}


def test_the_due_column_wins_over_the_limits():
    clue = in_handling(completion_due=march(4))
    assert due_on("completion", clue, CLOCKS) == march(4)
    assert reckon("completion", clue, CLOCKS) == march(23)


def test_a_limit_changed_later_moves_no_clock_that_runs():
    changed = clocks(
        Limit(deadline="办理", urgency="一般", days=15),
        Limit(deadline="办理", urgency="一般", days=3, effective_on=march(3)),
    )
    assert due_on("completion", in_handling(), changed) == march(23)
    assert due_on("completion", in_handling(received_at=datetime(2026, 3, 3, 9, 0)), changed) == march(6)


def test_late_receipt_gains_the_department_nothing():
    late = in_handling(receipt_due=march(3), received_at=datetime(2026, 3, 10, 9, 0))
    assert due_on("completion", late, CLOCKS) == date(2026, 3, 24)
    early = in_handling(receipt_due=march(3))
    assert due_on("completion", early, CLOCKS) == march(23)


def test_what_comes_after_hours_starts_on_the_next_working_day():
    clue = Clue(urgency=Urgency.URGENT, routed_at=datetime(2026, 9, 18, 18, 0))
    assert due_on("receipt", clue, CLOCKS) == date(2026, 9, 20)  # a Sunday, worked


def test_the_most_specific_limit_holds():
    some = clocks(
        Limit(deadline="办理", days=20),
        Limit(deadline="Completion", urgency="Urgent", days=5),
        Limit(deadline="办理", subtype="税务问题", days=30),
        Limit(deadline="办理", urgency="紧急", subtype="税务问题", days=7),
    )
    asked = [
        (None, None),
        (Urgency.URGENT, None),
        (Urgency.GENERAL, "税务问题"),
        (Urgency.URGENT, "税务问题"),
    ]
    clues = [Clue(urgency=urgency, subtype=subtype) for urgency, subtype in asked]
    assert [limit_for("completion", c, some, march(2)) for c in clues] == [
        Allowance(20),
        Allowance(5),
        Allowance(30),
        Allowance(7),
    ]


def test_a_limit_not_yet_in_force_leaves_the_wider_one():
    some = clocks(
        Limit(deadline="办理", days=20), Limit(deadline="办理", urgency="紧急", days=5, effective_on=march(3))
    )
    clue = Clue(urgency=Urgency.URGENT)
    assert limit_for("completion", clue, some, march(2)) == Allowance(20)
    assert limit_for("completion", clue, some, march(3)) == Allowance(5)


def test_of_two_rows_for_one_date_the_lower_one_holds():
    some = clocks(Limit(deadline="归档", days=10), Limit(deadline="归档", days=12))
    assert limit_for("archive", Clue(), some, march(2)) == Allowance(12)


def test_a_limit_in_calendar_days_that_ends_on_a_day_off_ends_on_the_next_working_day():
    some = clocks(Limit(deadline="归档", days=5, unit=DayUnit.CALENDAR))
    clue = Clue(closed_at=datetime(2026, 9, 30, 9, 0))
    assert due_on("archive", clue, some) == date(2026, 10, 8)


def test_rows_with_a_fault_set_no_limit_and_are_named():
    rows = [
        Limit(deadline="午休", days=1),
        Limit(deadline="办理", urgency="特急", days=2),
        Limit(deadline="办理", days=-1),
        Limit(deadline="办理"),
        Limit(deadline="归档", days=10),
    ]
    assert list(clocks(*rows).limits) == [("archive", None, None)]
    problems = limit_problems(list(enumerate(rows, start=2)), "时限", "zh")
    assert [(p.code, p.place.row, p.place.column) for p in problems] == [
        ("limit_deadline", 2, "期限"),
        ("limit_urgency", 3, "紧急程度"),
        ("limit_days", 4, "天数"),
        ("limit_days", 5, "天数"),
    ]


def test_a_clue_is_late_for_each_of_the_four_kinds():
    routed = Clue(stage=Stage.ROUTED, urgency=Urgency.URGENT, routed_at=MORNING)
    assert overdue(routed, CLOCKS, march(4)) == (Lateness("receipt", march(2), 2),)
    both = in_handling(urgency=Urgency.URGENT)
    assert overdue(both, CLOCKS, march(11)) == (
        Lateness("milestone", march(3), 6),
        Lateness("completion", march(9), 2),
    )
    done = in_handling(milestone_at=MORNING, completed_at=MORNING)
    assert overdue(done, CLOCKS, march(5)) == (Lateness("feedback", march(3), 2),)


def test_a_clue_is_late_once_a_working_day_has_gone_by():
    friday = in_handling(completion_due=march(6))
    late = [overdue(friday, CLOCKS, march(day)) for day in (6, 7, 8, 9)]
    assert [[miss.days for miss in day] for day in late] == [[], [], [], [1]]


def test_deadlines_of_the_clue_department_itself_only_warn():
    waiting = Clue(stage=Stage.REGISTERED, delivered_at=MORNING)
    assert overdue(waiting, CLOCKS, march(30)) == ()
    assert standing(waiting, CLOCKS, march(30)).warning is WarningLevel.RED


@pytest.mark.parametrize("stage", sorted(OVER | {Stage.SUSPENDED, Stage.INCOMPLETE}, key=lambda s: s.name))
def test_nothing_is_late_in_a_stage_where_no_clock_runs(stage):
    past = {"receipt_due": march(1), "milestone_due": march(1), "completion_due": march(1)}
    clue = replace(in_handling(), stage=stage, routed_at=MORNING, closed_at=MORNING, **past)
    assert overdue(clue, CLOCKS, march(30)) == ()


@pytest.mark.parametrize(
    ("today", "left", "warning"),
    [
        (2, 3, WarningLevel.GREEN),
        (3, 2, WarningLevel.AMBER),
        (4, 1, WarningLevel.AMBER),
        (5, 0, WarningLevel.ORANGE),
        (6, -1, WarningLevel.RED),
    ],
)
def test_the_traffic_light_follows_the_working_days_left(today, left, warning):
    now = standing(in_handling(completion_due=march(5)), CLOCKS, march(today))
    assert (now.days_left, now.warning) == (left, warning)


def test_the_next_step_is_the_one_due_first():
    important = in_handling(urgency=Urgency.IMPORTANT)
    assert standing(important, CLOCKS, march(2)).next_step == DEADLINES["milestone"].text
    planned = replace(important, milestone_at=MORNING)
    assert standing(planned, CLOCKS, march(2)).next_step == DEADLINES["completion"].text
    general = standing(in_handling(), CLOCKS, march(2))
    assert (general.next_step, general.next_due) == (DEADLINES["completion"].text, march(23))


def test_a_step_whose_start_stands_on_another_sheet_is_named_and_dated_once_that_is_told():
    clue = Clue(stage=Stage.IN_REVIEW, urgency=Urgency.GENERAL)
    assert standing(clue, CLOCKS, march(2)).next_step == DEADLINES["analysis_review"].text
    assert standing(clue, CLOCKS, march(2)).next_due is None
    assert standing(clue, CLOCKS, march(2), SUBMITTED).next_due == march(3)


def test_several_kinds_of_lateness_stand_together_with_the_longest():
    now = standing(in_handling(urgency=Urgency.URGENT), CLOCKS, march(11))
    assert now.overdue_kind is not None
    assert now.overdue_kind.zh == "方案/初步逾期、办理逾期"
    assert now.overdue_days == 6


def test_a_deadline_past_the_last_published_year_is_provisional():
    december = in_handling(received_at=datetime(2026, 12, 21, 9, 0))
    assert standing(december, CLOCKS, date(2026, 12, 22)).provisional is YesNo.YES
    assert standing(in_handling(), CLOCKS, march(2)).provisional is YesNo.NO
    assert standing(Clue(stage=Stage.ARCHIVED), CLOCKS, march(2)).provisional is None


def test_the_time_taken_stops_when_the_clue_is_closed():
    clue = in_handling()
    assert standing(clue, CLOCKS, march(9)).elapsed_days == 5
    closed = replace(clue, stage=Stage.CLOSED, closed_at=datetime(2026, 3, 5, 9, 0))
    assert standing(closed, CLOCKS, march(30)).elapsed_days == 3


def test_the_time_taken_stands_still_for_what_ended_without_being_closed():
    merged = Clue(stage=Stage.MERGED, found_at=MORNING, elapsed_days=4)
    assert standing(merged, CLOCKS, march(30)).elapsed_days == 4


def test_the_computed_columns_are_in_the_ledgers_language():
    clue = in_handling(urgency=Urgency.URGENT)
    chinese, english = (with_standing(clue, CLOCKS, march(11), lang) for lang in ("zh", "en"))
    assert (chinese.next_step, english.next_step) == DEADLINES["milestone"].text
    assert english.overdue_kind == "First step overdue, Handling overdue"


def test_a_clue_that_stands_as_before_is_the_very_same_clue():
    clue = with_standing(in_handling(), CLOCKS, march(3), "zh")
    assert with_standing(clue, CLOCKS, march(3), "zh") is clue


moments = st.none() | st.datetimes(datetime(2025, 12, 1), datetime(2026, 12, 31))
clues = st.builds(
    Clue,
    stage=st.sampled_from(Stage),
    urgency=st.none() | st.sampled_from(Urgency),
    nature=st.none() | st.sampled_from(Nature),
    **dict.fromkeys(
        ("found_at", "delivered_at", "reviewed_at", "approved_at", "routed_at", "received_at"), moments
    ),
    **dict.fromkeys(("milestone_at", "completed_at", "fed_back_at", "closed_at"), moments),
)


@given(clues, st.dates(date(2026, 1, 1), date(2027, 3, 1)))
def test_any_clue_stands_somehow_and_its_figures_agree(clue, today):
    now = standing(clue, CLOCKS, today)
    late = overdue(clue, CLOCKS, today)
    assert all(miss.days >= 1 and miss.due < today for miss in late)
    assert (now.overdue_kind is None) == (not late) == (now.overdue_days is None)
    assert (now.warning is WarningLevel.RED) == (now.days_left is not None and now.days_left < 0)
    if late:
        assert now.warning is WarningLevel.RED
        assert now.overdue_days == max(miss.days for miss in late)
