"""The archive: volumes, loans, what has been kept long enough (procedure 1.9, 1.10)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import timedelta
from typing import Annotated

from cluebook.actions.issue import Issue
from cluebook.actions.office import calendar_of_ledger
from cluebook.actions.registry import Picks, action
from cluebook.actions.steps import advance, edit_of
from cluebook.documents import DOCUMENTS, clue_paper, day_in_words, list_paper, safe_name
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import Part
from cluebook.domain.guards.archive import open_loans
from cluebook.domain.numbering import NATURE_CODES
from cluebook.domain.office import RetentionRule
from cluebook.domain.records import Disposal, Loan, LoanWay, Material, MaterialKind, Reporter, Volume
from cluebook.domain.retention import kept_from, kept_until, retention_of
from cluebook.domain.workdays import add_workdays
from cluebook.ledger.ledger import KeptFile, Ledger, Row
from cluebook.ledger.plan import Edit, Paper, Parcel, Plan, Stamp, combine, name_of
from cluebook.text import Text

_LOAN_DAYS = 10
"""Working days after which a volume that was borrowed is to be back."""

_MADE_HERE = ("collection_form", "handling_record")
"""The papers of a case that the ledger itself can supply where nobody printed them."""

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
    "archive", "归档", "Archive", part=Part.CLOSING, icon="Folder", starts=(Stage.CLOSED,), asks=("handed_over_by", "shelf"),
    help="检查五类及应有的材料，编归档号，定保管期限，生成封面目录，并把案卷打包存入 archive 文件夹。",
)  # fmt: skip
def archive(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    handed_over_by: Annotated[
        str | None, Text("移交人，留空为承办人", "who hands it over; blank is the handler")
    ] = None,
    shelf: Annotated[str | None, Text("存放位置", "where the paper volume stands")] = None,
) -> Plan:
    """Check that a case has all its papers, number it, set how long it is kept, and pack it with cover and index."""
    numbers = (volume.archive_no for volume in ledger.records(Volume))
    issue = Issue(ledger, "archive_pattern", stamp.today.year, lambda clue: clue.archive_no, numbers)
    rules = ledger.records(RetentionRule)

    def archived(row: Row[Clue]) -> Plan:
        made: list[Paper] = []

        def prepare(case: Case, _row: Row[Clue]) -> Case:
            here = _listed(ledger, case, stamp)
            lacking = [k for k in _MADE_HERE if DOCUMENTS[k].material not in {m.kind for m in here}]
            made.extend(clue_paper(kind, case, ledger, stamp) for kind in lacking)
            printed = [_printed(ledger, case, kind, stamp) for kind in lacking]
            return replace(case, written={**case.written, Material: (*here, *printed)})

        def finish(clue: Clue) -> Clue:
            nature = NATURE_CODES[clue.nature].in_(ledger.lang) if clue.nature else ""
            return replace(clue, archive_no=issue.next(nature))

        def work(case: Case, _row: Row[Clue]) -> Plan:
            volume = _volume(case, rules, stamp, handed_over_by, shelf)
            kept = replace(case.clue, retention=volume.retention, retain_until=volume.kept_until)
            listed = replace(case, written={**case.written, Material: _in_order(case.all(Material))})
            paper = clue_paper("volume", listed.with_new(volume), ledger, stamp)
            there = ledger.records(Material)
            new = tuple(m for m in case.all(Material) if m not in there)
            parcel = Parcel(
                case.clue.number or "", stamp.today.year, f"{safe_name(volume.archive_no or '')}.zip"
            )
            edit = edit_of(ledger, row, kept)
            return Plan(edits=(edit,), additions=(*new, volume), papers=(*made, paper), parcels=(parcel,))

        plan = advance(ledger, [row], stamp, "archive", prepare=prepare, finish=finish, work=work)
        # Of two edits of one row the later says all.
        return replace(plan, edits=plan.edits[-1:])

    return combine([*(archived(row) for row in rows), issue.plan()])


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
    within: Annotated[int, Text("多少天之内到期", "how many days ahead to look")] = 90,
) -> Plan:
    """List the volumes that have been kept long enough, or will have been soon, to be appraised."""
    volumes = {volume.clue: volume for volume in ledger.records(Volume)}
    last = stamp.today + timedelta(days=within)
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
        clue = case.clue
        volume = case.last(Volume) or Volume()
        made = replace(
            given,
            archive_no=clue.archive_no,
            clue=clue.number,
            title=volume.subtype,
            year=clue.closed_at.year if clue.closed_at else None,
            retention=clue.retention,
            kept_until=clue.retain_until,
            on=stamp.today,
        )
        return replace(case.with_new(made), approver=given.approved_by)

    def finish(clue: Clue) -> Clue:
        return replace(clue, **{f.name: None for f in fields(Clue) if f.name not in _LEFT})

    def work(case: Case, _row: Row[Clue]) -> Plan:
        names = {case.clue.number, case.clue.entry_no}
        reporters = [row for row in ledger.rows(Reporter) if row.record.clue in names]
        forgotten = tuple(Edit(r.number, r.record, _forgotten(r.record, stamp)) for r in reporters)
        told = Text(
            "请由监销人删除 {clue} 的文书文件夹和归档文件。",
            "The witnesses now delete the folder of documents and the packed volume of {clue}.",
        ).fill(clue=name_of(case.clue, 0))
        paper = clue_paper("disposal_form", case, ledger, stamp)
        return Plan(edits=forgotten, additions=(case.last(Disposal),), papers=(paper,), notices=(told,))

    return advance(ledger, rows, stamp, "dispose", prepare=prepare, finish=finish, work=work)


def _listed(ledger: Ledger, case: Case, stamp: Stamp) -> tuple[Material, ...]:
    """Return the materials of a case: those on the sheet, and the files in its folder that nobody listed."""
    known = case.all(Material)
    names = {material.file for material in known}
    found = ledger.files(case.clue.number or "")
    return (*known, *(_material(case, file, stamp) for file in found if file.name not in names))


def _material(case: Case, file: KeptFile, stamp: Stamp) -> Material:
    kinds = (d.material for d in DOCUMENTS.values() if any(title in file.name for title in d.text))
    return Material(
        clue=case.clue.number,
        kind=next(kinds, MaterialKind.ATTACHMENT),
        name=file.name.rpartition(".")[0],
        file=file.name,
        pages=file.pages,
        formed_on=file.on,
        sha256=file.sha256,
        added_by=stamp.by,
        added_at=stamp.at,
    )


def _printed(ledger: Ledger, case: Case, kind: str, stamp: Stamp) -> Material:
    """Return the entry of a paper that is made together with the volume."""
    document = DOCUMENTS[kind]
    return Material(
        clue=case.clue.number,
        kind=document.material,
        name=document.text.in_(ledger.lang),
        formed_on=stamp.today,
        added_by=stamp.by,
        added_at=stamp.at,
    )


def _in_order(materials: Iterable[Material]) -> tuple[Material, ...]:
    """Return the index of a volume: by the day on which each paper was formed, then by kind (A2)."""
    kinds = list(MaterialKind)

    def place(material: Material) -> tuple[str, int]:
        return f"{material.formed_on}", kinds.index(material.kind or MaterialKind.ATTACHMENT)

    return tuple(sorted(materials, key=place))


def _volume(
    case: Case, rules: Iterable[RetentionRule], stamp: Stamp, handed_over_by: str | None, shelf: str | None
) -> Volume:
    clue, materials = case.clue, case.all(Material)
    closed = clue.closed_at.date() if clue.closed_at else stamp.today
    term = retention_of(case, rules)
    start = kept_from(closed)
    began = clue.delivered_at or clue.found_at
    hashes = "".join(sorted(f"{m.sha256} {m.file}\n" for m in materials if m.sha256))
    return Volume(
        archive_no=clue.archive_no,
        clue=clue.number,
        title=clue.matter,
        nature=clue.nature,
        subtype=clue.subtype,
        secrecy=clue.secrecy,
        began_on=began.date() if began else None,
        closed_on=closed,
        archived_at=stamp.at,
        pieces=len(materials),
        pages=sum(m.pages or 0 for m in materials) or None,
        retention=term,
        kept_from=start,
        kept_until=kept_until(start, term),
        handed_over_by=handed_over_by or clue.handler,
        accepted_by=stamp.by,
        shelf=shelf,
        sha256=hashlib.sha256(hashes.encode()).hexdigest(),
    )


def _given_back(ledger: Ledger, row: Row[Clue], stamp: Stamp, given: Loan) -> Plan:
    def work(case: Case, _row: Row[Clue]) -> Plan:
        out = [r for r in ledger.rows(Loan) if r.record in open_loans(case)]
        back = (replace(r.record, back_on=stamp.today, condition=given.condition) for r in out)
        return Plan(edits=tuple(edit_of(ledger, r, after) for r, after in zip(out, back, strict=True)))

    return advance(ledger, [row], stamp, "give_back", work=work)


def _forgotten(reporter: Reporter, stamp: Stamp) -> Reporter:
    return Reporter(clue=reporter.clue, erased_at=stamp.at, erased_by=stamp.by)


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
