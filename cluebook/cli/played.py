"""What the demo command prints: what there is to open, and what the office would be told."""

from __future__ import annotations

from typing import Any

import click

from cluebook.cli.output import empty_json
from cluebook.demo import Played
from cluebook.text import LANGS, Lang, Text


def played_as_json(played: Played, lang: Lang) -> dict[str, Any]:
    """Return the object of the public contract for a demo; its documents are what to open."""
    return {
        **empty_json(),
        "action": "demo",
        "done": list(played.closed),
        "documents": [str(path.resolve()) for _, path in played.to_open()],
        "notices": [notice.in_(lang) for notice in _notices(played)],
        "edits": played.edits,
    }


def print_played(played: Played, lang: Lang) -> None:
    """Print what the demo shows, and end with what to open."""
    for notice in _notices(played):
        click.echo(notice.in_(lang))
    click.echo(Text("请打开：", "Open:").in_(lang))
    for name, path in played.to_open():
        click.echo(f"  {name.in_(lang)}{Text('：', ': ').in_(lang)}{path}")


def _notices(played: Played) -> list[Text]:
    made = Text(
        "演示台账已建好：{clues} 条线索，{closed} 条已办结，{late} 条逾期，文书 {papers} 份。",
        "The demo is ready: {clues} clues, {closed} closed, {late} overdue, {papers} documents.",
    )
    late = len({late.number for late in played.late})
    refused = Text("有一条未能办结，缺 {n} 项：{first}", "One could not be closed for {n} reasons. {first}")
    first = Text(*(played.refused[0].line(lang) for lang in LANGS))
    return [
        made.fill(clues=played.clues, closed=len(played.closed), late=late, papers=played.documents),
        refused.fill(n=len(played.refused), first=first),
    ]
