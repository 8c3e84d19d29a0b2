"""What a returned form says, as fields of records: which answer was given, and each word as its column wants it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cluebook.domain.checks import LONGEST_TEXT
from cluebook.domain.fields import Choice
from cluebook.domain.written import name_written
from cluebook.errors import Place, Problem
from cluebook.forms import Answer, Blank, Returned, record_of
from cluebook.ledger.cells import CellError, from_cell
from cluebook.text import Text

Fields = Mapping[type, Mapping[str, Any]]
"""Values by record type and field."""

_NOTHING = frozenset({"无", "没有", "none", "n/a", "-", "—", "/"})
"""What people write where there is no name to write."""

_SHORT = 20
"""Width of a column up to which it holds a name or a number and no sentence."""

_BLANK = Text("表单没有填写。", "The form is not filled in.")
_BLANK_FIX = Text("请退回该部门填写。", "Send it back to be filled in.")
_BOTH = Text("同时填了两种意见。", "It is answered in two ways at once.")
_UNTICKED = Text("没有勾选意见。", "No answer is ticked.")
_ONE_FIX = Text(
    "请向填写部门核实，只保留一种。", "Ask the department which one it means, and leave only that."
)
_LONG = Text("有 {n} 个字，超过单元格上限 {most}。", "It has {n} characters; a cell holds {most}.")
_LONG_FIX = Text("请缩短，全文作为附件保存。", "Shorten it and keep the full text as an attachment.")


class MisfilledError(Exception):
    """A form is not filled in as it should be; carries the problems."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems."""
        super().__init__()
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Filled:
    """An answer as it was filled in.

    Attributes:
        answer: which of the form's answers.
        fields: what was filled in; one for each line of a table.
        at: when it was given, if the form says so; midnight for a day without a time.
    """

    answer: Answer
    fields: tuple[Fields, ...]
    at: datetime | None


def filled(form: Returned) -> list[Filled]:
    """Return what a form says: the answer that is ticked, or every part that is filled in.

    Raises:
        MisfilledError: it is blank, answered twice, or holds what a column cannot.
    """
    problems: list[Problem] = []
    told = [_filled(form, answer, problems) for answer in _answers(form)]
    if problems:
        raise MisfilledError(problems)
    return told


def _filled(form: Returned, answer: Answer, problems: list[Problem]) -> Filled:
    lines = form.lines(answer) if answer.rows else [form.said]
    fields = tuple(
        _fields(form, answer, said, at if answer.rows else None, problems)
        for at, said in enumerate(lines, start=1)
    )
    day = form.said.get(answer.dated.name) if answer.dated else None
    at = _value(form, answer.dated, day, None, problems) if answer.dated and day else None
    return Filled(answer, fields, at)


def _answers(form: Returned) -> list[Answer]:
    """Return the answers that are given; without a tick, those for which something is filled in."""
    answers = form.form.answers
    said = {name for name, words in form.said.items() if words.strip().lower() not in _NOTHING}
    told = [each for each in answers if form.lines(each) or said & {blank.name for blank in each.blanks}]
    ticked = [each for each in answers if each.tag in form.ticked]
    if not told and not ticked:
        raise MisfilledError([Problem("form_blank", Place(file=form.file), _BLANK, _BLANK_FIX)])
    if any(each.box for each in answers) and len({each.action for each in (*told, *ticked)}) > 1:
        raise MisfilledError([Problem("answers_contradict", Place(file=form.file), _BOTH, _ONE_FIX)])
    return ticked or told


def _fields(
    form: Returned, answer: Answer, said: Mapping[str, str], line: int | None, problems: list[Problem]
) -> Fields:
    fields: dict[type, dict[str, Any]] = {}
    if (to := form.form.to) and record_of(to) is answer.record:
        fields[answer.record] = {to.partition(".")[2]: next(iter(form.facts_named(to)), None)}
    for blank in answer.blanks:
        if words := said.get(blank.name):
            value = _value(form, blank, words, line, problems)
            if value is not None:
                fields.setdefault(blank.record, {})[blank.field] = value
    return fields


def _value(form: Returned, blank: Blank, words: str, line: int | None, problems: list[Problem]) -> Any:  # noqa: ANN401 - the column's own type
    """Return words as the column wants them; what it cannot take is noted, and ``None``."""
    label = next((word for word in blank.label if word in form.words), blank.label.zh)
    place = Place(file=form.file, row=line, column=label)
    try:
        value = from_cell(blank.column, _tidied(blank, words), place)
    except CellError as error:
        problems.append(error.problem)
        return None
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        problems.append(
            Problem("text_too_long", place, _LONG.fill(n=len(value), most=LONGEST_TEXT), _LONG_FIX)
        )
    return value


def _tidied(blank: Blank, words: str) -> str | None:
    """Return words without what handwriting and forms add to them."""
    column = blank.column
    if issubclass(column.type, Choice):
        return words.strip(" 　。.")
    if column.type is not str or column.width > _SHORT:
        return words
    short = unicodedata.normalize("NFKC", words)
    name = name_written(short) if column.one_of else " ".join(short.split())
    return None if name.lower() in _NOTHING else name
