"""Excel's buttons find Python through a line in a file of the user's own, and no other line of it is touched."""

from pathlib import PureWindowsPath

import pytest

from cluebook.connection import Machine, connect
from cluebook.errors import DiskError, UsageError

LINE = '"INTERPRETER_WIN","C:\\Python\\python.exe"'


@pytest.fixture
def windows(tmp_path):
    return Machine("win32", tmp_path, "C:\\Python\\python.exe")


def test_on_windows_the_line_is_added_and_the_rest_of_the_file_stays(windows, tmp_path):
    path = tmp_path / ".xlwings" / "xlwings.conf"
    path.parent.mkdir()
    path.write_text('"SHOW CONSOLE","True"\n')
    assert connect(windows) == path
    assert path.read_text().splitlines() == ['"SHOW CONSOLE","True"', LINE]
    connect(windows)
    assert path.read_text().splitlines() == ['"SHOW CONSOLE","True"', LINE]


def test_the_name_of_the_user_is_left_to_windows(tmp_path):
    home = PureWindowsPath(str(tmp_path))
    machine = Machine("win32", tmp_path, f"{tmp_path}\\venv\\python.exe")
    assert '"%USERPROFILE%\\venv\\python.exe"' in connect(machine).read_text()
    assert str(home) not in connect(machine).read_text()


def test_on_a_mac_the_script_that_starts_python_is_put_in_its_place(tmp_path):
    path = connect(Machine("darwin", tmp_path, "/opt/python"))
    assert path.read_text() == '"INTERPRETER_MAC","/opt/python"\n'
    (script,) = (tmp_path / "Library" / "Application Scripts" / "com.microsoft.Excel").iterdir()
    assert script.name.startswith("xlwings-")
    assert "VbaHandler" in script.read_text("utf-8")


@pytest.mark.parametrize("other", ['"INTERPRETER_WIN","D:\\other.exe"', "interpreter_win,python"])
def test_another_python_that_stands_there_is_not_replaced(windows, tmp_path, other):
    path = tmp_path / ".xlwings" / "xlwings.conf"
    path.parent.mkdir()
    path.write_text(other + "\n")
    with pytest.raises(UsageError):
        connect(windows)
    assert path.read_text() == other + "\n"


def test_a_system_without_excel_is_told_so(tmp_path):
    with pytest.raises(UsageError):
        connect(Machine("linux", tmp_path, "/usr/bin/python3"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_a_disk_problem(windows, tmp_path):
    (tmp_path / ".xlwings").write_text("a file")
    with pytest.raises(DiskError):
        connect(windows)
