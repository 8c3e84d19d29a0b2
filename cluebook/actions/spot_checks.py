"""Spot checks, and putting right what they find (procedure K5, K6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated

from cluebook.actions.issue import Issue
from cluebook.actions.office import clocks_of_ledger, setting_of
from cluebook.actions.registry import Picks, action, said
from cluebook.actions.steps import advance, edit_of, rows_about
from cluebook.documents import clue_paper, list_paper
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Stage, Urgency
from cluebook.domain.deadlines import reckon
from cluebook.domain.fields import Part
from cluebook.domain.guards.supervision import open_items
from cluebook.domain.lifecycle import TOLD
from cluebook.domain.masking import matter_listed
from cluebook.domain.records import Compliance, Rectification, SpotCheck
from cluebook.domain.sampling import Drawn, draw
from cluebook.errors import Problem, UsageError
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, combine, name_of
from cluebook.text import Lang, Text, join, same

_CHECKED = (
    Stage.IN_HANDLING,
    Stage.SUSPENDED,
    Stage.FED_BACK,
    Stage.AWAITING_MEETING,
    Stage.CLOSED,
    Stage.ARCHIVED,
)


@action(
    "spot-check", "抽查", "Spot check", part=Part.SUPERVISION, icon="FindDialog", picks=Picks.ALL, starts=_CHECKED,
    help="从所选线索中分层随机抽取，紧急的全部抽取；记下随机种子，可以重现；生成抽查表。查完后可生成抽查情况通报。",
)  # fmt: skip
def spot_check(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    since: Annotated[
        date | None, Text("只抽此日以后流转的", "draw only from what was routed on or after this day")
    ] = None,
    percent: Annotated[
        int | None, Text("抽查比例，留空按设置", "share in percent; blank takes the setting")
    ] = None,
    seed: Annotated[
        int | None, Text("随机种子，留空按日期", "seed of the chance; blank takes the date")
    ] = None,
    findings: Annotated[
        bool, Text("不抽取，生成最近一批的抽查情况通报", "draw none; make the report on the last batch")
    ] = False,
) -> Plan:
    """Draw clues for a check by strata, urgent ones all, with a seed to draw the same again; or report what it found."""
    if findings:
        return _reported(ledger, stamp)
    share = (
        percent if percent is not None else setting_of(ledger, "sample_percent", lambda s: s.sampled_percent)
    )
    if not 1 <= share <= 100:
        wrong, fix = Text("抽查比例应在 1 至 100 之间。", "The share is not between 1 and 100."), _SHARE_FIX
        raise UsageError(Problem("share_impossible", ledger.place(SpotCheck), wrong, fix))
    chance = int(f"{stamp.today:%Y%m%d}") if seed is None else seed
    clues = [row.record for row in rows if _is_within(row.record, since)]
    words = {urgency: urgency.text.in_(ledger.lang) for urgency in Urgency}
    drawn = draw(clues, share, chance, words)
    batch = _batch(ledger, stamp.today)
    records = tuple(
        SpotCheck(clue=d.clue.number, batch=batch, stratum=d.stratum, seed=chance, drawn_at=stamp.at)
        for d in drawn
    )
    lines = [_line(each, ledger.lang) for each in drawn]
    told = Text(
        "从 {of} 条中抽取 {n} 条，批次 {batch}，种子 {seed}。",
        "{n} of {of} drawn; batch {batch}, seed {seed}.",
    )
    notice = told.fill(of=len(clues), n=len(drawn), batch=batch, seed=chance)
    method = _METHOD.fill(percent=share, seed=chance).in_(ledger.lang)
    about = {"batch": batch, "method": method}
    papers = (list_paper("spot_check_list", lines, ledger, stamp, **about),) if drawn else ()
    done = tuple(d.clue.number for d in drawn if d.clue.number)
    return Plan(additions=records, papers=papers, done=done, notices=(notice,))


@action(
    "rectify", "整改", "Rectify", part=Part.SUPERVISION, icon="Recurrence", starts=TOLD, asks=("finding",),
    help="登记发现的问题、责任人和期限，生成整改通知书；再次登记整改情况或复查结果的，写入尚未销号的那一项。",
)  # fmt: skip
def rectify(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    finding: Annotated[
        Rectification | None, Text("整改的各项", "What was found, and what became of it")
    ] = None,
) -> Plan:
    """Record something found wrong with who puts it right by when, or how it was put right and rechecked."""
    given = finding or Rectification()
    numbers = (each.number for each in ledger.records(Rectification))
    issue = Issue(ledger, "item_pattern", stamp.today.year, lambda _clue: None, numbers)
    plans = [
        _found(ledger, row, stamp, given, issue) if given.finding else _rechecked(ledger, row, stamp, given)
        for row in rows
    ]
    return combine([*plans, issue.plan()])


def _reported(ledger: Ledger, stamp: Stamp) -> Plan:
    """Return the plan that makes the report on the last batch, clue by clue, with what is to be put right (K5, F15)."""
    every = ledger.records(SpotCheck)
    batch = every[-1].batch if every else None
    checked = [check for check in every if check.batch == batch]
    if any(check.checked_on is None and check.conclusion is None for check in checked) or not checked:
        raise UsageError(Problem("batch_unfinished", ledger.place(SpotCheck), _UNFINISHED, _UNFINISHED_FIX))
    clues = {clue.number: clue for clue in ledger.records(Clue)}
    items = {item.clue: item for item in ledger.records(Rectification)}
    lines = [
        _finding(check, clues.get(check.clue, Clue()), items.get(check.clue), ledger.lang)
        for check in checked
    ]
    faulty = [check for check in checked if Compliance.NO in _judged(check)]
    concerned = dict.fromkeys(clues[check.clue].department or "" for check in faulty if check.clue in clues)
    about = {
        "batch": batch or "",
        "drawn": str(len(checked)),
        "met": str(len(checked) - len(faulty)),
        "faulty": str(len(faulty)),
        "departments": join([same(name) for name in concerned if name]).in_(ledger.lang),
    }
    paper = list_paper("spot_check_report", lines, ledger, stamp, **about)
    return Plan(papers=(paper,), done=tuple(check.clue for check in checked if check.clue))


def _judged(check: SpotCheck) -> tuple[Compliance | None, ...]:
    return (check.procedure, check.time, check.papers, check.outcome)


def _finding(check: SpotCheck, clue: Clue, item: Rectification | None, lang: Lang) -> dict[str, str]:
    words = [judged.text.in_(lang) if judged else "" for judged in _judged(check)]
    return {
        "number": check.clue or "",
        "department": clue.department or "",
        **dict(zip(("procedure", "time", "papers", "outcome"), words, strict=True)),
        "conclusion": check.conclusion or "",
        "owner": (item.owner or "") if item else "",
        "due": f"{item.due:%Y-%m-%d}" if item and item.due else "",
        "recheck": (item.recheck or "") if item else "",
    }


_METHOD = Text(
    "分层随机抽取 {percent}%，紧急线索全部抽取；随机种子 {seed}",
    "{percent}% drawn by chance from each stratum, urgent clues all; seed {seed}",
)
_UNFINISHED = Text("最近一批抽查还没有填写结论。", "The last batch of spot checks has no conclusions yet.")
_UNFINISHED_FIX = Text(
    "请在抽查表逐条填写检查项和结论。", "Fill in what was checked and concluded on the sheet of spot checks."
)
_SHARE_FIX = Text("请填百分数。", "Give it in percent.")


def _found(ledger: Ledger, row: Row[Clue], stamp: Stamp, given: Rectification, issue: Issue) -> Plan:
    clocks = clocks_of_ledger(ledger)

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        item = replace(
            given,
            clue=name_of(case.clue, 0),
            department=given.department or case.clue.department,
            owner=given.owner or case.clue.handler,
            raised_by=stamp.by,
            raised_at=stamp.at,
        )
        limit = reckon("rectification", case.holding(Rectification, (item,)), clocks)
        return case.with_new(replace(item, due=given.due or limit))

    def work(case: Case, _row: Row[Clue]) -> Plan:
        item = replace(case.last(Rectification) or given, number=issue.next())
        paper = clue_paper("rectification_notice", case.with_last(item), ledger, stamp)
        return Plan(additions=(item,), papers=(paper,))

    return advance(ledger, [row], stamp, "rectify", prepare=prepare, work=work)


def _rechecked(ledger: Ledger, row: Row[Clue], stamp: Stamp, given: Rectification) -> Plan:
    """Return the plan that enters how the last open item was put right; a recheck settles it."""

    def work(case: Case, _row: Row[Clue]) -> Plan:
        item = [r for r in rows_about(ledger, Rectification, case.clue) if r.record in open_items(case)][-1]
        told = replace(item.record, **said(given))
        if given.recheck:
            told = replace(
                told, rechecked_by=stamp.by, closed_on=stamp.today, done_on=told.done_on or stamp.today
            )
        return Plan(edits=(edit_of(ledger, item, told),))

    return advance(ledger, [row], stamp, "recheck", work=work)


def _is_within(clue: Clue, since: date | None) -> bool:
    return since is None or (clue.routed_at is not None and clue.routed_at.date() >= since)


def _batch(ledger: Ledger, day: date) -> str:
    """Return the name of the next batch: the month, and which of the month it is."""
    month = f"{day:%Y-%m}"
    there = {each.batch for each in ledger.records(SpotCheck) if (each.batch or "").startswith(month)}
    return f"{month}-{len(there) + 1:02}"


def _line(drawn: Drawn, lang: Lang) -> dict[str, str]:
    clue = drawn.clue
    return {
        "number": clue.number or "",
        "matter": matter_listed(clue, lang),
        "department": clue.department or "",
        "handler": clue.handler or "",
        "stage": clue.stage.text.in_(lang) if clue.stage else "",
        "stratum": drawn.stratum,
    }
