"""Keeping watch over deadlines (procedure 1.8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from cluebook.actions.office import clocks_of_ledger
from cluebook.actions.registry import Picks, action
from cluebook.actions.steps import cases_of, edit_of
from cluebook.documents import day_in_words, list_paper
from cluebook.domain.clue import Clue
from cluebook.domain.deadlines import DEADLINES, RESTING, with_standing
from cluebook.domain.deadlines import overdue as late_for
from cluebook.domain.fields import Part
from cluebook.domain.masking import matter_listed
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Edit, Overdue, Plan, Stamp, name_of
from cluebook.text import Lang, Text

FLAG = Text("把预警写入台账", "write the warnings into the ledger")
"""The option of the actions that reckon anew how every clue stands."""


@action(
    "overdue", "逾期", "Overdue", daily=True, asks=(), gives=("flag",), waits=True, part=Part.SUPERVISION, icon="HighImportance", picks=Picks.ALL,
    passes=RESTING,
    help="列出逾期的线索及逾期工作日。",
)  # fmt: skip
def overdue(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    flag: Annotated[bool, FLAG] = False,
    document: Annotated[
        bool,
        Text(
            "有逾期时生成逾期清单文书", "also make the overdue list as a Word document, if anything is late"
        ),
    ] = False,
) -> Plan:
    """List the clues that are past a deadline, with the working days they are late."""
    clocks = clocks_of_ledger(ledger)
    found = [(row, late) for row in rows for late in late_for(row.record, clocks, stamp.today)]
    listed = [
        Overdue(
            name_of(row.record, row.number),
            late.kind,
            DEADLINES[late.kind].overdue or DEADLINES[late.kind].text,
            late.due,
            late.days,
        )
        for row, late in found
    ]
    edits = restanding(ledger, rows, stamp) if flag else ()
    lines = [_line(row.record, late, ledger.lang) for (row, _), late in zip(found, listed, strict=True)]
    papers = (list_paper("overdue_list", lines, ledger, stamp),) if document and lines else ()
    done = tuple(dict.fromkeys(late.number for late in listed))
    return Plan(edits=edits, papers=papers, done=done, overdue=tuple(listed))


def restanding(ledger: Ledger, rows: Sequence[Row[Clue]], stamp: Stamp) -> tuple[Edit, ...]:
    """Return the edits that let the clues say how they stand on the day."""
    cases, clocks = cases_of(ledger), clocks_of_ledger(ledger)
    pairs = ((row, with_standing(cases.of(row.record), clocks, stamp.today, ledger.lang)) for row in rows)
    return tuple(edit_of(ledger, row, after) for row, after in pairs if after != row.record)


def _line(clue: Clue, late: Overdue, lang: Lang) -> dict[str, str]:
    return {
        "number": late.number,
        "matter": matter_listed(clue, lang),
        "department": clue.department or "",
        "handler": clue.handler or "",
        "kind": late.label.in_(lang),
        "due": day_in_words(late.due, lang),
        "days": str(late.days),
    }
