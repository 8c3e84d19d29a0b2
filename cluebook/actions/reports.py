"""Reports: the figures of a month or a quarter, the tracking ledger, the index of the archive (K2, A2, F16, F17, F21)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from cluebook.actions.office import calendar_of_ledger
from cluebook.actions.registry import Picks, action
from cluebook.documents import list_paper
from cluebook.domain.clue import Clue, Nature
from cluebook.domain.fields import Part
from cluebook.domain.lifecycle import WITH_DEPARTMENT
from cluebook.domain.records import FollowUp, Volume
from cluebook.domain.statistics import Period, figures, month_before, period_of
from cluebook.errors import Place, Problem, UsageError
from cluebook.ledger.completions import completions
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, name_of
from cluebook.text import Text


@action(
    "report", "统计报表", "Report", part=Part.REPORTS, icon="ReportsMenu", picks=Picks.ALL, asks=("period", "tracking", "archived"),
    help="生成月报或季报：收、办、按期率、逾期、退回、重复、满意度；或生成跟踪台账、归档文件目录。不改动台账。",
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
    archived: Annotated[bool, Text("改为生成归档文件目录", "make the index of the archive instead")] = False,
) -> Plan:
    """Make the report of a month or a quarter, the tracking ledger of what is in hand, or the index of the archive."""
    clues = [row.record for row in rows]
    if tracking:
        return _tracked(ledger, clues, stamp)
    if archived:
        return _indexed(ledger, clues, _period(period, stamp) if period else None, stamp)
    spell = _period(period, stamp)
    told = figures(clues, completions(ledger), spell, calendar_of_ledger(ledger))
    lines = [{"name": f.text.in_(ledger.lang), "value": f.value} for f in told]
    return Plan(papers=(list_paper("statistics", lines, ledger, stamp, period=spell.name),))


def _indexed(ledger: Ledger, clues: Sequence[Clue], spell: Period | None, stamp: Stamp) -> Plan:
    """Return the plan that lists the volumes of a period, or all, by nature, subtype and closing (A2, F17)."""
    about = {clue.number: clue for clue in clues}
    held = [v for v in ledger.records(Volume) if v.clue in about]
    held = [v for v in held if spell is None or spell.holds(v.archived_at)]
    natures = list(Nature)
    held.sort(
        key=lambda v: (
            natures.index(v.nature) if v.nature else len(natures),
            v.subtype or "",
            v.closed_on or date.max,
        )
    )
    lines = [_filed(volume, about[volume.clue], ledger) for volume in held]
    done = tuple(volume.clue for volume in held if volume.clue)
    return Plan(papers=(list_paper("archive_index", lines, ledger, stamp),) if lines else (), done=done)


def _filed(volume: Volume, clue: Clue, ledger: Ledger) -> dict[str, str]:
    """Return a line of the index; its date has eight digits, as DA/T 22 wants it."""
    lang = ledger.lang
    return {
        "archive_no": volume.archive_no or "",
        "number": volume.clue or "",
        "author": clue.department or ledger.settings.office,
        "title": volume.title or "",
        "on": f"{volume.closed_on:%Y%m%d}" if volume.closed_on else "",
        "secrecy": volume.secrecy.text.in_(lang) if volume.secrecy else "",
        "pages": "" if volume.pages is None else str(volume.pages),
        "retention": volume.retention.text.in_(lang) if volume.retention else "",
        "shelf": volume.shelf or "",
    }


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
        "routed": _day(clue.routed_at),
        "stage": clue.stage.text.in_(lang) if clue.stage else "",
        "progress": f"{looked.progress}%" if looked and looked.progress is not None else "",
        "feedback": _day(clue.fed_back_at),
        "due": _day(clue.next_due),
        "left": "" if clue.days_left is None else str(clue.days_left),
        "warning": clue.warning.text.in_(lang) if clue.warning else "",
        "urged": str(clue.urge_level or 0),
    }


def _day(day: date | None) -> str:
    """Return a day as the narrow columns of a list hold it."""
    return f"{day:%Y-%m-%d}" if day else ""
