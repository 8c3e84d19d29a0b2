"""The plain forms of the office, one declaration each (procedure, section 4)."""

from __future__ import annotations

from cluebook.text import Text
from wordforms.plain import ABOUT, Listing, Long, Plain, Roll, Section

_CLUE = Section(Text("一、线索概况", "1   The clue"), ABOUT)
_ANALYST = Text("撰写人", "Analyst")
_REVIEWER = Text("审核人", "Reviewer")

_REPORT = (
    Section(
        Text("一、线索概述", "1   Summary"),
        (
            ("number", "clue.urgency"),
            ("clue.nature", "clue.subtype"),
            ("clue.matter",),
            Long("analysis.summary"),
        ),
    ),
    Section(
        Text("二、分析过程", "2   Process"),
        (
            ("analysis.methods", "analysis.cause"),
            Long("analysis.process", 24),
            Long("analysis.process_background", 8),
            Long("analysis.market_background", 8),
            Long("analysis.customer_background", 8),
            ("analysis.similar_cases", "analysis.lessons"),
        ),
    ),
    Section(
        Text("三、风险评估结果", "3   Risk assessment"),
        (
            ("analysis.economy", "analysis.reputation"),
            ("analysis.legal", "analysis.likelihood"),
            ("analysis.expected_loss", "analysis.computed_risk"),
            ("clue.risk", "analysis.risk_reason"),
            Long("analysis.risks"),
        ),
    ),
    Section(Text("四、可行性分析结论", "4   Feasibility"), (Long("analysis.feasibility"),)),
    Listing(
        Text("处理方案比较", "Alternatives"),
        "alternatives",
        (("option", 36), ("cost", 20), ("benefit", 20), ("difficulty", 12), ("recommended", 12)),
    ),
    Listing(
        Text("专家意见", "Experts"),
        "consultations",
        (("expert", 14), ("kind", 12), ("question", 30), ("opinion", 32), ("on", 16)),
    ),
    Section(Text("五、处理建议", "5   Recommendation"), (Long("analysis.recommendation", 20),)),
    Section(
        Text("审核意见", "Review"),
        (
            ("analysis.analyst", "analysis.submitted_at"),
            ("analysis.version", "analysis.approved"),
            ("analysis.reviewer", "analysis.reviewed_at"),
            Long("analysis.opinion", 10),
        ),
    ),
)

PLAIN: dict[str, Plain | Roll] = {
    form.kind: form
    for form in (
        Plain("analysis_report", _REPORT, signatures=(_ANALYST, _REVIEWER)),
        Plain(
            "consultation_form",
            (
                _CLUE,
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
            "meeting_notice",
            (
                _CLUE,
                Section(
                    Text("二、会议安排", "2   The meeting"),
                    (
                        ("meeting.kind", "meeting.on"),
                        ("meeting.place", "meeting.chair"),
                        Long("meeting.attendees", 10),
                        ("meeting.leaders",),
                        Long("meeting.issues", 20),
                    ),
                ),
            ),
            hint=Text(
                "请参会部门围绕关键问题准备意见；不能参会的，请于会前告知{{ office }}。",
                "Please come prepared on the key questions; if you cannot come, tell {{ office }} beforehand.",
            ),
        ),
        Plain(
            "meeting_minutes",
            (
                _CLUE,
                Section(
                    Text("二、会议情况", "2   The meeting"),
                    (
                        ("meeting.kind", "meeting.on"),
                        ("meeting.place", "meeting.chair"),
                        Long("meeting.attendees", 10),
                        ("meeting.leaders", "meeting.recorder"),
                    ),
                ),
                Section(
                    Text("三、议定事项", "3   What was settled"),
                    (
                        Long("meeting.issues", 20),
                        Long("meeting.decisions", 30),
                        Long("meeting.unsettled", 10),
                        Long("meeting.leaders_opinion", 14),
                    ),
                ),
                Listing(
                    Text("四、职责分工", "4   Tasks"),
                    "tasks",
                    (("department", 22), ("share", 12), ("task", 44), ("due", 22)),
                ),
            ),
            signatures=(Text("主持人", "Chair"), Text("记录人", "Recorder")),
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
                        ("callback.solved", "callback.satisfaction"),
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
                        ("urge.to", "urge.about"),
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
            "volume",
            (
                Section(
                    Text("一、案卷", "1   The volume"),
                    (
                        ("volume.archive_no", "number"),
                        ("volume.title",),
                        ("volume.nature", "volume.subtype"),
                        ("volume.began_on", "volume.closed_on"),
                        ("volume.pieces", "volume.pages"),
                        ("volume.secrecy", "volume.retention"),
                        ("volume.kept_from", "volume.kept_until"),
                        ("volume.shelf",),
                    ),
                ),
                Listing(
                    Text("二、卷内目录", "2   Index"),
                    "files",
                    (("kind", 16), ("name", 40), ("formed_on", 18), ("pages", 10), ("waiver", 16)),
                ),
                Section(
                    Text("三、备考与移交", "3   Closing note and transfer"),
                    (
                        ("volume.handed_over_by", "volume.accepted_by"),
                        ("volume.archived_at",),
                        ("volume.sha256",),
                    ),
                ),
            ),
            signatures=(
                Text("立卷人", "Compiled by"),
                Text("检查人", "Checked by"),
                Text("移交人", "Handed over by"),
                Text("接收人", "Accepted by"),
            ),
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
        Roll("tracking_ledger", (15, 22, 12, 9, 12, 11, 8, 12, 8, 8)),
        Roll("statistics", (20, 60, 20), signatures=(Text("制表", "Made by"), Text("审核", "Checked by"))),
        Roll(
            "spot_check_list",
            (19, 33, 15, 11, 13, 13),
            signatures=(Text("抽查人", "Drawn by"), Text("监督部门负责人", "Head of supervision")),
            hint=Text(
                "逐条检查流程、时限、文书和结果，结论填入台账的抽查表。",
                "Check procedure, time, papers and outcome of each; enter the conclusions on the sheet of spot checks.",
            ),
        ),
    )
}
"""Each plain form by the kind of its document."""
