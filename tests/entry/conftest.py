"""The command line run inside the tests, and an office with clues at several stages."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from offices import approved, closed, registered

from cluebook.cli import main


@dataclass(frozen=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> dict[str, Any]:
        """The one object on standard output; anything beside it fails."""
        told: dict[str, Any] = json.loads(self.out)
        return told


@pytest.fixture
def cluebook(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Run the command line in a folder as if it had been typed there."""

    def run(folder: Path, *words: object) -> Answer:
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["cluebook", *(str(word) for word in words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return Answer(int(ended.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture(scope="session")
def _working(pristine: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    office = shutil.copytree(pristine("zh"), tmp_path_factory.mktemp("working") / "office")
    closed(office, "zh")
    approved(office, "zh", matter="Second")
    registered(office, "zh", matter="Third")
    return office


@pytest.fixture
def working(_working: Path, tmp_path: Path) -> Path:
    """A Chinese office: XS-…-0001 is closed, XS-…-0002 ready to route, T-2026-00003 registered."""
    return shutil.copytree(_working, tmp_path / "working")
