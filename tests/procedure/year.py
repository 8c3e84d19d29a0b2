"""An office lived through day by day: people press buttons, the watch looks, the computer is off, mail gets lost.

All of it is the real program on a real ledger file; only the clock is ours. What should come of it is judged by this
module's own count of working days, taken from another library than the ledger's calendar sheet goes through.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import chinese_calendar
from mail_server import Mailbox, free_port, served
from offices import FEEDBACK, LINE, NAMED, OPTION, REPORT, TICKS, new_clue, press, review_of

from cluebook.books.file import FileBook
from cluebook.domain.clue import Clue, Ground, Satisfaction, Stage, Urgency
from cluebook.domain.office import Person
from cluebook.domain.records import (
    Decision,
    Extension,
    HandlingPlan,
    Meeting,
    MeetingKind,
    Pause,
    PauseReason,
    Urge,
)
from cluebook.founding import found
from cluebook.ledger import sheets
from cluebook.ledger.completions import completions
from cluebook.ledger.ledger import Ledger
from cluebook.seeds.office import departments
from cluebook.verification import verified
from cluebook.watch import round as rounds

LANG = "en"
DEPARTMENTS = tuple(each.name for each in departments(LANG)[2:6])
SATURDAY = 5
LOOKS = (time(8, 50), time(16, 30))
GROUNDS = {
    Urgency.URGENT: Ground.ACT_NOW,
    Urgency.IMPORTANT: Ground.LOOPHOLE,
    Urgency.GENERAL: Ground.ORDINARY,
}
USUAL = {Urgency.URGENT: 4, Urgency.IMPORTANT: 8, Urgency.GENERAL: 13}
"""Working days that a department takes when nothing gets in the way."""

_LINE = re.compile(r"^\d+\. (\S+)  (.+), due (\d+ \w+ \d{4}): (.+?)\r?$", re.MULTILINE)
_OPEN_MARK = "~$ledger.xlsx"


@cache
def works(day: date) -> bool:
    """Whether a day is worked; in a year without a notice of holidays that is Monday to Friday (6.4)."""
    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError:
        return day.weekday() < SATURDAY


def days_late(due: date, on: date) -> int:
    """Working days after a due date up to a day."""
    return sum(works(due + timedelta(days=n)) for n in range(1, (on - due).days + 1))


def working_days_later(day: date, count: int) -> date:
    while count > 0:
        day += timedelta(days=1)
        count -= works(day)
    return day


@dataclass
class Fate:
    """What chance has in store for one clue, and when it goes on."""

    slow: bool
    odd: str | None
    ready: date
    done: set[str] = field(default_factory=set)


@dataclass
class Year:
    """An office and what was seen of it.

    Attributes:
        folder: where it is.
        chance: decides everything that is not the program's.
        a_day: how many clues come in on a working day, on average.
        slow: the share of them that people leave lying.
        mailed: each reminder that arrived: to whom, about which deadline of which clue, at which step.
        late: each missed deadline, by the day on which it was seen to be.
        counts: how often things happened.
        refused: what a button answered, by its code.
    """

    folder: Path
    chance: random.Random
    a_day: float
    slow: float
    mailed: set[tuple[str, ...]] = field(default_factory=set)
    late: dict[tuple[str, str, date], date] = field(default_factory=dict)
    fates: dict[str, Fate] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    mailbox: Mailbox = field(default_factory=Mailbox)
    port: int = field(default_factory=free_port)
    off_until: date = date.min

    @property
    def path(self) -> Path:
        return self.folder / "ledger.xlsx"

    def ledger(self) -> Ledger:
        return sheets.read(FileBook(self.path))


def open_office(folder: Path, seed: int, first: date, a_day: float, slow: float = 0.15) -> Year:
    """Found the office, with people in every role and a mail server."""
    found(folder, LANG, None, first, macro_free=True)
    year = Year(folder, random.Random(seed), a_day, slow)
    (folder / "cluebook.toml").write_text(
        f'[mail]\nhow = "smtp"\nhost = "127.0.0.1"\nport = {year.port}\nsecurity = "none"\nsender = "office@example.com"\n'
    )
    book = FileBook(year.path)
    with book.open():
        book.write([], sheets.new_rows(_people(), book, LANG))
    return year


def _people() -> Iterator[Person]:
    ours = departments(LANG)[0].name
    roles = {
        "Wang": "Clue clerk",
        "Zhou": "Head of the clue office; Analysis reviewer",
        "Li": "Analyst",
        "Sun": "Supervisor",
        "Lin": "Senior manager",
    }
    for name, role in roles.items():
        yield Person(name=name, department=ours, roles=tuple(role.split("; ")), email=f"{name}@example.com")
    for n, department in enumerate(DEPARTMENTS):
        for name, role in ((f"Head{n}", "Department head"), (f"Handler{n}", "Handler")):
            yield Person(name=name, department=department, roles=(role,), email=f"{name}@example.com")


def live(year: Year, first: date, last: date) -> None:
    """Live through the days; whatever must always hold is asserted on the way."""
    day = first
    while day <= last:
        _live_one(year, day)
        day += timedelta(days=1)


def _live_one(year: Year, day: date) -> None:
    chance, counts = year.chance, year.counts
    if day > year.off_until and chance.random() < 0.03:
        year.off_until = day + timedelta(days=chance.choice((0, 0, 1, 2)))
    is_off, is_open = day <= year.off_until, chance.random() < 0.08
    counts["days"] += 1
    counts["days off"] += not works(day)
    counts["days without the computer"] += is_off
    mark = year.folder / _OPEN_MARK
    for n, at in enumerate(LOOKS):
        if n == 1 and works(day):
            _work(year, day)
        if is_off and n < len(LOOKS) - 1:
            continue  # switched on in the evening only
        if is_open and n == 0 and works(day):
            mark.write_bytes(b"\x04Wang" + b" " * 160)
            counts["mornings with the ledger open"] += 1
        _look(year, datetime.combine(day, at), is_open=mark.exists())
        mark.unlink(missing_ok=True)


def _look(year: Year, at: datetime, *, is_open: bool) -> None:
    """Let the watch look, as the system has it look, with the mail server in whatever state it is."""
    if not rounds.is_called_for(year.path, at):
        return
    state = year.chance.choices(("up", "away", "busy"), (85, 10, 5))[0]
    year.mailbox.spurns = "451 try again later" if state == "busy" else None
    with ExitStack() as stack:
        if state != "away":
            stack.enter_context(served(year.mailbox, year.port))
        done = rounds.look(year.path, at).done
    assert works(at.date()) or not done, at
    for each in done:
        assert each.error is None or each.job.id == "remind", (at, each.job.id, each.error)
        year.counts[f"{each.job.id} {each.ran.result}"] += 1
    results = {each.job.id: each.ran.result for each in done}
    if not (year.mailbox.taken or results.get("escalate")):
        return
    held = year.ledger()
    _judge_mail(year, at, held)
    if results.get("flag") == results.get("escalate") == "done" and not is_open:
        _judge_notice(year, at, held, is_mailed=results.get("remind") == "done")


def _judge_mail(year: Year, at: datetime, held: Ledger) -> None:
    """Nobody hears anything twice, on a day off, or of a clue that is suspended; each gets one mail a day at most."""
    resting = {c.number for c in held.records(Clue) if c.stage is Stage.SUSPENDED}
    for (to,), message in year.mailbox.taken:
        assert works(at.date()), at
        assert (to, str(at.date())) not in year.mailed, (to, at)
        year.mailed.add((to, str(at.date())))
        year.counts["mails"] += 1
        for number, deadline, due, state in _LINE.findall(message.get_body(("plain",)).get_content()):
            assert number not in resting, (at, number)
            reminder = (to, number, deadline, str(_day(due)), _step(state))
            assert reminder not in year.mailed, reminder
            year.mailed.add(reminder)
            year.counts["reminders"] += 1
    year.mailbox.taken.clear()


def _day(words: str) -> date:
    return datetime.strptime(words, "%d %B %Y").date()


def _step(state: str) -> str:
    """The step of the ladder that a line of a mail stands for."""
    if "left" in state or "today" in state:
        return "due" if "today" in state else "soon"
    return "reported" if int(state.split(maxsplit=1)[0]) >= 5 else "late"


def _judge_notice(year: Year, at: datetime, held: Ledger, *, is_mailed: bool) -> None:
    """After a look everything that is late is marked, ordered and, with a server, mailed; and nothing else is."""
    orders = {(u.clue, u.deadline, u.due) for u in held.records(Urge) if u.number}
    told = {
        reminder[1:4] for reminder in year.mailed if len(reminder) > 2 and reminder[4] in {"late", "reported"}
    }
    for clue in held.records(Clue):
        missed = _missed(clue, at.date())
        if clue.stage not in _AT_WORK:
            continue
        assert bool(missed) == (clue.overdue_kind is not None), (at, clue.number, missed, clue.overdue_kind)
        for deadline, due in missed:
            year.late.setdefault((clue.number, deadline, due), at.date())
            assert (clue.number, deadline, due) in orders, (at, clue.number, deadline, due)
            assert (clue.number, deadline, str(due)) in told or not is_mailed, (
                at,
                clue.number,
                deadline,
                due,
            )


def judge_end(year: Year) -> None:
    """What was late is known of every closed clue and nothing else is; every order stands once, on a working day.

    And the program finds nothing in the ledger that it did not put there.
    """
    held, verdict = year.ledger(), verified(FileBook(year.path))
    assert (verdict.trail, verdict.by_hand) == ((), ())
    year.counts["closed"] = 0
    for clue in held.records(Clue):
        if clue.stage is Stage.CLOSED:
            year.counts["closed"] += 1
            ended = {
                "Receipt overdue": (clue.receipt_due, clue.received_at),
                "First step overdue": (clue.milestone_due, clue.milestone_at),
                "Handling overdue": (clue.completion_due, clue.completed_at),
            }
            late = {name for name, (due, at) in ended.items() if due and at and days_late(due, at.date())}
            year.counts["closed late"] += bool(late)
            assert {name for name in ended if name in (clue.overdue_kind or "")} == late, clue.number
    orders = held.records(Urge)
    assert len({(u.clue, u.deadline, u.due, u.kind, u.issued_at.date() < u.due) for u in orders}) == len(
        orders
    )
    assert all(works(order.issued_at.date()) for order in orders)
    year.counts.update(f"entered {order.kind.text.en.lower()}" for order in orders)
    done = [(each.at.date(), each.due) for each in completions(held) if each.due]
    year.counts["completed"], year.counts["completed in time"] = (
        len(done),
        sum(not days_late(due, on) for on, due in done),
    )


_AT_WORK = {Stage.ROUTED, Stage.IN_HANDLING, Stage.SUSPENDED}


def _missed(clue: Clue, today: date) -> list[tuple[str, date]]:
    """What a clue is late for, of the four kinds, by our own count."""
    due = {}
    if clue.stage is Stage.ROUTED:
        due["Receipt"] = clue.receipt_due
    if clue.stage is Stage.IN_HANDLING:
        due["First step"] = None if clue.milestone_at else clue.milestone_due
        due["Completion"] = None if clue.completed_at else clue.completion_due
    return [(name, day) for name, day in due.items() if day and days_late(day, today)]


def _work(year: Year, day: date) -> None:
    """Let people do what they get to on a working day, those clues together that take the same step."""
    at = datetime.combine(day, time(10))
    _enter(year, day, at)
    groups: dict[tuple[str, str], list[tuple[int, Clue]]] = {}
    for row in year.ledger().rows(Clue):
        fate = year.fates.get(row.record.entry_no or "")
        if fate and fate.ready <= day and (wish := _wish(row.record, fate, day)):
            groups.setdefault(wish, []).append((row.number, row.record))
    for n, ((action, kind), picked) in enumerate(sorted(groups.items(), key=lambda item: item[0]), start=1):
        alone = action in {"extend", "suspend"}
        for batch in ([each] for each in picked) if alone else (picked,):
            options = _options(action, kind, batch[0][1], day)
            rows = tuple(number for number, _ in batch)
            by = "Zhou" if action in {"approve", "close", "decide"} else "Wang"
            plan = press(
                year.folder, action, rows=rows, at=at + timedelta(minutes=2 * n), by=by, **options
            ).plan
            year.counts[f"pressed {action}"] += len(plan.done)
            year.refused.update(f"{action} {problem.code}" for problem in plan.problems)
            for _, clue in batch:
                fate = year.fates[clue.entry_no or ""]
                fate.done.add(kind or action)
                fate.ready = working_days_later(day, _pause(year, clue, action, fate))


def _enter(year: Year, day: date, at: datetime) -> None:
    chance = year.chance
    count = int(year.a_day) + (chance.random() < year.a_day % 1)
    typed = []
    for n in range(count):
        urgency = chance.choices(list(Urgency), (10, 30, 60))[0]
        place = chance.randrange(len(DEPARTMENTS))
        known = review_of(LANG) | {"urgency": urgency, "ground": GROUNDS[urgency]}
        typed.append(
            new_clue(
                LANG, found_at=at - timedelta(hours=20), matter=f"Roof {day:%m%d}-{n}", **known, **NAMED,
                department=DEPARTMENTS[place], routing_reason="It looks after it", handler=f"Handler{place}",
                satisfaction=Satisfaction.SATISFIED,
            )
        )  # fmt: skip
    if not typed:
        return
    book = FileBook(year.path)
    with book.open():
        book.write([], sheets.new_rows(typed, book, LANG))
        rows = tuple(row.number for row in sheets.read(book).rows(Clue)[-count:])
    for entry in press(year.folder, "add", rows=rows, at=at).plan.done:
        odd = chance.choices((None, "extend", "suspend", "redo"), (76, 8, 8, 8))[0]
        year.fates[entry] = Fate(chance.random() < year.slow, odd, working_days_later(day, 1))
    year.counts["clues"] += count


STEPS: Mapping[Stage, str] = {
    Stage.REGISTERED: "accept",
    Stage.ACCEPTED: "analyse",
    Stage.IN_REVIEW: "approve",
    Stage.APPROVED: "route",
    Stage.ROUTED: "receive",
}


def _wish(clue: Clue, fate: Fate, day: date) -> tuple[str, str] | None:
    """The button to press on a clue, and on what occasion."""
    if clue.stage in STEPS:
        return STEPS[clue.stage], ""
    ahead = {
        Stage.FED_BACK: _after_feedback,
        Stage.IN_HANDLING: _in_handling,
        Stage.AWAITING_MEETING: _after_feedback,
    }
    steps = ahead[clue.stage](clue, fate, day) if clue.stage in ahead else ()
    return next((step for step in steps if (step[1] or step[0]) not in fate.done), None)


def _after_feedback(clue: Clue, fate: Fate, _day: date) -> Iterator[tuple[str, str]]:
    if fate.odd == "redo":
        yield "redo", ""
    if clue.urgency is Urgency.URGENT:
        yield "meet", ""
    yield "close", ""


def _in_handling(clue: Clue, fate: Fate, day: date) -> Iterator[tuple[str, str]]:
    if clue.urgency is Urgency.IMPORTANT:
        yield "plan", ""
    yield "log", "begun"
    if fate.odd == "extend" and (clue.completion_due or day) > day:
        yield from (("extend", ""), ("decide", ""))
    if fate.odd == "suspend":
        yield "suspend", ""
    yield from (("tick", ""), ("feedback", ""), ("feedback", "once more"))


def _options(action: str, kind: str, clue: Clue, day: date) -> dict[str, Any]:
    due = clue.completion_due or day
    return {
        "analyse": {"report": REPORT, "alternative": OPTION},
        "plan": {"plan": HandlingPlan(goal="Dry", measures="Mend", division="Handler", schedule="A week")},
        "log": {"line": LINE, "milestone": kind == "begun"},
        "extend": {
            "application": Extension(progress="Half", reason="Parts", new_due=working_days_later(due, 2))
        },
        "decide": {"decision": Decision.GRANTED, "opinion": "Granted", "decided_by": "Zhou"},
        "suspend": {
            "pause": Pause(
                reason=PauseReason.OTHER, note="Weather", until=working_days_later(day, 6), approved_by="Zhou"
            )
        },
        "tick": {"item": TICKS, "evidence": "Report 1"},
        "feedback": {"report": FEEDBACK},
        "meet": {"meeting": Meeting(kind=MeetingKind.FEEDBACK, issues="The roof", decisions="Well done")},
        "redo": {"opinion": "Say why"},
    }.get(action, {})


def _pause(year: Year, clue: Clue, action: str, fate: Fate) -> int:
    """The working days until people get to the next step of a clue."""
    chance = year.chance
    if action == "route":
        return chance.choice((0, 0, 1)) + (chance.choice((0, 2, 4)) if fate.slow else 0)
    if action == "receive":
        return chance.choice((0, 1)) + (chance.choice((0, 3)) if fate.slow else 0)
    if action == "log":
        usual = USUAL[clue.urgency or Urgency.GENERAL]
        return chance.randint(1, usual - 2) + (chance.randint(2, usual) if fate.slow else 0)
    return chance.choice((0, 1))
