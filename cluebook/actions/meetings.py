"""Meetings about a clue: calling them, and what they decided (procedure Z9, L8, F2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from cluebook.actions.registry import action, said
from cluebook.actions.steps import advance, edit_of, rows_about
from cluebook.documents import clue_paper
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import Part
from cluebook.domain.lifecycle import UNDER_WAY, stage_of
from cluebook.domain.records import Meeting, MeetingKind
from cluebook.errors import Problem, UsageError
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, combine, name_of
from cluebook.text import Text


@action(
    "meet", "会议", "Meeting", part=Part.ROUTING, icon="ConferenceMeetNow", starts=UNDER_WAY, asks=("meeting",),
    help="登记讨论会、协调会或反馈会议：未写处理方向的生成会议通知，写明的生成会议纪要。",
)  # fmt: skip
def meet(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    meeting: Annotated[Meeting | None, Text("会议的各项", "What there is to say of the meeting")] = None,
) -> Plan:
    """Call a meeting about clues with its notice, or record what it decided with its minutes."""
    if meeting is None or meeting.kind is None:
        wrong = Text("没有写明是哪种会议。", "The kind of meeting is not named.")
        fix = Text(
            "请选讨论、协调或反馈（--kind）。", "Choose discussion, coordination or feedback (--kind)."
        )
        raise UsageError(Problem("meeting_kind_missing", ledger.place(Meeting, None, "kind"), wrong, fix))
    return combine([_met(ledger, row, stamp, meeting) for row in rows])


def _met(ledger: Ledger, row: Row[Clue], stamp: Stamp, given: Meeting) -> Plan:
    """Return the plan for one clue; the call for a feedback meeting moves it to await that meeting (T27)."""
    calls = not given.decisions
    awaits = calls and given.kind is MeetingKind.FEEDBACK and stage_of(row.record) is Stage.FED_BACK

    def work(case: Case, _row: Row[Clue]) -> Plan:
        told, kept = _kept(ledger, case, given, stamp)
        kind = "meeting_notice" if calls else "meeting_minutes"
        about = case.holding(Meeting, (told,))
        return replace(kept, papers=(clue_paper(kind, about, ledger, stamp),))

    return advance(ledger, [row], stamp, "convene" if awaits else "meet", work=work)


def _kept(ledger: Ledger, case: Case, given: Meeting, stamp: Stamp) -> tuple[Meeting, Plan]:
    """Return the meeting as it is known now, and the plan that keeps it: in the row of its call, or in a new one."""
    called = [
        row
        for row in rows_about(ledger, Meeting, case.clue)
        if row.record.kind is given.kind and not row.record.decisions
    ]
    if called:
        known = replace(called[-1].record, **said(given))
        return known, Plan(edits=(edit_of(ledger, called[-1], known),))
    known = replace(
        given,
        clue=name_of(case.clue, 0),
        on=given.on or stamp.today,
        chair=given.chair or stamp.by,
        recorder=given.recorder or (stamp.by if given.decisions else None),
    )
    return known, Plan(additions=(known,))
