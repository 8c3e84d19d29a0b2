"""Carrying out one action: read, plan, render, write. The only place where side effects have an order.

Documents are made before rows are written: a document without a row does no harm, a row that names a
document that is not there does. If the rows cannot be written, the documents are taken back.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cluebook import keeping
from cluebook.actions.registry import Action, Picks
from cluebook.casefiles import Packed, described, files_of, packed
from cluebook.config import Folder, cache_folder
from cluebook.documents import safe_name
from cluebook.domain.clue import Clue
from cluebook.domain.lifecycle import stage_of
from cluebook.errors import CluebookError, Place, Problem, UsageError
from cluebook.filing import Filing, filed, settle
from cluebook.keeping import Keeping
from cluebook.ledger import sheets, trail
from cluebook.ledger.book import Book
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Enclosure, Paper, Plan, Stamp, combine
from cluebook.rendering import render
from cluebook.rendering.notices import replacements
from cluebook.text import Lang, Text

Progress = Callable[[Text, int, int], None]
"""Told what is being done, how much is done, and how much there is; 0 of 0 where that is not known."""


def SILENT(_what: Text, _done: int, _of: int) -> None:  # noqa: N802 - a constant that happens to be a function
    """Show no progress."""


_READING = Text("读取台账", "Reading the ledger")
_MAKING = Text("生成文书", "Making documents")
_WRITING = Text("写入台账", "Writing the ledger")


@dataclass(frozen=True, slots=True)
class Pick:
    """Which clues the user means: by number, by worksheet row, or all the action can be used on."""

    numbers: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    all: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asks for.

    Attributes:
        action: what to do.
        pick: which clues.
        stamp: when and by whom.
        fills: values for columns of the clues' own rows, by field name.
        options: the action's further options.
        ticket: what the trail remembers it by when it had to wait.
    """

    action: Action
    pick: Pick
    stamp: Stamp
    fills: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    ticket: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an action.

    Attributes:
        plan: what was done, with the notices and the problems.
        documents: the documents made.
        lang: language of the ledger.
        seconds: how long each part took.
    """

    plan: Plan
    documents: tuple[Path, ...]
    lang: Lang
    seconds: Mapping[str, float]


@dataclass(slots=True)
class _Watch:
    """Times the parts of one action."""

    seconds: dict[str, float] = field(default_factory=dict)
    last: float = field(default_factory=time.perf_counter)

    def lap(self, part: str) -> None:
        now = time.perf_counter()
        self.seconds[part] = now - self.last
        self.last = now


def perform(request: Request, book: Book, folder: Folder, progress: Progress = SILENT) -> Outcome:
    """Carry out a request on one workbook: the clues that can be done are done, or nothing is.

    Args:
        request: what the user asks for.
        book: the workbook.
        folder: where templates are and documents go.
        progress: told how far it is.

    Raises:
        CluebookError: nothing was done; the error says why.
    """
    watch = _Watch()
    progress(_READING, 0, 0)
    with book.open():
        passes = request.action.passes if request.pick == Pick() else ()
        ledger, keep = keeping.opened(book, passes)
        settle(book.path, ledger)
        ledger = replace(ledger, files=lambda number: described(folder.documents, number))
        try:
            return _carried_out(request, book, ledger, keep, folder, progress, watch)
        except CluebookError as error:
            error.lang = ledger.lang
            raise


def _carried_out(
    request: Request,
    book: Book,
    ledger: Ledger,
    keep: Keeping,
    folder: Folder,
    progress: Progress,
    watch: _Watch,
) -> Outcome:
    rows, strangers = _picked(ledger, request.action, request.pick, request.stamp.today)
    watch.lap("read")
    progress(request.action.text, 0, 0)
    if request.fills:
        rows = [replace(row, record=replace(row.record, **request.fills)) for row in rows]
    plan = request.action.run(ledger, rows, request.stamp, **request.options)
    plan = combine([Plan(problems=strangers), plan])
    if plan.edits or plan.additions:
        plan = combine([plan, Plan(notices=keeping.clock_notices(ledger, request.stamp, datetime.now()))])
    plan = combine([plan, Plan(notices=tuple(replacements(plan.papers)))])
    watch.lap("plan")
    papers = _rendered(plan, ledger, folder, request.stamp, progress)
    watch.lap("render")
    progress(_WRITING, 0, 0)
    _write(plan, ledger, book, keep, request, papers)
    _leave_inbox(plan.enclosures)
    watch.lap("write")
    return Outcome(plan, tuple(paper.path for paper in papers), ledger.lang, watch.seconds)


def _picked(
    ledger: Ledger, action: Action, pick: Pick, today: date
) -> tuple[list[Row[Clue]], tuple[Problem, ...]]:
    """Return the rows that are meant, and a problem for each name that no clue bears."""
    everything = ledger.rows(Clue)
    if action.picks is Picks.OFFICE:
        return [], ()
    if pick.all or (action.picks is Picks.ALL and not (pick.numbers or pick.rows)):
        return [row for row in everything if not action.starts or stage_of(row.record) in action.starts], ()
    if action.is_due and not (pick.numbers or pick.rows):
        at_stage = (row for row in everything if stage_of(row.record) in action.starts)
        return [row for row in at_stage if action.is_due(row.record, today)], ()
    if action.picks is Picks.NAMED and not (pick.numbers or pick.rows):
        wrong = Text("没有选中线索。", "No clue is chosen.")
        fix = Text("请给出线索编号、--row 行号，或 --all。", "Give clue numbers, --row ROW, or --all.")
        raise UsageError(Problem("nothing_chosen", Place(), wrong, fix))
    by_name = {name: row for row in everything for name in (row.record.entry_no, row.record.number) if name}
    by_row = {row.number: row for row in everything}
    chosen = {row.number: row for name in pick.numbers if (row := by_name.get(name))}
    chosen |= {number: by_row[number] for number in pick.rows if number in by_row}
    unknown = [n for n in pick.numbers if n not in by_name] + [n for n in pick.rows if n not in by_row]
    return list(chosen.values()), tuple(_unknown(ledger, name) for name in unknown)


def _unknown(ledger: Ledger, name: str | int) -> Problem:
    sheet = ledger.place(Clue).sheet
    fix = Text("请核对编号或行号。", "Check the number or the row.")
    if isinstance(name, int):
        return Problem(
            "unknown_row", Place(sheet, name), Text("这一行没有线索。", "There is no clue in this row."), fix
        )
    wrong = Text("台账中没有编号为 {name} 的线索。", "The ledger has no clue numbered {name}.").fill(
        name=name[:40]
    )
    return Problem("unknown_number", Place(sheet), wrong, fix)


def _rendered(plan: Plan, ledger: Ledger, folder: Folder, stamp: Stamp, progress: Progress) -> list[Filing]:
    """Return the documents, each with the place it will have; nothing is on disk yet."""
    made: list[Filing] = []
    taken: set[Path] = set()

    def place(paper: Paper | Enclosure, content: bytes) -> None:
        # A number edited by hand may name any folder.
        path = _free(folder.documents / str(paper.year) / safe_name(paper.subject) / paper.file, taken)
        taken.add(path)
        made.append(Filing(paper.subject, path, content))

    for done, paper in enumerate(plan.papers):
        progress(_MAKING, done, len(plan.papers))
        template = folder.templates / f"{paper.kind}.docx"
        content = render(
            template, paper.context, ledger.lang, created=stamp.at, qr=paper.code, cache=cache_folder()
        )
        place(paper, content)
    for enclosure in plan.enclosures:
        place(enclosure, enclosure.content)
    for parcel in plan.parcels:
        new = [
            Packed(filing.path.name, filing.content) for filing in made if filing.subject == parcel.subject
        ]
        kept = [file for name in parcel.names for file in files_of(folder.documents, name)]
        volume = packed([*kept, *new])
        path = _free(folder.archive / str(parcel.year) / parcel.file, taken)
        taken.add(path)
        made.append(Filing(parcel.subject, path, volume))
    return made


def _names(papers: Sequence[Filing]) -> dict[str, str]:
    """Return the file names of the documents about each subject, one a line."""
    names: dict[str, list[str]] = {}
    for paper in papers:
        names.setdefault(paper.subject, []).append(paper.path.name)
    return {subject: "\n".join(files) for subject, files in names.items()}


def _free(path: Path, taken: set[Path]) -> Path:
    """Return the path, or with (2), (3) … behind its name where a document has it already."""
    copy, free = 1, path
    while free in taken or free.exists():
        copy += 1
        free = path.with_stem(f"{path.stem} ({copy})")
    return free


def _leave_inbox(enclosures: Sequence[Enclosure]) -> None:
    """Remove from the inbox what lies with its clue now; a file that is held open stays, and is known next time."""
    for enclosure in enclosures:
        if (came := enclosure.inbox) is not None:
            with contextlib.suppress(OSError):
                if came.read_bytes() == enclosure.content:  # and not another that took its place meanwhile
                    came.unlink()


def _write(
    plan: Plan, ledger: Ledger, book: Book, keep: Keeping, request: Request, papers: Sequence[Filing]
) -> None:
    """Put the documents in their places and write the rows, all of it or nothing."""
    done = trail.events(plan, ledger, request.stamp, request.action.text, _names(papers))
    if request.ticket:
        done = [
            replace(event, reason=" ".join(filter(None, (event.reason, f"[{request.ticket}]"))))
            for event in done
        ]
    edits = sheets.cell_edits(plan.edits, book, ledger.lang)
    if not (edits or done or plan.additions):
        with filed(papers, book.path, None):
            return
    events = keep.numbered([*keeping.earlier_events(ledger, keep, request.stamp), *done], ledger)
    rows = sheets.new_rows((*plan.additions, *events), book, ledger.lang)
    # The witness stands outside: what fails in it once the rows are written must not take the documents back.
    with keep.witnessed(events, plan), filed(papers, book.path, events[-1].seal if events else None):
        book.write(edits, rows)
