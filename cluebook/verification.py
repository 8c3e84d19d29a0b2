"""Answering "is the ledger what the program made it": the trail, the assigned cells, and what was changed by hand."""

from __future__ import annotations

from dataclasses import dataclass

from cluebook import keeping
from cluebook.actions.review import edited_by_hand
from cluebook.books.file import FileBook
from cluebook.books.problems import problem
from cluebook.books.witness import Stand
from cluebook.domain.clue import Clue
from cluebook.domain.records import Event
from cluebook.errors import Place, Problem, SecretError
from cluebook.ledger import chain, sheets
from cluebook.ledger.outside import as_problems
from cluebook.text import Lang


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying a ledger found.

    Attributes:
        lang: language of the ledger.
        events: how many events the trail has.
        trail: signs that the trail itself was touched.
        by_hand: cells and rows that were changed outside the program.
    """

    lang: Lang
    events: int
    trail: tuple[Problem, ...]
    by_hand: tuple[Problem, ...]


def verified(book: FileBook) -> Verdict:
    """Return what verifying the ledger found; nothing is written.

    Raises:
        SecretError: the key of the seals is not here.
        CluebookError: the workbook is no ledger, or cannot be read.
    """
    stand = Stand(book.path)
    with book.open():
        ledger = sheets.read(book)
        witness, key = stand.read(), stand.key()
        if witness is None:
            return Verdict(
                ledger.lang, len(ledger.rows(Event)), (), tuple(edited_by_hand(ledger, ledger.rows(Clue)))
            )
        if key is None:
            raise SecretError(problem("key_missing", Place(file=book.name)))
        witness = keeping.settled(witness, ledger)
        found = chain.findings(ledger, key, witness.head)
        # A ledger just restored ends where its backup did; the next save writes that into the trail.
        trail = tuple(p for p in found if p.code != "trail_cut" or witness.restored is None)
        edits = keeping.changed_by_hand(ledger, keeping.Keeping(stand, witness, key))
        outside = [p for edit in edits for p in as_problems(edit, ledger)]
        seen = {p.place for p in outside}
        assigned = [p for p in edited_by_hand(ledger, ledger.rows(Clue)) if p.place not in seen]
    return Verdict(ledger.lang, len(ledger.rows(Event)), trail, (*outside, *assigned))
