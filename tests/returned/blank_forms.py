"""The forms as they go out: printed from the shipped templates, with nothing filled in."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from cluebook.documents.specimens import specimen_paper
from cluebook.forms import FORMS
from cluebook.rendering import render
from cluebook.text import Lang

TEMPLATES = Path(__file__).parents[2] / "templates"
SENT_AT = datetime(2026, 3, 2, 9)


@cache
def blank_form(kind: str, lang: Lang) -> bytes:
    """A form as the office sends it out."""
    context = dict(specimen_paper(kind, lang).context)
    printed = {name for answer in FORMS[kind].answers for name in answer.printed}
    for group in {blank.name.partition(".")[0] for blank in FORMS[kind].blanks()} - {"clue"}:
        left = {name.partition(".")[2] for name in printed if name.startswith(f"{group}.")}
        held = context.get(group, {})
        context[group] = _emptied(held, left) if isinstance(held, list) else dict.fromkeys(held, "")
    if (to := FORMS[kind].to) is not None:
        group, _, field = to.partition(".")
        context[group][field] = specimen_paper(kind, lang).context[group][field]
    template = TEMPLATES / lang / f"{kind}.docx"
    return render(template, context, lang, created=SENT_AT, qr=str(context["number"]))


def _emptied(lines: list[dict[str, str]], left: set[str]) -> list[dict[str, str]]:
    """The lines of a list in which nothing is left but what is printed in each; none where that is nothing."""
    return [{key: text if key in left else "" for key, text in line.items()} for line in lines if left]
