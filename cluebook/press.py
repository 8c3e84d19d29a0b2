"""What a button of the ribbon starts: the action on the selected rows of the open workbook, told in one message."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cluebook import config, journal
from cluebook.actions import ACTIONS, Action
from cluebook.actions.registry import Picks
from cluebook.books.desk import list_on_sheet, selected_rows, show, status_bar
from cluebook.books.live import LiveBook
from cluebook.domain.clue import Clue
from cluebook.errors import CluebookError, Place, Problem, UsageError
from cluebook.language import spoken
from cluebook.ledger.plan import Overdue, Stamp
from cluebook.ledger.tables import table_of
from cluebook.perform import Pick, Request, perform
from cluebook.text import Lang, Text

_TITLE = Text("线索台账", "Clue ledger")
_PROBLEMS = Text("问题清单", "Problems")
_PROBLEM_HEADS = (
    Text("工作表", "Sheet"),
    Text("行", "Row"),
    Text("列", "Column"),
    Text("问题", "What is wrong"),
    Text("处理办法", "What to do"),
)
_OVERDUE = Text("逾期清单", "Overdue")
_OVERDUE_HEADS = (
    Text("线索编号", "Clue no."),
    Text("逾期类型", "Kind"),
    Text("期限", "Due"),
    Text("逾期工作日", "Working days late"),
)
_DONE = Text("{action}：完成 {n} 条，文书 {papers} 份。", "{action}: {n} done, {papers} documents.")
_LEFT = Text("有 {n} 个问题：", "There are {n} problems:")
_ON_SHEET = Text("详见工作表“{sheet}”。", "See the sheet “{sheet}”.")
_NOTHING = Text("没有选中线索。", "No clue is selected.")
_SELECT = Text("请在“线索台账”工作表中选中要办理的行。", "Select the rows of the clues on the sheet “Clues”.")
_BUG = Text("程序出错，台账未改动。", "The program failed; the ledger is unchanged.")
_SEE = Text("详情见 {where}。", "See {where}.")

_OPTIONS: Mapping[str, Mapping[str, object]] = {"overdue": {"flag": True}}
"""Options that a button gives, where it does more than its command does unasked."""

_MOST_TOLD = 5
"""Problems that a message can hold and still be read; more go on a sheet."""
_LONGEST_MESSAGE = 1000
"""Windows cuts off what is longer."""
_MOST_OPENED = 3
"""Documents that are opened at once; more lie in their folder."""


def press(action_id: str) -> None:
    """Do what a button says, on the workbook it was pressed in, and say in one message what came of it."""
    live = LiveBook.caller()
    try:
        told = carry_out(ACTIONS[action_id], live)
    except CluebookError as error:
        told = _Told(error.lang or spoken(), (), error.problems)
    except Exception as error:  # noqa: BLE001 - a bug: say so, keep its trace without any text of a clue
        where = journal.keep_trace(Path(live.book.fullname).parent / "log", datetime.now(), error)
        told = _Told(spoken(), (), (Problem("bug", Place(), _BUG, _SEE.fill(where=where)),))
    tell(live, told)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the user is told, and in which language; what is overdue, if that was asked; the documents made."""

    lang: Lang
    said: Sequence[Text]
    problems: Sequence[Problem]
    overdue: Sequence[Overdue] = ()
    documents: Sequence[Path] = ()


def carry_out(action: Action, live: LiveBook) -> _Told:
    """Carry out an action on what is selected.

    Raises:
        CluebookError: nothing was done; the error says why.
    """
    folder = config.read(live.path.parent)
    stamp = Stamp(datetime.now().replace(microsecond=0), config.user())
    request = Request(action, picked(action, live), stamp, options=_OPTIONS.get(action.id, {}))
    lang = folder.lang or spoken()
    with status_bar(live) as show_there:

        def progress(what: Text, done: int, of: int) -> None:
            show_there(f"{what.in_(lang)} {done}/{of}" if of else what.in_(lang))

        outcome = perform(request, live, folder, progress)
    plan = outcome.plan
    journal.note(folder.log, stamp.at, action.id, done=len(plan.done), problems=len(plan.problems))
    summary = _DONE.fill(action=action.text, n=len(plan.done), papers=len(outcome.documents))
    return _Told(outcome.lang, (summary, *plan.notices), plan.problems, plan.overdue, outcome.documents)


def picked(action: Action, live: LiveBook) -> Pick:
    """Return which clues a press means: the selected ones, or all for an action that looks at all.

    Raises:
        UsageError: it means the selected ones, and none is selected.
    """
    if action.picks is Picks.ALL:
        return Pick(all=True)
    rows = selected_rows(live, table_of(Clue).name)
    if not rows:
        raise UsageError(Problem("nothing_selected", Place(), _NOTHING, _SELECT))
    return Pick(rows=rows)


def tell(live: LiveBook, told: _Told) -> None:
    """Show one message; put what is long on sheets of its own, else go to the cell of the one problem."""
    lang, problems = told.lang, told.problems
    lines = [text.in_(lang) for text in told.said]
    if problems:
        lines.append(_LEFT.fill(n=len(problems)).in_(lang))
        lines += [problem.line(lang) for problem in problems[:_MOST_TOLD]]
        show(live, problems[0].place)
    for title, heads, rows in _lists(told):
        list_on_sheet(live, title.in_(lang), [[head.in_(lang) for head in heads], *rows])
        lines.append(_ON_SHEET.fill(sheet=title).in_(lang))
    mode = "critical" if problems else "info"
    live.book.app.alert("\n".join(lines)[:_LONGEST_MESSAGE], _TITLE.in_(lang), "ok", mode)
    for path in told.documents[:_MOST_OPENED]:
        _open(path)


def _lists(told: _Told) -> Iterator[tuple[Text, Sequence[Text], list[list[str]]]]:
    """Return title, heads and rows of what is too long for a message."""
    if told.overdue:
        rows = [
            [late.number, late.label.in_(told.lang), f"{late.due:%Y-%m-%d}", str(late.days)]
            for late in told.overdue
        ]
        yield _OVERDUE, _OVERDUE_HEADS, rows
    if len(told.problems) > _MOST_TOLD:
        yield _PROBLEMS, _PROBLEM_HEADS, [_listed(problem, told.lang) for problem in told.problems]


def _listed(problem: Problem, lang: Lang) -> list[str]:
    place = problem.place
    row = "" if place.row is None else str(place.row)
    return [place.sheet or "", row, place.column or "", problem.wrong.in_(lang), problem.fix.in_(lang)]


def _open(path: Path) -> None:
    """Open a document in the program for it."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - a document that was made just now
    elif sys.platform == "darwin":
        subprocess.run(["/usr/bin/open", path], check=False)  # noqa: S603 - the same
