from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from stages import NEW, NOW, NUMBER, clue_at, codes, event, ledger, places, press

from cluebook.domain.clue import (
    Clue,
    Completeness,
    Conclusion,
    Ground,
    Nature,
    Secrecy,
    Stage,
    Truth,
    Urgency,
)
from cluebook.domain.office import DayKind, DayOff, Keyword, Limit
from cluebook.errors import Place, Problem
from cluebook.ledger.ledger import Leaf, Ledger, Row
from cluebook.seeds.keywords import starting_keywords
from cluebook.text import same

JUDGED = {"truth": Truth.TRUE, "completeness": Completeness.COMPLETE}
DECIDED = {
    **JUDGED,
    "nature": Nature.BUSINESS,
    "subtype": "服务投诉",
    "urgency": Urgency.GENERAL,
    "ground": Ground.ORDINARY,
}
REGISTERED = clue_at(Stage.REGISTERED)
SUGGESTED = replace(REGISTERED, suggested_subtype="违规举报", suggested_urgency=Urgency.GENERAL)


def test_accepting_gives_number_conclusion_secrecy_and_policy():
    plan = press("accept", ledger(REGISTERED), DECIDED)
    after = plan.edits[0].after
    assert (after.stage, after.number, after.reviewed_at) == (Stage.ACCEPTED, NUMBER, NOW)
    assert (after.conclusion, after.secrecy, after.policy) == (Conclusion.ACCEPT, Secrecy.ORDINARY, "2026 版")
    assert after.reviewer == "王芳"
    assert after.next_step == "分析"
    assert plan.done == (NUMBER,)


def test_a_reviewer_and_a_secrecy_that_are_named_stay():
    plan = press("accept", ledger(REGISTERED), DECIDED | {"reviewer": "李强", "secrecy": Secrecy.INTERNAL})
    assert (plan.edits[0].after.reviewer, plan.edits[0].after.secrecy) == ("李强", Secrecy.INTERNAL)


def test_a_compliance_clue_is_confidential():
    plan = press("accept", ledger(REGISTERED), DECIDED | {"nature": Nature.COMPLIANCE, "subtype": "违规举报"})
    assert plan.edits[0].after.secrecy is Secrecy.CONFIDENTIAL


def test_a_blank_category_takes_the_suggestion_and_the_trail_says_so():
    plan = press("accept", ledger(SUGGESTED), JUDGED)
    after = plan.edits[0].after
    assert (after.nature, after.subtype, after.urgency) == (Nature.COMPLIANCE, "违规举报", Urgency.GENERAL)
    assert after.ground is Ground.ORDINARY
    assert plan.reasons["XS-2026-HG-0001"].startswith("采用建议；初审判断为完整，缺收集人、")


def test_what_the_reviewer_filled_in_beats_the_suggestion():
    plan = press("accept", ledger(SUGGESTED), DECIDED)
    assert plan.edits[0].after.subtype == "服务投诉"
    assert "采用建议" not in plan.reasons[NUMBER]


def test_the_nature_follows_from_a_subtype_that_is_filled_in():
    plan = press("accept", ledger(REGISTERED), {**JUDGED, "subtype": "税务", "urgency": Urgency.GENERAL})
    assert plan.edits[0].after.nature is Nature.COMPLIANCE


def test_a_suggested_urgency_without_its_ground_is_refused():
    plan = press("accept", ledger(replace(SUGGESTED, suggested_urgency=Urgency.URGENT)), JUDGED)
    assert (codes(plan), plan.edits, plan.done) == (["urgent_without_ground"], (), ())
    assert places(plan) == [("线索台账", 2, "定级理由")]


def test_a_refused_clue_takes_no_number():
    held = ledger(*[replace(REGISTERED, entry_no=f"T-{n}") for n in (1, 2, 3)])
    plan = press("accept", held, DECIDED, {}, DECIDED)
    assert plan.done == ("XS-2026-YW-0001", "XS-2026-YW-0002")
    assert set(places(plan)) >= {("线索台账", 3, "真实性"), ("线索台账", 3, "紧急程度")}


def test_of_mixed_rows_the_legal_ones_are_accepted_and_the_others_listed():
    held = ledger(clue_at(Stage.ROUTED, number="XS-2026-YW-0009"), replace(NEW, matter="草稿"), REGISTERED)
    plan = press("accept", held, {}, DECIDED, DECIDED)
    assert plan.done == ("XS-2026-YW-0010",)
    assert codes(plan) == ["wrong_stage", "wrong_stage"]
    assert "nothing to do" in plan.problems[0].fix.en
    assert "(add)" in plan.problems[1].fix.en


def test_a_category_that_is_on_no_list_is_refused_with_all_that_is_missing_beside_it():
    plan = press("accept", ledger(REGISTERED), {"nature": Nature.OTHER, "subtype": "服务投诉"})
    assert codes(plan) == [
        "subtype_of_other_nature",
        "truth_missing",
        "completeness_missing",
        "urgency_missing",
    ]


RULES = (
    Keyword(phrase="漏水", points_to="产品质量", weight=5),
    Keyword(phrase="湿滑", points_to="重要", weight=5),
)


def test_a_suggestion_says_what_led_to_it_and_decides_nothing():
    plan = press("suggest", ledger(REGISTERED, *starting_keywords("zh")))
    after = plan.edits[0].after
    assert after.suggested_reason
    assert after.suggested_urgency
    assert (after.subtype, after.urgency, after.stage) == (None, None, Stage.REGISTERED)


def test_a_suggestion_follows_the_rules_of_the_sheet():
    plan = press("suggest", ledger(REGISTERED, *RULES))
    assert plan.edits[0].after.suggested_subtype == "产品质量"
    assert plan.notices == ()


def test_a_clue_no_rule_speaks_for_is_left_to_people():
    plan = press("suggest", ledger(REGISTERED))
    assert plan.edits[0].after.suggested_subtype is None
    assert "1 条" in plan.notices[0].zh


def test_a_check_of_a_ledger_in_order_lists_nothing_and_changes_nothing():
    plan = press("check", ledger(NEW, replace(NEW, matter="另一条")))
    assert (plan.done, plan.problems, plan.edits, plan.additions) == (("#2", "#3"), (), (), ())


def test_a_check_names_faults_and_what_was_changed_by_hand():
    held = ledger(
        replace(REGISTERED, matter=None),
        event("T-2026-00001", "状态：草稿 → 已登记待初审\n登记号： → T-2026-00001"),
    )
    assert codes(press("check", held)) == ["required_missing"]
    moved = ledger(clue_at(Stage.ACCEPTED, entry_no="T-2026-00001"), *held.records(type(event(""))))
    plan = press("check", moved)
    assert set(codes(plan)) == {"edited_by_hand"}
    assert {place[2] for place in places(plan)} == {"线索编号", "状态", "初审时间"}


def test_a_number_that_stands_twice_is_found():
    plan = press("check", ledger(clue_at(Stage.CLOSED), clue_at(Stage.CLOSED, entry_no="T-2")))
    found = [p for p in plan.problems if p.code == "duplicate_number"]
    assert [p.place for p in found] == [Place("线索台账", 3, "线索编号")]
    assert "2" in found[0].wrong.zh


def test_a_check_looks_at_calendar_and_limits():
    held = ledger(
        DayOff(on=datetime(2026, 3, 4).date(), kind=DayKind.MAKE_UP), Limit(deadline="没有的期限", days=3)
    )
    assert codes(press("check", held)) == ["make_up_on_weekday", "limit_deadline"]


@pytest.mark.parametrize("record", [Limit, Keyword])
def test_a_check_names_cells_of_other_sheets_that_cannot_be_read(record):
    whole = ledger()
    problem = Problem("not_a_number", Place("表", 2, "列"), same("?"), same("!"))
    spoilt = Leaf("表", (Row(2, record(), (problem,)),))
    held = Ledger("zh", "ledger.xlsx", lambda kind: spoilt if kind is record else whole.leaf(kind))
    assert "not_a_number" in codes(press("check", held))


def test_a_cell_that_cannot_be_read_is_not_also_called_blank():
    whole = ledger()
    problem = Problem("not_a_date", Place("线索台账", 2, "发现时间"), same("?"), same("!"))
    row = Row(2, replace(NEW, found_at=None), (problem,))
    held = Ledger(
        "zh", "ledger.xlsx", lambda kind: Leaf("线索台账", (row,)) if kind is Clue else whole.leaf(kind)
    )
    assert codes(press("check", held)) == ["not_a_date"]
