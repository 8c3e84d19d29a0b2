"""What is written down about a clue beside its row: events, handling lines, analysis, feedback, meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cluebook.domain.clue import Expectation
from cluebook.domain.fields import Choice, YesNo, column


class FeedbackForm(Choice):
    """How the department reported (F1)."""

    REPORT = "书面报告", "Written report"
    EMAIL = "电子邮件", "E-mail"
    MEETING = "工作汇报会议", "Meeting"


class MeetingKind(Choice):
    """What a meeting was held for (Z9, L8, F2)."""

    DISCUSSION = "讨论", "Discussion"
    COORDINATION = "协调", "Coordination"
    FEEDBACK = "反馈", "Feedback"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the audit trail; lines are appended, never changed (Z8)."""

    seq: int | None = column("序号", "Seq.", required=True, assigned=True, width=8)
    at: datetime | None = column("时间", "Time", required=True, assigned=True, width=18)
    user: str | None = column("操作人", "User", required=True, assigned=True)
    action: str | None = column("操作", "Action", required=True, assigned=True, width=12)
    clue: str | None = column("线索", "Clue", assigned=True, width=18)
    before: str | None = column("原状态", "From", assigned=True, width=14)
    after: str | None = column("新状态", "To", assigned=True, width=14)
    reason: str | None = column("原因", "Reason", assigned=True, width=24)
    changes: str | None = column(
        "变更字段（原值→新值）", "Changed fields (old → new)", assigned=True, width=60
    )
    document: str | None = column("文书", "Document", assigned=True, width=36)
    seal: str | None = column(
        "校验码", "Seal", assigned=True, width=20,
        help=("证明此行及之前各行未被改动。", "Proves that this line and those before it are unchanged."),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingLine:
    """One dated line of the handling log (H15)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    on: datetime | None = column("日期", "Date", required=True, width=16)
    measures: str | None = column("采取的措施", "Measures taken", width=40)
    communication: str | None = column("沟通对象与内容", "Communication", width=40)
    resolution: str | None = column("解决情况", "Resolution", width=40)
    recorder: str | None = column("记录人", "Recorded by", width=12)
    evidence: str | None = column("附件", "Evidence", width=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """The analysis of a clue, in the five parts of the report (N8), and its review (N9)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    version: int | None = column("版本", "Version", assigned=True, width=8)
    summary: str | None = column("线索概述", "Summary", width=36)
    process: str | None = column("分析过程", "Process", width=36)
    risks: str | None = column("风险评估结果", "Risk assessment", width=36)
    feasibility: str | None = column("可行性分析结论", "Feasibility", width=36)
    recommendation: str | None = column("处理建议", "Recommendation", width=36)
    analyst: str | None = column("撰写人", "Analyst", assigned=True, width=12)
    submitted_at: datetime | None = column("提交时间", "Submitted at", assigned=True, width=16)
    reviewer: str | None = column("审核人", "Reviewer", one_of="People.name", width=12)
    opinion: str | None = column("审核意见", "Opinion", width=24)
    approved: YesNo | None = column("审核通过", "Approved", assigned=True, width=10)
    reviewed_at: datetime | None = column("审核时间", "Reviewed at", assigned=True, width=16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """A department's feedback, in the four parts of the report (F3)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    process: str | None = column("处理过程", "Process", width=40)
    result: str | None = column("处理结果", "Result", width=40)
    expectation: Expectation | None = column("是否达到预期目标", "Expectation", width=18)
    improvements: str | None = column("存在的问题及改进措施", "Problems and improvements", width=40)
    form: FeedbackForm | None = column("反馈方式", "Form", width=14)
    evidence: str | None = column("凭证", "Evidence", width=24)
    submitted_by: str | None = column("反馈人", "Submitted by", assigned=True, width=12)
    submitted_at: datetime | None = column("反馈时间", "Submitted at", assigned=True, width=16)
    accepted: YesNo | None = column("审核通过", "Accepted", assigned=True, width=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """The record of a meeting about a clue (Z9, L8, F2)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    kind: MeetingKind | None = column("类型", "Kind", required=True, width=14)
    on: date | None = column("日期", "Date", required=True)
    chair: str | None = column("主持人", "Chair", width=12)
    attendees: str | None = column("参会部门人员", "Attendees", width=30)
    issues: str | None = column("关键问题", "Key questions", width=36)
    decisions: str | None = column("处理方向与分工", "Direction and tasks", width=36)
