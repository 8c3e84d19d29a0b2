"""The preliminary review: accepting, asking for a supplement, rejecting, withdrawing (procedure 1.2, 1.3, 3.2)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Annotated, Any

from cluebook.actions.grounds import approved, because, owed_now
from cluebook.actions.issue import Issue
from cluebook.actions.office import clocks_of_ledger, online_channels
from cluebook.actions.registry import APPROVED_BY, action
from cluebook.actions.steps import advance, keep
from cluebook.documents import clue_paper
from cluebook.domain.case import Case
from cluebook.domain.clue import (
    Clue,
    Completeness,
    Conclusion,
    Ground,
    Nature,
    Rejection,
    Secrecy,
    Stage,
    Urgency,
)
from cluebook.domain.completeness import (
    BASIC,
    completeness,
    essentials_lacking,
    gaps,
    has_note,
    still_missing,
)
from cluebook.domain.deadlines import reckon, resumed
from cluebook.domain.fields import Part
from cluebook.domain.guards.review import BY_REPORTER, EXPLAINED
from cluebook.domain.lifecycle import UNDER_WAY
from cluebook.domain.lists import unite
from cluebook.domain.numbering import NATURE_CODES
from cluebook.domain.office import Category
from cluebook.domain.records import Pause, PauseKind
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, combine, name_of
from cluebook.text import Lang, Text, join, same

_REVIEW_FORM = ("reviewer", "truth", "completeness", "nature", "subtype", "urgency", "ground", "secrecy")
_SUPPLEMENT_FORM = ("missing", *BASIC, "link", "background", "attachments")
_ADOPTED = Text("采用建议", "took the suggestion")
_DESPITE = Text("缺项受理：{why}", "accepted although incomplete: {why}")
_JUDGED = Text("初审判断为完整，缺{what}", "judged complete without {what}")
_NO_NOTE = Text("背景说明或附件", "background or attachment")


@action(
    "accept", "受理", "Accept", daily=True, part=Part.REVIEW, icon="AcceptInvitation", starts=(Stage.REGISTERED,),
    fills=_REVIEW_FORM, asks=(),
    help="初审通过：核对真实性、完整性和类别，编发线索编号，转入待分析。未填类别的采用建议。",
)  # fmt: skip
def accept(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    despite: Annotated[
        str | None, Text("缺链接或联系方式仍受理的理由", "why it is accepted without link or contact")
    ] = None,
) -> Plan:
    """Accept clues whose review is complete and give them their numbers; a blank category takes the suggestion."""
    issue = Issue(ledger, "number_pattern", stamp.today.year, lambda clue: clue.number)
    natures = {c.subtype: c.nature for c in reversed(ledger.records(Category))}
    online, adopted, bare = online_channels(ledger), set[str | None](), []

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        clue = _adopted(case.clue, natures)
        if clue != case.clue:
            adopted.add(clue.entry_no)
        lacking = frozenset() if despite else essentials_lacking(case, online)
        return replace(case, clue=replace(clue, reviewer=clue.reviewer or stamp.by), flags=lacking)

    def work(case: Case, row: Row[Clue]) -> Plan:
        if not has_note(case):
            bare.append(name_of(case.clue, row.number))
        took = _ADOPTED if case.clue.entry_no in adopted else None
        why = _DESPITE.fill(why=despite) if despite else None
        lacking = _lacking(case, online, ledger.lang)
        return Plan(reasons=because(case, row.number, ledger.lang, took, why, lacking))

    def finish(clue: Clue) -> Clue:
        return _numbered(clue, issue, ledger)

    plan = advance(
        ledger, rows, stamp, "accept", prepare=prepare, finish=finish, work=work, fields=_REVIEW_FORM
    )
    return combine([plan, issue.plan(), Plan(notices=_without_note(bare))])


def _numbered(clue: Clue, issue: Issue, ledger: Ledger) -> Clue:
    """Return an accepted clue with its number, which one that was accepted before keeps, and what goes with it."""
    nature = clue.nature or Nature.OTHER
    secret = Secrecy.CONFIDENTIAL if nature is Nature.COMPLIANCE else Secrecy.ORDINARY
    return replace(
        clue,
        number=clue.number or issue.next(NATURE_CODES[nature].in_(ledger.lang)),
        conclusion=Conclusion.ACCEPT,
        secrecy=clue.secrecy or secret,
        policy=clue.policy or ledger.settings.policy,
    )


def _lacking(case: Case, online: Collection[str], lang: Lang) -> Text | None:
    """Return what a clue was judged complete without, for the trail (C5, C7)."""
    lacking = [*map(same, gaps(case, online, lang)), *([] if has_note(case) else [_NO_NOTE])]
    return _JUDGED.fill(what=join(lacking)) if lacking else None


def _without_note(names: Sequence[str]) -> tuple[Text, ...]:
    """Return the notice of clues with which nothing came but their account (C7)."""
    words = Text(
        "{n} 条没有背景说明和附件，请向收集部门补要。",
        "{n} came without background or attachment; ask the collecting department for them.",
    )
    return (words.fill(n=len(names)),) if names else ()


def _adopted(clue: Clue, natures: dict[str | None, Nature | None]) -> Clue:
    """Take the suggestion where the reviewer left the category blank; what is filled in stays."""
    taken: dict[str, Any] = {}
    if clue.nature is None and clue.subtype is None and clue.suggested_subtype in natures:
        taken = {"nature": natures[clue.suggested_subtype], "subtype": clue.suggested_subtype}
    if clue.nature is None and clue.subtype in natures:
        taken["nature"] = natures[clue.subtype]
    if clue.urgency is None and clue.suggested_urgency is not None:
        taken["urgency"] = clue.suggested_urgency
    # Why a clue is urgent or important is for a person to say (Z4).
    if clue.ground is None and taken.get("urgency") is Urgency.GENERAL:
        taken["ground"] = Ground.ORDINARY
    return replace(clue, **taken)


@action(
    "supplement", "退回补充", "Ask for a supplement", part=Part.REVIEW, icon="RequestProgressInformation", starts=(Stage.REGISTERED,),
    fills=("missing",),
    help="材料不全的退回收集人补充，生成补充材料通知，初审期限暂停；缺项留空的，由程序列出。",
)  # fmt: skip
def supplement(ledger: Ledger, rows: Sequence[Row[Clue]], stamp: Stamp) -> Plan:
    """Ask the collector for what is missing, with a notice; the clock of the review stands still meanwhile."""
    clocks, online = clocks_of_ledger(ledger), online_channels(ledger)

    def prepare(case: Case, row: Row[Clue]) -> Case:
        clue = case.clue
        missing = clue.missing or unite(gaps(case, online, ledger.lang), ledger.lang)
        asked = case.with_new(
            Pause(clue=name_of(clue, row.number), kind=PauseKind.SUPPLEMENT, began_at=stamp.at)
        )
        return replace(
            asked, clue=replace(clue, missing=missing, supplement_due=reckon("supplement", asked, clocks))
        )

    def finish(clue: Clue) -> Clue:
        return replace(clue, completeness=Completeness.LACKING, conclusion=Conclusion.SUPPLEMENT)

    def work(case: Case, _row: Row[Clue]) -> Plan:
        pause = replace(case.last(Pause) or Pause(), until=case.clue.supplement_due)
        return Plan(additions=(pause,), papers=(clue_paper("supplement_notice", case, ledger, stamp),))

    return advance(
        ledger, rows, stamp, "supplement", prepare=prepare, finish=finish, work=work, fields=("missing",)
    )


@action(
    "complete", "补齐", "Take the supplement", part=Part.REVIEW, icon="TagMarkComplete", starts=(Stage.INCOMPLETE,),
    fills=_SUPPLEMENT_FORM,
    help="登记收集人补充的内容，回到待初审，初审期限恢复；已填的缺项自动划去，补不齐的写明理由。",
)  # fmt: skip
def complete(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    reason: Annotated[str | None, Text("补不齐的理由", "why something cannot be had")] = None,
) -> Plan:
    """Take in what was supplied and go back to the review; what is filled in by now is struck off the list."""
    clocks, online = clocks_of_ledger(ledger), online_channels(ledger)

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        left = unite(still_missing(case, online, ledger.lang), ledger.lang)
        score = round(completeness(case.clue), 2)
        clue = replace(case.clue, missing=left or None, completeness_score=score)
        flags = frozenset({EXPLAINED} if reason else ())
        return resumed(replace(case, clue=clue, flags=flags), stamp.at, clocks)

    def finish(clue: Clue) -> Clue:
        return replace(clue, supplement_due=None, completeness=None, conclusion=None)

    def work(case: Case, row: Row[Clue]) -> Plan:
        return combine(
            [_pause_kept(ledger, case), Plan(reasons=because(case, row.number, ledger.lang, reason))]
        )

    return advance(
        ledger, rows, stamp, "complete", prepare=prepare, finish=finish, work=work, fields=_SUPPLEMENT_FORM
    )


@action(
    "reject", "不予受理", "Do not accept", part=Part.REVIEW, icon="RejectApprovalRequest",
    starts=(Stage.REGISTERED, Stage.INCOMPLETE), fills=("rejection", "reviewer"),
    help="经批准不予受理，写明理由并生成告知书；待补充的须已过补充期限。",
)  # fmt: skip
def reject(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    approved_by: Annotated[str | None, APPROVED_BY] = None,
) -> Plan:
    """Do not accept clues, with a reason, an approval and a notice; a supplement asked for must be overdue."""
    steps = [(row, "lapse" if row.record.stage is Stage.INCOMPLETE else "reject") for row in rows]
    return combine(_rejected(ledger, row, stamp, step, approved_by) for row, step in steps)


def _rejected(ledger: Ledger, row: Row[Clue], stamp: Stamp, step_id: str, approver: str | None) -> Plan:
    clocks = clocks_of_ledger(ledger)

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        return replace(resumed(case, stamp.at, clocks), approver=approver)

    def finish(clue: Clue) -> Clue:
        reason = Rejection.NEVER_COMPLETED if step_id == "lapse" else clue.rejection
        reviewer = clue.reviewer or stamp.by
        return replace(clue, conclusion=Conclusion.REJECT, reviewer=reviewer, rejection=reason)

    def work(case: Case, row: Row[Clue]) -> Plan:
        reason = case.clue.rejection.text if case.clue.rejection else None
        why = because(case, row.number, ledger.lang, reason, approved(approver))
        paper = clue_paper("rejection_notice", case, ledger, stamp)
        told = Plan(papers=(paper,), reasons=why)
        return combine([_pause_kept(ledger, case), owed_now(case, row.number), told])

    form = ("rejection", "reviewer")
    return advance(ledger, [row], stamp, step_id, prepare=prepare, finish=finish, work=work, fields=form)


@action(
    "withdraw", "撤销", "Withdraw", part=Part.REVIEW, icon="ChangeToDeclineInvitation", starts=UNDER_WAY,
    help="反映人撤回或登记有误的，经批准撤销；合规类线索不能仅因反映人撤回而撤销。",
)  # fmt: skip
def withdraw(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    reason: Annotated[str, Text("撤销的理由", "why it is withdrawn")],
    by_reporter: Annotated[bool, Text("由反映人撤回", "its reporter takes it back")] = False,
    approved_by: Annotated[str | None, APPROVED_BY] = None,
) -> Plan:
    """Withdraw clues with approval: taken back by the reporter, or entered by mistake; compliance clues are not taken back."""
    clocks = clocks_of_ledger(ledger)

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        flags = frozenset({BY_REPORTER} if by_reporter else ())
        return replace(resumed(case, stamp.at, clocks), approver=approved_by, flags=flags)

    def work(case: Case, row: Row[Clue]) -> Plan:
        whose = Text("反映人撤回", "taken back by the reporter") if by_reporter else None
        why = because(case, row.number, ledger.lang, whose, reason, approved(approved_by))
        return combine([_pause_kept(ledger, case), Plan(reasons=why)])

    return advance(ledger, rows, stamp, "withdraw", prepare=prepare, work=work)


def _pause_kept(ledger: Ledger, case: Case) -> Plan:
    """Return the plan that keeps the pause that is over now, where there was one."""
    pause = case.last(Pause)
    return keep(ledger, pause) if pause else Plan()
