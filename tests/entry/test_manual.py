"""The reference says what the declarations say, all of it, in both languages."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from cluebook.actions import ACTIONS
from cluebook.actions.registry import Action
from cluebook.config import file_keys
from cluebook.documents import DOCUMENTS
from cluebook.domain.deadlines import DEADLINES
from cluebook.domain.fields import columns
from cluebook.domain.guards import GUARDS
from cluebook.domain.settings import Settings
from cluebook.errors import CluebookError
from cluebook.ledger.tables import TABLES
from cluebook.manual import pages, stale, write
from cluebook.manual.rules import EXITS
from cluebook.text import LANGS, Lang
from cluebook.watch.jobs import JOBS

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
PAGES = pages()


def kinds_of(error: type[CluebookError]) -> set[type[CluebookError]]:
    return {error}.union(*(kinds_of(kind) for kind in error.__subclasses__()))


def test_the_reference_in_the_project_is_fresh() -> None:
    assert stale(REFERENCE) == []


def test_the_check_names_a_page_that_was_changed_a_page_that_is_missing_and_a_stranger(
    tmp_path: Path,
) -> None:
    write(tmp_path)
    (tmp_path / "stages.zh.md").write_text("改过", "utf-8")
    (tmp_path / "settings.en.md").unlink()
    (tmp_path / "stranger.md").write_text("", "utf-8")
    assert stale(tmp_path) == ["settings.en.md", "stages.zh.md", "stranger.md"]


def test_writing_removes_a_page_that_is_no_chapter_any_more(tmp_path: Path) -> None:
    (tmp_path / "stranger.md").write_text("", "utf-8")
    write(tmp_path)
    assert stale(tmp_path) == []


def test_the_check_of_the_project_passes_on_the_command_line() -> None:
    subprocess.run([sys.executable, "-m", "cluebook.manual", "--check"], check=True)


@pytest.mark.parametrize("language", LANGS)
@pytest.mark.parametrize("action", ACTIONS.values(), ids=lambda action: action.id)
def test_every_action_is_explained(action: Action, language: Lang) -> None:
    page = PAGES[f"commands.{language}.md"]
    assert f"## {action.id} · {action.text.in_(language)}" in page
    assert action.help.in_(language) in page


@pytest.mark.parametrize("language", LANGS)
def test_everything_declared_is_named(language: Lang) -> None:
    named = {
        "columns": [f"`{c.name}`" for table in TABLES for c in columns(table.record)],
        "conditions": [f"`{guard.code}`" for guard in GUARDS]
        + [guard.wrong.in_(language) for guard in GUARDS],
        "deadlines": [deadline.text.in_(language) for deadline in DEADLINES.values()],
        "documents": [document.template for document in DOCUMENTS.values()],
        "settings": [
            *(f.metadata["text"].in_(language) for f in fields(Settings)),
            *(f"] {f.name}`" for f in file_keys()),
            *(f"] {job}`" for job in JOBS),
        ],
    }
    missing = [
        word for page, words in named.items() for word in words if word not in PAGES[f"{page}.{language}.md"]
    ]
    assert not missing


def test_every_exit_code_has_its_meaning() -> None:
    assert {kind.exit_code for kind in kinds_of(CluebookError)} <= EXITS.keys()
