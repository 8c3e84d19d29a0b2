"""What people write on the other sheets before they press a button: reports, meetings, checklists, answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from cluebook.demo.scene import Press, Scene
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Named
from cluebook.domain.fields import YesNo
from cluebook.domain.lists import unite
from cluebook.domain.records import (
    Addressee,
    Analysis,
    CheckItem,
    Meeting,
    MeetingKind,
    Reply,
    ReplyOutcome,
    Reporter,
    Task,
)
from cluebook.domain.replies import reply_due
from cluebook.ledger import sheets
from cluebook.ledger.ledger import Ledger
from cluebook.ledger.plan import Edit, Plan, combine
from cluebook.seeds.samples import Sample
from cluebook.text import Lang, Text


def write(scene: Scene, press: Press) -> None:
    """Write on the other sheets what people write there before this button is pressed."""
    if press.turn.step not in _WRITTEN_BEFORE:
        return
    with scene.book.open():
        ledger = sheets.read(scene.book)
        cases = [(scene.cast[row], Case(clue=ledger.row(Clue, row).record)) for row in press.rows]
        written = combine(_written(scene, press, ledger, sample, case) for sample, case in cases)
        edits = sheets.cell_edits(written.edits, scene.book, scene.lang)
        scene.book.write(edits, sheets.new_rows(written.additions, scene.book, scene.lang))


_WRITTEN_BEFORE = frozenset({"accepted", "assigned", "submitted", "routed", "done", "fed_back", "closed"})


def _written(scene: Scene, press: Press, ledger: Ledger, sample: Sample, case: Case) -> Plan:
    number = case.clue.number
    if press.turn.step == "accepted":
        return Plan(additions=tuple(_reporter(case.clue, scene.lang)))
    if press.turn.step == "submitted":
        return _report(ledger, sample, number)
    if press.turn.step == "fed_back":
        return _finished(ledger, press, sample, case)
    if press.turn.step == "done" and not sample.lacking:
        at, by = press.at - timedelta(hours=2), case.clue.handler
        return Plan(additions=(replace(sample.line, clue=number, on=at, recorder=by),))
    told = _answered(case.clue, press) if press.turn.step == "closed" else ()
    return Plan(additions=(*_meetings(scene, press, sample, case), *told))


def _reporter(clue: Clue, lang: Lang) -> Iterator[Reporter]:
    """Yield who reported a clue, where somebody gave a name; the names are plainly made up."""
    if clue.named is Named.NAMED:
        name = Text("示例反映人", "Sample Reporter").in_(lang)
        entry = clue.entry_no or ""
        yield Reporter(
            clue=entry, name=f"{name} {entry[-2:]}", phone=f"000-0000-00{entry[-2:]}", wants_reply=YesNo.YES
        )


def _answered(clue: Clue, press: Press) -> Iterator[Reply]:
    """Yield the answer that a reporter who gave a name has had by the time of closing."""
    if clue.named is Named.NAMED:
        kind = reply_due(clue)
        yield Reply(
            clue=clue.number, kind=kind, to=Addressee.REPORTER, on=press.at.date(), outcome=ReplyOutcome.SENT
        )


def _finished(ledger: Ledger, press: Press, sample: Sample, case: Case) -> Plan:
    """Return what a department hands in: its feedback, the checklist ticked off, the joint tasks done."""
    number, day = case.clue.number, press.at.date()
    proof = Text("附件一", "Enclosure 1").in_(ledger.lang)
    ticked = [
        Edit(
            row.number,
            row.record,
            replace(row.record, result=sample.answers[row.record.item or ""], on=day, evidence=proof),
        )
        for row in ledger.rows(CheckItem)
        if row.record.clue == number and row.record.item in sample.answers
    ]
    tasks = [
        Edit(row.number, row.record, replace(row.record, done_on=day))
        for row in ledger.rows(Task)
        if row.record.clue == number
    ]
    told = replace(
        sample.feedback, clue=number, improver=case.clue.handler, improve_by=day + timedelta(days=30)
    )
    return Plan(edits=(*ticked, *tasks), additions=(told,))


def _report(ledger: Ledger, sample: Sample, number: str | None) -> Plan:
    row = next(row for row in ledger.rows(Analysis) if row.record.clue == number)
    held = row.record
    report = replace(sample.analysis, clue=held.clue, version=held.version, analyst=held.analyst)
    weighed = replace(sample.alternative, clue=number)
    return Plan(edits=(Edit(row.number, held, report),), additions=(weighed,))


def _meetings(scene: Scene, press: Press, sample: Sample, case: Case) -> Iterator[Meeting]:
    """Yield the meeting that the procedure asks for before a step, if it does for this clue."""
    wanted = {
        "assigned": (MeetingKind.DISCUSSION, case.needs_discussion),
        "routed": (MeetingKind.COORDINATION, case.is_joint),
        "closed": (MeetingKind.FEEDBACK, case.is_major and not sample.lacking),
    }
    kind, needed = wanted.get(press.turn.step, (MeetingKind.DISCUSSION, False))
    if needed:
        departments = tuple(sorted(case.departments))
        yield replace(
            scene.office.meetings[kind],
            clue=case.clue.number,
            kind=kind,
            on=press.at.date(),
            chair=scene.office.on_duty["head"],
            attendees=unite(departments, scene.lang),
        )
