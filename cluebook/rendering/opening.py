"""Opening a Word template: what cannot be one is refused with what it is instead."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cluebook.errors import Place, Problem, TemplateError
from cluebook.text import Text

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

_LARGEST = 64_000_000
_TYPES = "[Content_Types].xml"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MACROS = re.compile(rb"macroEnabled|vbaProject")
_WORD_TEMPLATE = re.compile(rb"wordprocessingml\.template\.main")
_RESTORE = Text(
    "或用 cluebook templates restore 恢复原样。", "or restore it with: cluebook templates restore."
)
_SAVE_AGAIN = Text(
    f"请用 Word 打开后另存为 .docx，{_RESTORE.zh}", f"Open it in Word and save it as .docx, {_RESTORE.en}"
)
_NO_WORD_FILE = Text("不是可用的 Word 文件（.docx）。", "It is not a usable Word file (.docx).")
_OLD_OR_LOCKED = Text(
    "是旧格式（.doc）文件，或设了打开密码。", "It is in the old format (.doc), or needs a password to open."
)
_OLD_OR_LOCKED_FIX = Text(
    f"请用 Word 打开，去掉密码，另存为 .docx，{_RESTORE.zh}",
    f"Open it in Word, remove the password and save it as .docx, {_RESTORE.en}",
)
_HAS_MACROS = Text("含有宏。", "It holds macros.")
_HAS_MACROS_FIX = Text(
    f"模板不得含宏：请用 Word 另存为不带宏的 .docx，{_RESTORE.zh}",
    f"A template may hold none: save it in Word as .docx without macros, {_RESTORE.en}",
)
_IS_DOTX = Text("是 Word 模板格式（.dotx）。", "It is in Word's own format for templates (.dotx).")


def content_of(template: Path) -> bytes:
    """Return the bytes of a template, or raise `TemplateError`."""
    if not template.is_file():
        raise TemplateError(_missing(template.name))
    try:
        return template.read_bytes()
    except OSError:
        raise _refusal("template_damaged", template.name, _NO_WORD_FILE) from None


def opened(content: bytes, file: str) -> DocxTemplate:
    """Return a Word template of this content and file name ready to be filled, or raise `TemplateError`."""
    from docxtpl import DocxTemplate

    for problem in _refusals(content, file):
        raise problem
    try:
        document = DocxTemplate(io.BytesIO(content))
        document.init_docx()
        has_body = document.docx.element.body is not None
    except Exception:  # noqa: BLE001 - python-docx names no errors for a package that is not well formed
        has_body = False
    if not has_body:
        raise _refusal("template_damaged", file, _NO_WORD_FILE)
    return document


def _refusals(content: bytes, file: str) -> Iterator[TemplateError]:
    """Return why a file is none that Word templates are made of, without opening it as one."""
    if content.startswith(_OLD_OFFICE):
        yield _refusal("template_old_format", file, _OLD_OR_LOCKED, _OLD_OR_LOCKED_FIX)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            size = sum(member.file_size for member in package.infolist())
            types = package.read(_TYPES) if size <= _LARGEST else b""
            parts = " ".join(package.namelist()).encode()
    except Exception:  # noqa: BLE001 - a damaged package raises whatever its damage leads to
        types = parts = b""
    if _MACROS.search(types + parts):
        yield _refusal("template_macros", file, _HAS_MACROS, _HAS_MACROS_FIX)
    if _WORD_TEMPLATE.search(types):
        yield _refusal("template_damaged", file, _IS_DOTX)
    if not types:
        yield _refusal("template_damaged", file, _NO_WORD_FILE)


def _missing(file: str) -> Problem:
    return Problem(
        "template_missing",
        Place(file=file),
        Text("没有找到这个模板。", "This template was not found."),
        Text(f"请把它放回模板文件夹，{_RESTORE.zh}", f"Put it back into the templates folder, {_RESTORE.en}"),
    )


def _refusal(code: str, file: str, wrong: Text, fix: Text = _SAVE_AGAIN) -> TemplateError:
    return TemplateError(Problem(code, Place(file=file), wrong, fix))
