"""The forms of plans, extensions, more work and reopening (procedure, section 4: F7, F9, T26, T30)."""

from __future__ import annotations

from cluebook.text import Text
from wordforms.plain import ABOUT, Box, Long, Plain, Section

_CLUE = Section(Text("一、线索概况", "1   The clue"), ABOUT)
_OF_FORM = Section(
    Text("一、线索概况", "1   The clue"),
    (("clue.urgency", "clue.department"), ("clue.handler", "clue.received_at"), ("clue.matter",)),
)
"""The same where the numbers of the clue and its slip stand above it already."""
_DEPARTMENT_HEAD = Text("部门负责人", "Head of the department")
_OFFICE_HEAD = Text("管理部门负责人", "Head of the clue office")

TIMING = {
    form.kind: form
    for form in (
        Plain(
            "handling_plan",
            (
                _OF_FORM,
                Section(
                    Text("二、期限", "2   Deadlines"),
                    (("clue.milestone_due", "clue.completion_due"), ("clue.expected_on",)),
                ),
                Section(
                    Text("三、处理方案", "3   The plan"),
                    (
                        Long("plan.goal", 14),
                        Long("plan.measures", 34),
                        Long("plan.division", 20),
                        Long("plan.schedule", 20),
                        Long("plan.resources", 12),
                        Long("plan.risks", 12),
                    ),
                ),
                Section(
                    Text("四、部门意见", "4   Opinion of the department"),
                    (Long("plan.head_opinion", 18), ("plan.submitted_by", "plan.submitted_at")),
                ),
            ),
            signatures=(_DEPARTMENT_HEAD,),
            hint=Text(
                "请在方案期限前报{{ office }}；{{ office }}可以提出意见，修改后再报。",
                "Please hand the plan to {{ office }} before its deadline; {{ office }} may comment, and a revised plan may follow.",
            ),
        ),
        Plain(
            "extension_form",
            (
                _OF_FORM,
                Section(
                    Text("二、延期申请", "2   The application"),
                    (
                        ("extension.original_due", "extension.new_due"),
                        ("extension.round",),
                        Long("extension.progress", 30),
                        Long("extension.reason", 30),
                        ("extension.applicant", "extension.applied_at"),
                        Box(Text("部门意见", "Opinion of the department"), height=16),
                    ),
                ),
                Section(
                    Text("三、管理部门批复", "3   Decision"),
                    (
                        ("extension.decision", "extension.decided_by"),
                        ("extension.decided_at",),
                        Long("extension.opinion", 20),
                    ),
                ),
            ),
            signatures=(Text("申请人", "Applicant"), _DEPARTMENT_HEAD, Text("审定人", "Decided by")),
            hint=Text(
                "延期须在原期限届满前申请；批准之前原期限有效，考核仍以原期限为准。",
                "Apply before the present date; until an extension is granted that date stands, and it counts for assessment.",
            ),
        ),
        Plain(
            "rework_notice",
            (
                _CLUE,
                Section(
                    Text("二、审核意见", "2   Review"),
                    (
                        ("feedback.submitted_by", "feedback.submitted_at"),
                        ("feedback.expectation", "feedback.reviewer"),
                        Long("feedback.opinion", 40),
                    ),
                ),
                Section(
                    Text(
                        "三、办理期限（审核期间停计）", "3   Time (the clock stood still during the review)"
                    ),
                    (("pause.began_at", "pause.days"), ("clue.completion_due", "clue.suspended_days")),
                ),
            ),
            signatures=(Text("审核人", "Reviewer"),),
            hint=Text(
                "反馈审核所用的工作日不计入办理时限，完成期限已相应顺延；请补充办理后重新反馈。",
                "The working days of the review do not count, and the due date has moved on by them; "
                "please do what is lacking and feed back again.",
            ),
        ),
        Plain(
            "reopening_form",
            (
                _CLUE,
                Section(
                    Text("二、原办理情况", "2   What came before"),
                    (("reopening.closed_at", "reopening.archive_no"), ("clue.routed_at", "reopening.round")),
                ),
                Section(
                    Text("三、重新办理", "3   Taking it up again"),
                    (
                        ("reopening.reason", "reopening.approved_by"),
                        Long("reopening.note", 36),
                        ("reopening.reopened_by", "reopening.reopened_at"),
                        ("clue.completion_due",),
                    ),
                ),
            ),
            signatures=(Text("经办人", "Clerk"), _OFFICE_HEAD),
            hint=Text(
                "重新办理自重启时间起另计期限；原有记录保留，再次办结后保管期限重新起算。",
                "A new limit runs from the reopening; what was recorded stays, and retention begins anew with the next closing.",
            ),
        ),
    )
}
"""Each of these forms by the kind of its document."""
