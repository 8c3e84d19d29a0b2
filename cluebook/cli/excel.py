"""The commands that tie Excel and this program together."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cluebook.cli.group import LANG, cli, json_option, reported, words
from cluebook.cli.output import empty_json, print_json, print_problems, problem_as_json
from cluebook.text import LANGS, Text


@cli.command(
    help=words(
        "生成 Excel 加载项：不含宏的台账用它显示按钮。",
        "Make the Excel add-in: it has the buttons for ledgers without macros.",
    )
)
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--lang", type=click.Choice(LANGS), default=LANG, help=words("按钮的语言", "language of the buttons")
)
@json_option
def addin(path: Path, lang: str, *, as_json: bool) -> None:
    """Make the add-in."""
    from cluebook.books.macros import build_add_in

    with reported("addin", as_json=as_json):
        chosen = LANGS[LANGS.index(lang)]
        build_add_in(path, chosen)
        if as_json:
            print_json({**empty_json(), "action": "addin", "documents": [str(path.resolve())]})
        else:
            made = Text("已生成加载项：{path}", "The add-in is made: {path}")
            click.echo(made.fill(path=path).in_(chosen))


@cli.command(
    help=words(
        "让本机 Excel 的按钮找到本程序；每台计算机、每个用户执行一次。",
        "Let Excel's buttons find this program; once for each machine and user.",
    )
)
@click.option(
    "--ledger",
    type=click.Path(path_type=Path),
    help=words("台账文件，其文件夹设为受信任位置", "the ledger, whose folder becomes a trusted location"),
)
@click.option("--remove", is_flag=True, help=words("撤销以前所做的设置", "take back what was set before"))
@json_option
def install(ledger: Path | None, *, remove: bool, as_json: bool) -> None:
    """Let Excel's buttons find this program, or no longer."""
    from cluebook.connection import Machine
    from cluebook.installing import installed, removed

    with reported("install", as_json=as_json):
        machine = Machine.this()
        done = removed(machine) if remove else installed(machine, ledger, Path.cwd())
        if as_json:
            files = [str(path) for path in done.files]
            notices = [text.in_(LANG) for text in done.said]
            print_json({**empty_json(), "action": "install", "documents": files, "notices": notices})
        else:
            click.echo("\n".join(text.in_(LANG) for text in done.said))


@cli.command(
    help=words(
        "检查本机和台账是否就绪，列出问题和处理办法。",
        "Check that this machine and the ledger are in order; list what is not, and what to do.",
    )
)
@click.option("--ledger", type=click.Path(path_type=Path), help=words("台账文件", "the ledger"))
@json_option
def doctor(ledger: Path | None, *, as_json: bool) -> None:
    """Check the machine and the ledger."""
    from cluebook.connection import Machine
    from cluebook.doctor import examined

    with reported("doctor", as_json=as_json):
        checks = examined(ledger, Path.cwd(), Machine.this())
        found = [problem for check in checks for problem in check.problems]
        if as_json:
            told = [{"check": check.text.in_(LANG), "ok": not check.problems} for check in checks]
            problems = [problem_as_json(problem, LANG) for problem in found]
            print_json({**empty_json(), "action": "doctor", "checks": told, "problems": problems})
        else:
            for check in checks:
                click.echo(f"{'×' if check.problems else '√'} {check.text.in_(LANG)}")
                print_problems(check.problems, LANG)
        sys.exit(1 if found else 0)
