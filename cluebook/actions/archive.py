"""The archive: volumes, loans, what has been kept long enough (procedure 1.9, 1.10)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Annotated

from cluebook.actions.issue import Issue
from cluebook.actions.registry import action
from cluebook.actions.steps import advance, edit_of
from cluebook.documents import DOCUMENTS, clue_paper, safe_name
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import Part
from cluebook.domain.numbering import NATURE_CODES
from cluebook.domain.office import RetentionRule
from cluebook.domain.records import Material, MaterialKind, Volume
from cluebook.domain.retention import kept_from, kept_until, retention_of
from cluebook.ledger.ledger import KeptFile, Ledger, Row
from cluebook.ledger.plan import Paper, Parcel, Plan, Stamp, combine
from cluebook.text import Text

_MADE_HERE = ("collection_form", "handling_record")
"""The papers of a case that the ledger itself can supply where nobody printed them."""


@action(
    "archive", "归档", "Archive", part=Part.CLOSING, icon="Folder", starts=(Stage.CLOSED,), asks=("handed_over_by", "shelf"),
    help="检查五类及应有的材料，编归档号，定保管期限，生成封面目录，并把案卷打包存入 documents/archive 文件夹。",
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
    known = Volume(handed_over_by=handed_over_by, shelf=shelf)
    return combine([*(_archived(ledger, row, stamp, issue, known) for row in rows), issue.plan()])


def _archived(ledger: Ledger, row: Row[Clue], stamp: Stamp, issue: Issue, known: Volume) -> Plan:
    made: list[Paper] = []

    def prepare(case: Case, _row: Row[Clue]) -> Case:
        here = _listed(ledger, case, stamp)
        lacking = [k for k in _MADE_HERE if DOCUMENTS[k].material not in {m.kind for m in here}]
        made.extend(clue_paper(kind, case, ledger, stamp) for kind in lacking)
        printed = [_printed(ledger, case, kind, stamp) for kind in lacking]
        return case.holding(Material, (*here, *printed))

    def finish(clue: Clue) -> Clue:
        nature = NATURE_CODES[clue.nature].in_(ledger.lang) if clue.nature else ""
        return replace(clue, archive_no=issue.next(nature))

    def work(case: Case, _row: Row[Clue]) -> Plan:
        return _bound(ledger, case, row, stamp, known, made)

    plan = advance(ledger, [row], stamp, "archive", prepare=prepare, finish=finish, work=work)
    # Of two edits of one row the later says all.
    return replace(plan, edits=plan.edits[-1:])


def _bound(
    ledger: Ledger, case: Case, row: Row[Clue], stamp: Stamp, known: Volume, made: Sequence[Paper]
) -> Plan:
    """Return the plan that makes a volume of a case: its term, its index, its papers packed."""
    volume = _volume(case, ledger.records(RetentionRule), stamp, known)
    kept = replace(case.clue, retention=volume.retention, retain_until=volume.kept_until)
    listed = case.holding(Material, _in_order(case.all(Material)))
    paper = clue_paper("volume", listed.with_new(volume), ledger, stamp)
    new = tuple(m for m in case.all(Material) if m not in ledger.records(Material))
    file = safe_name(volume.archive_no or "") + ".zip"
    return Plan(
        edits=(edit_of(ledger, row, kept),),
        additions=(*new, volume),
        papers=(*made, paper),
        parcels=(Parcel(case.clue.number or "", _folders(case), stamp.today.year, file),),
    )


def _listed(ledger: Ledger, case: Case, stamp: Stamp) -> tuple[Material, ...]:
    """Return the materials of a case: those on the sheet, and the files in its folders that nobody listed."""
    known = case.all(Material)
    names = {material.file for material in known}
    found = [file for name in _folders(case) for file in ledger.files(name)]
    return (*known, *(_material(case, file, stamp) for file in found if file.name not in names))


def _folders(case: Case) -> tuple[str, ...]:
    """Return the names of a case's folders: what was made before it had a number lies under its entry number."""
    return tuple(filter(None, (case.clue.entry_no, case.clue.number)))


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


def _volume(case: Case, rules: Iterable[RetentionRule], stamp: Stamp, known: Volume) -> Volume:
    clue, materials = case.clue, case.all(Material)
    closed = clue.closed_at.date() if clue.closed_at else stamp.today
    term = retention_of(case, rules)
    start = kept_from(closed)
    began = clue.delivered_at or clue.found_at
    hashes = "".join(sorted(f"{m.sha256} {m.file}\n" for m in materials if m.sha256))
    return replace(
        known,
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
        handed_over_by=known.handed_over_by or clue.handler,
        accepted_by=stamp.by,
        sha256=hashlib.sha256(hashes.encode()).hexdigest(),
    )
