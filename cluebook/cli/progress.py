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
        task = shown.add_task("", total=None)

        def show(what: Text, done: int, of: int) -> None:
            shown.update(task, description=what.in_(lang), completed=done, total=of or None)

        yield show
