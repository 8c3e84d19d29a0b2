"""Commands on the office's Word templates."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cluebook import config
from cluebook.cli.group import LANG, cli, json_option, reported, words
from cluebook.cli.output import empty_json, print_json, print_problems, problem_as_json
from cluebook.errors import TemplateError
from cluebook.text import Text


@cli.group(help=words("检查、恢复 Word 模板。", "Check and restore the Word templates."))
def templates() -> None:
    """Work on the office's templates."""


@templates.command(name="check", help=words("检查本单位的模板。", "Check the office's templates."))
@click.option("--ledger", type=click.Path(path_type=Path), help=words("台账文件", "the ledger"))
@json_option
def check_templates(ledger: Path | None, *, as_json: bool) -> None:
    """Check every template against the names it may use."""
    from cluebook.books.find import find
    from cluebook.doctor import template_problems
    from cluebook.documents import DOCUMENTS

    with reported("templates", as_json=as_json):
        folder = config.read(find(ledger, Path.cwd()).path.parent)
        lang = folder.lang or LANG
        found = template_problems(folder.templates)
        if as_json:
            print_json(
                {**empty_json(), "action": "templates", "problems": [problem_as_json(p, lang) for p in found]}
            )
        else:
            print_problems(found, lang)
            told = Text("检查了 {n} 个模板，{bad} 个问题。", "{n} templates checked, {bad} problems.")
            click.echo(told.fill(n=len(DOCUMENTS), bad=len(found)).in_(lang))
        sys.exit(TemplateError.exit_code if found else 0)


@templates.command(
    name="restore",
    help=words(
        "用随附的模板恢复一种文书；现有的改名保留。",
        "Bring back the shipped template of a document; yours is kept under another name.",
    ),
)
@click.argument("kind")
@click.option("--ledger", type=click.Path(path_type=Path), help=words("台账文件", "the ledger"))
@json_option
def restore_template(kind: str, ledger: Path | None, *, as_json: bool) -> None:
    """Bring back one shipped template."""
    from cluebook.books.find import find
    from cluebook.founding import restored_template

    with reported("templates", as_json=as_json):
        folder = config.read(find(ledger, Path.cwd()).path.parent)
        path = restored_template(kind, folder.templates, folder.lang or LANG)
        if as_json:
            print_json({**empty_json(), "action": "templates", "documents": [str(path.resolve())]})
        else:
            click.echo(str(path))
