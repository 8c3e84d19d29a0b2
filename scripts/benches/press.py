"""Pressing one button on a ledger with a few thousand clues, from the start of the process to its result, by part."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from benches.figure import Figure, Run, figure_of, run  # noqa: E402 - found by the line above
from benches.stand_in import keep  # noqa: E402 - the same

ROUNDS = 5
CLUES = 2_000

_PARTS = """
import json, sys, time
begun = time.perf_counter()
from datetime import datetime
from pathlib import Path
from cluebook import config
from cluebook.actions import ACTIONS
from cluebook.books.find import find
from cluebook.ledger.plan import Stamp
from cluebook.perform import Pick, Request, perform
imported = time.perf_counter() - begun
book = find(Path(sys.argv[1]), Path.cwd())
request = Request(ACTIONS[sys.argv[2]], Pick(numbers=tuple(sys.argv[3:])), Stamp(datetime(2026, 11, 24, 10, 0), "bench"))
outcome = perform(request, book, config.read(book.path.parent))
assert not outcome.plan.problems, [p.code for p in outcome.plan.problems]
print(json.dumps({"imports": imported, **outcome.seconds}))
"""

_BUTTON = """
import sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from benches.stand_in import Book
begun = time.perf_counter()
book = Book(Path(sys.argv[2]), Path(sys.argv[3]))
book.sheets["Clues"].range((4, 2)).select()
opened = time.perf_counter() - begun
import xlwings
xlwings.Book.caller = lambda: book
import cluebook.press
import cluebook.telling
cluebook.telling._open = lambda path: None
cluebook.press.press("route")
assert book.saves == 1, book.app.said
print(opened)
"""
"""What the macro of a button asks of Python, on a workbook that answers at once; it prints what its opening took."""

_PEER = """
import sys
from openpyxl import load_workbook
book = load_workbook(sys.argv[1])
sheet = book["Clues"]
head = {cell.value: cell.column for cell in sheet[3]}
for row in sheet.iter_rows(min_row=4):
    if row[head["Clue no."] - 1].value == sys.argv[2]:
        row[head["Stage"] - 1].value = "Routed"
book.save(sys.argv[1])
"""


def figures() -> list[Figure]:
    """Measure Route on one clue by command and by button, a bare start of Python, and the change made with openpyxl."""
    with tempfile.TemporaryDirectory() as folder:
        return _measured(Path(folder))


def _measured(folder: Path) -> list[Figure]:
    run([__file__, str(folder), str(CLUES)])
    ledger = folder / "ledger.xlsx"
    content = ledger.read_bytes()
    kept = folder / "kept.pickle"
    keep(ledger, kept)
    whole: list[Run] = []
    button: list[Run] = []
    peer: list[Run] = []
    bare: list[Run] = []
    parts = []
    for _ in range(ROUNDS):
        ledger.write_bytes(content)
        seconds, peak, printed = run(["-c", _PARTS, str(ledger), "route", "XS-1"])
        whole.append((seconds, peak))
        parts.append(json.loads(printed))
        ledger.write_bytes(content)
        seconds, peak, printed = run(["-c", _BUTTON, str(ROOT / "scripts"), str(ledger), str(kept)])
        button.append((seconds - float(printed), peak))
        peer.append(run(["-c", _PEER, str(ledger), "XS-1"])[:2])
        bare.append(run(["-c", "pass"])[:2])
    ours = statistics.median(seconds for seconds, _ in whole)
    by_part = [
        figure_of(f"press route: {part}", "cluebook", [(each[part], 0.0) for each in parts], ours)
        for part in parts[0]
    ]
    return [
        figure_of("press route", "cluebook", whole, ours),
        figure_of("press route: its button, without Excel", "cluebook", button, ours),
        figure_of("press route", "openpyxl", peer, ours),
        figure_of("press route", "limit", bare, ours),
        *by_part,
    ]


def make_office(folder: Path, count: int) -> None:
    """Make an office whose ledger has so many clues, each ready to route."""
    from cluebook.books.build import build_ledger
    from cluebook.domain.clue import ChannelGroup, Clue, Ground, Nature, Stage, Urgency
    from cluebook.founding import found, starting_rows

    found(folder, "en", "Bench", date(2026, 11, 24)).unlink()
    clues = [
        Clue(
            number=f"XS-{n}",
            stage=Stage.APPROVED,
            entry_no=f"T-{n}",
            channel_group=ChannelGroup.EXTERNAL,
            channel="Other",
            found_at=datetime(2026, 11, 2, 9, 0),
            delivered_at=datetime(2026, 11, 2, 10, 0),
            matter=f"Matter {n}",
            description="A plain account of what happened, long enough to be one. " * 6,
            nature=Nature.OTHER,
            subtype="Other",
            urgency=Urgency.GENERAL,
            ground=Ground.ORDINARY,
            approved_at=datetime(2026, 11, 23, 10, 0),
            department="Customer Service",
            routing_reason="It is theirs.",
        )
        for n in range(1, count + 1)
    ]
    build_ledger(
        folder / "ledger.xlsx", "en", {**starting_rows("en", "Bench", date(2026, 11, 24)), Clue: clues}
    )


if __name__ == "__main__":
    make_office(Path(sys.argv[1]), int(sys.argv[2]))
