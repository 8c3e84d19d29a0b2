from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from stages import NUMBER, TICKED, clue_at, codes, ledger, press

from cluebook.domain.clue import Clue, Satisfaction, Stage
from cluebook.domain.records import Callback, CheckItem, Share, Task
from cluebook.errors import UsageError

HANDLED = clue_at(Stage.IN_HANDLING)
OPEN = tuple(replace(row, result=None, on=None) for row in TICKED)


def rows_of(plan, record):
    return [e.after for e in plan.edits if isinstance(e.after, record)] + [
        a for a in plan.additions if isinstance(a, record)
    ]


def test_receipt_lays_out_the_checklist_of_the_subtype():
    plan = press("receive", ledger(clue_at(Stage.ROUTED)), {"handler": "赵敏"})
    assert [row.item for row in rows_of(plan, CheckItem)] == [row.item for row in TICKED]


def test_items_are_ticked_with_the_day_and_the_others_stay_as_they_are():
    plan = press(
        "tick", ledger(HANDLED, *OPEN), item={"沟通情况": "电话沟通", "Need": "退款"}, evidence="录音3"
    )
    ticked = rows_of(plan, CheckItem)
    assert [(row.item, row.result, row.on, row.evidence) for row in ticked] == [
        ("沟通情况", "电话沟通", date(2026, 3, 4), "录音3"),
        ("客户需求", "退款", date(2026, 3, 4), "录音3"),
    ]


def test_a_checklist_that_is_not_there_yet_is_laid_out_with_what_is_ticked():
    plan = press("tick", ledger(HANDLED), item={"沟通情况": "电话沟通"})
    assert [row.result for row in rows_of(plan, CheckItem)] == ["电话沟通", None, None, None]


def test_an_item_the_checklist_does_not_have_is_told_with_those_it_has():
    plan = press("tick", ledger(HANDLED, *OPEN), item={"检验分析": "合格"})
    (problem,) = plan.problems
    assert problem.code == "unknown_item"
    assert "沟通情况" in problem.fix.zh


def test_a_joint_department_is_done_with_its_task():
    given = Task(clue=NUMBER, department="财务部", share=Share.JOINT, task="核对账目")
    plan = press("task", ledger(HANDLED, given), joint="财务部", result="账目无误")
    assert rows_of(plan, Task) == [replace(given, done_on=date(2026, 3, 4), result="账目无误")]
    assert codes(press("task", ledger(HANDLED, given), joint="市场部")) == ["unknown_task"]


def test_a_call_back_is_recorded_and_its_satisfaction_goes_into_the_row():
    call = Callback(way="电话", satisfaction=Satisfaction.FAIR)
    plan = press("callback", ledger(clue_at(Stage.FED_BACK)), call=call)
    assert [row.satisfaction for row in rows_of(plan, Clue)] == [Satisfaction.FAIR]
    assert rows_of(plan, Callback) == [replace(call, clue=NUMBER, on=date(2026, 3, 4), by="王芳")]
    assert [paper.kind for paper in plan.papers] == ["callback_record"]


def test_a_call_back_says_how_satisfied_they_are():
    with pytest.raises(UsageError):
        press("callback", ledger(clue_at(Stage.FED_BACK)), call=Callback(way="电话"))
