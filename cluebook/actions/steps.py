"""Taking clues through a step: the loop that every action of the procedure shares."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from cluebook.actions.office import calendar_of_ledger, clocks_of_ledger, facts_of_ledger, staff_of_ledger
from cluebook.actions.registry import said
from cluebook.domain.case import Case, Cases
from cluebook.domain.checks import Fault, faults
from cluebook.domain.clue import Clue
from cluebook.domain.deadlines import with_standing
from cluebook.domain.fields import column_of
from cluebook.domain.guards import Guard, unmet
from cluebook.domain.lifecycle import STEPS, Step, may_take, stage_of, take, way_to
from cluebook.domain.masking import telling_fields
from cluebook.domain.office import Person
from cluebook.domain.records import Reporter
from cluebook.errors import Place, Problem
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Edit, Plan, Stamp, combine, name_of
from cluebook.text import Text, join, same

R = TypeVar("R")

Work = Callable[[Case, Row[Clue]], Plan]
"""What a step does beside moving the clue: from its case after the step to further edits and papers."""


def advance(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    step_id: str,
    *,
    prepare: Callable[[Case, Row[Clue]], Case] = lambda case, _row: case,
    finish: Callable[[Clue], Clue] = lambda clue: clue,
    work: Work = lambda _case, _row: Plan(),
    fields: Sequence[str] = (),
) -> Plan:
    """Return the plan that takes each clue through a step, or says all that keeps it from it.

    Args:
        ledger: the ledger.
        rows: the clues, with the cells of their form filled in.
        stamp: when and by whom.
        step_id: the step, of `lifecycle.STEPS`.
        prepare: fills in what may be taken for granted, before the conditions are looked at.
        finish: further changes of the clue after the step.
        work: further edits, additions and papers for a clue that was moved.
        fields: columns of the form, which are checked against the office's lists.
    """
    step, cases = STEPS[step_id], cases_of(ledger)
    facts, clocks = facts_of_ledger(ledger, stamp.at), clocks_of_ledger(ledger)
    plans = []
    for row in rows:
        if problems := [
            *row.problems,
            *_wrong_stage(ledger, row, step),
            *_not_allowed(ledger, row, step, stamp.by),
        ]:
            plans.append(Plan(problems=tuple(problems)))
            continue
        case = prepare(replace(cases.of(row.record), now=stamp.at), row)
        wrong = [f for f in faults(case.clue, facts) if f.field in fields]
        lacking = unmet(step_id, case)
        if wrong or lacking:
            plans.append(
                Plan(
                    problems=(
                        *faults_as_problems(ledger, row, wrong),
                        *_guards_as_problems(ledger, row, lacking, case),
                    )
                )
            )
            continue
        taken = finish(take(step, case.clue, stamp.at))
        after = with_standing(replace(case, clue=taken), clocks, stamp.today, ledger.lang)
        moved = Plan(edits=(edit_of(ledger, row, after),), done=(name_of(after, row.number),))
        done = work(replace(case, clue=after), row)
        plans += [moved, done, *(_hidden(row, case) if done.papers else ())]
    return combine(plans)


def _hidden(row: Row[Clue], case: Case) -> list[Plan]:
    """Return the notice of what was left out of a document because it tells who reported (G5)."""
    fields = telling_fields(case.clue, case.all(Reporter))
    words = Text(
        "{clue} 的“{columns}”含有反映人本人的信息，文书中已略去。",
        "{clue}: {columns} tell who reported; the document leaves that out.",
    )
    columns = join([column_of(Clue, field).text for field in fields])
    told = words.fill(clue=name_of(row.record, row.number), columns=columns)
    return [Plan(notices=(told,))] if fields else []


def edit_of(ledger: Ledger, row: Row[R], after: R) -> Edit:
    """Return the edit that brings a row from what the workbook holds to `after`."""
    return Edit(row.number, ledger.row(type(after), row.number).record, after)


@functools.lru_cache(maxsize=2)
def cases_of(ledger: Ledger) -> Cases:
    """Return the cases of a ledger."""

    def records(record: Any) -> Iterable[Any]:  # noqa: ANN401 - mypy takes no type for a hashable
        held = ledger.records(record)
        return (clue for clue in held if clue.master_number) if record is Clue else held

    return Cases(records, ledger.settings, calendar_of_ledger(ledger))


def last_row(ledger: Ledger, record: Any, number: str | None) -> Row[Any] | None:  # noqa: ANN401 - mypy takes no type for a hashable
    """Return the last row of a side sheet about a clue."""
    held = _rows_by_clue(ledger, record).get(number)
    return held[-1] if held else None


def rows_about(ledger: Ledger, record: Any, clue: Clue) -> list[Row[Any]]:  # noqa: ANN401 - mypy takes no type for a hashable
    """Return the rows of a side sheet about a clue, as `Case.all` gives their records."""
    held = _rows_by_clue(ledger, record)
    return [row for name in (clue.entry_no, clue.number) if name for row in held.get(name, ())]


def entered(case: Case, given: Any, sent: str) -> Case:  # noqa: ANN401 - any record about a clue
    """Return the case with what was given entered in the draft of a record, or in a new one.

    A draft is the last row of its sheet while its field `sent` is blank: somebody typed it there.
    """
    record = type(given)
    last = case.last(record)
    if last is not None and getattr(last, sent) is None:
        return case.with_last(replace(last, **said(given)))
    return case.with_new(record(clue=name_of(case.clue, 0), **said(given)))


def keep(ledger: Ledger, record: Any, sent: str | None = None) -> Plan:  # noqa: ANN401 - any record about a clue
    """Return the plan that keeps what is written about a clue: in its row of the side sheet, or in a new one.

    A last row whose field `sent` is filled in is done with, and a new one follows it.
    """
    row = last_row(ledger, type(record), record.clue)
    if row is None or (sent and getattr(row.record, sent) is not None):
        return Plan(additions=(record,))
    return Plan() if row.record == record else Plan(edits=(edit_of(ledger, row, record),))


@functools.lru_cache(maxsize=64)
def _rows_by_clue(ledger: Ledger, record: Any) -> dict[str | None, list[Row[Any]]]:  # noqa: ANN401 - mypy takes no type for a hashable
    held: dict[str | None, list[Row[Any]]] = {}
    for row in ledger.rows(record):
        held.setdefault(getattr(row.record, "clue", None), []).append(row)
    return held


def faults_as_problems(ledger: Ledger, row: Row[Clue], found: Iterable[Fault]) -> list[Problem]:
    """Return the faults of a row as problems at their cells."""
    return [Problem(f.code, ledger.place(Clue, row.number or None, f.field), f.wrong, f.fix) for f in found]


def _wrong_stage(ledger: Ledger, row: Row[Clue], step: Step) -> list[Problem]:
    if may_take(step, row.record):
        return []
    wrong = Text(
        "{clue} 处于“{stage}”，不能{step}。", "{clue} is at “{stage}”; it cannot take the step “{step}”."
    )
    words = wrong.fill(clue=name_of(row.record, row.number), stage=stage_of(row.record).text, step=step.text)
    return [Problem("wrong_stage", ledger.place(Clue, row.number, "stage"), words, way_to(step, row.record))]


def _not_allowed(ledger: Ledger, row: Row[Clue], step: Step, user: str) -> list[Problem]:
    if staff_of_ledger(ledger).may(user, step, row.record):
        return []
    wrong = Text(
        "{clue}：{user} 的岗位不能办理“{step}”。", "{clue}: the role of {user} does not allow “{step}”."
    ).fill(clue=same(name_of(row.record, row.number)), user=same(user), step=step.text)
    fix = Text(
        "请由{roles}办理，或在人员表登记岗位。",
        "Have it done by: {roles}; or enter the role on the people sheet.",
    ).fill(roles=join([role.text for role in step.who]))
    return [Problem("not_allowed", ledger.place(Person, None, "roles"), wrong, fix)]


def _guards_as_problems(
    ledger: Ledger, row: Row[Clue], lacking: Sequence[Guard], case: Case
) -> list[Problem]:
    named = Text("{clue}：{wrong}", "{clue}: {wrong}")
    name = same(name_of(row.record, row.number))
    return [
        Problem(
            g.code, _place_of(ledger, row, g), named.fill(clue=name, wrong=g.told(case)), g.fix, g.lifted_by
        )
        for g in lacking
    ]


def _place_of(ledger: Ledger, row: Row[Clue], guard: Guard) -> Place:
    if guard.record is Clue:
        return ledger.place(Clue, row.number, guard.field)
    there: Row[Any] | None = last_row(ledger, guard.record, row.record.number)
    return ledger.place(guard.record, there.number if there else None, guard.field)
