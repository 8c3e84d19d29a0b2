"""The documents cluebook makes: their kinds, file names, and the values their templates may use.

A new document is one line in DOCUMENTS and its template. The values are plain text, made here from the
records; a template never sees an object. Nothing that names a reporter is among them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cluebook.domain.case import Case
from cluebook.domain.clue import Clue
from cluebook.domain.fields import columns
from cluebook.domain.records import Analysis, Feedback, HandlingLine
from cluebook.ledger.cells import show
from cluebook.ledger.ledger import Ledger
from cluebook.ledger.plan import Paper, Stamp
from cluebook.text import Lang, Text

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """One kind of document.

    Attributes:
        id: its name in the code, and that of its template.
        text: what the office calls it.
        lists: whether it lists clues, rather than being about one.
        must: names its template has to print, because the document is worth nothing without them.
    """

    id: str
    text: Text
    lists: bool = False
    must: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        """File name of the template."""
        return f"{self.id}.docx"


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline as a document lists it: its name, the date, the rule behind it."""

    name: Text
    on: date
    rule: Text


DOCUMENTS: Mapping[str, Document] = {
    document.id: document
    for document in (
        Document(
            "routing_slip",
            Text("线索流转单", "Routing slip"),
            must=("number", "clue.slip_no", "clue.matter", "clue.description", "clue.department"),
        ),
        Document(
            "feedback_report",
            Text("线索反馈报告", "Feedback report"),
            must=(
                "number",
                "feedback.process",
                "feedback.result",
                "feedback.expectation",
                "feedback.improvements",
            ),
        ),
        Document(
            "overdue_list",
            Text("逾期清单", "Overdue list"),
            lists=True,
            must=("rows.number", "rows.kind", "rows.due", "rows.days"),
        ),
    )
}


def clue_paper(kind: str, case: Case, ledger: Ledger, stamp: Stamp, deadlines: Sequence[Due] = ()) -> Paper:
    """Return a document about one clue."""
    document, lang, clue = DOCUMENTS[kind], ledger.lang, case.clue
    number = clue.number or clue.entry_no or ""
    title = document.text.in_(lang)
    context = {
        **_common(document, ledger, stamp),
        "number": number,
        "clue": _values(Clue, clue, lang),
        "analysis": _values(Analysis, case.analysis, lang),
        "feedback": _values(Feedback, case.feedback, lang),
        "log": [_values(HandlingLine, line, lang) for line in case.log],
        "deadlines": [
            {"name": due.name.in_(lang), "due": day_in_words(due.on, lang), "rule": due.rule.in_(lang)}
            for due in deadlines
        ],
        "materials": [{"name": name} for name in _materials(case, lang)],
    }
    return Paper(
        kind, number, stamp.today.year, safe_name(f"{number} {title}") + ".docx", context, code=number
    )


def list_paper(kind: str, rows: Iterable[Mapping[str, str]], ledger: Ledger, stamp: Stamp) -> Paper:
    """Return a document that lists clues, each row a mapping of plain text."""
    document, listed = DOCUMENTS[kind], [dict(row) for row in rows]
    title = document.text.in_(ledger.lang)
    context = {**_common(document, ledger, stamp), "rows": listed, "total": str(len(listed))}
    return Paper(
        kind, title, stamp.today.year, safe_name(f"{title} {stamp.today:%Y-%m-%d}") + ".docx", context
    )


def words_of(kind: str) -> Mapping[str, Text]:
    """Return every name the template of a document may use, dotted as ``clue.matter``, and what it stands for."""
    of_a_list = DOCUMENTS[kind].lists
    plain = {**_PLAIN, **(_LIST_PLAIN if of_a_list else _CLUE_PLAIN)}
    groups = _LIST_GROUPS if of_a_list else _CLUE_GROUPS
    return plain | {
        f"{group}.{name}": text for group, names in groups.items() for name, text in names.items()
    }


def names_of(kind: str) -> frozenset[str]:
    """Return every name the template of a document may use, dotted: ``clue.matter``, ``log.measures``."""
    return frozenset(words_of(kind))


def _fields(record: type) -> Mapping[str, Text]:
    return {column.name: column.text for column in columns(record)}


_PLAIN = {
    "office": Text("单位名称", "name of the office"),
    "title": Text("文书名称", "name of the document"),
    "today": Text("制作日期", "the day it is made"),
    "user": Text("经办人", "who makes it"),
}
_CLUE_PLAIN = {
    "number": Text("线索编号；受理前为登记号", "number of the clue; before acceptance its entry number"),
    "log": Text("处理记录（逐行）", "the handling log, line by line"),
    "deadlines": Text("期限（逐项）", "the deadlines, one by one"),
    "materials": Text("随附材料（逐件）", "what is enclosed, one by one"),
}
_LIST_PLAIN = {
    "total": Text("共几行", "how many rows there are"),
    "rows": Text("清单（逐行）", "the list, row by row"),
}
_CLUE_GROUPS: Mapping[str, Mapping[str, Text]] = {
    "clue": _fields(Clue),
    "analysis": _fields(Analysis),
    "feedback": _fields(Feedback),
    "log": _fields(HandlingLine),
    "deadlines": {
        "name": Text("期限名称", "which deadline"),
        "due": Text("到期日", "the date"),
        "rule": Text("办理时限", "the time allowed"),
    },
    "materials": {"name": Text("材料名称", "what it is")},
}
_LIST_GROUPS: Mapping[str, Mapping[str, Text]] = {
    "rows": {
        "number": Text("线索编号", "clue no."),
        "matter": Text("涉及事项", "matter"),
        "department": Text("责任部门", "department"),
        "handler": Text("承办人", "handler"),
        "kind": Text("逾期类型", "kind of deadline"),
        "due": Text("期限", "due"),
        "days": Text("逾期工作日", "working days overdue"),
    }
}


def day_in_words(day: date, lang: Lang) -> str:
    """Return a date as a letter writes it, with the time when it has one.

    >>> day_in_words(date(2026, 11, 4), "zh"), day_in_words(date(2026, 11, 4), "en")
    ('2026年11月4日', '4 November 2026')
    """
    zh, en = f"{day.year}年{day.month}月{day.day}日", f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    time = f" {day:%H:%M}" if isinstance(day, datetime) else ""
    return (zh if lang == "zh" else en) + time


_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?")


def safe_name(name: str, longest: int = 75) -> str:
    r"""Return a file name that every system takes: letters, digits, ``-_.()`` and single spaces.

    >>> safe_name("XS/2026:1 流转单")
    'XS_2026_1 流转单'
    >>> safe_name("..\\nul")
    'nul_'
    """
    kept = [
        ch if unicodedata.category(ch)[0] in "LN" or ch in "-_.() 〔〕" else "_"
        for ch in unicodedata.normalize("NFC", name)
    ]
    plain = re.sub(r"\s+", " ", "".join(kept))[:longest].strip(" ._")
    return f"{plain}_" if not plain or _RESERVED.fullmatch(plain) else plain


def _common(document: Document, ledger: Ledger, stamp: Stamp) -> dict[str, object]:
    lang = ledger.lang
    return {
        "office": ledger.settings.office,
        "title": document.text.in_(lang),
        "today": day_in_words(stamp.today, lang),
        "user": stamp.by,
    }


def _values(record: type, values: object, lang: Lang) -> dict[str, str]:
    """Return every field of a record as text; all blank when there is no record."""
    texts = {}
    for column in columns(record):
        value = getattr(values, column.name, None)
        texts[column.name] = (
            day_in_words(value, lang) if isinstance(value, date) else show(column, value, lang)
        )
    return texts


def _materials(case: Case, lang: Lang) -> list[str]:
    """Name what goes with the slip (L5): the approved analysis, and the attachments counted at entry."""
    materials = []
    if case.analysis is not None:
        materials.append(Text("线索分析报告（已审核）", "Analysis report (approved)").in_(lang))
    if case.clue.attachments:
        count = Text("线索附件 {n} 件", "Attachments to the clue: {n}").fill(n=case.clue.attachments)
        materials.append(count.in_(lang))
    return materials
