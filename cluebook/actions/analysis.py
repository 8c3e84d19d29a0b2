"""Analysis and its approval (procedure 1.4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Annotated

from cluebook.actions.registry import action, entry_columns
from cluebook.actions.steps import advance, keep, last_row
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import Part, YesNo
from cluebook.domain.records import Analysis
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, combine
from cluebook.text import Text

_ANALYSIS_FORM = ("complex", "analyst", "risk")
_PARTS = ("summary", "process", "risks", "feasibility", "recommendation")


@action(
    "analyse", "分析", "Analyse", daily=True, part=Part.ANALYSIS, icon="ChartInsert",
    starts=(Stage.ACCEPTED, Stage.IN_ANALYSIS), fills=_ANALYSIS_FORM,
    help="指定分析人并建立分析记录；五个部分填好后再按一次，提交审核。",
)  # fmt: skip
def analyse(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    report: Annotated[Analysis | None, Text("分析报告的各部分", "Parts of the report")] = None,
) -> Plan:
    """Name the analyst and open the analysis; once its five parts are filled in, submit it for review."""
    return combine([_analysed(ledger, row, stamp, report or Analysis()) for row in rows])


@action(
    "approve", "审核分析", "Approve analysis", daily=True, asks=(), part=Part.ANALYSIS, icon="ReviewAcceptChange",
    starts=(Stage.IN_REVIEW,),
    help="分析报告审核通过，转入待流转。审核人不能是分析人本人。",
)  # fmt: skip
def approve(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    reviewer: Annotated[
        str | None, Text("审核人，留空为操作人", "who reviewed it; blank takes the user")
    ] = None,
    opinion: Annotated[str | None, Text("审核意见", "opinion of the reviewer")] = None,
) -> Plan:
    """Approve the analysis and make the clue ready to route; the reviewer may not be the analyst."""

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        analysis = case.analysis or Analysis(clue=case.clue.number)
        named = replace(
            analysis, reviewer=reviewer or analysis.reviewer or stamp.by, opinion=opinion or analysis.opinion
        )
        return case.with_last(named)

    def work(case: Case, _row: Row[Clue]) -> Plan:
        approved = replace(case.analysis or Analysis(), approved=YesNo.YES, reviewed_at=stamp.at)
        return keep(ledger, approved)

    return advance(ledger, rows, stamp, "approve", prepare=prepare, work=work)


def _analysed(ledger: Ledger, row: Row[Clue], stamp: Stamp, report: Analysis) -> Plan:
    """Assign an accepted clue; submit it when its report is complete, or say what the report lacks."""
    assigned = Plan()
    if row.record.stage is Stage.ACCEPTED:
        assigned = advance(
            ledger, [row], stamp, "assign", prepare=_analyst_named(stamp), fields=_ANALYSIS_FORM
        )
        if assigned.problems:
            return assigned
        row = replace(row, record=assigned.edits[0].after)
    written = _written(ledger, row.record, report)
    if assigned.done and not all(getattr(written, part) for part in _PARTS):
        return combine([assigned, keep(ledger, written)])
    submitted_now = replace(written, submitted_at=stamp.at)
    submitted = advance(
        ledger,
        [row],
        stamp,
        "submit",
        prepare=lambda case, _row: case.with_last(submitted_now),
        fields=_ANALYSIS_FORM,
    )
    if submitted.problems:
        in_analysis = row.record.stage is Stage.IN_ANALYSIS
        return combine([assigned, keep(ledger, written) if in_analysis else Plan(), submitted])
    return combine([submitted, keep(ledger, submitted_now)])


def _analyst_named(stamp: Stamp) -> Callable[[Case, Row[Clue]], Case]:
    return lambda case, _row: replace(case, clue=replace(case.clue, analyst=case.clue.analyst or stamp.by))


def _written(ledger: Ledger, clue: Clue, report: Analysis) -> Analysis:
    """Return the analysis on the sheet with what was given now; a new one when there is none yet."""
    row = last_row(ledger, Analysis, clue.number)
    held = row.record if row else Analysis(clue=clue.number, version=1)
    given = {c.name: v for c in entry_columns(Analysis) if (v := getattr(report, c.name)) is not None}
    return replace(held, analyst=clue.analyst, **given)
