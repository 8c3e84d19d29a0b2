"""What a command prints: one JSON object for programs, or prose for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

import click

from cluebook.actions.registry import Action
from cluebook.domain.dashboard import Board, shown_figure
from cluebook.errors import Problem
from cluebook.ledger.plan import Overdue
from cluebook.perform import Outcome
from cluebook.text import Lang, Text

_MOST_NAMES = 20
_MOST_LINES = 60  # more would scroll what matters away; --json has them all


def outcome_as_json(action: Action, outcome: Outcome) -> dict[str, Any]:
    """Return the object of the public contract for what an action did."""
    plan, lang = outcome.plan, outcome.lang
    told = {
        "action": action.id,
        "done": list(plan.done),
        "documents": [str(path.resolve()) for path in outcome.documents],
        "notices": [notice.in_(lang) for notice in plan.notices],
        "edits": len(plan.edits) + len(plan.additions),
        "problems": [problem_as_json(problem, lang) for problem in plan.problems],
    }
    if action.id == "overdue":
        told["overdue"] = [_overdue_as_json(late, lang) for late in plan.overdue]
    if plan.boards:
        told["figures"] = {board.id: _board_as_json(board, lang) for board in plan.boards}
    return told


def empty_json() -> dict[str, Any]:
    """Return the object of the public contract for a command that did nothing to a clue."""
    return {"action": "", "done": [], "documents": [], "notices": [], "edits": 0, "problems": []}


def problem_as_json(problem: Problem, lang: Lang) -> dict[str, Any]:
    """Return one problem as the contract has it."""
    place = problem.place
    return {
        "code": problem.code,
        "file": place.file,
        "sheet": place.sheet,
        "row": place.row,
        "column": place.column,
        "message": problem.wrong.in_(lang),
        "fix": problem.fix.in_(lang),
    }


def print_json(told: dict[str, Any]) -> None:
    """Print one object on standard output."""
    json.dump(told, sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n")


def print_outcome(action: Action, outcome: Outcome) -> None:
    """Print what an action did, in words."""
    plan, lang = outcome.plan, outcome.lang
    if plan.overdue:
        _print_overdue(plan.overdue, lang)
    for board in plan.boards:
        _print_board(board, lang)
    print_problems(plan.problems, lang)
    for notice in plan.notices:
        click.echo(notice.in_(lang))
    if action.id not in {"check", "overdue"}:
        _print_done(plan.done)
    for path in outcome.documents[:_MOST_LINES]:
        click.echo(f"  {path}")
    if action.id not in {"calendar", "dashboard"}:
        click.echo(_summary(action, outcome).in_(lang))


def _print_done(done: Sequence[str]) -> None:
    for name in done[:_MOST_NAMES]:
        click.echo(f"  {name}")
    if len(done) > _MOST_NAMES:
        click.echo(f"  … {done[-1]}")


def print_problems(problems: Sequence[Problem], lang: Lang) -> None:
    """Print problems, a line each, on standard error."""
    for problem in problems[:_MOST_LINES]:
        click.secho(problem.line(lang), fg="red", err=True)
    if len(problems) > _MOST_LINES:
        more = Text(
            "……还有 {n} 个问题，用 --json 可看到全部。", "… and {n} more problems; --json shows them all."
        )
        click.secho(more.fill(n=len(problems) - _MOST_LINES).in_(lang), fg="red", err=True)


def _summary(action: Action, outcome: Outcome) -> Text:
    plan = outcome.plan
    if action.id == "check":
        return Text("检查了 {n} 条，{bad} 个问题。", "{n} rows are in order, {bad} problems.").fill(
            n=len(plan.done), bad=len(plan.problems)
        )
    if action.id == "overdue":
        return Text("{n} 条线索逾期。", "{n} clues are overdue.").fill(n=len(plan.done))
    words = Text(
        "{action}：完成 {n} 条，文书 {papers} 份，问题 {bad} 个。",
        "{action}: {n} done, {papers} documents, {bad} problems.",
    )
    return words.fill(
        action=action.text, n=len(plan.done), papers=len(outcome.documents), bad=len(plan.problems)
    )


def _overdue_as_json(late: Overdue, lang: Lang) -> dict[str, Any]:
    return {
        "number": late.number,
        "kind": late.kind,
        "label": late.label.in_(lang),
        "due": late.due.isoformat(),
        "days": late.days,
    }


def _board_as_json(board: Board, lang: Lang) -> dict[str, Any]:
    return {line.text.in_(lang): list(line.values) for line in board.lines}


def _print_board(board: Board, lang: Lang) -> None:
    """Print one table of figures; what has no line worth reading is left out."""
    from rich.console import Console
    from rich.table import Table

    table = Table()
    for head in board.heads:
        table.add_column(head.in_(lang))
    for line in board.lines:
        if board.id == "standing" or any(line.values):
            table.add_row(line.text.in_(lang), *map(shown_figure, line.values))
    if table.rows:
        Console().print(table)


def _print_overdue(found: Sequence[Overdue], lang: Lang) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table()
    for head in (
        Text("线索编号", "Clue no."),
        Text("逾期类型", "Kind"),
        Text("期限", "Due"),
        Text("逾期工作日", "Working days late"),
    ):
        table.add_column(head.in_(lang))
    for late in found:
        table.add_row(late.number, late.label.in_(lang), f"{late.due:%Y-%m-%d}", str(late.days))
    Console().print(table)
