"""The command of the scheduled script: to stay, to look once, to do one job, to tell how it stands."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from cluebook import config, journal
from cluebook.actions import ACTIONS
from cluebook.cli.group import LANG, cli, json_option, moment, reported, words
from cluebook.cli.output import empty_json, outcome_as_json, print_json, print_problems, problem_as_json
from cluebook.errors import BusyError
from cluebook.ledger.plan import combine
from cluebook.perform import Outcome
from cluebook.text import Lang, Text, same
from cluebook.watch.jobs import JOBS
from cluebook.watch.memory import Ran
from cluebook.watch.round import Done, Look, look, only_watch, run_job
from cluebook.watch.status import Line, Status, status_of

if TYPE_CHECKING:
    from rich.table import Table

_RESULTS = {
    "done": Text("已办", "done"),
    "waits": Text("台账打开着，排队等候", "waits: the ledger is open"),
    "failed": Text("未办成", "failed"),
    "began": Text("进行中或中断", "under way, or cut off"),
}
_DAY_OFF = Text("今天不是工作日，无事可做。", "Today is no working day; nothing to do.")
_NOTHING = Text("没有到点的任务。", "No job is due.")
_KEEPING = Text(
    "值守开始，按 Ctrl-C 结束；cluebook watch --status 可查看各项任务。",
    "The watch has begun; Ctrl-C ends it. cluebook watch --status tells how the jobs stand.",
)
_STANDING = (
    Text(
        "现在没有值守程序在运行（由系统定时启动的，只在到点时运行）。",
        "No watch is running now; one that the system starts runs only when it is time.",
    ),
    Text("值守程序在运行。", "A watch is running."),
)
_HEADS = (
    Text("任务", "Job"),
    Text("内容", "What it does"),
    Text("上次", "Last"),
    Text("结果", "Result"),
    Text("下次", "Next"),
)
_OFF = Text("停用", "off")
_TROUBLE = Text("{at} 未能查看台账：{codes}", "The look at {at} failed: {codes}")
_LOOKED = Text("上次查看：{at}", "Last look: {at}")
_MISSED = Text("{job} 错过了 {at}，尚未补办。", "{job} missed {at}, which is still to be made up for.")


@cli.command(
    help=words(
        "值守：工作日按时办理各项任务（标记逾期、每日备份等）。",
        "Keep watch: on working days, do the jobs at their times - flag what is overdue, back up and so on.",
    )
)
@click.option(
    "--once", is_flag=True, help=words("现在办理到点的任务，然后结束", "do the jobs due now and end")
)
@click.option(
    "--job",
    type=click.Choice(tuple(JOBS)),
    help=words("现在办理这一项任务，不论是否到点", "do this job now, due or not, and end"),
)
@click.option(
    "--status",
    is_flag=True,
    help=words("列出各项任务上次和下次办理的时间", "tell when each job ran last and runs next"),
)
@click.option("--ledger", type=click.Path(path_type=Path), help=words("台账文件", "the ledger"))
@click.option(
    "--as-of", metavar="DATE", help=words("按这一天办理，默认为现在", "work as of this date; by default now")
)
@json_option
def watch(
    ledger: Path | None, as_of: str | None, job: str | None, *, once: bool, status: bool, as_json: bool
) -> None:
    """Keep watch over a ledger."""
    from cluebook.books.find import find

    with reported("watch", as_json=as_json):
        path = find(ledger, Path.cwd()).path.absolute()
        if status:
            _tell_status(path, moment(as_of), as_json=as_json)
        with only_watch(path):
            if not (once or job):
                _stay(path)
            at = moment(as_of)
            looked = run_job(path, JOBS[job], at) if job else look(path, at, any_hour=True)
        _tell_look(looked, as_json=as_json)


def _stay(path: Path) -> NoReturn:
    from cluebook.watch.rest import Lookout, end_like_interrupt, keep_watch

    folder = config.read(path.parent)
    try:
        end_like_interrupt()
        click.echo(_KEEPING.in_(folder.lang or LANG), err=True)
        keep_watch(Lookout(path))
    except KeyboardInterrupt:
        journal.note(folder.log, moment(None), "watch ended")
    sys.exit(0)


def _tell_look(looked: Look, *, as_json: bool) -> None:
    """Print what was done; the exit code is that of the first job that was not."""
    if as_json:
        reports = [done.report for done in looked.done]
        documents = tuple(path for report in reports for path in report.documents)
        outcome = Outcome(combine(report.plan for report in reports), documents, looked.lang, {})
        told = outcome_as_json(ACTIONS["overdue"], outcome)
        failed = [problem for done in looked.done if done.error for problem in done.error.problems]
        problems = told["problems"] + [problem_as_json(problem, looked.lang) for problem in failed]
        jobs = [{"id": done.job.id, **_ran_as_json(done.ran)} for done in looked.done]
        print_json({**told, "action": "watch", "problems": problems, "jobs": jobs})
    else:
        for done in looked.done:
            _print_done(done, looked.lang)
        if not looked.done:
            click.echo((_NOTHING if looked.working else _DAY_OFF).in_(looked.lang), err=True)
    sys.exit(next((code for done in looked.done if (code := _exit_code(done))), 0))


def _print_done(done: Done, lang: Lang) -> None:
    print_problems(done.error.problems if done.error else done.report.plan.problems, lang)
    for notice in done.report.plan.notices:
        click.echo(notice.in_(lang))
    for path in done.report.documents:
        click.echo(f"  {path}")
    told = Text("{job}：{result}", "{job}: {result}").fill(
        job=done.job.text, result=_RESULTS[done.ran.result]
    )
    many = Text("，{n} 条线索", ", {n} clues").fill(n=done.ran.done) if done.ran.done else same("")
    click.echo(f"{told.in_(lang)}{many.in_(lang)}")


def _exit_code(done: Done) -> int:
    if done.error:
        return done.error.exit_code
    return BusyError.exit_code if done.report.waits else 0


def _ran_as_json(ran: Ran) -> dict[str, Any]:
    return {
        "appointment": _as_text(ran.appointment),
        "at": _as_text(ran.at),
        "result": ran.result,
        "done": ran.done,
        "problems": list(ran.problems),
    }


def _tell_status(path: Path, now: datetime, *, as_json: bool) -> None:
    stands = status_of(path, now)
    lang = config.read(path.parent).lang or LANG
    if as_json:
        lines = [_line_as_json(line, lang) for line in stands.lines]
        trouble = _ran_as_json(stands.trouble) if stands.trouble else None
        looked = _as_text(stands.looked)
        told = {"running": stands.running, "looked": looked, "jobs": lines, "trouble": trouble}
        print_json({**empty_json(), "action": "watch", **told})
    else:
        _print_status(stands, lang)
    sys.exit(0 if stands.is_sound else 1)


def _line_as_json(line: Line, lang: Lang) -> dict[str, Any]:
    return {
        "id": line.job.id,
        "text": line.job.text.in_(lang),
        "times": [f"{at:%H:%M}" for at in line.timetable.times],
        "monthly": line.timetable.monthly,
        "last": _ran_as_json(line.last) if line.last else None,
        "missed": _as_text(line.missed),
        "next": _as_text(line.coming),
    }


def _print_status(stands: Status, lang: Lang) -> None:
    from rich.console import Console

    Console().print(_table(stands.lines, lang))
    for line in stands.lines:
        if line.missed:
            late = _MISSED.fill(job=line.job.id, at=f"{line.missed:%Y-%m-%d %H:%M}")
            click.secho(late.in_(lang), fg="red", err=True)
    click.echo(_STANDING[stands.running].in_(lang))
    if stands.looked:
        click.echo(_LOOKED.fill(at=f"{stands.looked:%Y-%m-%d %H:%M}").in_(lang))
    if stands.trouble:
        codes = " ".join(stands.trouble.problems)
        wrong = _TROUBLE.fill(at=f"{stands.trouble.at:%Y-%m-%d %H:%M}", codes=codes)
        click.secho(wrong.in_(lang), fg="red", err=True)


def _table(lines: Sequence[Line], lang: Lang) -> Table:
    """Return the jobs as a table: what each does, how it went last, when it comes next."""
    from rich.table import Table

    table = Table()
    for head in _HEADS:
        table.add_column(head.in_(lang))
    for line in lines:
        last = f"{line.last.at:%Y-%m-%d %H:%M}" if line.last else ""
        told = (_RESULTS[line.last.result].in_(lang), *line.last.problems) if line.last else ()
        coming = f"{line.coming:%Y-%m-%d %H:%M}" if line.coming else _OFF.in_(lang)
        table.add_row(line.job.id, line.job.text.in_(lang), last, " ".join(told), coming)
    return table


def _as_text(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
