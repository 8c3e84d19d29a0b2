from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluebook.domain.case import Case, case_of
from cluebook.domain.clue import OVER, Clue, Nature, Stage, Urgency, WarningLevel
from cluebook.domain.deadlines import (
    DEADLINES,
    LATENESS_FIELDS,
    Allowance,
    Lateness,
    Moment,
    Standing,
    clocks_of,
    due_in_words,
    due_on,
    limit_for,
    limit_problems,
    met_late,
    overdue,
    reckon,
    resumed,
    running,
    standing,
    with_standing,
)
from cluebook.domain.fields import YesNo
from cluebook.domain.office import DayUnit, Limit
from cluebook.domain.records import (
    Analysis,
    Callback,
    Consultation,
    Decision,
    Extension,
    Meeting,
    MeetingKind,
    Pause,
    PauseKind,
    Rectification,
    Reply,
    ReplyKind,
    ReplyOutcome,
    Reporter,
    Return,
    Transfer,
    Urge,
)
from cluebook.domain.workdays import calendar_of
from cluebook.seeds.calendar import starting_calendar, starting_years
from cluebook.seeds.limits import starting_limits

CHINA = calendar_of(starting_calendar("zh", [2026, 2027]), starting_years("zh", [2026, 2027]))
CUTOFF = time(17, 30)
CLOCKS = clocks_of(starting_limits("zh"), CHINA, CUTOFF)

MORNING = datetime(2026, 3, 2, 9, 0)  # a Monday with plain weeks before and after it


def clocks(*limits):
    return clocks_of(limits, CHINA, CUTOFF)


def march(day):
    return date(2026, 3, day)


def running_days(about):
    """When each deadline that runs is due, by its id."""
    return {deadline.id: due for deadline, due in running(about, CLOCKS)}


def in_handling(**known):
    known = {"urgency": Urgency.GENERAL, "delivered_at": MORNING, "received_at": MORNING} | known
    return Clue(stage=Stage.IN_HANDLING, **known)


CLUE = "XS-2026-YW-0001"
REACHABLE = Reporter(clue=CLUE, phone="电话", wants_reply=YesNo.YES)
CASES = {
    "intake": (Clue(stage=Stage.DRAFT, collected_at=MORNING), 2, 3, 3),
    "review": (Clue(stage=Stage.REGISTERED, delivered_at=MORNING), 2, 3, 3),
    "supplement": (
        case_of(Clue(stage=Stage.INCOMPLETE), Pause(kind=PauseKind.SUPPLEMENT, began_at=MORNING)),
        5,
        5,
        5,
    ),
    "acknowledgement": (case_of(Clue(stage=Stage.REGISTERED, delivered_at=MORNING), REACHABLE), 9, 9, 9),
    "transfer_receipt": (case_of(Clue(stage=Stage.IN_TRANSFER), Transfer(sent_at=MORNING)), 9, 9, 9),
    "discussion": (Clue(stage=Stage.ACCEPTED, reviewed_at=MORNING, complex=YesNo.YES), 4, 4, 4),
    "analysis": (Clue(stage=Stage.ACCEPTED, reviewed_at=MORNING), 3, 5, 5),
    "consultation": (
        case_of(Clue(stage=Stage.IN_ANALYSIS), Consultation(expert="丁教授", on=MORNING.date())),
        5,
        5,
        5,
    ),
    "analysis_review": (case_of(Clue(stage=Stage.IN_REVIEW), Analysis(submitted_at=MORNING)), 3, 3, 3),
    "coordination": (
        Clue(stage=Stage.APPROVED, approved_at=MORNING, department="财务部", joint_departments=("市场部",)),
        4,
        4,
        4,
    ),
    "routing": (Clue(stage=Stage.APPROVED, approved_at=MORNING), 3, 3, 3),
    "analysis_owed": (Clue(stage=Stage.ROUTED, routed_at=MORNING, fast_track=YesNo.YES), 4, 4, 4),
    "receipt": (Clue(stage=Stage.ROUTED, routed_at=MORNING), 2, 3, 3),
    "return_decision": (case_of(Clue(stage=Stage.ROUTED), Return(raised_at=MORNING)), 3, 3, 3),
    "milestone": (Clue(stage=Stage.IN_HANDLING, received_at=MORNING), 3, 5, None),
    "progress": (Clue(stage=Stage.IN_HANDLING, received_at=MORNING), 3, None, None),
    "completion": (Clue(stage=Stage.IN_HANDLING, received_at=MORNING), 9, 16, 23),
    "extension_decision": (case_of(Clue(stage=Stage.IN_HANDLING), Extension(applied_at=MORNING)), 3, 3, 3),
    "resumption": (Clue(stage=Stage.SUSPENDED, resume_on=date(2026, 3, 9)), 9, 9, 9),
    "feedback": (Clue(stage=Stage.IN_HANDLING, completed_at=MORNING), 3, 3, 3),
    "callback": (Clue(stage=Stage.FED_BACK, completed_at=MORNING, subtype="服务投诉"), 5, 5, 5),
    "feedback_review": (Clue(stage=Stage.FED_BACK, fed_back_at=MORNING), 4, 4, 4),
    "feedback_meeting": (Clue(stage=Stage.AWAITING_MEETING, fed_back_at=MORNING), 9, 9, 9),
    "reply": (case_of(Clue(stage=Stage.CLOSED, closed_at=MORNING), REACHABLE), 9, 9, 9),
    "follow_up": (Clue(stage=Stage.ROUTED, routed_at=MORNING), 3, 5, 9),
    "urge_reply": (case_of(Clue(stage=Stage.ROUTED), Urge(reply_by=date(2026, 3, 6))), 6, 6, 6),
    "rectification": (case_of(Clue(stage=Stage.CLOSED), Rectification(raised_at=MORNING)), 9, 9, 9),
    "archive": (Clue(stage=Stage.CLOSED, closed_at=MORNING), 16, 16, 16),
}
"""For each deadline a case in which its clock starts on Monday, and the day of March on which an urgent, an important and
a general clue are due."""


@pytest.mark.parametrize("deadline", DEADLINES)
def test_each_deadline_is_due_after_the_days_of_the_procedure(deadline):
    about, *days = CASES[deadline]
    case = about if isinstance(about, Case) else case_of(about)
    for urgency, day in zip(Urgency, days, strict=True):
        of_urgency = replace(case, clue=replace(case.clue, urgency=urgency))
        expected = march(day) if day else None
        assert due_on(deadline, of_urgency, CLOCKS) == expected
        assert running_days(of_urgency).get(deadline) == expected


MET = {
    "intake": {"delivered_at": MORNING},
    "supplement": Pause(kind=PauseKind.SUPPLEMENT, began_at=MORNING, ended_at=MORNING),
    "acknowledgement": Reply(kind=ReplyKind.ACKNOWLEDGED, outcome=ReplyOutcome.SENT),
    "transfer_receipt": Transfer(sent_at=MORNING, answer=Decision.GRANTED),
    "discussion": Meeting(kind=MeetingKind.DISCUSSION, on=MORNING.date(), decisions="客户服务部办理"),
    "consultation": Consultation(expert="丁教授", on=MORNING.date(), opinion="可行"),
    "coordination": Meeting(kind=MeetingKind.COORDINATION, on=MORNING.date(), decisions="财务部主办"),
    "return_decision": Return(raised_at=MORNING, decision=Decision.REFUSED),
    "progress": {"completed_at": MORNING},
    "extension_decision": Extension(applied_at=MORNING, decision=Decision.GRANTED),
    "resumption": {"resume_on": None},
    "callback": Callback(on=MORNING.date()),
    "reply": Reply(kind=ReplyKind.RESULT, outcome=ReplyOutcome.UNREACHABLE, attempts="三次无人接听"),
    "urge_reply": Urge(reply_by=date(2026, 3, 6), replied_at=MORNING),
    "rectification": Rectification(raised_at=MORNING, done_on=MORNING.date()),
}
"""What meets a deadline that no column of the clue ends."""


@pytest.mark.parametrize("deadline", [name for name in DEADLINES if name != "follow_up"])
def test_no_clock_runs_once_its_deadline_is_met(deadline):
    about = CASES[deadline][0]
    case = about if isinstance(about, Case) else case_of(about)
    met = MET[deadline] if DEADLINES[deadline].ends is None else {DEADLINES[deadline].ends: MORNING}
    if isinstance(met, dict):
        case = replace(case, clue=replace(case.clue, **met))
    else:
        case = replace(case, written={**case.written, type(met): (met,)})
    case = replace(case, clue=replace(case.clue, urgency=Urgency.URGENT))
    assert deadline not in running_days(case)


def test_no_deadline_is_due_before_its_clock_starts():
    clue = Clue(urgency=Urgency.URGENT)
    assert [due_on(deadline, clue, CLOCKS) for deadline in DEADLINES] == [None] * len(DEADLINES)


@pytest.mark.parametrize("deadline", DEADLINES.values(), ids=DEADLINES.keys())
def test_a_deadline_names_fields_that_a_clue_has(deadline):
    held = {f.name for f in fields(Clue)}
    named = {deadline.starts, deadline.ends, deadline.due_field}
    assert {name for name in named if isinstance(name, str)} <= held
    for moment in (deadline.starts, deadline.due, deadline.from_routing):
        assert not isinstance(moment, Moment) or set(moment.fields) <= held


@pytest.mark.parametrize(("number", "due"), [(None, march(11)), ("XS-1", march(12))])
def test_a_refused_transfer_lets_the_review_run_on_or_begin_anew_where_the_clue_was_accepted(number, due):
    """Sent on after one of three days, and refused four working days later."""
    three = clocks(Limit(deadline="初审", days=3))
    sent, refused = datetime(2026, 3, 3, 9), datetime(2026, 3, 9, 9)
    clue = Clue(stage=Stage.REGISTERED, number=number, entry_no="T-1", delivered_at=MORNING)
    transfer = Transfer(sent_at=sent, answer=Decision.REFUSED, answered_at=refused)
    paused = case_of(clue, transfer, Pause(kind=PauseKind.TRANSFER, began_at=sent))
    assert due_on("review", resumed(paused, refused, three), three) == due


def test_a_clue_that_came_back_twice_waits_for_another_meeting():
    held = Meeting(kind=MeetingKind.COORDINATION, on=date(2026, 3, 2), decisions="财务部主办")
    back = Return(raised_at=MORNING, decision=Decision.GRANTED, decided_at=datetime(2026, 3, 4, 9))
    case = case_of(Clue(stage=Stage.APPROVED, approved_at=MORNING, returns=1, reroutes=1), held, back)
    assert running_days(case) == {"coordination": march(6), "routing": march(5)}
    met = case.with_new(replace(held, on=date(2026, 3, 4)))
    assert running_days(met) == {"routing": march(5)}


def test_lateness_follows_from_a_few_columns_of_the_clue():
    """What is named overdue is reckoned from the columns that the fast list reads, and from no other."""
    for deadline in (d for d in DEADLINES.values() if d.overdue):
        case = CASES[deadline.id][0]
        kept = {name: getattr(case, name) for name in LATENESS_FIELDS}
        assert overdue(Clue(**kept), CLOCKS, date(2026, 4, 30)) == overdue(case, CLOCKS, date(2026, 4, 30))


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


def test_an_acknowledgement_goes_out_within_seven_calendar_days_on_a_day_that_is_worked():
    before_spring_festival = datetime(2026, 2, 13, 9, 0)
    case = case_of(Clue(stage=Stage.REGISTERED, delivered_at=before_spring_festival), REACHABLE)
    assert due_on("acknowledgement", case, CLOCKS) == date(2026, 2, 14)  # five working days are the 27th
    wide = clocks(Limit(deadline="受理告知", days=30))
    assert due_on(
        "acknowledgement", case_of(replace(case.clue, delivered_at=MORNING), REACHABLE), wide
    ) == march(9)
    words = due_in_words(DEADLINES["acknowledgement"], date(2026, 2, 14), case, CLOCKS)
    assert "最多 7 个自然日" in words.zh


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
    submitted = case_of(clue, Analysis(submitted_at=MORNING))
    assert standing(submitted, CLOCKS, march(2)).next_due == march(3)


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
    missed = late or met_late(clue, CLOCKS)
    assert (now.overdue_kind is None) == (now.overdue_days is None)
    assert now.overdue_kind is None or missed
    assert (now.warning is WarningLevel.RED) == (now.days_left is not None and now.days_left < 0)
    if late:
        assert now.warning is WarningLevel.RED
        assert now.overdue_days == max(miss.days for miss in late)
