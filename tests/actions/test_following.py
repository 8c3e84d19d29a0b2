from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from stages import NOW, NUMBER, STAMP, clue_at, codes, ledger, press

from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import YesNo
from cluebook.domain.office import Counter
from cluebook.domain.records import FollowUp, Urge, UrgeKind

HANDLED = clue_at(Stage.IN_HANDLING)
SENT = Urge(
    clue=NUMBER, number="DB-2026-0001", kind=UrgeKind.REMINDER, level=1, issued_at=datetime(2026, 3, 3, 9)
)


def rows_of(plan, record):
    return [e.after for e in plan.edits if isinstance(e.after, record)] + [
        a for a in plan.additions if isinstance(a, record)
    ]


def test_a_look_at_the_progress_is_dated_and_says_when_it_was_due():
    plan = press("follow-up", ledger(HANDLED), look=FollowUp(progress=40, next_step="等待配件"))
    (record,) = rows_of(plan, FollowUp)
    assert (record.clue, record.done_on, record.by) == (NUMBER, NOW.date(), "王芳")
    assert record.planned_on == date(2026, 3, 10)
    assert codes(press("follow-up", ledger(HANDLED), look=FollowUp(progress=140))) == ["progress_impossible"]


def test_what_is_due_is_entered_once_and_waits_to_be_filled_in():
    tuesday, clock = date(2026, 3, 10), datetime(2026, 3, 10, 8, 40)
    on = [replace(STAMP, at=clock.replace(day=day)) for day in (9, 10, 11, 14)]
    assert [press("follow-up", ledger(HANDLED), stamp=each, due=True).done for each in on] == [
        (), (NUMBER,), (NUMBER,), (),
    ]  # fmt: skip
    (entered,) = press("follow-up", ledger(HANDLED), stamp=on[1], due=True).additions
    assert entered == FollowUp(clue=NUMBER, planned_on=tuesday)
    again = press("follow-up", ledger(HANDLED, entered), stamp=on[2], due=True)
    assert (again.done, again.additions) == ((NUMBER,), ())
    (filled,) = rows_of(press("follow-up", ledger(HANDLED, entered), look=FollowUp(progress=40)), FollowUp)
    assert (filled.planned_on, filled.progress) == (tuesday, 40)
    suspended = clue_at(Stage.SUSPENDED)
    assert press("follow-up", ledger(suspended, entered), stamp=on[2], due=True).done == ()


def test_an_order_is_numbered_dated_and_counted_and_wants_an_answer():
    plan = press("urge", ledger(HANDLED), order=Urge(demand="本周内办结"))
    (order,) = rows_of(plan, Urge)
    assert (order.number, order.kind, order.level, order.to) == (
        "DB-2026-0001",
        UrgeKind.REMINDER,
        1,
        "客户服务部",
    )
    assert order.reply_by == date(2026, 3, 6)
    assert [clue.urge_level for clue in rows_of(plan, Clue)] == [1]
    assert rows_of(plan, Counter) == [Counter(prefix="DB-2026-#", last=1)]
    assert [paper.kind for paper in plan.papers] == ["supervision_order"]
    assert plan.papers[0].context["urge"]["number"] == "DB-2026-0001"


def test_the_next_order_has_the_next_number_even_when_its_counter_was_lost():
    (order,) = rows_of(press("urge", ledger(HANDLED, SENT)), Urge)
    assert order.number == "DB-2026-0002"


def test_what_is_reported_to_management_has_its_circular_beside_the_order_to_answer_on():
    plan = press("urge", ledger(HANDLED), order=Urge(kind=UrgeKind.REPORTED, demand="三日内办结"))
    assert [paper.kind for paper in plan.papers] == ["supervision_order", "overdue_report"]
    assert plan.papers[1].context["urge"]["number"] == "DB-2026-0001"


def test_a_clue_is_urged_once_a_day_in_the_same_way():
    today = replace(SENT, issued_at=NOW)
    assert codes(press("urge", ledger(HANDLED, today))) == ["urged_today"]
    stronger = press("urge", ledger(HANDLED, today), order=Urge(kind=UrgeKind.SUPERVISION))
    assert codes(stronger) == []


def test_a_clue_without_a_department_cannot_be_urged():
    assert codes(press("urge", ledger(clue_at(Stage.IN_ANALYSIS)))) == ["department_missing"]


def test_the_answer_and_the_settling_go_into_the_order():
    plan = press("urge", ledger(HANDLED, SENT), order=Urge(progress="已购配件"))
    (answered,) = rows_of(plan, Urge)
    assert (answered.number, answered.progress, answered.replied_at) == ("DB-2026-0001", "已购配件", NOW)
    settled = press("urge", ledger(HANDLED, answered), order=Urge(settled=YesNo.YES, opinion="同意"))
    assert [(u.settled, u.replied_at) for u in rows_of(settled, Urge)] == [(YesNo.YES, NOW)]


def test_an_answer_to_no_order_is_refused():
    settled = replace(SENT, settled=YesNo.YES)
    assert codes(press("urge", ledger(HANDLED, settled), order=Urge(progress="已办"))) == ["no_order_open"]
