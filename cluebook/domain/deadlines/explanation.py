"""How a due date comes about, in words that a clerk can check (procedure, section 6)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from cluebook.domain.case import Case
from cluebook.domain.clue import Clue
from cluebook.domain.deadlines.due import counted, last_day, moment_of, start_of
from cluebook.domain.deadlines.limits import Allowance, Clocks, limit_for
from cluebook.domain.deadlines.moments import Moment
from cluebook.domain.deadlines.pauses import paused_days
from cluebook.domain.deadlines.table import DEADLINES, Deadline
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
_WITHIN = Text(
    "事发后最多 {days} 个自然日，其中最后一个工作日为 {due}；{how}",
    "At most {days} calendar days after the event, of which the last working day is {due}. {how}",
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
    at = moment_of(deadline, case, clocks)
    start = start_of(at, clocks) if at else None
    allowance = limit_for(deadline.id, case.clue, clocks, start) if start else None
    if at is None or start is None or allowance is None:
        return None
    original = (case.clue.original_due or due) if deadline.due_field == "completion_due" else due
    paused = paused_days(case, at, deadline.paused_by)
    is_late = _is_received_late(deadline, case, start, clocks)
    last = last_day(deadline, at, clocks)
    return _told(deadline.id, start, is_late, allowance, paused, original, due, clocks, last)


@lru_cache(maxsize=1 << 14)  # clues by the thousand share their few starting days
def _told(
    deadline_id: str,
    start: date,
    is_late: bool,
    allowance: Allowance,
    paused: int,
    original: date,
    due: date,
    clocks: Clocks,
    last: date,
) -> Text:
    """Return in words what a due date is made of; the same few answers serve a whole ledger."""
    allowed = counted(start, allowance, clocks, paused)
    now = min(allowed, last)
    told = [_KEPT.fill(due=original, now=now)]
    if now == original:
        begin = _LATE_RECEIPT if is_late else _name_of_start(DEADLINES[deadline_id], clocks)
        how = _how(start, allowance, paused, allowed, clocks)
        if now != allowed:
            how = _WITHIN.fill(days=DEADLINES[deadline_id].within, due=now, how=how)
        told = [_FROM.fill(start=begin, how=how)]
        told += [_PAUSED.fill(days=paused)] if paused else []
    if original != due:
        told.append(_EXTENDED.fill(original=original, due=due))
    return join(told, "", " ")


def _how(start: date, allowance: Allowance, paused: int, due: date, clocks: Clocks) -> Text:
    if allowance.unit is DayUnit.WORKING:
        return explain(start, allowance.days + paused, clocks.calendar)
    return _CALENDAR_DAYS.fill(start=start, days=allowance.days, due=due)


def _is_received_late(deadline: Deadline, case: Case, start: date, clocks: Clocks) -> bool:
    """Return whether the clock started with the last day for the receipt, which came later (T17)."""
    received = case.clue.received_at
    counts_from_receipt = deadline.from_routing is not None and not clocks.from_routing
    return counts_from_receipt and received is not None and start < received.date()


def _name_of_start(deadline: Deadline, clocks: Clocks) -> Text:
    starts = (clocks.from_routing and deadline.from_routing) or deadline.starts
    if isinstance(starts, Moment):
        return starts.text
    return column_of(Clue, starts).text if starts else same("")
