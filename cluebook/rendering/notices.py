"""What to tell of a document beside its text: the characters that no Word file can hold, and that are replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cluebook.documents import words_of
from cluebook.ledger.plan import Paper
from cluebook.rendering.values import holds_the_impossible
from cluebook.text import Text, join, same

_REPLACED = Text(
    "{file}：{fields}中有 Word 无法保存的字符，已换成“\ufffd”。",
    "{file}: {fields} holds characters that Word cannot keep; they are shown as “\ufffd”.",
)


def replacements(papers: Iterable[Paper]) -> Iterator[Text]:
    """Return a notice for each document in which something has to be replaced, naming the columns, not the text."""
    for paper in papers:
        if names := dict.fromkeys(_names(paper.context, "")):
            words = words_of(paper.kind)
            fields = join([words.get(name, same(name)) for name in names])
            yield _REPLACED.fill(file=paper.file, fields=fields)


def _names(value: object, name: str) -> Iterator[str]:
    """Return the dotted name of each text that cannot be kept as it is; items bear the name of their list."""
    if isinstance(value, str):
        if holds_the_impossible(value):
            yield name
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _names(inner, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        for item in value:
            yield from _names(item, name)
