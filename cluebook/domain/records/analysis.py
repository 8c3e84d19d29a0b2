"""The analysis of a clue: report and review, the options weighed, the experts asked (procedure 1.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cluebook.domain.clue import Risk
from cluebook.domain.fields import Choice, YesNo, column


class Difficulty(Choice):
    """How hard an option is to carry out (N3)."""

    EASY = "易", "Easy"
    FAIR = "中", "Fair"
    HARD = "难", "Hard"


class Method(Choice):
    """How a clue is analysed (N4 to N7)."""

    DATA = "数据分析", "Data"
    CASES = "案例分析", "Cases"
    EXPERTS = "专家咨询", "Experts"


class ExpertKind(Choice):
    """Whether an expert belongs to the house (N6)."""

    INTERNAL = "内部", "Internal"
    EXTERNAL = "外部", "External"


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """The analysis of a clue, in the five parts of the report (N1 to N8), and its review (N9)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    version: int | None = column("版本", "Version", assigned=True, width=8)
    process_background: str | None = column("业务流程", "Business process", width=30)
    market_background: str | None = column("市场环境", "Market", width=30)
    customer_background: str | None = column("客户需求", "Customer needs", width=30)
    cause: str | None = column("原因判断", "Cause", width=30)
    economy: int | None = column("经济损失", "Economic loss", width=9, help=("1 至 5 分。", "From 1 to 5."))
    reputation: int | None = column("声誉损害", "Reputation", width=9, help=("1 至 5 分。", "From 1 to 5."))
    legal: int | None = column("法律风险", "Legal risk", width=9, help=("1 至 5 分。", "From 1 to 5."))
    likelihood: int | None = column("可能性", "Likelihood", width=9, help=("1 至 5 分。", "From 1 to 5."))
    expected_loss: float | None = column(
        "预计损失", "Expected loss", width=12, help=("金额，单位元。", "An amount in the office's currency.")
    )
    computed_risk: Risk | None = column("测算风险", "Computed risk", assigned=True, width=10)
    risk_reason: str | None = column(
        "调整理由", "Reason for another grade", width=24,
        help=("风险等级与测算不同时填写。", "Needed when the grade differs from the computed one."),
    )  # fmt: skip
    methods: tuple[str, ...] | None = column(
        "采用方法", "Methods used", width=22,
        help=("数据分析、案例分析、专家咨询，至少一种。", "Data, Cases, Experts: at least one; separate with semicolons."),
    )  # fmt: skip
    similar_cases: str | None = column("参考案例", "Similar cases", width=24)
    lessons: str | None = column("借鉴点", "Lessons", width=24)
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


METHODS = {name: method for method in Method for name in method.text}
"""Each method by its name on the sheet, in either language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """One way to deal with a clue, as the feasibility analysis weighs it (N3)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    option: str | None = column("方案", "Option", required=True, width=36)
    cost: str | None = column("成本", "Cost", width=20)
    benefit: str | None = column("效益", "Benefit", width=20)
    difficulty: Difficulty | None = column("实施难度", "Difficulty", width=10)
    recommended: YesNo | None = column("推荐", "Recommended", width=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """What an expert was asked and answered (N6)."""

    clue: str | None = column("线索编号", "Clue no.", required=True, width=18)
    expert: str | None = column("专家", "Expert", required=True, width=12)
    unit: str | None = column("单位", "Unit", width=20)
    title: str | None = column("职称", "Title", width=14)
    kind: ExpertKind | None = column("内部/外部", "Internal or external", width=10)
    question: str | None = column("咨询问题", "Question", width=36)
    opinion: str | None = column("专家意见", "Opinion", width=36)
    promise: YesNo | None = column(
        "保密承诺", "Promise of secrecy", width=10,
        help=("外部专家须有保密承诺。", "An external expert promises secrecy."),
    )  # fmt: skip
    on: date | None = column("日期", "Date")
