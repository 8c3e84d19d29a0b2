"""What becomes of a volume in the archive: loans, appraisal when its time is up, disposal (procedure 1.10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import timedelta
from typing import Annotated

from cluebook.actions.office import calendar_of_ledger
from cluebook.actions.registry import Picks, action
from cluebook.actions.replies import forgotten
from cluebook.actions.steps import advance, edit_of, rows_about
from cluebook.documents import clue_paper, day_in_words, list_paper
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import Part
from cluebook.domain.guards.archive import open_loans
from cluebook.domain.records import Disposal, Loan, LoanWay, Volume
from cluebook.domain.workdays import add_workdays
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, combine, name_of
from cluebook.text import Text

_AHEAD = 90
"""How many days ahead the appraisal looks where nothing else is said."""

_LOAN_DAYS = 10
"""Working days after which a volume that was borrowed is to be back."""

_LEFT = (
    "number",
    "entry_no",
    "stage",
    "nature",
    "subtype",
    "urgency",
    "found_at",
    "closed_at",
    "archive_no",
    "retention",
    "retain_until",
    "policy",
)
"""What is left of the row of a clue that was disposed of (T32)."""


@action(
    "lend", "借阅", "Lend", part=Part.CLOSING, icon="CheckOutFile", starts=(Stage.ARCHIVED,), asks=("loan", "back"),
    help="登记案卷的查阅、借出、复制或归还；借出、复制须经批准。",
)  # fmt: skip
def lend(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    loan: Annotated[Loan | None, Text("借阅的各项", "What there is to say of the loan")] = None,
    back: Annotated[bool, Text("登记归还", "the volume is back")] = False,
) -> Plan:
    """Record that a volume is read, borrowed or copied, with its form, or that it is back."""
    if back:
        return combine([_given_back(ledger, row, stamp, loan or Loan()) for row in rows])
    given = replace(loan or Loan(), way=(loan or Loan()).way or LoanWay.READ)

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        due = add_workdays(stamp.today, _LOAN_DAYS, calendar_of_ledger(ledger))
        return case.with_new(
            replace(
                given,
                archive_no=case.clue.archive_no,
                clue=case.clue.number,
                out_on=stamp.today,
                due_on=due if given.way is LoanWay.BORROW else None,
            )
        )

    def work(case: Case, _row: Row[Clue]) -> Plan:
        return Plan(additions=(case.last(Loan),), papers=(clue_paper("loan_form", case, ledger, stamp),))

    return advance(ledger, rows, stamp, "lend", prepare=prepare, work=work)


@action(
    "retention", "到期鉴定", "Retention", part=Part.CLOSING, icon="RetentionPolicyTagsGallery", picks=Picks.ALL, starts=(Stage.ARCHIVED,),
    help="列出保管期限将满的案卷，生成鉴定清册；不改动台账。",
)  # fmt: skip
def retention(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    within: Annotated[
        int | None, Text("多少天之内到期，留空为 90 天", "how many days ahead to look; blank is 90")
    ] = None,
) -> Plan:
    """List the volumes that have been kept long enough, or will have been soon, to be appraised."""
    volumes = {volume.clue: volume for volume in ledger.records(Volume)}
    last = stamp.today + timedelta(days=_AHEAD if within is None else within)
    due = [r.record for r in rows if r.record.retain_until is not None and r.record.retain_until <= last]
    due.sort(key=lambda clue: (clue.retain_until or stamp.today, clue.archive_no or ""))
    lines = [_line(clue, volumes.get(clue.number) or Volume(), ledger) for clue in due]
    papers = (list_paper("retention_list", lines, ledger, stamp),) if lines else ()
    return Plan(papers=papers, done=tuple(clue.number for clue in due if clue.number))


@action(
    "dispose", "销毁", "Dispose", part=Part.CLOSING, icon="RecycleBin", starts=(Stage.ARCHIVED,), asks=("disposal",),
    help="期满并经批准、两人监销的案卷登记销毁：台账只留编号、日期和类别，清册永久保存。",
)  # fmt: skip
def dispose(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    disposal: Annotated[Disposal | None, Text("销毁的各项", "Approval, witnesses, way")] = None,
) -> Plan:
    """Dispose of volumes kept long enough, with approval and two witnesses; number, dates and category stay."""
    given = disposal or Disposal()

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        return replace(case.with_new(_disposal(case, given, stamp)), approver=given.approved_by)

    def finish(clue: Clue) -> Clue:
        return replace(clue, **{f.name: None for f in fields(Clue) if f.name not in _LEFT})

    def work(case: Case, _row: Row[Clue]) -> Plan:
        told = Text(
            "请由监销人删除 {clue} 的文书文件夹和归档文件。",
            "The witnesses now delete the folder of documents and the packed volume of {clue}.",
        ).fill(clue=name_of(case.clue, 0))
        paper = clue_paper("disposal_form", case, ledger, stamp)
        kept = Plan(additions=(case.last(Disposal),), papers=(paper,), notices=(told,))
        return combine([forgotten(ledger, case.clue, stamp), kept])

    return advance(ledger, rows, stamp, "dispose", prepare=prepare, finish=finish, work=work)


def _disposal(case: Case, given: Disposal, stamp: Stamp) -> Disposal:
    """Return the line of the register that is kept for ever."""
    clue = case.clue
    return replace(
        given,
        archive_no=clue.archive_no,
        clue=clue.number,
        title=(case.last(Volume) or Volume()).subtype,
        year=clue.closed_at.year if clue.closed_at else None,
        retention=clue.retention,
        kept_until=clue.retain_until,
        on=stamp.today,
    )


def _given_back(ledger: Ledger, row: Row[Clue], stamp: Stamp, given: Loan) -> Plan:
    def work(case: Case, _row: Row[Clue]) -> Plan:
        out = [r for r in rows_about(ledger, Loan, case.clue) if r.record in open_loans(case)]
        back = (replace(r.record, back_on=stamp.today, condition=given.condition) for r in out)
        return Plan(edits=tuple(edit_of(ledger, r, after) for r, after in zip(out, back, strict=True)))

    return advance(ledger, [row], stamp, "give_back", work=work)


def _line(clue: Clue, volume: Volume, ledger: Ledger) -> dict[str, str]:
    lang = ledger.lang
    return {
        "archive_no": clue.archive_no or "",
        "number": clue.number or "",
        "title": volume.title or clue.matter or "",
        "retention": clue.retention.text.in_(lang) if clue.retention else "",
        "kept_until": day_in_words(clue.retain_until, lang) if clue.retain_until else "",
        "hold": volume.hold.text.in_(lang) if volume.hold else "",
    }
