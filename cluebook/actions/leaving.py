"""Clues that leave the ordinary way: merged into another, or handed to another body (procedure Z10, T07 to T10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from cluebook.actions.grounds import all_the_same, approved, because, owed_now
from cluebook.actions.office import clocks_of_ledger
from cluebook.actions.registry import action
from cluebook.actions.steps import advance, cases_of, edit_of, entered, keep
from cluebook.documents import clue_paper
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Conclusion, Stage, Urgency
from cluebook.domain.deadlines import regraded, resumed, with_standing
from cluebook.domain.fields import Part
from cluebook.domain.guards.leaving import ALL_THE_SAME
from cluebook.domain.records import Decision, Pause, PauseKind, Transfer
from cluebook.errors import Place, Problem, UsageError
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, combine, name_of
from cluebook.text import Text

_RAISED = Text("并入 {names}，紧急程度就高", "{names} merged into it; the higher urgency counts")
_FOLLOWS = Text("随 {name} 转入", "follows {name}")
_MERGED = Text("并入 {name}", "merged into {name}")


@action(
    "merge", "并案", "Merge", part=Part.REVIEW, icon="ReviewCombineRevisions", starts=(Stage.REGISTERED, Stage.ACCEPTED),
    help="确认为同一事项的，并入主案：此后随主案办理，主案紧急程度就高，各自的反映人分别答复。",
)  # fmt: skip
def merge(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    master: Annotated[str, Text("主案编号", "number of the master clue")],
    same_matter: Annotated[bool, Text("确认为同一事项", "confirm that it is the same matter")] = False,
    reason: Annotated[str | None, Text("并案理由", "why they are the same matter")] = None,
) -> Plan:
    """Merge clues into the master of the same matter, which takes the higher urgency; each reporter is answered."""
    if not same_matter:
        wrong = Text("没有确认是同一事项。", "It is not confirmed that this is the same matter.")
        fix = Text("核对后加上 --same-matter。", "Compare them, then add --same-matter.")
        raise UsageError(Problem("not_confirmed", Place(column="--same-matter"), wrong, fix))
    into = next((row for row in ledger.rows(Clue) if master in _names(row.record)), None)

    def finish(clue: Clue) -> Clue:
        number = into.record.number if into else None
        conclusion = clue.conclusion or Conclusion.MERGE
        return replace(clue, master_number=number, conclusion=conclusion, reviewer=clue.reviewer or stamp.by)

    def work(case: Case, row: Row[Clue]) -> Plan:
        why = because(case, row.number, ledger.lang, _MERGED.fill(name=case.clue.master_number), reason)
        paper = clue_paper("merge_note", case, ledger, stamp)
        followed = _followers(ledger, case.clue)
        return combine([followed, owed_now(case, row.number), Plan(papers=(paper,), reasons=why)])

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        return replace(case, master=into.record if into else None)

    merged = advance(ledger, rows, stamp, "merge", prepare=prepare, finish=finish, work=work)
    return combine([merged, _raised(ledger, into, merged, stamp)])


def _names(clue: Clue) -> set[str]:
    return {name for name in (clue.number, clue.entry_no) if name}


def _followers(ledger: Ledger, clue: Clue) -> Plan:
    """Return the plan that leads what was merged into a clue to its own master, so that no chain comes about."""
    led = [row for row in ledger.rows(Clue) if clue.number and row.record.master_number == clue.number]
    edits = tuple(edit_of(ledger, row, replace(row.record, master_number=clue.master_number)) for row in led)
    why = _FOLLOWS.fill(name=clue.number).in_(ledger.lang)
    return Plan(edits=edits, reasons={name_of(row.record, row.number): why for row in led})


def _raised(ledger: Ledger, into: Row[Clue] | None, merged: Plan, stamp: Stamp) -> Plan:
    """Return the plan that gives the master the highest urgency of all, its clocks reckoned anew (T07, T24)."""
    children = [edit.after for edit in merged.edits if edit.after.entry_no in _entries(merged)]
    order = list(Urgency)
    above = [c for c in children if c.urgency and into and order.index(c.urgency) < _rank(into.record)]
    if into is None or not above:
        return Plan()
    first = min(above, key=_rank)
    case, clocks = replace(cases_of(ledger).of(into.record), now=stamp.at), clocks_of_ledger(ledger)
    clue = regraded(case, first.urgency or Urgency.GENERAL, first.ground, stamp.at, clocks)
    after = with_standing(replace(case, clue=clue), clocks, stamp.today, ledger.lang)
    why = _RAISED.fill(names="、".join(merged.done)).in_(ledger.lang)
    return Plan(edits=(edit_of(ledger, into, after),), reasons={name_of(after, into.number): why})


def _entries(merged: Plan) -> set[str | None]:
    done = set(merged.done)
    return {edit.after.entry_no for edit in merged.edits if done & _names(edit.after)}


def _rank(clue: Clue) -> int:
    return list(Urgency).index(clue.urgency) if clue.urgency else len(Urgency)


@action(
    "transfer", "移送", "Transfer", part=Part.REVIEW, icon="ForwardTask",
    starts=(Stage.REGISTERED, Stage.ACCEPTED, Stage.APPROVED), asks=("letter", "despite"),
    help="移送有权处理的单位，生成移送函、材料清单和回执；合规类线索须经高层领导批准。",
)  # fmt: skip
def transfer(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    letter: Annotated[Transfer | None, Text("移送的各栏", "To whom, why, on what basis")] = None,
    despite: Annotated[
        str | None, Text("接收单位是涉及对象仍移送的理由", "why it goes to the very body it is about")
    ] = None,
) -> Plan:
    """Hand clues to the body that is competent, with a letter, a list of materials and a receipt to return."""

    def prepare(case: Case, row: Row[Clue]) -> Case:
        case = entered(case, letter or Transfer(), "sent_at")
        sent = replace(case.last(Transfer) or Transfer(), sent_by=stamp.by, sent_at=stamp.at)
        pause = Pause(clue=name_of(case.clue, row.number), kind=PauseKind.TRANSFER, began_at=stamp.at)
        flags = frozenset({ALL_THE_SAME} if despite else ())
        return replace(case.with_last(sent).with_new(pause), approver=sent.approved_by, flags=flags)

    def finish(clue: Clue) -> Clue:
        return replace(clue, conclusion=Conclusion.TRANSFER, reviewer=clue.reviewer or stamp.by)

    def work(case: Case, row: Row[Clue]) -> Plan:
        sent = case.last(Transfer) or Transfer()
        why = because(
            case, row.number, ledger.lang, sent.reason, approved(sent.approved_by), all_the_same(despite)
        )
        paper = clue_paper("transfer_letter", case, ledger, stamp)
        added = Plan(additions=(case.last(Pause),), papers=(paper,), reasons=why)
        return combine([keep(ledger, sent, "sent_at"), added])

    return advance(ledger, rows, stamp, "transfer", prepare=prepare, finish=finish, work=work)


@action(
    "answer", "移送回执", "Transfer receipt", part=Part.REVIEW, icon="ReplyWithInstantMessage", starts=(Stage.IN_TRANSFER,),
    help="登记接收单位的回执：接收的移送完成，不接收的回到待初审。",
)  # fmt: skip
def answer(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    answer: Annotated[Decision, Text("接收意见", "what the receiver answered")],
    answered_by: Annotated[str | None, Text("接收人", "who answered")] = None,
    opinion: Annotated[str | None, Text("接收单位意见", "its opinion")] = None,
) -> Plan:
    """Record what the receiver of transferred clues answered: taken over, or refused and back for review."""
    clocks = clocks_of_ledger(ledger)

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        sent = case.last(Transfer) or Transfer()
        sent = replace(
            sent,
            answer=answer,
            answered_at=stamp.at,
            answered_by=answered_by or sent.answered_by,
            opinion=opinion or sent.opinion,
        )
        return resumed(case.with_last(sent), stamp.at, clocks)

    def work(case: Case, row: Row[Clue]) -> Plan:
        why = because(case, row.number, ledger.lang, answer.text, opinion)
        pause = case.last(Pause)
        parts = [
            keep(ledger, case.last(Transfer)),
            keep(ledger, pause) if pause else Plan(),
            Plan(reasons=why),
        ]
        return combine(parts)

    step = "transferred" if answer is Decision.GRANTED else "transfer_refused"
    return advance(ledger, rows, stamp, step, prepare=prepare, work=work)
