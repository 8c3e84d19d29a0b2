"""F18: the cover of a volume, its index, its closing note and the list by which it is handed over."""

from __future__ import annotations

from cluebook.documents import DOCUMENTS
from cluebook.text import Lang, Text
from wordforms.blocks import on_new_page, paragraph
from wordforms.entries import MADE, NONE, NUMBERED, Entry, halves, ledger, line, long, marking
from wordforms.package import Document
from wordforms.page import form_page
from wordforms.plain import signature_boxes
from wordforms.tables import Cell, Row, each, label, table, value

_COVER = Text("案　　卷", "Case file")
_ON_COVER = (
    ledger("volume.title"),
    ledger("volume.archive_no"),
    NUMBERED,
    Entry(
        Text("类别", "Category"),
        "{{ volume.nature }}{% if volume.subtype %} / {{ volume.subtype }}{% endif %}",
    ),
    Entry(Text("起止日期", "From, to"), "{{ volume.began_on }} — {{ volume.closed_on }}"),
    ledger("volume.pieces"),
    ledger("volume.pages"),
    ledger("volume.secrecy"),
    ledger("volume.retention"),
    ledger("volume.shelf"),
)
_INDEX = (
    (Text("序号", "No."), 8, "{{ loop.index }}", "Centre"),
    (Text("题名", "Title"), 35, "{{ item.name }}", "Cell"),
    (Text("类别", "Kind"), 15, "{{ item.kind }}", "Centre"),
    (Text("日期", "Date"), 22, "{{ item.formed_on }}", "Centre"),
    (Text("页数", "Pages"), 8, "{{ item.pages }}", "Centre"),
    (Text("备注", "Remarks"), 16, "{{ item.waiver }}", "Cell"),
)
_STATE = Text(
    "本卷共 {{ volume.pieces }} 件、{{ volume.pages }} 页，起止日期 {{ volume.began_on }} 至 {{ volume.closed_on }}。缺损、修改、补充、移出、"
    "销毁等情况：",
    "This volume holds {{ volume.pieces }} items of {{ volume.pages }} pages, from {{ volume.began_on }} to {{ volume.closed_on }}. "
    "Lacking, damaged, changed, added, taken out or destroyed:",
)


def volume(lang: Lang) -> Document:
    """Return the papers of a volume, each on a page of its own."""
    title = DOCUMENTS["volume"].text.in_(lang)
    page = form_page(lang, marking(lang), MADE.in_(lang))
    width = page.text_width
    body = [
        paragraph("FormHead", "{{ office }}"),
        *(paragraph("Gap") for _ in range(12)),
        paragraph("FormTitle", _COVER.in_(lang)),
        *(paragraph("Gap") for _ in range(6)),
        _cover(lang, width),
        on_new_page(paragraph("FormTitle", Text("卷内目录", "Index of the volume").in_(lang))),
        _index(lang, width),
        on_new_page(paragraph("FormTitle", Text("卷内备考表", "Closing note").in_(lang))),
        table(
            title, halves(lang, width), [long(lang, Entry(Text("本卷情况", "State"), _STATE.in_(lang)), 60)]
        ),
        paragraph("Gap"),
        signature_boxes((Text("立卷人", "Compiled by"), Text("检查人", "Checked by")), lang, width),
        paragraph("FormTitle", Text("档案移交清单", "Handing over").in_(lang)),
        table(title, halves(lang, width), _handed_over(lang)),
        paragraph("Gap"),
        signature_boxes(
            (
                Text("移交人签名", "Handed over by"),
                Text("接收人签名", "Accepted by"),
                Text("监交人签名", "Witnessed by"),
            ),
            lang,
            width,
        ),
        paragraph("Gap"),
    ]
    return Document(title=f"{title} {{{{ number }}}}", body="".join(body), page=page)


def _cover(lang: Lang, width: int) -> str:
    rows = [
        Row(
            (
                Cell(paragraph("CoverLabel", entry.label.in_(lang)), shaded=True),
                Cell(paragraph("Cover", entry.shown)),
            ),
            height=15,
        )
        for entry in _ON_COVER
    ]
    return table(_COVER.in_(lang), (width // 4, width - width // 4), rows)


def _index(lang: Lang, width: int) -> str:
    whole = sum(share for _, share, *_ in _INDEX)
    widths = [width * share // whole for _, share, *_ in _INDEX]
    heads = Row(tuple(label(text.in_(lang)) for text, *_ in _INDEX), header=True)
    row = Row(tuple(value(shown, style=style) for *_, shown, style in _INDEX), splits=True)
    none = Row((value(NONE.in_(lang), style="Centre"),))
    return table(_INDEX[1][0].in_(lang), widths, [heads, *each("item", "files", row, none)])


def _handed_over(lang: Lang) -> list[Row]:
    return [
        line(lang, ledger("volume.archive_no"), ledger("volume.archived_at")),
        line(lang, ledger("volume.pieces"), ledger("volume.pages")),
        line(lang, ledger("volume.handed_over_by"), ledger("volume.accepted_by")),
        line(lang, ledger("volume.kept_from"), ledger("volume.kept_until")),
        line(lang, ledger("volume.sha256")),
    ]
