"""What a department writes into each form, by the names of its blanks."""

from __future__ import annotations

from datetime import date, datetime

from cluebook.domain.fields import Choice
from cluebook.forms import FORMS, Answer, Blank

RECEIPT = {
    "clue.handler": "赵敏",
    "clue.handler_phone": "010-1234",
    "clue.deputy": "Kim Lowe",
    "clue.expected_on": "2026年3月10日",
    "clue.received_at": "2026-03-03",
}
RETURN = {
    "returned.reason": "不属本部门职责",
    "returned.basis": "三定方案第四条",
    "returned.proposed": "客户服务部",
}
LINES = (
    {"log.on": "2026年3月4日 10:20", "log.measures": "修补屋顶", "log.resolution": "不再漏水"},
    {
        "log.on": "二〇二六年三月五日",
        "log.measures": "Called the shop & told it <so>",
        "log.recorder": "赵敏",
    },
)
REPORT = {
    "feedback.process": "第一天查看。\n第二天修补。",
    "feedback.result": "不再漏水",
    "feedback.expectation": "部分达到",
    "feedback.improvements": "每季检查屋顶。",
    "feedback.improver": "赵敏",
    "feedback.improve_by": "2026-04-01",
    "feedback.form": "书面报告",
    "feedback.evidence": "照片两张",
}


def words_for(blank: Blank) -> str:
    """Something that fits the column of a blank."""
    kind = blank.column.type
    if issubclass(kind, Choice):
        return next(iter(kind)).text.zh
    return {date: "2026-04-01", datetime: "2026-03-04 10:20", int: "3"}.get(kind, f"甲 & <{blank.name}>\n乙")


def _said(answer: Answer) -> dict[str, str]:
    return {blank.name: words_for(blank) for blank in answer.asked if blank.name not in answer.printed}


def _lines(answer: Answer) -> tuple[dict[str, str], ...]:
    return LINES if answer.action == "log" else (_said(answer),)


_KNOWN = {"routing_slip": RECEIPT, "feedback_report": REPORT}
ROWS = {
    kind: [line for answer in form.answers if answer.rows for line in _lines(answer)]
    for kind, form in FORMS.items()
}
SAID = {
    kind: _KNOWN.get(kind)
    or {name: words for answer in form.answers if not answer.rows for name, words in _said(answer).items()}
    for kind, form in FORMS.items()
}
