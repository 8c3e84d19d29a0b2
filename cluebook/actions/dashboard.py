"""How the office stands now, on the overview sheet and in figures (procedure 1.8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from cluebook.actions.office import calendar_of_ledger
from cluebook.actions.registry import Picks, action
from cluebook.actions.supervision import FLAG, restanding
from cluebook.domain.clue import Clue
from cluebook.domain.dashboard import boards
from cluebook.domain.fields import Part
from cluebook.domain.office import Department
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp


@action(
    "dashboard", "总览", "Dashboard", part=Part.REPORTS, icon="ChartInsert", picks=Picks.ALL, asks=(), gives=("flag",),
    help="按当天重算预警和逾期，给出在办、逾期、收件、办结的数字；在台账中转到总览页。",
)  # fmt: skip
def dashboard(
    ledger: Ledger, rows: Sequence[Row[Clue]], stamp: Stamp, *, flag: Annotated[bool, FLAG] = False
) -> Plan:
    """Tell in figures what is open, overdue, in and closed, reckoned as of today; in the ledger, go to the overview."""
    edits = restanding(ledger, rows, stamp)
    changed = {edit.row: edit.after for edit in edits}
    clues = [changed.get(row.number, row.record) for row in rows]
    names = [department.name for department in ledger.records(Department) if department.name]
    return Plan(
        edits=edits if flag else (), boards=boards(clues, names, stamp.today, calendar_of_ledger(ledger))
    )
