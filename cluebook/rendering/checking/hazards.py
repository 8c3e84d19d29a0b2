"""What a template may not carry into documents: links, things that run, traces, and what Word does on opening."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from cluebook.errors import Problem
from cluebook.rendering.checking.told import fault
from cluebook.rendering.stories import REL, Element, Story, W, spot, stories
from cluebook.text import Text, same

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

_HARMLESS_FIELDS = frozenset(
    [
        "=",
        "ADVANCE",
        "BIDIOUTLINE",
        "COMPARE",
        "CREATEDATE",
        "DATE",
        "EQ",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
        "FORMTEXT",
        "IF",
        "INDEX",
        "LISTNUM",
        "NOTEREF",
        "NUMCHARS",
        "NUMPAGES",
        "NUMWORDS",
        "PAGE",
        "PAGEREF",
        "PRINTDATE",
        "REF",
        "SAVEDATE",
        "SECTION",
        "SECTIONPAGES",
        "SEQ",
        "STYLEREF",
        "SYMBOL",
        "TC",
        "TIME",
        "TITLE",
        "TOC",
        "XE",
    ]
)
"""Fields that only count, repeat or date what is in the document itself."""
_FIELD_NAME = re.compile(r"\s*(=|[A-Za-z]+)")
_LOCAL_LINK = re.compile(r"\s*HYPERLINK\s+\\l\s", re.IGNORECASE)
_PICTURES = (
    b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\x01\0\0\0", b"\xd7\xcd\xc6\x9a", b"\x01\0\t\0",
)  # fmt: skip
"""How PNG, JPEG, GIF, BMP, TIFF, EMF and WMF begin."""
_WHOLE = Text("整个文件", "the whole file")
_SETTINGS = Text("文档设置", "document settings")

_Told = tuple[str, Text, Text]
_LINK: _Told = (
    "template_link",
    Text("有指向外部的链接", "a link leads out of the document"),
    Text(
        "请右击它，选“取消超链接”；文字会留下。",
        "Right-click it and choose Remove Hyperlink; the words stay.",
    ),
)
_LINKED: _Told = (
    "template_link",
    Text("有内容取自别的文件（链接的图片或对象）", "a picture or object is linked from another file"),
    Text("请删去它，重新插入时选“插入”而不是“链接”。", "Delete it and insert it again, not as a link."),
)
_REMOTE: _Told = (
    "template_remote",
    Text("挂着别处的 Word 模板", "another Word template is attached"),
    Text(
        "请在 Word 的“开发工具－文档模板”中改回 Normal。",
        "In Word, under Developer, Document Template, set it back to Normal.",
    ),
)
_RUNS: _Told = (
    "template_macros",
    Text("含有宏、控件或自定义按钮", "it holds macros, controls or buttons of its own"),
    Text("请删去控件，另存为不带宏的 .docx。", "Delete the controls and save it as .docx without macros."),
)
_EMBEDDED: _Told = (
    "template_embedded",
    Text("嵌有别的文件（对象、图表或子文档）", "another file is embedded (an object, chart or sub-document)"),
    Text("请删去它，或改成图片粘贴。", "Delete it, or paste it as a picture."),
)
_RELATIONS: Mapping[str, _Told] = {
    "attachedTemplate": _REMOTE,
    "vbaProject": _RUNS,
    "wordVbaData": _RUNS,
    "control": _RUNS,
    "activeXControlBinary": _RUNS,
    "attachedToolbars": _RUNS,
    "keyMapCustomizations": _RUNS,
    "extensibility": _RUNS,
    "oleObject": _EMBEDDED,
    "package": _EMBEDDED,
    "aFChunk": _EMBEDDED,
    "subDocument": _EMBEDDED,
    "frame": _EMBEDDED,
}
"""What a relation of a part means, by the last word of its type."""
_FIELD = Text(
    "有域 {name}，它会读取别处、运行程序或询问用户",
    "the field {name} reads elsewhere, runs something or asks",
)
_FIELD_FIX = Text(
    "请删去这个域，改成普通文字（按 Alt+F9 可看到域）。",
    "Delete the field or turn it into plain words (Alt+F9 shows fields).",
)
_NOT_A_PICTURE: _Told = (
    "template_picture",
    Text("有一张图片不是图片文件", "a picture is none"),
    Text("请删去它，重新插入 PNG 或 JPEG 图片。", "Delete it and insert a PNG or JPEG picture."),
)
_MARKS: Mapping[str, _Told] = {
    name: told
    for names, told in (
        (
            "ins del moveFrom moveTo pPrChange rPrChange sectPrChange tblPrChange trPrChange tcPrChange numberingChange cellIns cellDel",
            (
                "template_revision",
                Text("有修订痕迹", "there are tracked changes"),
                Text(
                    "请在“审阅”中接受或拒绝全部修订，并关闭修订。",
                    "Accept or reject all changes and stop tracking them.",
                ),
            ),
        ),
        (
            "commentReference",
            (
                "template_comment",
                Text("有批注", "there is a comment"),
                Text("请在“审阅”中删除全部批注。", "Delete all comments."),
            ),
        ),
        ("altChunk", _EMBEDDED),
    )
    for name in names.split()
}
_HIDDEN: _Told = (
    "template_hidden",
    Text("有隐藏文字", "there is hidden text"),
    Text("请取消“隐藏”格式，或删去这些文字。", "Take off the format Hidden, or delete the words."),
)
_IN_SETTINGS: Mapping[str, _Told] = {
    "trackRevisions": (
        "template_revision",
        Text("开着修订", "changes are being tracked"),
        Text("请在“审阅”中关闭修订。", "Stop tracking changes."),
    ),
    "documentProtection": (
        "template_protected",
        Text("设了编辑限制", "editing is restricted"),
        Text(
            "请在“审阅－限制编辑”中停止保护；“填写窗体”的限制可以保留。",
            "Stop the protection under Restrict Editing; that for filling in forms may stay.",
        ),
    ),
    "writeProtection": (
        "template_protected",
        Text("设了修改密码或建议只读", "it needs a password to be changed, or is read-only"),
        Text("请在“另存为－工具－常规选项”中取消。", "Take it off under Save As, Tools, General Options."),
    ),
    "mailMerge": (
        "template_link",
        Text("连着邮件合并的数据源", "it is tied to a data source of a mail merge"),
        Text(
            "请在“邮件－开始邮件合并”中改为“普通 Word 文档”。",
            "Under Mailings make it a normal Word document.",
        ),
    ),
}


def hazards(document: DocxTemplate, file: str) -> Iterator[Problem]:
    """Return what an opened template may not hold, story by story, then what concerns the whole of it."""
    seen: set[int] = set()
    for story in stories(document):
        seen.add(id(story.relations))
        for told, element in _of_story(story):
            yield _problem(told, file, spot(element, story.root, story.name))
    main = document.docx.part
    for part in (main.package, *main.package.iter_parts()):
        if id(part.rels) not in seen:
            place = _SETTINGS if str(getattr(part, "partname", "")).endswith("settings.xml") else _WHOLE
            yield from (_problem(told, file, place) for told in filter(None, map(_meant, part.rels.values())))
        if str(getattr(part, "content_type", "")).startswith("image/") and not _is_picture(part.blob):
            yield _problem(_NOT_A_PICTURE, file, _WHOLE)
    yield from (_problem(told, file, _SETTINGS) for told in _of_settings(document))


def _problem(told: _Told, file: str, place: Text) -> Problem:
    return fault(told[0], file, place, *told[1:])


def _of_story(story: Story) -> Iterator[tuple[_Told, Element]]:
    """Return what a story may not hold, each once a paragraph, with an element that shows where."""
    pointing = {key: told for key, relation in story.relations.items() if (told := _meant(relation))}
    told_of = set()
    marked = ((told, e) for e in story.root.iter() for told in _of_element(e, pointing))
    for told, element in (*marked, *_of_fields(story.root)):
        holder = next(element.iterancestors(f"{W}p"), element)
        if (told, holder) not in told_of:
            told_of.add((told, holder))
            yield told, element
    used = {value for element in story.root.iter() for value in element.attrib.values()}
    yield from ((told, story.root) for key, told in pointing.items() if key not in used)


def _of_element(element: Element, pointing: Mapping[str, _Told]) -> Iterator[_Told]:
    name = str(element.tag).removeprefix(W)
    if name in _MARKS:
        yield _MARKS[name]
    elif name == "vanish" and _hides(element):
        yield _HIDDEN
    for key, value in element.attrib.items():
        if key.startswith(REL) and value in pointing:
            yield pointing[value]


def _of_fields(root: Element) -> Iterator[tuple[_Told, Element]]:
    for element, code in (*_simple_fields(root), *_complex_fields(root)):
        found = _FIELD_NAME.match(code)
        name = found[1].upper() if found else "?"
        if name not in _HARMLESS_FIELDS and not _LOCAL_LINK.match(code):
            yield ("template_field", _FIELD.fill(name=same(name)), _FIELD_FIX), element


def _simple_fields(root: Element) -> Iterator[tuple[Element, str]]:
    yield from ((field, field.get(f"{W}instr", "")) for field in root.iter(f"{W}fldSimple"))


def _complex_fields(root: Element) -> Iterator[tuple[Element, str]]:
    """Return each field written in several runs with its code, that of fields inside it left out."""
    is_open: list[tuple[Element, list[str]]] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText"):
        if element.tag == f"{W}instrText":
            for _, code in is_open[-1:]:
                code.append(element.text or "")
        elif element.get(f"{W}fldCharType") == "begin":
            is_open.append((element, []))
        elif element.get(f"{W}fldCharType") == "end" and is_open:
            begin, code = is_open.pop()
            yield begin, "".join(code)


def _meant(relation: Any) -> _Told | None:  # noqa: ANN401 - python-docx publishes no type for a relation
    """Return why a part may not point to what it points to; ``None`` if it may."""
    kind = relation.reltype.rpartition("/")[2]
    if kind in _RELATIONS:
        return _RELATIONS[kind]
    if relation.is_external:
        return _LINK if kind == "hyperlink" else _LINKED
    return None


def _hides(vanish: Element) -> bool:
    """Return whether the mark hides words, and not only the end of a paragraph."""
    run = vanish.getparent().getparent()
    is_on = vanish.get(f"{W}val") not in {"0", "false", "off"}
    return bool(
        is_on and run is not None and run.tag == f"{W}r" and next(run.iter(f"{W}t"), None) is not None
    )


def _is_picture(content: bytes) -> bool:
    return (
        content.startswith(_PICTURES)
        or content[:4] + content[8:12] == b"RIFFWEBP"
        or b"<svg" in content[:2000]
    )


def _of_settings(document: DocxTemplate) -> Iterator[_Told]:
    for relation in document.docx.part.rels.values():
        if relation.reltype.endswith("/settings") and not relation.is_external:
            for element in getattr(relation.target_part, "element", ()):
                name = str(element.tag).removeprefix(W)
                if name in _IN_SETTINGS and _is_on(element, name):
                    yield _IN_SETTINGS[name]


def _is_on(element: Element, name: str) -> bool:
    if name == "documentProtection":
        restricts = element.get(f"{W}edit") not in {"forms", "none"}
        return restricts and element.get(f"{W}enforcement") not in {"0", "false", "off", None}
    return element.get(f"{W}val") not in {"0", "false", "off"}
