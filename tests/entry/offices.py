"""Pressing buttons on a real ledger file, and walking clues through the procedure on one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from cluebook import config
from cluebook.actions import ACTIONS
from cluebook.books.file import FileBook
from cluebook.domain.checklists import CHECKLISTS
from cluebook.domain.clue import (
    ChannelGroup,
    Clue,
    Completeness,
    Expectation,
    Ground,
    Nature,
    Risk,
    Satisfaction,
    Truth,
    Urgency,
)
from cluebook.domain.records import Alternative, Analysis, Feedback, FeedbackForm, HandlingLine
from cluebook.ledger import sheets
from cluebook.ledger.book import Book
from cluebook.ledger.ledger import Ledger
from cluebook.ledger.plan import Stamp
from cluebook.perform import Outcome, Pick, Request, perform
from cluebook.seeds.office import categories, channels, departments
from cluebook.text import Lang

FIRST_DAY = datetime(2026, 3, 2, 9, 30, 15)  # a Monday
ACCOUNT = "The roof of the shop has leaked for three days; nobody answers. 屋顶漏水三天，多次报修无人处理。"


opener: Callable[[Path], Book] = FileBook
"""How the ledgers of offices are reached; the scenarios have some of them open in LibreOffice."""


def file_of(office: Path) -> Path:
    """The ledger of an office, with macros or without."""
    (ledger,) = office.glob("ledger.xls?")
    return ledger


def book_of(office: Path) -> Book:
    """The ledger of an office, as a book that has seen nothing of it before."""
    return opener(file_of(office))


def ledger_at(office: Path) -> Ledger:
    """What the ledger of an office holds."""
    return sheets.read(book_of(office))


def fingerprint(office: Path) -> str:
    return hashlib.sha256(file_of(office).read_bytes()).hexdigest()


def documents(office: Path) -> list[Path]:
    return [path for path in (office / "documents").rglob("*") if path.is_file()]


def press(
    office: Path,
    action: str,
    *numbers: str,
    at: datetime = FIRST_DAY,
    by: str = "Wang",
    fills: Mapping[str, Any] | None = None,
    rows: tuple[int, ...] = (),
    everything: bool = False,
    **options: Any,
) -> Outcome:
    """Press a button; the language of the outcome is the ledger's."""
    request = Request(ACTIONS[action], Pick(numbers, rows, everything), Stamp(at, by), fills or {}, options)
    return perform(request, book_of(office), config.read(office))


def new_clue(lang: Lang, **changes: Any) -> Clue:
    told = {
        "channel_group": ChannelGroup.EXTERNAL,
        "channel": next(c.name for c in channels(lang) if c.group is ChannelGroup.EXTERNAL),
        "found_at": datetime(2026, 3, 1, 18, 5, 7),
        "matter": "Roof leaks",
        "description": ACCOUNT,
    }
    return Clue(**(told | changes))


def review_of(lang: Lang) -> dict[str, Any]:
    subtype = next(c.subtype for c in categories(lang) if c.nature is Nature.BUSINESS)
    return {
        "truth": Truth.TRUE,
        "completeness": Completeness.COMPLETE,
        "nature": Nature.BUSINESS,
        "subtype": subtype,
        "urgency": Urgency.IMPORTANT,
        "ground": Ground.KEY_CUSTOMER,
    }


def routing_of(lang: Lang) -> dict[str, Any]:
    return {"department": departments(lang)[2].name, "routing_reason": "It looks after the shops"}


REPORT = Analysis(
    summary="a",
    process="b",
    risks="c",
    feasibility="d",
    recommendation="e",
    process_background="f",
    cause="g",
    methods=("Data",),
    economy=1,
    reputation=1,
    legal=1,
    likelihood=1,
)
NAMED = {"analyst": "Li", "risk": Risk.LOW}
OPTION = Alternative(option="Mend the roof")
TICKS = {item.id: "Done" for item in CHECKLISTS["quality"]}
"""What a department writes on the checklist of the subtype that `review_of` chooses."""
LINE = HandlingLine(measures="Roof mended", communication="Shop told", resolution="No leak any more")
FEEDBACK = Feedback(
    process="Looked and mended",
    result="Dry",
    expectation=Expectation.MET,
    improvements="Look every quarter",
    form=FeedbackForm.REPORT,
)


def registered(office: Path, lang: Lang, **changes: Any) -> str:
    """Enter a clue and return its entry number."""
    return press(office, "add", entry=new_clue(lang, **changes)).plan.done[0]


def approved(office: Path, lang: Lang, **changes: Any) -> str:
    """Bring a new clue to where it is ready to route, and return its number."""
    entry = registered(office, lang, **changes)
    press(office, "suggest", entry)
    number = press(office, "accept", entry, fills=review_of(lang)).plan.done[0]
    press(office, "analyse", number, fills=NAMED, report=REPORT, alternative=OPTION)
    press(office, "approve", number, by="Zhou")
    return number


def closed(office: Path, lang: Lang, **changes: Any) -> str:
    """Bring a new clue to its end, and return its number."""
    number = approved(office, lang, **changes)
    press(office, "route", number, fills=routing_of(lang))
    press(office, "receive", number, fills={"handler": "Zhao"})
    press(office, "log", number, line=LINE, milestone=True)
    press(office, "tick", number, item=TICKS, evidence="Report 1")
    press(office, "feedback", number, report=FEEDBACK)
    press(office, "close", number, fills={"satisfaction": Satisfaction.SATISFIED})
    return number
