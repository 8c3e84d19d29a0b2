"""Conditions of routing and receipt (L3 to L8)."""

from __future__ import annotations

from collections.abc import Iterator

from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Urgency
from cluebook.domain.guards.guard import Guard, approval, filled, named_in
from cluebook.domain.office import Department
from cluebook.domain.records import Meeting, MeetingKind, Return
from cluebook.text import Text


def _promise_within_limit(case: Case) -> bool:
    promise, limit = case.clue.expected_on, case.clue.completion_due
    return promise is None or limit is None or promise <= limit


def _is_open(request: Return) -> bool:
    return request.raised_at is not None and request.decision is None


def _sent(step: str) -> Iterator[Guard]:
    """Yield what every slip needs, on the ordinary way and on the fast track (L3, L4)."""
    yield filled(
        step,
        Clue,
        "department",
        Text("尚未确定责任部门。", "No department has been made responsible."),
        Text("请选责任部门。", "Choose the department."),
        "L3",
    )
    yield filled(
        step,
        Clue,
        "routing_reason",
        Text("尚未填写流转原因。", "The reason for routing is blank."),
        Text("请说明为何转该部门。", "Say why it goes to this department."),
        "L4",
    )
    yield Guard(
        step,
        "head_recused",
        Clue,
        "department",
        lambda c: not any(named_in(d.head, c.clue) for d in c.all(Department)),
        Text(
            "责任部门负责人是涉及对象，应当回避。",
            "The head of the department is a subject of the clue and is recused.",
        ),
        Text("请改转其他部门，或由上级部门办理。", "Route it to another department, or to the one above."),
        "3.4",
    )


ROUTING = (
    *_sent("route"),
    Guard(
        "route",
        "coordination_missing",
        Meeting,
        "decisions",
        lambda c: not c.is_joint or c.held(MeetingKind.COORDINATION),
        Text(
            "涉及两个以上部门，尚无协调会议记录。",
            "It concerns several departments, and no coordination meeting is recorded.",
        ),
        Text(
            "请登记协调会议（meet），写明主办和分工。",
            "Record the coordination meeting (meet), with lead and tasks.",
        ),
        "L8",
    ),
    Guard(
        "route",
        "returned_twice",
        Meeting,
        "on",
        lambda c: not c.must_meet_again,
        Text(
            "已退回或改派两次以上，须先开协调会议再流转。",
            "It was given back or rerouted twice; a coordination meeting must come before it is routed again.",
        ),
        Text(
            "请登记最近一次退回之后的协调会议（meet）。", "Record a coordination meeting held since (meet)."
        ),
        "G4",
    ),
    filled(
        "decline",
        Return,
        "reason",
        Text("没有写退回原因。", "The reason for the return is blank."),
        Text("请写明退回原因和建议部门。", "Say why, and whose it is."),
        "L9",
    ),
    Guard(
        "decline",
        "return_late",
        Clue,
        "receipt_due",
        lambda c: not c.is_past(c.clue.receipt_due),
        Text("接收期限已过，不能退回。", "The time for receipt has passed; it cannot be returned."),
        Text(
            "请接收，或由线索管理部门改派（reroute）。",
            "Receive it, or have the clue office reroute it (reroute).",
        ),
        "L9",
    ),
    Guard(
        "decline",
        "return_asked",
        Return,
        "decision",
        lambda c: not any(_is_open(earlier) for earlier in c.all(Return)[:-1]),
        Text("已有一份退回申请等待审定。", "A return is asked for already and not decided."),
        Text("请先审定（decide）。", "Decide it first (decide)."),
        "T18",
    ),
    filled(
        "insist",
        Return,
        "opinion",
        Text("不同意退回，没有写明理由。", "The return is refused without a reason."),
        Text("请填写审定意见（--opinion）。", "Give the reason (--opinion)."),
        "T18",
    ),
    filled(
        "reroute",
        Return,
        "reason",
        Text("没有写改派原因。", "The reason for rerouting is blank."),
        Text("请写明改派原因。", "Say why it is rerouted."),
        "T19",
    ),
    *_sent("expedite"),
    Guard(
        "expedite",
        "not_urgent",
        Clue,
        "urgency",
        lambda c: c.clue.urgency is Urgency.URGENT,
        Text("只有紧急线索可以急件快转。", "Only an urgent clue may take the fast track."),
        Text(
            "请先分析（analyse），或先调级（regrade）。",
            "Analyse it first (analyse), or change its urgency (regrade).",
        ),
        "T15",
    ),
    approval("expedite", "fast_track", "T15"),
    filled(
        "receive",
        Clue,
        "handler",
        Text("尚未指定承办人。", "No handler has been named."),
        Text("请选承办人。", "Choose the handler."),
        "L7",
    ),
    Guard(
        "receive",
        "handler_recused",
        Clue,
        "handler",
        lambda c: not named_in(c.clue.handler, c.clue),
        Text("承办人是涉及对象，应当回避。", "The handler is a subject of the clue and is recused."),
        Text("请另选承办人。", "Choose another handler."),
        "3.4",
    ),
    filled(
        "receive",
        Clue,
        "expected_on",
        Text("责任部门尚未承诺完成日。", "The department has not promised a date."),
        Text("请填预计完成日。", "Fill in the expected completion."),
        "T17",
    ),
    Guard(
        "receive",
        "promise_after_limit",
        Clue,
        "expected_on",
        _promise_within_limit,
        Text("预计完成日晚于完成期限。", "The promised date is after the limit."),
        Text("请改为期限之内的日期。", "Choose a date within the limit."),
        "H8",
    ),
)
