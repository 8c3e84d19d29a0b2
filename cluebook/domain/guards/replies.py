"""Conditions of telling a reporter something, and of erasing who it was (C8, F5, G5, 1.10)."""

from __future__ import annotations

from cluebook.domain.case import Case
from cluebook.domain.guards.guard import Guard, approval, filled, is_filled
from cluebook.domain.records import Reply, ReplyKind, ReplyOutcome, Reporter
from cluebook.domain.replies import replies_owed
from cluebook.text import Text

UNMASKED = "unmasked"
"""What an action was told: the document shows the reporter's name."""


def _tells_its_attempts(case: Case) -> bool:
    reply = case.last(Reply)
    return reply is None or reply.outcome is not ReplyOutcome.UNREACHABLE or is_filled(reply.attempts)


def _tells_the_result(case: Case) -> bool:
    reply = case.last(Reply)
    if reply is None or reply.outcome is not ReplyOutcome.SENT:
        return True
    return reply.kind not in {ReplyKind.RESULT, ReplyKind.SUGGESTION} or is_filled(reply.summary)


def _is_known(case: Case) -> bool:
    held = case.all(Reporter)
    return any(r.name or r.phone or r.email or r.address or r.identity_no for r in held)


REPLIES = (
    filled(
        "reply",
        Reply,
        "way",
        Text("没有写明用什么方式告知。", "It does not say how it was told."),
        Text("请填方式，如电话、信函、邮件。", "Say how: by telephone, letter, e-mail."),
        "F5",
    ),
    Guard(
        "reply",
        "attempts_missing",
        Reply,
        "attempts",
        _tells_its_attempts,
        Text("无法联系的，没有写明联系经过。", "Nobody was reached, and it does not say how it was tried."),
        Text("请写明各次联系的时间和方式。", "Say when and how it was tried."),
        "3.3-9",
    ),
    Guard(
        "reply",
        "summary_missing",
        Reply,
        "summary",
        _tells_the_result,
        Text("没有写明答复要点。", "It does not say what was answered."),
        Text(
            "请填答复要点；建议未采纳的写明原因。",
            "Say what was answered; why, if a suggestion is not taken up.",
        ),
        "F5",
    ),
    Guard(
        "reply",
        "approval_missing",
        Reporter,
        "name",
        lambda c: UNMASKED not in c.flags or is_filled(c.approver),
        Text("文书显示反映人姓名须经批准。", "To show the reporter's name in a document needs an approval."),
        Text("请填写批准人（--approved-by）。", "Name who approved it (--approved-by)."),
        "G5",
    ),
    Guard(
        "erase",
        "nothing_to_erase",
        Reporter,
        "name",
        _is_known,
        Text("没有可清除的反映人信息。", "Nothing is held about its reporter."),
        Text("无需清除。", "There is nothing to do."),
        "1.10",
    ),
    Guard(
        "erase",
        "reply_owed",
        Reply,
        "outcome",
        lambda c: not replies_owed(c),
        Text(
            "尚欠反映人答复，不能清除身份。",
            "An answer is still owed to the reporter, who cannot be forgotten yet.",
        ),
        Text("请先答复（reply），或写明联系经过。", "Answer first (reply), or record how it was tried."),
        "1.10",
    ),
    approval("erase", "stage", "1.10"),
)
