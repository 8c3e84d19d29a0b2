"""What the doctor looks at, each fault planted: it names the fault and finds nothing else."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pyopenvba import ExcelFile
from registries import FakeRegistry

from cluebook.books.macros import build_macro_ledger, installed_version
from cluebook.connection import Machine, connect
from cluebook.doctor import examined
from cluebook.founding import starting_rows
from cluebook.trust import Registry

ONLY_ZH = pytest.mark.parametrize("lang", ["zh"])


@pytest.fixture
def windows(tmp_path):
    """A machine with Windows whose Excel finds this program."""
    machine = Machine("win32", tmp_path / "home", "C:\\Python\\python.exe")
    connect(machine)
    return machine


def codes(office, machine):
    return [problem.code for check in examined(None, office, machine) for problem in check.problems]


def a_conflict_copy(office):
    shutil.copy(office / "ledger.xlsx", office / "ledger-LI-PC.xlsx")


def a_mark_of_the_internet(office):
    (office / "ledger.xlsx:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n")


def a_folder_that_takes_no_files(office):
    (office / "documents").rmdir()
    (office / "documents").write_text("")


def a_template_that_is_no_document(office):
    next((office / "templates").glob("*.docx")).write_text("")


def a_setting_nobody_knows(office):
    (office / "cluebook.toml").write_text("[office]\ncolour = 'red'\n")


def a_ledger_cut_off(office):
    whole = (office / "ledger.xlsx").read_bytes()
    (office / "ledger.xlsx").write_bytes(whole[: len(whole) // 2])


def no_ledger(office):
    (office / "ledger.xlsx").unlink()


FAULTS = {
    a_conflict_copy: "conflict_copy",
    a_mark_of_the_internet: "marked_as_foreign",
    a_folder_that_takes_no_files: "folder_unwritable",
    a_template_that_is_no_document: "template_damaged",
    a_setting_nobody_knows: "config_key",
    a_ledger_cut_off: "zip_damaged",
    no_ledger: "ledger_not_named",
}


def test_a_new_office_is_in_order(office, cluebook):
    answer = cluebook(office, "doctor", "--json")
    assert (answer.code, answer.told["problems"]) == (0, [])
    assert all(check["ok"] for check in answer.told["checks"])
    assert cluebook(office, "doctor").code == 0


@ONLY_ZH
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_is_found_and_nothing_else(office, windows, fault):
    assert codes(office, windows) == []
    fault(office)
    assert codes(office, windows) == [FAULTS[fault]]


@ONLY_ZH
def test_a_fault_is_told_with_what_to_do_and_exit_code_1(office, cluebook):
    a_conflict_copy(office)
    answer = cluebook(office, "doctor", "--json")
    (problem,) = answer.told["problems"]
    assert (answer.code, problem["file"]) == (1, "ledger-LI-PC.xlsx")
    assert problem["fix"]
    assert "ledger-LI-PC.xlsx" in cluebook(office, "doctor").err


@ONLY_ZH
def test_a_mark_of_a_share_of_the_house_is_no_fault(office, windows):
    (office / "ledger.xlsx:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=1\n")
    assert codes(office, windows) == []


@ONLY_ZH
@pytest.mark.parametrize("folder", ["OneDrive - Office", "Dropbox", "坚果云"])
def test_a_folder_that_is_synchronised_is_named(office, windows, tmp_path, folder):
    moved = shutil.move(office, tmp_path / folder / "clues")
    assert codes(Path(moved), windows) == ["ledger_synced"]


@ONLY_ZH
def test_excel_that_does_not_find_this_program_is_found(office, tmp_path):
    assert codes(office, Machine("win32", tmp_path, "C:\\Python\\python.exe")) == ["excel_untied"]


@ONLY_ZH
@pytest.mark.parametrize(("named", "code"), [("nowhere.exe", "python_missing"), (__file__, "python_other")])
def test_a_python_that_is_not_there_or_another_one_is_found(office, tmp_path, named, code):
    path = tmp_path / ".xlwings" / "xlwings.conf"
    path.parent.mkdir()
    path.write_text(f'"INTERPRETER_WIN","{named}"\n')
    assert codes(office, Machine("win32", tmp_path, "C:\\Python\\python.exe")) == [code]


@pytest.fixture
def with_macros(office, lang, tmp_path):
    """The office, its ledger with macros."""
    (office / "ledger.xlsx").unlink()
    build_macro_ledger(office / "ledger.xlsm", lang, starting_rows(lang, None, date(2026, 3, 2)))
    return office


@ONLY_ZH
def test_macros_of_another_version_than_the_program_are_found(with_macros, windows):
    assert codes(with_macros, windows) == []
    with ExcelFile(with_macros / "ledger.xlsm") as file:
        file.set_module("xlwings", file.get_module("xlwings").replace(installed_version(), "0.1.0", 1))
        file.save()
    assert codes(with_macros, windows) == ["macros_other_version"]


@ONLY_ZH
def test_a_policy_that_disables_macros_is_found(with_macros, windows):
    key = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"
    strict = replace(windows, registry=Registry(FakeRegistry({key: {"VBAWarnings": 4}})))
    assert codes(with_macros, strict) == ["macros_off"]


@ONLY_ZH
def test_a_ledger_whose_macros_were_lost_is_found(office, windows):
    (office / "ledger.xlsx").rename(office / "ledger.xlsm")
    assert codes(office, windows) == ["macros_missing"]
