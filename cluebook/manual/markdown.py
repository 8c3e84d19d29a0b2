"""Tables and lists as Markdown, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cluebook.text import Lang, Text

_YES = Text("是", "yes")


def as_table(head: Sequence[Text], rows: Iterable[Sequence[Text | str]], lang: Lang) -> Iterator[str]:
    """Return a table's lines; words in both languages are taken in one."""
    yield _line([text.in_(lang) for text in head])
    yield _line(["---"] * len(head))
    yield from (_line([cell.in_(lang) if isinstance(cell, Text) else cell for cell in row]) for row in rows)


def yes(holds: object) -> Text | str:
    """Return a tick for a column of a table, blank when it does not hold."""
    return _YES if holds else ""


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
