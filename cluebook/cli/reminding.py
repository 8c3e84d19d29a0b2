"""The command of the reminders by mail: shown, or sent."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cluebook import config, journal
from cluebook.cli.group import cli, json_option, moment, reported, words
from cluebook.cli.output import empty_json, print_json, print_problems, problem_as_json
from cluebook.domain.ladder import lateness_in_words
from cluebook.text import Lang, Text

if TYPE_CHECKING:
    from cluebook.mail.digests import Digest, Item
    from cluebook.mail.sending import Reminded

_DAY_OFF = Text("今天不是工作日，不发提醒。", "Today is no working day; no reminder is sent.")
_NOTHING = Text("没有需要提醒的。", "There is nothing to remind anybody of.")
_SHOWN = Text(
    "以上 {n} 封尚未发出；加 --send 发出。", "These are not sent yet: {n}. To send them, add --send."
)
_SENT = Text("发出 {n} 封，未发出 {kept} 封。", "Sent: {n}; not sent: {kept}.")


@cli.command(
    help=words(
        "列出今天应提醒的人和事项；加 --send 发出邮件，每人每日一封，每项提醒只发一次。",
        "Show who is to be reminded of what today; with --send the mails go out, one a day to each person, each "
        "reminder once.",
    )
)
@click.option("--send", is_flag=True, help=words("发出邮件", "send the mails"))
@click.option("--ledger", type=click.Path(path_type=Path), help=words("台账文件", "the ledger"))
@click.option(
    "--as-of", metavar="DATE", help=words("按这一天办理，默认为现在", "work as of this date; by default now")
)
@json_option
def remind(ledger: Path | None, as_of: str | None, *, send: bool, as_json: bool) -> None:
    """Show the reminders of today, or send them."""
    from cluebook.books.find import find
    from cluebook.mail.sending import reminded, shown

    with reported("remind", as_json=as_json):
        path, at = find(ledger, Path.cwd()).path.absolute(), moment(as_of)
        folder = config.read(path.parent)
        done = reminded(path, folder, at) if send else shown(path, at)
        if send:
            counts = {"sent": len(done.sent), "problems": len(done.all_problems)}
            journal.note(folder.log, at, "remind", **counts)
        if as_json:
            print_json(_as_json(done))
        else:
            _print(done, send=send)
        sys.exit(1 if done.all_problems else 0)


def _as_json(done: Reminded) -> dict[str, Any]:
    sent = {digest.name for digest in done.sent}
    return {
        **empty_json(),
        "action": "remind",
        "done": list(done.numbers),
        "documents": [str(path.resolve()) for path in done.files],
        "problems": [problem_as_json(problem, done.lang) for problem in done.all_problems],
        "mails": [
            {
                "to": digest.name,
                "address": digest.address,
                "sent": digest.name in sent,
                "items": [_item_as_json(item) for item in digest.items],
            }
            for digest in done.digests
        ],
    }


def _item_as_json(item: Item) -> dict[str, Any]:
    reminder = item.reminder
    return {
        "number": item.number,
        "deadline": reminder.deadline.id,
        "due": reminder.due.isoformat(),
        "days": reminder.days,
        "step": reminder.rung.id,
    }


def _print(done: Reminded, *, send: bool) -> None:
    print_problems(done.all_problems, done.lang)
    for digest in done.digests:
        _print_digest(digest, done.lang)
    for path in done.files:
        click.echo(f"  {path}")
    if not done.digests:
        told = _NOTHING if done.working else _DAY_OFF
    elif send:
        told = _SENT.fill(n=len(done.sent), kept=len(done.digests) - len(done.sent))
    else:
        told = _SHOWN.fill(n=len(done.digests))
    click.echo(told.in_(done.lang))


def _print_digest(digest: Digest, lang: Lang) -> None:
    click.echo(f"{digest.name} <{digest.address}>")
    for item in digest.items:
        reminder = item.reminder
        late, name = lateness_in_words(reminder.days).in_(lang), reminder.deadline.text.in_(lang)
        click.echo(f"  {item.number}  {name}  {reminder.due:%Y-%m-%d}  {late}")
