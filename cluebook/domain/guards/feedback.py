"""Conditions of feedback (H9, H10, H15, F1, F3)."""

from __future__ import annotations

from cluebook.domain.case import Case
from cluebook.domain.clue import Clue
from cluebook.domain.guards.guard import BLANK, Guard, filled, first_step_done, is_filled
from cluebook.domain.records import Feedback, FeedbackForm, HandlingLine
from cluebook.text import Text


def _evidence_of_form(case: Case) -> bool:
    feedback = case.feedback
    return feedback is None or feedback.form in {None, FeedbackForm.REPORT} or is_filled(feedback.evidence)


FEEDBACK = (
    Guard(
        "feedback",
        "log_empty",
        HandlingLine,
        "measures",
        lambda c: bool(c.log),
        Text("尚无处理记录。", "Nothing has been logged."),
        Text("请先登记至少一条处理记录。", "Log at least one line first."),
        "H15",
    ),
    Guard(
        "feedback",
        "milestone_missing",
        Clue,
        "milestone_at",
        first_step_done,
        Text("尚无初步处理或处理方案的记录。", "The initial handling or the plan is not recorded."),
        Text(
            "请先登记处理记录，并注明是初步处理或方案（log --milestone）。",
            "Log it as the first step (log --milestone).",
        ),
        "H9, H10",
    ),
    *(
        filled(
            "feedback",
            Feedback,
            part,
            BLANK,
            Text("反馈的四个部分都要填写。", "All four parts of the feedback are needed."),
            "F3",
        )
        for part in ("process", "result", "expectation", "improvements")
    ),
    filled(
        "feedback",
        Feedback,
        "form",
        Text("尚未注明反馈方式。", "The form of the feedback is blank."),
        Text("请选书面报告、电子邮件或工作汇报会议。", "Choose written report, e-mail or meeting."),
        "F1",
    ),
    Guard(
        "feedback",
        "evidence_missing",
        Feedback,
        "evidence",
        _evidence_of_form,
        Text("此反馈方式须有凭证。", "This form of feedback needs evidence."),
        Text("请填邮件编号或会议记录编号。", "Give the mail id or the number of the minutes."),
        "F1",
    ),
)
