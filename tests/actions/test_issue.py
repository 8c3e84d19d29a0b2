from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from stages import NOW, STAMP, clue_at, event, ledger, press

from cluebook.actions.issue import Issue
from cluebook.domain.clue import Clue, Nature, Stage
from cluebook.domain.office import Counter
from cluebook.domain.records import Event
from cluebook.errors import ConfigError
from cluebook.ledger import trail
from cluebook.ledger.plan import Stamp
from cluebook.text import Text


def reviewed(entry_no: str, **changes: object) -> Clue:
    return replace(clue_at(Stage.ACCEPTED, **changes), stage=Stage.REGISTERED, number=None, entry_no=entry_no)


def accepted(held, stamp=STAMP):
    return [
        edit.after.number for edit in press("accept", held, stamp=stamp).edits if isinstance(edit.after, Clue)
    ]


BATCH = [
    reviewed("T-1"),
    reviewed("T-2", nature=Nature.COMPLIANCE, subtype="税务"),
    reviewed("T-3"),
    reviewed("T-4", nature=Nature.OTHER, subtype="其他"),
]


def test_numbers_of_one_run_are_unique_and_without_gaps_for_each_nature():
    assert accepted(ledger(*BATCH)) == [
        "XS-2026-YW-0001",
        "XS-2026-HG-0001",
        "XS-2026-YW-0002",
        "XS-2026-QT-0001",
    ]


def test_natures_that_share_a_pattern_share_its_numbers():
    held = ledger(*BATCH, number_pattern="线索〔{year}〕{seq}号")
    assert accepted(held) == [f"线索〔2026〕{n}号" for n in (1, 2, 3, 4)]
    assert [a for a in press("accept", held).additions if isinstance(a, Counter)] == [
        Counter(prefix="线索〔2026〕#号", last=4)
    ]


def test_a_new_year_begins_at_one():
    held = ledger(reviewed("T-1"), Counter(prefix="XS-2026-YW-#", last=80))
    assert accepted(held, Stamp(datetime(2027, 1, 5, 9), "王芳")) == ["XS-2027-YW-0001"]


def test_a_number_is_not_given_again_after_its_row_is_deleted():
    assert accepted(ledger(reviewed("T-9"), Counter(prefix="XS-2026-YW-#", last=5))) == ["XS-2026-YW-0006"]


def test_nor_after_the_counter_is_deleted_too():
    assert accepted(ledger(reviewed("T-9"), event("XS-2026-YW-0005"))) == ["XS-2026-YW-0006"]


def test_nor_after_the_counter_is_set_back():
    held = ledger(
        reviewed("T-9"),
        clue_at(Stage.CLOSED, number="XS-2026-YW-0007"),
        Counter(prefix="XS-2026-YW-#", last=1),
    )
    assert press("accept", held).done == ("XS-2026-YW-0008",)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_slip_number_is_known_from_the_trail_alone(lang):
    held = ledger(clue_at(Stage.APPROVED, department="客户服务部", routing_reason="归其管理"))
    plan = press("route", held)
    assert plan.edits[0].after.slip_no == "LZ-2026-0001"
    spoken = replace(held, lang=lang)
    told = trail.events(plan, spoken, STAMP, Text("流转", "Route"), {})
    assert isinstance(told[0], Event)
    issue = Issue(ledger(*told), "slip_pattern", NOW.year, lambda clue: clue.slip_no)
    assert issue.next() == "LZ-2026-0002"


def test_entries_and_numbers_do_not_disturb_each_other():
    held = ledger(reviewed("T-2026-00004"), Counter(prefix="T-2026-#", last=4))
    assert accepted(held) == ["XS-2026-YW-0001"]


@pytest.mark.parametrize("pattern", ["XS", "{seq}{seq}", "{town}-{seq}"])
def test_a_pattern_that_cannot_number_is_told_at_its_cell(pattern):
    with pytest.raises(ConfigError) as caught:
        press("accept", ledger(reviewed("T-1"), number_pattern=pattern))
    (problem,) = caught.value.problems
    assert (problem.place.sheet, problem.place.row, problem.place.column) == ("设置", 5, "值")
