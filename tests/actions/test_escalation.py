from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from stages import NUMBER, clue_at, codes, ledger, places, press

from cluebook.domain.clue import Clue, Stage, Urgency
from cluebook.domain.office import Counter, Person
from cluebook.domain.records import Urge, UrgeKind
from cluebook.domain.roles import PROGRAM
from cluebook.ledger.plan import Stamp

HANDLED = clue_at(Stage.IN_HANDLING)  # to be completed by 24 March 2026, a Tuesday
AHEAD, LATE, LONG_LATE = (Stamp(datetime(2026, 3, day, 8, 35), PROGRAM) for day in (20, 25, 31))


def urges(plan):
    return [each for each in plan.additions if isinstance(each, Urge)]


def after(plan, held):
    """The ledger's records once a plan is carried out."""
    there = held.after(plan)
    return ledger(*there.records(Clue), *there.records(Urge), *there.records(Counter))


def test_two_days_ahead_the_department_is_reminded_without_an_order():
    plan = press("escalate", ledger(HANDLED), stamp=AHEAD)
    (notice,) = urges(plan)
    assert (notice.kind, notice.level, notice.number, notice.demand) == (UrgeKind.NOTICE, 1, None, None)
    assert (notice.deadline, notice.due, notice.to) == ("办理", date(2026, 3, 24), "客户服务部")
    assert notice.about == "办理期限 2026-03-24，还剩 2 个工作日"
    assert (plan.papers, plan.done, plan.acts[NUMBER].zh) == ((), (NUMBER,), "即将到期")


def test_one_day_late_there_is_an_order_with_a_number_and_a_date_for_the_answer():
    plan = press("escalate", ledger(HANDLED), stamp=LATE)
    (order,) = urges(plan)
    assert (order.kind, order.number, order.reply_by) == (
        UrgeKind.REMINDER,
        "DB-2026-0001",
        date(2026, 3, 27),
    )
    assert order.issued_by == "线索管理部门"
    assert Counter(prefix="DB-2026-#", last=1) in plan.additions
    (paper,) = plan.papers
    assert (paper.kind, paper.context["urge"]["about"]) == (
        "supervision_order",
        "办理期限 2026-03-24，已逾期 1 个工作日",
    )


def test_five_days_late_there_is_a_report_as_well():
    plan = press("escalate", ledger(HANDLED), stamp=LONG_LATE)
    assert [u.kind for u in urges(plan)] == [UrgeKind.REPORTED]
    assert [paper.kind for paper in plan.papers] == ["supervision_order", "overdue_report"]
    assert {paper.context["clue"]["overdue_days"] for paper in plan.papers} == {"5"}


def test_each_step_is_taken_once_and_the_level_rises_with_it():
    held, levels = ledger(HANDLED), []
    for stamp in (AHEAD, AHEAD, LATE, LATE, replace(LATE, at=datetime(2026, 3, 26, 8, 35)), LONG_LATE):
        plan = press("escalate", held, stamp=stamp)
        held = after(plan, held)
        levels.append((len(urges(plan)), held.records(Clue)[0].urge_level))
    assert levels == [(1, 1), (0, 1), (1, 2), (0, 2), (0, 2), (1, 3)]


def test_two_deadlines_on_one_day_make_two_records_and_raise_the_level_once():
    urgent = replace(HANDLED, urgency=Urgency.URGENT, milestone_due=date(2026, 3, 24))
    plan = press("escalate", ledger(urgent), stamp=LATE)
    assert [(u.deadline, u.level, u.number) for u in urges(plan)] == [
        ("初步处理/处理方案", 1, "DB-2026-0001"),
        ("办理", 1, "DB-2026-0002"),
    ]
    assert [paper.context["urge"]["number"] for paper in plan.papers] == ["DB-2026-0001", "DB-2026-0002"]
    assert [e.after.urge_level for e in plan.edits if isinstance(e.after, Clue)] == [1]


def test_nobody_is_urged_on_a_day_off_or_while_a_clue_is_suspended():
    sunday = Stamp(datetime(2026, 3, 29, 9), "王芳")
    plan = press("escalate", ledger(HANDLED), stamp=sunday)
    assert (urges(plan), [n.zh for n in plan.notices]) == ([], ["今天不是工作日，不催办。"])
    suspended = clue_at(Stage.SUSPENDED, resume_on=date(2026, 4, 10))
    assert press("escalate", ledger(suspended), stamp=LONG_LATE).additions == ()


def test_what_a_person_urges_counts_for_the_level_but_not_for_the_ladder():
    byhand = Urge(clue=NUMBER, kind=UrgeKind.REMINDER, level=1, issued_at=datetime(2026, 3, 25, 8))
    plan = press("escalate", ledger(replace(HANDLED, urge_level=1), byhand), stamp=LATE)
    assert [(u.kind, u.level) for u in urges(plan)] == [(UrgeKind.REMINDER, 1)]


def test_the_check_names_the_addresses_to_which_nothing_could_be_sent():
    cells = ("zhao@example.com", None, "zhao＠example.com", "zhao@example.com, qian@example.com")
    plan = press("check", ledger(*(Person(name=f"人{n}", email=cell) for n, cell in enumerate(cells))))
    assert places(plan) == [("人员", 4, "邮箱"), ("人员", 5, "邮箱")]
    assert set(codes(plan)) == {"address_unusable"}
