"""The documents cluebook makes: their kinds, and what the template of each may and must say.

A new document is one line in DOCUMENTS and its template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cluebook.domain.clue import Clue
from cluebook.domain.fields import columns
from cluebook.domain.records import (
    Alternative,
    Analysis,
    Callback,
    CheckItem,
    Consultation,
    Disposal,
    Extension,
    Feedback,
    FollowUp,
    HandlingLine,
    HandlingPlan,
    Loan,
    Material,
    MaterialKind,
    Meeting,
    Pause,
    Rectification,
    Reopening,
    Reply,
    Reporter,
    Return,
    Task,
    Transfer,
    Urge,
    Volume,
)
from cluebook.ledger.tables import table_of
from cluebook.text import Text

ONE: Mapping[str, type] = {
    "analysis": Analysis,
    "feedback": Feedback,
    "plan": HandlingPlan,
    "extension": Extension,
    "pause": Pause,
    "reopening": Reopening,
    "returned": Return,
    "transfer": Transfer,
    "meeting": Meeting,
    "consultation": Consultation,
    "callback": Callback,
    "reply": Reply,
    "reporter": Reporter,
    "urge": Urge,
    "rectification": Rectification,
    "volume": Volume,
    "loan": Loan,
    "disposal": Disposal,
}
"""What a document may say about the last record of a type: the group's name in templates, and the type."""

MANY: Mapping[str, type] = {
    "log": HandlingLine,
    "alternatives": Alternative,
    "consultations": Consultation,
    "tasks": Task,
    "checklist": CheckItem,
    "extensions": Extension,
    "returns": Return,
    "callbacks": Callback,
    "replies": Reply,
    "follow_ups": FollowUp,
    "urges": Urge,
    "files": Material,
}
"""What a document may list, record by record."""


@dataclass(frozen=True, slots=True)
class Document:
    """One kind of document.

    Attributes:
        id: its name in the code, and that of its template.
        text: what the office calls it.
        must: names its template has to print, because the document is worth nothing without them.
        uses: the groups and lists of `ONE` and `MANY` that its template may name; only a document that
            names ``reporter`` here ever sees who reported.
        shows_subjects: whether it names whom a confidential clue is about; others print these names disguised.
        material: what it is among the files of its case (A1).
        rows: for a document that lists clues, rather than being about one: what each line has.
    """

    id: str
    text: Text
    must: tuple[str, ...]
    uses: tuple[str, ...] = ()
    shows_subjects: bool = False
    material: MaterialKind = MaterialKind.ATTACHMENT
    rows: Mapping[str, Text] | None = None

    @property
    def template(self) -> str:
        """File name of the template."""
        return f"{self.id}.docx"


NUMBER = Text("线索编号", "clue no.")
MATTER = Text("涉及事项", "matter")

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
            "spot_check_list",
            Text("抽查表", "Spot check"),
            must=("rows.number", "rows.department"),
            rows={
                "number": NUMBER,
                "matter": MATTER,
                "department": Text("责任部门", "department"),
                "handler": Text("承办人", "handler"),
                "stage": Text("状态", "stage"),
                "stratum": Text("抽样分层", "stratum"),
            },
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
        Document(
            "retention_list",
            Text("到期档案鉴定清册", "Expired volumes"),
            must=("rows.archive_no", "rows.number", "rows.kept_until"),
            rows={
                "archive_no": Text("归档号", "archive no."),
                "number": NUMBER,
                "title": Text("题名", "title"),
                "retention": Text("保管期限", "retention"),
                "kept_until": Text("到期日", "kept until"),
                "hold": Text("暂停销毁", "hold"),
            },
        ),
        Document(
            "tracking_ledger",
            Text("线索跟踪台账", "Tracking ledger"),
            must=("rows.number", "rows.department", "rows.stage", "rows.due"),
            rows={
                "number": NUMBER,
                "matter": MATTER,
                "department": Text("责任部门", "department"),
                "handler": Text("承办人", "handler"),
                "routed": Text("流转时间", "routed"),
                "stage": Text("状态", "stage"),
                "progress": Text("处理进度", "progress"),
                "due": Text("下一期限", "next due"),
                "left": Text("剩余工作日", "days left"),
                "urged": Text("督办次数", "urged"),
            },
        ),
        Document(
            "statistics",
            Text("线索办理统计", "Statistics"),
            must=("rows.name", "rows.value"),
            rows={
                "period": Text("期间", "period"),
                "name": Text("项目", "figure"),
                "value": Text("数值", "value"),
            },
        ),
        Document(
            "overdue_list",
            Text("逾期清单", "Overdue list"),
            must=("rows.number", "rows.kind", "rows.due", "rows.days"),
            rows={
                "number": NUMBER,
                "matter": MATTER,
                "department": Text("责任部门", "department"),
                "handler": Text("承办人", "handler"),
                "kind": Text("逾期类型", "kind of deadline"),
                "due": Text("期限", "due"),
                "days": Text("逾期工作日", "working days overdue"),
            },
        ),
    )
}


def words_of(kind: str) -> Mapping[str, Text]:
    """Return every name the template of a document may use, dotted as ``clue.matter``, and what it stands for."""
    document = DOCUMENTS[kind]
    if document.rows is not None:
        return _COMMON | _OF_A_LIST | _dotted("rows", document.rows)
    words = _COMMON | _OF_A_CLUE
    for group in document.uses:
        record = ONE.get(group) or MANY[group]
        if group in MANY:
            title = table_of(record).title
            words |= {group: Text(f"{title.zh}（逐行）", f"{title.en}, line by line")}
        words |= _dotted(group, _fields(record))
    return words


def names_of(kind: str) -> frozenset[str]:
    """Return every name the template of a document may use, dotted: ``clue.matter``, ``log.measures``."""
    return frozenset(words_of(kind))


def _fields(record: type) -> dict[str, Text]:
    return {column.name: column.text for column in columns(record)}


def _dotted(group: str, words: Mapping[str, Text]) -> dict[str, Text]:
    return {f"{group}.{name}": text for name, text in words.items()}


_COMMON = {
    "office": Text("单位名称", "name of the office"),
    "contact": Text("联系方式", "how to reach the office"),
    "title": Text("文书名称", "name of the document"),
    "today": Text("制作日期", "the day it is made"),
    "user": Text("经办人", "who makes it"),
}
_OF_A_CLUE = {
    "number": Text("线索编号；受理前为登记号", "number of the clue; before acceptance its entry number"),
    **_dotted("clue", _fields(Clue)),
    "deadlines": Text("期限（逐项）", "the deadlines, one by one"),
    "deadlines.name": Text("期限名称", "which deadline"),
    "deadlines.due": Text("到期日", "the date"),
    "deadlines.rule": Text("办理时限", "the time allowed"),
    "materials": Text("随附材料（逐件）", "what is enclosed, one by one"),
    "materials.name": Text("材料名称", "what it is"),
}
_OF_A_LIST = {
    "total": Text("共几行", "how many rows there are"),
    "rows": Text("清单（逐行）", "the list, row by row"),
}
