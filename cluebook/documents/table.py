"""The documents cluebook makes, one `Document(...)` each: a new one is one entry here and its template."""

from __future__ import annotations

from collections.abc import Mapping

from cluebook.documents.kinds import Document
from cluebook.documents.lists import LISTS
from cluebook.domain.records import MaterialKind
from cluebook.text import Text

DOCUMENTS: Mapping[str, Document] = {
    document.id: document
    for document in (
        Document(
            "collection_form",
            Text("线索收集登记表", "Collection form"),
            must=("number", "clue.channel", "clue.found_at", "clue.matter", "clue.description"),
            uses=("reporter", "files"),
            shows_subjects=True,
            material=MaterialKind.COLLECTION,
        ),
        Document(
            "supplement_notice",
            Text("补充材料通知", "Request for a supplement"),
            must=("number", "clue.missing", "clue.supplement_due"),
        ),
        Document(
            "acknowledgement",
            Text("受理告知书", "Acknowledgement"),
            must=("number",),
            uses=("reporter", "reply"),
        ),
        Document(
            "rejection_notice",
            Text("不予受理告知书", "Notice of non-acceptance"),
            must=("number", "clue.rejection"),
            uses=("reporter", "reply"),
        ),
        Document("merge_note", Text("并案说明", "Note of merger"), must=("number", "clue.master_number")),
        Document(
            "transfer_letter",
            Text("线索移送函", "Transfer letter"),
            must=("number", "transfer.receiver", "transfer.reason", "transfer.basis"),
            uses=("transfer", "files"),
            shows_subjects=True,
            material=MaterialKind.TRANSFER,
        ),
        Document(
            "reply_letter",
            Text("答复函", "Reply"),
            must=("number", "reply.summary"),
            uses=("reporter", "reply"),
            material=MaterialKind.REPLY,
        ),
        Document(
            "analysis_report",
            Text("线索分析报告", "Analysis report"),
            must=(
                "number",
                "analysis.summary",
                "analysis.process",
                "analysis.risks",
                "analysis.feasibility",
                "analysis.recommendation",
            ),
            uses=("analysis", "alternatives", "consultations"),
            material=MaterialKind.ANALYSIS,
        ),
        Document(
            "consultation_form",
            Text("专家咨询意见表", "Expert consultation"),
            must=("number", "consultation.expert", "consultation.question", "consultation.opinion"),
            uses=("consultation",),
        ),
        Document(
            "routing_slip",
            Text("线索流转单", "Routing slip"),
            must=("number", "clue.slip_no", "clue.matter", "clue.description", "clue.department"),
            uses=("analysis", "tasks"),
            material=MaterialKind.SLIP,
        ),
        Document(
            "meeting_notice",
            Text("会议通知", "Notice of meeting"),
            must=("number", "meeting.kind", "meeting.on", "meeting.place", "meeting.attendees"),
            uses=("meeting",),
        ),
        Document(
            "meeting_minutes",
            Text("会议纪要", "Minutes"),
            must=(
                "number",
                "meeting.kind",
                "meeting.on",
                "meeting.chair",
                "meeting.issues",
                "meeting.decisions",
            ),
            uses=("meeting", "tasks"),
            material=MaterialKind.MINUTES,
        ),
        Document(
            "return_form",
            Text("线索退回单", "Return form"),
            must=("number", "clue.slip_no", "returned.reason", "returned.proposed"),
            uses=("returned",),
        ),
        Document(
            "handling_plan",
            Text("处理方案", "Handling plan"),
            must=("number", "plan.goal", "plan.measures", "plan.division", "plan.schedule"),
            uses=("plan",),
            material=MaterialKind.PLAN,
        ),
        Document(
            "extension_form",
            Text("延期申请单", "Application for an extension"),
            must=(
                "number",
                "extension.original_due",
                "extension.progress",
                "extension.reason",
                "extension.new_due",
                "extension.decision",
            ),
            uses=("extension",),
            material=MaterialKind.EXTENSION,
        ),
        Document(
            "handling_record",
            Text("线索处理记录表", "Handling record"),
            must=("number", "clue.slip_no"),
            uses=("log", "checklist"),
            material=MaterialKind.HANDLING,
        ),
        Document(
            "callback_record",
            Text("回访记录", "Call-back record"),
            must=("number", "callback.on", "callback.satisfaction", "callback.opinion"),
            uses=("callback",),
        ),
        Document(
            "feedback_report",
            Text("线索反馈报告", "Feedback report"),
            must=(
                "number",
                "feedback.process",
                "feedback.result",
                "feedback.expectation",
                "feedback.improvements",
            ),
            uses=("analysis", "feedback", "log"),
            material=MaterialKind.FEEDBACK,
        ),
        Document(
            "rework_notice",
            Text("退回重办通知", "Notice of more work"),
            must=("number", "feedback.opinion", "clue.completion_due"),
            uses=("feedback", "pause"),
        ),
        Document(
            "reopening_form",
            Text("重新办理审批表", "Approval of reopening"),
            must=("number", "reopening.reason", "reopening.approved_by", "clue.completion_due"),
            uses=("reopening",),
        ),
        Document(
            "supervision_order",
            Text("督办单", "Supervision order"),
            must=("number", "urge.number", "urge.kind", "urge.to", "urge.demand", "urge.reply_by"),
            uses=("urge",),
        ),
        Document(
            "overdue_report",
            Text("逾期情况通报", "Report of overdue handling"),
            must=("number", "urge.number", "urge.to", "urge.demand", "urge.reply_by"),
            uses=("urge",),
        ),
        Document(
            "rectification_notice",
            Text("整改通知书", "Rectification notice"),
            must=(
                "number",
                "rectification.number",
                "rectification.finding",
                "rectification.owner",
                "rectification.due",
            ),
            uses=("rectification",),
        ),
        Document(
            "volume",
            Text("卷宗封面及目录", "Volume: cover and index"),
            must=("number", "volume.archive_no", "volume.title", "volume.retention", "files.name"),
            uses=("volume", "files"),
        ),
        Document(
            "loan_form",
            Text("借阅登记表", "Loan form"),
            must=("number", "loan.archive_no", "loan.borrower", "loan.approved_by", "loan.due_on"),
            uses=("loan",),
        ),
        Document(
            "disposal_form",
            Text("档案销毁审批表", "Disposal form"),
            must=(
                "number",
                "disposal.archive_no",
                "disposal.approved_by",
                "disposal.first_witness",
                "disposal.second_witness",
            ),
            uses=("disposal", "volume"),
        ),
        *LISTS,
    )
}
