"""Conditions of the analysis and its approval (Z9, N1 to N9)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cluebook.domain.case import Case
from cluebook.domain.clue import Clue
from cluebook.domain.fields import YesNo
from cluebook.domain.guards.guard import BLANK, Guard, filled, is_filled, named_in
from cluebook.domain.records import (
    METHODS,
    Alternative,
    Analysis,
    Consultation,
    ExpertKind,
    Meeting,
    MeetingKind,
    Method,
)
from cluebook.domain.risks import grade
from cluebook.text import Text

_PARTS = ("summary", "process", "risks", "feasibility", "recommendation")
_BACKGROUND = ("process_background", "market_background", "customer_background")


def _uses(method: Method) -> Callable[[Case], bool]:
    """Return whether the analysis says it used a method."""
    return lambda c: (
        c.analysis is not None and method in {METHODS.get(name) for name in c.analysis.methods or ()}
    )


def _in_full(holds: Callable[[Case, Analysis], bool]) -> Callable[[Case], bool]:
    """Return a condition that only a full analysis has to meet."""
    return lambda c: not c.is_analysed_in_full or holds(c, c.analysis or Analysis())


def _consulted(case: Case) -> bool:
    asked = [c for c in case.all(Consultation) if is_filled(c.opinion)]
    return bool(asked) and all(c.kind is not ExpertKind.EXTERNAL or c.promise is YesNo.YES for c in asked)


def _graded_with_reason(case: Case) -> bool:
    analysis = case.analysis or Analysis()
    computed = grade(analysis)
    return computed is None or case.clue.risk in {None, computed} or is_filled(analysis.risk_reason)


def _submitted(step: str) -> Iterator[Guard]:
    """Yield the conditions on which an analysis may be submitted, in time or owed (N1 to N8)."""
    five = Text("分析报告的五个部分都要填写。", "All five parts of the report are needed.")
    yield from (filled(step, Analysis, part, BLANK, five, "N8") for part in _PARTS)
    yield filled(
        step,
        Clue,
        "risk",
        Text("尚未确定风险等级。", "Its risk has not been graded."),
        Text("请选高、中或低，或填写评分由程序测算。", "Choose High, Medium or Low, or give the scores."),
        "N2",
    )
    yield Guard(
        step,
        "risk_reason_missing",
        Analysis,
        "risk_reason",
        _graded_with_reason,
        Text(
            "风险等级与测算不同，没有说明理由。",
            "The risk differs from the computed grade, and no reason is given.",
        ),
        Text("请填写调整理由，或改用测算的等级。", "Give the reason, or take the computed grade."),
        "N2",
    )
    yield from _in_depth(step)


def _in_depth(step: str) -> Iterator[Guard]:
    """Yield what a full analysis has to hold beside the five parts (N1 to N3)."""
    yield Guard(
        step,
        "background_missing",
        Analysis,
        "process_background",
        _in_full(lambda _c, a: any(is_filled(getattr(a, name)) for name in _BACKGROUND)),
        Text("背景分析没有填写。", "The background is not described."),
        Text(
            "请在业务流程、市场环境、客户需求中至少填一项。",
            "Fill in at least one of business process, market and customer needs.",
        ),
        "N1",
    )
    yield Guard(
        step,
        "cause_missing",
        Analysis,
        "cause",
        _in_full(lambda _c, a: is_filled(a.cause)),
        Text("没有写原因判断。", "The cause is not judged."),
        Text("请填写原因判断。", "Fill in the cause."),
        "N1",
    )
    yield Guard(
        step,
        "scores_missing",
        Analysis,
        "economy",
        _in_full(lambda _c, a: grade(a) is not None),
        Text("风险评分不全，或不在 1 至 5 之间。", "Scores of the risk are missing, or not from 1 to 5."),
        Text(
            "请为经济损失、声誉损害、法律风险和可能性各评 1 至 5 分。",
            "Score economic loss, reputation, legal risk and likelihood from 1 to 5.",
        ),
        "N2",
    )
    yield Guard(
        step,
        "alternatives_missing",
        Alternative,
        "option",
        _in_full(lambda c, _a: bool(c.all(Alternative))),
        Text("没有列出处理方案。", "No way to deal with it is weighed."),
        Text("请在分析方案表至少列一个方案。", "List at least one on the sheet of alternatives."),
        "N3",
    )
    yield Guard(
        step,
        "recommendation_unclear",
        Alternative,
        "recommended",
        lambda c: not c.all(Alternative) or [o.recommended for o in c.all(Alternative)].count(YesNo.YES) == 1,
        Text("方案中应恰好推荐一个。", "Exactly one alternative must be recommended."),
        Text("请在推荐栏只选一个“是”。", "Set “Recommended” to Yes for one alone."),
        "N3",
    )
    yield from _by_methods(step)


def _by_methods(step: str) -> Iterator[Guard]:
    """Yield what the methods named ask for (N5 to N7)."""
    yield Guard(
        step,
        "methods_missing",
        Analysis,
        "methods",
        _in_full(lambda _c, a: any(name in METHODS for name in a.methods or ())),
        Text("没有写采用的分析方法。", "The methods used are not named."),
        Text("请填数据分析、案例分析、专家咨询，至少一种。", "Name at least one of Data, Cases, Experts."),
        "N7",
    )
    yield Guard(
        step,
        "cases_missing",
        Analysis,
        "similar_cases",
        lambda c: not _uses(Method.CASES)(c) or is_filled((c.analysis or Analysis()).similar_cases),
        Text("采用案例分析，没有写参考案例。", "Cases are named as a method, and none is given."),
        Text("请填写案例编号；没有的写“无类似案例”。", "Give their numbers, or “no similar case”."),
        "N5",
    )
    yield Guard(
        step,
        "consultation_missing",
        Consultation,
        "opinion",
        lambda c: not _uses(Method.EXPERTS)(c) or _consulted(c),
        Text(
            "采用专家咨询，缺少专家意见，或外部专家没有保密承诺。",
            "Experts are named as a method, and an opinion or an external expert's promise of secrecy is lacking.",
        ),
        Text("请在专家咨询表登记（consult）。", "Record the consultation (consult)."),
        "N6",
    )


def _approved(step: str) -> Iterator[Guard]:
    """Yield the conditions on which an analysis may be approved (N9)."""
    yield Guard(
        step,
        "reviewer_is_analyst",
        Analysis,
        "reviewer",
        lambda c: c.analysis is not None and c.analysis.reviewer != c.clue.analyst,
        Text("审核人不能是分析人本人。", "The reviewer may not be the analyst."),
        Text("请由他人审核。", "Have somebody else review it."),
        "N9",
    )


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
    *_submitted("submit"),
    *_submitted("owe_submit"),
    Guard(
        "revise",
        "opinion_missing",
        Analysis,
        "opinion",
        lambda c: c.analysis is not None and is_filled(c.analysis.opinion),
        Text("尚未写明退回修改的意见。", "The opinion that says what to change is blank."),
        Text("请填写审核意见（--opinion）。", "Give the opinion (--opinion)."),
        "T13",
    ),
    *_approved("approve"),
    *_approved("owe_approve"),
    Guard(
        "owe_approve",
        "analysis_not_submitted",
        Analysis,
        "submitted_at",
        lambda c: c.analysis is not None and c.analysis.submitted_at is not None,
        Text("补交的分析尚未提交。", "The analysis owed is not submitted yet."),
        Text("请先提交分析（analyse）。", "Submit it first (analyse)."),
        "T15",
    ),
)
