"""Conditions of following up, urging and putting right (K1 to K6)."""

from __future__ import annotations

from cluebook.domain.case import Case
from cluebook.domain.clue import Clue
from cluebook.domain.fields import YesNo
from cluebook.domain.guards.guard import Guard, filled
from cluebook.domain.records import FollowUp, Rectification, Urge
from cluebook.text import Text


def unsettled(case: Case) -> list[Urge]:
    """Return the orders about a clue that nobody settled yet, in the order in which they went out."""
    return [urge for urge in case.all(Urge) if urge.settled is not YesNo.YES]


def open_items(case: Case) -> list[Rectification]:
    """Return what was found wrong with a clue and is not settled, in the order in which it was found."""
    return [item for item in case.all(Rectification) if item.closed_on is None]


def _is_first_today(case: Case) -> bool:
    *earlier, sent = case.all(Urge)
    return all(u.kind is not sent.kind or _day(u) is None or _day(u) != _day(sent) for u in earlier)


def _day(urge: Urge) -> object:
    return urge.issued_at.date() if urge.issued_at else None


SUPERVISION = (
    Guard(
        "follow",
        "progress_impossible",
        FollowUp,
        "progress",
        lambda c: 0 <= (c.all(FollowUp)[-1].progress or 0) <= 100,
        Text("进度应在 0 至 100 之间。", "The progress is not between 0 and 100."),
        Text("请填百分数。", "Give it in percent."),
        "K1",
    ),
    filled(
        "urge",
        Clue,
        "department",
        Text("还没有责任部门，无从催办。", "No department is responsible yet; there is nobody to urge."),
        Text("请先流转（route）。", "Route it first (route)."),
        "K3",
    ),
    Guard(
        "urge",
        "urged_today",
        Urge,
        "issued_at",
        _is_first_today,
        Text("今天已就此线索发过同类催办。", "It was urged in the same way today already."),
        Text("请改日再催，或改用督办单（--kind）。", "Wait a day, or use a stronger kind (--kind)."),
        "K3",
    ),
    Guard(
        "answer_order",
        "no_order_open",
        Urge,
        "number",
        lambda c: bool(unsettled(c)),
        Text("没有尚未销号的催办或督办。", "No reminder or order is open."),
        Text("请核对线索编号。", "Check the number of the clue."),
        "T33",
    ),
    filled(
        "rectify",
        Rectification,
        "finding",
        Text("没有写明发现的问题。", "What was found wrong is not said."),
        Text("请填写问题（--finding）。", "Say what it is (--finding)."),
        "K6",
    ),
    filled(
        "rectify",
        Rectification,
        "owner",
        Text("没有写明整改责任人。", "Nobody is named to put it right."),
        Text("请填写责任人（--owner）。", "Name who does (--owner)."),
        "K6",
    ),
    Guard(
        "recheck",
        "nothing_to_recheck",
        Rectification,
        "number",
        lambda c: bool(open_items(c)),
        Text("没有尚未销号的整改事项。", "Nothing found wrong with it is open."),
        Text("请核对线索编号。", "Check the number of the clue."),
        "K6",
    ),
)
