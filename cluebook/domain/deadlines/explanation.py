"""How a due date comes about, in words that a clerk can check (procedure, section 6)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from cluebook.domain.case import Case
from cluebook.domain.clue import Clue
from cluebook.domain.deadlines.due import counted, moment_of, start_on
from cluebook.domain.deadlines.limits import Allowance, Clocks, limit_for
from cluebook.domain.deadlines.moments import Moment
from cluebook.domain.deadlines.pauses import paused_days
from cluebook.domain.deadlines.table import Deadline
from cluebook.domain.fields import column_of
from cluebook.domain.office import DayUnit
from cluebook.domain.workdays import explain
from cluebook.text import Text, join, same

_STANDING_STILL = Text(
    "时限停止计算，预计 {due} 恢复；恢复后各期限按停计的工作日顺延。",
    "The clocks stand still until about {due}; then every due date moves on by the working days that passed.",
)
_SAID = Text("日期出自{what}。", "The date is the one in {what}.")
_FROM = Text("自{start}起算：{how}", "Counted from {start}: {how}")
_LATE_RECEIPT = Text("接收期限（逾期接收）", "the day receipt was due (it came late)")
_CALENDAR_DAYS = Text(
    "{start} 起 {days} 个自然日，逢休息日顺延，为 {due}。",
    "{days} calendar days after {start}, moved on to a working day, are {due}.",
)
_PAUSED = Text("其中停计 {days} 个工作日。", "The clock stood still on {days} of these working days.")
_KEPT = Text(
    "起算时定为 {due}；按现行时限和日历应为 {now}。",
    "It was set to {due} when the clock started; by today's limits and calendar it would be {now}.",
)
_EXTENDED = Text("原期限 {original}，经批准延至 {due}。", "Due on {original} at first; extended to {due}.")


def due_in_words(deadline: Deadline, due: date, case: Case, clocks: Clocks) -> Text | None:
    """Return how the due date of a running deadline comes about; ``None`` when nothing tells of it."""
    if deadline.starts is None and deadline.due_field:
        return _STANDING_STILL.fill(due=due)
    if deadline.due and (said := deadline.due.of(case)) == due:
        return _SAID.fill(what=deadline.due.text) if said else None
    at, start = moment_of(deadline, case, clocks), start_on(deadline.id, case, clocks)
    allowance = limit_for(deadline.id, case.clue, clocks, start) if start else None
    if at is None or start is None or allowance is None:
        return None
    paused = paused_days(case, at, deadline.paused_by)
    original = (case.clue.original_due or due) if deadline.due_field == "completion_due" else due
    now = counted(start, allowance, clocks, paused)
    told = [
        _FROM.fill(
            start=_start_in_words(deadline, case, start, clocks), how=_how(start, allowance, paused, clocks)
        )
    ]
    if paused:
        told.append(_PAUSED.fill(days=paused))
    if now != original:
        told = [_KEPT.fill(due=original, now=now)]
    if original != due:
        told.append(_EXTENDED.fill(original=original, due=due))
    return join(told, "", " ")


def _start_in_words(deadline: Deadline, case: Case, start: date, clocks: Clocks) -> Text:
    received = case.clue.received_at
    if deadline.from_routing and not clocks.from_routing and received and start < received.date():
        return _LATE_RECEIPT
    starts = (clocks.from_routing and deadline.from_routing) or deadline.starts
    return starts.text if isinstance(starts, Moment) else _header(starts)


@lru_cache(maxsize=1 << 12)  # clues by the thousand share their few starting days
def _how(start: date, allowance: Allowance, paused: int, clocks: Clocks) -> Text:
    if allowance.unit is DayUnit.WORKING:
        return explain(start, allowance.days + paused, clocks.calendar)
    due = counted(start, allowance, clocks, paused)
    return _CALENDAR_DAYS.fill(start=start, days=allowance.days, due=due)


def _header(field: str | None) -> Text:
    return column_of(Clue, field).text if field else same("")
