"""What a button of the ribbon starts: the action on the selected rows of the open workbook, told in one message."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from cluebook import config, journal
from cluebook.actions import ACTIONS, Action
from cluebook.actions.registry import Option, Picks
from cluebook.asking import (
    answered,
    asked_on,
    file_option,
    form_of,
    held_on,
    names_of,
    picked_on,
    reads_files,
)
from cluebook.books.desk import chosen_file, selected_rows, status_bar, toggle_shelved
from cluebook.books.form import Filled, bring_back, draw, filled, put_away
from cluebook.books.guide import OVERVIEW
from cluebook.books.live import LiveBook
from cluebook.books.spare import FORM
from cluebook.domain.clue import Clue
from cluebook.domain.dashboard import shown_figure, standing
from cluebook.errors import CluebookError, Place, Problem, UsageError
from cluebook.language import spoken
from cluebook.ledger import sheets
from cluebook.ledger.plan import Stamp
from cluebook.ledger.tables import table_of
from cluebook.perform import Pick, Request, perform
from cluebook.ribbon import CANCEL, CONFIRM, SHEETS, TEMPLATES
from cluebook.telling import Told, tell
from cluebook.text import Lang, Text

_SHEETS_SHOWN = Text("已显示全部工作表，再按一次收起。", "All sheets are in sight; press again to hide them.")
_SHEETS_HIDDEN = Text("不常用的工作表已收起。", "The sheets that are rarely needed are hidden again.")
_FIGURE = Text("{what}：{value}", "{what}: {value}")
_DONE = Text("{action}：完成 {n} 条，文书 {papers} 份。", "{action}: {n} done, {papers} documents.")
_TEMPLATES_FINE = Text("检查模板：没有问题。", "Check templates: nothing is wrong.")
_TABLE = table_of(Clue).name
_UNKNOWN = Text("本机的程序没有这个按钮的功能。", "The cluebook on this machine does not know this button.")
_UNKNOWN_FIX = Text(
    "台账由较新的程序建立或升级：请更新本机的 cluebook。",
    "A later version made or upgraded the ledger: update cluebook on this machine.",
)
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
_ALL_THE_SAME = Text(
    "确需办理的，请填好工作表“{sheet}”，再按一次“{action}”；不办的，按“取消”。",
    "To go on all the same, fill in the sheet “{sheet}” and press {action} again; Cancel leaves it.",
)


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
        return config.language(live.path.parent)
    except Exception:  # noqa: BLE001 - whatever is wrong with them is told elsewhere, in the system's language
        return spoken()


def _log(live: LiveBook) -> Path:
    """Return the folder of the log: the office's, or the user's own when the workbook tells nothing any more."""
    try:
        return Path(live.book.fullname).parent / "log"
    except Exception:  # noqa: BLE001 - whatever a program says that has ended
        return config.cache_folder()


def pressed(button: str, live: LiveBook) -> Told | None:
    """Do what a button says and return what is to be told; a form that was opened or left tells itself.

    Raises:
        CluebookError: nothing was done; the error says why.
    """
    form = filled(live)
    if form and not asked_on(form):
        form = None
    if button == CANCEL.id:
        put_away(live, _TABLE)
        return None
    if button == SHEETS.id:
        return _sheets_shown(live)
    if button == TEMPLATES.id:
        return _templates_checked(live)
    if button != CONFIRM.id and button not in ACTIONS:
        raise UsageError(Problem("button_unknown", Place(), _UNKNOWN, _UNKNOWN_FIX))
    if button != CONFIRM.id and not (form and form.in_front):
        return _begun(ACTIONS[button], form, live)
    if form is None:
        raise UsageError(Problem("no_form", Place(), _NO_FORM, _NO_FORM_FIX))
    action = ACTIONS[form.action]
    if button not in {action.id, CONFIRM.id}:
        wrong = _OTHER_FORM.fill(action=action.text)
        raise UsageError(Problem("form_open", Place(form.sheet), wrong, _OTHER_FORM_FIX))
    return _ended(form, live)


def _sheets_shown(live: LiveBook) -> Told:
    """Show the sheets that are hidden until they are needed, or hide them again when all are in sight."""
    lang = _lang(live)
    shown = toggle_shelved(live.book)
    return Told(lang, (_SHEETS_SHOWN if shown else _SHEETS_HIDDEN,), ())


def _begun(action: Action, form: Filled | None, live: LiveBook) -> Told | None:
    """Carry out an action, or open its form when it asks for something; an open one for the same is kept."""
    pick = picked(action, live)
    if not action.asks:
        return _tried(action, pick, form, live)
    option = file_option(action)
    held = {option.name: chosen_file(live)} if option else {}
    ledger = sheets.read(live)
    with _speaking(ledger.lang):
        names = names_of(action, pick, ledger)
    if form and (form.action, form.clues) == (action.id, names):
        bring_back(live)
    else:
        draw(live, form_of(action, action.asks, names, ledger, held), ledger.lang)
    return None


def _tried(action: Action, pick: Pick, form: Filled | None, live: LiveBook) -> Told:
    """Carry out an action that asks for nothing; a form asks for what would lift a refusal, if anything does."""
    if form and form.action == action.id:
        put_away(live, _TABLE)
    told = _carried_out(action, pick, {}, live)
    options = _lifting(action, told)
    if not options:
        return told
    ledger = sheets.read(live)
    names = names_of(action, pick, ledger)
    held = held_on(form) if form and (form.action, form.clues) == (action.id, names) else {}
    draw(live, form_of(action, options, names, ledger, held), ledger.lang)
    return replace(told, asked=_ALL_THE_SAME.fill(sheet=FORM, action=action.text))


def _lifting(action: Action, told: Told) -> Sequence[Option]:
    """Return the options of an action that was refused with which somebody may answer for it all the same."""
    named = {problem.option for problem in told.problems}
    return () if told.done else [option for option in action.options if option.name in named]


def _ended(form: Filled, live: LiveBook) -> Told:
    """Carry out an action with what its form says; when nothing could be done, the form is open again."""
    action, ledger = ACTIONS[form.action], sheets.read(live)
    with _speaking(ledger.lang):
        options = answered(form, config.read(live.path.parent), ledger.lang)
    again = form_of(action, asked_on(form), form.clues, ledger, held_on(form))
    put_away(live, _TABLE)  # before the ledger is saved, which must not keep it
    told = None
    try:
        told = _carried_out(action, picked_on(form), options, live)
    finally:
        if told is None or (told.problems and not told.done):
            draw(live, again, ledger.lang)
    return told


def _templates_checked(live: LiveBook) -> Told:
    """Return what is wrong with the office's templates; the ledger is not looked at."""
    from cluebook.doctor import template_problems

    folder = config.read(live.path.parent)
    found = template_problems(folder.templates)
    said = _TEMPLATES_FINE if not found else TEMPLATES.text
    return Told(_lang(live), (said,), found, done=not found)


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
    figures = [
        _FIGURE.fill(what=line.text, value=shown_figure(line.values[0])) for line in standing(plan.boards)
    ]
    said = (*(figures or [summary]), *plan.notices)
    front = OVERVIEW if plan.boards else None
    return Told(
        outcome.lang, said, plan.problems, plan.overdue, outcome.documents, bool(plan.done), front=front
    )


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
