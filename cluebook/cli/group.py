"""The command group, what its commands share, and the one place where errors become exit codes."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from pathlib import Path

import click

from cluebook import __version__, config, journal
from cluebook.cli.output import empty_json, print_json, print_problems, problem_as_json
from cluebook.errors import CluebookError, Place, Problem, UsageError
from cluebook.text import Lang, Text

LANG = config.language(Path())
BUG = 70
"""Exit code of what should not happen: a fault of the program itself."""


_OF_ANOTHER_DAY = time(17, 0)


def words(zh: str, en: str) -> str:
    """Return a help text in the language of this office, or else of this machine."""
    return Text(zh, en).in_(LANG)


@click.group(
    help=words("线索台账工具。", "Work on a clue ledger."),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__)
def cli() -> None:
    """All commands."""


def moment(text: str | None, named: str = "--as-of") -> datetime:
    """Return the moment that an option or argument so `named` gives: a date, or date and time; blank is now."""
    now = datetime.now().replace(microsecond=0)
    if text is None:
        return now
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        wrong = Text("不是日期。", "This is not a date.")
        fix = Text("请写成 2026-03-01。", "Write it as 2026-03-01.")
        raise UsageError(Problem("not_a_date", Place(column=named), wrong, fix)) from None
    if len(text) <= len("2026-03-01"):
        # Of another day only the date is told: late enough for all that happened on it, early enough to count.
        return now if at.date() == now.date() else datetime.combine(at.date(), _OF_ANOTHER_DAY)
    return at.astimezone().replace(tzinfo=None) if at.tzinfo else at


@contextlib.contextmanager
def reported(command: str, *, as_json: bool) -> Iterator[None]:
    """Turn what goes wrong inside into one line or one JSON object, and the exit code of the contract."""
    try:
        yield
    except CluebookError as error:
        _tell(command, error.problems, error.lang or LANG, as_json=as_json)
        sys.exit(error.exit_code)
    except (click.ClickException, BrokenPipeError):  # the latter: whoever read the output has gone
        raise
    except Exception as error:  # noqa: BLE001 - a bug: say so, keep its trace without any text of a clue
        where = journal.keep_trace(Path.cwd() / "log", datetime.now(), error)
        wrong = Text("程序出错，可能没有办完。", "The program failed and may not have finished.")
        fix = Text(
            "请核对流转记录；详情见 {where}。", "Look at the events sheet; details are in {where}."
        ).fill(where=where)
        _tell(command, [Problem("bug", Place(), wrong, fix)], LANG, as_json=as_json)
        sys.exit(BUG)


def _tell(command: str, problems: Sequence[Problem], lang: Lang, *, as_json: bool) -> None:
    """Print why nothing was done."""
    if as_json:
        told = [problem_as_json(problem, lang) for problem in problems]
        print_json({**empty_json(), "action": command, "problems": told})
    print_problems(problems, lang)


json_option = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help=words("只输出一个 JSON 对象", "print one JSON object and nothing else"),
)
