"""An office with a history, the command line run in it, and the modules that other tests share."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "entry"))
sys.path.insert(0, str(Path(__file__).parents[1] / "books"))
sys.path.insert(0, str(Path(__file__).parents[1] / "documents"))

from offices import approved, closed, registered

from cluebook.cli import main


class Answer(NamedTuple):
    """What a command ended with."""

    code: int
    told: dict[str, Any]

    @property
    def codes(self) -> list[str]:
        return [problem["code"] for problem in self.told["problems"]]


@pytest.fixture(scope="session")
def _walked(pristine: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    office = shutil.copytree(pristine("zh"), tmp_path_factory.mktemp("walked") / "office")
    closed(office, "zh")
    approved(office, "zh", matter="Second")
    for n in range(3):
        registered(office, "zh", matter=f"Entered {n}")
    return office


@pytest.fixture
def walked(_walked: Path, tmp_path: Path) -> Path:
    """A Chinese office: XS-2026-YW-0001 closed, 0002 ready to route, T-2026-00003 to 5 registered."""
    return shutil.copytree(_walked, tmp_path / "walked")


@pytest.fixture
def cluebook(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Run a command with --json in a folder as if it had been typed there."""

    def run(folder: Path, *words: object) -> Answer:
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["cluebook", *map(str, words), "--json"])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        return Answer(int(ended.value.code or 0), json.loads(capsys.readouterr().out))

    return run
