"""Answering "is the ledger what the program made it": the trail, the assigned cells, and what was changed by hand."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from cluebook import keeping
from cluebook.actions.inspection import edited_by_hand
from cluebook.books.conflicts import conflict_copies
from cluebook.books.file import FileBook
from cluebook.books.problems import problem
from cluebook.books.witness import Stand
from cluebook.domain.clue import Clue
from cluebook.domain.records import Event
from cluebook.errors import Place, Problem, SecretError
from cluebook.ledger import chain, sheets
from cluebook.ledger.ledger import Ledger
from cluebook.ledger.outside import as_problems
from cluebook.text import Lang, Text


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying a ledger found.

    Attributes:
        lang: language of the ledger.
        events: how many events the trail has.
        trail: signs that the trail itself was touched.
        by_hand: cells and rows that were changed outside the program, and copies that hold such changes.
        notices: what else should be known, though nobody need have done anything wrong.
    """

    lang: Lang
    events: int
    trail: tuple[Problem, ...]
    by_hand: tuple[Problem, ...]
    notices: tuple[Text, ...] = ()


def verified(book: FileBook) -> Verdict:
    """Return what verifying the ledger found; nothing is written.

    Raises:
        SecretError: the key of the seals is not here.
        CluebookError: the workbook is no ledger, or cannot be read.
    """
    stand = Stand(book.path)
    with book.open():
        ledger = sheets.read(book)
        trail = _trail_problems(book, stand, ledger)
        edits = keeping.changed_by_hand(ledger, stand, trail=True)
        outside = [found for edit in edits for found in as_problems(edit, ledger)]
        seen = {p.place for p in outside}
        assigned = [p for p in edited_by_hand(ledger, ledger.rows(Clue)) if p.place not in seen]
    copies = [problem("conflict_copy", Place(file=copy.name)) for copy in conflict_copies(book.path)]
    by_hand = (*copies, *outside, *assigned)
    return Verdict(ledger.lang, len(ledger.rows(Event)), tuple(trail), by_hand, _clock_notices(ledger))


def _clock_notices(ledger: Ledger) -> tuple[Text, ...]:
    """Return that the time goes back within the trail, and where first."""
    rows = sorted(ledger.rows(Event), key=lambda row: row.record.seq or 0)
    back = [after for before, after in pairwise(rows) if keeping.is_back(before.record.at, after.record.at)]
    return (_BACK.fill(n=len(back), row=back[0].number),) if back else ()


_BACK = Text(
    "流转记录中有 {n} 条的时间早于上一条，首见于第 {row} 行：时钟被调回、用过 --as-of 或补办时会这样；先后以序号为准。",
    "{n} events are dated before the one that precedes them, first in row {row}: the clock was set back, --as-of was"
    " used, or a request had waited; their order is that of their numbers.",
)


def _trail_problems(book: FileBook, stand: Stand, ledger: Ledger) -> list[Problem]:
    witness, key = stand.read(), stand.key()
    is_sealed = any(event.seal for event in ledger.records(Event))
    if key is None and (witness or is_sealed):
        raise SecretError(problem("key_missing", Place(file=book.name)))
    if key is None:  # the program has not written this ledger yet
        return []
    lost = [problem("witness_missing", Place(file=book.name))] if witness is None and is_sealed else []
    known = keeping.settled(witness or keeping.first_witness(ledger, key), ledger)
    return [*lost, *chain.findings(ledger, key, known.head)]
