"""What departments settle among each other: meetings, tasks, returns, transfers, papers (procedure 1.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cluebook.domain.fields import Choice, column
from cluebook.domain.records.handling import Decision


class MeetingKind(Choice):
    """What a meeting was held for (Z9, L8, F2)."""

    DISCUSSION = "讨论", "Discussion"
    COORDINATION = "协调", "Coordination"
    FEEDBACK = "反馈", "Feedback"


class Share(Choice):
    """The part a department has in a joint clue (L8)."""

    LEAD = "主办", "Lead"
    JOINT = "协办", "Joint"


class ReturnKind(Choice):
    """Which way a clue left a department (L9, T18, T19)."""

    RETURN = "退回", "Return"
    REROUTE = "改派", "Reroute"


class MaterialKind(Choice):
    """What a file of the case is: the five kinds of the archive and the conditional ones (A1)."""

    COLLECTION = "线索收集表", "Collection form"
    ANALYSIS = "分析报告", "Analysis report"
    SLIP = "流转单", "Routing slip"
    HANDLING = "处理记录", "Handling record"
    FEEDBACK = "反馈报告", "Feedback report"
    PLAN = "处理方案", "Handling plan"
    MINUTES = "会议纪要", "Minutes"
    EXTENSION = "延期申请单", "Extension form"
    TRANSFER = "移送函", "Transfer letter"
    REPLY = "答复函", "Reply"
    ATTACHMENT = "附件材料", "Attachment"


class Copy(Choice):
    """Whether a paper is the original."""

    ORIGINAL = "原件", "Original"
    COPY = "复印件", "Copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """The record of a meeting about a clue (Z9, L8, F2)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    kind: MeetingKind | None = column("类型", "Kind", required=True, width=14)
    on: date | None = column("日期", "Date", required=True)
    place: str | None = column("地点", "Place", width=14)
    chair: str | None = column("主持人", "Chair", width=12)
    attendees: str | None = column("参会部门人员", "Attendees", width=30)
    leaders: str | None = column("参会领导", "Leaders present", width=16)
    issues: str | None = column("关键问题", "Key questions", width=36)
    decisions: str | None = column("处理方向与分工", "Direction and tasks", width=36)
    unsettled: str | None = column("未决事项", "Left open", width=24)
    leaders_opinion: str | None = column("领导意见", "Opinion of the leaders", width=24)
    recorder: str | None = column("记录人", "Recorded by", width=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What one department does in a joint clue (L8)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    department: str | None = column("部门", "Department", required=True, one_of="Departments.name", width=18)
    share: Share | None = column("主办/协办", "Lead or joint", required=True, width=10)
    task: str | None = column("职责任务", "Task", required=True, width=36)
    due: date | None = column("完成期限", "Due")
    done_on: date | None = column("完成日", "Done on")
    result: str | None = column("完成情况", "Result", width=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A clue given back by its department, or taken from it, and the decision (L9, T18, T19)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    kind: ReturnKind | None = column("类型", "Kind", assigned=True, width=8)
    slip_no: str | None = column("流转单号", "Slip no.", assigned=True, width=14)
    department: str | None = column("部门", "Department", assigned=True, width=18)
    reason: str | None = column("原因", "Reason", width=30)
    basis: str | None = column(
        "依据", "Basis", width=24, help=("职责分工的依据。", "By what division of duties.")
    )
    proposed: str | None = column("建议部门", "Proposed department", one_of="Departments.name", width=18)
    raised_by: str | None = column("提出人", "Raised by", assigned=True, width=12)
    raised_at: datetime | None = column("提出时间", "Raised at", assigned=True, width=16)
    decision: Decision | None = column("审定", "Decision", assigned=True, width=10)
    decided_by: str | None = column("审定人", "Decided by", assigned=True, width=12)
    decided_at: datetime | None = column("审定时间", "Decided at", assigned=True, width=16)
    opinion: str | None = column("审定意见", "Opinion", assigned=True, width=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A clue handed to another body, and what it answered (T08 to T10)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    receiver: str | None = column("接收单位", "Receiver", width=24)
    basis: str | None = column("依据", "Basis", width=30)
    reason: str | None = column("移送事由", "Reason", width=30)
    way: str | None = column("移送方式", "Way", width=12)
    approved_by: str | None = column("批准人", "Approved by", width=12)
    sent_by: str | None = column("移送人", "Sent by", assigned=True, width=12)
    sent_at: datetime | None = column("移送时间", "Sent at", assigned=True, width=16)
    answer: Decision | None = column("接收意见", "Answer", assigned=True, width=10)
    answered_by: str | None = column("接收人", "Answered by", width=12)
    opinion: str | None = column("接收单位意见", "Opinion of the receiver", width=24)
    answered_at: datetime | None = column("回执时间", "Answered at", assigned=True, width=16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A file or paper of a case (C7, L5, A1)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    kind: MaterialKind | None = column("类别", "Kind", required=True, width=14)
    name: str | None = column("材料名称", "Name", required=True, width=36)
    file: str | None = column("文件名", "File", width=36)
    pages: int | None = column("页数", "Pages", width=8)
    copies: int | None = column("份数", "Copies", width=8)
    original: Copy | None = column("原件/复印件", "Original or copy", width=12)
    formed_on: date | None = column("形成日期", "Formed on")
    sha256: str | None = column("SHA-256", "SHA-256", assigned=True, width=24)
    added_by: str | None = column("登记人", "Added by", assigned=True, width=12)
    added_at: datetime | None = column("登记时间", "Added at", assigned=True, width=16)
    waiver: str | None = column(
        "缺件理由", "Reason for lacking", width=24,
        help=("归档缺件时写明理由，留空表示有件。", "Why the archive goes without it; blank when it is there."),
    )  # fmt: skip
