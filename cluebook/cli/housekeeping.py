"""The commands beside the actions: for who sets up, watches over and checks a ledger."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from cluebook import config
from cluebook.books.problems import problem
from cluebook.cli.group import LANG, cli, json_option, moment, reported, words
from cluebook.cli.output import empty_json, print_json, print_problems, problem_as_json
from cluebook.cli.progress import bar
from cluebook.errors import IntegrityError, Place, UsageError
from cluebook.text import LANGS, Text


@cli.command(help=words("建立新的办公文件夹和台账。", "Make a new office folder with its ledger."))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--lang",
    type=click.Choice(LANGS),
    default=LANG,
    help=words("台账和模板的语言", "language of ledger and templates"),
)
@click.option("--name", help=words("单位名称，印在文书抬头", "name of the office, printed on documents"))
@click.option(
    "--macro-free",
    is_flag=True,
    help=words("台账不含宏和按钮（ledger.xlsx）", "a ledger without macros and buttons (ledger.xlsx)"),
)
@click.option(
    "--country",
    default="CN",
    show_default=True,
    help=words(
        "节假日所属的国家或地区（其他国家需 holidays 组件）",
        "whose holidays to begin with (others than CN need the library holidays)",
    ),
)
@json_option
def new(folder: Path, lang: str, name: str | None, country: str, *, macro_free: bool, as_json: bool) -> None:
    """Make a new office."""
    from cluebook.founding import found

    with reported("new", as_json=as_json):
        chosen = LANGS[LANGS.index(lang)]
        ledger = found(folder, chosen, name, date.today(), macro_free=macro_free, country=country)
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
        answer = told(moment(start, "DATE").date(), days, ledger, Path.cwd(), LANG)
        if as_json:
            print_json(answer)
        else:
            click.echo(f"{answer['date']}  {answer['why']}")


@cli.command(
    help=words(
        "核验台账：流转记录有无改动、缺失，哪些单元格在程序之外被改。",
        "Verify the ledger: whether the trail was touched, and which cells were changed outside the program.",
    )
)
@click.option("--ledger", type=click.Path(path_type=Path), help=words("台账文件", "the ledger"))
@json_option
def verify(ledger: Path | None, *, as_json: bool) -> None:
    """Verify a ledger."""
    from cluebook.books.find import find
    from cluebook.verification import verified

    with reported("verify", as_json=as_json):
        verdict = verified(find(ledger, Path.cwd()))
        found, lang = (*verdict.trail, *verdict.by_hand), verdict.lang
        if as_json:
            problems = [problem_as_json(problem, lang) for problem in found]
            notices = [notice.in_(lang) for notice in verdict.notices]
            told = {"action": "verify", "events": verdict.events, "problems": problems, "notices": notices}
            print_json({**empty_json(), **told})
        else:
            print_problems(found, lang)
            for notice in verdict.notices:
                click.echo(notice.in_(lang))
            summary = Text(
                "流转记录 {n} 条，记录问题 {trail} 个，手工改动 {hand} 处。",
                "{n} events; {trail} signs that the trail was touched, {hand} changes by hand.",
            )
            click.echo(
                summary.fill(n=verdict.events, trail=len(verdict.trail), hand=len(verdict.by_hand)).in_(lang)
            )
        sys.exit(IntegrityError.exit_code if verdict.trail else 1 if verdict.by_hand else 0)


@cli.command(
    help=words("恢复备份；现有台账先另存为备份。", "Restore a backup; the present ledger is backed up first.")
)
@click.argument("name", required=False, metavar="[BACKUP]")
@click.option("--list", "only_list", is_flag=True, help=words("只列出备份", "only list the backups"))
@click.option("--ledger", type=click.Path(path_type=Path), help=words("台账文件", "the ledger"))
@json_option
def restore(name: str | None, ledger: Path | None, *, only_list: bool, as_json: bool) -> None:
    """Restore a backup: the one named, else the latest."""
    from cluebook import keeping
    from cluebook.books.daily import daily_copies
    from cluebook.books.find import find
    from cluebook.books.saving import backups

    with reported("restore", as_json=as_json):
        book = find(ledger, Path.cwd())
        path = book.path.resolve()
        # The day's copies go first: without a name the last change is what is taken back.
        held = [*daily_copies(path, config.read(book.path.parent).daily), *backups(path)]
        if not only_list:
            chosen = next((copy for copy in reversed(held) if name in {None, copy.name}), None)
            if chosen is None:
                raise UsageError(problem("backup_unknown", Place(file=book.name)))
            keeping.restored(book, chosen)
            held = [chosen]
        if as_json:
            print_json({**empty_json(), "action": "restore", "documents": [str(copy) for copy in held]})
        else:
            for copy in held:
                click.echo(copy.name)


@cli.command(
    help=words(
        "把旧版程序建立的台账升级到现版：补上新的列、工作表、设置和模板，已有内容不动。",
        "Bring a ledger of an earlier version up to date: new columns, sheets, settings and templates are added.",
    )
)
@click.option("--dry-run", is_flag=True, help=words("只说明会做什么", "only tell what would be done"))
@click.option("--ledger", type=click.Path(path_type=Path), help=words("台账文件", "the ledger"))
@click.option(
    "--user",
    default=config.user,
    show_default=False,
    help=words("记入流转记录的操作人", "who is named in the events sheet"),
)
@json_option
def upgrade(ledger: Path | None, user: str, *, dry_run: bool, as_json: bool) -> None:
    """Upgrade an office."""
    from cluebook.books.find import find
    from cluebook.ledger.plan import Stamp
    from cluebook.upgrading import UP_TO_DATE, WOULD, upgraded

    with reported("upgrade", as_json=as_json):
        book = find(ledger, Path.cwd())
        done = upgraded(book, Stamp(moment(None), user), dry_run=dry_run)
        told = [line.in_(done.lang) for line in done.told]
        if as_json:
            documents = [str(path.resolve()) for path in done.templates]
            told_json = {"action": "upgrade", "notices": told, "documents": documents, "edits": done.rows}
            print_json({**empty_json(), **told_json})
            return
        if not told or dry_run:
            click.echo((WOULD if told else UP_TO_DATE).in_(done.lang))
        for line in told:
            click.echo(line)
