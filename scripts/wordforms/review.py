"""The papers of the review: the collection form, what reporters and collectors are told, merger and transfer (F1, F2, F12)."""

from __future__ import annotations

from collections.abc import Callable

from cluebook.documents import DOCUMENTS
from cluebook.domain.fields import column_of
from cluebook.domain.records import Material
from cluebook.forms import FORMS, NUMBER
from cluebook.text import Lang, Text
from wordforms.blocks import on_new_page, paragraph, together
from wordforms.entries import Entry, halves, ledger, line
from wordforms.fillable import fact, fillable
from wordforms.official import ASK, Official, Said
from wordforms.package import Document
from wordforms.page import Page
from wordforms.plain import Box, Listing, Long, Plain, Section
from wordforms.tables import Row, each, label, table, value

_FILES = (("name", 40), ("kind", 18), ("copies", 10), ("pages", 10), ("original", 22))
_CLERK, _HEAD = Text("经办人", "Clerk"), Text("部门负责人", "Head of the office")

_CAME = Text(
    "□ 上级交办　□ 其他单位转办　□ 来访　□ 来信来电　□ 其他",
    "□ by order   □ passed on by others   □ in person   □ by letter or telephone   □ otherwise",
)
_AGAIN = Text(
    "{% if clue.possible_duplicates %}重复反映（疑似与{{ clue.possible_duplicates }}重复）{% else %}首次反映{% endif %}",
    "{% if clue.possible_duplicates %}possibly again: {{ clue.possible_duplicates }}{% else %}for the first time{% endif %}",
)

_COLLECTION = Plain(
    "collection_form",
    (
        Section(
            Text("一、来源", "1   Source"),
            (
                ("number", "clue.entry_no"),
                ("clue.channel_group", "clue.channel"),
                ("clue.source_no", "clue.link"),
                Box(Text("来文类型", "How it came"), _CAME),
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
                Long("clue.description", 40),
                ("clue.demand",),
                Long("clue.background", 16),
                Box(Text("首次 / 重复", "First or again"), _AGAIN),
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
                Box(Text("初审说明", "Remarks"), height=30),
                ("clue.reviewer", "clue.reviewed_at"),
            ),
            apart=True,
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
_SECRET = Text(
    "我们对您的身份和反映的内容严格保密。", "Who you are and what you reported is kept confidential."
)

_SUMMARY = Said(Text("{{ reply.summary }}", "{{ reply.summary }}"), only="reply.summary")
_RULES = Text(
    "本单位线索办理流程制度{% if clue.policy %}（{{ clue.policy }}）{% endif %}",
    "our procedure for handling clues{% if clue.policy %} ({{ clue.policy }}){% endif %}",
)

_ACKNOWLEDGED = (
    Said(
        Text(
            "您反映的“{{ clue.matter }}”一事，我们已于{{ clue.delivered_at }}收到（编号：{{ number }}）。",
            "We received your report on “{{ clue.matter }}” on {{ clue.delivered_at }} (no. {{ number }}).",
        )
    ),
    Said(
        Text(
            "{% if clue.reviewed_at %}经初步审核，依据"
            + _RULES.zh
            + "，已于{{ clue.reviewed_at }}受理{% if clue.completion_due %}，"
            "办理期限为{{ clue.completion_due }}{% endif %}。办结后，我们将按规定告知您办理结果。"
            "{% else %}目前正在初步审核，是否受理将另行告知。{% endif %}",
            "{% if clue.reviewed_at %}After a preliminary review it was accepted on {{ clue.reviewed_at }} under "
            + _RULES.en
            + "{% if clue.completion_due %} and is to be dealt with by {{ clue.completion_due }}{% endif %}. "
            "You will be told the outcome.{% else %}It is under preliminary review; we shall tell you whether it is accepted."
            "{% endif %}",
        )
    ),
    _SUMMARY,
    Said(_SECRET),
    Said(
        Text(
            "需要补充情况或者查询办理情况的，请注明上述编号与我们联系；认为我们未按规定办理的，可以向本单位监督部门反映。"
            + ASK.zh,
            "If you have more to tell or wish to ask how it stands, please quote the number above; if you think that we do not "
            "follow our rules, you may turn to our supervision. " + ASK.en,
        )
    ),
)
_REJECTED = (
    Said(
        Text(
            "您反映的“{{ clue.matter }}”一事（编号：{{ number }}），我们已经审核。",
            "We have reviewed your report on “{{ clue.matter }}” (no. {{ number }}).",
        )
    ),
    Said(
        Text(
            "因“{{ clue.rejection }}”，依据" + _RULES.zh + "，决定不予受理。",
            "It is not accepted, under " + _RULES.en + ", for this reason: {{ clue.rejection }}.",
        )
    ),
    _SUMMARY,
    Said(
        Text(
            "对本决定有异议，或者有新的事实和材料的，可以向{{ office }}申请复核；属于其他单位职责的，也可以直接向有权处理的单位反映。",
            "If you disagree, or have new facts or papers, you may ask {{ office }} to review the decision; "
            "what is another body's business you may take to that body.",
        )
    ),
    Said(ASK),
)
_ANSWERED = (
    Said(
        Text(
            "您反映的“{{ clue.matter }}”一事（编号：{{ number }}），现答复如下：",
            "This is our answer to your report on “{{ clue.matter }}” (no. {{ number }}).",
        )
    ),
    _SUMMARY,
    Said(
        Text(
            "您反映的事项与编号{{ clue.master_number }}的线索为同一事项，已合并办理，办理结果一并答复您。",
            "The matter is the same as that of clue {{ clue.master_number }}; both are handled together, "
            "and you will be told the outcome.",
        ),
        only="clue.master_number",
    ),
    Said(Text("感谢您的关心和支持。" + ASK.zh, "Thank you for telling us. " + ASK.en)),
)
_SUPPLEMENT = (
    Said(
        Text(
            "你处移交的线索“{{ clue.matter }}”（登记号：{{ number }}），经初步审核，材料不完整。",
            "The clue you handed over, “{{ clue.matter }}” (entry no. {{ number }}), is incomplete.",
        )
    ),
    Said(Text("请补充：{{ clue.missing }}。", "Please supply: {{ clue.missing }}.")),
    Said(
        Text(
            "请于{{ clue.supplement_due }}前补齐并送交{{ office }}；补充期间，初审期限暂停计算。确实无法补充的，请书面说明理由。",
            "Please let {{ office }} have it by {{ clue.supplement_due }}; the clock of the review stands still until then. "
            "If something cannot be had, please say why in writing.",
        )
    ),
    Said(
        Text(
            "逾期未补充的，可能不予受理。依据：" + _RULES.zh + "关于信息准确、完整的规定。",
            "If it does not come in time the clue may not be accepted. Basis: "
            + _RULES.en
            + ", which asks for accurate and complete information.",
        )
    ),
    Said(ASK),
)
_COLLECTOR = Text(
    "{% if clue.collecting_department %}{{ clue.collecting_department }}{% else %}收集部门{% endif %}",
    "{% if clue.collecting_department %}{{ clue.collecting_department }}{% else %}the collecting department{% endif %}",
)
_TRANSFERRED = (
    Said(
        Text(
            "现将“{{ clue.matter }}”一事（编号：{{ number }}）移送你单位，请依法处理。",
            "We hand over to you the matter of “{{ clue.matter }}” (no. {{ number }}), for you to deal with.",
        )
    ),
    Said(
        Text(
            "移送事由：{{ transfer.reason }}移送依据：{{ transfer.basis }}。",
            "Reason: {{ transfer.reason }} Basis: {{ transfer.basis }}.",
        )
    ),
    Said(Text("主要内容：{{ clue.description }}", "Account: {{ clue.description }}")),
    Said(
        Text(
            "请签注接收意见后将回执退回我处。" + ASK.zh,
            "Please answer on the receipt and return it to {{ office }}. " + ASK.en,
        )
    ),
    Said(Text("附件：1．移送材料清单　2．移送回执", "Enclosed: list of the materials; receipt")),
)


def _enclosed(lang: Lang, page: Page) -> str:
    """Return the list of materials and the receipt, on a page of their own."""
    title, width = Text("移送材料清单", "Materials handed over").in_(lang), page.text_width
    mark = on_new_page(paragraph("Mark", Text("附件", "Enclosure").in_(lang)))
    whole = sum(share for _, share in _FILES)
    widths = [width * share // whole for _, share in _FILES]
    heads = Row(tuple(label(column_of(Material, name).text.in_(lang)) for name, _ in _FILES), header=True)
    row = Row(tuple(value(f"{{{{ item.{name} }}}}") for name, _ in _FILES), splits=True)
    none = Row((value(Text("无", "None").in_(lang), style="Centre"),))
    listed = table(title, widths, [heads, *each("item", "files", row, none)])
    return mark + paragraph("FormTitle", title) + listed + paragraph("Gap") + _receipt(lang, width)


def _receipt(lang: Lang, width: int) -> str:
    """Return the receipt that the receiver fills in and sends back."""
    kind = "transfer_letter"
    form = FORMS[kind]
    title = (form.below or form.title).in_(lang)
    rows = [
        line(lang, fact(lang, NUMBER), ledger("transfer.way")),
        line(
            lang, fact(lang, "transfer.receiver", form.facts["transfer.receiver"]), ledger("transfer.sent_by")
        ),
        line(lang, fillable(lang, kind, "transfer.answer"), height=10),
        line(lang, fillable(lang, kind, "transfer.opinion"), height=24),
        line(
            lang,
            *(fillable(lang, kind, name) for name in ("transfer.answered_by", "transfer.answered_at")),
            height=10,
        ),
        line(lang, Entry(Text("签收盖章", "Signature, stamp"), ""), height=14),
    ]
    made = together(paragraph("SlipTitle", title) + table(title, halves(lang, width), rows))
    return made + paragraph("Gap")


REVIEW: dict[str, Callable[[Lang], Document]] = {
    "collection_form": _COLLECTION,
    "merge_note": _MERGER,
    **{
        document.kind: document
        for document in (
            # How the office grades a clue is not for whoever reported it.
            Official(
                "acknowledgement", DOCUMENTS["acknowledgement"].text, _ACKNOWLEDGED, _REPORTER, marks=False
            ),
            Official(
                "rejection_notice", DOCUMENTS["rejection_notice"].text, _REJECTED, _REPORTER, marks=False
            ),
            Official("reply_letter", DOCUMENTS["reply_letter"].text, _ANSWERED, _REPORTER, marks=False),
            Official("supplement_notice", DOCUMENTS["supplement_notice"].text, _SUPPLEMENT, _COLLECTOR),
            Official(
                "transfer_letter",
                DOCUMENTS["transfer_letter"].text,
                _TRANSFERRED,
                Text("{{ transfer.receiver }}", "{{ transfer.receiver }}"),
                after=(_enclosed,),
            ),
        )
    },
}
"""Each paper of the review by the kind of its document."""
