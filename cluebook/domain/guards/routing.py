"""Conditions of routing and receipt (L3 to L8)."""

from __future__ import annotations

from cluebook.domain.case import Case
from cluebook.domain.clue import Clue
from cluebook.domain.guards.guard import Guard, filled, named_in
from cluebook.domain.records import Meeting, MeetingKind
from cluebook.text import Text


def _promise_within_limit(case: Case) -> bool:
    promise, limit = case.clue.expected_on, case.clue.completion_due
    return promise is None or limit is None or promise <= limit


ROUTING = (
    filled(
        "route",
        Clue,
        "department",
        Text("尚未确定责任部门。", "No department has been made responsible."),
        Text("请选责任部门。", "Choose the department."),
        "L3",
    ),
    filled(
        "route",
        Clue,
        "routing_reason",
        Text("尚未填写流转原因。", "The reason for routing is blank."),
        Text("请说明为何转该部门。", "Say why it goes to this department."),
        "L4",
    ),
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
            "请在会议记录登记协调会，写明主办和分工。",
            "Record the coordination meeting, with lead and tasks, on the meetings sheet.",
        ),
        "L8",
    ),
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
