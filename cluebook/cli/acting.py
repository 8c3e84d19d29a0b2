"""The commands of the actions: every action of the registry is one."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

import click

from cluebook import config
from cluebook.actions import ACTIONS, Action
from cluebook.actions.registry import Picks
from cluebook.books.find import find
from cluebook.cli.group import LANG, cli, moment, reported, words
from cluebook.cli.options import parameters, typed
from cluebook.cli.output import outcome_as_json, print_json, print_outcome
from cluebook.cli.pdfs import with_pdfs
from cluebook.cli.progress import bar
from cluebook.forms import ANSWERED
from cluebook.joining import joined
from cluebook.ledger.plan import Stamp
from cluebook.perform import Pick, Request, perform
from cluebook.waiting import carry_out


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
        live_option(),
        click.Option(
            ["--pdf"],
            is_flag=True,
            help=words("生成的文书另存一份 PDF", "make a PDF of every document made, too"),
        ),
        click.Option(
            ["--json", "as_json"],
            is_flag=True,
            help=words("只输出一个 JSON 对象", "print one JSON object and nothing else"),
        ),
    ]


def live_option() -> click.Option:
    """Return the option for a ledger that is open in LibreOffice."""
    told = words(
        "在此地址的 LibreOffice 打开着的台账上办理",
        "work on the ledger that is open in the LibreOffice at this address",
    )
    return click.Option(["--live"], metavar="URL", help=told)


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
    if action.picks is Picks.OFFICE or any(option.is_read for option in action.options):
        return []
    named = "[NUMBER|FILE]..." if action.id in ANSWERED else "[NUMBER]..."
    return [click.Argument(["numbers"], nargs=-1, metavar=named), rows, everything]


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
    if files := _forms_named(action, given):
        asked = {"numbers": (), "delivery": files, "dry_run": False, "only": action.id}
        run_action(ACTIONS["readback"], {**given, **asked})
    book = find(given["ledger"], Path.cwd())
    folder = config.read(book.path.parent)
    pick = Pick(given.get("numbers", ()), given.get("rows", ()), given.get("everything", False))
    what = typed(action, given, folder.inbox)
    request = Request(action, pick, Stamp(moment(given["as_of"]), given["user"]), what.fills, what.options)
    with bar(folder.lang or LANG, wanted=not given["as_json"]) as progress:
        if given["live"]:
            outcome = perform(request, joined(given["live"], book), folder, progress)
        else:
            outcome = carry_out(request, book, folder, progress)
    if given["pdf"]:
        outcome = with_pdfs(outcome, as_json=given["as_json"])
    if given["as_json"]:
        print_json(outcome_as_json(action, outcome))
    else:
        print_outcome(action, outcome)
    sys.exit(1 if outcome.plan.problems else 0)


def _forms_named(action: Action, given: Mapping[str, Any]) -> str:
    """Return the forms that are named where clues might be, one a line, for an action that takes the answers of forms."""
    words = given.get("numbers", ())
    files = [word for word in words if Path(word).suffix or Path(word).is_dir()]
    return "\n".join(files) if action.id in ANSWERED and len(files) == len(words) else ""


for _action in ACTIONS.values():
    cli.add_command(command_of(_action))
