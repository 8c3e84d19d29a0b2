"""What the user of the open workbook is told of a press: one message, the cell of its problem, lists, documents."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cluebook.books.desk import Listed, list_on_sheet, show
from cluebook.books.live import LiveBook
from cluebook.books.spare import OVERDUE, PROBLEMS, spare_sheet
from cluebook.domain.clue import Clue
from cluebook.errors import Place, Problem
from cluebook.ledger.plan import Overdue
from cluebook.ledger.tables import table_of
from cluebook.text import Lang, Text

_TITLE = Text("线索台账", "Clue ledger")
_PROBLEM_HEADS = (
    Text("工作表", "Sheet"),
    Text("行", "Row"),
    Text("列", "Column"),
    Text("问题", "What is wrong"),
    Text("处理办法", "What to do"),
)
_OVERDUE_HEADS = (
    Text("线索编号", "Clue no."),
    Text("逾期类型", "Kind"),
    Text("期限", "Due"),
    Text("逾期工作日", "Working days late"),
)
_LEFT = Text("有 {n} 个问题：", "There are {n} problems:")
_ON_SHEET = Text("详见工作表“{sheet}”。", "See the sheet “{sheet}”.")

_MOST_TOLD = 5
"""Problems that a message can hold and still be read; more go on a sheet."""
_LONGEST_MESSAGE = 1000
"""Windows cuts off what is longer."""
_NAMED_WITHIN = 4
"""Columns at the left of a clue's row within which its numbers stand."""
_MOST_OPENED = 3
"""Documents that are opened at once; more lie in their folder."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the user is told, and in which language.

    Attributes:
        lang: the language.
        said: what was done, and the notices.
        problems: what was not done, and why.
        overdue: what is overdue, if that was asked.
        documents: the documents made.
        done: whether any clue was done.
        asked: what the form that is open now is for; the cell of the problem is not gone to then.
        front: title of the sheet that shows what was asked.
    """

    lang: Lang
    said: Sequence[Text]
    problems: Sequence[Problem]
    overdue: Sequence[Overdue] = ()
    documents: Sequence[Path] = ()
    done: bool = False
    asked: Text | None = None
    front: Text | None = None


def tell(live: LiveBook, told: Told) -> None:
    """Show one message; put what is long on sheets of its own, else go to the cell of the one problem."""
    lang, problems = told.lang, told.problems
    lines = [text.in_(lang) for text in told.said]
    if problems:
        lines.append(_LEFT.fill(n=len(problems)).in_(lang))
        lines += [problem.line(lang) for problem in problems[:_MOST_TOLD]]
    if problems and told.asked is None:
        show(live, problems[0].place)
    for title, heads, rows in _lists(live, told):
        head = Listed(tuple(word.in_(lang) for word in heads))
        list_on_sheet(live, title, lang, [head, *rows])
        lines.append(_ON_SHEET.fill(sheet=title).in_(lang))
    if told.front is not None and (sheet := spare_sheet(live.book, told.front)) is not None:
        sheet.activate()
    if told.asked is not None:
        lines.append(told.asked.in_(lang))
    mode = "critical" if problems else "info"
    live.book.app.alert("\n".join(lines)[:_LONGEST_MESSAGE], _TITLE.in_(lang), "ok", mode)
    for path in told.documents[:_MOST_OPENED]:
        _open(path)


def _lists(live: LiveBook, told: Told) -> Iterator[tuple[Text, Sequence[Text], list[Listed]]]:
    """Return title, heads and lines of what is too long for a message."""
    if told.overdue:
        rows = _rows_by_name(live)
        yield OVERDUE, _OVERDUE_HEADS, [_late(late, rows, told.lang) for late in told.overdue]
    if len(told.problems) > _MOST_TOLD:
        yield PROBLEMS, _PROBLEM_HEADS, [_listed(problem, told.lang) for problem in told.problems]


def _listed(problem: Problem, lang: Lang) -> Listed:
    place = problem.place
    row = "" if place.row is None else str(place.row)
    where = replace(place, row=None, column=None).in_(lang)
    words = (where, row, place.column or "", problem.wrong.in_(lang), problem.fix.in_(lang))
    return Listed(words, place)


def _late(late: Overdue, rows: Mapping[object, Place], lang: Lang) -> Listed:
    words = (late.number, late.label.in_(lang), f"{late.due:%Y-%m-%d}", str(late.days))
    return Listed(words, rows.get(late.number, Place()))


def _rows_by_name(live: LiveBook) -> dict[object, Place]:
    """Return where each clue stands, by every word in its row's first cells: its numbers are there."""
    grid = live.grid(table_of(Clue).name)
    if grid is None:
        return {}
    return {cell: grid.place(row) for row, cells in grid.lines() for cell in cells[:_NAMED_WITHIN]}


def _open(path: Path) -> None:
    """Open a document in the program for it."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - a document that was made just now
    elif sys.platform == "darwin":
        subprocess.run(["/usr/bin/open", path], check=False)  # noqa: S603 - the same
