"""What can go wrong with a workbook, each with what is wrong and what to do, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from cluebook.books.owners import Owner
from cluebook.errors import Place, Problem
from cluebook.text import Text, same


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a workbook cannot be used, or a change to it cannot be made."""

    wrong: Text
    fix: Text


_RESTORE = Text(
    "请从“backups”文件夹恢复最近的备份，或向提供文件的人重新索取。",
    "Restore the latest copy in the “backups” folder, or ask the sender for the file again.",
)
_DISTRUST = Text(
    "请勿使用该文件，并向提供文件的人核实来源。", "Do not use the file; ask the sender where it comes from."
)
_SAVE_AS = Text(
    "请在 Excel 中打开，另存为“Excel 工作簿（*.xlsx）”后再试。",
    "Open it in Excel, save it as “Excel Workbook (*.xlsx)” and try again.",
)
_SHORTEN = Text("请修改该内容后再试。", "Change the text and try again.")
_IN_EXCEL = Text("请在 Excel 中手工处理后再试。", "Put this right by hand in Excel and try again.")

REASONS = {
    # what is remembered outside
    "key_missing": Reason(
        Text("缺少校验流转记录所用的密钥。", "The key that proves the trail is not here."),
        Text("请恢复 .cluebook 中的 key 文件，或设置 CLUEBOOK_KEY；确已丢失的，移走其中的 witness 文件后重新封存。",
             "Bring back the key file in .cluebook, or set CLUEBOOK_KEY; if it is lost for good, move the witness file"
             " away, and sealing begins anew."),
    ),
    "backup_unknown": Reason(
        Text("没有这个备份。", "There is no such backup."),
        Text("用 cluebook restore --list 查看现有备份。", "See the backups with cluebook restore --list."),
    ),
    "witness_damaged": Reason(
        Text("程序在台账之外的记忆文件已损坏。", "What the program remembers outside the ledger is damaged."),
        Text("请移走 .cluebook 中的 witness 文件，再用 cluebook verify 核对台账。",
             "Move the witness file in .cluebook away, then check the ledger with cluebook verify."),
    ),
    "witness_missing": Reason(
        Text("程序在台账之外的记忆文件不见了，末尾的记录有无被删无从核对。",
             "What the program remembers outside the ledger is gone; nothing tells whether records at the end were"
             " cut off."),
        Text("请与备份核对；下一次保存会重新记下。", "Compare with the backups; the next save begins to remember anew."),
    ),
    "queue_damaged": Reason(
        Text("排队等待的请求文件已损坏。", "The file of the requests that wait is damaged."),
        Text("请移走 queue 中的该文件，查看后重新办理。", "Move the file in queue away, look into it and enter the requests anew."),
    ),
    "conflict_copy": Reason(
        Text("同步软件留下了台账的另一份副本，其中可能有未并入的改动。",
             "A program that synchronises folders left another copy of the ledger; it may hold changes that are"
             " missing here."),
        Text("请核对两份台账，补录缺少的内容，再移走该副本。",
             "Compare the two, enter what is missing, then move that copy away."),
    ),
    "ledger_synced": Reason(
        Text("台账放在自动同步的文件夹“{folder}”中，两台电脑同时改动时会各存一份。",
             "The ledger is in the synchronised folder “{folder}”; changed on two computers at once, it becomes two."),
        Text('请移到共享文件夹或本机的普通文件夹；确须由值守在此写入的，在 cluebook.toml 的 [folders] 中写 synced = "allow"。',
             "Move it to a shared folder, or to a plain one of this machine; if the watch is to write it here after all,"
             ' say synced = "allow" under [folders] in cluebook.toml.'),
    ),
    # the file as a whole
    "file_missing": Reason(
        Text("找不到该文件，或无法读取。", "The file is not there, or cannot be read."),
        Text("请核对文件的位置和权限后再试。", "Check where it is and who may read it, and try again."),
    ),
    "file_empty": Reason(Text("文件是空的。", "The file is empty."), _RESTORE),
    "file_too_large": Reason(
        Text("文件过大。", "The file is too large."),
        Text("请拆分文件或归档旧数据后再试。", "Split the file, or archive old rows, and try again."),
    ),
    "not_workbook": Reason(Text("不是 Excel 工作簿。", "This is not an Excel workbook."), _SAVE_AS),
    "encrypted": Reason(
        Text("文件已加密，或是旧版 .xls 格式。", "The file is encrypted, or in the old .xls format."),
        Text("请在 Excel 中取消密码，另存为 .xlsx 后再试。",
             "Remove the password in Excel, save it as .xlsx and try again."),
    ),
    "zip_damaged": Reason(Text("文件已损坏。", "The file is damaged."), _RESTORE),
    "part_damaged": Reason(Text("文件内部有损坏的部分。", "A part inside the file is damaged."), _RESTORE),
    "workbook_missing": Reason(
        Text("文件中没有工作簿内容。", "The file has no workbook part in it."), _RESTORE
    ),
    # files made to do harm
    "names_unsafe": Reason(
        Text("文件内部含有重复或不安全的名称。", "The file holds repeated or unsafe names inside."), _DISTRUST
    ),
    "parts_overlap": Reason(
        Text("文件内部的各部分相互重叠。", "Parts inside the file lie over each other."), _DISTRUST
    ),
    "bomb": Reason(
        Text("文件展开后大得不正常。", "The file unpacks to an absurd size."), _DISTRUST
    ),
    "entities": Reason(
        Text("文件内部含有不允许的 XML 声明。", "The file holds XML declarations that are not allowed."), _DISTRUST
    ),
    "encoding": Reason(
        Text("文件内部的编码不受支持。", "The file is encoded inside in a way that is not supported."), _SAVE_AS
    ),
    "exhausting": Reason(
        Text("读取该文件所需的时间或内存多得不正常。", "Reading this file takes an absurd amount of time or memory."),
        Text("请在 Excel 中打开，只把需要的内容复制到新工作簿后再试。",
             "Open it in Excel, copy only what is needed into a new workbook and try again."),
    ),
    "outside_grid": Reason(
        Text("有单元格超出工作表的范围。", "A cell lies outside the worksheet grid."), _DISTRUST
    ),
    "range_absurd": Reason(
        Text("工作表的单元格区域大得不正常。", "The range of cells on a sheet is absurdly large."),
        Text("请删除远离数据的零散单元格，另存后再试。",
             "Delete the stray cells far away from the data, save and try again."),
    ),
    "merge_absurd": Reason(
        Text("合并单元格的区域大得不正常。", "A merged range is absurdly large."),
        Text("请取消该合并单元格，另存后再试。", "Unmerge those cells, save and try again."),
    ),
    # what a patch cannot do safely
    "signed": Reason(
        Text("工作簿带有数字签名，修改会使签名失效。",
             "The workbook is digitally signed; a change would break the signature."),
        Text("请在 Excel 中移除数字签名后再试。", "Remove the signature in Excel and try again."),
    ),
    "strict": Reason(
        Text("工作簿保存为“Strict Open XML”格式。", "The workbook is saved as “Strict Open XML”."), _SAVE_AS
    ),
    "shared_workbook": Reason(
        Text("工作簿启用了旧式“共享工作簿”。", "The workbook uses the old “Shared Workbook” feature."),
        Text("请在 Excel 中停止共享后再试。", "Stop sharing it in Excel and try again."),
    ),
    "styles_missing": Reason(
        Text("工作簿没有样式部分。", "The workbook has no styles part."), _SAVE_AS
    ),
    "table_has_totals": Reason(
        Text("表格的汇总行被别处的公式、批注或合并单元格引用，或含有逐格引用的公式，无法下移以追加行。",
             "The table has a totals row that a formula, a note or a merged range names, so it cannot move down for new"
             " rows."),
        Text("请在“表设计”中取消“汇总行”后再试。", "Untick “Total Row” under “Table Design” and try again."),
    ),
    "rows_below_taken": Reason(
        Text("表格下方的单元格已有内容，无法追加。", "The cells below the table are taken, so no row can be added."),
        Text("请把表格下方的内容移到别处后再试。", "Move what stands below the table elsewhere and try again."),
    ),
    "sheet_full": Reason(
        Text("工作表已到最后一行。", "The worksheet has reached its last row."),
        Text("请归档旧数据后再试。", "Archive old rows and try again."),
    ),
    "cell_merged": Reason(Text("单元格已被合并。", "The cell is part of a merged range."), _IN_EXCEL),
    "formula_master": Reason(
        Text("单元格中的公式供其他单元格共用。", "The cell holds a formula that other cells share."), _IN_EXCEL
    ),
    "sheet_unreadable": Reason(
        Text("工作表的结构无法安全修改。", "The sheet is laid out in a way that cannot be changed safely."), _SAVE_AS
    ),
    # values a cell cannot hold
    "text_unholdable": Reason(
        Text("内容含有 Excel 无法保存的字符。", "The text holds characters that Excel cannot keep."), _SHORTEN
    ),
    "text_too_long": Reason(
        Text("内容超过 32,767 个字符。", "The text is longer than 32,767 characters."), _SHORTEN
    ),
    "number_unholdable": Reason(
        Text("数字超出 Excel 的精度。", "The number is beyond what Excel keeps exactly."),
        Text("请改为文本或缩短后再试。", "Make it text, or shorten it, and try again."),
    ),
    "date_unholdable": Reason(
        Text("日期超出 Excel 的范围。", "The date is outside what Excel can hold."),
        Text("请核对日期后再试。", "Check the date and try again."),
    ),
    # the ledger at work
    "ledger_missing": Reason(
        Text("找不到工作簿。", "The workbook is not there."),
        Text("请确认文件的位置和名称后再试。", "Check where the file is and what it is called, and try again."),
    ),
    "ledger_not_named": Reason(
        Text("当前文件夹中没有 ledger.xlsm 或 ledger.xlsx。", "There is no ledger.xlsm or ledger.xlsx in this folder."),
        Text("请进入台账所在的文件夹，或用 --ledger 指明台账文件。",
             "Go to the folder of the ledger, or name the file with --ledger."),
    ),
    "ledger_open": Reason(
        Text("工作簿正由{who}打开。", "{who} has the workbook open."),
        Text("请等对方关闭后再试。", "Try again when it has been closed."),
    ),
    "ledger_mark_stale": Reason(
        Text("{who}一天多以前打开了工作簿，标记一直未消除。", "{who} opened the workbook more than a day ago and the mark is still there."),
        Text("如确认无人打开，请删除同一文件夹中的“{mark}”后再试。",
             "If nobody has it open, delete “{mark}” in the same folder and try again."),
    ),
    "ledger_locked": Reason(
        Text("另一个 cluebook 程序正在使用该工作簿。", "Another cluebook is working on the workbook."),
        Text("请稍候再试。", "Try again in a moment."),
    ),
    "ledger_changed": Reason(
        Text("读取之后工作簿已被他人修改，未写入任何内容。",
             "Somebody changed the workbook after it was read; nothing was written."),
        Text("请重新执行。", "Run the command again."),
    ),
    "table_missing": Reason(
        Text("工作簿中没有表格“{table}”。", "The workbook has no table “{table}”."),
        Text("请恢复该表格，或执行 cluebook upgrade。", "Restore the table, or run cluebook upgrade."),
    ),
    "column_missing": Reason(
        Text("表格中没有该列。", "The table has no such column."),
        Text("请恢复该列的标题，或执行 cluebook upgrade。", "Restore the header of the column, or run cluebook upgrade."),
    ),
    "ledger_newer": Reason(
        Text("台账由较新的 {version} 版程序建立。", "A later version of the program, {version}, made the ledger."),
        Text("请先更新本机的 cluebook。", "Update cluebook on this machine first."),
    ),
    "column_lost": Reason(
        Text("缺少此列：表头被改名，或整列被删。", "This column is missing: its header was renamed, or it was deleted."),
        Text("请把表头改回“{header}”，或用 cluebook restore 恢复备份。",
             "Name the header “{header}” again, or bring a backup back with cluebook restore."),
    ),
    "sheet_lost": Reason(
        Text("工作表“{sheet}”（表 {table}）被删除。", "The sheet “{sheet}” (table {table}) was deleted."),
        Text("请用 cluebook restore 恢复备份。", "Bring a backup back with cluebook restore."),
    ),
    "sheet_name_taken": Reason(
        Text("升级要新增同名工作表，这个名称已被占用。", "The upgrade brings a sheet of this name, which is taken."),
        Text("请给该工作表改名后再升级。", "Rename the sheet, then upgrade again."),
    ),
    "right_taken": Reason(
        Text("表格右侧有内容，新增的列放不下。", "There is something at the right of the table, where new columns have to go."),
        Text("请在 Excel 中拖动表格右下角把它并入表格，或移到别处，再升级。",
             "In Excel drag the table's corner over it, so that it belongs to the table, or move it elsewhere; then upgrade"
             " again."),
    ),
    "disk_full": Reason(
        Text("磁盘空间不足，工作簿保持原样。", "The disk is full; the workbook is as it was."),
        Text("请清理磁盘后再试。", "Make room on the disk and try again."),
    ),
    "disk_refused": Reason(
        Text("无法读写该文件夹，工作簿保持原样。",
             "The folder cannot be read or written; the workbook is as it was."),
        Text("请检查文件夹的权限和网络连接后再试。",
             "Check the permissions of the folder and the network, and try again."),
    ),
    "not_proven": Reason(
        Text("写入后核对不一致，工作簿保持原样。",
             "What was written does not read back; the workbook is as it was."),
        Text("请检查磁盘后再试。", "Check the disk and try again."),
    ),
}  # fmt: skip

NOWHERE = Place()
_SOMEBODY = Text("他人", "Somebody else")


def problem(code: str, place: Place = NOWHERE, **words: Text) -> Problem:
    """Return the problem of one of `REASONS` at its place, its words filled in."""
    reason = REASONS[code]
    return Problem(code, place, reason.wrong.fill(**words), reason.fix.fill(**words))


def open_elsewhere(file: str, holder: Owner | None) -> Problem:
    """Return that a workbook is open, and at whose desk as far as it is known."""
    who = same(holder.name) if holder and holder.name else _SOMEBODY
    if holder and holder.is_stale():
        return problem("ledger_mark_stale", Place(file=file), who=who, mark=same(holder.mark.name))
    return problem("ledger_open", Place(file=file), who=who)
