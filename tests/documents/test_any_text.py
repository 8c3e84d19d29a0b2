"""Whatever is written in a ledger stands in its documents as it was written, in every template."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from docx.oxml import parse_xml

from cluebook.documents import DOCUMENTS
from cluebook.rendering import render
from cluebook.rendering.values import clean
from cluebook.text import LANGS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEMPLATES = Path(__file__).parents[2] / "templates"
CREATED = datetime(2026, 11, 4, 9, 30)
SIGNS = {f"{W}br": "\n", f"{W}tab": "\t"}
STORY = re.compile(r"word/(document|header_\w+|footer_\w+)\.xml")
MARK = re.compile("⟦([0-9]+)⟧")


def with_texts(value: Any, texts: Iterator[str]) -> Any:
    """Return a context whose every text that is not blank is the next of `texts`; what decides a condition stays."""
    if isinstance(value, dict):
        return {
            key: item if key in {"secrecy", "urgency"} else with_texts(item, texts)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [with_texts(item, texts) for item in value]
    return next(texts) if value else value


def paragraphs(template: Path, context: dict[str, Any], lang: str) -> list[str]:
    """Return the words of every paragraph of body, headers and footers, as Word shows them."""
    package = zipfile.ZipFile(io.BytesIO(render(template, context, lang, created=CREATED)))
    roots = [parse_xml(package.read(name)) for name in sorted(package.namelist()) if STORY.fullmatch(name)]
    return [
        "".join(SIGNS.get(e.tag) or e.text or "" for e in p.iter(f"{W}t", *SIGNS))
        for root in roots
        for p in root.iter(f"{W}p")
    ]


def flush(shown: list[str]) -> list[str]:
    """Return paragraphs whose further lines are not indented, as a Chinese letter prints them."""
    return [words.replace("\n\u3000\u3000", "\n") for words in shown]


def test_there_are_many_different_texts_to_stumble_over(naughty):
    assert len(set(naughty)) >= 300


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_naughty_text_comes_out_as_it_went_in_with_no_paragraph_more(
    filled, naughty, kind, lang, counted
):
    """Every day each template prints as many of the texts as it has places, another share in each; on request all."""
    template, context = TEMPLATES / lang / f"{kind}.docx", filled(kind, lang)
    shown = paragraphs(template, with_texts(context, (f"⟦{n}⟧" for n in itertools.count())), lang)
    places = sorted({int(mark) for words in shown for mark in MARK.findall(words)})
    texts = [text for text in naughty if clean(text)]
    first = list(DOCUMENTS).index(kind) * len(texts) // len(DOCUMENTS)
    for begin in range(first, first + counted(1, len(texts)), len(places)):
        printed = {n: texts[(begin + i) % len(texts)] for i, n in enumerate(places)}
        naughty_context = with_texts(context, (printed.get(n, "x") for n in itertools.count()))
        expected = [MARK.sub(lambda mark, told=printed: clean(told[int(mark[1])]), words) for words in shown]
        assert flush(paragraphs(template, naughty_context, lang)) == flush(expected)
