"""Conditions of the analysis and its approval (Z9, N1 to N9)."""

from __future__ import annotations

from cluebook.domain.clue import Clue
from cluebook.domain.guards.guard import BLANK, Guard, filled, named_in
from cluebook.domain.records import Analysis, Meeting, MeetingKind
from cluebook.text import Text

ANALYSIS = (
    filled(
        "assign",
        Clue,
        "analyst",
        Text("尚未指定分析人。", "No analyst has been named."),
        Text("请选分析人。", "Choose the analyst."),
        "T11",
    ),
    Guard(
        "assign",
        "analyst_recused",
        Clue,
        "analyst",
        lambda c: not named_in(c.clue.analyst, c.clue),
        Text("分析人是涉及对象，应当回避。", "The analyst is a subject of the clue and is recused."),
        Text("请另选分析人。", "Choose another analyst."),
        "3.4",
    ),
    Guard(
        "assign",
        "discussion_missing",
        Meeting,
        "decisions",
        lambda c: not c.needs_discussion or c.held(MeetingKind.DISCUSSION),
        Text(
            "复杂或涉及多部门，尚无讨论会记录。",
            "It is complex or concerns several departments, and no discussion is recorded.",
        ),
        Text(
            "请在会议记录登记讨论会的关键问题和处理方向。",
            "Record the discussion, with its key questions and direction, on the meetings sheet.",
        ),
        "Z9",
    ),
    *(
        filled(
            "submit",
            Analysis,
            part,
            BLANK,
            Text("分析报告的五个部分都要填写。", "All five parts of the report are needed."),
            "N8",
        )
        for part in ("summary", "process", "risks", "feasibility", "recommendation")
    ),
    filled(
        "submit",
        Clue,
        "risk",
        Text("尚未确定风险等级。", "Its risk has not been graded."),
        Text("请选高、中或低。", "Choose High, Medium or Low."),
        "N2",
    ),
    Guard(
        "approve",
        "reviewer_is_analyst",
        Analysis,
        "reviewer",
        lambda c: c.analysis is not None and c.analysis.reviewer != c.clue.analyst,
        Text("审核人不能是分析人本人。", "The reviewer may not be the analyst."),
        Text("请由他人审核。", "Have somebody else review it."),
        "N9",
    ),
)
