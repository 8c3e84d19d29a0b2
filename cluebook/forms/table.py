"""The forms that departments fill in and send back: what each asks for, and the action that takes the answer.

A form is one entry of FORMS and its template. What it asks for is named as templates name it, `clue.handler` or
`log.measures`: the same name tags the content control in the template, and the words beside it are its label.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cluebook.domain.fields import column_of
from cluebook.forms.shape import Answer, Blank, Form, record_of
from cluebook.text import Text


def _asks(name: str, zh: str | None = None, en: str | None = None) -> Blank:
    """Declare what a form asks for; its label is the header of its column unless the form has better words."""
    column = column_of(record_of(name), name.partition(".")[2])
    return Blank(name, Text(zh, en) if zh and en else column.text, column)


def _asked(group: str, *names: str) -> tuple[Blank, ...]:
    """Declare what a form asks for by the headers of the columns."""
    return tuple(_asks(f"{group}.{name}") for name in names)


_RECEIVED = _asks("clue.received_at", "接收时间", "Received on")
_RECEIPT = Answer(
    action="receive",
    box=Text("同意接收", "Accepted"),
    dated=_RECEIVED,
    blanks=(
        _asks("clue.handler"),
        _asks("clue.handler_phone", "联系电话", "Telephone"),
        _asks("clue.deputy", "备岗人员", "Deputy"),
        _asks("clue.expected_on", "承诺完成日", "Completion promised"),
    ),
)
_RETURN = Answer(
    action="return",
    box=Text("退回", "Returned"),
    blanks=(
        _asks("returned.reason", "退回理由", "Reason for return"),
        _asks("returned.basis", "职责依据", "Whose duty, by what rule"),
        _asks("returned.proposed", "建议部门", "Department proposed"),
    ),
)
_PLAN = Answer(
    action="plan",
    blanks=_asked("plan", "goal", "measures", "division", "schedule", "resources", "risks", "head_opinion"),
)
_EXTENSION = Answer(action="extend", blanks=_asked("extension", "progress", "reason", "new_due"))
_LINES = Answer(
    action="log",
    rows=True,
    blanks=_asked("log", "on", "measures", "communication", "resolution", "recorder", "evidence"),
)
_CHECKLIST = Answer(
    action="tick",
    rows=True,
    pair=("item", "result"),
    blanks=_asked("checklist", "item", "result", "on", "evidence"),
)
_REPORT = Answer(
    action="feedback",
    blanks=(
        _asks("feedback.process", "一、处理过程", "1.  What was done"),
        _asks("feedback.result", "二、处理结果", "2.  Result"),
        _asks("feedback.expectation", "三、是否达到预期目标", "3.  Whether the aim was reached"),
        _asks("feedback.improvements", "四、存在的问题及改进措施", "4.  Problems and improvements"),
        _asks("feedback.improver"),
        _asks("feedback.improve_by"),
        _asks("feedback.form"),
        _asks("feedback.evidence"),
    ),
)
_OPINION = Answer(
    action="consult", blanks=_asked("consultation", "unit", "title", "promise", "on", "opinion")
)
_CALL = Answer(
    action="callback",
    blanks=_asked("callback", "on", "way", "whom", "by", "solved", "satisfaction", "opinion", "next_step"),
)
_TAKEN_OVER = Answer(
    action="answer",
    dated=_asks("transfer.answered_at", "接收日期", "Date of the answer"),
    blanks=(
        _asks("transfer.answer"),
        _asks("transfer.opinion", "意见或理由", "Opinion, or reason"),
        _asks("transfer.answered_by"),
    ),
)

FORMS: Mapping[str, Form] = {
    form.kind: form
    for form in (
        Form(
            kind="transfer_letter",
            issued=True,
            routed=False,
            sent="transfer.sent_at",
            to="transfer.receiver",
            below=Text("移送回执", "Receipt"),
            answers=(_TAKEN_OVER,),
        ),
        Form(
            kind="consultation_form",
            issued=True,
            routed=False,
            to="consultation.expert",
            while_blank="opinion",
            answers=(_OPINION,),
        ),
        Form(
            kind="routing_slip",
            issued=True,
            below=Text("线索接收确认回执", "Receipt"),
            answers=(_RECEIPT, _RETURN),
        ),
        Form(
            kind="return_form",
            answers=(replace(_RETURN, box=None, blanks=_asked("returned", "reason", "basis", "proposed")),),
        ),
        Form(kind="handling_plan", answers=(_PLAN,)),
        Form(kind="extension_form", answers=(_EXTENSION,)),
        Form(
            kind="supervision_order",
            issued=True,
            to="urge.number",
            answers=(
                Answer(action="urge", blanks=_asked("urge", "progress", "reason", "measures", "expected_on")),
            ),
        ),
        Form(kind="handling_record", answers=(_LINES, _CHECKLIST)),
        Form(
            kind="feedback_report", until=Text("特此报告。", "This concludes our report."), answers=(_REPORT,)
        ),
        Form(kind="callback_record", answers=(_CALL,)),
    )
}
"""Every form that can be read back, by the kind of its document."""

ANSWERED = frozenset(answer.action for form in FORMS.values() for answer in form.answers)
"""The actions that take the answers of forms."""
