"""Following up, urging, spot checks and putting right (procedure 1.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cluebook.domain.fields import Choice, YesNo, column


class UrgeKind(Choice):
    """How strongly a department is urged (K3, T33)."""

    NOTICE = "提醒", "Notice"
    REMINDER = "催办", "Reminder"
    SUPERVISION = "督办", "Supervision order"
    REPORTED = "通报", "Reported to management"


class Compliance(Choice):
    """What a spot check found of one item (K5)."""

    YES = "符合", "Met"
    NO = "不符合", "Not met"
    NOT_APPLICABLE = "不适用", "Not applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One planned look at the progress of a clue (K1)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    planned_on: date | None = column("计划日", "Planned on", assigned=True)
    done_on: date | None = column("实际日", "Done on")
    progress: int | None = column("进度%", "Progress %", width=9, help=("0 至 100。", "From 0 to 100."))
    problems: str | None = column("存在问题", "Problems", width=30)
    next_step: str | None = column("下一步", "Next", width=30)
    by: str | None = column("跟进人", "By", assigned=True, width=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Urge:
    """A reminder or supervision order to a department, and its answer (K3, K6, T33)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    number: str | None = column("督办编号", "Order no.", assigned=True, width=14)
    kind: UrgeKind | None = column("类型", "Kind", width=10)
    level: int | None = column("第几次", "Level", assigned=True, width=8)
    about: str | None = column("事由", "About", assigned=True, width=20)
    deadline: str | None = column("所催期限", "Deadline", assigned=True, width=14)
    due: date | None = column("原期限", "Due", assigned=True)
    to: str | None = column("对象", "To", assigned=True, width=18)
    way: str | None = column("方式", "Way", width=10)
    demand: str | None = column("督办要求", "Demand", width=30)
    issued_by: str | None = column("签发人", "Issued by", assigned=True, width=12)
    issued_at: datetime | None = column("发出时间", "Issued at", assigned=True, width=16)
    reply_by: date | None = column("要求回复日", "Reply by")
    progress: str | None = column("进展", "Progress", width=24)
    reason: str | None = column("未完成原因", "Why not done", width=24)
    measures: str | None = column("措施", "Measures", width=24)
    expected_on: date | None = column("预计完成", "Expected on")
    replied_at: datetime | None = column("回复时间", "Replied at", assigned=True, width=16)
    settled: YesNo | None = column("销号", "Settled", width=8)
    opinion: str | None = column("督办意见", "Opinion", width=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotCheck:
    """One clue of a spot check, with what was found (K5)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    batch: str | None = column("抽样批次", "Batch", assigned=True, width=16)
    stratum: str | None = column("抽样分层", "Stratum", assigned=True, width=14)
    seed: int | None = column("随机种子", "Seed", assigned=True, width=12)
    drawn_at: datetime | None = column("抽取时间", "Drawn at", assigned=True, width=16)
    procedure: Compliance | None = column("流程", "Procedure", width=10)
    time: Compliance | None = column("时限", "Time", width=10)
    papers: Compliance | None = column("文书", "Papers", width=10)
    outcome: Compliance | None = column("结果合理有效", "Outcome sound", width=12)
    conclusion: str | None = column("结论", "Conclusion", width=30)
    checker: str | None = column("检查人", "Checked by", width=12)
    checked_on: date | None = column("检查日期", "Checked on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectification:
    """Something found wrong that somebody must put right (K6)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    number: str | None = column("整改编号", "Item no.", assigned=True, width=14)
    source: str | None = column("来源", "Source", width=16)
    finding: str | None = column("问题", "Finding", required=True, width=36)
    department: str | None = column("责任部门", "Department", one_of="Departments.name", width=18)
    owner: str | None = column("责任人", "Owner", width=12)
    raised_by: str | None = column("提出人", "Raised by", assigned=True, width=12)
    raised_at: datetime | None = column("提出时间", "Raised at", assigned=True, width=16)
    due: date | None = column("整改期限", "Due")
    done_on: date | None = column("整改完成日", "Done on")
    measures: str | None = column("整改措施", "Measures", width=30)
    recheck: str | None = column("复查结果", "Recheck", width=24)
    rechecked_by: str | None = column("复查人", "Rechecked by", assigned=True, width=12)
    closed_on: date | None = column("销号日期", "Settled on", assigned=True)
    sanction: str | None = column("处理", "Sanction", width=24)
