"""Making PDFs on the command line, with a bar that shows how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cluebook.cli.progress import bar
from cluebook.pdf import Converted, converted
from cluebook.perform import Outcome
from cluebook.text import Lang, Text

_CONVERTING = Text("转换为 PDF", "Making PDFs")


def pdfs_of(documents: Sequence[Path], lang: Lang, *, as_json: bool) -> Converted:
    """Make a PDF beside each document and return what came of it."""
    with bar(lang, wanted=not as_json) as progress:
        return converted(documents, lambda done, of: progress(_CONVERTING, done, of))


def with_pdfs(outcome: Outcome, *, as_json: bool) -> Outcome:
    """Return what came of an action, with a PDF of every document it made; the documents stay in any case."""
    printed = pdfs_of(outcome.documents, outcome.lang, as_json=as_json)
    plan = replace(outcome.plan, problems=(*outcome.plan.problems, *printed.problems))
    return replace(outcome, plan=plan, documents=(*outcome.documents, *printed.made))
