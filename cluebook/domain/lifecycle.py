"""The steps of a clue from stage to stage (procedure 3.2). A transition is one line of STEPS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cluebook.domain.clue import OVER, Clue, Stage
from cluebook.domain.office import Role
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
        who: the roles that may take it, where the office enforces roles (G6).
        clears: the columns that are blank again after it; what they held, the trail tells.
    """

    id: str
    text: Text
    before: tuple[Stage, ...]
    after: Stage | None
    stamps: str | None
    clause: str
    who: tuple[Role, ...]
    clears: tuple[str, ...] = ()

    def leads(self, before: Stage) -> Stage:
        """Return the stage it leads to from one it starts from."""
        return self.after or before


UNDER_WAY: tuple[Stage, ...] = tuple(
    stage for stage in Stage if stage not in OVER and stage is not Stage.DRAFT
)
"""The stages at which a clue is being worked on."""

TOLD = (*UNDER_WAY, *(stage for stage in Stage if stage in OVER - {Stage.DISPOSED}))
"""The stages at which somebody may be told something about a clue."""

WITH_DEPARTMENT = (Stage.ROUTED, Stage.IN_HANDLING, Stage.SUSPENDED, Stage.FED_BACK, Stage.AWAITING_MEETING)
"""The stages from routing to closing; a fast-tracked clue's analysis is supplied at any of them (T15)."""

_RECEIPT = ("routed_at", "receipt_due", "received_at", "handler", "handler_phone", "deputy", "expected_on")
"""What a department's receipt leaves behind, and the next department gives anew."""

_OUTCOME = ("completed_at", "fed_back_at", "expectation", "satisfaction")
"""What feedback leaves behind, and the next feedback gives anew."""

_CLOCKS = ("milestone_due", "milestone_at", "completion_due", "original_due", "extensions")
"""The limits of one department's handling, and what became of them."""

_REOPENED = (*_OUTCOME, "closed_at", "original_due", "extensions", "archive_no", "retention", "retain_until")
"""What ends when a closed case is taken up again: its closing, its place in the archive, its used-up clock."""

# fmt: off
STEPS: Mapping[str, Step] = {
    step.id: step
    for step in (
        Step("register", Text("登记", "Enter"), (Stage.DRAFT,), Stage.REGISTERED, None, "T01", (Role.COLLECTOR, Role.CLERK)),
        Step("supplement", Text("退回补充", "Ask for a supplement"), (Stage.REGISTERED,), Stage.INCOMPLETE, None, "T02", (Role.CLERK,)),
        Step("complete", Text("补齐", "Take the supplement"), (Stage.INCOMPLETE,), Stage.REGISTERED, None, "T03", (Role.COLLECTOR, Role.CLERK)),
        Step("lapse", Text("逾期未补不予受理", "Reject for want of the supplement"), (Stage.INCOMPLETE,), Stage.REJECTED, None, "T04", (Role.CLERK, Role.HEAD)),
        Step("accept", Text("受理", "Accept"), (Stage.REGISTERED,), Stage.ACCEPTED, "reviewed_at", "T05", (Role.CLERK,)),
        Step("reject", Text("不予受理", "Do not accept"), (Stage.REGISTERED,), Stage.REJECTED, "reviewed_at", "T06", (Role.CLERK, Role.HEAD)),
        Step("merge", Text("并案", "Merge"), (Stage.REGISTERED, Stage.ACCEPTED), Stage.MERGED, None, "T07", (Role.CLERK,)),
        Step("transfer", Text("移送", "Transfer"), (Stage.REGISTERED, Stage.ACCEPTED, Stage.APPROVED), Stage.IN_TRANSFER, None, "T08", (Role.CLERK, Role.HEAD)),
        Step("transferred", Text("移送接收", "Receiver accepts"), (Stage.IN_TRANSFER,), Stage.TRANSFERRED, None, "T09", (Role.CLERK,)),
        Step("transfer_refused", Text("移送退回", "Receiver refuses"), (Stage.IN_TRANSFER,), Stage.REGISTERED, None, "T10", (Role.CLERK,), ("reviewed_at", "conclusion", "approved_at")),
        Step("assign", Text("指定分析人", "Assign an analyst"), (Stage.ACCEPTED,), Stage.IN_ANALYSIS, None, "T11", (Role.CLERK, Role.ANALYST)),
        Step("submit", Text("提交分析", "Submit the analysis"), (Stage.IN_ANALYSIS,), Stage.IN_REVIEW, None, "T12", (Role.ANALYST, Role.CLERK)),
        Step("revise", Text("退回修改", "Return the analysis"), (Stage.IN_REVIEW, Stage.APPROVED), Stage.IN_ANALYSIS, None, "T13", (Role.REVIEWER,)),
        Step("approve", Text("审核通过", "Approve"), (Stage.IN_REVIEW,), Stage.APPROVED, "approved_at", "T14", (Role.REVIEWER,)),
        Step("expedite", Text("急件快转", "Fast track"), (Stage.ACCEPTED,), Stage.ROUTED, "routed_at", "T15", (Role.HEAD,)),
        Step("consult", Text("专家咨询", "Consult"), (Stage.ACCEPTED, Stage.IN_ANALYSIS, *WITH_DEPARTMENT), None, None, "N6", (Role.ANALYST, Role.CLERK)),
        Step("owe_submit", Text("补交分析", "Submit the analysis owed"), WITH_DEPARTMENT, None, None, "T12", (Role.ANALYST, Role.CLERK)),
        Step("owe_approve", Text("补审分析", "Approve the analysis owed"), WITH_DEPARTMENT, None, "approved_at", "T14", (Role.REVIEWER,)),
        Step("route", Text("流转", "Route"), (Stage.APPROVED,), Stage.ROUTED, "routed_at", "T16", (Role.CLERK,)),
        Step("receive", Text("接收", "Receive"), (Stage.ROUTED,), Stage.IN_HANDLING, "received_at", "T17", (Role.DEPARTMENT_HEAD, Role.HANDLER, Role.CLERK)),
        Step("decline", Text("申请退回", "Ask to return"), (Stage.ROUTED,), None, None, "T18", (Role.DEPARTMENT_HEAD, Role.HANDLER, Role.CLERK)),
        Step("return", Text("退回", "Take back"), (Stage.ROUTED,), Stage.APPROVED, None, "T18", (Role.CLERK, Role.HEAD), _RECEIPT),
        Step("insist", Text("不同意退回", "Refuse the return"), (Stage.ROUTED,), None, None, "T18", (Role.CLERK, Role.HEAD)),
        Step("reroute", Text("改派", "Reroute"), (Stage.IN_HANDLING,), Stage.APPROVED, None, "T19", (Role.CLERK, Role.HEAD), (*_RECEIPT, *_CLOCKS, *_OUTCOME)),
        Step("log", Text("登记处理记录", "Log"), (Stage.IN_HANDLING, Stage.SUSPENDED, Stage.FED_BACK, Stage.AWAITING_MEETING), None, None, "T20", (Role.HANDLER, Role.DEPARTMENT_HEAD, Role.CLERK)),
        Step("plan", Text("提交方案", "Submit the plan"), (Stage.IN_HANDLING,), None, None, "T20", (Role.HANDLER, Role.DEPARTMENT_HEAD, Role.CLERK)),
        Step("extend", Text("申请延期", "Ask for an extension"), (Stage.IN_HANDLING,), None, None, "T21", (Role.HANDLER, Role.DEPARTMENT_HEAD, Role.CLERK)),
        Step("extended", Text("同意延期", "Grant the extension"), (Stage.IN_HANDLING,), None, None, "T21", (Role.CLERK, Role.HEAD)),
        Step("not_extended", Text("不同意延期", "Refuse the extension"), (Stage.IN_HANDLING,), None, None, "T21", (Role.CLERK, Role.HEAD)),
        Step("suspend", Text("挂起", "Suspend"), (Stage.IN_HANDLING,), Stage.SUSPENDED, None, "T22", (Role.CLERK, Role.HEAD)),
        Step("resume", Text("恢复", "Resume"), (Stage.SUSPENDED,), Stage.IN_HANDLING, None, "T23", (Role.CLERK, Role.HEAD), ("resume_on",)),
        Step("regrade", Text("调级", "Change the urgency"), (Stage.ACCEPTED, Stage.IN_ANALYSIS, Stage.IN_REVIEW, Stage.APPROVED, Stage.ROUTED, Stage.IN_HANDLING, Stage.SUSPENDED), None, None, "T24", (Role.CLERK, Role.HEAD)),
        Step("feedback", Text("反馈", "Feed back"), (Stage.IN_HANDLING,), Stage.FED_BACK, "fed_back_at", "T25", (Role.HANDLER, Role.DEPARTMENT_HEAD, Role.CLERK)),
        Step("redo", Text("退回重办", "Return for more work"), (Stage.FED_BACK, Stage.AWAITING_MEETING), Stage.IN_HANDLING, None, "T26", (Role.CLERK, Role.HEAD), _OUTCOME),
        Step("convene", Text("提交反馈会议", "Call the feedback meeting"), (Stage.FED_BACK,), Stage.AWAITING_MEETING, None, "T27", (Role.CLERK, Role.HEAD)),
        Step("callback", Text("回访", "Call back"), (Stage.IN_HANDLING, Stage.FED_BACK, Stage.AWAITING_MEETING, Stage.CLOSED), None, None, "H2", (Role.HANDLER, Role.CLERK)),
        Step("meet", Text("登记会议", "Record a meeting"), UNDER_WAY, None, None, "L8", (Role.CLERK, Role.HEAD)),
        Step("close", Text("办结", "Close"), (Stage.FED_BACK, Stage.AWAITING_MEETING), Stage.CLOSED, "closed_at", "T28", (Role.HEAD, Role.CLERK)),
        Step("archive", Text("归档", "Archive"), (Stage.CLOSED,), Stage.ARCHIVED, None, "T29", (Role.RECORDS_KEEPER, Role.CLERK)),
        Step("lend", Text("借阅", "Lend"), (Stage.ARCHIVED,), None, None, "1.10", (Role.RECORDS_KEEPER,)),
        Step("give_back", Text("归还", "Give back"), (Stage.ARCHIVED, Stage.IN_HANDLING), None, None, "1.10", (Role.RECORDS_KEEPER,)),
        Step("reopen", Text("重新办理", "Reopen"), (Stage.CLOSED, Stage.ARCHIVED), Stage.IN_HANDLING, "reopened_at", "T30", (Role.HEAD, Role.SUPERVISOR), _REOPENED),
        Step("withdraw", Text("撤销", "Withdraw"), UNDER_WAY, Stage.WITHDRAWN, None, "T31", (Role.HEAD,)),
        Step("reply", Text("告知答复", "Reply"), TOLD, None, None, "F5", (Role.CLERK, Role.HEAD)),
        Step("erase", Text("清除身份", "Erase the identity"), tuple(stage for stage in Stage if stage in OVER - {Stage.DISPOSED}), None, None, "1.10", (Role.HEAD, Role.RECORDS_KEEPER)),
        Step("dispose", Text("销毁", "Dispose of"), (Stage.ARCHIVED,), Stage.DISPOSED, None, "T32", (Role.RECORDS_KEEPER,)),
        Step("rectify", Text("整改", "Put right"), TOLD, None, None, "K6", (Role.SUPERVISOR, Role.CLERK, Role.HEAD)),
        Step("urge", Text("督办", "Urge"), UNDER_WAY, None, None, "T33", (Role.SUPERVISOR, Role.CLERK, Role.HEAD)),
        Step("answer_order", Text("回复督办", "Answer an order"), UNDER_WAY, None, None, "T33", (Role.DEPARTMENT_HEAD, Role.HANDLER, Role.SUPERVISOR, Role.CLERK, Role.HEAD)),
        Step("recheck", Text("整改复查", "Recheck"), TOLD, None, None, "K6", (Role.SUPERVISOR, Role.CLERK, Role.HEAD)),
        Step("follow", Text("跟进", "Follow up"), (Stage.ROUTED, Stage.IN_HANDLING, Stage.SUSPENDED), None, None, "K1", (Role.CLERK,)),
    )
}
# fmt: on

# How the office gets a clue onward from a stage: the button to press next.
_ONWARD: Mapping[Stage, Text] = {
    Stage.DRAFT: Text("请先登记（add）。", "Enter it first (add)."),
    Stage.REGISTERED: Text("请先受理（accept）。", "Accept it first (accept)."),
    Stage.INCOMPLETE: Text("请先补齐材料（complete）。", "Supply what is missing first (complete)."),
    Stage.ACCEPTED: Text("请先分析（analyse）。", "Analyse it first (analyse)."),
    Stage.IN_ANALYSIS: Text("请先提交分析（analyse）。", "Submit the analysis first (analyse)."),
    Stage.IN_REVIEW: Text("请先审核分析（approve）。", "Approve the analysis first (approve)."),
    Stage.APPROVED: Text("请先流转（route）。", "Route it first (route)."),
    Stage.ROUTED: Text("请先确认接收（receive）。", "Confirm its receipt first (receive)."),
    Stage.IN_HANDLING: Text("请先反馈（feedback）。", "Record the feedback first (feedback)."),
    Stage.SUSPENDED: Text("请先恢复办理（resume）。", "Resume it first (resume)."),
    Stage.IN_TRANSFER: Text("请先登记移送回执（answer）。", "Record the receiver's answer first (answer)."),
    Stage.FED_BACK: Text("请先办结（close）。", "Close it first (close)."),
    Stage.AWAITING_MEETING: Text(
        "请先登记反馈会议并办结（close）。", "Record the feedback meeting and close it first (close)."
    ),
    Stage.CLOSED: Text(
        "请先归档（archive），或重新办理（reopen）。", "Archive it (archive), or reopen it (reopen), first."
    ),
    Stage.ARCHIVED: Text(
        "已归档；需要继续办理的，请重新办理（reopen）。",
        "It is in the archive; to work on it again, reopen it (reopen).",
    ),
}


def stage_of(clue: Clue) -> Stage:
    """Return the stage of a clue; a row just typed has none yet and is a draft (S00)."""
    return clue.stage or Stage.DRAFT


def may_take(step: Step, clue: Clue) -> bool:
    """Return whether the step starts from the stage the clue is at."""
    return stage_of(clue) in step.before


def take(step: Step, clue: Clue, at: datetime) -> Clue:
    """Return the clue after the step, without what the step clears, and stamped where it has a stamp."""
    changes: dict[str, Any] = dict.fromkeys(step.clears)
    if step.stamps:
        changes[step.stamps] = at
    return replace(clue, stage=step.leads(stage_of(clue)), **changes)


def way_to(step: Step, clue: Clue) -> Text:
    """Return what to do so that the clue can take the step, in words for the clerk."""
    order = list(Stage)
    here = stage_of(clue)
    if here in _ONWARD and order.index(here) < order.index(step.before[0]):
        return _ONWARD[here]
    if back := next((s for s in STEPS.values() if here in s.before and s.after in step.before), None):
        return Text("请先{step}。", "Take the step “{step}” first.").fill(step=back.text)
    return Text(
        "这一步已经办过，或此线索不再办理，无需操作。",
        "This step is already done, or the clue is no longer handled; nothing to do.",
    )
