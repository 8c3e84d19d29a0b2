"""Random walks through the procedure: whatever buttons are pressed in whatever order, these things hold."""

from __future__ import annotations

import os
import random
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from simulation import office_of, work
from stages import NEW, ledger

from cluebook.actions.office import clocks_of_ledger
from cluebook.actions.steps import cases_of
from cluebook.domain.categories import CATEGORIES
from cluebook.domain.clue import OVER, Clue, Stage
from cluebook.domain.deadlines import overdue
from cluebook.domain.guards import unmet
from cluebook.domain.records import Volume
from cluebook.ledger.trail import History
from cluebook.text import LANGS

FULL = bool(os.environ.get("CLUEBOOK_FULL"))
CLUES, STEPS = (300, 12_000) if FULL else (40, 1_600)
NOW = datetime(2026, 3, 2, 9)


def entered(count):
    """Registered clues of every subtype."""
    chance = random.Random(7)
    for n in range(1, count + 1):
        category = chance.choice(CATEGORIES)
        yield replace(
            NEW,
            stage=Stage.REGISTERED,
            entry_no=f"T-2026-{n:05}",
            clerk="王芳",
            background="附录音",
            delivered_at=NOW - timedelta(hours=1),
            nature=category.nature,
            subtype=category.label.zh,
        )


@pytest.mark.parametrize("seed", range(1, 9 if FULL else 3))
def test_whatever_is_pressed_in_whatever_order_the_ledger_stays_in_order(seed):
    lang = LANGS[seed % len(LANGS)]
    office = office_of(replace(ledger(*entered(CLUES)), lang=lang), seed, NOW)
    seen: Counter[Stage] = Counter()
    for action, plan in work(office, STEPS):
        touched = [edit for edit in plan.edits if isinstance(edit.after, Clue)]
        for edit in touched:
            hold(office, action, edit.before, edit.after)
            seen[edit.after.stage] += 1
    numbers = [c.number for c in office.ledger.records(Clue) if c.number]
    assert len(numbers) == len(set(numbers))
    archived = [v.archive_no for v in office.ledger.records(Volume)]
    assert len(archived) == len(set(archived))
    history = History(replace(event, seq=n) for n, event in enumerate(office.events, start=1))
    for clue in office.ledger.records(Clue):
        assert {c.name for c in history.edited_by_hand(clue, lang)} <= FROM_THE_BEGINNING, clue.entry_no
    assert {Stage.IN_HANDLING, Stage.FED_BACK, Stage.SUSPENDED, Stage.MERGED} <= seen.keys()
    assert office.refused.total() > STEPS / 20


FROM_THE_BEGINNING = {"entry_no", "stage", "clerk"}
"""What these clues bore before the first button was pressed; the trail knows nothing of that until it changes."""


def hold(office, action, before, after):
    """What must be true of a clue after every step."""
    where = (action, after.entry_no, after.stage)
    assert after.clerk, where
    if after.stage is Stage.IN_HANDLING:
        assert None not in {after.handler, after.department, after.received_at}, where
        assert after.completion_due, where
    if after.stage in {Stage.ROUTED, Stage.IN_HANDLING, Stage.FED_BACK, Stage.CLOSED}:
        assert None not in {after.number, after.slip_no, after.routed_at}, where
    if after.number and before.number:
        assert after.number == before.number, where
    if after.stage is Stage.ROUTED:
        assert (after.receipt_due is None, after.received_at) == (False, None), where
    if after.stage in OVER or after.stage is Stage.SUSPENDED:
        assert overdue(after, clocks_of_ledger(office.ledger), office.now.date()) == (), where
    if after.original_due and after.completion_due:
        assert after.original_due <= after.completion_due or after.stage is not Stage.IN_HANDLING, where
    if after.stage is Stage.CLOSED and before.stage is not Stage.CLOSED:
        case = replace(cases_of(office.ledger).of(after), approver="林主任", now=office.now)
        assert [guard.code for guard in unmet("close", case)] == [], where
