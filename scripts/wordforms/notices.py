"""Reports, circulars and papers of meetings (procedure, section 4: F3, F4, F15, and K3 at its last level)."""

from __future__ import annotations

from collections.abc import Callable

from cluebook.text import Lang, Text
from wordforms.blocks import paragraph, together
from wordforms.entries import Entry, halves, line
from wordforms.official import ASK, Official, Part, Rows, Said, Table
from wordforms.package import Document
from wordforms.page import Page
from wordforms.plain import Listing, signature_boxes
from wordforms.tables import table

_MANAGEMENT = Text("单位分管领导，监督部门", "management, supervision")
_CLUE = Text(
    "{{ number }}号线索（事项：{{ clue.matter }}{% if clue.department %}；责任部门：{{ clue.department }}{% endif %}）",
    "clue {{ number }} ({{ clue.matter }}{% if clue.department %}; department: {{ clue.department }}{% endif %})",
)

_BACKGROUND = (
    ("业务流程", "Business process", "process_background"),
    ("市场环境", "Market", "market_background"),
    ("客户需求", "Customer needs", "customer_background"),
    ("原因判断", "Cause", "cause"),
    ("参考案例", "Similar cases", "similar_cases"),
    ("借鉴之处", "Lessons", "lessons"),
)

_ANALYSIS = Official(
    "analysis_report",
    Text("关于{{ number }}号线索的\n分析报告", "Analysis report on clue {{ number }}"),
    (
        Said(
            Text(
                "我们对"
                + _CLUE.zh
                + "进行了分析，采用的方法是：{{ analysis.methods }}。现将分析情况报告如下。",
                "We have analysed "
                + _CLUE.en
                + " by these methods: {{ analysis.methods }}. This is our report.",
            ),
            only="analysis.methods",
        ),
        Part(Text("一、线索概述", "1   Summary"), "analysis.summary"),
        Part(
            Text("二、分析过程", "2   Process"),
            "analysis.process",
            parts=(
                *(
                    Said(
                        Text(f"{zh}：{{{{ analysis.{name} }}}}", f"{en}: {{{{ analysis.{name} }}}}"),
                        only=f"analysis.{name}",
                    )
                    for zh, en, name in _BACKGROUND
                ),
            ),
        ),
        Table(
            Listing(
                Text("专家意见", "Experts"),
                "consultations",
                (("expert", 13), ("kind", 13), ("question", 24), ("opinion", 25), ("on", 25)),
            )
        ),
        Part(
            Text("三、风险评估结果", "3   Risk assessment"),
            "analysis.risks",
            parts=(
                Table(
                    (
                        ("analysis.economy", "analysis.reputation"),
                        ("analysis.legal", "analysis.likelihood"),
                        ("analysis.computed_risk", "clue.risk"),
                        ("analysis.expected_loss",),
                        ("analysis.risk_reason",),
                    )
                ),
            ),
        ),
        Part(
            Text("四、可行性分析结论", "4   Feasibility"),
            "analysis.feasibility",
            parts=(
                Table(
                    Listing(
                        Text("处理方案比较", "Alternatives"),
                        "alternatives",
                        (
                            ("option", 34),
                            ("cost", 20),
                            ("benefit", 20),
                            ("difficulty", 13),
                            ("recommended", 13),
                        ),
                    )
                ),
            ),
        ),
        Part(Text("五、处理建议", "5   Recommendation"), "analysis.recommendation"),
    ),
    signed=Text("撰写人：{{ analysis.analyst }}", "{{ analysis.analyst }}, analyst"),
    after=(
        Table(
            (
                ("analysis.version", "analysis.submitted_at"),
                ("analysis.approved", "analysis.reviewed_at"),
                ("analysis.opinion",),
            ),
            heading=Text("审核意见", "Review"),
        ),
        lambda lang, page: (
            signature_boxes(
                (Text("审核人：{{ analysis.reviewer }}", "Reviewer: {{ analysis.reviewer }}"),),
                lang,
                page.text_width,
            )
            + paragraph("Gap")
        ),
    ),
)

_CALL = Official(
    "meeting_notice",
    Text("关于召开线索{{ meeting.kind }}会议的\n通知", "Notice of meeting: {{ meeting.kind }}"),
    (
        Said(
            Text(
                "为研究"
                + _CLUE.zh
                + "，定于{{ meeting.on }}召开{{ meeting.kind }}会议。现将有关事项通知如下。",
                "A meeting ({{ meeting.kind }}) is held on {{ meeting.on }} about " + _CLUE.en + ".",
            )
        ),
        Said(
            Text(
                "一、时间和地点：{{ meeting.on }}{% if meeting.place %}，{{ meeting.place }}{% endif %}。",
                "Time and place: {{ meeting.on }}{% if meeting.place %}, {{ meeting.place }}{% endif %}.",
            )
        ),
        Said(Text("二、主持人：{{ meeting.chair }}。", "Chair: {{ meeting.chair }}.")),
        Said(
            Text(
                "三、参会人员：{% if meeting.attendees %}{{ meeting.attendees }}{% else %}各有关部门负责人{% endif %}"
                "{% if meeting.leaders %}；{{ meeting.leaders }}{% endif %}。",
                "Those called: {% if meeting.attendees %}{{ meeting.attendees }}{% else %}the heads of the departments concerned"
                "{% endif %}{% if meeting.leaders %}; {{ meeting.leaders }}{% endif %}.",
            )
        ),
        Said(
            Text(
                "四、议题：{% if meeting.issues %}{{ meeting.issues }}{% else %}明确关键问题、处理方向和职责分工。{% endif %}",
                "Agenda: {% if meeting.issues %}{{ meeting.issues }}{% else %}key questions, direction, and who does what."
                "{% endif %}",
            )
        ),
        Said(
            Text(
                "请围绕议题准备书面意见，按时参会；因故不能参会的，请于会前告知{{ office }}。" + ASK.zh,
                "Please come prepared on the agenda; if you cannot come, tell {{ office }} beforehand. "
                + ASK.en,
            )
        ),
    ),
    to=Text("各参会部门", "the departments called"),
)


def _present(lang: Lang, page: Page) -> str:
    """Return who was there, in the manner of minutes (GB/T 9704, 10.3)."""
    rows = [
        line(lang, Entry(Text("出席", "Present"), "{{ meeting.attendees }}")),
        line(lang, Entry(Text("参会领导", "Leaders"), "{{ meeting.leaders }}")),
        line(
            lang,
            Entry(Text("主持", "Chair"), "{{ meeting.chair }}"),
            Entry(Text("记录", "Recorded by"), "{{ meeting.recorder }}"),
        ),
        line(
            lang,
            Entry(Text("主持人签名", "Chair (signature)"), ""),
            Entry(Text("日期", "Date"), ""),
            height=11,
        ),
    ]
    title = Text("参会人员", "Those present").in_(lang)
    return paragraph("Gap") + together(table(title, halves(lang, page.text_width), rows)) + paragraph("Gap")


_MINUTES = Official(
    "meeting_minutes",
    Text(
        "关于{{ number }}号线索的\n{{ meeting.kind }}会议纪要",
        "Minutes on clue {{ number }}: {{ meeting.kind }}",
    ),
    (
        Said(
            Text(
                "{{ meeting.on }}，{{ meeting.chair }}{% if meeting.place %}在{{ meeting.place }}{% endif %}主持召开{{ meeting.kind }}会议，研究"
                + _CLUE.zh
                + "。现将会议情况纪要如下。",
                "On {{ meeting.on }} {{ meeting.chair }} chaired a meeting ({{ meeting.kind }})"
                "{% if meeting.place %} ({{ meeting.place }}){% endif %} about " + _CLUE.en + ".",
            )
        ),
        Part(Text("一、关键问题", "1   Key questions"), "meeting.issues"),
        Part(
            Text("二、处理方向与分工", "2   Direction and tasks"),
            "meeting.decisions",
            parts=(
                Table(
                    Listing(
                        Text("职责分工", "Tasks"),
                        "tasks",
                        (("department", 21), ("share", 14), ("task", 38), ("due", 27)),
                    )
                ),
            ),
        ),
        Part(Text("三、未决事项", "3   Left open"), "meeting.unsettled"),
        Part(Text("四、领导意见", "4   Opinion of the leaders"), "meeting.leaders_opinion"),
    ),
    after=(_present,),
    copies=Text("各参会部门，单位分管领导", "the departments present, management"),
)

_OVERDUE = Official(
    "overdue_report",
    Text("关于{{ number }}号线索办理逾期的\n情况通报", "Report of overdue handling of clue {{ number }}"),
    (
        Said(
            Text(
                "你部门承办的{{ number }}号线索（事项：{{ clue.matter }}），于{{ clue.routed_at }}流转（流转单号：{{ clue.slip_no }}）"
                "{% if clue.handler %}，承办人{{ clue.handler }}{% endif %}。",
                "Clue {{ number }} ({{ clue.matter }}) was routed to you on {{ clue.routed_at }} (slip {{ clue.slip_no }})"
                "{% if clue.handler %}; its handler is {{ clue.handler }}{% endif %}.",
            )
        ),
        Part(
            Text("一、逾期情况", "1   What is overdue"),
            parts=(
                Said(
                    Text(
                        "截至{{ today }}，{{ urge.about }}"
                        "{% if not urge.due and clue.overdue_days %} {{ clue.overdue_days }} 个工作日{% endif %}。"
                        "{% if not urge.due and clue.completion_due %}办理完成期限为{{ clue.completion_due }}。{% endif %}"
                        "连同本次，已催办、督办、通报 {{ urge.level }} 次，仍未按要求办结。",
                        "As of {{ today }}: {{ urge.about }}"
                        "{% if not urge.due and clue.overdue_days %}, {{ clue.overdue_days }} working days late{% endif %}. "
                        "{% if not urge.due and clue.completion_due %}Completion was due on {{ clue.completion_due }}. {% endif %}"
                        "With this report it has been urged {{ urge.level }} times.",
                    )
                ),
            ),
        ),
        Part(
            Text("二、办理要求", "2   What is asked"),
            "urge.demand",
            parts=(
                Said(
                    Text(
                        "请于{{ urge.reply_by }}前按所附督办单（编号：{{ urge.number }}）书面回复进展、未完成原因、措施和预计完成时间。"
                        "逾期情况记入部门办理情况统计。",
                        "Please answer on the enclosed order ({{ urge.number }}) by {{ urge.reply_by }}: how it stands, why it is late, "
                        "what you do about it, and when it will be done. Delays enter the statistics of the departments.",
                    )
                ),
            ),
        ),
    ),
    to=Text("{{ urge.to }}", "{{ urge.to }}"),
    copies=_MANAGEMENT,
)

_FINDINGS = (
    (Text("线索编号", "Clue no."), 27, Text("{{ row.number }}", "{{ row.number }}")),
    (Text("责任部门", "Department"), 16, Text("{{ row.department }}", "{{ row.department }}")),
    (
        Text("检查情况", "Checked"),
        22,
        Text(
            "流程：{{ row.procedure }}\n时限：{{ row.time }}\n文书：{{ row.papers }}\n结果：{{ row.outcome }}",
            "Procedure: {{ row.procedure }}\nTime: {{ row.time }}\nPapers: {{ row.papers }}\nOutcome: {{ row.outcome }}",
        ),
    ),
    (Text("结论和问题", "Findings"), 24, Text("{{ row.conclusion }}", "{{ row.conclusion }}")),
    (
        Text("整改责任人、期限和复查", "Put right by"),
        22,
        Text(
            "{% if row.owner %}{{ row.owner }}，{{ row.due }} 前{% if row.recheck %}；{{ row.recheck }}{% endif %}{% else %}—{% endif %}",
            "{% if row.owner %}{{ row.owner }}, {{ row.due }}{% if row.recheck %}; {{ row.recheck }}{% endif %}{% else %}—{% endif %}",
        ),
    ),
)

_CHECKED = Official(
    "spot_check_report",
    Text("关于线索办理抽查情况的\n通报", "Findings of the spot check {{ about.batch }}"),
    (
        Said(
            Text(
                "按照线索办理流程制度，近期对线索办理情况进行了抽查（批次：{{ about.batch }}）。现将有关情况通报如下。",
                "Under our procedure the handling of clues was checked (batch {{ about.batch }}). These are the findings.",
            )
        ),
        Part(
            Text("一、基本情况", "1   Overview"),
            parts=(
                Said(
                    Text(
                        "本次共抽查线索 {{ about.drawn }} 条，检查是否符合流程、是否按时限办理、文书是否齐全规范、处理结果是否合理有效。"
                        "各项均符合的 {{ about.met }} 条，存在问题的 {{ about.faulty }} 条"
                        "{% if about.departments %}，涉及{{ about.departments }}{% endif %}。",
                        "{{ about.drawn }} clues were checked: whether procedure and time limits were kept, the papers are complete, and "
                        "the outcome is sound. {{ about.met }} met everything, {{ about.faulty }} did not"
                        "{% if about.departments %} ({{ about.departments }}){% endif %}.",
                    )
                ),
            ),
        ),
        Part(Text("二、逐条情况", "2   Clue by clue"), parts=(Rows(_FINDINGS),)),
        Part(
            Text("三、有关要求", "3   What follows"),
            parts=(
                Said(
                    Text(
                        "请有关部门对照存在的问题，按整改期限逐项整改，并将整改情况报送{{ office }}；复查合格后销号。逾期未整改或者整改不到位的，"
                        "按有关规定处理。",
                        "The departments concerned put right what was found by the dates given and report to {{ office }}; an item is settled "
                        "once it has been rechecked. What is not put right is dealt with under our rules.",
                    )
                ),
            ),
        ),
    ),
    to=Text("各有关部门", "the departments concerned"),
    copies=Text("单位分管领导", "management"),
    marks=False,
)

NOTICES: dict[str, Callable[[Lang], Document]] = {
    document.kind: document for document in (_ANALYSIS, _CALL, _MINUTES, _OVERDUE, _CHECKED)
}
"""Each of these documents by its kind."""
