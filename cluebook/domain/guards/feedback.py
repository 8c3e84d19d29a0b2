"""Conditions of feedback (H9, H10, H15, F1, F3)."""

from __future__ import annotations

from collections.abc import Iterator

from cluebook.domain.case import Case
from cluebook.domain.checklists import lacking
from cluebook.domain.clue import Clue, Expectation
from cluebook.domain.guards.guard import BLANK, Guard, filled, first_step_done, is_filled
from cluebook.domain.records import CheckItem, Feedback, FeedbackForm, HandlingLine, Share, Task
from cluebook.text import Text, same


def _evidence_of_form(case: Case) -> bool:
    feedback = case.feedback
    return feedback is None or feedback.form in {None, FeedbackForm.REPORT} or is_filled(feedback.evidence)


def _improvement_assigned(case: Case) -> bool:
    told = case.feedback
    met = told is None or told.expectation in {None, Expectation.MET}
    return met or (told is not None and is_filled(told.improver) and told.improve_by is not None)


def work_done(step: str) -> Iterator[Guard]:
    """Yield what the departments have to have done: the checklist of the subtype, and the joint tasks (3.3-5, 3.3-8)."""
    yield Guard(
        step,
        "checklist_incomplete",
        CheckItem,
        "result",
        lambda c: not any(lacking(c)),
        Text("处理清单还没有办完。", "The checklist is not complete."),
        Text(
            "请在处理清单填写结果、日期和凭证（tick）。",
            "Fill in result, date and evidence on the checklist (tick).",
        ),
        "3.3-5",
        names=lambda c: (item.text for item in lacking(c)),
    )
    yield Guard(
        step,
        "tasks_open",
        Task,
        "done_on",
        lambda c: not open_tasks(c),
        Text("协办部门的任务还没有完成。", "Tasks of joint departments are not done."),
        Text("请在分工表登记完成日（task）。", "Enter on the tasks sheet when they were done (task)."),
        "3.3-8",
        names=lambda c: (same(task.department or "?") for task in open_tasks(c)),
    )


def open_tasks(case: Case) -> list[Task]:
    """Return the tasks of joint departments that are not done (L8)."""
    return [t for t in case.all(Task) if t.share is Share.JOINT and t.done_on is None]


FEEDBACK = (
    *work_done("feedback"),
    Guard(
        "feedback",
        "improver_missing",
        Feedback,
        "improver",
        _improvement_assigned,
        Text(
            "未完全达到预期，改进措施没有责任人和期限。",
            "The aim was not fully met, and nobody is named to improve it by a date.",
        ),
        Text("请填写改进责任人和改进期限。", "Name who improves it, and by when."),
        "F3",
    ),
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
