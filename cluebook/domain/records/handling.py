"""What a department does about a clue: log, plan, checklist, extension, pause, callback (procedure 1.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cluebook.domain.clue import Expectation, Satisfaction
from cluebook.domain.fields import Choice, YesNo, column


class FeedbackForm(Choice):
    """How the department reported (F1)."""

    REPORT = "书面报告", "Written report"
    EMAIL = "电子邮件", "E-mail"
    MEETING = "工作汇报会议", "Meeting"


class Decision(Choice):
    """What was decided on a request: a return, an extension, a suspension."""

    GRANTED = "同意", "Granted"
    REFUSED = "不同意", "Refused"


class PauseKind(Choice):
    """Why clocks stood still (H14, T02, T26)."""

    SUPPLEMENT = "待补充", "Supplement"
    SUSPENSION = "挂起", "Suspension"
    TRANSFER = "移送", "Transfer"
    FEEDBACK_REVIEW = "反馈审核", "Feedback review"


class PauseReason(Choice):
    """What a suspended clue waits for (H14)."""

    COURT = "等待司法或仲裁", "Court or arbitration"
    TEST = "等待检测鉴定", "Test or expert report"
    THIRD_PARTY = "等待第三方", "Third party"
    AUTHORITY = "等待主管部门", "Authority"
    REPORTER = "等待反映人", "Reporter"
    OTHER = "其他", "Other"


class ReopeningReason(Choice):
    """Why a closed case is taken up again (T30)."""

    NEW_FACTS = "出现新情况", "New facts"
    DISSATISFIED = "回访不满意", "Dissatisfied at the callback"
    SPOT_CHECK = "抽查发现问题", "Finding of a spot check"
    REPEATED = "重复投诉", "Repeated complaint"


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
class HandlingPlan:
    """The detailed plan that an important clue asks for (H10)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    goal: str | None = column("目标", "Goal", width=30)
    measures: str | None = column("措施", "Measures", width=40)
    division: str | None = column("分工", "Division of work", width=30)
    schedule: str | None = column("进度安排", "Schedule", width=30)
    resources: str | None = column("资源费用", "Resources and cost", width=24)
    risks: str | None = column("风险", "Risks", width=24)
    head_opinion: str | None = column("部门负责人意见", "Opinion of the head", width=24)
    submitted_by: str | None = column("提交人", "Submitted by", assigned=True, width=12)
    submitted_at: datetime | None = column("提交时间", "Submitted at", assigned=True, width=16)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckItem:
    """One item of the checklist of a clue's subtype (H1 to H7); the items there are, are in `checklists`."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    item: str | None = column("检查项", "Item", required=True, assigned=True, width=30)
    result: str | None = column(
        "结果", "Result", width=30, help=("按检查项的提示填写。", "As the item asks.")
    )
    on: date | None = column("日期", "Date")
    evidence: str | None = column("凭证", "Evidence", width=24)
    note: str | None = column("填写提示", "What to write", assigned=True, width=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """An application for more time and the decision on it (H13)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    round: int | None = column("第几次", "Round", assigned=True, width=8)
    applicant: str | None = column("申请人", "Applicant", assigned=True, width=12)
    applied_at: datetime | None = column("申请时间", "Applied at", assigned=True, width=16)
    progress: str | None = column("已进展", "Progress so far", width=30)
    reason: str | None = column("延期理由", "Reason", width=30)
    original_due: date | None = column("原期限", "Original due date", assigned=True)
    new_due: date | None = column("拟完成日", "Proposed due date")
    decision: Decision | None = column("审定", "Decision", assigned=True, width=10)
    decided_by: str | None = column("审定人", "Decided by", assigned=True, width=12)
    decided_at: datetime | None = column("审定时间", "Decided at", assigned=True, width=16)
    opinion: str | None = column("批复意见", "Opinion", assigned=True, width=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A stretch of time in which the clocks of a clue stood still (H14, T02, T08, T26)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    kind: PauseKind | None = column("类型", "Kind", assigned=True, width=12)
    reason: PauseReason | None = column("原因", "Reason", width=16)
    note: str | None = column("说明", "Note", width=30)
    began_at: datetime | None = column("开始时间", "Began at", assigned=True, width=16)
    until: date | None = column("预计恢复日", "Expected to end")
    approved_by: str | None = column("批准人", "Approved by", width=12)
    ended_at: datetime | None = column("恢复时间", "Ended at", assigned=True, width=16)
    days: int | None = column("工作日", "Working days", assigned=True, width=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """A call back to whoever complained (H2)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    on: date | None = column("日期", "Date")
    way: str | None = column("方式", "Way", width=12)
    whom: str | None = column(
        "回访对象", "Whom", width=14, help=("写称谓，不写姓名电话。", "A role, not a name or a phone number.")
    )
    solved: YesNo | None = column("是否解决", "Solved", width=10)
    satisfaction: Satisfaction | None = column("满意度", "Satisfaction", width=10)
    opinion: str | None = column("意见", "Opinion", width=30)
    next_step: str | None = column("下一步", "Next", width=24)
    by: str | None = column("回访人", "By", width=12, help=("留空为操作人。", "Blank takes the user."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """A department's feedback, in the four parts of the report (F3), and its review (F4)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    process: str | None = column("处理过程", "Process", width=40)
    result: str | None = column("处理结果", "Result", width=40)
    expectation: Expectation | None = column("是否达到预期目标", "Expectation", width=18)
    improvements: str | None = column("存在的问题及改进措施", "Problems and improvements", width=40)
    improver: str | None = column("改进责任人", "Who improves", width=12)
    improve_by: date | None = column("改进期限", "Improve by")
    form: FeedbackForm | None = column("反馈方式", "Form", width=14)
    evidence: str | None = column("凭证", "Evidence", width=24)
    submitted_by: str | None = column("反馈人", "Submitted by", assigned=True, width=12)
    submitted_at: datetime | None = column("反馈时间", "Submitted at", assigned=True, width=16)
    accepted: YesNo | None = column("审核通过", "Accepted", assigned=True, width=10)
    reviewer: str | None = column("审核人", "Reviewer", assigned=True, width=12)
    opinion: str | None = column("审核意见", "Opinion", assigned=True, width=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """A closed case that was taken up again, and what it had come to before (T30)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    round: int | None = column("第几次", "Round", assigned=True, width=8)
    reason: ReopeningReason | None = column("理由", "Reason", width=24)
    note: str | None = column("说明", "Note", width=36)
    approved_by: str | None = column("批准人", "Approved by", width=12)
    reopened_by: str | None = column("操作人", "Reopened by", assigned=True, width=12)
    reopened_at: datetime | None = column("重启时间", "Reopened at", assigned=True, width=16)
    closed_at: datetime | None = column("原办结时间", "Closed at before", assigned=True, width=16)
    archive_no: str | None = column("原归档号", "Archive no. before", assigned=True, width=18)
