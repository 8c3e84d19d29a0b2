"""The entry point: it alone catches errors, prints them, and sets the exit code."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from cluebook import __version__, config, journal
from cluebook.actions import ACTIONS, Action
from cluebook.cli.options import parameters, typed
from cluebook.cli.output import (
    empty_json,
    outcome_as_json,
    print_json,
    print_outcome,
    print_problems,
    problem_as_json,
)
from cluebook.cli.progress import bar
from cluebook.errors import CluebookError, Place, Problem, UsageError
from cluebook.language import spoken
from cluebook.ledger.plan import Stamp
from cluebook.perform import Pick, Request, perform
from cluebook.text import LANGS, Lang, Text, same

LANG = spoken()
BUG = 70
"""Exit code of what should not happen: a fault of the program itself."""


def words(zh: str, en: str) -> str:
    """Return a help text in the language of this machine."""
    return Text(zh, en).in_(LANG)


@click.group(
    help=words("线索台账工具。", "Work on a clue ledger."),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__)
def cli() -> None:
    """All commands."""


def moment(text: str | None) -> datetime:
    """Return the moment a command works at: now, or the date (and time) of ``--as-of``."""
    now = datetime.now().replace(microsecond=0)
    if text is None:
        return now
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        wrong = Text("不是日期。", "This is not a date.")
        fix = Text("请写成 2026-03-01。", "Write it as 2026-03-01.")
        raise UsageError(Problem("not_a_date", Place(column="--as-of"), wrong, fix)) from None
    if len(text) <= len("2026-03-01"):
        return datetime.combine(at.date(), now.time())
    return at.astimezone().replace(tzinfo=None) if at.tzinfo else at


def shared_options() -> list[click.Parameter]:
    """Return the options that every command on a ledger has."""
    return [
        click.Option(
            ["--ledger"],
            type=click.Path(path_type=Path),
            help=words("台账文件，默认为当前文件夹的台账", "the ledger; by default the one in this folder"),
        ),
        click.Option(
            ["--as-of"],
            metavar="DATE",
            help=words("按这一天办理，默认为现在", "work as of this date; by default now"),
        ),
        click.Option(
            ["--user"],
            default=config.user,
            show_default=False,
            help=words("记入流转记录的操作人", "who is named in the events sheet"),
        ),
        click.Option(
            ["--json", "as_json"],
            is_flag=True,
            help=words("只输出一个 JSON 对象", "print one JSON object and nothing else"),
        ),
    ]


def pick_options(action: Action) -> list[click.Parameter]:
    """Return the options that name clues, for an action that works on clues of the ledger."""
    rows = click.Option(
        ["--row", "rows"],
        type=int,
        multiple=True,
        help=words("按行号选线索", "choose a clue by its worksheet row"),
    )
    everything = click.Option(
        ["--all", "everything"],
        is_flag=True,
        help=words("所有可办的线索", "all clues that can take this step"),
    )
    if any(option.name == "source" for option in action.options):
        return []
    return [click.Argument(["numbers"], nargs=-1, metavar="[NUMBER]..."), rows, everything]


def command_of(action: Action) -> click.Command:
    """Return the command of an action."""

    def run(**given: Any) -> None:  # noqa: ANN401 - click hands over what its parameters made
        with reported(action.id, as_json=given["as_json"]):
            run_action(action, given)

    return click.Command(
        action.id,
        callback=run,
        params=[*pick_options(action), *parameters(action, LANG), *shared_options()],
        help=action.help.in_(LANG),
    )


def run_action(action: Action, given: Mapping[str, Any]) -> NoReturn:
    """Carry out an action as typed on the command line, print what came of it, and exit."""
    from cluebook.books.find import find

    book = find(given["ledger"], Path.cwd())
    folder = config.read(book.path.parent)
    pick = Pick(given.get("numbers", ()), given.get("rows", ()), given.get("everything", False))
    what = typed(action, given)
    stamp = Stamp(moment(given["as_of"]), given["user"])
    with bar(folder.lang or LANG, wanted=not given["as_json"]) as progress:
        outcome = perform(Request(action, pick, stamp, what.fills, what.options), book, folder, progress)
    journal.note(
        folder.log, stamp.at, action.id, done=len(outcome.plan.done), problems=len(outcome.plan.problems)
    )
    if given["as_json"]:
        print_json(outcome_as_json(action, outcome))
    else:
        print_outcome(action, outcome)
    sys.exit(1 if outcome.plan.problems else 0)


@contextlib.contextmanager
def reported(command: str, *, as_json: bool) -> Iterator[None]:
    """Turn what goes wrong inside into one line or one JSON object, and the exit code of the contract."""
    try:
        yield
    except CluebookError as error:
        _tell(command, error.problems, error.lang or LANG, as_json=as_json)
        sys.exit(error.exit_code)
    except click.ClickException:
        raise
    except Exception as error:  # noqa: BLE001 - a bug: say so, keep its trace without any text of a clue
        where = journal.keep_trace(Path.cwd() / "log", datetime.now(), error)
        wrong = Text("程序出错，台账未改动。", "The program failed; the ledger is unchanged.")
        fix = Text("详情见 {where}。", "See {where}.").fill(where=where)
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


for _action in ACTIONS.values():
    cli.add_command(command_of(_action))


@cli.command(help=words("建立新的办公文件夹和台账。", "Make a new office folder with its ledger."))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--lang",
    type=click.Choice(LANGS),
    default=LANG,
    help=words("台账和模板的语言", "language of ledger and templates"),
)
@click.option("--name", help=words("单位名称，印在文书抬头", "name of the office, printed on documents"))
@json_option
def new(folder: Path, lang: str, name: str | None, *, as_json: bool) -> None:
    """Make a new office."""
    from cluebook.founding import found

    with reported("new", as_json=as_json):
        chosen = LANGS[LANGS.index(lang)]
        ledger = found(folder, chosen, name, date.today())
        if as_json:
            print_json({**empty_json(), "action": "new", "documents": [str(ledger.resolve())]})
        else:
            made = Text("已建立台账：{ledger}", "The ledger is made: {ledger}")
            click.echo(made.fill(ledger=ledger).in_(chosen))


@cli.command(
    help=words(
        "建立演示：虚构的单位和线索，各阶段都有，可放心试用。",
        "Make a demo: a fictional office with clues at every stage, to try things on.",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--lang",
    type=click.Choice(LANGS),
    default=LANG,
    help=words("台账和模板的语言", "language of ledger and templates"),
)
@json_option
def demo(folder: Path, lang: str, *, as_json: bool) -> None:
    """Make a demo."""
    from cluebook.cli.played import played_as_json, print_played
    from cluebook.demo import play

    with reported("demo", as_json=as_json):
        chosen = LANGS[LANGS.index(lang)]
        with bar(chosen, wanted=not as_json) as progress:
            played = play(folder, chosen, moment(None), progress)
        if as_json:
            print_json(played_as_json(played, chosen))
        else:
            print_played(played, chosen)


@cli.command(
    help=words(
        "值守：工作日按时标记逾期并生成逾期清单。",
        "Keep watch: on working days, flag what is overdue and write the list.",
    )
)
@click.option("--once", is_flag=True, help=words("现在执行一次即结束", "run the due jobs now and end"))
@click.option("--ledger", type=click.Path(path_type=Path), help=words("台账文件", "the ledger"))
@click.option(
    "--as-of", metavar="DATE", help=words("与 --once 同用：按这一天执行", "with --once: as of this date")
)
@json_option
def watch(ledger: Path | None, as_of: str | None, *, once: bool, as_json: bool) -> None:
    """Keep watch over a ledger."""
    from cluebook.books.find import find
    from cluebook.watch import Watch, only_watch

    with reported("watch", as_json=as_json):
        book = find(ledger, Path.cwd())
        keeper = Watch(book.path, config.read(book.path.parent))
        with only_watch(book.path):
            if not once:
                keeper.keep_watch()
            outcome = keeper.run_due_jobs(moment(as_of))
            if outcome is None:
                click.echo(
                    words("今天不是工作日，无事可做。", "Today is no working day; nothing to do."), err=True
                )
            elif not as_json:
                print_outcome(ACTIONS["overdue"], outcome)
            if as_json:
                told = outcome_as_json(ACTIONS["overdue"], outcome) if outcome else empty_json()
                print_json({**told, "action": "watch"})


@cli.command(
    help=words(
        "计算某日之后第 N 个工作日，并说明来由。", "Tell the date N working days after a date, and why."
    )
)
@click.argument("start", metavar="DATE")
@click.argument("days", metavar="N", type=click.IntRange(min=0))
@click.option(
    "--ledger",
    type=click.Path(path_type=Path),
    help=words("用这份台账的工作日历", "use the calendar of this ledger"),
)
@json_option
def workday(start: str, days: int, ledger: Path | None, *, as_json: bool) -> None:
    """Tell a working day."""
    from cluebook.working import told

    with reported("workday", as_json=as_json):
        answer = told(moment(start).date(), days, ledger, Path.cwd(), LANG)
        if as_json:
            print_json(answer)
        else:
            click.echo(f"{answer['date']}  {answer['why']}")


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty() and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = cli.main(standalone_mode=False)
    except click.Abort:
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        if "--json" in sys.argv:
            fix = Text("用 --help 查看用法。", "See --help.")
            misused = problem_as_json(Problem("usage", Place(), same(error.format_message()), fix), LANG)
            print_json({**empty_json(), "problems": [misused]})
        sys.exit(error.exit_code)
    sys.exit(code)
