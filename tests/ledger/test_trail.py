from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stages import LINE, NEW, NOW, NUMBER, STAMP, clue_at, ledger

from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import Part, columns
from cluebook.domain.office import Counter
from cluebook.domain.records import Extension, Return
from cluebook.ledger.plan import Edit, Plan, Stamp
from cluebook.ledger.trail import History, events
from cluebook.text import LANGS, Text

ROUTE = Text("流转", "Route")
BEFORE = clue_at(Stage.APPROVED)
AFTER = clue_at(Stage.ROUTED)


def told(plan, held=None, papers=None):
    return events(plan, held or ledger(), STAMP, ROUTE, papers or {})


def test_an_event_says_who_did_what_when_to_which_clue_and_what_changed():
    (event,) = told(
        Plan(edits=(Edit(5, BEFORE, AFTER),), reasons={NUMBER: "归其管理"}), papers={NUMBER: "流转单.docx"}
    )
    assert (event.at, event.user, event.action, event.clue) == (NOW, "王芳", "流转", NUMBER)
    assert (event.before, event.after, event.reason) == ("待流转", "已流转待接收", "归其管理")
    assert event.document == "流转单.docx"
    assert event.changes.splitlines() == [
        "状态：待流转 → 已流转待接收",
        "责任部门： → 客户服务部",
        "流转原因： → 门店归其管理",
        "流转单号： → LZ-2026-0001",
        "流转时间： → 2026-03-03 10:00",
        "接收期限： → 2026-03-04",
    ]


def test_a_plan_that_changes_nothing_leaves_no_trail():
    assert told(Plan(edits=(Edit(2, BEFORE, BEFORE),), done=(NUMBER,))) == []


def test_computed_columns_leave_no_trail_but_a_new_lateness_does():
    assert told(Plan(edits=(Edit(2, BEFORE, replace(BEFORE, days_left=3, next_step="流转")),))) == []
    (event,) = told(Plan(edits=(Edit(2, BEFORE, replace(BEFORE, overdue_kind="接收逾期")),)))
    assert event.changes == "逾期类型： → 接收逾期"


def test_a_line_on_another_sheet_is_told_with_the_clue_it_is_about():
    (event,) = told(Plan(additions=(LINE, Counter(prefix="x", last=1))))
    assert (event.clue, event.changes) == (NUMBER, "处理记录：增加一行")


def test_a_long_text_appears_only_by_its_length():
    (event,) = told(Plan(edits=(Edit(2, BEFORE, replace(BEFORE, remarks="秘" * 61)),)))
    assert event.changes == "备注： → （61字）"


def test_texts_that_people_typed_into_a_new_row_are_not_copied_into_the_trail():
    entered = replace(NEW, entry_no="T-1", stage=Stage.REGISTERED)
    (event,) = told(Plan(additions=(entered,)))
    assert event.changes.splitlines() == ["状态： → 已登记待初审", "登记号： → T-1"]


def test_a_typed_row_tells_with_its_name_all_that_the_program_had_put_there():
    typed = replace(NEW, suggested_subtype="产品质量", confidence=0.8)
    entered = replace(typed, entry_no="T-1", stage=Stage.REGISTERED)
    trail = told(Plan(edits=(Edit(5, typed, entered),)))
    assert list(History(trail).edited_by_hand(entered, "zh")) == []


ASSIGNED = [c for c in columns(Clue) if c.assigned and c.part is not Part.COMPUTED]


@pytest.mark.parametrize("column", ASSIGNED, ids=lambda c: c.name)
def test_every_cell_of_the_program_is_watched(column):
    clue = replace(AFTER, entry_no="T-1")
    trail = told(Plan(edits=(Edit(5, Clue(), clue),)))
    assert list(History(trail).edited_by_hand(clue, "zh")) == []
    other = {str: "改动", datetime: datetime(2026, 1, 1), date: date(2026, 1, 1), int: 9, float: 0.25}
    by_hand = other.get(column.type) or next(iter(column.type))
    meddled = replace(clue, **{column.name: by_hand})
    assert column in list(History(trail).edited_by_hand(meddled, "zh"))


@given(st.lists(st.text().filter(str.strip), min_size=1, max_size=4), st.sampled_from(LANGS))
def test_no_text_the_program_writes_makes_the_trail_cry_wolf(texts, lang):
    held = replace(ledger(), lang=lang)
    clue, trail = Clue(entry_no="T-1", stage=Stage.REGISTERED), []
    trail += events(Plan(additions=(clue,)), held, STAMP, ROUTE, {})
    for text in [*texts, "甲：乙 → 丙", "a: b → c", "x\ny"]:
        after = replace(clue, suggested_reason=text, possible_duplicates=text)
        trail += events(Plan(edits=(Edit(5, clue, after),)), held, STAMP, ROUTE, {})
        clue = after
        assert list(History(trail).edited_by_hand(clue, lang)) == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("field", "beside"), [("extensions", Extension), ("returns", Return)])
def test_a_sheet_that_has_the_name_of_a_column_is_not_taken_for_it(field, beside, lang):
    before, after = replace(AFTER, entry_no="T-1"), replace(AFTER, entry_no="T-1", **{field: 1})
    trail = events(Plan(additions=(before,)), replace(ledger(), lang=lang), STAMP, ROUTE, {})
    plan = Plan(edits=(Edit(5, before, after),), additions=(beside(clue=after.number),))
    trail += events(plan, replace(ledger(), lang=lang), STAMP, ROUTE, {})
    assert list(History(trail).edited_by_hand(after, lang)) == []


def test_a_row_without_a_name_is_only_asked_for_its_stage():
    assert list(History([]).edited_by_hand(NEW, "zh")) == []
    (column,) = History([]).edited_by_hand(replace(NEW, stage=Stage.CLOSED), "zh")
    assert column.name == "stage"


def test_what_was_told_under_the_entry_number_holds_on_under_the_clue_number():
    entered = replace(NEW, entry_no="T-1", stage=Stage.REGISTERED, suggested_subtype="产品质量")
    accepted = replace(entered, number=NUMBER, stage=Stage.ACCEPTED)
    trail = [*told(Plan(additions=(entered,))), *told(Plan(edits=(Edit(5, entered, accepted),)))]
    assert list(History(trail).edited_by_hand(accepted, "zh")) == []
    assert NUMBER in History(trail)
    assert "T-2" not in History(trail)


def test_moments_are_trailed_to_the_second():
    stamp = Stamp(datetime(2026, 3, 4, 10, 0, 0, 999_999), "王芳")
    (event,) = events(Plan(additions=(LINE,)), ledger(), stamp, ROUTE, {})
    assert event.at == NOW
