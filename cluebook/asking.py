"""What a button asks on the form sheet, and what was answered: for any action, from its declaration alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from cluebook.actions import ACTIONS
from cluebook.actions.answers import option_values
from cluebook.actions.registry import Action, Option, Picks
from cluebook.books.form import FIRST, Filled, Form, Question
from cluebook.config import Folder
from cluebook.domain.clue import Clue
from cluebook.domain.fields import Choice, Column
from cluebook.domain.lifecycle import stage_of
from cluebook.errors import Place, Problem, UsageError
from cluebook.forms import Delivery
from cluebook.ledger.book import CellValue, Grid
from cluebook.ledger.ledger import Ledger
from cluebook.ledger.plan import BY_ROW, name_of
from cluebook.ledger.tables import TABLES
from cluebook.perform import Pick
from cluebook.text import Lang, Text, join, same

_MOST_NAMED = 8
_BETWEEN = re.compile(r"[\n;；]")

_CLUES = Text("线索：{names}", "Clues: {names}")
_MORE = Text("{names} 等 {n} 条", "{names} and others, {n} in all")
_HOW = Text(
    "填好后再按一次“{action}”或“确定”；不办的，按“取消”。",
    "Fill it in, then press {action} again, or Confirm; Cancel leaves it.",
)
_WRONG_STAGE = Text(
    "选中的线索现在都不能“{action}”。", "None of the selected clues can take the step {action} now."
)
_WRONG_STAGE_FIX = Text("请选择状态为 {stages} 的线索。", "Select clues at: {stages}.")


def form_of(
    action: Action,
    options: Sequence[Option],
    names: tuple[str, ...],
    ledger: Ledger,
    held: Mapping[str, CellValue],
) -> Form:
    """Return the form for an action on clues.

    Args:
        action: the action.
        options: what it asks for.
        names: what the clues are called.
        ledger: has the lists to choose from.
        held: what stands in the answers at first, by the name of the column.
    """
    told = join([same(name) for name in names[:_MOST_NAMED]])
    if len(names) > _MOST_NAMED:
        told = _MORE.fill(names=told, n=len(names))
    lines = (
        action.text,
        action.help,
        _CLUES.fill(names=told) if names else same(""),
        _HOW.fill(action=action.text),
    )
    questions = [
        Question(column, _choices(column, ledger), held.get(column.name))
        for option in options
        for column in option.columns
    ]
    return Form(action.id, tuple(option.name for option in options), names, lines, tuple(questions))


def picked_on(form: Filled) -> Pick:
    """Return the clues that a form is about."""
    rows = tuple(int(name.removeprefix(BY_ROW)) for name in form.clues if name.startswith(BY_ROW))
    return Pick(tuple(name for name in form.clues if not name.startswith(BY_ROW)), rows)


def asked_on(form: Filled) -> tuple[Option, ...]:
    """Return the options that a form asks for; none when it is of another version, or was changed by hand."""
    action = ACTIONS.get(form.action)
    known = {option.name: option for option in action.options} if action else {}
    options = tuple(known[name] for name in form.options if name in known)
    is_whole = len(form.answers) == sum(len(option.columns) for option in options)
    return options if is_whole and len(options) == len(form.options) else ()


def held_on(form: Filled) -> dict[str, CellValue]:
    """Return what stands in the answers of a form, by the name of the column."""
    asked = [column.name for option in asked_on(form) for column in option.columns]
    return dict(zip(asked, form.answers, strict=True))


def answered(form: Filled, folder: Folder, lang: Lang) -> dict[str, Any]:
    """Return the options of an action as its form says.

    Args:
        form: the form.
        folder: the office's folder, where a file is that is named without its own.
        lang: language of the form.

    Raises:
        UsageError: some answers do not fit, or are needed and missing; all are named.
        RefusedError: a file that is named cannot be read.
    """
    options, given = asked_on(form), dict[str, Any](held_on(form))
    rows = {name: row for row, name in enumerate(given, start=FIRST)}
    for option in options:
        if option.type is Mapping:
            given[option.name] = _pairs(given[option.name])

    def where(column: Column) -> Place:
        return Place(form.sheet, rows[column.name], column.text.in_(lang))

    def grid(path: str) -> Grid:
        from cluebook.books.foreign import read_source

        return read_source(folder.root / _bare(path))

    def delivery(paths: str) -> Delivery:
        from cluebook.returned import delivered

        named = [folder.root / _bare(path) for path in _BETWEEN.split(paths) if path.strip()]
        return delivered(named or [folder.inbox], folder.inbox)

    return option_values(options, given, where, {Grid: grid, Delivery: delivery})


def reads_files(action: Action) -> bool:
    """Return whether an action is about files that it asks for, whatever is selected."""
    return any(option.is_read for option in action.asks)


def file_option(action: Action) -> Option | None:
    """Return the option of an action that is one file, if it asks for one."""
    return next((option for option in action.asks if option.type is Grid), None)


def names_of(action: Action, pick: Pick, ledger: Ledger) -> tuple[str, ...]:
    """Return what the chosen clues are called; one without a number is called by its worksheet row.

    Raises:
        UsageError: none of the clues is at a stage from which the action starts.
    """
    chosen = [row for row in ledger.rows(Clue) if row.number in pick.rows]
    able = [row for row in chosen if not action.usable or stage_of(row.record) in action.usable]
    if action.picks is Picks.NAMED and not able:
        fix = _WRONG_STAGE_FIX.fill(stages=join([stage.text for stage in action.usable]))
        wrong = _WRONG_STAGE.fill(action=action.text)
        first = ledger.place(Clue, min(pick.rows), "stage")
        raise UsageError(Problem("wrong_stage", first, wrong, fix))
    return tuple(name_of(row.record, row.number) for row in chosen)


def _choices(column: Column, ledger: Ledger) -> tuple[str, ...]:
    """Return the words to choose from for a column, where there are any."""
    if issubclass(column.type, Choice):
        return tuple(member.text.in_(ledger.lang) for member in column.type)
    if column.one_of is None:
        return ()
    table, _, field = column.one_of.partition(".")
    record: type = next(each.record for each in TABLES if each.name == table)
    rows: Sequence[Any] = ledger.records(record)
    entries = (getattr(row, field) for row in rows)
    return tuple(dict.fromkeys(str(entry) for entry in entries if entry))


def _bare(path: str) -> str:
    """Return a path without the quotation marks that Windows copies with it."""
    return path.strip().strip('"“”')


def _pairs(answer: CellValue) -> list[str]:
    """Return the pairs of an answer, which stand on lines of their own or between semicolons.

    >>> _pairs("描述=内容；发现时间=日期"), _pairs(None)
    (['描述=内容', '发现时间=日期'], [])
    """
    return [pair.strip().replace("＝", "=") for pair in _BETWEEN.split(str(answer or "")) if pair.strip()]
