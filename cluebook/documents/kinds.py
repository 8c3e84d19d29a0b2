"""What a kind of document is, and the records that documents may draw on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cluebook.domain.records import (
    Alternative,
    Analysis,
    Callback,
    CheckItem,
    Consultation,
    Disposal,
    Extension,
    Feedback,
    FollowUp,
    HandlingLine,
    HandlingPlan,
    Loan,
    Material,
    MaterialKind,
    Meeting,
    Pause,
    Rectification,
    Reopening,
    Reply,
    Reporter,
    Return,
    Task,
    Transfer,
    Urge,
    Volume,
)
from cluebook.text import Text

ONE: Mapping[str, type] = {
    "analysis": Analysis,
    "feedback": Feedback,
    "plan": HandlingPlan,
    "extension": Extension,
    "pause": Pause,
    "reopening": Reopening,
    "returned": Return,
    "transfer": Transfer,
    "meeting": Meeting,
    "consultation": Consultation,
    "callback": Callback,
    "reply": Reply,
    "reporter": Reporter,
    "urge": Urge,
    "rectification": Rectification,
    "volume": Volume,
    "loan": Loan,
    "disposal": Disposal,
}
"""What a document may say about the last record of a type: the group's name in templates, and the type."""

MANY: Mapping[str, type] = {
    "log": HandlingLine,
    "alternatives": Alternative,
    "consultations": Consultation,
    "tasks": Task,
    "checklist": CheckItem,
    "extensions": Extension,
    "returns": Return,
    "callbacks": Callback,
    "replies": Reply,
    "follow_ups": FollowUp,
    "urges": Urge,
    "files": Material,
}
"""What a document may list, record by record."""


@dataclass(frozen=True, slots=True)
class Document:
    """One kind of document.

    Attributes:
        id: its name in the code, and that of its template.
        text: what the office calls it.
        must: names its template has to print, because the document is worth nothing without them.
        uses: the groups and lists of `ONE` and `MANY` that its template may name; only a document that
            names ``reporter`` here ever sees who reported.
        shows_subjects: whether it names whom a confidential clue is about; others print these names disguised.
        material: what it is among the files of its case (A1).
        rows: for a document that lists clues, rather than being about one: what each line has.
        about: what such a document says once, for all its lines.
    """

    id: str
    text: Text
    must: tuple[str, ...]
    uses: tuple[str, ...] = ()
    shows_subjects: bool = False
    material: MaterialKind = MaterialKind.ATTACHMENT
    rows: Mapping[str, Text] | None = None
    about: Mapping[str, Text] | None = None

    @property
    def template(self) -> str:
        """File name of the template."""
        return f"{self.id}.docx"
