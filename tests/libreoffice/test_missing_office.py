"""What is said where LibreOffice, or its Python interface, is missing or made for another Python."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cluebook.errors import RefusedError
from cluebook.libreoffice import bridge


@pytest.fixture
def unloaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder that is the only place to look for LibreOffice; nothing is loaded yet."""
    monkeypatch.delitem(sys.modules, "uno", raising=False)
    monkeypatch.setattr(bridge, "PLACES", (str(tmp_path),))
    monkeypatch.setattr(bridge.shutil, "which", lambda _: None)
    bridge.uno.cache_clear()
    yield tmp_path
    bridge.uno.cache_clear()


def said(refused: pytest.ExceptionInfo[RefusedError]) -> tuple[str, str]:
    problem = refused.value.problems[0]
    return problem.code, problem.line("en") + problem.line("zh")


def test_without_libreoffice_its_interface_is_said_to_be_missing(unloaded: Path) -> None:
    with pytest.raises(RefusedError) as refused:
        bridge.uno()
    code, line = said(refused)
    assert code == "uno_missing"
    assert "python3-uno" in line
    assert str(unloaded) not in line


def test_an_interface_for_another_python_is_named_and_not_loaded(unloaded: Path) -> None:
    (unloaded / "uno.py").write_text("raise SystemExit", "utf-8")
    (unloaded / "pyuno.so").write_bytes(b"\x7fELF")
    (unloaded / "libpyuno.so").write_bytes(b"\x7fELF\0libpython3.7m.so.1.0\0")
    with pytest.raises(RefusedError) as refused:
        bridge.uno()
    code, line = said(refused)
    assert code == "uno_missing"
    assert "3.7" in line
    assert f"{sys.version_info.major}.{sys.version_info.minor}" in line


def test_a_broken_interface_is_said_to_be_broken(unloaded: Path) -> None:
    (unloaded / "uno.py").write_text("import no_such_library_of_the_office", "utf-8")
    path = list(sys.path)
    with pytest.raises(RefusedError) as refused:
        bridge.uno()
    assert said(refused)[0] == "uno_missing"
    assert "uno" not in sys.modules
    assert sys.path == path


def test_a_program_is_found_beside_its_library(unloaded: Path) -> None:
    assert bridge.program() is None
    (unloaded / "soffice").write_text("", "utf-8")
    assert bridge.program() == str(unloaded / "soffice")
