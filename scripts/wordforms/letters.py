"""The letters, in the manner of GB/T 9704: head, addressee, text, signature, enclosures."""

from __future__ import annotations

from cluebook.forms import FORMS, NUMBER, SLIP
from cluebook.text import Lang, Text
from wordforms.blocks import BREAK, day, entry, flowing, on_new_page, paragraph, run, tick, together, when
from wordforms.entries import Entry, halves, is_marked, is_pressing, label_of, ledger, line
from wordforms.fillable import fact, fillable, office, title_control
from wordforms.package import Document
from wordforms.page import letter_page
from wordforms.tables import Row, each, label, table, value

_TITLE = Text("关于{{ number }}号线索办理情况的\n反馈报告", "Feedback report on clue {{ number }}")
_OPENING = Text(
    "你部门{{ clue.routed_at }}流转的{{ number }}号线索（流转单号：{{ clue.slip_no }}；事项：{{ clue.matter }}），"
    "我部门已按规定办理。现将办理情况报告如下。",
    "On {{ clue.routed_at }} you sent us clue {{ number }} (routing slip {{ clue.slip_no }}; "
    "matter: {{ clue.matter }}). We have dealt with it and report as follows.",
)
_KIND = "feedback_report"
_PARTS = ("feedback.process", "feedback.result", "feedback.expectation", "feedback.improvements")
_BESIDE = (("feedback.improver", "feedback.improve_by"), ("feedback.form",), ("feedback.evidence",))
_LOG = (
    ("line.on", 1980, "Centre"),
    ("line.measures", 2250, "Cell"),
    ("line.communication", 1950, "Cell"),
    ("line.resolution", 1584, "Cell"),
    ("line.recorder", 1080, "Centre"),
)


def feedback_report(lang: Lang) -> Document:
    """Return F10: a department's report on a clue, with its handling log and the review of the office."""
    title = _TITLE.in_(lang)
    page = letter_page(lang)
    first, _, second = title.partition("\n")
    body = [
        when(is_marked(lang), paragraph("Mark", "{{ clue.secrecy }}")),
        when(is_pressing(lang), paragraph("Mark", "{{ clue.urgency }}")),
        paragraph("Head", "{{ clue.department }}"),
        paragraph("Title", title_control(lang, _KIND, run(first) + (BREAK + run(second) if second else ""))),
        paragraph("To", Text("", "To: ").in_(lang), office(lang), Text("：", "").in_(lang)),
        paragraph("Body", flowing(_OPENING.in_(lang), lang)),
        *(_part(name, lang) for name in _PARTS),
        paragraph("Body", (FORMS[_KIND].until or _TITLE).in_(lang)),
        _close(lang),
        _beside(lang, page.text_width),
        when("log", _log(lang)),
        _review(lang, page.text_width),
    ]
    return Document(title=title.replace("\n", ""), body="".join(body), page=page)


def _part(name: str, lang: Lang) -> str:
    """Return one of the four parts under its heading; its control carries the field's name, to be read back by."""
    known = fillable(lang, _KIND, name, shows=True)
    text = paragraph("Body", flowing(known.shown, lang))
    # The signature never stands alone on a page: the last part goes with it.
    return paragraph("Heading", known.label.in_(lang)) + (together(text) if name == _PARTS[-1] else text)


def _close(lang: Lang) -> str:
    """Return the signature and whom to ask."""
    contact = Text(
        "（联系人：{{ clue.handler }}{% if clue.handler_phone %}，电话：{{ clue.handler_phone }}{% endif %}）",
        "Contact: {{ clue.handler }}{% if clue.handler_phone %}, {{ clue.handler_phone }}{% endif %}",
    )
    signed = together(paragraph("Sign") + paragraph("Sign", "{{ clue.department }}"))
    return "".join(
        (
            signed,
            paragraph("SignDate", "{{ today }}"),
            when("clue.handler", paragraph("Body", contact.in_(lang))),
        )
    )


def _beside(lang: Lang, width: int) -> str:
    """Return what the office has to know beside the text: who improves what by when, the form, the enclosures."""
    rows = [line(lang, *(fillable(lang, _KIND, name, shows=True) for name in names)) for names in _BESIDE]
    rows.append(line(lang, Entry(Text("签发人签名", "Signed off by"), ""), height=11))
    title = Text("改进与凭证", "Improvement and evidence").in_(lang)
    return paragraph("Gap") + together(table(title, halves(lang, width), rows)) + paragraph("Gap")


def _log(lang: Lang) -> str:
    """Return the handling log on a page of its own."""
    title = Text("处理记录", "Handling log").in_(lang)
    heads = Row(tuple(label(label_of(name).in_(lang)) for name, *_ in _LOG), header=True)
    row = Row(tuple(value(f"{{{{ {name} }}}}", style=style) for name, _, style in _LOG))
    widths = [width for _, width, _ in _LOG]
    rows = [heads, *each("line", "log", row)]
    mark = on_new_page(paragraph("Mark", Text("附件", "Enclosure").in_(lang)))
    return mark + paragraph("FormTitle", title) + table(title, widths, rows)


def _review(lang: Lang, width: int) -> str:
    """Return the box in which the clue department notes its review."""
    title = Text("反馈审核意见", "Review of the feedback").in_(lang)
    answers = tick("review.accepted", Text("同意办结", "Accepted"), lang)
    answers += tick("review.returned", Text("退回补正", "To be redone"), lang)
    opinion, on = Text("审核意见", "Opinion"), Text("审核日期", "Date")
    rows = [
        line(lang, fact(lang, NUMBER), fact(lang, SLIP)),
        line(lang, ledger("clue.department"), Entry(Text("审核结论", "Decision"), answers)),
        line(lang, Entry(opinion, entry("review.opinion", opinion, lang)), height=16),
        line(
            lang,
            Entry(Text("审核人签名", "Reviewer (signature)"), ""),
            Entry(on, day("review.reviewed_on", on, lang)),
            height=11,
        ),
    ]
    widths = halves(lang, width)
    return (
        paragraph("Gap")
        + together(paragraph("SlipTitle", title) + table(title, widths, rows))
        + paragraph("Gap")
    )
