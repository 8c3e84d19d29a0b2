from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from stages import NUMBER, clue_at, ledger, press

from cluebook.domain.clue import Clue, Stage, WarningLevel
from cluebook.ledger.plan import Stamp

ROUTED = clue_at(Stage.ROUTED)
LATE = Stamp(datetime(2026, 3, 6, 8, 30), "值守")


def test_what_is_late_is_listed_with_its_working_days_and_nothing_is_written():
    plan = press("overdue", ledger(ROUTED, clue_at(Stage.CLOSED, number="XS-2")), stamp=LATE)
    (late,) = plan.overdue
    assert (late.number, late.kind, late.due, late.days) == (NUMBER, "receipt", date(2026, 3, 4), 2)
    assert (plan.done, plan.edits, plan.papers) == ((NUMBER,), (), ())


def test_nothing_is_late_on_the_last_day():
    plan = press("overdue", ledger(ROUTED), stamp=Stamp(datetime(2026, 3, 4, 23), "值守"))
    assert (plan.overdue, plan.done) == ((), ())


def test_flagging_writes_the_computed_columns_and_once_is_enough():
    plan = press("overdue", ledger(ROUTED), stamp=LATE, flag=True)
    (edit,) = plan.edits
    assert (edit.after.warning, edit.after.overdue_kind, edit.after.overdue_days) == (
        WarningLevel.RED,
        "接收逾期",
        2,
    )
    changed = {column.part for column, _, _ in edit.changes()}
    assert len(changed) == 1
    assert press("overdue", ledger(edit.after), stamp=LATE, flag=True).edits == ()


def test_a_warning_goes_away_with_its_cause():
    warned = press("overdue", ledger(ROUTED), stamp=LATE, flag=True).edits[0].after
    closed = replace(
        clue_at(Stage.CLOSED), overdue_kind=warned.overdue_kind, overdue_days=2, warning=warned.warning
    )
    after = press("overdue", ledger(closed), stamp=LATE, flag=True).edits[0].after
    assert (after.overdue_kind, after.overdue_days) == (None, None)


def test_one_clue_late_in_two_ways_is_one_clue_with_two_lines():
    very_late = Stamp(datetime(2026, 4, 10, 8, 30), "值守")
    handled = clue_at(Stage.IN_HANDLING, completed_at=datetime(2026, 4, 1, 9))
    plan = press("overdue", ledger(handled, clue_at(Stage.IN_HANDLING, number="XS-2")), stamp=very_late)
    assert [(late.number, late.kind) for late in plan.overdue] == [
        (NUMBER, "feedback"),
        ("XS-2", "completion"),
    ]
    assert plan.done == (NUMBER, "XS-2")


def test_the_list_is_made_when_it_is_asked_for_and_anything_is_late():
    (paper,) = press("overdue", ledger(ROUTED), stamp=LATE, document=True).papers
    assert paper.context["total"] == "1"
    assert paper.context["rows"][0]["kind"] == "接收逾期"
    assert press("overdue", ledger(Clue()), stamp=LATE, document=True).papers == ()
