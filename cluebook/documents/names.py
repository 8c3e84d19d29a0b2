"""What the template of a document may say, name by name."""

from __future__ import annotations

from collections.abc import Mapping

from cluebook.documents.kinds import MANY, ONE
from cluebook.documents.table import DOCUMENTS
from cluebook.domain.clue import Clue
from cluebook.domain.fields import columns
from cluebook.ledger.tables import table_of
from cluebook.text import Text


def words_of(kind: str) -> Mapping[str, Text]:
    """Return every name the template of a document may use, dotted as ``clue.matter``, and what it stands for."""
    document = DOCUMENTS[kind]
    if document.rows is not None:
        return _COMMON | _OF_A_LIST | _dotted("about", document.about or {}) | _dotted("rows", document.rows)
    words = _COMMON | _OF_A_CLUE
    for group in document.uses:
        record = ONE.get(group) or MANY[group]
        if group in MANY:
            title = table_of(record).title
            words |= {group: Text(f"{title.zh}（逐行）", f"{title.en}, line by line")}
        words |= _dotted(group, _fields(record))
    return words


def names_of(kind: str) -> frozenset[str]:
    """Return every name the template of a document may use, dotted: ``clue.matter``, ``log.measures``."""
    return frozenset(words_of(kind))


def _fields(record: type) -> dict[str, Text]:
    return {column.name: column.text for column in columns(record)}


def _dotted(group: str, words: Mapping[str, Text]) -> dict[str, Text]:
    return {f"{group}.{name}": text for name, text in words.items()}


_COMMON = {
    "office": Text("单位名称", "name of the office"),
    "contact": Text("联系方式", "how to reach the office"),
    "title": Text("文书名称", "name of the document"),
    "today": Text("制作日期", "the day it is made"),
    "user": Text("经办人", "who makes it"),
}
_OF_A_CLUE = {
    "number": Text("线索编号；受理前为登记号", "number of the clue; before acceptance its entry number"),
    **_dotted("clue", _fields(Clue)),
    "deadlines": Text("期限（逐项）", "the deadlines, one by one"),
    "deadlines.name": Text("期限名称", "which deadline"),
    "deadlines.due": Text("到期日", "the date"),
    "deadlines.rule": Text("办理时限", "the time allowed"),
    "materials": Text("随附材料（逐件）", "what is enclosed, one by one"),
    "materials.name": Text("材料名称", "what it is"),
}
_OF_A_LIST = {
    "total": Text("共几行", "how many rows there are"),
    "rows": Text("清单（逐行）", "the list, row by row"),
}
