from __future__ import annotations

from dataclasses import replace

import pytest

from cluebook.domain.case import case_of
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import YesNo
from cluebook.domain.records import Reply, ReplyKind, ReplyOutcome, Reporter
from cluebook.domain.replies import replies_owed, reply_due

WHO = Reporter(name="李梅", phone="13800001111")
DUE = {
    Stage.DRAFT: None,
    Stage.REGISTERED: ReplyKind.ACKNOWLEDGED,
    Stage.IN_HANDLING: ReplyKind.ACKNOWLEDGED,
    Stage.FED_BACK: ReplyKind.RESULT,
    Stage.CLOSED: ReplyKind.RESULT,
    Stage.REJECTED: ReplyKind.REJECTED,
    Stage.MERGED: ReplyKind.MERGED,
    Stage.TRANSFERRED: None,
    Stage.WITHDRAWN: None,
}


@pytest.mark.parametrize("stage", DUE)
def test_what_a_reporter_is_told_follows_the_stage(stage: Stage) -> None:
    assert reply_due(Clue(stage=stage)) is DUE[stage]
    owed = (DUE[stage],) if DUE[stage] else ()
    assert replies_owed(case_of(Clue(stage=stage), WHO)) == owed


def test_the_answer_to_a_suggestion_is_a_kind_of_its_own() -> None:
    assert reply_due(Clue(stage=Stage.CLOSED, subtype="员工建议")) is ReplyKind.SUGGESTION


@pytest.mark.parametrize(
    "reporter", [None, Reporter(name="李梅"), replace(WHO, wants_reply=YesNo.NO)], ids=["none", "unreachable", "unwilling"]
)  # fmt: skip
def test_nothing_is_owed_to_whom_nobody_can_or_need_reach(reporter: Reporter | None) -> None:
    records = (reporter,) if reporter else ()
    assert replies_owed(case_of(Clue(stage=Stage.CLOSED), *records)) == ()


@pytest.mark.parametrize(
    ("reply", "settles"),
    [
        (Reply(kind=ReplyKind.RESULT, outcome=ReplyOutcome.SENT), True),
        (Reply(kind=ReplyKind.RESULT), False),
        (Reply(kind=ReplyKind.ACKNOWLEDGED, outcome=ReplyOutcome.SENT), False),
        (Reply(kind=ReplyKind.RESULT, outcome=ReplyOutcome.UNREACHABLE), False),
        (Reply(kind=ReplyKind.RESULT, outcome=ReplyOutcome.UNREACHABLE, attempts="三次"), True),
    ],
)
def test_an_answer_settles_what_is_owed_once_delivered_or_tried_in_vain(
    reply: Reply, *, settles: bool
) -> None:
    assert (replies_owed(case_of(Clue(stage=Stage.CLOSED), WHO, reply)) == ()) is settles
