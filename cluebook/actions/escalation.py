"""Climbing the ladder of reminders, with what each step writes and makes (procedure K3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cluebook.actions.issue import Issue
from cluebook.actions.office import clocks_of_ledger
from cluebook.actions.orders import answer_by, papers_of
from cluebook.actions.registry import Picks, action
from cluebook.actions.steps import cases_of, edit_of
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue
from cluebook.domain.deadlines import RESTING, with_standing
from cluebook.domain.fields import Part
from cluebook.domain.ladder import Reminder, lateness_in_words, next_level, reminders, unrecorded
from cluebook.domain.records import Urge
from cluebook.domain.roles import PROGRAM
from cluebook.domain.workdays import is_workday
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, combine, name_of
from cluebook.text import Lang, Text, join

_BY_ITSELF = Text("系统自动", "Automatic")
_ABOUT = Text("{deadline}期限 {due}，{late}", "{deadline}, due {due}: {late}")
_DAY_OFF = Text("今天不是工作日，不催办。", "Today is no working day; nobody is reminded.")


@action(
    "escalate", "到期催办", "Escalate", part=Part.SUPERVISION, icon="Alerts", picks=Picks.ALL, passes=RESTING, waits=True,
    help="按催办阶梯登记：到期前两日、到期日提醒，逾期一日发催办单，逾期五日附逾期情况通报；每个期限每级一次，休息日和挂起的不办。",
)  # fmt: skip
def escalate(ledger: Ledger, rows: Sequence[Row[Clue]], stamp: Stamp) -> Plan:
    """Enter the reminders that are due: two days ahead, on the day, one day late with an order, five days late with a report."""
    clocks, cases = clocks_of_ledger(ledger), cases_of(ledger)
    if not is_workday(stamp.today, clocks.calendar):
        return Plan(notices=(_DAY_OFF,))
    issue = Issue(
        ledger,
        "order_pattern",
        stamp.today.year,
        lambda _clue: None,
        (u.number for u in ledger.records(Urge)),
    )
    plans = []
    for row in rows:
        case = replace(cases.of(row.record), now=stamp.at)
        if found := unrecorded(case, reminders(case, clocks, stamp.today, named=True)):
            plans.append(_climbed(ledger, row, case, found, stamp, issue))
    return combine([*plans, issue.plan()])


def _climbed(
    ledger: Ledger, row: Row[Clue], case: Case, found: Sequence[Reminder], stamp: Stamp, issue: Issue
) -> Plan:
    """Return the plan that enters the steps that one clue has reached; together they raise its level once."""
    level = next_level(case, stamp.today)
    case = replace(case, clue=replace(case.clue, urge_level=level))
    sent: list[Urge] = []
    for reminder in found:
        urge = _urge(reminder, case, level, ledger, stamp)
        sent.append(replace(urge, number=issue.next()) if urge.demand else urge)
    written = case.holding(Urge, (*case.all(Urge), *sent))
    after = with_standing(written, clocks_of_ledger(ledger), stamp.today, ledger.lang)
    stands = replace(case, clue=after)
    papers = [
        paper for urge in sent if urge.demand for paper in papers_of(stands.with_new(urge), ledger, stamp)
    ]
    name = name_of(after, row.number)
    return Plan(
        edits=(edit_of(ledger, row, after),),
        additions=tuple(sent),
        papers=tuple(papers),
        done=(name,),
        acts={name: join([reminder.rung.text for reminder in found])},
    )


def _urge(reminder: Reminder, case: Case, level: int, ledger: Ledger, stamp: Stamp) -> Urge:
    lang, rung = ledger.lang, reminder.rung
    return Urge(
        clue=name_of(case.clue, 0),
        kind=rung.kind,
        level=level,
        about=_about(reminder, lang),
        deadline=reminder.deadline.text.in_(lang),
        due=reminder.due,
        to=case.clue.department or reminder.deadline.by.text.in_(lang),
        way=_BY_ITSELF.in_(lang),
        demand=rung.demand.in_(lang) if rung.demand else None,
        issued_by=ledger.settings.office if stamp.by == PROGRAM else stamp.by,
        issued_at=stamp.at,
        reply_by=answer_by(ledger, stamp) if rung.demand else None,
    )


def _about(reminder: Reminder, lang: Lang) -> str:
    late = lateness_in_words(reminder.days)
    return _ABOUT.fill(deadline=reminder.deadline.text, due=f"{reminder.due:%Y-%m-%d}", late=late).in_(lang)
