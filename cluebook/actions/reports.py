"""Reports: the figures of a month or a quarter, and the tracking ledger (procedure K2, section 4 F16 and F21)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from cluebook.actions.office import calendar_of_ledger
from cluebook.actions.registry import Picks, action
from cluebook.documents import day_in_words, list_paper
from cluebook.domain.clue import Clue
from cluebook.domain.fields import Part
from cluebook.domain.lifecycle import WITH_DEPARTMENT
from cluebook.domain.records import FollowUp
from cluebook.domain.statistics import Period, figures, month_before, period_of
from cluebook.errors import Place, Problem, UsageError
from cluebook.ledger.completions import completions
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, name_of
from cluebook.text import Text


@action(
    "report", "统计报表", "Report", part=Part.REPORTS, icon="ReportsMenu", picks=Picks.ALL, asks=("period", "tracking"),
    help="生成月报或季报：收、办、按期率、逾期、退回、重复、满意度；或生成跟踪台账。不改动台账。",
)  # fmt: skip
def report(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    period: Annotated[
        str | None,
        Text(
            "月份如 2026-11，季度如 2026Q4，年度如 2026；留空为上月",
            "a month as 2026-11, a quarter as 2026Q4 or a year as 2026; blank is last month",
        ),
    ] = None,
    tracking: Annotated[bool, Text("改为生成跟踪台账", "make the tracking ledger instead")] = False,
) -> Plan:
    """Make the report of a month or a quarter, or the tracking ledger of what the departments have in hand."""
    clues = [row.record for row in rows]
    if tracking:
        return _tracked(ledger, clues, stamp)
    spell = _period(period, stamp)
    told = figures(clues, completions(ledger), spell, calendar_of_ledger(ledger))
    lines = [{"period": spell.name, "name": f.text.in_(ledger.lang), "value": f.value} for f in told]
    made = list_paper("statistics", lines, ledger, stamp)
    return Plan(papers=(made,))


def _tracked(ledger: Ledger, clues: Sequence[Clue], stamp: Stamp) -> Plan:
    """Return the plan that lists what the departments have in hand, what is due first at the top (K2)."""
    looked = {each.clue: each for each in ledger.records(FollowUp) if each.done_on}
    in_hand = [clue for clue in clues if clue.stage in WITH_DEPARTMENT]
    in_hand.sort(key=lambda clue: (clue.next_due or stamp.today, clue.number or ""))
    lines = [_line(clue, looked.get(clue.number), ledger) for clue in in_hand]
    done = tuple(name_of(clue, 0) for clue in in_hand)
    return Plan(papers=(list_paper("tracking_ledger", lines, ledger, stamp),), done=done)


def _period(name: str | None, stamp: Stamp) -> Period:
    try:
        return period_of(name) if name else month_before(stamp.today)
    except ValueError:
        wrong = Text("期间写法不对。", "This is no month, quarter or year.")
        fix = Text(
            "月份写作 2026-11，季度写作 2026Q4，年度写作 2026。",
            "Write a month as 2026-11, a quarter as 2026Q4, a year as 2026.",
        )
        raise UsageError(Problem("period_unknown", Place(), wrong, fix)) from None


def _line(clue: Clue, looked: FollowUp | None, ledger: Ledger) -> dict[str, str]:
    lang = ledger.lang
    return {
        "number": clue.number or "",
        "matter": clue.matter or "",
        "department": clue.department or "",
        "handler": clue.handler or "",
        "routed": day_in_words(clue.routed_at.date(), lang) if clue.routed_at else "",
        "stage": clue.stage.text.in_(lang) if clue.stage else "",
        "progress": f"{looked.progress}%" if looked and looked.progress is not None else "",
        "due": day_in_words(clue.next_due, lang) if clue.next_due else "",
        "left": "" if clue.days_left is None else str(clue.days_left),
        "urged": str(clue.urge_level or 0),
    }
