"""The commands that tie Excel and the program together, and the office whose ledger has macros."""

import sys

import pytest
from packages import faults, members
from registries import FakeRegistry

from cluebook.cli import main
from cluebook.connection import Machine
from cluebook.trust import Registry


@pytest.fixture
def cluebook(monkeypatch, tmp_path):
    def run(*words):
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("pathlib.Path.home", lambda: tmp_path / "home")
        monkeypatch.setattr(sys, "argv", ["cluebook", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code or 0

    return run


def test_a_new_office_has_a_ledger_with_macros(cluebook, tmp_path):
    assert cluebook("new", "office", "--lang", "en") == 0
    assert [path.name for path in (tmp_path / "office").glob("ledger.*")] == ["ledger.xlsm"]
    assert faults((tmp_path / "office" / "ledger.xlsm").read_bytes()) == []


def test_an_office_can_do_without_macros(cluebook, tmp_path):
    assert cluebook("new", "office", "--macro-free") == 0
    (ledger,) = (tmp_path / "office").glob("ledger.*")
    assert ledger.name == "ledger.xlsx"
    assert "xl/vbaProject.bin" not in members(ledger.read_bytes())


def test_the_add_in_is_made_once_and_never_over_a_file(cluebook, tmp_path, capsys):
    assert cluebook("addin", "cluebook.xlam", "--lang", "en") == 0
    assert "cluebook.xlam" in capsys.readouterr().out
    made = (tmp_path / "cluebook.xlam").read_bytes()
    assert faults(made) == []
    assert b'label="Accept"' in members(made)["customUI/customUI14.xml"]
    assert cluebook("addin", "cluebook.xlam") == 2
    assert (tmp_path / "cluebook.xlam").read_bytes() == made


def test_install_names_this_python_to_excel_and_takes_it_back(cluebook, tmp_path, monkeypatch, capsys):
    windows = Machine("win32", tmp_path / "home", sys.executable, Registry(FakeRegistry()))
    monkeypatch.setattr(Machine, "this", lambda: windows)
    conf = tmp_path / "home" / ".xlwings" / "xlwings.conf"
    assert cluebook("install", "--json") == 0
    assert sys.executable in conf.read_text()
    assert cluebook("install", "--remove") == 0
    assert str(conf) in capsys.readouterr().out
    assert sys.executable not in conf.read_text()


def test_where_there_is_no_excel_install_says_so(cluebook):
    assert cluebook("install") == 2
