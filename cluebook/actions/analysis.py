"""Analysis, its review, and the experts asked (procedure 1.4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Annotated

from cluebook.actions.office import setting_of
from cluebook.actions.registry import REVIEWER, action, said
from cluebook.actions.steps import advance, cases_of, edit_of, keep, last_row, rows_about
from cluebook.documents import clue_paper
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.destinations import proposed
from cluebook.domain.fields import Part, YesNo
from cluebook.domain.lifecycle import WITH_DEPARTMENT
from cluebook.domain.office import RoutingRule
from cluebook.domain.precedents import precedents, told
from cluebook.domain.records import Alternative, Analysis, Consultation
from cluebook.domain.risks import grade
from cluebook.errors import Problem, UsageError
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, combine, name_of
from cluebook.text import Text

_ANALYSIS_FORM = ("complex", "analyst", "risk")
_OPINION = Text("审核意见", "opinion of the reviewer")
_PARTS = ("summary", "process", "risks", "feasibility", "recommendation")


@action(
    "analyse", "分析", "Analyse", daily=True, part=Part.ANALYSIS, icon="ChartInsert",
    starts=(Stage.ACCEPTED, Stage.IN_ANALYSIS), also=WITH_DEPARTMENT, fills=_ANALYSIS_FORM,
    help="指定分析人并建立分析记录；分析填好后再按一次，提交审核并生成分析报告。",
)  # fmt: skip
def analyse(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    report: Annotated[Analysis | None, Text("分析报告的各部分", "Parts of the report")] = None,
    alternative: Annotated[Alternative | None, Text("一个处理方案", "One way to deal with it")] = None,
) -> Plan:
    """Name the analyst and open the analysis; once it is filled in, submit it for review with its report."""
    setting_of(ledger, "full_analysis", lambda s: s.analysed_in_full)
    return combine(
        [_analysed(ledger, row, stamp, report or Analysis(), alternative or Alternative()) for row in rows]
    )


@action(
    "approve", "审核分析", "Approve analysis", daily=True, part=Part.ANALYSIS, icon="ReviewAcceptChange",
    starts=(Stage.IN_REVIEW,), also=WITH_DEPARTMENT, asks=(),
    help="分析报告审核通过，转入待流转。审核人不能是分析人本人。",
)  # fmt: skip
def approve(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    reviewer: Annotated[str | None, REVIEWER] = None,
    opinion: Annotated[str | None, _OPINION] = None,
) -> Plan:
    """Approve the analysis and make the clue ready to route; the reviewer may not be the analyst."""

    def work(case: Case, _row: Row[Clue]) -> Plan:
        approved = replace(case.analysis or Analysis(), approved=YesNo.YES, reviewed_at=stamp.at)
        paper = clue_paper("analysis_report", case.with_last(approved), ledger, stamp)
        return replace(keep(ledger, approved), papers=(paper,))

    def finish(clue: Clue) -> Clue:
        # The destination is put forward while it can still be changed in the row (L1).
        rule = proposed(clue, ledger.records(RoutingRule)) if clue.department is None else None
        joint = clue.joint_departments or (rule.joint_departments if rule else None)
        return replace(clue, department=rule.department, joint_departments=joint) if rule else clue

    def taken(row: Row[Clue]) -> Plan:
        owed = cases_of(ledger).of(row.record).owes_analysis
        step, prepare = "owe_approve" if owed else "approve", _reviewed(reviewer, opinion, stamp)
        return advance(ledger, [row], stamp, step, prepare=prepare, finish=finish, work=work)

    return combine([taken(row) for row in rows])


@action(
    "rework", "退回分析", "Return analysis", part=Part.ANALYSIS, icon="ReviewRejectChange",
    starts=(Stage.IN_REVIEW, Stage.APPROVED), asks=("opinion",),
    help="分析退回修改，写明意见；修改后为新的版本，须重新审核。",
)  # fmt: skip
def rework(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    reviewer: Annotated[str | None, REVIEWER] = None,
    opinion: Annotated[str | None, _OPINION] = None,
) -> Plan:
    """Return the analysis with what must change; what is submitted then is a new version to be reviewed."""

    def work(case: Case, _row: Row[Clue]) -> Plan:
        returned = replace(case.analysis or Analysis(), approved=YesNo.NO, reviewed_at=stamp.at)
        draft = replace(
            returned,
            version=(returned.version or 1) + 1,
            submitted_at=None,
            reviewer=None,
            opinion=None,
            approved=None,
            reviewed_at=None,
        )
        name = name_of(case.clue, 0)
        return combine(
            [keep(ledger, returned), Plan(additions=(draft,), reasons={name: returned.opinion or ""})]
        )

    return advance(
        ledger,
        rows,
        stamp,
        "revise",
        prepare=_reviewed(reviewer, opinion, stamp),
        finish=lambda clue: replace(clue, approved_at=None),
        work=work,
    )


@action(
    "consult", "专家咨询", "Consult", part=Part.ANALYSIS, icon="RequestProgressInformation", asks=("consultation",),
    starts=(Stage.ACCEPTED, Stage.IN_ANALYSIS), also=WITH_DEPARTMENT,
    help="登记专家咨询，生成咨询意见表；收到意见后再登记一次，写入同一专家的记录。",
)  # fmt: skip
def consult(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    consultation: Annotated[
        Consultation | None, Text("专家、问题和意见", "Expert, question, opinion")
    ] = None,
) -> Plan:
    """Record that an expert is asked, with the form to be filled in, or what the expert answered."""
    if consultation is None or not consultation.expert:
        wrong = Text("没有写明咨询哪位专家。", "The expert is not named.")
        fix = Text("请填写专家（--expert）。", "Name the expert (--expert).")
        raise UsageError(Problem("expert_missing", ledger.place(Consultation, None, "expert"), wrong, fix))

    def work(case: Case, _row: Row[Clue]) -> Plan:
        asked = [
            row
            for row in rows_about(ledger, Consultation, case.clue)
            if row.record.expert == consultation.expert and not row.record.opinion
        ]
        if asked:
            answered = replace(asked[-1].record, **said(consultation))
            kept = Plan(edits=(edit_of(ledger, asked[-1], answered),))
        else:
            answered = replace(consultation, clue=name_of(case.clue, 0), on=consultation.on or stamp.today)
            kept = Plan(additions=(answered,))
        told = case.holding(Consultation, (answered,))
        return replace(kept, papers=(clue_paper("consultation_form", told, ledger, stamp),))

    return advance(ledger, rows, stamp, "consult", work=work)


def _reviewed(reviewer: str | None, opinion: str | None, stamp: Stamp) -> Callable[[Case, Row[Clue]], Case]:
    """Return what enters who reviewed the analysis, and their opinion."""

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        analysis = case.analysis or Analysis(clue=case.clue.number)
        named = replace(
            analysis, reviewer=reviewer or analysis.reviewer or stamp.by, opinion=opinion or analysis.opinion
        )
        return case.with_last(named)

    return prepare


def _analysed(
    ledger: Ledger, row: Row[Clue], stamp: Stamp, report: Analysis, alternative: Alternative
) -> Plan:
    """Assign an accepted clue; submit it when its analysis is complete, or say what that lacks."""
    assigned = Plan()
    if row.record.stage is Stage.ACCEPTED:
        assigned = advance(
            ledger, [row], stamp, "assign", prepare=_analyst_named(stamp), fields=_ANALYSIS_FORM
        )
        if assigned.problems:
            return assigned
        row = replace(row, record=assigned.edits[0].after)
    written = _written(ledger, row.record, report)
    weighed = _weighed(ledger, row.record, alternative)
    kept = combine([keep(ledger, written), weighed])
    if assigned.done and not all(getattr(written, part) for part in _PARTS):
        return combine([assigned, kept])
    submitted = _submitted(ledger, row, stamp, replace(written, submitted_at=stamp.at), weighed)
    if submitted.problems:
        owed = cases_of(ledger).of(row.record).owes_analysis
        in_analysis = owed or row.record.stage is Stage.IN_ANALYSIS
        return combine([assigned, kept if in_analysis else Plan(), submitted])
    return combine([submitted, keep(ledger, replace(written, submitted_at=stamp.at)), weighed])


def _submitted(ledger: Ledger, row: Row[Clue], stamp: Stamp, written: Analysis, weighed: Plan) -> Plan:
    """Return the plan that submits an analysis, in time or owed, or says what it lacks."""

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        graded = replace(case.clue, risk=case.clue.risk or grade(written))
        options = (*case.all(Alternative), *weighed.additions)
        case = replace(case, clue=graded).holding(Alternative, options)
        return _analyst_named(stamp)(case, row).with_last(written)

    def work(case: Case, _row: Row[Clue]) -> Plan:
        return Plan(papers=(clue_paper("analysis_report", case, ledger, stamp),))

    step = "owe_submit" if cases_of(ledger).of(row.record).owes_analysis else "submit"
    return advance(ledger, [row], stamp, step, prepare=prepare, work=work, fields=_ANALYSIS_FORM)


def _analyst_named(stamp: Stamp) -> Callable[[Case, Row[Clue]], Case]:
    return lambda case, _row: replace(case, clue=replace(case.clue, analyst=case.clue.analyst or stamp.by))


def _written(ledger: Ledger, clue: Clue, report: Analysis) -> Analysis:
    """Return the analysis on the sheet with what was given now; a new one when there is none yet."""
    row = last_row(ledger, Analysis, clue.number)
    held = row.record if row else _opened(ledger, clue)
    written = replace(held, analyst=clue.analyst or held.analyst, **said(report))
    return replace(written, computed_risk=grade(written))


def _opened(ledger: Ledger, clue: Clue) -> Analysis:
    """Return a new analysis, with the closed cases that are most like the clue (N5)."""
    alike = precedents(clue, ledger.records(Clue))
    return Analysis(clue=clue.number, version=1, similar_cases=told(alike, ledger.lang))


def _weighed(ledger: Ledger, clue: Clue, alternative: Alternative) -> Plan:
    """Return the plan that adds an alternative that was given; the first one is recommended unless told otherwise."""
    if not alternative.option:
        return Plan()
    first = not cases_of(ledger).of(clue).all(Alternative)
    recommended = alternative.recommended or (YesNo.YES if first else YesNo.NO)
    return Plan(additions=(replace(alternative, clue=clue.number, recommended=recommended),))
