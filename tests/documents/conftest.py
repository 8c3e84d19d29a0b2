"""What the tests of documents share: specimens to print, texts to stumble over, small templates."""

from __future__ import annotations

import copy
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from cluebook.documents import DOCUMENTS
from cluebook.documents.specimens import specimen_paper
from cluebook.rendering import engine
from cluebook.text import Lang


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> None:
    """Room in memory for every template in both languages: each is compiled once for all tests of a process."""
    assert len(DOCUMENTS) <= engine._MOST, "those of an office have room there"
    engine._MOST = 3 * len(DOCUMENTS)


@pytest.fixture(scope="session")
def naughty() -> list[str]:
    """Return the texts that programs stumble over."""
    return runpy.run_path(str(Path(__file__).with_name("naughty.py")))["NAUGHTY"]


@pytest.fixture
def filled() -> Callable[[str, Lang], dict[str, Any]]:
    """Return the function that fills a document of a kind in a language: the values its template gets."""
    return lambda name, lang: copy.deepcopy(dict(specimen_paper(name, lang).context))


@pytest.fixture
def template(tmp_path: Path) -> Callable[..., Path]:
    """Return the function that writes a template of a few paragraphs, in Word's own default package."""

    def write(*paragraphs: str, title: str = "", name: str = "notice.docx") -> Path:
        document = docx.Document()
        document.core_properties.title = title
        for text in paragraphs:
            document.add_paragraph(text)
        document.save(tmp_path / name)
        return tmp_path / name

    return write
