"""Documents filled with a fictional case, to see what a template makes of them before it is used."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from importlib import resources
from typing import Any

from cluebook.documents.kinds import MANY, ONE
from cluebook.documents.papers import Due, clue_paper, list_paper
from cluebook.documents.table import DOCUMENTS
from cluebook.domain.case import Case, case_of
from cluebook.domain.fields import Choice, Column, columns
from cluebook.domain.office import Setting
from cluebook.domain.records import Analysis, Feedback, HandlingLine
from cluebook.domain.settings import starting_settings
from cluebook.errors import Place
from cluebook.ledger.cells import from_cell
from cluebook.ledger.ledger import ledger_of
from cluebook.ledger.plan import Paper, Stamp
from cluebook.seeds.samples import sample_office
from cluebook.text import LANGS, Lang, Text

MADE_AT = datetime(2026, 11, 18, 10, 0)
"""When the specimens are made: a day within their story."""

_Told = Mapping[str, Any]


def specimen_paper(kind: str, lang: Lang) -> Paper:
    """Return a document of a kind about a fictional case in which nothing is blank.

    Its clue is the first of the demo; what the demo does not say of it stands in ``seeds/specimen.toml``. A column
    that nobody has thought of there shows its own name.
    """
    told = tomllib.loads(resources.files("cluebook.seeds").joinpath("specimen.toml").read_text("utf-8"))
    office = sample_office(lang)
    ledger = ledger_of({Setting: starting_settings(lang, office.name)}, lang)
    stamp = Stamp(MADE_AT, office.on_duty["clerk"])
    case = _case(told, lang)
    rows, about = DOCUMENTS[kind].rows, DOCUMENTS[kind].about or {}
    if rows is None:
        return clue_paper(kind, case, ledger, stamp, list(_dues(told)))
    lines = [
        {name: _said(line.get(name, text), lang) for name, text in rows.items()} for line in told["rows"]
    ]
    once = {name: _said(told["about"].get(name, text), lang) for name, text in about.items()}
    return list_paper(kind, lines, ledger, stamp, **once)


def _case(told: _Told, lang: Lang) -> Case:
    sample = sample_office(lang).samples[0]
    clue = _filled(sample.clue, told["Clue"], lang)
    begun: dict[type, Any] = {Analysis: sample.analysis, Feedback: sample.feedback, HandlingLine: sample.line}
    records = []
    for kind in dict.fromkeys((*ONE.values(), *MANY.values())):
        first = begun.get(kind, kind())
        for n, entry in enumerate(told.get(kind.__name__, [{}])):
            records.append(_filled(first if n == 0 else kind(), {"clue": clue.number, **entry}, lang))
    return case_of(clue, *records)


def _filled(record: Any, told: _Told, lang: Lang) -> Any:  # noqa: ANN401 - any record of the ledger
    """Return a record with what is told of it, and something in every field that is blank still."""
    values = {}
    for column in columns(type(record)):
        if column.name in told:
            values[column.name] = from_cell(column, _said(told[column.name], lang), Place(column=column.name))
        elif getattr(record, column.name) is None:
            values[column.name] = _something(column, lang)
    return replace(record, **values)


def _something(column: Column, lang: Lang) -> Any:  # noqa: ANN401 - the field's own type
    if issubclass(column.type, Choice):
        return next(iter(column.type))
    name = f"〔{column.text.zh}〕" if lang == "zh" else f"[{column.text.en}]"
    plain: dict[type, Any] = {int: 1, float: 1.0, date: MADE_AT.date(), datetime: MADE_AT, tuple: (name,)}
    return plain.get(column.type, name)


def _said(value: Any, lang: Lang) -> Any:  # noqa: ANN401 - what a cell may hold
    """Return a value of the file in one language, where it has two."""
    return value[LANGS.index(lang)] if isinstance(value, list | Text) else value


def _dues(told: _Told) -> Iterator[Due]:
    for entry in told["deadlines"]:
        yield Due(Text(*entry["name"]), date.fromisoformat(entry["due"]), Text(*entry["rule"]))
