"""What a button of the ribbon starts: the action on the selected rows of the open workbook, told in one message."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cluebook import config, journal
from cluebook.actions import ACTIONS, Action
from cluebook.actions.registry import Picks
from cluebook.asking import (
    answered,
    file_option,
    form_of,
    held_on,
    is_current,
    names_of,
    picked_on,
    reads_files,
)
from cluebook.books.desk import Listed, chosen_file, list_on_sheet, selected_rows, show, status_bar
from cluebook.books.form import Filled, bring_back, draw, filled, put_away
from cluebook.books.live import LiveBook
from cluebook.books.spare import OVERDUE, PROBLEMS
from cluebook.domain.clue import Clue
from cluebook.errors import CluebookError, Place, Problem, UsageError
from cluebook.language import spoken
from cluebook.ledger import sheets
from cluebook.ledger.plan import Overdue, Stamp
from cluebook.ledger.tables import table_of
from cluebook.perform import Pick, Request, perform
from cluebook.ribbon import CANCEL, CONFIRM
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
_DONE = Text("{action}：完成 {n} 条，文书 {papers} 份。", "{action}: {n} done, {papers} documents.")
_LEFT = Text("有 {n} 个问题：", "There are {n} problems:")
_ON_SHEET = Text("详见工作表“{sheet}”。", "See the sheet “{sheet}”.")
_TABLE = table_of(Clue).name
_NO_FORM = Text("没有正在填写的内容。", "No form is open.")
_NO_FORM_FIX = Text(
    "请先选中线索，再按要办的按钮。", "Select the clues and press the button of the action first."
)
_OTHER_FORM = Text("正在填写“{action}”。", "The form of {action} is being filled in.")
_OTHER_FORM_FIX = Text("请先按“确定”或“取消”。", "Press Confirm or Cancel first.")
_NOTHING = Text("没有选中线索。", "No clue is selected.")
_SELECT = Text("请在“线索台账”工作表中选中要办理的行。", "Select the rows of the clues on the sheet “Clues”.")
_BUG = Text("程序出错，台账未改动。", "The program failed; the ledger is unchanged.")
_SEE = Text("详情见 {where}。", "See {where}.")

_MOST_TOLD = 5
"""Problems that a message can hold and still be read; more go on a sheet."""
_LONGEST_MESSAGE = 1000
"""Windows cuts off what is longer."""
_NAMED_WITHIN = 4
"""Columns at the left of a clue's row within which its numbers stand."""
_MOST_OPENED = 3
"""Documents that are opened at once; more lie in their folder."""


def press(button: str) -> None:
    """Do what a button says, on the workbook it was pressed in, and say in one message what came of it."""
    live = LiveBook.caller()
    try:
        live.ready()
        with live.open():
            told = pressed(button, live)
    except CluebookError as error:
        told = Told(error.lang or _lang(live), (), error.problems)
    except Exception as error:  # noqa: BLE001 - a bug: say so, keep its trace without any text of a clue
        where = journal.keep_trace(_log(live), datetime.now(), error)
        told = Told(_lang(live), (), (Problem("bug", Place(), _BUG, _SEE.fill(where=where)),))
    if told is not None:
        try:
            tell(live, told)
        except Exception as error:  # noqa: BLE001 - nobody is there any more to be told
            journal.keep_trace(_log(live), datetime.now(), error)


def _lang(live: LiveBook) -> Lang:
    """Return the language in which to speak to the user as long as the ledger's is not known."""
    try:
        return config.read(live.path.parent).lang or spoken()
    except Exception:  # noqa: BLE001 - whatever is wrong with them is told elsewhere, in the system's language
        return spoken()


def _log(live: LiveBook) -> Path:
    """Return the folder of the log: the office's, or the user's own when the workbook tells nothing any more."""
    try:
        return Path(live.book.fullname).parent / "log"
    except Exception:  # noqa: BLE001 - whatever a program says that has ended
        return config.cache_folder()


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
    """

    lang: Lang
    said: Sequence[Text]
    problems: Sequence[Problem]
    overdue: Sequence[Overdue] = ()
    documents: Sequence[Path] = ()
    done: bool = False


def pressed(button: str, live: LiveBook) -> Told | None:
    """Do what a button says and return what is to be told; a form that was opened or left tells itself.

    Raises:
        CluebookError: nothing was done; the error says why.
    """
    form = filled(live)
    if form and not is_current(form):
        form = None
    if button == CANCEL.id:
        put_away(live, _TABLE)
        return None
    if button != CONFIRM.id and not (form and form.in_front):
        return _begun(ACTIONS[button], form, live)
    if form is None:
        raise UsageError(Problem("no_form", Place(), _NO_FORM, _NO_FORM_FIX))
    action = ACTIONS[form.action]
    if button not in {action.id, CONFIRM.id}:
        wrong = _OTHER_FORM.fill(action=action.text)
        raise UsageError(Problem("form_open", Place(form.sheet), wrong, _OTHER_FORM_FIX))
    return _ended(action, form, live)


def _begun(action: Action, form: Filled | None, live: LiveBook) -> Told | None:
    """Carry out an action, or open its form when it asks for something; an open one for the same is kept."""
    pick = picked(action, live)
    if not action.asks:
        return _carried_out(action, pick, {}, live)
    option = file_option(action)
    held = {option.name: chosen_file(live)} if option else {}
    ledger = sheets.read(live)
    with _speaking(ledger.lang):
        names = names_of(action, pick, ledger)
    if form and (form.action, form.clues) == (action.id, names):
        bring_back(live)
    else:
        draw(live, form_of(action, names, ledger, held), ledger.lang)
    return None


def _ended(action: Action, form: Filled, live: LiveBook) -> Told:
    """Carry out an action with what its form says; when nothing could be done, the form is open again."""
    ledger = sheets.read(live)
    with _speaking(ledger.lang):
        options = answered(action, form, config.read(live.path.parent), ledger.lang)
    again = form_of(action, form.clues, ledger, held_on(action, form))
    put_away(live, _TABLE)  # before the ledger is saved, which must not keep it
    told = None
    try:
        told = _carried_out(action, picked_on(form), options, live)
    finally:
        if told is None or (told.problems and not told.done):
            draw(live, again, ledger.lang)
    return told


@contextlib.contextmanager
def _speaking(lang: Lang) -> Iterator[None]:
    """Let an error that arises be told in the language of the ledger."""
    try:
        yield
    except CluebookError as error:
        error.lang = lang
        raise


def _carried_out(action: Action, pick: Pick, options: Mapping[str, Any], live: LiveBook) -> Told:
    folder = config.read(live.path.parent)
    stamp = Stamp(datetime.now().replace(microsecond=0), config.user())
    given = {option.name: True for option in action.gives}
    request = Request(action, pick, stamp, options={**given, **options})
    lang = _lang(live)
    with status_bar(live) as show_there:

        def progress(what: Text, done: int, of: int) -> None:
            show_there(f"{what.in_(lang)} {done}/{of}" if of else what.in_(lang))

        outcome = perform(request, live, folder, progress)
    plan = outcome.plan
    journal.note(folder.log, stamp.at, action.id, done=len(plan.done), problems=len(plan.problems))
    summary = _DONE.fill(action=action.text, n=len(plan.done), papers=len(outcome.documents))
    said = (summary, *plan.notices)
    return Told(outcome.lang, said, plan.problems, plan.overdue, outcome.documents, bool(plan.done))


def picked(action: Action, live: LiveBook) -> Pick:
    """Return which clues a press means: the selected ones, or all for an action that looks at all.

    Raises:
        UsageError: it means the selected ones, and none is selected.
    """
    if action.picks in {Picks.ALL, Picks.OFFICE}:
        return Pick(all=True)
    if reads_files(action):
        return Pick()
    rows = selected_rows(live, _TABLE)
    if not rows:
        raise UsageError(Problem("nothing_selected", Place(), _NOTHING, _SELECT))
    return Pick(rows=rows)


def tell(live: LiveBook, told: Told) -> None:
    """Show one message; put what is long on sheets of its own, else go to the cell of the one problem."""
    lang, problems = told.lang, told.problems
    lines = [text.in_(lang) for text in told.said]
    if problems:
        lines.append(_LEFT.fill(n=len(problems)).in_(lang))
        lines += [problem.line(lang) for problem in problems[:_MOST_TOLD]]
        show(live, problems[0].place)
    for title, heads, rows in _lists(live, told):
        head = Listed(tuple(word.in_(lang) for word in heads))
        list_on_sheet(live, title, lang, [head, *rows])
        lines.append(_ON_SHEET.fill(sheet=title).in_(lang))
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
    words = (place.sheet or "", row, place.column or "", problem.wrong.in_(lang), problem.fix.in_(lang))
    return Listed(words, place)


def _late(late: Overdue, rows: Mapping[object, Place], lang: Lang) -> Listed:
    words = (late.number, late.label.in_(lang), f"{late.due:%Y-%m-%d}", str(late.days))
    return Listed(words, rows.get(late.number, Place()))


def _rows_by_name(live: LiveBook) -> dict[object, Place]:
    """Return where each clue stands, by every word in its row's first cells: its numbers are there."""
    grid = live.grid(_TABLE)
    lines = grid.lines() if grid else ()
    return (
        {cell: Place(grid.sheet, row) for row, cells in lines for cell in cells[:_NAMED_WITHIN]}
        if grid
        else {}
    )


def _open(path: Path) -> None:
    """Open a document in the program for it."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - a document that was made just now
    elif sys.platform == "darwin":
        subprocess.run(["/usr/bin/open", path], check=False)  # noqa: S603 - the same
