"""The settings of an office: declared here, kept on the settings sheet, read back typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import time
from typing import Any, TypeVar

from cluebook.domain.fields import Choice, YesNo
from cluebook.domain.office import Setting
from cluebook.text import Lang, Text

C = TypeVar("C", bound=Choice)


class HandlingStart(Choice):
    """From when the limits of handling count (T17)."""

    RECEIPT = "接收", "Receipt"
    ROUTING = "流转", "Routing"


class Extent(Choice):
    """Which clues something is asked of."""

    ALL = "全部", "All"
    IMPORTANT = "重要以上", "Important"
    NONE = "不要求", "None"


def setting(zh: str, en: str, default: Text, note: Text) -> Any:  # noqa: ANN401 - stands in for the field's own type
    """Declare one setting: its name, what a new office starts with, and what it does."""
    return field(metadata={"text": Text(zh, en), "default": default, "note": note})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the settings sheet says, each value as it stands there."""

    office: str = setting(
        "单位名称",
        "Office",
        Text("线索管理部门", "Clue Office"),
        Text("印在文书的抬头。", "Printed at the head of documents."),
    )
    contact: str = setting(
        "联系方式",
        "Contact",
        Text("", ""),
        Text(
            "电话、邮箱、地址，印在通知和告知书上。",
            "Telephone, e-mail, address; printed on notices and letters.",
        ),
    )
    policy: str = setting(
        "制度版本",
        "Policy version",
        Text("2026 版", "2026"),
        Text("受理时记入线索，之后不变。", "Stamped on a clue at acceptance and kept."),
    )
    number_pattern: str = setting(
        "线索编号规则",
        "Clue number pattern",
        Text("XS-{year}-{nature}-{seq:04}", "XS-{year}-{nature}-{seq:04}"),
        Text("可用 {year}、{nature}、{seq:04}。", "May hold {year}, {nature} and {seq:04}."),
    )
    entry_pattern: str = setting(
        "登记号规则",
        "Entry number pattern",
        Text("T-{year}-{seq:05}", "T-{year}-{seq:05}"),
        Text("可用 {year}、{seq:05}。", "May hold {year} and {seq:05}."),
    )
    slip_pattern: str = setting(
        "流转单号规则",
        "Slip number pattern",
        Text("LZ-{year}-{seq:04}", "LZ-{year}-{seq:04}"),
        Text("可用 {year}、{seq:04}。", "May hold {year} and {seq:04}."),
    )
    country: str = setting(
        "国家/地区",
        "Country",
        Text("CN", "CN"),
        Text(
            "内置节假日取自哪个国家或地区：CN，或 SG、DE-BY 之类的 ISO 代码。",
            "Whose holidays are built in: CN, or an ISO code such as SG or DE-BY.",
        ),
    )
    day_starts: str = setting(
        "上班时间",
        "Start of the working day",
        Text("08:30", "08:30"),
        Text("值守错过的任务在上班后补办。", "What the watch missed is made up for from then on."),
    )
    archive_pattern: str = setting(
        "归档号规则",
        "Archive number pattern",
        Text("DA-{year}-{nature}-{seq:04}", "AR-{year}-{nature}-{seq:04}"),
        Text("可用 {year}、{nature}、{seq:04}。", "May hold {year}, {nature} and {seq:04}."),
    )
    order_pattern: str = setting(
        "督办编号规则",
        "Supervision order number pattern",
        Text("DB-{year}-{seq:04}", "DB-{year}-{seq:04}"),
        Text("可用 {year}、{seq:04}。", "May hold {year} and {seq:04}."),
    )
    item_pattern: str = setting(
        "整改编号规则",
        "Rectification number pattern",
        Text("ZG-{year}-{seq:04}", "ZG-{year}-{seq:04}"),
        Text("可用 {year}、{seq:04}。", "May hold {year} and {seq:04}."),
    )
    sample_percent: str = setting(
        "抽查比例",
        "Share of a spot check",
        Text("10", "10"),
        Text("百分数；紧急线索全部抽取。", "In percent; urgent clues are all drawn."),
    )
    day_ends: str = setting(
        "当日截止时间",
        "End of the working day",
        Text("17:30", "17:30"),
        Text("此时之后的事项按次一工作日起算。", "What comes later counts as the next working day."),
    )
    least_description: str = setting(
        "描述最少字数",
        "Shortest description",
        Text("15", "15"),
        Text("描述少于此字数不予登记。", "A description with fewer characters is not entered."),
    )
    enforce_roles: str = setting(
        "按岗位限制操作",
        "Enforce roles",
        Text("否", "No"),
        Text(
            "填“是”后，只有人员表中岗位相符的人才能操作。",
            "With Yes, only people whose role on the people sheet allows a step can take it.",
        ),
    )
    full_analysis: str = setting(
        "完整分析范围",
        "Full analysis for",
        Text("重要以上", "Important"),
        Text(
            "全部、重要以上、不要求：哪些线索须写背景、评分、方案和方法；其余只写五个部分。",
            "All, Important or None: which clues need background, scores, alternatives and methods; "
            "the others need the five parts alone.",
        ),
    )

    handling_starts: str = setting(
        "办理时限起算",
        "Handling counts from",
        Text("接收", "Receipt"),
        Text(
            "接收或流转；已开始计算的期限不变，需要时用“重新计算期限”。",
            "Receipt or Routing; clocks that run already stay as they are unless they are recomputed.",
        ),
    )
    most_extensions: str = setting(
        "延期次数上限",
        "Extensions at most",
        Text("1", "1"),
        Text("每条线索最多可延期几次。", "How often the completion of a clue may be extended."),
    )
    longest_extension: str = setting(
        "延期幅度上限",
        "Longest extension",
        Text("50", "50"),
        Text("延期不得超过原时限的百分之几。", "Per cent of the original limit by which it may be extended."),
    )
    longest_suspension: str = setting(
        "挂起最长工作日",
        "Longest suspension",
        Text("30", "30"),
        Text("一次挂起最多几个工作日。", "Working days that a clue may be suspended at a time."),
    )

    @classmethod
    def text_of(cls, name: str) -> Text:
        """Return what a setting is called on its sheet."""
        text: Text = next(f.metadata["text"] for f in fields(cls) if f.name == name)
        return text

    @property
    def hours(self) -> tuple[time, time]:
        """Start and end of the working day; `ValueError` when a cell holds no time, or the end is not the later."""
        starts, ends = time.fromisoformat(self.day_starts), self.cutoff
        if starts >= ends:
            raise ValueError(self.day_starts)
        return starts, ends

    @property
    def cutoff(self) -> time:
        """The end of the working day; `ValueError` when the cell holds no time."""
        return time.fromisoformat(self.day_ends)

    @property
    def analysed_in_full(self) -> Extent:
        """Which clues need the full analysis; `ValueError` when the cell holds no such word."""
        return _one_of(Extent, self.full_analysis)

    @property
    def sampled_percent(self) -> int:
        """The share of a spot check in percent; `ValueError` when it is no number from 1 to 100."""
        percent = int(self.sample_percent.removesuffix("%"))
        if not 1 <= percent <= 100:
            raise ValueError(percent)
        return percent

    @property
    def enforces_roles(self) -> bool:
        """Whether steps are restricted to roles; `ValueError` when the cell says neither yes nor no."""
        return _one_of(YesNo, self.enforce_roles) is YesNo.YES

    @property
    def counts_from_routing(self) -> bool:
        """Whether the limits of handling count from routing; `ValueError` when the cell holds no such word."""
        return _one_of(HandlingStart, self.handling_starts) is HandlingStart.ROUTING

    @property
    def extension_count(self) -> int:
        """How many extensions a clue may have; `ValueError` when it is no number."""
        return _count(self.most_extensions)

    @property
    def extension_share(self) -> int:
        """The longest extension in per cent of the original limit; `ValueError` when it is no number."""
        return _count(self.longest_extension)

    @property
    def suspension_days(self) -> int:
        """The longest suspension in working days; `ValueError` when it is no number."""
        return _count(self.longest_suspension)

    @property
    def shortest_description(self) -> int:
        """The least length of a description in characters; `ValueError` when it is no number."""
        return int(self.least_description)


def _count(word: str) -> int:
    """Return a whole number that is not negative; `ValueError` for any other word."""
    if not word.isdecimal():
        raise ValueError(word)
    return int(word)


def _one_of(choice: type[C], word: str) -> C:
    """Return the member that a word names in either language; `ValueError` when none does."""
    for member in choice:
        if word in member.text:
            return member
    raise ValueError(word)


def settings_of(rows: Iterable[Setting], lang: Lang) -> Settings:
    """Return the settings that the sheet holds; a setting that is not there has its default."""
    held = {row.name.strip(): row.value.strip() for row in rows if row.name and row.value}
    values = {}
    for f in fields(Settings):
        name, default = f.metadata["text"], f.metadata["default"]
        values[f.name] = held.get(name.zh) or held.get(name.en) or default.in_(lang)
    return Settings(**values)


def starting_settings(
    lang: Lang, office: str | None = None, country: str | None = None
) -> tuple[Setting, ...]:
    """Return the rows a new settings sheet begins with."""
    chosen = {"office": office, "country": country}
    rows = []
    for f in fields(Settings):
        words: dict[str, Text] = dict(f.metadata)
        value = chosen.get(f.name) or words["default"].in_(lang)
        rows.append(Setting(name=words["text"].in_(lang), value=value or None, note=words["note"].in_(lang)))
    return tuple(rows)
