from __future__ import annotations

from datetime import datetime

import pytest
from stages import clue_at

from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import column_of
from cluebook.domain.lifecycle import STEPS, may_take, stage_of, take, way_to

NOW = datetime(2026, 3, 4, 10, 0)


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_a_step_moves_a_clue_on_stamps_its_own_column_and_clears_only_what_it_names(step):
    before = clue_at(step.before[0])
    after = take(step, before, NOW)
    changed = {c for c in Clue.__slots__ if getattr(before, c) != getattr(after, c)}
    moved = {"stage"} if step.before[0] is not step.leads(step.before[0]) else set()
    held = {name for name in step.clears if getattr(before, name) is not None}
    assert changed == moved | held | ({step.stamps} if step.stamps else set())
    assert not [name for name in step.clears if getattr(after, name) is not None]
    assert after.stage is step.leads(step.before[0])


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_a_stamp_is_a_moment_the_program_fills(step):
    if step.stamps:
        column = column_of(Clue, step.stamps)
        assert (column.type, column.assigned) == (datetime, True)


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_a_step_starts_from_its_own_stages_alone(step):
    assert {s for s in Stage if may_take(step, Clue(stage=s))} == set(step.before)


def test_a_row_just_typed_is_a_draft():
    assert stage_of(Clue()) is Stage.DRAFT
    assert may_take(STEPS["register"], Clue())


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_a_clue_that_is_not_there_yet_is_told_the_button_that_comes_next(step):
    earlier = [
        s.before[0]
        for s in STEPS.values()
        if list(Stage).index(s.before[0]) < list(Stage).index(step.before[0])
    ]
    for stage in earlier:
        assert "nothing to do" not in way_to(step, Clue(stage=stage)).en
    assert "nothing to do" in way_to(step, Clue(stage=Stage.DISPOSED)).en


def test_a_clue_that_is_past_a_step_is_told_the_step_that_leads_back_where_one_does():
    assert way_to(STEPS["route"], Clue(stage=Stage.IN_HANDLING)).zh == "请先改派。"
    assert way_to(STEPS["log"], Clue(stage=Stage.CLOSED)).zh == "请先重新办理。"


def test_the_steps_lead_from_a_draft_to_a_closed_case():
    reached = {Stage.DRAFT}
    for _ in STEPS:
        reached |= {s.after for s in STEPS.values() if reached & set(s.before)}
    assert Stage.CLOSED in reached
