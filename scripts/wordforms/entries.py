"""Lines of a form: labels taken from the records, values named as in the record."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cluebook.documents import MANY, ONE
from cluebook.domain.clue import Clue, Secrecy, Urgency
from cluebook.domain.fields import Choice, column_of
from cluebook.domain.records import HandlingLine
from cluebook.text import Lang, Text
from wordforms.blocks import flowing, paragraph, when
from wordforms.tables import Row, label, value

NONE = Text("无", "None")
"""What stands where there is nothing."""

MADE = Text(
    "制表日期：{{ today }}　　经办人：{{ user }}{% if clue.policy %}　　适用制度：{{ clue.policy }}{% endif %}",
    "Made on {{ today }} by {{ user }}{% if clue.policy %}; procedure: {{ clue.policy }}{% endif %}",
)
"""The foot of a form about a clue, with the edition of the procedure that it is handled under (G1)."""

_CONFIDENTIAL = Text(
    "本件为保密线索，仅限办理人员知悉，不得擅自扩散。",
    "Confidential: for those who handle this clue only. Do not pass it on.",
)
_RECORDS = {"clue": Clue, "line": HandlingLine, **ONE, **MANY}


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and what stands beside it: text with tags, or XML."""

    label: Text
    shown: str


NUMBERED = Entry(Text("线索编号", "Clue no."), "{{ number }}")
"""The number of the clue, before acceptance its entry number."""


def ledger(name: str) -> Entry:
    """Return the entry of a field, as ``clue.matter``: its column header and its tag."""
    return Entry(label_of(name), f"{{{{ {name} }}}}")


def label_of(name: str) -> Text:
    """Return the column header of a field, as ``clue.matter``."""
    record, _, field = name.partition(".")
    return column_of(_RECORDS[record], field).text


def line(lang: Lang, *entries: Entry, height: float = 6) -> Row:
    """Return a row of entries side by side."""
    cells = ((label(known.label.in_(lang)), value(known.shown)) for known in entries)
    return Row(tuple(cell for pair in cells for cell in pair), height=height)


def long(lang: Lang, known: Entry, height: float) -> Row:
    """Return a row for a long text, which may run over pages."""
    name, shown = label(known.label.in_(lang)), flowing(known.shown, lang)
    return Row((name, replace(value(shown, style="Long"), top=True)), height=height, splits=True)


def halves(lang: Lang, width: int) -> list[int]:
    """Return the columns of a form of two entries a line."""
    name = 1700 if lang == "zh" else 1960
    return [name, width // 2 - name, name, width - width // 2 - name]


def marking(lang: Lang) -> str:
    """Return secrecy and urgency as they stand at the head of a form, blank for the ordinary."""
    return (
        f"{{% if {is_marked(lang)} %}}{{{{ clue.secrecy }}}}\u3000{{% endif %}}"
        f"{{% if {is_pressing(lang)} %}}{{{{ clue.urgency }}}}{{% endif %}}"
    )


def is_marked(lang: Lang) -> str:
    """Return the condition that a clue carries a secrecy marking."""
    return _is_set("clue.secrecy", Secrecy.ORDINARY, lang)


def is_pressing(lang: Lang) -> str:
    """Return the condition that a clue is above general urgency."""
    return _is_set("clue.urgency", Urgency.GENERAL, lang)


def confidential(lang: Lang) -> str:
    """Return the notice on a form about a confidential clue (G5)."""
    holds = f'clue.secrecy == "{Secrecy.CONFIDENTIAL.text.in_(lang)}"'
    return when(holds, paragraph("Notice", _CONFIDENTIAL.in_(lang)))


def _is_set(name: str, usual: Choice, lang: Lang) -> str:
    return f'{name} and {name} != "{usual.text.in_(lang)}"'
