"""Conditions of leaving the office: merged into another clue, transferred, or sent to a department (T07 to T10, G5, 3.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cluebook.domain.case import Case
from cluebook.domain.clue import OVER, Clue, Nature, Stage
from cluebook.domain.guards.guard import Guard, filled, is_filled, named_in
from cluebook.domain.masking import is_guarded, telling_fields
from cluebook.domain.records import Reporter, Transfer
from cluebook.text import Text

ALL_THE_SAME = "all_the_same"
"""What an action was told: the clue goes out although its addressee is concerned, and why."""


def _gives_nobody_away(case: Case) -> bool:
    """Return whether the texts of a clue whose reporter is guarded are free of what the reporter told of themselves."""
    return not (is_guarded(case.clue) and telling_fields(case.clue, case.all(Reporter)))


def _is_neutral(name: str | None, case: Case) -> bool:
    return ALL_THE_SAME in case.flags or not named_in(name, case.clue)


def _outgoing(step: str) -> Iterator[Guard]:
    """Yield what must hold before a clue leaves the office (G5, trust 35 and 39)."""
    yield Guard(
        step,
        "reporter_in_text",
        Clue,
        "description",
        _gives_nobody_away,
        Text(
            "匿名或保密线索的文字中含有反映人本人的信息，不能外发。",
            "The reporter of this clue is guarded, and its texts hold the reporter's own data; it cannot go out.",
        ),
        Text(
            "请隐去姓名、电话等（check 会指出是哪一栏），原文作为附件保存。",
            "Take out name, telephone and the like (check names the columns); keep the original as an attachment.",
        ),
        "G5",
    )


def _addressed(step: str) -> Guard:
    return Guard(
        step,
        "department_is_subject",
        Clue,
        "department",
        lambda c: _is_neutral(c.clue.department, c),
        Text(
            "责任部门就是涉及对象，不宜由其办理。",
            "The department is what the clue is about, and would judge itself.",
        ),
        Text(
            "请改转其他部门；确需照转的，写明理由（--despite）。",
            "Route it elsewhere; if it must go there, say why (--despite).",
        ),
        "3.4",
        lifted_by="despite",
    )


def _master(code: str, holds: Callable[[Case], bool], wrong: Text, fix: Text) -> Guard:
    return Guard("merge", code, Clue, "master_number", holds, wrong, fix, "T07")


MERGER = (
    _master(
        "master_unknown",
        lambda c: c.master is not None,
        Text("找不到主案。", "There is no such master clue."),
        Text("请用 --master 给出主案编号。", "Give the number of the master clue with --master."),
    ),
    _master(
        "master_is_itself",
        lambda c: c.master is None or c.master.entry_no != c.clue.entry_no,
        Text("线索不能并入自身。", "A clue cannot be merged into itself."),
        Text("请核对主案编号。", "Check the number of the master clue."),
    ),
    _master(
        "master_unnumbered",
        lambda c: c.master is None or c.master.number is not None or c.master.stage in OVER,
        Text("主案尚未受理，没有编号。", "The master clue is not accepted and has no number."),
        Text("请先受理主案（accept）。", "Accept the master clue first (accept)."),
    ),
    _master(
        "master_merged",
        lambda c: c.master is None or c.master.stage is not Stage.MERGED,
        Text("主案本身已并入另一线索。", "The master clue is itself merged into another."),
        Text("请并入它的主案。", "Merge into its master."),
    ),
    _master(
        "master_over",
        lambda c: c.master is None or c.master.stage not in OVER - {Stage.MERGED},
        Text("主案已经办结或不再办理。", "The master clue is closed or no longer handled."),
        Text(
            "请先重新办理主案（reopen）；没有新情况的，按已办结的重复反映不予受理（reject）。",
            "Reopen it first (reopen); if there is nothing new, do not accept this one as settled (reject).",
        ),
    ),
)

TRANSFER = (
    filled(
        "transfer",
        Transfer,
        "receiver",
        Text("没有写明移送给谁。", "It does not say to whom it goes."),
        Text("请填接收单位。", "Name the receiver."),
        "T08",
    ),
    filled(
        "transfer",
        Transfer,
        "reason",
        Text("没有写明移送事由。", "It does not say why it is transferred."),
        Text("请填移送事由。", "Give the reason."),
        "T08",
    ),
    filled(
        "transfer",
        Transfer,
        "basis",
        Text("没有写明移送依据。", "It does not say on what basis."),
        Text("请填依据的法规或制度条款。", "Name the law or rule."),
        "T08",
    ),
    Guard(
        "transfer",
        "approval_missing",
        Transfer,
        "approved_by",
        lambda c: c.clue.nature is not Nature.COMPLIANCE or is_filled(c.approver),
        Text(
            "合规类线索移送须经高层领导批准。",
            "Senior management approves the transfer of a compliance clue.",
        ),
        Text("请填写批准人（--approved-by）。", "Name who approved it (--approved-by)."),
        "T08",
    ),
    Guard(
        "transfer",
        "receiver_is_subject",
        Transfer,
        "receiver",
        lambda c: _is_neutral(getattr(c.last(Transfer), "receiver", None), c),
        Text("接收单位就是涉及对象。", "The receiver is what the clue is about."),
        Text(
            "请另选接收单位；确需移送的，写明理由（--despite）。",
            "Choose another; if it must go there, say why (--despite).",
        ),
        "3.4",
        lifted_by="despite",
    ),
    filled(
        "transferred",
        Transfer,
        "answered_by",
        Text("回执没有接收人。", "The receipt does not say who received it."),
        Text("请填接收人。", "Name who received it."),
        "T09",
    ),
    filled(
        "transfer_refused",
        Transfer,
        "opinion",
        Text("没有写明对方为何不接收。", "It does not say why the receiver refuses."),
        Text("请填接收单位意见。", "Give the receiver's opinion."),
        "T10",
    ),
)

OUTGOING = (
    *_outgoing("transfer"),
    *_outgoing("expedite"),
    _addressed("expedite"),
    *_outgoing("route"),
    _addressed("route"),
)


LEAVING = (*MERGER, *TRANSFER, *OUTGOING)
