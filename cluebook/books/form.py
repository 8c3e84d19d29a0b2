"""The form sheet: what a button asks for, each question with a cell for its answer.

A form in the workbook itself needs no dialog that Excel on the Mac or LibreOffice lack, has drop-down lists and
room for an account, lets its clerk look at the clue meanwhile, and loses nothing when something was wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from cluebook.books import look
from cluebook.books.live import LiveBook
from cluebook.books.ranges import calm, cell_value
from cluebook.books.spare import FORM, cleared_sheet, spare_sheet
from cluebook.domain.fields import Column
from cluebook.ledger.book import CellValue
from cluebook.text import Lang, Text

if TYPE_CHECKING:
    import xlwings

FIRST = 7
"""Worksheet row of the first question."""
ANSWER = 2
"""Worksheet column of the answers."""
_NOTES = 5
"""Worksheet column, hidden like those beyond it, of what the form is for; beside each question its allowed words."""

_WIDTHS = (26, 60, 44)
_ROOMY, _PLAIN = 3, 2
"""Lines of text for an answer in words, and for any other."""
_HEADS = (Text("项目", "Question"), Text("填写", "Answer"), Text("说明", "Note"))
_NEEDED = Text("（必填）", " (needed)")
_FORMATS = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm", int: "0", float: "General"}


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the form.

    Attributes:
        column: what the answer is to be.
        choices: the words to choose from; none where anything may be written.
        held: what stands in the cell at first.
    """

    column: Column
    choices: tuple[str, ...] = ()
    held: CellValue = None


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked, what for, and of which clues.

    Attributes:
        action: id of the action.
        options: names of the options it asks for.
        clues: names of the clues it is about.
        lines: title, what will happen, the clues in words, and what to do here.
        questions: the questions, downwards.
    """

    action: str
    options: tuple[str, ...]
    clues: tuple[str, ...]
    lines: tuple[Text, Text, Text, Text]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it stands in the workbook.

    Attributes:
        sheet: the worksheet's name.
        action: id of the action.
        options: names of the options it asks for.
        clues: names of the clues it is about.
        answers: what the cells hold, downwards.
        in_front: whether it is the sheet that is looked at.
    """

    sheet: str
    action: str
    options: tuple[str, ...]
    clues: tuple[str, ...]
    answers: tuple[CellValue, ...]
    in_front: bool


def draw(live: LiveBook, form: Form, lang: Lang) -> None:
    """Put a form before the user, in the place of the one before."""
    with calm(live.book.app):
        sheet = cleared_sheet(live.book, FORM, lang)
        last = FIRST + len(form.questions) - 1
        sheet.range((1, 1), (last, ANSWER + 1)).data_validation.delete()
        for place, width in enumerate(_WIDTHS, start=1):
            sheet.range((1, place)).column_width = width
        _write_top(sheet, form, lang)
        _write_questions(sheet, form.questions, lang)
        _write_notes(sheet, form)
        for row, question in enumerate(form.questions, start=FIRST):
            _prepare(sheet, row, question)
    sheet.activate()
    sheet.range((FIRST, ANSWER)).select()


def filled(live: LiveBook) -> Filled | None:
    """Return the form that is open in the workbook, ``None`` when there is none."""
    sheet = spare_sheet(live.book, FORM)
    if sheet is None or not sheet.visible:
        return None
    action, options, questions, clues = sheet.range((1, _NOTES), (4, _NOTES)).options(ndim=1).value
    if not (isinstance(action, str) and questions):
        return None
    return Filled(
        sheet.name,
        action,
        tuple(str(options).split()),
        tuple(map(str, _down(sheet, 5, _NOTES, int(clues or 0)))),
        tuple(map(cell_value, _down(sheet, FIRST, ANSWER, int(questions)))),
        live.book.sheets.active.name == sheet.name,
    )


def bring_back(live: LiveBook) -> None:
    """Put the open form in front again."""
    sheet = spare_sheet(live.book, FORM)
    if sheet is not None:
        sheet.activate()


def put_away(live: LiveBook, table: str) -> None:
    """Hide the form, empty, and go back to the sheet of a table."""
    sheet = spare_sheet(live.book, FORM)
    if sheet is None or not sheet.visible:
        return
    if (grid := live.grid(table)) is not None:
        live.book.sheets[grid.sheet].activate()
    sheet.clear()
    sheet.visible = False


def _down(sheet: xlwings.Sheet, row: int, column: int, count: int) -> list[Any]:
    """Return the values of so many cells from a row downwards."""
    area = sheet.range((row, column), (row + count - 1, column)) if count else None
    return [] if area is None else list(area.options(ndim=1).value)


def _write_top(sheet: xlwings.Sheet, form: Form, lang: Lang) -> None:
    area = sheet.range((1, 1), (len(form.lines), 1))
    area.value = [[line.in_(lang)] for line in form.lines]
    title, told = sheet.range((1, 1)), sheet.range((2, 1), (len(form.lines), 1))
    title.font.size, title.font.bold, title.font.color = 16, True, look.NAVY
    told.font.color = look.FAINT
    heads = sheet.range((FIRST - 1, 1), (FIRST - 1, ANSWER + 1))
    heads.value = [[head.in_(lang) for head in _HEADS]]
    heads.color, heads.font.color, heads.font.bold = look.NAVY, look.PAPER, True


def _write_questions(sheet: xlwings.Sheet, questions: Sequence[Question], lang: Lang) -> None:
    last = FIRST + len(questions) - 1
    labels = [_label(question, lang) for question in questions]
    notes = [q.column.help.in_(lang) if q.column.help else "" for q in questions]
    for place, words, color in ((1, labels, look.INK), (ANSWER + 1, notes, look.FAINT)):
        area = sheet.range((FIRST, place), (last, place))
        area.number_format = "@"
        area.value = [[word] for word in words]
        area.font.color, area.wrap_text = color, True
    whole = sheet.range((FIRST, 1), (last, ANSWER + 1))
    whole.vertical_alignment = "center"
    for row, question in enumerate(questions, start=FIRST):
        is_account = question.column.type is str and not question.choices
        sheet.range((row, 1)).row_height = look.LINES[lang] * (_ROOMY if is_account else _PLAIN)


def _label(question: Question, lang: Lang) -> str:
    words = question.column.text.in_(lang)
    needed = _NEEDED.in_(lang) if question.column.required else ""
    return words[:1].upper() + words[1:] + needed


def _write_notes(sheet: xlwings.Sheet, form: Form) -> None:
    counts = str(len(form.questions)), str(len(form.clues))
    told = [form.action, " ".join(form.options), *counts, *form.clues]
    widest = max([1, *(len(question.choices) for question in form.questions)])
    hidden = sheet.range((1, _NOTES), (max(len(told), FIRST + len(form.questions)), _NOTES + widest))
    hidden.number_format = "@"
    sheet.range((1, _NOTES), (len(told), _NOTES)).value = [[word] for word in told]
    hidden.column_width = 0


def _prepare(sheet: xlwings.Sheet, row: int, question: Question) -> None:
    """Make an answer's cell ready: as what it is read, what it may hold, what it holds."""
    cell = sheet.range((row, ANSWER))
    cell.number_format = _FORMATS.get(question.column.type, "@")
    cell.color, cell.wrap_text = look.FIELDS[row % 2], True
    if question.choices:
        words = sheet.range((row, _NOTES + 1), (row, _NOTES + len(question.choices)))
        words.value = [list(question.choices)]
        cell.data_validation.set_list(words)
    if question.held is not None:
        cell.value = [[question.held]]
