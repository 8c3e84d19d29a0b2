"""What each subtype asks a department to do: seven checklists with their branches (procedure H1 to H7).

A new item is one line in CHECKLISTS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from cluebook.domain.case import Case
from cluebook.domain.categories import CATEGORIES
from cluebook.domain.clue import Clue
from cluebook.domain.fields import YesNo
from cluebook.domain.records import CheckItem
from cluebook.text import Lang, Text

Answers = Mapping[str, str]
"""What was filled in, by the id of the item."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be done.

    Attributes:
        id: its name in code.
        text: its name on the sheet.
        note: what to write.
        sound: whether an answer is one that can be.
        needed: whether it has to be done, given the other answers: the branches.
        proof: whether it needs evidence beside the result.
    """

    id: str
    text: Text
    note: Text
    sound: Callable[[str], bool] = bool
    needed: Callable[[Answers], bool] = lambda _answers: True
    proof: bool = False


def _is_answer(word: str) -> bool:
    return word in YesNo.YES.text or word in YesNo.NO.text


def _is_amount(word: str) -> bool:
    return _amount(word) is not None


def _said(item: str, answer: YesNo) -> Callable[[Answers], bool]:
    """Return the branch that is taken when a yes-or-no item was answered so."""
    return lambda answers: answers.get(item, "") in answer.text


def _is_owed(answers: Answers) -> bool:
    return any((_amount(answers.get(item, "")) or 0) > 0 for item in ("tax", "surcharge"))


def _amount(word: str) -> Decimal | None:
    """Return an amount that is not negative, thousands marked or not."""
    try:
        amount = Decimal(word.replace(",", "").replace("，", "").removesuffix("元").strip())
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount >= 0 else None


_YES_OR_NO = Text("填“是”或“否”。", "Yes or No.")
_AMOUNT = Text("金额（元），没有的填 0。", "An amount; 0 if there is none.")

CHECKLISTS: Mapping[str, tuple[Item, ...]] = {
    "quality": (
        Item("inspection", Text("检验分析", "Inspection"), Text("技术检验和分析的结论。", "What the inspection found."), proof=True),
        Item("cause", Text("根本原因", "Root cause"), Text("查明的原因。", "The cause that was found.")),
        Item("correction", Text("整改措施", "Corrective action"), Text("已采取或确定的措施。", "What is done about it.")),
        Item("told", Text("告知客户", "Customer told"), Text("告知进度和结果的方式。", "How progress and result were told.")),
    ),
    "service": (
        Item("contact", Text("沟通情况", "Contact"), Text("与客户沟通的经过。", "How the customer was spoken to.")),
        Item("need", Text("客户需求", "Need"), Text("客户要解决什么。", "What the customer wants.")),
        Item("improvement", Text("流程优化", "Process change"), Text("服务流程的改进；不需要的写明理由。", "What changes in the process, or why nothing needs to.")),
        Item("callback", Text("回访", "Call-back"), Text("回访的结果，满意度记入台账。", "What the call back gave; satisfaction goes into the ledger.")),
    ),
    "dispute": (
        Item("negotiation", Text("协商经过", "Negotiation"), Text("轮次、参加人和要点。", "Rounds, who took part, main points.")),
        Item("agreed", Text("是否达成一致", "Agreed"), _YES_OR_NO, sound=_is_answer),
        Item("plan", Text("双方接受的方案", "Agreed plan"), Text("达成一致的填写。", "If agreed."), needed=_said("agreed", YesNo.YES)),
        Item("legal_opinion", Text("法律意见", "Legal opinion"), Text("协商不成的填写。", "If not agreed."), needed=_said("agreed", YesNo.NO), proof=True),
        Item("legal_route", Text("法律途径", "Legal route"), Text("协商不成的，写明移送法务或诉讼、仲裁。", "If not agreed: referral, lawsuit or arbitration."), needed=_said("agreed", YesNo.NO)),
    ),
    "misconduct": (
        Item("opened", Text("启动调查", "Investigation opened"), Text("何人何时开始调查。", "Who began, and when.")),
        Item("verified", Text("是否查实", "Verified"), _YES_OR_NO, sound=_is_answer, proof=True),
        Item("decision", Text("处理决定", "Decision"), Text("查实的，写明如何处理。", "If verified: what was decided."), needed=_said("verified", YesNo.YES)),
        Item("reported", Text("上报主管部门", "Reported to superiors"), Text("查实的，写明上报何部门。", "If verified: to whom it was reported."), needed=_said("verified", YesNo.YES), proof=True),
    ),
    "tax": (
        Item("self_check", Text("会同财务自查", "Self-check with finance"), Text("自查的范围和结果。", "What was checked and found."), proof=True),
        Item("correction", Text("整改情况", "Correction"), Text("如何纠正；无问题的写明。", "How it was put right, or that nothing was wrong.")),
        Item("tax", Text("补缴税款", "Tax paid"), _AMOUNT, sound=_is_amount),
        Item("surcharge", Text("滞纳金", "Surcharge"), _AMOUNT, sound=_is_amount),
        Item("payment", Text("缴款凭证号", "Proof of payment"), Text("有补缴的填写。", "If anything was paid."), needed=_is_owed),
    ),
    "suggestion": (
        Item("assessment", Text("可行性和价值", "Feasibility and value"), Text("评估的结论。", "How it was assessed.")),
        Item("adopted", Text("是否采纳", "Adopted"), _YES_OR_NO, sound=_is_answer),
        Item("reward", Text("奖励", "Reward"), Text("采纳的，写明奖励。", "If adopted."), needed=_said("adopted", YesNo.YES)),
        Item("reason", Text("未采纳原因", "Reason for not adopting"), Text("不采纳的，写明原因。", "If not adopted."), needed=_said("adopted", YesNo.NO)),
        Item("told", Text("告知员工", "Employee told"), Text("不采纳的，写明如何告知。", "If not adopted: how the employee was told."), needed=_said("adopted", YesNo.NO)),
    ),
    "market": (
        Item("assessment", Text("分析处理", "Assessment"), Text("分析的结论和处理。", "What it means, and what was done.")),
        Item("important", Text("是否重要信息", "Important"), _YES_OR_NO, sound=_is_answer),
        Item("forwarded", Text("反馈决策部门", "Forwarded"), Text("重要的，写明转送何部门。", "If important: to whom it went."), needed=_said("important", YesNo.YES)),
    ),
}  # fmt: skip
"""The items of each subtype, by the id of its category, in the order in which they are done."""


def checklist_of(clue: Clue) -> tuple[Item, ...]:
    """Return the checklist of a clue's subtype; empty for a subtype that has none."""
    return CHECKLISTS.get(_categories().get(clue.subtype or "", ""), ())


def laid_out(case: Case, lang: Lang) -> tuple[CheckItem, ...]:
    """Return blank rows for the items of a clue's checklist that are not on the sheet yet."""
    there = {row.item for row in case.all(CheckItem)}
    return tuple(
        CheckItem(clue=case.clue.number, item=item.text.in_(lang), note=item.note.in_(lang))
        for item in checklist_of(case.clue)
        if there.isdisjoint(item.text)
    )


def lacking(case: Case) -> Iterator[Item]:
    """Yield the items that are still to be done, or whose entry cannot be right (3.3-5)."""
    rows = {row.item or "": row for row in case.all(CheckItem)}
    items = checklist_of(case.clue)
    held = {item.id: row for item in items for name in item.text if (row := rows.get(name))}
    answers = {name: (row.result or "").strip() for name, row in held.items()}
    for item in items:
        row = held.get(item.id)
        answered = row and item.sound(answers[item.id]) and row.on and (row.evidence or not item.proof)
        if item.needed(answers) and not answered:
            yield item


@cache
def _categories() -> Mapping[str, str]:
    """Return the id of each starting category by its name in either language."""
    return {name: category.id for category in CATEGORIES for name in category.label}
