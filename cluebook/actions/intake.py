"""Clues come in: typed, given on the command line, or brought from a file (procedure 1.2)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from cluebook.actions.issue import Issue
from cluebook.actions.mapping import Mapped, mapped_rows
from cluebook.actions.office import clocks_of_ledger, facts_of_ledger, online_channels
from cluebook.actions.registry import Picks, action, said
from cluebook.actions.steps import edit_of, faults_as_problems
from cluebook.actions.suspicions import with_suspicions
from cluebook.domain.case import case_of
from cluebook.domain.checks import Facts, faults, unstorable
from cluebook.domain.clue import ChannelGroup, Clue, Named, Nature, Secrecy, Stage
from cluebook.domain.completeness import completeness, gaps
from cluebook.domain.deadlines import Clocks, due_after, with_standing
from cluebook.domain.fields import Part
from cluebook.domain.lifecycle import STEPS, stage_of, take
from cluebook.domain.lists import unite
from cluebook.domain.office import Category, Channel
from cluebook.domain.records import Reporter
from cluebook.domain.workdays import days_over
from cluebook.errors import Problem, UsageError
from cluebook.ledger.book import Grid
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp, combine
from cluebook.text import Text

_UNSTORABLE = frozenset({"text_unholdable", "text_too_long"})
"""Faults of a text that no cell can hold: such a row cannot even wait as a draft."""


@action(
    "add", "登记", "Enter", daily=True, part=Part.INTAKE, icon="FileNew", picks=Picks.NONE, starts=(Stage.DRAFT,),
    help="登记新线索：核对必填项，编发登记号，转入待初审。",
)  # fmt: skip
def add(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    entry: Annotated[Clue | None, Text("新线索的各栏", "Columns of the new clue")] = None,
    reporter: Annotated[
        Reporter | None, Text("反映人，只记入举报人信息表", "who reported, for the sheet “Reporters” alone")
    ] = None,
) -> Plan:
    """Enter clues: check what they need, give the entry number, pass them to the review."""
    desk = _Desk(ledger, stamp)
    given = entry or Clue()
    if not rows:
        if given == Clue():
            wrong = Text("没有可登记的内容。", "There is nothing to enter.")
            fix = Text(
                "请选中草稿行，或用选项给出各栏。", "Choose draft rows, or give the columns as options."
            )
            raise UsageError(Problem("nothing_to_enter", ledger.place(Clue), wrong, fix))
        return desk.done([desk.enter(given, reporter)])
    filled = said(given)
    drafts = (replace(row, record=replace(row.record, **filled)) for row in rows)
    return desk.done([desk.register(row, reporter) for row in drafts])


@action(
    "import", "导入", "Import", part=Part.INTAKE, icon="ImportExcel", picks=Picks.NONE,
    help="从 Excel 或 CSV 文件批量导入线索，可指定对应列。",
)  # fmt: skip
def bring_in(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],  # noqa: ARG001 - every action takes the rows
    stamp: Stamp,
    *,
    source: Annotated[Grid, Text("来源文件", "The file")],
    map: Annotated[  # noqa: A002 - the contract's word
        Mapping[str, str] | None, Text("台账列=来源列", "ledger column=column of the file")
    ] = None,
    set: Annotated[  # noqa: A002 - the contract's word
        Mapping[str, str] | None, Text("台账列=统一填入的值", "ledger column=value for all rows")
    ] = None,
) -> Plan:
    """Bring clues in from an Excel or CSV file, column by column."""
    desk = _Desk(ledger, stamp)
    known = {_likeness(clue) for clue in ledger.records(Clue)}
    plans, repeated = [], 0
    for brought in mapped_rows(source, Clue, map or {}, set or {}, ledger.lang, beside=Reporter):
        clue: Clue = brought.record
        if _likeness(clue) in known:
            repeated += 1
            continue
        known.add(_likeness(clue))
        plans.append(desk.bring(clue, brought))
    notice = Text(
        "{n} 条与台账中的线索完全相同，未重复导入。",
        "{n} rows are already in the ledger, word for word, and were left out.",
    )
    notices = (notice.fill(n=repeated),) if repeated else ()
    return combine([desk.done(plans), Plan(notices=notices)])


class _Desk:
    """The intake desk during one action: what it checks against, and the numbers it gives."""

    def __init__(self, ledger: Ledger, stamp: Stamp) -> None:
        self.ledger, self.stamp = ledger, stamp
        self.facts: Facts = facts_of_ledger(ledger, stamp.at)
        self.clocks: Clocks = clocks_of_ledger(ledger)
        self.issue = Issue(ledger, "entry_pattern", stamp.today.year, lambda clue: clue.entry_no)
        self.groups = {c.name: c.group for c in ledger.records(Channel)}
        self.natures = {c.subtype: c.nature for c in ledger.records(Category)}
        self.online = online_channels(ledger)
        self.notices: list[Text] = []

    def register(self, row: Row[Clue], reporter: Reporter | None) -> Plan:
        """Enter a row that stands in the ledger as a draft."""
        if row.problems:
            return Plan(problems=row.problems)
        if stage_of(row.record) is not Stage.DRAFT:
            wrong = Text("这一行已经登记过。", "This row is entered already.")
            fix = Text("只需选中新填的行。", "Choose only rows that are new.")
            return Plan(
                problems=(Problem("wrong_stage", self.ledger.place(Clue, row.number, "stage"), wrong, fix),)
            )
        clue = self._completed(row.record, reporter)
        if problems := self._problems(row, clue, reporter):
            return Plan(problems=problems)
        entered = self._entered(clue, reporter)
        return Plan(
            edits=(edit_of(self.ledger, row, entered),),
            additions=_of(entered, reporter),
            done=(entered.entry_no or "",),
        )

    def enter(self, given: Clue, reporter: Reporter | None) -> Plan:
        """Enter a clue that has no row yet; with faults it is not taken at all."""
        clue = self._completed(given, reporter)
        if problems := self._problems(Row(0, given), clue, reporter):
            return Plan(problems=problems)
        entered = self._entered(clue, reporter)
        return Plan(additions=(entered, *_of(entered, reporter)), done=(entered.entry_no or "",))

    def bring(self, clue: Clue, brought: Mapped) -> Plan:
        """Enter a clue from a file; one with faults waits in the ledger as a draft, so that nothing is lost."""
        reporter: Reporter | None = brought.beside
        if clue.channel is None and clue.channel_group is None:
            clue = replace(clue, **self._unnamed_channel())
        clue = self._completed(clue, reporter)
        found = [*faults(clue, self.facts), *(unstorable(reporter) if reporter else ())]
        unread = {problem.place for problem in brought.problems}  # blank only because it could not be read
        problems = (
            *brought.problems,
            *(
                Problem(f.code, place, f.wrong, f.fix)
                for f in found
                if (place := brought.place(f.field, self.ledger.lang)) not in unread
            ),
        )
        if any(f.code in _UNSTORABLE for f in found):
            return Plan(problems=problems)
        if problems:
            draft = replace(self._delivered(clue), entry_no=self.issue.next(), stage=Stage.DRAFT)
            return Plan(additions=(draft, *_of(draft, reporter)), problems=problems)
        entered = self._entered(clue, reporter)
        return Plan(additions=(entered, *_of(entered, reporter)), done=(entered.entry_no or "",))

    def done(self, plans: Sequence[Plan]) -> Plan:
        """Return the plans as one, with the numbers that were given and the clues that may have come in before."""
        told = Plan(notices=tuple(dict.fromkeys(self.notices)))
        return with_suspicions(combine([*plans, self.issue.plan(), told]), self.ledger)

    def _problems(self, row: Row[Clue], clue: Clue, reporter: Reporter | None) -> tuple[Problem, ...]:
        """Return what keeps a clue, or who reported it, from being entered."""
        told = (
            Problem(f.code, self.ledger.place(Reporter, None, f.field), f.wrong, f.fix)
            for f in (unstorable(reporter) if reporter else ())
        )
        return (*faults_as_problems(self.ledger, row, faults(clue, self.facts)), *told)

    def _completed(self, clue: Clue, reporter: Reporter | None) -> Clue:
        """Fill in what follows from the rest: the group of a channel, a secrecy that its nature asks for (G5)."""
        nature = clue.nature or self.natures.get(clue.subtype)
        secret = Secrecy.CONFIDENTIAL if nature is Nature.COMPLIANCE else None
        return replace(
            clue,
            channel_group=clue.channel_group or self.groups.get(clue.channel),
            secrecy=clue.secrecy or secret,
            named=clue.named or (Named.NAMED if reporter and reporter.name else None),
        )

    def _delivered(self, clue: Clue) -> Clue:
        return replace(clue, delivered_at=clue.delivered_at or self.stamp.at.replace(microsecond=0))

    def _entered(self, clue: Clue, reporter: Reporter | None) -> Clue:
        known = case_of(clue, *(each for each in (reporter,) if each))
        numbered = replace(
            self._delivered(clue),
            entry_no=clue.entry_no or self.issue.next(),
            stage=Stage.DRAFT,
            completeness_score=round(completeness(clue), 2),
            missing=clue.missing
            or unite(gaps(known, self.online, self.ledger.lang), self.ledger.lang)
            or None,
        )
        self._late(numbered)
        moved = take(STEPS["register"], numbered, self.stamp.at)
        return with_standing(moved, self.clocks, self.stamp.today, self.ledger.lang)

    def _late(self, clue: Clue) -> None:
        """Tell of a department that took longer than allowed to hand a clue over (C6)."""
        if clue.collected_at is None or clue.delivered_at is None:
            return
        due = due_after("intake", clue, self.clocks, clue.collected_at)
        if due and days_over(due, clue.delivered_at.date(), self.clocks.calendar):
            words = Text(
                "{name} 应在 {due} 前送达线索管理部门，送达晚了（收集部门：{department}）。",
                "{name} should have been delivered by {due}; it came late (collected by: {department}).",
            )
            department = clue.collecting_department or "–"
            self.notices.append(words.fill(name=clue.entry_no, due=f"{due:%Y-%m-%d}", department=department))

    def _unnamed_channel(self) -> dict[str, Any]:
        """A file that names no channel came from outside by some other way; the user is told once."""
        other = Text("其他", "Other").in_(self.ledger.lang)
        words = Text(
            "来源渠道未指定，按“外部·其他”登记。", "No channel was named; entered as External, Other."
        )
        self.notices.append(words)
        return {"channel_group": ChannelGroup.EXTERNAL, "channel": other}


def _of(clue: Clue, reporter: Reporter | None) -> tuple[Reporter, ...]:
    """Return who reported a clue, for the sheet of the reporters; nowhere else is it written down (G5)."""
    return (replace(reporter, clue=clue.entry_no),) if reporter else ()


def _likeness(clue: Clue) -> tuple[object, ...]:
    """What two rows must share to be the same clue brought in twice."""
    return tuple(_likeness_parts(clue))


def _likeness_parts(clue: Clue) -> Iterator[object]:
    for field in dataclasses.fields(Clue):
        if field.name in {"source_no", "found_at", "matter", "description"}:
            yield getattr(clue, field.name)
