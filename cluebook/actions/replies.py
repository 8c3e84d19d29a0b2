"""Telling reporters, and forgetting who they are (procedure C8, F5, G5, 1.10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated

from cluebook.actions.grounds import approved, because
from cluebook.actions.registry import APPROVED_BY, action, entry_columns
from cluebook.actions.steps import advance, edit_of, rows_about
from cluebook.documents import clue_paper
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue
from cluebook.domain.fields import Part
from cluebook.domain.guards.replies import UNMASKED
from cluebook.domain.lifecycle import STEPS
from cluebook.domain.masking import telling_fields
from cluebook.domain.records import Addressee, Reply, ReplyKind, ReplyOutcome, Reporter
from cluebook.domain.replies import reply_due
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, combine, name_of
from cluebook.text import Text

_LETTERS: Mapping[ReplyKind, str] = {
    ReplyKind.ACKNOWLEDGED: "acknowledgement",
    ReplyKind.REJECTED: "rejection_notice",
    ReplyKind.MERGED: "reply_letter",
    ReplyKind.RESULT: "reply_letter",
    ReplyKind.SUGGESTION: "reply_letter",
}
"""The document that tells it."""

_NAMED = Text("文书中显示反映人姓名", "the reporter's name is shown in the document")
_CLEARED = Text("清除反映人身份", "the reporter's identity was erased")


@action(
    "reply", "告知答复", "Reply", part=Part.FEEDBACK, icon="Reply", starts=STEPS["reply"].before, asks=("answer", "show_name", "approved_by"),
    help="登记对反映人、客户或员工的告知和答复，生成文书；联系不上的写明联系经过。",
)  # fmt: skip
def reply(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    answer: Annotated[Reply | None, Text("答复的各栏", "Parts of the answer")] = None,
    show_name: Annotated[
        bool, Text("文书中显示反映人姓名", "show the reporter's name in the document")
    ] = False,
    approved_by: Annotated[
        str | None, Text("显示姓名的批准人", "who approved that the name is shown")
    ] = None,
) -> Plan:
    """Record what reporters, customers or employees were told, with its document, or how it was tried in vain."""
    given = answer or Reply()

    def prepare(case: Case, row: Row[Clue]) -> Case:
        told = _answered(case, given, row.number, stamp)
        flags = frozenset({UNMASKED} if show_name else ())
        return replace(case.with_new(told), approver=approved_by, flags=flags)

    def work(case: Case, row: Row[Clue]) -> Plan:
        told = case.last(Reply) or Reply()
        letter = _LETTERS[told.kind] if told.kind and told.outcome is ReplyOutcome.SENT else None
        papers = (clue_paper(letter, case, ledger, stamp, unmasked=show_name),) if letter else ()
        shown = (_NAMED, approved(approved_by)) if show_name else ()
        why = because(case, row.number, ledger.lang, told.kind and told.kind.text, *shown)
        return Plan(additions=(told,), papers=papers, reasons=why)

    return advance(ledger, rows, stamp, "reply", prepare=prepare, work=work)


def _answered(case: Case, given: Reply, row: int, stamp: Stamp) -> Reply:
    """Return the answer with what may be taken for granted: what is due now, today, delivered."""
    kind = given.kind or reply_due(case.clue)
    to = Addressee.EMPLOYEE if kind is ReplyKind.SUGGESTION else Addressee.REPORTER
    return replace(
        given,
        clue=name_of(case.clue, row),
        kind=kind,
        to=given.to or to,
        on=given.on or stamp.today,
        outcome=given.outcome or ReplyOutcome.SENT,
        by=stamp.by,
    )


@action(
    "erase", "清除身份", "Erase the identity", part=Part.CLOSING, icon="RecycleBin", starts=STEPS["erase"].before,
    help="不再需要时，经批准清除反映人的姓名、证件和联系方式；线索和流转记录保留，尚欠答复的不能清除。",
)  # fmt: skip
def erase(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    approved_by: Annotated[str | None, APPROVED_BY] = None,
) -> Plan:
    """Erase who reported once it is no longer needed, with approval; the clue and its trail stay."""

    def work(case: Case, row: Row[Clue]) -> Plan:
        why = because(case, row.number, ledger.lang, _CLEARED, approved(approved_by))
        told = Plan(reasons=why, notices=_left(ledger, case, row.number))
        return combine([forgotten(ledger, case.clue, stamp), told])

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        return replace(case, approver=approved_by)

    done = advance(ledger, rows, stamp, "erase", prepare=prepare, work=work)
    return combine([done, Plan(notices=(_BACKUPS,) if done.done else ())])


_BACKUPS = Text(
    "此前的备份（backups 文件夹，最近 20 份和每日一份）仍含已清除的身份，须一并清除的请按保管规定处理。",
    "Earlier backups (the folder backups: the last twenty, and one a day) still hold what was erased; deal with them as your rules say.",
)


def forgotten(ledger: Ledger, clue: Clue, stamp: Stamp) -> Plan:
    """Return the plan that blanks out who reported a clue, and says when that was done and by whom."""
    blank = {c.name: None for c in entry_columns(Reporter)}
    held = rows_about(ledger, Reporter, clue)
    after = (replace(row.record, **blank, erased_at=stamp.at, erased_by=stamp.by) for row in held)
    return Plan(edits=tuple(edit_of(ledger, row, each) for row, each in zip(held, after, strict=True)))


def _left(ledger: Ledger, case: Case, row: int) -> tuple[Text, ...]:
    """Return a notice for each text of the clue in which the reporter can still be read."""
    words = Text("{name} 的“{column}”中仍有反映人的信息。", "“{column}” of {name} still tells who reported.")
    fields = telling_fields(case.clue, case.all(Reporter))
    places = (ledger.place(Clue, row, field) for field in fields)
    return tuple(words.fill(name=name_of(case.clue, row), column=place.column) for place in places)
