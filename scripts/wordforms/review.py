"""The papers of the review: the collection form, what reporters and collectors are told, merger and transfer (F1, F2, F12)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cluebook.documents import DOCUMENTS
from cluebook.domain.fields import column_of
from cluebook.domain.records import Material
from cluebook.text import Lang, Text
from wordforms.blocks import on_new_page, paragraph, together, when
from wordforms.entries import Entry, halves, is_marked, is_pressing, ledger, line
from wordforms.package import Document
from wordforms.page import letter_page
from wordforms.plain import Listing, Long, Plain, Section
from wordforms.tables import Row, each, label, table, value


@dataclass(frozen=True, slots=True)
class _If:
    """A paragraph that is printed only where a name holds something."""

    name: str
    said: Text

    def in_(self, lang: Lang) -> str:
        return when(self.name, paragraph("Body", self.said.in_(lang)))


_FILES = (("name", 40), ("kind", 18), ("copies", 10), ("pages", 10), ("original", 22))
_CLERK, _HEAD = Text("经办人", "Clerk"), Text("部门负责人", "Head of the office")

_COLLECTION = Plain(
    "collection_form",
    (
        Section(
            Text("一、来源", "1   Source"),
            (
                ("number", "clue.entry_no"),
                ("clue.channel_group", "clue.channel"),
                ("clue.source_no", "clue.link"),
                ("clue.collector", "clue.collecting_department"),
                ("clue.found_at", "clue.collected_at"),
                ("clue.delivered_at", "clue.clerk"),
            ),
        ),
        Section(
            Text("二、反映人", "2   Reporter"),
            (
                ("clue.named", "reporter.wants_reply"),
                ("reporter.name", "reporter.identity_no"),
                ("reporter.phone", "reporter.email"),
                ("reporter.address",),
            ),
        ),
        Section(
            Text("三、反映内容", "3   What was reported"),
            (
                ("clue.matter",),
                ("clue.subjects", "clue.involved_departments"),
                Long("clue.description", 26),
                ("clue.demand",),
                Long("clue.background", 8),
                ("clue.possible_duplicates",),
            ),
        ),
        Listing(Text("四、附件清单", "4   Attachments"), "files", _FILES),
        Section(
            Text("五、初审意见", "5   Preliminary review"),
            (
                ("clue.truth", "clue.completeness"),
                ("clue.nature", "clue.subtype"),
                ("clue.urgency", "clue.ground"),
                ("clue.conclusion", "clue.rejection"),
                ("clue.completeness_score", "clue.missing"),
                ("clue.reviewer", "clue.reviewed_at"),
            ),
        ),
    ),
    signatures=(
        Text("移交人", "Handed over by"),
        Text("接收人", "Received by"),
        Text("初审人", "Reviewed by"),
    ),
    hint=Text(
        "反映人信息未经批准不印出，以“举报人信息”表为准。",
        "Who reported is not printed without approval; the sheet “Reporters” holds it.",
    ),
)

_MERGER = Plain(
    "merge_note",
    (
        Section(
            Text("一、并入的线索", "1   The clue that is merged"),
            (
                ("number", "clue.channel"),
                ("clue.found_at", "clue.delivered_at"),
                ("clue.nature", "clue.subtype"),
                ("clue.urgency",),
                ("clue.matter",),
                Long("clue.description", 30),
            ),
        ),
        Section(
            Text("二、并案", "2   The merger"),
            (("clue.master_number", "clue.conclusion"), ("clue.possible_duplicates",), ("clue.reviewer",)),
        ),
    ),
    signatures=(_CLERK, _HEAD),
    hint=Text(
        "经核对，两案反映的是同一事项。本案随主案办理，不再单独流转；紧急程度不同的，主案就高；两案的反映人分别答复。",
        "Both were compared and are about the same matter. This one is handled with its master and not routed by itself; "
        "the master takes the higher urgency; the reporters of both are answered.",
    ),
)

_REPORTER = Text(
    "{% if reporter.name %}{{ reporter.name }}{% else %}反映人{% endif %}",
    "{% if reporter.name %}{{ reporter.name }}{% else %}the reporter{% endif %}",
)
_ASK = Text(
    "{% if contact %}联系方式：{{ contact }}。{% else %}联系人：{{ user }}。{% endif %}",
    "{% if contact %}Contact: {{ contact }}{% else %}Contact: {{ user }}{% endif %}",
)
_SECRET = Text(
    "我们对您的身份和反映的内容严格保密。", "Who you are and what you reported is kept confidential."
)

_ACKNOWLEDGED = (
    Text(
        "您反映的“{{ clue.matter }}”一事，我们已于{{ clue.delivered_at }}收到（编号：{{ number }}）。",
        "We received your report on “{{ clue.matter }}” on {{ clue.delivered_at }} (no. {{ number }}).",
    ),
    Text(
        "{% if clue.reviewed_at %}经初步审核，已于{{ clue.reviewed_at }}受理，正在按规定办理。"
        "{% else %}目前正在初步审核，是否受理将另行告知。{% endif %}",
        "{% if clue.reviewed_at %}After a preliminary review it was accepted on {{ clue.reviewed_at }} and is being dealt with."
        "{% else %}It is under preliminary review; we shall tell you whether it is accepted.{% endif %}",
    ),
    _If("reply.summary", Text("{{ reply.summary }}", "{{ reply.summary }}")),
    _SECRET,
    Text(
        "需要补充情况的，请注明上述编号与我们联系。" + _ASK.zh,
        "If you have more to tell, please quote the number above. " + _ASK.en,
    ),
)
_REJECTED = (
    Text(
        "您反映的“{{ clue.matter }}”一事（编号：{{ number }}），我们已经审核。",
        "We have reviewed your report on “{{ clue.matter }}” (no. {{ number }}).",
    ),
    Text(
        "因“{{ clue.rejection }}”，依据本单位线索办理流程制度，决定不予受理。",
        "It is not accepted, under our procedure for handling clues, for this reason: {{ clue.rejection }}.",
    ),
    _If("reply.summary", Text("{{ reply.summary }}", "{{ reply.summary }}")),
    Text(
        "对本决定有异议，或者有新的事实和材料的，可以向{{ office }}申请复核；属于其他单位职责的，也可以直接向有权处理的单位反映。",
        "If you disagree, or have new facts or papers, you may ask {{ office }} to review the decision; "
        "what is another body's business you may take to that body.",
    ),
    _ASK,
)
_ANSWERED = (
    Text(
        "您反映的“{{ clue.matter }}”一事（编号：{{ number }}），现答复如下：",
        "This is our answer to your report on “{{ clue.matter }}” (no. {{ number }}).",
    ),
    _If("reply.summary", Text("{{ reply.summary }}", "{{ reply.summary }}")),
    _If(
        "clue.master_number",
        Text(
            "您反映的事项与编号{{ clue.master_number }}的线索为同一事项，已合并办理，办理结果一并答复您。",
            "The matter is the same as that of clue {{ clue.master_number }}; both are handled together, "
            "and you will be told the outcome.",
        ),
    ),
    Text("感谢您的关心和支持。" + _ASK.zh, "Thank you for telling us. " + _ASK.en),
)
_SUPPLEMENT = (
    Text(
        "你处移交的线索“{{ clue.matter }}”（登记号：{{ number }}），经初步审核，材料不完整。",
        "The clue you handed over, “{{ clue.matter }}” (entry no. {{ number }}), is incomplete.",
    ),
    Text("请补充：{{ clue.missing }}。", "Please supply: {{ clue.missing }}."),
    Text(
        "请于{{ clue.supplement_due }}前补齐并送交{{ office }}；补充期间，初审期限暂停计算。确实无法补充的，请书面说明理由。",
        "Please let {{ office }} have it by {{ clue.supplement_due }}; the clock of the review stands still until then. "
        "If something cannot be had, please say why in writing.",
    ),
    Text(
        "逾期未补充的，可能不予受理。依据：本单位线索办理流程制度关于信息准确、完整的规定。",
        "If it does not come in time the clue may not be accepted. Basis: our procedure asks for accurate and complete information.",
    ),
    _ASK,
)
_COLLECTOR = Text(
    "{% if clue.collecting_department %}{{ clue.collecting_department }}{% else %}收集部门{% endif %}",
    "{% if clue.collecting_department %}{{ clue.collecting_department }}{% else %}the collecting department{% endif %}",
)
_TRANSFERRED = (
    Text(
        "现将“{{ clue.matter }}”一事（编号：{{ number }}）移送你单位，请依法处理。",
        "We hand over to you the matter of “{{ clue.matter }}” (no. {{ number }}), for you to deal with.",
    ),
    Text("移送事由：{{ transfer.reason }}", "Reason: {{ transfer.reason }}"),
    Text("移送依据：{{ transfer.basis }}", "Basis: {{ transfer.basis }}"),
    Text(
        "涉及对象：{% if clue.subjects %}{{ clue.subjects }}{% else %}无{% endif %}",
        "Subjects: {% if clue.subjects %}{{ clue.subjects }}{% else %}none{% endif %}",
    ),
    Text("主要内容：{{ clue.description }}", "Account: {{ clue.description }}"),
    Text(
        "移送方式：{% if transfer.way %}{{ transfer.way }}{% else %}直接送达{% endif %}；移送时间：{{ transfer.sent_at }}；移送人：{{ transfer.sent_by }}。",
        "Sent by: {% if transfer.way %}{{ transfer.way }}{% else %}hand{% endif %}, {{ transfer.sent_at }}, {{ transfer.sent_by }}.",
    ),
    Text(
        "请在回执上签注接收意见，退回{{ office }}。" + _ASK.zh,
        "Please answer on the receipt and return it to {{ office }}. " + _ASK.en,
    ),
)


def _letter(
    kind: str, to: Text, said: tuple[Text | _If, ...], after: Callable[[Lang, int], str] | None = None
) -> Callable[[Lang], Document]:
    """Return what makes a letter: marking, head, title, addressee, paragraphs, signature, and what follows it."""

    def made(lang: Lang) -> Document:
        title, page = DOCUMENTS[kind].text.in_(lang), letter_page(lang)
        *first, last = (_printed(each, lang) for each in said)
        signed = paragraph("Sign", "{{ office }}") + paragraph("SignDate", "{{ today }}")
        # How the office grades a clue is not for whoever reported it.
        marks = (
            []
            if to is _REPORTER
            else [(is_marked(lang), "clue.secrecy"), (is_pressing(lang), "clue.urgency")]
        )
        body = [
            *(when(is_set, paragraph("Mark", f"{{{{ {name} }}}}")) for is_set, name in marks),
            paragraph("Head", "{{ office }}"),
            paragraph("Title", title),
            paragraph("To", Text("", "To: ").in_(lang), to.in_(lang), Text("：", "").in_(lang)),
            *first,
            together(last),
            signed,
            after(lang, page.text_width) if after else "",
        ]
        return Document(title=f"{title} {{{{ number }}}}", body="".join(body), page=page)

    return made


def _printed(said: Text | _If, lang: Lang) -> str:
    return said.in_(lang) if isinstance(said, _If) else paragraph("Body", said.in_(lang))


def _enclosed(lang: Lang, width: int) -> str:
    """Return the list of materials and the receipt, on a page of their own."""
    title = Text("移送材料清单", "Materials handed over").in_(lang)
    whole = sum(share for _, share in _FILES)
    widths = [width * share // whole for _, share in _FILES]
    heads = Row(tuple(label(column_of(Material, name).text.in_(lang)) for name, _ in _FILES), header=True)
    row = Row(tuple(value(f"{{{{ item.{name} }}}}") for name, _ in _FILES), splits=True)
    none = Row((value(Text("无", "None").in_(lang), style="Centre"),))
    listed = table(title, widths, [heads, *each("item", "files", row, none)])
    return on_new_page(paragraph("FormTitle", title)) + listed + paragraph("Gap") + _receipt(lang, width)


def _receipt(lang: Lang, width: int) -> str:
    title = Text("移送回执", "Receipt").in_(lang)
    answers = Text("□ 接收　　□ 不接收（请说明理由）", "□ Accepted   □ Not accepted (please say why)").in_(
        lang
    )
    number = Entry(Text("线索编号", "Clue no."), "{{ number }}")
    rows = [
        line(lang, number, ledger("transfer.sent_at")),
        line(lang, ledger("transfer.receiver"), ledger("transfer.sent_by")),
        line(lang, Entry(Text("接收意见", "Answer"), answers), height=12),
        line(lang, Entry(Text("意见或理由", "Opinion"), ""), height=24),
        line(
            lang, Entry(Text("签收盖章", "Signature, stamp"), ""), Entry(Text("日期", "Date"), ""), height=14
        ),
    ]
    return together(paragraph("SlipTitle", title) + table(title, halves(lang, width), rows)) + paragraph(
        "Gap"
    )


REVIEW: dict[str, Callable[[Lang], Document]] = {
    "collection_form": _COLLECTION,
    "merge_note": _MERGER,
    "acknowledgement": _letter("acknowledgement", _REPORTER, _ACKNOWLEDGED),
    "rejection_notice": _letter("rejection_notice", _REPORTER, _REJECTED),
    "reply_letter": _letter("reply_letter", _REPORTER, _ANSWERED),
    "supplement_notice": _letter("supplement_notice", _COLLECTOR, _SUPPLEMENT),
    "transfer_letter": _letter(
        "transfer_letter", Text("{{ transfer.receiver }}", "{{ transfer.receiver }}"), _TRANSFERRED, _enclosed
    ),
}
"""Each paper of the review by the kind of its document."""
