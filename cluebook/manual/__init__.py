"""The reference part of the manual, written from the declarations: ``python -m cluebook.manual [--check]``.

What the code declares is said here once more for readers, in each language; nothing of it is typed by hand,
so it cannot differ from what the program does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from cluebook.manual.clauses import clauses
from cluebook.manual.columns import documents, every_column, settings
from cluebook.manual.commands import commands
from cluebook.manual.rules import conditions, deadlines, exits, stages
from cluebook.text import LANGS, Lang, Text

CHAPTERS: Mapping[str, tuple[Text, Callable[[Lang], Iterator[str]]]] = {
    "commands": (Text("命令", "Commands"), commands),
    "columns": (Text("表和列", "Sheets and columns"), every_column),
    "clauses": (Text("制度条款对照", "Clauses of the procedure"), clauses),
    "stages": (Text("状态和步骤", "Stages and steps"), stages),
    "conditions": (Text("各步骤的条件", "Conditions of the steps"), conditions),
    "deadlines": (Text("期限", "Deadlines"), deadlines),
    "documents": (Text("文书", "Documents"), documents),
    "settings": (Text("设置", "Settings"), settings),
    "exit-codes": (Text("退出码", "Exit codes"), exits),
}
"""The chapters by their file name: title and lines."""

_NOT_BY_HAND = Text("此页由程序生成，请勿手工修改。", "This page is written by the program; do not edit it.")


def pages() -> dict[str, str]:
    """Return every page of the reference by its file name."""
    return {
        f"{name}.{lang}.md": "\n".join([f"# {title.in_(lang)}", "", _NOT_BY_HAND.in_(lang), "", *lines(lang)])
        + "\n"
        for name, (title, lines) in CHAPTERS.items()
        for lang in LANGS
    }


def stale(folder: Path) -> list[str]:
    """Return the names of the pages that a folder lacks, holds in another wording, or should not hold."""
    held = {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}
    made = pages()
    return sorted(name for name in held.keys() | made.keys() if held.get(name) != made.get(name))


def write(folder: Path) -> None:
    """Write every page into a folder, and remove what is no page any more."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.md"):
        path.unlink()
    for name, text in pages().items():
        (folder / name).write_text(text, "utf-8", newline="\n")
