"""The closing conditions (3.3), answered all at once."""

from __future__ import annotations

from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Satisfaction
from cluebook.domain.fields import YesNo
from cluebook.domain.guards.feedback import work_done
from cluebook.domain.guards.guard import Guard, first_step_done, is_filled
from cluebook.domain.records import (
    Analysis,
    Callback,
    Feedback,
    HandlingLine,
    Meeting,
    MeetingKind,
    Rectification,
    Reply,
    Urge,
    UrgeKind,
)
from cluebook.domain.replies import replies_owed
from cluebook.text import Text


def _logged_in_full(case: Case) -> bool:
    parts = [
        [line.measures for line in case.log],
        [line.communication for line in case.log],
        [line.resolution for line in case.log],
    ]
    return all(any(texts) for texts in parts)


def _is_pleased(case: Case) -> bool:
    return case.clue.satisfaction is not Satisfaction.DISSATISFIED


def _called_back_twice(case: Case) -> bool:
    return len(case.all(Callback)) >= 2


CLOSING = (
    Guard(
        "close",
        "analysis_not_approved",
        Analysis,
        "approved",
        lambda c: c.clue.approved_at is not None,
        Text("分析未经审核通过。", "The analysis is not approved."),
        Text("请先审核分析（approve）。", "Approve the analysis (approve)."),
        "3.3-1",
    ),
    Guard(
        "close",
        "receipt_missing",
        Clue,
        "received_at",
        lambda c: c.clue.received_at is not None and bool(c.clue.handler),
        Text("未确认接收，或没有承办人。", "Receipt is not confirmed, or there is no handler."),
        Text("请先确认接收（receive）。", "Confirm the receipt (receive)."),
        "3.3-2",
    ),
    Guard(
        "close",
        "milestone_missing",
        Clue,
        "milestone_at",
        first_step_done,
        Text(
            "该紧急程度要求的初步处理或方案没有记录。",
            "The initial handling or plan that its urgency asks for is not recorded.",
        ),
        Text("请退回责任部门补记。", "Have the department record it."),
        "3.3-3",
    ),
    Guard(
        "close",
        "log_incomplete",
        HandlingLine,
        "resolution",
        _logged_in_full,
        Text(
            "处理记录缺少措施、沟通情况或解决情况。", "The log lacks measures, communication or resolution."
        ),
        Text("请在处理记录补记一行。", "Add a line to the handling log."),
        "3.3-4",
    ),
    *work_done("close"),
    Guard(
        "close",
        "dissatisfied",
        Clue,
        "satisfaction",
        lambda c: _is_pleased(c) or _called_back_twice(c),
        Text("回访不满意，不能办结。", "The reporter is dissatisfied; it cannot be closed."),
        Text(
            "请继续处理并再次回访（callback）；第二次仍不满意的，经批准可以办结。",
            "Work on it and call back again (callback); after a second round it may be closed with an approval.",
        ),
        "H2",
    ),
    Guard(
        "close",
        "approval_missing",
        Clue,
        "satisfaction",
        lambda c: _is_pleased(c) or not _called_back_twice(c) or is_filled(c.approver),
        Text(
            "再次回访仍不满意，须经批准才能办结。",
            "Still dissatisfied after a second round; closing needs an approval.",
        ),
        Text("请写明批准人（--approved-by）。", "Name who approved it (--approved-by)."),
        "H2",
        lifted_by="approved_by",
    ),
    Guard(
        "close",
        "feedback_missing",
        Feedback,
        "result",
        lambda c: c.feedback is not None and c.clue.fed_back_at is not None,
        Text("没有四部分的反馈报告。", "There is no feedback in four parts."),
        Text("请先反馈（feedback）。", "Record the feedback (feedback)."),
        "3.3-6",
    ),
    Guard(
        "close",
        "meeting_missing",
        Meeting,
        "decisions",
        lambda c: not c.is_major or c.held(MeetingKind.FEEDBACK),
        Text(
            "重大或涉及多部门，尚无反馈会议记录。",
            "It is major or concerns several departments, and no feedback meeting is recorded.",
        ),
        Text("请在会议记录登记反馈会议。", "Record the feedback meeting on the meetings sheet."),
        "3.3-7",
    ),
    Guard(
        "close",
        "replies_owed",
        Reply,
        "outcome",
        lambda c: not replies_owed(c),
        Text("应当答复而尚未答复。", "Somebody who is owed an answer has not had it."),
        Text(
            "请答复并登记（reply）；无法联系的写明联系经过。",
            "Answer and record it (reply); for somebody unreachable say how it was tried.",
        ),
        "3.3-9",
        names=lambda c: (kind.text for kind in replies_owed(c)),
    ),
    Guard(
        "close",
        "rectification_open",
        Rectification,
        "closed_on",
        lambda c: all(item.closed_on for item in c.all(Rectification)),
        Text("有整改事项尚未销号。", "Something found wrong is not put right yet."),
        Text("请整改并复查销号（rectify）。", "Put it right and have it rechecked (rectify)."),
        "3.3-10",
    ),
    Guard(
        "close",
        "order_open",
        Urge,
        "settled",
        lambda c: all(u.settled is YesNo.YES for u in c.all(Urge) if u.kind is UrgeKind.SUPERVISION),
        Text("有督办单尚未销号。", "A supervision order is not settled."),
        Text("请回复督办并销号（urge）。", "Answer the order and have it settled (urge)."),
        "3.3-10",
    ),
    Guard(
        "close",
        "children_unanswered",
        Clue,
        "master_number",
        lambda c: not any(replies_owed(child) for child in c.children),
        Text("并入本案的线索尚未答复。", "The reporter of a clue merged into this one is not answered."),
        Text("请先答复并案线索的反映人。", "Answer the reporters of the merged clues."),
        "3.3-11",
    ),
)
