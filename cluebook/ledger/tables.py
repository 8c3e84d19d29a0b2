"""Which record lives in which Excel table, on which sheet. A new sheet of the ledger is one line here."""

from __future__ import annotations

from dataclasses import dataclass

from cluebook.domain import office, records
from cluebook.domain.clue import Clue
from cluebook.domain.fields import Part
from cluebook.text import Text


@dataclass(frozen=True, slots=True)
class Table:
    """One Excel table of the ledger.

    Attributes:
        name: the table's name in the workbook, alike in both languages.
        title: the worksheet's name, which the office may change.
        record: the record that a row of the table holds.
        purpose: one sentence for the guide sheet and the manual.
        part: the stretch of the procedure it belongs to, which gives its tab the colour; a list has none.
        shelved: whether its sheet is hidden in a new ledger until somebody needs it.
        secret: whether its sheet is hidden and no button shows it, and nothing but its title and the clue's name may
            stand in the trail, a log, a message or a request that waits.
        formerly: earlier names of the table in the workbook, so that an upgrade finds a renamed one.
    """

    name: str
    title: Text
    record: type
    purpose: Text
    part: Part | None = None
    shelved: bool = False
    secret: bool = False
    formerly: tuple[str, ...] = ()


TABLES: tuple[Table, ...] = (
    Table("Clues", Text("线索台账", "Clues"), Clue,
          Text("每条线索一行，从登记到归档。", "One row a clue, from entry to the archive."), part=Part.INTAKE),
    Table("Handling", Text("处理记录", "Handling log"), records.HandlingLine,
          Text("办理过程逐条登记，只增不改。", "What was done, line by line; lines are added, not changed."), part=Part.HANDLING),
    Table("Analyses", Text("分析", "Analysis"), records.Analysis,
          Text("背景、风险、分析报告的五个部分和审核意见。", "Background, risk, the five parts of each report, and its review."), part=Part.ANALYSIS),
    Table("Alternatives", Text("分析方案", "Alternatives"), records.Alternative,
          Text("各方案的成本、效益、难度，推荐一个。", "Ways to deal with a clue, weighed; one is recommended."), part=Part.ANALYSIS),
    Table("Consultations", Text("专家咨询", "Consultations"), records.Consultation,
          Text("问了哪位专家，意见如何。", "Which expert was asked, and what they said."), part=Part.ANALYSIS, shelved=True),
    Table("Meetings", Text("会议记录", "Meetings"), records.Meeting,
          Text("讨论会、协调会、反馈会议。", "Discussion, coordination and feedback meetings."), part=Part.ROUTING),
    Table("Tasks", Text("分工", "Tasks"), records.Task,
          Text("多部门线索中各部门的任务和完成情况。", "What each department does in a joint clue."), part=Part.ROUTING),
    Table("Plans", Text("处理方案", "Handling plans"), records.HandlingPlan,
          Text("重要线索的详细处理方案。", "The detailed plan that an important clue asks for."), part=Part.HANDLING, shelved=True),
    Table("Checklists", Text("处理清单", "Checklists"), records.CheckItem,
          Text("各子类应办事项，逐项填写结果和凭证。", "What each subtype asks to be done, item by item."), part=Part.HANDLING),
    Table("Feedback", Text("反馈", "Feedback"), records.Feedback,
          Text("责任部门的反馈，四个部分，和审核意见。", "What the departments reported, in four parts, and its review."), part=Part.FEEDBACK),
    Table("Callbacks", Text("回访", "Callbacks"), records.Callback,
          Text("对投诉人的回访和满意度。", "Calls back to whoever complained, and how satisfied they were."), part=Part.FEEDBACK, shelved=True),
    Table("Replies", Text("答复", "Replies"), records.Reply,
          Text("对反映人、客户、员工的告知和答复。", "What reporters, customers and employees were told."), part=Part.FEEDBACK),
    Table("Materials", Text("文件清单", "Materials"), records.Material,
          Text("附件和案卷文件，页数和校验。", "Attachments and papers of each case, with pages and hashes."), part=Part.CLOSING, shelved=True),
    Table("Extensions", Text("延期", "Extensions"), records.Extension,
          Text("延期申请和审定。", "Applications for more time and the decisions on them."), part=Part.HANDLING, shelved=True),
    Table("Pauses", Text("挂起", "Pauses"), records.Pause,
          Text("时限停止计算的各段时间。", "The stretches of time in which clocks stood still."), part=Part.HANDLING, shelved=True),
    Table("Reopenings", Text("重新办理", "Reopenings"), records.Reopening,
          Text("办结后重新办理的理由和批准。", "Closed cases taken up again, why, and who approved it."), part=Part.CLOSING, shelved=True),
    Table("Returns", Text("退回改派", "Returns"), records.Return,
          Text("部门退回、改派及审定。", "Clues given back or rerouted, and the decisions."), part=Part.ROUTING, shelved=True),
    Table("Transfers", Text("移送", "Transfers"), records.Transfer,
          Text("移送外单位及回执。", "Clues handed to other bodies, and their answers."), part=Part.REVIEW, shelved=True),
    Table("FollowUps", Text("跟进", "Follow-ups"), records.FollowUp,
          Text("定期了解处理进度。", "Regular looks at the progress."), part=Part.SUPERVISION, shelved=True),
    Table("Urges", Text("督办", "Supervision orders"), records.Urge,
          Text("催办、督办及回复。", "Reminders and supervision orders, with the answers."), part=Part.SUPERVISION),
    Table("SpotChecks", Text("抽查", "Spot checks"), records.SpotCheck,
          Text("按批次抽查的线索和结论。", "Clues drawn for a check, and what was found."), part=Part.SUPERVISION, shelved=True),
    Table("Rectifications", Text("整改", "Rectifications"), records.Rectification,
          Text("发现的问题、责任人、期限、复查和处理。", "What was found wrong, who puts it right, by when."), part=Part.SUPERVISION, shelved=True),
    Table("Volumes", Text("归档目录", "Archive"), records.Volume,
          Text("归档案卷，保管期限和到期日。", "Archived cases, how long they are kept."), part=Part.CLOSING, shelved=True),
    Table("Loans", Text("借阅", "Loans"), records.Loan,
          Text("案卷的查阅、借出和复制。", "Reading, borrowing and copying of volumes."), part=Part.CLOSING, shelved=True),
    Table("Disposals", Text("销毁清册", "Disposals"), records.Disposal,
          Text("已销毁的案卷，永久保存。", "Volumes disposed of; kept for ever."), part=Part.CLOSING, shelved=True),
    Table("Reporters", Text("举报人信息", "Reporters"), records.Reporter,
          Text("反映人身份，仅限经办人查看；平时隐藏，需要时取消隐藏。",
               "Who reported; for the eyes of the clerk alone. The sheet is hidden; unhide it to look."), part=Part.INTAKE, secret=True),
    Table("Events", Text("流转记录", "Events"), records.Event,
          Text("每次变更自动留痕，请勿手工修改。", "Every change, written by the program; do not edit."), part=Part.SUPERVISION),
    Table("Departments", Text("部门", "Departments"), office.Department,
          Text("可以承办线索的部门。", "Departments that may be made responsible.")),
    Table("People", Text("人员", "People"), office.Person,
          Text("分析人、审核人、承办人及其岗位。", "Analysts, reviewers, handlers, and their roles.")),
    Table("Channels", Text("来源渠道", "Channels"), office.Channel,
          Text("线索从哪里来。", "Where clues come from.")),
    Table("Categories", Text("类别", "Categories"), office.Category,
          Text("性质与子类。", "Natures and their subtypes.")),
    Table("RoutingRules", Text("流转规则", "Routing rules"), office.RoutingRule,
          Text("哪类线索转哪个部门。", "Which clues go to which department."), shelved=True),
    Table("RetentionRules", Text("保管期限", "Retention rules"), office.RetentionRule,
          Text("哪类案卷保管多久。", "How long which cases are kept."), shelved=True),
    Table("Keywords", Text("规则词表", "Category rules"), office.Keyword,
          Text("自动建议类别和紧急程度所用的词语，可增减。", "Phrases behind the suggestions; add and remove freely."), shelved=True),
    Table("Limits", Text("时限", "Limits"), office.Limit,
          Text("各环节的办理时限。", "How many days each step may take.")),
    Table("Calendar", Text("工作日历", "Working calendar"), office.DayOff,
          Text("节假日和调休，本单位的安排优先。", "Holidays and make-up days; the office's own rows win.")),
    Table("Years", Text("年度覆盖", "Calendar years"), office.CalendarYear,
          Text("哪些年度的放假安排已经公布。", "Which years have a published calendar."), shelved=True),
    Table("Settings", Text("设置", "Settings"), office.Setting,
          Text("单位名称、编号规则等。", "Name of the office, number patterns and the like.")),
    Table("Numbers", Text("编号", "Numbers"), office.Counter,
          Text("各编号序列已用到的号，保证不重号。", "The last number of each series, so that none is given twice."), shelved=True),
)  # fmt: skip


def table_of(record: type) -> Table:
    """Return the table that holds a record; `KeyError` when none does."""
    return _BY_RECORD[record]


_BY_RECORD: dict[type, Table] = {table.record: table for table in TABLES}
