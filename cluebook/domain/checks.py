"""What must be right about a row, whatever its stage: one function a rule, listed in CHECKS.

A check is told the clue and the office's facts and returns the faults it finds; it raises nothing. A
new rule is one function and its name in CHECKS.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from cluebook.domain.clue import ChannelGroup, Clue, Nature, Stage
from cluebook.domain.fields import YesNo, column_of, columns
from cluebook.domain.lifecycle import stage_of
from cluebook.domain.office import Category, Channel, Department, Person
from cluebook.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a row is checked against: the office's lists, its settings, the present moment.

    A list that is empty is not kept by the office, and nothing is checked against it.
    """

    now: datetime
    shortest_description: int = 15
    departments: frozenset[str] = frozenset()
    people: Mapping[str, frozenset[str]] = field(default_factory=dict)
    channels: frozenset[tuple[ChannelGroup | None, str | None]] = frozenset()
    categories: frozenset[tuple[Nature | None, str | None]] = frozenset()


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a row: which column, what is wrong, what to do."""

    code: str
    field: str
    wrong: Text
    fix: Text


def facts_of(
    now: datetime,
    shortest_description: int,
    departments: Sequence[Department],
    people: Sequence[Person],
    channels: Sequence[Channel],
    categories: Sequence[Category],
) -> Facts:
    """Return the facts that the office's sheets state; entries that are switched off do not count."""
    staff: dict[str, set[str]] = {}
    for person in people:
        if person.name and person.active is not YesNo.NO:
            staff.setdefault(person.department or "", set()).add(person.name)
    return Facts(
        now=now,
        shortest_description=shortest_description,
        departments=frozenset(d.name for d in departments if d.name and d.active is not YesNo.NO),
        people={department: frozenset(names) for department, names in staff.items()},
        channels=frozenset((c.group, c.name) for c in channels if c.active is not YesNo.NO),
        categories=frozenset((c.nature, c.subtype) for c in categories if c.active is not YesNo.NO),
    )


def faults(clue: Clue, facts: Facts) -> list[Fault]:
    """Return everything that is wrong with a row."""
    return [fault for check in CHECKS for fault in check(clue, facts)]


def required_filled(clue: Clue, _facts: Facts) -> Iterator[Fault]:
    """Columns that every clue needs (C4)."""
    for column in columns(Clue):
        if column.required and getattr(clue, column.name) is None:
            yield Fault(
                "required_missing",
                column.name,
                Text("必填项为空。", "This must be filled in."),
                Text("请填写。", "Fill it in."),
            )


def description_long_enough(clue: Clue, facts: Facts) -> Iterator[Fault]:
    """The description says more than a few words, and more than the matter (C4)."""
    text = (clue.description or "").strip()
    if text and len(text) < facts.shortest_description:
        wrong = Text("描述只有 {n} 个字，过短。", "The description has only {n} characters.")
        fix = Text("请写到 {least} 个字以上。", "Write at least {least} characters.")
        yield Fault(
            "description_short",
            "description",
            wrong.fill(n=len(text)),
            fix.fill(least=facts.shortest_description),
        )
    if text and text == (clue.matter or "").strip():
        wrong = Text("描述与涉及事项相同。", "The description only repeats the matter.")
        yield Fault("description_repeats", "description", wrong, Text("请写明经过。", "Give the account."))


def texts_storable(clue: Clue, _facts: Facts) -> Iterator[Fault]:
    """Every text can stand in a cell: no control characters, not longer than Excel allows."""
    yield from unstorable(clue)


def unstorable(record: object) -> Iterator[Fault]:
    """Return the faults of texts of any record that no cell can hold."""
    for column in columns(type(record)):
        value = getattr(record, column.name)
        if not isinstance(value, str):
            continue
        if (length := _length(value)) > LONGEST_TEXT:
            wrong = Text(
                "有 {n} 个字，超过单元格上限 {most}。", "It has {n} characters; a cell holds {most}."
            )
            fix = Text("请缩短，全文作为附件保存。", "Shorten it and keep the full text as an attachment.")
            yield Fault("text_too_long", column.name, wrong.fill(n=length, most=LONGEST_TEXT), fix)
        if _UNSTORABLE.search(value):
            wrong = Text(
                "含有单元格存不下的控制字符。", "It holds control characters that no cell can store."
            )
            yield Fault("text_unholdable", column.name, wrong, Text("请删去这些字符。", "Remove them."))


def _length(text: str) -> int:
    """Return the length as Excel counts it: a character beyond the basic plane counts twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


LONGEST_TEXT = 32_767
"""Characters that one cell holds."""

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def found_in_the_past(clue: Clue, facts: Facts) -> Iterator[Fault]:
    """The time of discovery is not in the future (C4)."""
    if clue.found_at and clue.found_at > facts.now:
        yield Fault(
            "found_in_future",
            "found_at",
            Text("发现时间晚于现在。", "This is in the future."),
            Text("请核对日期。", "Check the date."),
        )


def dates_in_order(clue: Clue, _facts: Facts) -> Iterator[Fault]:
    """What happened later bears the later time."""
    moments = [(name, at) for name in _IN_ORDER if (at := getattr(clue, name)) is not None]
    for (earlier, before), (later, after) in pairwise(moments):
        if after < before:
            wrong = Text("早于“{other}”。", "This is before “{other}”.").fill(
                other=column_of(Clue, earlier).text
            )
            yield Fault("dates_out_of_order", later, wrong, Text("请核对两个日期。", "Check both dates."))


_IN_ORDER = (
    "found_at",
    "collected_at",
    "delivered_at",
    "reviewed_at",
    "approved_at",
    "routed_at",
    "received_at",
    "completed_at",
    "fed_back_at",
    "closed_at",
)


def channel_known(clue: Clue, facts: Facts) -> Iterator[Fault]:
    """The channel is on the list, under its group (C1, C2)."""
    if clue.channel and facts.channels and not _is_among(facts.channels, clue.channel_group, clue.channel):
        yield _not_listed("channel", Text("来源渠道", "Channels"))


def subtype_of_nature(clue: Clue, facts: Facts) -> Iterator[Fault]:
    """The subtype belongs to the nature (Z1)."""
    if clue.subtype and facts.categories and not _is_among(facts.categories, clue.nature, clue.subtype):
        wrong = Text("子类不属于所选性质。", "The subtype does not belong to the nature.")
        yield Fault(
            "subtype_of_other_nature",
            "subtype",
            wrong,
            Text("请重选性质或子类。", "Choose the nature or the subtype again."),
        )


def departments_known(clue: Clue, facts: Facts) -> Iterator[Fault]:
    """Departments are on the list and in use (G6)."""
    for name in ("collecting_department", "department", "involved_departments", "joint_departments"):
        value = getattr(clue, name)
        named = value if isinstance(value, tuple) else (value,) if value else ()
        if facts.departments and not facts.departments.issuperset(named):
            yield _not_listed(name, Text("部门", "Departments"))


def people_known(clue: Clue, facts: Facts) -> Iterator[Fault]:
    """People are on the list and active, and the handler belongs to the department (G3, L7)."""
    if not facts.people:
        return
    everybody = frozenset().union(*facts.people.values())
    for name in ("reviewer", "analyst", "handler"):
        if (who := getattr(clue, name)) and who not in everybody:
            yield _not_listed(name, Text("人员", "People"))
    if (
        clue.handler in everybody
        and clue.department
        and clue.handler not in facts.people.get(clue.department, ())
    ):
        wrong = Text("承办人不属于责任部门。", "The handler does not belong to the department.")
        yield Fault(
            "handler_elsewhere",
            "handler",
            wrong,
            Text("请选责任部门的人员。", "Choose somebody of that department."),
        )


def numbered_when_accepted(clue: Clue, _facts: Facts) -> Iterator[Fault]:
    """A clue has its number from acceptance on, and not before (Z7)."""
    unnumbered = stage_of(clue) in {Stage.DRAFT, Stage.REGISTERED, Stage.INCOMPLETE, Stage.REJECTED}
    # What was accepted once, and came back from a transfer, bears the version of the policy and keeps its number.
    if unnumbered and clue.number and not clue.policy:
        wrong = Text("未受理的线索不应有编号。", "A clue that is not accepted has no number.")
        yield Fault(
            "number_too_early",
            "number",
            wrong,
            Text("请清空编号，由受理时编发。", "Clear it; acceptance gives the number."),
        )
    if (
        not unnumbered
        and not clue.number
        and stage_of(clue) not in {Stage.MERGED, Stage.WITHDRAWN, Stage.TRANSFERRED, Stage.IN_TRANSFER}
    ):
        wrong = Text("已受理的线索没有编号。", "An accepted clue has no number.")
        yield Fault(
            "number_missing",
            "number",
            wrong,
            Text("请按流转记录恢复编号。", "Restore the number from the events sheet."),
        )


def _is_among(pairs: frozenset[tuple[Any, str | None]], group: object, name: str) -> bool:
    """Return whether a name is listed under its group, or under any while the group is still blank."""
    return (group, name) in pairs if group else any(name == listed for _, listed in pairs)


def _not_listed(field: str, sheet: Text) -> Fault:
    wrong = Text(
        "不在“{sheet}”表中，或已停用。", "This is not on the {sheet} sheet, or not active there."
    ).fill(sheet=sheet)
    fix = Text(
        "请从下拉列表选择，或先在“{sheet}”表登记。",
        "Choose from the list, or add it to the {sheet} sheet first.",
    )
    return Fault("not_listed", field, wrong, fix.fill(sheet=sheet))


CHECKS: tuple[Callable[[Clue, Facts], Iterator[Fault]], ...] = (
    required_filled,
    description_long_enough,
    texts_storable,
    found_in_the_past,
    dates_in_order,
    channel_known,
    subtype_of_nature,
    departments_known,
    people_known,
    numbered_when_accepted,
)
"""Every rule, in the order in which its problems are listed."""
