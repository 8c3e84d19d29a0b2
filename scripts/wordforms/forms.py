"""The forms: ruled sheets that are printed, signed and sent back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cluebook.forms import FORMS, NUMBER, SLIP, Blank
from cluebook.text import Lang, Text
from wordforms.blocks import TAB, paragraph, stops, together, when
from wordforms.entries import MADE, NONE, NUMBERED, Entry, confidential, halves, ledger, line, long, marking
from wordforms.fillable import boxes, fact, fillable, heads, lines, looped, office, title_control
from wordforms.package import Document
from wordforms.page import form_page, list_page
from wordforms.tables import Row, band, each, label, table, value
from wordforms.xml import w

_TEAR = Text("请沿此线裁下，填写后退回", "Tear off here, fill in and return")
_RETURN = Text(
    "请于接收期限前填妥退回{{ office }}；不属本部门职责的，注明理由和建议部门。",
    "Please return this receipt to {{ office }} before receipt is due. If the matter is not yours, say why and whose it is.",
)
_COUNTED = Text(
    "注：逾期天数按工作日计算，期限当日不计入。",
    "Days overdue are working days; the day of the deadline itself is not counted.",
)
_RECORD = Text(
    "每办一事填一行，日期、措施必填；行数不够可自行加行。填后退回{{ office }}，已登记的各行不会重复登记。",
    "One line for each thing done, with its date and the measures; add rows as needed. Return it to {{ office }}: "
    "lines that are entered already are not entered twice.",
)
_ITEMS = Text(
    "处理清单：各项须填结果和日期，需要的附凭证",
    "Checklist: each item with its result and date, and evidence where it needs some",
)
_ITEM = (4600, 5100, 2200, 2560)
"""Widths of the columns of the checklist."""
_LINE = (2460, 3600, 3050, 2500, 1300, 1550)
"""Widths of the columns of the handling record."""
_SIGNED = Text("签名", "Signatures")
_OVERDUE_COLUMNS = (
    (Text("序号", "No."), 700, "{{ loop.index }}", "Centre"),
    (Text("线索编号", "Clue no."), 2250, "{{ row.number }}", "Centre"),
    (Text("涉及事项", "Matter"), 3270, "{{ row.matter }}", "Cell"),
    (Text("责任部门", "Department"), 1900, "{{ row.department }}", "Centre"),
    (Text("承办人", "Handler"), 1350, "{{ row.handler }}", "Centre"),
    (Text("逾期类型", "Kind"), 1750, "{{ row.kind }}", "Centre"),
    (Text("期限", "Due"), 2050, "{{ row.due }}", "Centre"),
    (Text("逾期工作日", "Days overdue"), 1300, "{{ row.days }}", "Centre"),
)


def routing_slip(lang: Lang) -> Document:
    """Return F5: the slip that goes to a department with a clue, and the receipt it sends back."""
    title = Text("线索流转单", "Routing slip").in_(lang)
    page = form_page(lang, marking(lang), MADE.in_(lang))
    widths = halves(lang, page.text_width)
    body = [
        paragraph("FormHead", office(lang)),
        paragraph("FormTitle", title_control(lang, "routing_slip", title)),
        confidential(lang),
        table(title, widths, [*_facts(lang), *_routing(lang), *_materials(lang), *_signatures(lang)]),
        _receipt(lang, widths),
    ]
    return Document(title=f"{title} {{{{ number }}}}", body="".join(body), page=page)


def handling_record(lang: Lang) -> Document:
    """Return F8: the handling log of a clue, with the lines there are and blank ones to fill in and send back."""
    kind = "handling_record"
    title = FORMS[kind].title.in_(lang)
    page = form_page(lang, marking(lang), MADE.in_(lang), turned=True)
    log, checklist = (answer.blanks for answer in FORMS[kind].answers)
    known = Row(tuple(value(f"{{{{ line.{blank.field} }}}}") for blank in log))
    facts = [
        line(lang, fact(lang, NUMBER), fact(lang, SLIP)),
        line(lang, ledger("clue.department"), ledger("clue.handler")),
        line(lang, ledger("clue.matter"), ledger("clue.completion_due")),
    ]
    body = [
        paragraph("FormHead", office(lang)),
        paragraph("FormTitle", title_control(lang, kind, title)),
        confidential(lang),
        table(title, halves(lang, page.text_width), facts),
        paragraph("Gap"),
        table(title, _LINE, [heads(lang, log), *each("line", "log", known), *lines(lang, log, 5, 13)]),
        when("checklist", paragraph("Gap") + table(_ITEMS.in_(lang), _ITEM, _checklist(lang, checklist))),
        paragraph("Hint", _RECORD.in_(lang)),
    ]
    return Document(title=f"{title} {{{{ number }}}}", body="".join(body), page=page)


def _checklist(lang: Lang, blanks: Sequence[Blank]) -> list[Row]:
    """Return the checklist of the clue's subtype, each item with what is there already and room for the rest."""
    return [
        replace(band(_ITEMS.in_(lang)), header=True),
        heads(lang, blanks),
        *each("item", "checklist", looped(lang, blanks, "item", 8)),
    ]


def overdue_list(lang: Lang) -> Document:
    """Return the list of overdue clues that the daily script prints."""
    title = Text("线索逾期清单", "Overdue clues").in_(lang)
    page = list_page(lang, Text("制表日期：{{ today }}", "Made on {{ today }}").in_(lang))
    as_of = Text("截至{{ today }}，共 {{ total }} 项逾期。", "As of {{ today }}: {{ total }} overdue.").in_(
        lang
    )
    widths = [width for _, width, _, _ in _OVERDUE_COLUMNS]
    heads = Row(tuple(label(text.in_(lang)) for text, *_ in _OVERDUE_COLUMNS), header=True)
    row = Row(tuple(value(shown, style=style) for *_, shown, style in _OVERDUE_COLUMNS))
    none = Row((value(Text("没有逾期线索。", "Nothing is overdue.").in_(lang), style="Centre"),))
    body = [
        paragraph("FormHead", "{{ office }}"),
        paragraph("FormTitle", title),
        paragraph("AsOf", as_of),
        table(title, widths, [heads, *each("row", "rows", row, none)]),
        together(paragraph("Hint", _COUNTED.in_(lang)) + paragraph("Gap")),
        _signed(lang, page.text_width),
        paragraph("Gap"),
    ]
    return Document(title=f"{title} {{{{ today }}}}", body="".join(body), page=page)


def _facts(lang: Lang) -> list[Row]:
    kind = Entry(
        Text("性质 / 子类", "Nature / subtype"),
        "{{ clue.nature }}{% if clue.subtype %} / {{ clue.subtype }}{% endif %}",
    )
    accepted = Entry(Text("受理时间", "Accepted at"), "{{ clue.reviewed_at }}")
    account = Entry(Text("主要内容", "Account"), "{{ clue.description }}")
    return [
        band(Text("一、基本情况", "1   The clue").in_(lang)),
        line(lang, NUMBERED, accepted),
        line(lang, ledger("clue.channel"), ledger("clue.found_at")),
        line(lang, kind, ledger("clue.urgency")),
        line(lang, ledger("clue.matter")),
        line(lang, ledger("clue.subjects")),
        long(lang, account, height=19),
    ]


def _routing(lang: Lang) -> list[Row]:
    within = Text("办理时限", "Time allowed").in_(lang)
    limit = Row(
        (label("{{ limit.name }}"), value("{{ limit.due }}"), label(within), value("{{ limit.rule }}"))
    )
    return [
        band(Text("二、流转信息", "2   Routing").in_(lang)),
        line(lang, ledger("clue.slip_no"), ledger("clue.routed_at")),
        line(lang, ledger("clue.department"), ledger("clue.joint_departments")),
        line(lang, ledger("clue.expected_on"), ledger("clue.completion_due")),
        long(lang, ledger("clue.routing_reason"), height=8),
        *each("limit", "deadlines", limit, line(lang, Entry(Text("期限", "Deadlines"), NONE.in_(lang)))),
    ]


def _materials(lang: Lang) -> list[Row]:
    name = Row((label("{{ loop.index }}"), value("{{ material.name }}")))
    return [
        band(Text("三、随附材料清单", "3   Enclosed").in_(lang)),
        *each("material", "materials", name, Row((value(NONE.in_(lang), style="Centre"),))),
    ]


def _signatures(lang: Lang) -> list[Row]:
    approved = Entry(Text("审批签名", "Approved (signature)"), "")
    return [line(lang, Entry(Text("经办人", "Sent by"), "{{ user }}"), approved, height=10)]


def _receipt(lang: Lang, widths: list[int]) -> str:
    """Return the receipt below its tear line, on one page; what is filled in is read back by its tags."""
    kind = "routing_slip"
    title = (FORMS[kind].below or FORMS[kind].title).in_(lang)

    def asked(*names: str) -> Row:
        return line(lang, *(fillable(lang, kind, name) for name in names))

    rows = [
        line(lang, fact(lang, NUMBER), fact(lang, SLIP)),
        line(lang, Entry(Text("接收意见", "Answer"), boxes(lang, kind))),
        asked("clue.handler", "clue.handler_phone"),
        asked("clue.deputy", "clue.expected_on"),
        asked("returned.reason"),
        asked("returned.basis", "returned.proposed"),
        line(
            lang,
            fillable(lang, kind, "clue.received_at"),
            Entry(Text("签名（盖章）", "Signature, stamp"), ""),
            height=12,
        ),
    ]
    cut = paragraph(
        "Cut",
        TAB,
        f" {_TEAR.in_(lang)} ",
        TAB,
        properties=stops(sum(widths) // 2, sum(widths), leader="hyphen"),
    )
    receipt = cut + paragraph("SlipTitle", title) + table(title, widths, rows)
    return together(receipt) + paragraph("Hint", _RETURN.in_(lang), properties=w("keepLines"))


def _signed(lang: Lang, width: int) -> str:
    """Return the boxes for signatures at the foot of a list."""
    names = (Text("制表", "Made by"), Text("审核", "Checked by"), Text("日期", "Date"))
    room = width // 3 - 1300
    return table(
        _SIGNED.in_(lang), [1300, room] * 3, [line(lang, *(Entry(name, "") for name in names), height=10)]
    )
