"""Commands on the office's Word templates, and on the documents made of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from glob import escape
from pathlib import Path

import click

from cluebook import config
from cluebook.cli.group import LANG, cli, json_option, reported, words
from cluebook.cli.output import empty_json, print_json, print_problems, problem_as_json
from cluebook.cli.pdfs import pdfs_of
from cluebook.documents import safe_name
from cluebook.errors import Place, Problem, RefusedError, TemplateError, UsageError
from cluebook.text import Lang, Text

ledger_option = click.option(
    "--ledger", type=click.Path(path_type=Path), help=words("台账文件", "the ledger")
)
pdf_option = click.option("--pdf", is_flag=True, help=words("另存一份 PDF", "make a PDF of it, too"))


@cli.group(
    help=words(
        "检查、预览、试改、恢复 Word 模板。", "Check, preview, try changes to and restore the Word templates."
    )
)
def templates() -> None:
    """Work on the office's templates."""


@templates.command(
    name="check",
    help=words(
        "检查在用的模板，或指明的模板、草稿。", "Check the templates in use, or those and the drafts named."
    ),
)
@click.argument("names", metavar="[KIND[.NAME]]...", nargs=-1)
@ledger_option
@json_option
def check_templates(names: Sequence[str], ledger: Path | None, *, as_json: bool) -> None:
    """Check templates against the names they may use and must print, and for what must not go out."""
    from cluebook.drafts import drafts_of, faults
    from cluebook.mail import letters

    with reported("templates", as_json=as_json):
        folder = _folder(ledger)
        drafts = drafts_of(names, folder.templates)
        found = [problem for draft in drafts for problem in faults(draft)]
        found += [] if names else letters.template_problems(folder.templates)
        told = Text("检查了 {n} 个模板，{bad} 个问题。", "{n} templates checked, {bad} problems.")
        _tell(folder.lang or LANG, told.fill(n=len(drafts), bad=len(found)), problems=found, as_json=as_json)
        sys.exit(TemplateError.exit_code if found else 0)


@templates.command(
    name="preview",
    help=words(
        "用虚构的样例数据生成一份，看看版面。", "Make one with fictional sample data, to see its looks."
    ),
)
@click.argument("name", metavar="KIND[.NAME]")
@pdf_option
@ledger_option
@json_option
def preview_template(name: str, ledger: Path | None, *, pdf: bool, as_json: bool) -> None:
    """Make a document of a template with sample data."""
    from cluebook.drafts import draft_of, previewed

    with reported("templates", as_json=as_json):
        folder = _folder(ledger)
        lang = folder.lang or LANG
        made = [previewed(draft_of(name, folder.templates), lang)]
        printed = pdfs_of(made if pdf else (), lang, as_json=as_json)
        _tell(lang, documents=[*made, *printed.made], problems=printed.problems, as_json=as_json)
        sys.exit(1 if printed.problems else 0)


@templates.command(
    name="new",
    help=words(
        "把在用的模板另存为草稿，改好后用 templates use 启用。",
        "Copy the template in use as a draft; once it is changed, templates use puts it in use.",
    ),
)
@click.argument("kind")
@click.option(
    "--as", "name", default="draft", show_default=True, help=words("草稿的名称", "what to call the draft")
)
@ledger_option
@json_option
def new_template(kind: str, name: str, ledger: Path | None, *, as_json: bool) -> None:
    """Copy a template as a draft."""
    from cluebook.drafts import begun

    with reported("templates", as_json=as_json):
        folder = _folder(ledger)
        lang = folder.lang or LANG
        _tell(lang, documents=[begun(kind, name, folder.templates, lang)], as_json=as_json)


@templates.command(
    name="use",
    help=words(
        "检查草稿，没有问题就启用；原来的改为草稿保留。",
        "Check a draft and put it in use; what was in use is kept as a draft.",
    ),
)
@click.argument("name", metavar="KIND.NAME")
@ledger_option
@json_option
def use_template(name: str, ledger: Path | None, *, as_json: bool) -> None:
    """Put a draft in use."""
    from cluebook.drafts import adopted, draft_of

    with reported("templates", as_json=as_json):
        folder = _folder(ledger)
        used = adopted(draft_of(name, folder.templates))
        _tell(folder.lang or LANG, documents=[used], as_json=as_json)


@templates.command(
    name="restore",
    help=words(
        "用随附的模板恢复一种文书；现有的改为草稿保留。",
        "Bring back the shipped template of a document; yours is kept as a draft.",
    ),
)
@click.argument("kind")
@ledger_option
@json_option
def restore_template(kind: str, ledger: Path | None, *, as_json: bool) -> None:
    """Bring back one shipped template."""
    from cluebook.drafts import restored

    with reported("templates", as_json=as_json):
        folder = _folder(ledger)
        lang = folder.lang or LANG
        _tell(lang, documents=[restored(kind, folder.templates, lang)], as_json=as_json)


@cli.command(
    name="pdf",
    help=words(
        "把文书转换为 PDF，放在原文书旁边。可给文件、文件夹或线索编号。",
        "Make PDFs of documents, beside them. Name files, folders or clue numbers.",
    ),
)
@click.argument("names", metavar="FILE|NUMBER...", nargs=-1, required=True)
@ledger_option
@json_option
def make_pdfs(names: Sequence[str], ledger: Path | None, *, as_json: bool) -> None:
    """Make PDFs of documents."""
    with reported("pdf", as_json=as_json):
        documents = [path for name in names for path in _documents(name, ledger)]
        made, problems = pdfs_of(documents, LANG, as_json=as_json)
        told = Text("生成 PDF {n} 份，{bad} 个问题。", "PDFs made: {n}; problems: {bad}.")
        filled = told.fill(n=len(made), bad=len(problems))
        _tell(LANG, filled, documents=made, problems=problems, action="pdf", as_json=as_json)
        sys.exit(0 if not problems else 1 if made else RefusedError.exit_code)


def _folder(ledger: Path | None) -> config.Folder:
    from cluebook.books.find import find

    return config.read(find(ledger, Path.cwd()).path.parent)


def _documents(name: str, ledger: Path | None) -> list[Path]:
    """Return the documents that are meant: a file, those in a folder, or those of a clue."""
    path = Path(name)
    folders = (
        [path] if path.exists() else sorted(_folder(ledger).documents.glob(f"*/{escape(safe_name(name))}"))
    )
    found = [
        each
        for folder in folders
        for each in ([folder] if folder.is_file() else sorted(folder.rglob("*.docx")))
        if not each.name.startswith("~")
    ]
    if not found:
        wrong = Text("没有找到 Word 文书。", "No Word document was found.")
        fix = Text(
            "请给出 .docx 文件、文件夹或线索编号。", "Name a .docx file, a folder or the number of a clue."
        )
        raise UsageError(Problem("document_missing", Place(file=path.name), wrong, fix))
    return found


def _tell(
    lang: Lang,
    told: Text | None = None,
    *,
    documents: Sequence[Path] = (),
    problems: Sequence[Problem] = (),
    action: str = "templates",
    as_json: bool,
) -> None:
    """Print what a command did: as the object of the contract, or in words."""
    if as_json:
        paths = [str(path.resolve()) for path in documents]
        found = [problem_as_json(problem, lang) for problem in problems]
        print_json({**empty_json(), "action": action, "documents": paths, "problems": found})
        return
    print_problems(problems, lang)
    for path in documents:
        click.echo(str(path))
    if told is not None:
        click.echo(told.in_(lang))
