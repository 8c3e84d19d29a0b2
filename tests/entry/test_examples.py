"""Every example of the manual for clerks works as printed, in order, in an office of its own."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cluebook.actions import ACTIONS
from cluebook.cli import cli
from cluebook.text import LANGS, Lang

ROOT = Path(__file__).parents[2]
MANUALS = {"zh": ROOT / "docs/manual-clerk.zh.md", "en": ROOT / "docs/manual-clerk.en.md"}
READMES = (ROOT / "README.zh-CN.md", ROOT / "README.md")
_FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXIT = re.compile(r"\s*# exit (\d+)$")


@dataclass(frozen=True)
class Example:
    """A command of the manual, and the exit code it is to have; or a file to put in place first."""

    words: tuple[str, ...]
    exit_code: int
    file: tuple[str, str] | None = None


def examples(page: Path) -> Iterator[Example]:
    for kind, name, body in _FENCE.findall(page.read_text("utf-8")):
        if name:
            yield Example((), 0, (name, body))
        elif kind == "console":
            for line in re.sub(r"\\\n\s*", "", body).splitlines():
                noted = _EXIT.search(line)
                yield Example(tuple(shlex.split(_EXIT.sub("", line))), int(noted[1]) if noted else 0)


@pytest.mark.parametrize("language", LANGS)
def test_every_example_of_the_manual_works_as_printed(
    language: Lang, tmp_path: Path, cluebook: Callable[..., Any]
) -> None:
    here = tmp_path
    for example in examples(MANUALS[language]):
        if example.file:
            (here / example.file[0]).write_text(example.file[1], "utf-8")
            continue
        prompt, program, *arguments = example.words
        assert prompt == "$"
        if program == "cd":
            here /= arguments[0]
            continue
        assert program == "cluebook"
        answer = cluebook(here, *arguments)
        assert answer.code == example.exit_code, f"{shlex.join(example.words)}\n{answer.out}{answer.err}"


@pytest.mark.parametrize("language", LANGS)
def test_the_manual_shows_every_action(language: Lang) -> None:
    shown = {
        example.words[2] for example in examples(MANUALS[language]) if example.words[1:2] == ("cluebook",)
    }
    assert ACTIONS.keys() <= shown


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_every_example_of_the_readme_is_understood(page: Path) -> None:
    commands = [example.words[2:] for example in examples(page) if example.words[1] == "cluebook"]
    assert commands
    for name, *arguments in commands:
        cli.commands[name].make_context(name, arguments)  # refuses what it does not know
