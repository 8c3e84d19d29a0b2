"""The forms as they go out: printed from the shipped templates, with nothing filled in."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from cluebook.documents.specimens import specimen_paper
from cluebook.forms import FORMS
from cluebook.rendering import render
from cluebook.text import Lang

sys.path.insert(0, str(Path(__file__).parent))

TEMPLATES = Path(__file__).parents[2] / "templates"
SENT_AT = datetime(2026, 3, 2, 9)


@cache
def blank_form(kind: str, lang: Lang) -> bytes:
    """A form as the office sends it out."""
    context = dict(specimen_paper(kind, lang).context)
    for group in {blank.name.partition(".")[0] for blank in FORMS[kind].blanks()} - {"clue"}:
        context[group] = (
            [] if isinstance(context.get(group), list) else dict.fromkeys(context.get(group, ()), "")
        )
    template = TEMPLATES / lang / f"{kind}.docx"
    return render(template, context, lang, created=SENT_AT, qr=str(context["number"]))


@pytest.fixture(scope="session")
def form() -> Callable[[str, Lang], bytes]:
    return blank_form
