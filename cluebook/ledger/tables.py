"""Which record lives in which Excel table, on which sheet. A new sheet of the ledger is one line here."""

from __future__ import annotations

from dataclasses import dataclass

from cluebook.domain.clue import Clue
from cluebook.domain.office import (
    CalendarYear,
    Category,
    Channel,
    Counter,
    DayOff,
    Department,
    Keyword,
    Limit,
    Person,
    Setting,
)
from cluebook.domain.records import Analysis, Event, Feedback, HandlingLine, Meeting
from cluebook.text import Text


@dataclass(frozen=True, slots=True)
class Table:
    """One Excel table of the ledger.

    Attributes:
        name: the table's name in the workbook, alike in both languages.
        title: the worksheet's name, which the office may change.
        record: the record that a row of the table holds.
        purpose: one sentence for the guide sheet and the manual.
    """

    name: str
    title: Text
    record: type
    purpose: Text


TABLES: tuple[Table, ...] = (
    Table(
        "Clues",
        Text("线索台账", "Clues"),
        Clue,
        Text("每条线索一行，从登记到办结。", "One row a clue, from entry to closing."),
    ),
    Table(
        "Handling",
        Text("处理记录", "Handling log"),
        HandlingLine,
        Text("办理过程逐条登记，只增不改。", "What was done, line by line; lines are added, not changed."),
    ),
    Table(
        "Analyses",
        Text("分析", "Analysis"),
        Analysis,
        Text("分析报告的五个部分和审核意见。", "The five parts of each analysis and its review."),
    ),
    Table(
        "Feedback",
        Text("反馈", "Feedback"),
        Feedback,
        Text("责任部门的反馈，四个部分。", "What the departments reported, in four parts."),
    ),
    Table(
        "Meetings",
        Text("会议记录", "Meetings"),
        Meeting,
        Text("讨论会、协调会、反馈会议。", "Discussion, coordination and feedback meetings."),
    ),
    Table(
        "Events",
        Text("流转记录", "Events"),
        Event,
        Text("每次变更自动留痕，请勿手工修改。", "Every change, written by the program; do not edit."),
    ),
    Table(
        "Departments",
        Text("部门", "Departments"),
        Department,
        Text("可以承办线索的部门。", "Departments that may be made responsible."),
    ),
    Table(
        "People",
        Text("人员", "People"),
        Person,
        Text("分析人、审核人、承办人。", "Analysts, reviewers and handlers."),
    ),
    Table(
        "Channels", Text("来源渠道", "Channels"), Channel, Text("线索从哪里来。", "Where clues come from.")
    ),
    Table(
        "Categories",
        Text("类别", "Categories"),
        Category,
        Text("性质与子类。", "Natures and their subtypes."),
    ),
    Table(
        "Keywords",
        Text("规则词表", "Category rules"),
        Keyword,
        Text(
            "自动建议类别和紧急程度所用的词语，可增减。",
            "Phrases behind the suggestions; add and remove freely.",
        ),
    ),
    Table(
        "Limits",
        Text("时限", "Limits"),
        Limit,
        Text("各环节的办理时限。", "How many days each step may take."),
    ),
    Table(
        "Calendar",
        Text("工作日历", "Working calendar"),
        DayOff,
        Text("节假日和调休，本单位的安排优先。", "Holidays and make-up days; the office's own rows win."),
    ),
    Table(
        "Years",
        Text("年度覆盖", "Calendar years"),
        CalendarYear,
        Text("哪些年度的放假安排已经公布。", "Which years have a published calendar."),
    ),
    Table(
        "Settings",
        Text("设置", "Settings"),
        Setting,
        Text("单位名称、编号规则等。", "Name of the office, number patterns and the like."),
    ),
    Table(
        "Numbers",
        Text("编号", "Numbers"),
        Counter,
        Text(
            "各编号序列已用到的号，保证不重号。",
            "The last number of each series, so that none is given twice.",
        ),
    ),
)


def table_of(record: type) -> Table:
    """Return the table that holds a record; `KeyError` when none does."""
    return _BY_RECORD[record]


_BY_RECORD: dict[type, Table] = {table.record: table for table in TABLES}
