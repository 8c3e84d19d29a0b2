"""Why a file is not read as a returned form, each with what is wrong and what to do, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from cluebook.errors import Place, Problem
from cluebook.forms import FORMS
from cluebook.text import Text, join

_SAVE_AS = Text(
    "请用 Word 打开，另存为“Word 文档（*.docx）”后再读。",
    "Open it in Word, save it as “Word Document (*.docx)” and read that.",
)
_ASK = Text("请向填写部门重新索取。", "Ask the department to send it again.")
_DISTRUST = Text(
    "请勿打开该文件，并向填写部门核实来源。", "Do not open it; ask the department where it comes from."
)
_THE_DOCX = Text(
    "请向填写部门索取填好的 Word 文件；只有纸件或扫描件的，按手册用命令登记。",
    "Ask for the Word file that was filled in; what came on paper is entered with the commands of the manual.",
)

REASONS: Mapping[str, tuple[Text, Text]] = {
    "file_missing": (Text("找不到该文件，或无法读取。", "The file is not there, or cannot be read."),
                     Text("请核对文件的位置和权限。", "Check where it is and who may read it.")),
    "file_empty": (Text("文件是空的。", "The file is empty."), _ASK),
    "file_too_large": (Text("文件过大，不像填好的表单。", "The file is far too large for a form."), _ASK),
    "zip_damaged": (Text("文件已损坏。", "The file is damaged."), _ASK),
    "part_damaged": (Text("文件内部有损坏的部分。", "A part inside the file is damaged."), _ASK),
    "encrypted": (Text("文件已加密。", "The file is encrypted."),
                  Text("请用 Word 打开，取消密码后另存再读。", "Open it in Word, remove the password, save it and read that.")),
    "is_old_doc": (Text("是旧版 Word 文件（.doc）。", "This is a Word file of the old kind (.doc)."), _SAVE_AS),
    "is_rtf": (Text("是 RTF 文件，不是 .docx。", "This is an RTF file, not a .docx."), _SAVE_AS),
    "is_pdf": (Text("是 PDF，不是 Word 文件。", "This is a PDF, not a Word file."), _THE_DOCX),
    "is_picture": (Text("是图片，不是 Word 文件。", "This is a picture, not a Word file."), _THE_DOCX),
    "not_word": (Text("不是 Word 文件（.docx）。", "This is not a Word file (.docx)."), _SAVE_AS),
    "has_macros": (Text("文件带有宏。", "The file has macros in it."),
                   Text("请勿启用宏；另存为不带宏的 .docx 后再读。", "Do not enable them; save it as a .docx without macros and read that.")),
    "names_unsafe": (Text("文件内部含有重复或不安全的名称。", "The file holds repeated or unsafe names inside."), _DISTRUST),
    "parts_overlap": (Text("文件内部的各部分相互重叠。", "Parts inside the file lie over each other."), _DISTRUST),
    "bomb": (Text("文件展开后大得不正常。", "The file unpacks to an absurd size."), _DISTRUST),
    "entities": (Text("文件内部含有不允许的 XML 声明。", "The file holds XML declarations that are not allowed."), _DISTRUST),
    "no_form": (Text("不是能读回的表单。", "This is none of the forms that are read back."),
                Text("请核对是否选错了文件；能读回的有：{kinds}。",
                     "Check whether it is the right file; what can be read: {kinds}.")
                .fill(kinds=join([form.title for form in FORMS.values()]))),
}  # fmt: skip


def unread(code: str, file: str) -> Problem:
    """Return the problem of a file that is not read."""
    wrong, fix = REASONS[code]
    return Problem(code, Place(file=file), wrong, fix)
