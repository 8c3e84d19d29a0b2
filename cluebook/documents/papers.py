"""Making a document of a case: the values its template gets, all of them plain text.

A template never sees an object, and nothing that names a reporter unless the document is declared to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cluebook.documents.filenames import safe_name
from cluebook.documents.kinds import MANY, ONE, Document
from cluebook.documents.table import DOCUMENTS
from cluebook.documents.words import day_in_words
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue
from cluebook.domain.fields import columns
from cluebook.domain.masking import Mask, is_account, mask_for
from cluebook.domain.records import Reporter
from cluebook.ledger.cells import show
from cluebook.ledger.ledger import Ledger
from cluebook.ledger.plan import Paper, Stamp
from cluebook.text import Lang, Text


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline as a document lists it: its name, the date, the rule behind it."""

    name: Text
    on: date
    rule: Text


def clue_paper(
    kind: str,
    case: Case,
    ledger: Ledger,
    stamp: Stamp,
    deadlines: Sequence[Due] = (),
    *,
    unmasked: bool = False,
) -> Paper:
    """Return a document about one clue.

    Nothing in it tells who reported, in whatever field somebody wrote it down; a document that uses the
    reporter names them only `unmasked` (G5).
    """
    document, lang, clue = DOCUMENTS[kind], ledger.lang, case.clue
    mask = mask_for(clue, case.all(Reporter), lang, shows_subjects=document.shows_subjects)
    number = clue.number or clue.entry_no or ""
    title = document.text.in_(lang)
    context = {
        **_common(document, ledger, stamp),
        "number": number,
        "clue": _values(Clue, clue, mask),
        **_about(case, document, mask, unmasked=unmasked),
        "deadlines": [
            {"name": due.name.in_(lang), "due": day_in_words(due.on, lang), "rule": due.rule.in_(lang)}
            for due in deadlines
        ],
        "materials": [{"name": name} for name in _materials(case, lang)],
    }
    return Paper(
        kind, number, stamp.today.year, safe_name(f"{number} {title}") + ".docx", context, code=number
    )


def list_paper(
    kind: str, rows: Iterable[Mapping[str, str]], ledger: Ledger, stamp: Stamp, **about: str
) -> Paper:
    """Return a document that lists clues, each row a mapping of plain text; `about` is said once for all."""
    document, listed = DOCUMENTS[kind], [dict(row) for row in rows]
    title = document.text.in_(ledger.lang)
    context = {**_common(document, ledger, stamp), "rows": listed, "total": str(len(listed))}
    if document.about:
        context["about"] = about
    return Paper(
        kind, title, stamp.today.year, safe_name(f"{title} {stamp.today:%Y-%m-%d}") + ".docx", context
    )


def _about(case: Case, document: Document, mask: Mask, *, unmasked: bool) -> dict[str, object]:
    """Return the groups and lists that the document uses, from what is kept about the clue."""
    held: dict[str, object] = {}
    for name in document.uses:
        if ONE.get(name) is Reporter:
            held[name] = _values(
                Reporter, case.last(Reporter) if unmasked else None, replace(mask, reporters=(), subjects=())
            )
        elif name in ONE:
            held[name] = _values(ONE[name], case.last(ONE[name]), mask)
        else:
            records: tuple[object, ...] = case.all(MANY[name])
            held[name] = [_values(MANY[name], record, mask) for record in records]
    return held


def _common(document: Document, ledger: Ledger, stamp: Stamp) -> dict[str, object]:
    lang = ledger.lang
    return {
        "office": ledger.settings.office,
        "contact": ledger.settings.contact,
        "title": document.text.in_(lang),
        "today": day_in_words(stamp.today, lang),
        "user": stamp.by,
    }


def _values(record: type, values: object, mask: Mask) -> dict[str, str]:
    """Return every field of a record as text; all blank when there is no record."""
    texts = {}
    for column in columns(record):
        value = getattr(values, column.name, None)
        if isinstance(value, str) and is_account(column):
            value = mask.over(value)
        texts[column.name] = (
            day_in_words(value, mask.lang) if isinstance(value, date) else show(column, value, mask.lang)
        )
    return texts


def _materials(case: Case, lang: Lang) -> list[str]:
    """Name what goes with the slip (L5): the approved analysis, and the attachments counted at entry."""
    materials = []
    if case.analysis is not None:
        materials.append(Text("线索分析报告（已审核）", "Analysis report (approved)").in_(lang))
    if case.clue.attachments:
        count = Text("线索附件 {n} 件", "Attachments to the clue: {n}").fill(n=case.clue.attachments)
        materials.append(count.in_(lang))
    return materials
