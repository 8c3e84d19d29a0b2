"""Who reported a clue, and what was answered: kept apart from the ledger, for few eyes (C8, F5, G5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cluebook.domain.fields import Choice, YesNo, column


class ReplyKind(Choice):
    """What somebody was told (C8, F5)."""

    ACKNOWLEDGED = "受理告知", "Acknowledgement"
    REJECTED = "不予受理告知", "Notice of non-acceptance"
    MERGED = "并案告知", "Notice of merger"
    RESULT = "结果答复", "Result"
    SUGGESTION = "建议答复", "Answer to a suggestion"


class Addressee(Choice):
    """Who was told."""

    REPORTER = "反映人", "Reporter"
    CUSTOMER = "客户", "Customer"
    EMPLOYEE = "员工", "Employee"


class ReplyOutcome(Choice):
    """What became of an answer."""

    SENT = "已送达", "Delivered"
    UNREACHABLE = "无法联系", "Unreachable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """Who reported a clue. Never in a list, a log or a file name; in documents only where allowed (G5)."""

    clue: str | None = column("登记号", "Entry no.", required=True, width=18)
    name: str | None = column("姓名", "Name", width=12)
    identity_no: str | None = column("证件号码", "Identity no.", width=20)
    phone: str | None = column("电话", "Phone", width=16)
    email: str | None = column("邮箱", "E-mail", width=24)
    address: str | None = column("地址", "Address", width=30)
    wants_reply: YesNo | None = column("要求回复", "Wants a reply", width=10)
    erased_at: datetime | None = column("清除时间", "Erased at", assigned=True, width=16)
    erased_by: str | None = column("清除人", "Erased by", assigned=True, width=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer to a reporter, customer or employee, or the attempts to give one (F5)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    kind: ReplyKind | None = column("类型", "Kind", width=14)
    to: Addressee | None = column("答复对象", "To", width=10)
    on: date | None = column("日期", "Date")
    way: str | None = column("方式", "Way", width=12)
    outcome: ReplyOutcome | None = column("结果", "Outcome", width=10)
    attempts: str | None = column(
        "联系经过", "Attempts", width=30,
        help=("无法联系时写明各次时间和方式。", "For somebody unreachable: when and how it was tried."),
    )  # fmt: skip
    summary: str | None = column("答复要点", "Summary", width=36)
    by: str | None = column("答复人", "By", assigned=True, width=12)
