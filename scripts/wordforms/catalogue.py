"""The plain forms of the office, one declaration each (procedure, section 4)."""

from __future__ import annotations

from cluebook.text import Text
from wordforms.plain import ABOUT, Long, Plain, Roll, Section

_CLUE = Section(Text("一、线索概况", "1   The clue"), ABOUT)

PLAIN: dict[str, Plain | Roll] = {
    form.kind: form
    for form in (
        Plain(
            "consultation_form",
            (
                Section(_CLUE.heading, (("number", "clue.urgency"), ("clue.matter",))),
                Section(
                    Text("二、专家", "2   The expert"),
                    (
                        ("consultation.expert", "consultation.unit"),
                        ("consultation.title", "consultation.kind"),
                        ("consultation.promise", "consultation.on"),
                    ),
                ),
                Section(Text("三、咨询问题", "3   Question"), (Long("consultation.question", 30),)),
                Section(Text("四、专家意见", "4   Opinion"), (Long("consultation.opinion", 60),)),
            ),
            signatures=(Text("专家签名", "Expert (signature)"),),
            hint=Text(
                "外部专家签名即承诺：对本线索内容保密，不复制、不外传。",
                "By signing, an external expert promises to keep the clue secret, and neither to copy it nor to pass it on.",
            ),
        ),
        Plain(
            "return_form",
            (
                _CLUE,
                Section(
                    Text("二、退回申请", "2   The return"),
                    (
                        ("clue.slip_no", "clue.receipt_due"),
                        Long("returned.reason", 24),
                        ("returned.basis", "returned.proposed"),
                        ("returned.raised_by", "returned.raised_at"),
                    ),
                ),
                Section(
                    Text("三、审定意见", "3   Decision"),
                    (
                        ("returned.decision", "returned.decided_by"),
                        ("returned.decided_at",),
                        Long("returned.opinion", 16),
                    ),
                ),
            ),
            signatures=(Text("部门负责人", "Head of the department"), Text("审定人", "Decided by")),
        ),
        Plain(
            "callback_record",
            (
                _CLUE,
                Section(
                    Text("二、回访情况", "2   The call"),
                    (
                        ("callback.on", "callback.way"),
                        ("callback.whom", "callback.by"),
                        ("callback.solved",),
                        ("callback.satisfaction",),
                        Long("callback.opinion", 30),
                        Long("callback.next_step", 16),
                    ),
                ),
            ),
            signatures=(Text("回访人", "Called by"),),
        ),
        Plain(
            "supervision_order",
            (
                _CLUE,
                Section(
                    Text("二、督办事项", "2   The order"),
                    (
                        ("urge.number", "urge.kind"),
                        ("urge.level", "urge.way"),
                        ("urge.to", "clue.joint_departments"),
                        ("urge.about",),
                        ("clue.routed_at", "clue.completion_due"),
                        ("clue.overdue_kind", "clue.overdue_days"),
                        Long("urge.demand", 20),
                        ("urge.issued_by", "urge.issued_at"),
                        ("urge.reply_by",),
                    ),
                ),
                Section(
                    Text("三、回复", "3   Answer"),
                    (
                        Long("urge.progress", 16),
                        Long("urge.reason", 12),
                        Long("urge.measures", 16),
                        ("urge.expected_on", "urge.replied_at"),
                    ),
                ),
                Section(
                    Text("四、督办意见", "4   Conclusion"), (("urge.settled",), Long("urge.opinion", 12))
                ),
            ),
            signatures=(Text("签发人", "Issued by"), Text("部门负责人", "Head of the department")),
            title=Text(
                "{% if urge.kind == '催办' %}催办单{% else %}督办单{% endif %}",
                "{% if urge.kind == 'Reminder' %}Reminder{% else %}Supervision order{% endif %}",
            ),
            hint=Text(
                "请于要求回复日前回复{{ office }}。督办内容为工作秘密，不得擅自扩散。",
                "Please answer {{ office }} by the date given. An order is for those concerned alone.",
            ),
        ),
        Plain(
            "rectification_notice",
            (
                _CLUE,
                Section(
                    Text("二、存在的问题", "2   What was found"),
                    (
                        ("rectification.number", "rectification.source"),
                        Long("rectification.finding", 30),
                        ("rectification.department", "rectification.owner"),
                        ("rectification.raised_by", "rectification.due"),
                    ),
                ),
                Section(
                    Text("三、整改情况", "3   How it was put right"),
                    (Long("rectification.measures", 30), ("rectification.done_on", "rectification.sanction")),
                ),
                Section(
                    Text("四、复查", "4   Recheck"),
                    (
                        Long("rectification.recheck", 16),
                        ("rectification.rechecked_by", "rectification.closed_on"),
                    ),
                ),
            ),
            signatures=(Text("整改责任人", "Put right by"), Text("复查人", "Rechecked by")),
        ),
        Plain(
            "loan_form",
            (
                Section(
                    Text("一、案卷", "1   The volume"),
                    (("loan.archive_no", "number"), ("clue.secrecy", "clue.retention")),
                ),
                Section(
                    Text("二、借阅", "2   The loan"),
                    (
                        ("loan.borrower", "loan.unit"),
                        ("loan.way", "loan.approved_by"),
                        Long("loan.purpose", 16),
                        ("loan.out_on", "loan.due_on"),
                    ),
                ),
                Section(Text("三、归还", "3   Return"), (("loan.back_on", "loan.condition"),)),
            ),
            signatures=(
                Text("借阅人", "Borrower"),
                Text("批准人", "Approved by"),
                Text("档案员", "Records keeper"),
            ),
            hint=Text(
                "案卷原则上现场查阅；不得涂改、抽换、转借，复制须经批准。",
                "Volumes are read on the spot. Do not mark, remove or pass on anything; copies need an approval.",
            ),
        ),
        Plain(
            "disposal_form",
            (
                Section(
                    Text("一、案卷", "1   The volume"),
                    (
                        ("disposal.archive_no", "number"),
                        ("disposal.title", "disposal.year"),
                        ("disposal.retention", "disposal.kept_until"),
                    ),
                ),
                Section(
                    Text("二、鉴定与销毁", "2   Appraisal and disposal"),
                    (
                        Long("disposal.opinion", 24),
                        ("disposal.approved_by", "disposal.way"),
                        ("disposal.first_witness", "disposal.second_witness"),
                        ("disposal.on",),
                    ),
                ),
            ),
            signatures=(
                Text("批准人", "Approved by"),
                Text("监销人一", "First witness"),
                Text("监销人二", "Second witness"),
            ),
        ),
        Roll(
            "retention_list",
            (20, 20, 32, 12, 16, 10),
            signatures=(Text("鉴定人", "Appraised by"), Text("批准人", "Approved by")),
            hint=Text(
                "逐卷鉴定：继续保管的写明期限，可以销毁的报批后由两人监销。",
                "Appraise each volume: say how much longer it is kept, or have its disposal approved and witnessed by two.",
            ),
        ),
        Roll(
            "archive_index",
            (31, 31, 22, 42, 20, 18, 11, 17, 24),
            counted=True,
            signatures=(Text("整理人", "Made by"), Text("检查人", "Checked by")),
        ),
        Roll("tracking_ledger", (150, 162, 100, 65, 92, 90, 52, 92, 92, 66, 45, 52)),
        Roll(
            "statistics",
            (70, 30),
            above=Text("统计期间：{{ about.period }}", "Period: {{ about.period }}"),
            signatures=(Text("制表", "Made by"), Text("审核", "Checked by")),
        ),
        Roll(
            "spot_check_list",
            (150, 190, 100, 65, 90, 95),
            signatures=(Text("抽查人", "Drawn by"), Text("监督部门负责人", "Head of supervision")),
            hint=Text(
                "逐条检查是否符合流程、是否按时限办理、文书是否齐全、结果是否合理有效，填“符合”“不符合”或“不适用”；"
                "结论和问题填入台账的抽查表，问题另行登记整改。",
                "Check of each whether procedure and time were kept, the papers are complete and the outcome is sound: met, not met, "
                "not applicable. Conclusions go onto the sheet of spot checks; what is wrong is to be put right.",
            ),
            above=Text(
                "批次：{{ about.batch }}　　抽样方法：{{ about.method }}　　共 {{ total }} 条",
                "Batch {{ about.batch }}: {{ about.method }}; {{ total }} in all",
            ),
            blank=(
                (Text("流程", "procedure"), 62),
                (Text("时限", "time"), 50),
                (Text("文书", "papers"), 50),
                (Text("结果", "outcome"), 60),
                (Text("结论和问题", "findings"), 160),
            ),
        ),
    )
}
"""Each plain form by the kind of its document."""
