"""Tying Excel and the program together on Windows and on the Mac, and taking it back; over a stand-in for the registry."""

from pathlib import Path

import pytest
from registries import FakeRegistry

from cluebook.connection import Machine, connect, python_named
from cluebook.errors import DiskError
from cluebook.installing import installed, removed
from cluebook.trust import Registry, is_trusted, policy_problems, trust

LOCATIONS = r"Software\Microsoft\Office\16.0\Excel\Security\Trusted Locations"
POLICIES = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"
SETTINGS = r"Software\Microsoft\Office\16.0\Excel\Security"
THEIRS = {rf"{LOCATIONS}\Location0": {"Path": "C:\\Templates\\"}}


@pytest.fixture
def api():
    return FakeRegistry(THEIRS)


@pytest.fixture
def windows(tmp_path, api):
    return Machine("win32", tmp_path / "home", "C:\\Python\\python.exe", Registry(api))


@pytest.fixture
def office(tmp_path):
    """A folder with a ledger that has macros."""
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "ledger.xlsm").write_bytes(b"")
    return tmp_path / "office"


def words(done):
    return "\n".join(text.zh for text in done.said)


def test_the_folder_of_the_ledger_becomes_a_trusted_location_and_this_is_said(windows, api, office):
    done = installed(windows, None, office)
    assert api.keys[rf"{LOCATIONS}\Location1"] == {
        "Path": f"{office}\\", "AllowSubfolders": 0, "Description": "cluebook",
    }  # fmt: skip
    assert str(office) in words(done)
    assert str(done.files[0]) in words(done)
    assert is_trusted(windows.registry, office)
    assert "已经是" in words(installed(windows, office / "ledger.xlsm", office.parent))
    assert len(api.keys) == 2


@pytest.mark.parametrize("name", [None, "ledger.xlsx"])
def test_without_a_ledger_with_macros_no_folder_is_trusted(windows, api, tmp_path, name):
    if name:
        (tmp_path / name).write_bytes(b"")
    assert "未设受信任位置" in words(installed(windows, None, tmp_path))
    assert api.keys == THEIRS


def test_removing_takes_back_what_was_set_and_nothing_else(windows, api, office):
    conf = windows.home / ".xlwings" / "xlwings.conf"
    conf.parent.mkdir(parents=True)
    conf.write_text('"SHOW CONSOLE","True"\n')
    installed(windows, None, office)
    said = words(removed(windows))
    assert str(office) in said
    assert str(conf) in said
    assert conf.read_text() == '"SHOW CONSOLE","True"\n'
    assert api.keys == THEIRS
    assert "没有需要撤销" in words(removed(windows))


def test_a_registry_that_takes_nothing_is_told(windows, api, office):
    api.closed = True
    with pytest.raises(DiskError):
        installed(windows, None, office)
    api.closed = False
    installed(windows, None, office)
    api.closed = True
    with pytest.raises(DiskError):
        removed(windows)


def test_on_a_mac_the_script_goes_again(tmp_path):
    mac = Machine("darwin", tmp_path, "/opt/python")
    installed(mac, None, tmp_path)
    scripts = tmp_path / "Library" / "Application Scripts" / "com.microsoft.Excel"
    assert [path.suffix for path in scripts.iterdir()] == [".applescript"]
    assert len(removed(mac).files) == 2
    assert list(scripts.iterdir()) == []


def problems(api, office, *, marked=False):
    return [p.code for p in policy_problems(Registry(api), office / "ledger.xlsm", marked=marked)]


@pytest.mark.parametrize(("level", "found"), [(1, []), (2, []), (3, ["macros_off"]), (4, ["macros_off"])])
@pytest.mark.parametrize("key", [POLICIES, SETTINGS])
def test_settings_that_keep_macros_from_running_are_found(api, office, key, level, found):
    api.keys[key] = {"VBAWarnings": level}
    assert problems(api, office) == found
    trust(Registry(api), office)
    assert problems(api, office) == []


def test_a_policy_counts_before_the_users_own_setting(api, office):
    api.keys |= {SETTINGS: {"VBAWarnings": 4}, POLICIES: {"VBAWarnings": 1}}
    assert problems(api, office) == []


def test_a_policy_that_ignores_trusted_locations_is_found(api, office):
    trust(Registry(api), office)
    api.keys |= {rf"{POLICIES}\Trusted Locations": {"AllLocationsDisabled": 1}, POLICIES: {"VBAWarnings": 4}}
    assert problems(api, office) == ["macros_off", "locations_off"]


def test_a_policy_against_files_from_the_internet_matters_for_marked_ones(api, office):
    api.keys[POLICIES] = {"blockcontentexecutionfrominternet": 1}
    assert problems(api, office) == []
    assert problems(api, office, marked=True) == ["macros_from_net_off"]
    trust(Registry(api), office)
    assert problems(api, office, marked=True) == []


def test_the_python_that_is_named_is_told_as_windows_reads_it(tmp_path):
    machine = Machine("win32", tmp_path, f"{tmp_path}\\venv\\python.exe")
    assert python_named(machine) is None
    connect(machine)
    assert python_named(machine) == str(tmp_path) + "\\venv\\python.exe"
    assert Path(machine.python).name in python_named(machine)
