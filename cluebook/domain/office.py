"""What the office keeps about itself: people, lists, limits, the calendar. One record a sheet row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cluebook.domain.clue import ChannelGroup, Nature, Retention, Urgency
from cluebook.domain.fields import Choice, YesNo, column


class Where(Choice):
    """Where in a clue a phrase is looked for (procedure 7.1)."""

    ANYWHERE = "不限", "Anywhere"
    TITLE = "标题", "Title"
    BODY = "正文", "Body"
    CHANNEL = "渠道", "Channel"


class Role(Choice):
    """What a person may do in the procedure (G6)."""

    COLLECTOR = "收集人员", "Collector"
    CLERK = "线索管理员", "Clue clerk"
    HEAD = "线索管理部门负责人", "Head of the clue office"
    ANALYST = "分析人员", "Analyst"
    REVIEWER = "分析审核人", "Analysis reviewer"
    DEPARTMENT_HEAD = "责任部门负责人", "Department head"
    HANDLER = "承办人", "Handler"
    SUPERVISOR = "监督人员", "Supervisor"
    LEADER = "高层领导", "Senior manager"
    RECORDS_KEEPER = "档案员", "Records keeper"


class Circumstance(Choice):
    """What makes a case be kept longer than its subtype and urgency say (1.10)."""

    VERIFIED = "查实违规", "Misconduct verified"
    MAJOR = "重大", "Major"
    TRANSFERRED = "移送司法或主管机关", "Handed to a court or authority"


class DayKind(Choice):
    """Why a date differs from its weekday (6.4)."""

    HOLIDAY = "休假", "Holiday"
    MAKE_UP = "调休上班", "Make-up working day"
    COMPANY_OFF = "公司休息", "Company day off"
    COMPANY_ON = "公司上班", "Company working day"


class Coverage(Choice):
    """How far a year's calendar can be relied on (6.4)."""

    PUBLISHED = "已公布", "Published"
    PROVISIONAL = "暂定", "Provisional"
    BY_HAND = "手工", "By hand"


class DayUnit(Choice):
    """What a limit counts."""

    WORKING = "工作日", "Working days"
    CALENDAR = "自然日", "Calendar days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A department that may be made responsible (G6)."""

    name: str | None = column("部门", "Department", required=True, width=18)
    head: str | None = column("负责人", "Head", width=12)
    phone: str | None = column("电话", "Phone", width=16)
    active: YesNo | None = column("启用", "Active", width=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who handles clues (G6)."""

    name: str | None = column("姓名", "Name", required=True, width=12)
    department: str | None = column("部门", "Department", required=True, one_of="Departments.name", width=18)
    roles: tuple[str, ...] | None = column(
        "岗位",
        "Role",
        width=24,
        help=("可有多个，用顿号分开；见说明页的岗位表。", "May be several, separated by semicolons."),
    )
    login: str | None = column(
        "登录名",
        "Login",
        width=16,
        help=(
            "此人在电脑上的用户名，与姓名不同时填写。",
            "The user name at the computer, where it is not the name.",
        ),
    )
    email: str | None = column("邮箱", "E-mail", width=26)
    phone: str | None = column("电话", "Phone", width=16)
    active: YesNo | None = column("在岗", "Active", width=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A way by which clues come in (C1, C2)."""

    group: ChannelGroup | None = column("渠道大类", "Channel group", required=True)
    name: str | None = column("来源渠道", "Channel", required=True, width=18)
    online: YesNo | None = column(
        "须附链接", "Needs a link", width=10,
        help=("媒体、网络来源选“是”：受理前须有链接或截取日期。", "Yes for press and online sources: they need a link or the date of capture."),
    )  # fmt: skip
    active: YesNo | None = column("启用", "Active", width=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A subtype and the nature it belongs to (Z1 to Z3)."""

    nature: Nature | None = column("性质", "Nature", required=True)
    subtype: str | None = column("子类", "Subtype", required=True, width=18)
    note: str | None = column("说明", "Note", width=48)
    active: YesNo | None = column("启用", "Active", width=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyword:
    """A phrase that speaks for a subtype or for an urgency (7.1)."""

    phrase: str | None = column("短语", "Phrase", required=True, width=24)
    points_to: str | None = column(
        "指向",
        "Points to",
        required=True,
        width=18,
        help=("子类名称，或“紧急”“重要”。", "A subtype, or “Urgent” or “Important”."),
    )
    weight: int | None = column("权重", "Weight", required=True, width=8, help=("1 至 5。", "From 1 to 5."))
    together: str | None = column(
        "必须同现",
        "Only with",
        width=24,
        help=(
            "至少一个同现才计分，用顿号分开。",
            "Counts only beside one of these; separate with semicolons.",
        ),
    )
    without: str | None = column(
        "排除词",
        "Not with",
        width=24,
        help=(
            "出现任何一个即不计分，用顿号分开。",
            "Does not count beside any of these; separate with semicolons.",
        ),
    )
    where: Where | None = column("位置", "Where", width=10)
    active: YesNo | None = column("启用", "Active", width=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How many days a step may take; blank urgency or subtype means any (H12)."""

    deadline: str | None = column("期限", "Deadline", required=True, width=18)
    urgency: str | None = column(
        "紧急程度", "Urgency", width=10, help=("留空表示不分紧急程度。", "Blank means any urgency.")
    )
    subtype: str | None = column(
        "子类",
        "Subtype",
        one_of="Categories.subtype",
        width=18,
        help=("留空表示不分子类。", "Blank means any subtype."),
    )
    days: int | None = column("天数", "Days", required=True, width=8)
    unit: DayUnit | None = column("单位", "Unit", width=12)
    effective_on: date | None = column("生效日", "Effective from")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingRule:
    """Where clues of a kind go (L1); blank columns mean any."""

    nature: Nature | None = column("性质", "Nature")
    subtype: str | None = column("子类", "Subtype", one_of="Categories.subtype", within="nature", width=18)
    keyword: str | None = column(
        "关键词",
        "Keyword",
        width=18,
        help=("出现在涉及事项或描述中。", "Found in the matter or the description."),
    )
    department: str | None = column(
        "责任部门", "Department", required=True, one_of="Departments.name", width=18
    )
    joint_departments: tuple[str, ...] | None = column(
        "协办部门", "Joint departments", one_of="Departments.name", width=24
    )
    active: YesNo | None = column("启用", "Active", width=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRule:
    """How long cases of a kind are kept (A4, 1.10); the row that keeps a case longest holds, blank means any."""

    subtype: str | None = column("子类", "Subtype", one_of="Categories.subtype", width=18)
    urgency: Urgency | None = column("紧急程度", "Urgency", width=10)
    circumstance: Circumstance | None = column("情形", "Circumstance", width=24)
    retention: Retention | None = column("保管期限", "Retention", required=True, width=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting of the office; the settings there are, are declared in `settings`."""

    name: str | None = column("设置项", "Setting", required=True, width=22)
    value: str | None = column("值", "Value", width=36)
    note: str | None = column("说明", "Note", width=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """The last number given out in one series, so that none is ever given twice (Z7)."""

    prefix: str | None = column("编号前缀", "Series", required=True, assigned=True, width=20)
    last: int | None = column("已用到", "Last used", required=True, assigned=True, width=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOff:
    """A date that is not what its weekday says (6.4)."""

    on: date | None = column("日期", "Date", required=True)
    kind: DayKind | None = column("类型", "Kind", required=True, width=20)
    name: str | None = column("名称", "Name", width=18)
    source: str | None = column("来源", "Source", width=30)
    changed_by: str | None = column("修改人", "Changed by", width=12)
    changed_at: datetime | None = column("修改时间", "Changed at", width=16)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYear:
    """How far the calendar of one year can be relied on (6.4)."""

    year: int | None = column("年度", "Year", required=True, width=8)
    coverage: Coverage | None = column("状态", "Coverage", required=True)
    basis: str | None = column("依据", "Basis", width=48)
