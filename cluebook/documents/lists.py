"""The documents that list clues or volumes, one `Document(...)` each: what each line has, and what is said above them."""

from __future__ import annotations

from cluebook.documents.kinds import Document
from cluebook.text import Text

_NUMBER = Text("线索编号", "clue no.")
_MATTER = Text("涉及事项", "matter")
_DEPARTMENT = Text("责任部门", "department")
_HANDLER = Text("承办人", "handler")
_STAGE = Text("状态", "stage")
_BATCH = Text("抽样批次", "batch")
_ARCHIVE_NO = Text("归档号", "archive no.")
_TITLE = Text("题名", "title")
_RETENTION = Text("保管期限", "retention")

LISTS: tuple[Document, ...] = (
    Document(
        "spot_check_list",
        Text("抽查表", "Spot check"),
        must=("rows.number", "rows.department"),
        about={"batch": _BATCH, "method": Text("抽样方法", "how they were drawn")},
        rows={
            "number": _NUMBER,
            "matter": _MATTER,
            "department": _DEPARTMENT,
            "handler": _HANDLER,
            "stage": _STAGE,
            "stratum": Text("抽样分层", "stratum"),
        },
    ),
    Document(
        "spot_check_report",
        Text("抽查情况通报", "Findings of a spot check"),
        must=("about.batch", "rows.number", "rows.conclusion"),
        about={
            "batch": _BATCH,
            "drawn": Text("抽查条数", "how many were checked"),
            "met": Text("各项均符合的条数", "how many met everything"),
            "faulty": Text("存在问题的条数", "how many did not"),
            "departments": Text("涉及部门", "departments concerned"),
        },
        rows={
            "number": _NUMBER,
            "department": _DEPARTMENT,
            "procedure": Text("流程", "procedure"),
            "time": Text("时限", "time"),
            "papers": Text("文书", "papers"),
            "outcome": Text("结果", "outcome"),
            "conclusion": Text("结论和问题", "findings"),
            "owner": Text("责任人", "owner"),
            "due": Text("整改期限", "to be put right by"),
            "recheck": Text("复查", "recheck"),
        },
    ),
    Document(
        "retention_list",
        Text("到期档案鉴定清册", "Expired volumes"),
        must=("rows.archive_no", "rows.number", "rows.kept_until"),
        rows={
            "archive_no": _ARCHIVE_NO,
            "number": _NUMBER,
            "title": _TITLE,
            "retention": _RETENTION,
            "kept_until": Text("到期日", "kept until"),
            "hold": Text("暂停销毁", "hold"),
        },
    ),
    Document(
        "archive_index",
        Text("归档文件目录", "Index of the archive"),
        must=("rows.archive_no", "rows.title", "rows.on"),
        rows={
            "archive_no": _ARCHIVE_NO,
            "number": Text("文号", "reference"),
            "author": Text("责任者", "author"),
            "title": _TITLE,
            "on": Text("日期", "date"),
            "secrecy": Text("密级", "secrecy"),
            "pages": Text("页数", "pages"),
            "retention": _RETENTION,
            "shelf": Text("备注", "remarks"),
        },
    ),
    Document(
        "tracking_ledger",
        Text("线索跟踪台账", "Tracking ledger"),
        must=("rows.number", "rows.department", "rows.stage", "rows.due"),
        rows={
            "number": _NUMBER,
            "matter": _MATTER,
            "department": _DEPARTMENT,
            "handler": _HANDLER,
            "routed": Text("流转时间", "routed"),
            "stage": _STAGE,
            "progress": Text("处理进度", "progress"),
            "feedback": Text("反馈情况", "feedback"),
            "due": Text("下一期限", "next due"),
            "left": Text("剩余工作日", "days left"),
            "warning": Text("预警", "warning"),
            "urged": Text("督办次数", "urged"),
        },
    ),
    Document(
        "statistics",
        Text("线索办理统计", "Statistics"),
        must=("rows.name", "rows.value"),
        about={"period": Text("期间", "period")},
        rows={"name": Text("项目", "figure"), "value": Text("数值", "value")},
    ),
    Document(
        "overdue_list",
        Text("逾期清单", "Overdue list"),
        must=("rows.number", "rows.kind", "rows.due", "rows.days"),
        rows={
            "number": _NUMBER,
            "matter": _MATTER,
            "department": _DEPARTMENT,
            "handler": _HANDLER,
            "kind": Text("逾期类型", "kind of deadline"),
            "due": Text("期限", "due"),
            "days": Text("逾期工作日", "working days overdue"),
        },
    ),
)
"""Each document that is made of a list."""
