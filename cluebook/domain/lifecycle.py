"""The steps of a clue from stage to stage (procedure 3.2). A transition is one line of STEPS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cluebook.domain.clue import Clue, Stage
from cluebook.text import Text


@dataclass(frozen=True, slots=True)
class Step:
    """One transition.

    Attributes:
        id: its name in the code; an action takes one or more steps.
        text: its name for the office.
        before: the stages it starts from.
        after: the stage it leads to; ``None`` when the clue stays where it is.
        stamps: the column that records when it was taken, if any.
        clause: number of the transition in the procedure.
    """

    id: str
    text: Text
    before: tuple[Stage, ...]
    after: Stage | None
    stamps: str | None
    clause: str

    def leads(self, before: Stage) -> Stage:
        """Return the stage it leads to from one it starts from."""
        return self.after or before


STEPS: Mapping[str, Step] = {
    step.id: step
    for step in (
        Step("register", Text("登记", "Enter"), (Stage.DRAFT,), Stage.REGISTERED, None, "T01"),
        Step("accept", Text("受理", "Accept"), (Stage.REGISTERED,), Stage.ACCEPTED, "reviewed_at", "T05"),
        Step(
            "assign",
            Text("指定分析人", "Assign an analyst"),
            (Stage.ACCEPTED,),
            Stage.IN_ANALYSIS,
            None,
            "T11",
        ),
        Step(
            "submit",
            Text("提交分析", "Submit the analysis"),
            (Stage.IN_ANALYSIS,),
            Stage.IN_REVIEW,
            None,
            "T12",
        ),
        Step(
            "approve", Text("审核通过", "Approve"), (Stage.IN_REVIEW,), Stage.APPROVED, "approved_at", "T14"
        ),
        Step("route", Text("流转", "Route"), (Stage.APPROVED,), Stage.ROUTED, "routed_at", "T16"),
        Step("receive", Text("接收", "Receive"), (Stage.ROUTED,), Stage.IN_HANDLING, "received_at", "T17"),
        Step("log", Text("登记处理记录", "Log"), (Stage.IN_HANDLING, Stage.FED_BACK), None, None, "T20"),
        Step(
            "feedback", Text("反馈", "Feed back"), (Stage.IN_HANDLING,), Stage.FED_BACK, "fed_back_at", "T25"
        ),
        Step(
            "close",
            Text("办结", "Close"),
            (Stage.FED_BACK, Stage.AWAITING_MEETING),
            Stage.CLOSED,
            "closed_at",
            "T28",
        ),
    )
}

# How the office gets a clue onward from a stage: the button to press next.
_ONWARD: Mapping[Stage, Text] = {
    Stage.DRAFT: Text("请先登记（add）。", "Enter it first (add)."),
    Stage.REGISTERED: Text("请先受理（accept）。", "Accept it first (accept)."),
    Stage.ACCEPTED: Text("请先分析（analyse）。", "Analyse it first (analyse)."),
    Stage.IN_ANALYSIS: Text("请先提交分析（analyse）。", "Submit the analysis first (analyse)."),
    Stage.IN_REVIEW: Text("请先审核分析（approve）。", "Approve the analysis first (approve)."),
    Stage.APPROVED: Text("请先流转（route）。", "Route it first (route)."),
    Stage.ROUTED: Text("请先确认接收（receive）。", "Confirm its receipt first (receive)."),
    Stage.IN_HANDLING: Text("请先反馈（feedback）。", "Record the feedback first (feedback)."),
    Stage.FED_BACK: Text("请先办结（close）。", "Close it first (close)."),
}


def stage_of(clue: Clue) -> Stage:
    """Return the stage of a clue; a row just typed has none yet and is a draft (S00)."""
    return clue.stage or Stage.DRAFT


def may_take(step: Step, clue: Clue) -> bool:
    """Return whether the step starts from the stage the clue is at."""
    return stage_of(clue) in step.before


def take(step: Step, clue: Clue, at: datetime) -> Clue:
    """Return the clue after the step, stamped with the moment where the step has a stamp."""
    stamps: dict[str, Any] = {step.stamps: at} if step.stamps else {}
    return replace(clue, stage=step.leads(stage_of(clue)), **stamps)


def way_to(step: Step, clue: Clue) -> Text:
    """Return what to do so that the clue can take the step, in words for the clerk."""
    order = list(Stage)
    here = stage_of(clue)
    if here in _ONWARD and order.index(here) < order.index(step.before[0]):
        return _ONWARD[here]
    return Text(
        "这一步已经办过，或此线索不再办理，无需操作。",
        "This step is already done, or the clue is no longer handled; nothing to do.",
    )
