from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from stages import NEW, NOW, STAMP, clue_at, codes, ledger, places, press

from cluebook.actions import ACTIONS
from cluebook.domain.clue import ChannelGroup, Clue, Stage
from cluebook.domain.office import Counter
from cluebook.errors import ConfigError, Problem, UsageError
from cluebook.ledger.ledger import Row
from cluebook.ledger.plan import Edit
from cluebook.text import same


def test_a_clue_given_by_options_becomes_a_registered_row():
    plan = press("add", ledger(), entry=NEW)
    clue, counter = plan.additions
    assert (clue.stage, clue.entry_no, clue.delivered_at) == (Stage.REGISTERED, "T-2026-00001", NOW)
    assert (clue.next_step, clue.completeness_score) == ("初审", 0.5)
    assert counter == Counter(prefix="T-2026-#", last=1)
    assert (plan.done, plan.edits, plan.problems) == (("T-2026-00001",), (), ())


def test_drafts_typed_into_the_ledger_are_entered_in_their_rows():
    held = ledger(NEW, replace(NEW, matter="另一件事"))
    plan = press("add", held)
    assert [(e.row, e.after.entry_no, e.after.stage) for e in plan.edits] == [
        (2, "T-2026-00001", Stage.REGISTERED),
        (3, "T-2026-00002", Stage.REGISTERED),
    ]
    assert plan.edits[0].before == NEW


def test_options_fill_the_chosen_drafts():
    plan = press("add", ledger(replace(NEW, matter=None)), entry=Clue(matter="门店漏水"))
    assert plan.edits[0].after.matter == "门店漏水"


def test_the_group_of_a_listed_channel_follows_from_it():
    plan = press("add", ledger(), entry=replace(NEW, channel_group=None, channel="员工上报"))
    assert plan.additions[0].channel_group is ChannelGroup.INTERNAL


def test_a_clue_with_faults_is_not_entered_and_all_faults_are_told_at_once():
    plan = press("add", ledger(), entry=Clue(description="太短", found_at=datetime(2026, 3, 5)))
    assert (plan.additions, plan.edits, plan.done) == ((), (), ())
    assert codes(plan) == [*["required_missing"] * 3, "description_short", "found_in_future"]
    assert ("线索台账", None, "涉及事项") in places(plan)


def test_of_mixed_rows_the_good_ones_are_entered_and_the_others_listed():
    held = ledger(replace(NEW, channel="传真"), NEW, clue_at(Stage.REGISTERED, entry_no="T-2026-00007"))
    plan = press("add", held)
    assert plan.done == ("T-2026-00008",)
    assert [e.row for e in plan.edits] == [3]
    assert codes(plan) == ["not_listed", "wrong_stage"]
    assert places(plan) == [("线索台账", 2, "来源渠道"), ("线索台账", 4, "状态")]


def test_a_row_that_cannot_be_read_is_not_entered():
    held = ledger(NEW)
    problem = Problem("not_a_date", held.place(Clue, 2, "found_at"), same("?"), same("!"))
    plan = ACTIONS["add"].run(held, [Row(2, NEW, (problem,))], STAMP)
    assert (codes(plan), plan.done) == (["not_a_date"], ())


def test_with_nothing_given_there_is_nothing_to_enter():
    with pytest.raises(UsageError) as caught:
        press("add", ledger())
    assert caught.value.problems[0].code == "nothing_to_enter"


def test_texts_no_cell_can_hold_are_refused_by_length_alone():
    plan = press("add", ledger(), entry=replace(NEW, description="长" * 40_000, remarks="\x01"))
    assert codes(plan) == ["text_too_long", "text_unholdable"]
    assert "40000" in plan.problems[0].wrong.zh


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("entry_pattern", "T-{year}"),
        ("entry_pattern", "{place}{seq}"),
        ("least_description", "许多"),
        ("day_ends", "五点半"),
    ],
)
def test_a_setting_that_cannot_be_used_stops_everything_and_names_its_row(setting, value):
    with pytest.raises(ConfigError) as caught:
        press("add", ledger(**{setting: value}), entry=NEW)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.sheet, problem.place.column) == ("setting_unusable", "设置", "值")
    assert problem.place.row


def test_a_counter_that_is_there_is_moved_on():
    held = ledger(Counter(prefix="T-2026-#", last=41))
    plan = press("add", held, entry=NEW)
    assert plan.done == ("T-2026-00042",)
    assert plan.edits == (Edit(2, Counter(prefix="T-2026-#", last=41), Counter(prefix="T-2026-#", last=42)),)
