"""A progress bar on standard error, for people only."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from cluebook.perform import Progress
from cluebook.text import Lang, Text


@contextmanager
def bar(lang: Lang, *, wanted: bool) -> Iterator[Progress]:
    """Give what shows progress: a bar where a person looks on, else nothing."""
    if not wanted or not sys.stderr.isatty():
        yield lambda _what, _done, _of: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as shown:
        tasks: dict[Text, object] = {}

        def show(what: Text, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = shown.add_task(what.in_(lang), total=of)
            shown.update(tasks[what], completed=done, total=of)  # type: ignore[arg-type]

        yield show
