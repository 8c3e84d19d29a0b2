"""The clue record. Each field of `Clue` is one column of the master ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cluebook.domain.fields import Choice, Part, YesNo, column


class Stage(Choice):
    """Where a clue stands; the codes of the procedure stand in the comments (3.1)."""

    DRAFT = "草稿", "Draft"  # S00
    REGISTERED = "已登记待初审", "Registered"  # S10
    INCOMPLETE = "待补充", "Awaiting supplement"  # S11
    ACCEPTED = "已受理待分析", "Accepted"  # S20
    IN_ANALYSIS = "分析中", "In analysis"  # S21
    IN_REVIEW = "分析待审核", "Analysis in review"  # S22
    APPROVED = "待流转", "Ready to route"  # S30
    ROUTED = "已流转待接收", "Routed"  # S31
    IN_HANDLING = "处理中", "In handling"  # S40
    SUSPENDED = "已挂起", "Suspended"  # S41
    IN_TRANSFER = "移送待回执", "Awaiting transfer receipt"  # S42
    FED_BACK = "已反馈待审核", "Feedback in review"  # S50
    AWAITING_MEETING = "待反馈会议", "Awaiting feedback meeting"  # S51
    CLOSED = "已办结", "Closed"  # S60
    ARCHIVED = "已归档", "Archived"  # S70
    REJECTED = "不予受理", "Not accepted"  # S80
    MERGED = "已并案", "Merged"  # S81
    TRANSFERRED = "已移送", "Transferred"  # S82
    WITHDRAWN = "已撤销", "Withdrawn"  # S83
    DISPOSED = "已销毁", "Disposed of"  # S90


OVER = frozenset(
    {
        Stage.CLOSED,
        Stage.ARCHIVED,
        Stage.REJECTED,
        Stage.MERGED,
        Stage.TRANSFERRED,
        Stage.WITHDRAWN,
        Stage.DISPOSED,
    }
)
"""Stages in which no deadline of handling runs any more."""


class Nature(Choice):
    """What must be done about a clue (procedure 1.3, Z1 to Z3)."""

    BUSINESS = "业务", "Business"
    COMPLIANCE = "合规", "Compliance"
    OTHER = "其他", "Other"


class Urgency(Choice):
    """How soon it must be done (Z4, Z5), the most urgent first."""

    URGENT = "紧急", "Urgent"
    IMPORTANT = "重要", "Important"
    GENERAL = "一般", "General"


class Ground(Choice):
    """Why a clue has its urgency (Z4, Z5)."""

    LOSS = "可能造成重大损失", "Major loss"
    REPUTATION = "严重影响声誉", "Serious harm to reputation"
    ACT_NOW = "需立即采取行动", "Immediate action needed"
    KEY_CUSTOMER = "重要客户流失", "Loss of a key customer"
    LOOPHOLE = "关键流程漏洞", "Gap in a key process"
    ORDINARY = "一般情形", "Ordinary matter"


URGENT_GROUNDS = frozenset({Ground.LOSS, Ground.REPUTATION, Ground.ACT_NOW})
"""An urgent clue needs one of these (Z4)."""


class Secrecy(Choice):
    """Who may see a clue (G5)."""

    ORDINARY = "普通", "Ordinary"
    INTERNAL = "内部", "Internal"
    CONFIDENTIAL = "保密", "Confidential"


class Named(Choice):
    """Whether the reporter gave a name (C8)."""

    NAMED = "实名", "Named"
    ANONYMOUS = "匿名", "Anonymous"


class ChannelGroup(Choice):
    """Whether a clue came from inside the house or from outside (C1, C2)."""

    INTERNAL = "内部", "Internal"
    EXTERNAL = "外部", "External"


class Truth(Choice):
    """First judgement of the preliminary review (Z6)."""

    TRUE = "属实", "Plausible"
    DOUBTFUL = "存疑", "Doubtful"
    FALSE = "不实", "Unfounded"


class Completeness(Choice):
    """Second judgement of the preliminary review (Z6)."""

    COMPLETE = "完整", "Complete"
    LACKING = "需补充", "Needs more"


class Conclusion(Choice):
    """What the preliminary review decides (Z6)."""

    ACCEPT = "受理", "Accept"
    SUPPLEMENT = "补充", "Supplement"
    REJECT = "不予受理", "Do not accept"
    MERGE = "并案", "Merge"
    TRANSFER = "移送", "Transfer"


class Rejection(Choice):
    """Why a clue is not accepted (T06); the last is for material that never came (T04)."""

    NO_SUBSTANCE = "无实质内容", "No substance"
    NOT_OURS = "不属管辖", "Not within competence"
    SETTLED = "已办结的重复反映", "Already settled"
    NO_SUBJECT = "查无对象", "Subject not found"
    NEVER_COMPLETED = "逾期未补充", "Material never supplied"


class Risk(Choice):
    """Grade of the risk assessment (N2)."""

    HIGH = "高", "High"
    MEDIUM = "中", "Medium"
    LOW = "低", "Low"


class Expectation(Choice):
    """Third part of the feedback: was the aim reached (F3)."""

    MET = "达到", "Met"
    PARTLY = "部分达到", "Partly met"
    NOT_MET = "未达到", "Not met"


class Satisfaction(Choice):
    """What the reporter said when called back (H2)."""

    SATISFIED = "满意", "Satisfied"
    FAIR = "基本满意", "Fairly satisfied"
    DISSATISFIED = "不满意", "Dissatisfied"


class Retention(Choice):
    """How long the archive keeps a case (A4, 1.10)."""

    FOR_EVER = "永久", "For ever"
    THIRTY_YEARS = "30年", "30 years"
    TEN_YEARS = "10年", "10 years"


class WarningLevel(Choice):
    """Traffic light of the next deadline (G2): over two working days left, two or fewer, today, past."""

    GREEN = "正常", "On time"
    AMBER = "临期", "Due soon"
    ORANGE = "今日到期", "Due today"
    RED = "逾期", "Overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """A tip, complaint or report, as the master ledger holds it (procedure, section 2)."""

    number: str | None = column(
        "线索编号",
        "Clue no.",
        assigned=True,
        part=Part.REVIEW,
        width=18,
        help=("受理时由程序编发，不重复、不更改。", "Given at acceptance; never reused, never changed."),
    )
    stage: Stage | None = column(
        "状态",
        "Stage",
        assigned=True,
        part=Part.REVIEW,
        width=14,
        help=("由程序推进，请勿手工修改。", "Moved on by the program; do not edit."),
    )
    entry_no: str | None = column(
        "登记号",
        "Entry no.",
        assigned=True,
        part=Part.INTAKE,
        width=14,
        help=("登记时编发，受理编号之前以此相称。", "Given at entry; names the clue until it has a number."),
    )
    secrecy: Secrecy | None = column("密级", "Secrecy", part=Part.INTAKE, width=8)
    named: Named | None = column("实名匿名", "Named or anonymous", part=Part.INTAKE, width=10)
    channel_group: ChannelGroup | None = column(
        "渠道大类", "Channel group", required=True, part=Part.INTAKE, width=10
    )
    channel: str | None = column(
        "来源渠道",
        "Channel",
        required=True,
        part=Part.INTAKE,
        one_of="Channels.name",
        within="channel_group",
        help=("先选渠道大类，再选来源渠道。", "Choose the channel group first."),
    )
    source_no: str | None = column(
        "来源编号",
        "Source no.",
        part=Part.INTAKE,
        width=14,
        help=("来电记录号、邮件编号、网址等。", "Call record, mail id, web address or the like."),
        folded=True,
    )
    link: str | None = column(
        "来源链接",
        "Source link",
        part=Part.INTAKE,
        width=18,
        help=(
            "媒体、网络来源填写网址或截取日期。",
            "For press and online sources: the address, or when it was captured.",
        ),
        folded=True,
    )
    collector: str | None = column("收集人", "Collector", part=Part.INTAKE, width=10)
    collecting_department: str | None = column(
        "收集部门", "Collecting department", part=Part.INTAKE, one_of="Departments.name", folded=True
    )
    found_at: datetime | None = column(
        "发现时间",
        "Found at",
        required=True,
        part=Part.INTAKE,
        width=16,
        help=("按 2026-03-01 09:30 填写，不得晚于现在。", "As 2026-03-01 09:30; not in the future."),
    )
    collected_at: datetime | None = column(
        "收集时间", "Collected at", part=Part.INTAKE, width=16, folded=True
    )
    delivered_at: datetime | None = column(
        "送达时间",
        "Delivered at",
        part=Part.INTAKE,
        width=16,
        help=(
            "送达线索管理部门的时间；留空则以登记时间为准。",
            "When the clue department had it; blank takes the time of entry.",
        ),
        folded=True,
    )
    matter: str | None = column(
        "涉及事项",
        "Matter",
        required=True,
        part=Part.INTAKE,
        width=28,
        help=("一句话说明是什么事。", "What it is about, in one line."),
    )
    description: str | None = column(
        "描述",
        "Description",
        required=True,
        part=Part.INTAKE,
        width=48,
        help=("详细描述，不少于 15 个字。", "The full account, at least 15 characters."),
    )
    subjects: str | None = column("涉及对象", "Subjects", part=Part.INTAKE, width=16)
    involved_departments: tuple[str, ...] | None = column(
        "涉及部门",
        "Departments involved",
        part=Part.INTAKE,
        one_of="Departments.name",
        width=16,
        help=("多个部门用顿号分开。", "Separate several with semicolons."),
        folded=True,
    )
    demand: str | None = column("诉求", "Demand", part=Part.INTAKE, width=20, folded=True)
    background: str | None = column(
        "背景说明",
        "Background",
        part=Part.INTAKE,
        width=24,
        help=("传递时附带的说明和背景资料。", "The note and background that come with it."),
        folded=True,
    )
    attachments: int | None = column("附件数", "Attachments", part=Part.INTAKE, width=8, folded=True)
    completeness_score: float | None = column(
        "完整度",
        "Completeness score",
        assigned=True,
        part=Part.INTAKE,
        width=8,
        help=("基本信息已填的比例，由程序计算。", "Share of the basic facts that are filled in."),
        folded=True,
    )
    missing: str | None = column(
        "缺项",
        "Missing",
        part=Part.INTAKE,
        width=20,
        help=("需要补充的内容；退回补充时写入通知。", "What must be supplied; it goes into the notice."),
    )
    supplement_due: date | None = column(
        "补充期限", "Supplement due", assigned=True, part=Part.INTAKE, folded=True
    )
    clerk: str | None = column(
        "经办人",
        "Clerk",
        assigned=True,
        part=Part.INTAKE,
        width=10,
        help=("线索管理部门经办此线索的人。", "Who looks after it in the clue department."),
        folded=True,
    )
    nature: Nature | None = column("性质", "Nature", part=Part.REVIEW, width=8)
    subtype: str | None = column(
        "子类",
        "Subtype",
        part=Part.REVIEW,
        one_of="Categories.subtype",
        within="nature",
        help=("先选性质，再选子类。", "Choose the nature first."),
    )
    urgency: Urgency | None = column("紧急程度", "Urgency", part=Part.REVIEW, width=9)
    ground: Ground | None = column(
        "定级理由",
        "Ground of urgency",
        part=Part.REVIEW,
        width=16,
        help=("紧急线索须选前三项之一。", "An urgent clue needs one of the first three."),
    )
    original_urgency: Urgency | None = column(
        "原紧急程度", "Original urgency", assigned=True, part=Part.REVIEW, width=10, folded=True
    )
    regraded_at: datetime | None = column(
        "首次调级时间",
        "First regraded at",
        assigned=True,
        part=Part.REVIEW,
        width=16,
        help=(
            "紧急程度第一次调整的时间；各次调整见流转记录。",
            "When its urgency first changed; the events tell of each.",
        ),
        folded=True,
    )
    suggested_subtype: str | None = column("建议子类", "Suggested subtype", assigned=True, part=Part.REVIEW)
    suggested_urgency: Urgency | None = column(
        "建议紧急程度", "Suggested urgency", assigned=True, part=Part.REVIEW, width=12
    )
    suggested_reason: str | None = column(
        "建议理由",
        "Reason",
        assigned=True,
        part=Part.REVIEW,
        width=28,
        help=("触发建议的词语。", "The phrases that led to the suggestion."),
        folded=True,
    )
    confidence: float | None = column(
        "置信度", "Confidence", assigned=True, part=Part.REVIEW, width=8, folded=True
    )
    reviewer: str | None = column(
        "初审人",
        "Reviewer",
        part=Part.REVIEW,
        one_of="People.name",
        width=10,
        help=("留空则为按下受理的人。", "Blank takes whoever presses Accept."),
    )
    reviewed_at: datetime | None = column(
        "初审时间", "Reviewed at", assigned=True, part=Part.REVIEW, width=16, folded=True
    )
    truth: Truth | None = column("真实性", "Truth", part=Part.REVIEW, width=8)
    completeness: Completeness | None = column("完整性", "Completeness", part=Part.REVIEW, width=9)
    conclusion: Conclusion | None = column(
        "初审结论", "Conclusion", assigned=True, part=Part.REVIEW, width=10
    )
    rejection: Rejection | None = column(
        "不予受理理由", "Reason of non-acceptance", part=Part.REVIEW, width=16, folded=True
    )
    possible_duplicates: str | None = column(
        "疑似重复", "Possible duplicates", assigned=True, part=Part.REVIEW, width=16
    )
    master_number: str | None = column(
        "主案编号", "Master clue no.", assigned=True, part=Part.REVIEW, width=16, folded=True
    )
    complex: YesNo | None = column(
        "是否复杂",
        "Complex",
        part=Part.ANALYSIS,
        width=8,
        help=("复杂或涉及多个部门的，应先组织讨论。", "Complex or joint matters are discussed first."),
    )
    analyst: str | None = column("分析人", "Analyst", part=Part.ANALYSIS, one_of="People.name", width=10)
    risk: Risk | None = column("风险等级", "Risk", part=Part.ANALYSIS, width=8)
    fast_track: YesNo | None = column(
        "急件快转", "Fast track", assigned=True, part=Part.ANALYSIS, width=9, folded=True
    )
    analysis_due: date | None = column(
        "补分析期限",
        "Analysis owed by",
        assigned=True,
        part=Part.ANALYSIS,
        help=("急件先转后分析，分析报告应补的日期。", "A fast-tracked clue owes its analysis by then."),
        folded=True,
    )
    approved_at: datetime | None = column(
        "分析审核时间", "Analysis approved at", assigned=True, part=Part.ANALYSIS, width=16, folded=True
    )
    department: str | None = column("责任部门", "Department", part=Part.ROUTING, one_of="Departments.name")
    joint_departments: tuple[str, ...] | None = column(
        "协办部门",
        "Joint departments",
        part=Part.ROUTING,
        one_of="Departments.name",
        width=16,
        help=("多个部门用顿号分开。", "Separate several with semicolons."),
    )
    routing_reason: str | None = column("流转原因", "Reason for routing", part=Part.ROUTING, width=24)
    slip_no: str | None = column(
        "流转单号", "Slip no.", assigned=True, part=Part.ROUTING, width=14, folded=True
    )
    routed_at: datetime | None = column(
        "流转时间", "Routed at", assigned=True, part=Part.ROUTING, width=16, folded=True
    )
    receipt_due: date | None = column(
        "接收期限", "Receipt due", assigned=True, part=Part.ROUTING, folded=True
    )
    returns: int | None = column(
        "退回次数", "Returns", assigned=True, part=Part.ROUTING, width=8, folded=True
    )
    reroutes: int | None = column(
        "改派次数", "Reroutes", assigned=True, part=Part.ROUTING, width=8, folded=True
    )
    received_at: datetime | None = column(
        "接收时间", "Received at", assigned=True, part=Part.HANDLING, width=16
    )
    handler: str | None = column(
        "承办人", "Handler", part=Part.HANDLING, one_of="People.name", within="department", width=10
    )
    handler_phone: str | None = column(
        "联系方式", "Handler's phone", part=Part.HANDLING, width=14, folded=True
    )
    deputy: str | None = column(
        "备岗", "Deputy", part=Part.HANDLING, one_of="People.name", within="department", width=10, folded=True
    )
    expected_on: date | None = column(
        "预计完成日",
        "Expected completion",
        part=Part.HANDLING,
        help=("责任部门承诺的日期，不得晚于完成期限。", "The department's promise; not after the limit."),
    )
    milestone_due: date | None = column(
        "初步/方案期限", "First step due", assigned=True, part=Part.HANDLING, width=13, folded=True
    )
    milestone_at: datetime | None = column(
        "初步/方案完成", "First step done", assigned=True, part=Part.HANDLING, width=16, folded=True
    )
    completion_due: date | None = column("完成期限", "Completion due", assigned=True, part=Part.HANDLING)
    original_due: date | None = column(
        "原完成期限",
        "Original completion due",
        assigned=True,
        part=Part.HANDLING,
        help=("延期前的期限，考核以此为准。", "The date before any extension; it counts for assessment."),
        folded=True,
    )
    extensions: int | None = column(
        "延期次数", "Extensions", assigned=True, part=Part.HANDLING, width=8, folded=True
    )
    suspended_days: int | None = column(
        "累计挂起",
        "Days suspended",
        assigned=True,
        part=Part.HANDLING,
        width=8,
        help=(
            "时限停止计算的工作日合计，各段见“挂起”表。",
            "Working days in which its clocks stood still; see Pauses.",
        ),
        folded=True,
    )
    resume_on: date | None = column(
        "预计恢复日", "Resumes on", assigned=True, part=Part.HANDLING, folded=True
    )
    completed_at: datetime | None = column(
        "完成时间", "Completed at", assigned=True, part=Part.HANDLING, width=16, folded=True
    )
    fed_back_at: datetime | None = column(
        "反馈时间", "Fed back at", assigned=True, part=Part.FEEDBACK, width=16
    )
    expectation: Expectation | None = column("达到预期", "Expectation", part=Part.FEEDBACK, width=9)
    satisfaction: Satisfaction | None = column("回访满意度", "Satisfaction", part=Part.FEEDBACK, width=10)
    closed_at: datetime | None = column("办结时间", "Closed at", assigned=True, part=Part.CLOSING, width=16)
    reopened: int | None = column(
        "重办次数", "Reopened", assigned=True, part=Part.CLOSING, width=8, folded=True
    )
    reopened_at: datetime | None = column(
        "重启时间", "Reopened at", assigned=True, part=Part.CLOSING, width=16, folded=True
    )
    archive_no: str | None = column("归档号", "Archive no.", assigned=True, part=Part.CLOSING, folded=True)
    retention: Retention | None = column(
        "保管期限", "Retention", assigned=True, part=Part.CLOSING, width=9, folded=True
    )
    retain_until: date | None = column(
        "保管到期日", "Retain until", assigned=True, part=Part.CLOSING, folded=True
    )
    policy: str | None = column(
        "适用制度版本", "Policy version", assigned=True, part=Part.CLOSING, folded=True
    )
    remarks: str | None = column("备注", "Remarks", part=Part.CLOSING, width=20)
    next_step: str | None = column("下一节点", "Next step", assigned=True, part=Part.COMPUTED)
    next_due: date | None = column("下一期限", "Next due", assigned=True, part=Part.COMPUTED)
    days_left: int | None = column(
        "剩余工作日", "Working days left", assigned=True, part=Part.COMPUTED, width=10
    )
    warning: WarningLevel | None = column("预警级别", "Warning", assigned=True, part=Part.COMPUTED, width=9)
    overdue_kind: str | None = column("逾期类型", "Overdue kind", assigned=True, part=Part.COMPUTED)
    overdue_days: int | None = column(
        "逾期工作日", "Working days overdue", assigned=True, part=Part.COMPUTED, width=10
    )
    elapsed_days: int | None = column(
        "总耗时", "Working days taken", assigned=True, part=Part.COMPUTED, width=8, folded=True
    )
    urge_level: int | None = column(
        "督办次数", "Urged", assigned=True, part=Part.COMPUTED, width=8, folded=True
    )
    provisional: YesNo | None = column(
        "是否暂定期限",
        "Provisional",
        assigned=True,
        part=Part.COMPUTED,
        width=11,
        help=(
            "期限跨入尚未公布放假安排的年度。",
            "The deadline runs into a year without a published calendar.",
        ),
        folded=True,
    )
    due_reason: str | None = column(
        "期限说明",
        "How the date comes about",
        assigned=True,
        part=Part.COMPUTED,
        width=48,
        help=("“下一期限”是怎样算出来的。", "How the next due date was reckoned."),
        folded=True,
    )
