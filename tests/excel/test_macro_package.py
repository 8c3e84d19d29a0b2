"""The master workbook with its macros, and the add-in: what Excel would find in them."""

import re
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
from packages import faults, members
from pyopenvba import ExcelFile
from pyopenvba.integrity import check_file

from cluebook.books.file import FileBook
from cluebook.books.macros import PROJECT, RIBBON, build_add_in, build_macro_ledger
from cluebook.domain.clue import Clue
from cluebook.domain.fields import column_of
from cluebook.errors import DiskError, UsageError
from cluebook.ledger.book import CellEdit, NewRow
from cluebook.ledger.sheets import read
from cluebook.text import LANGS, Text


@pytest.fixture(params=LANGS)
def lang(request):
    return request.param


@pytest.fixture(params=["zh", "en", "add-in"])
def path(request, master, add_in):
    return add_in if request.param == "add-in" else master(request.param)


def rewritten(path, changes):
    """A copy of a package, its parts changed; ``None`` leaves one out."""
    parts = members(path.read_bytes())
    for name, change in changes.items():
        if change is None:
            del parts[name]
        else:
            parts[name] = change(parts[name])
    return packed(parts, path)


def packed(parts, beside):
    out = beside.with_name("changed.xlsm")
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.read_bytes()


def replacing(old, new):
    def change(data):
        assert old.encode() in data
        return data.replace(old.encode(), new.encode(), 1)

    return change


def test_the_parts_agree_with_each_other(path):
    assert faults(path.read_bytes()) == []


def test_the_library_that_wrote_the_macros_finds_them_whole(path):
    report = check_file(path)
    assert (report.ok, report.issues) == (True, ())
    with ExcelFile(path) as book:
        assert book.validate() == []
        assert {"stdole", "Office"} <= {reference.name for reference in book.references()}


@pytest.mark.parametrize("path", ["zh", "add-in"], indirect=True)
def test_excel_is_expected_to_open_it_without_repair(path):
    audit = pytest.importorskip("openxml_audit")
    assert [error.description for error in audit.OpenXmlValidator().validate(path).errors] == []


def test_equal_masters_are_equal_files(master, make_master, lang, tmp_path, add_in):
    again = make_master(tmp_path / "ledger.xlsm", lang)
    assert again.read_bytes() == master(lang).read_bytes()
    build_add_in(tmp_path / "cluebook.xlam", "zh")
    assert (tmp_path / "cluebook.xlam").read_bytes() == add_in.read_bytes()


FAULTS = {
    "a sheet renamed for VBA": ({"xl/worksheets/sheet3.xml": replacing('codeName="shClues"', 'codeName="shX"')}, "code names"),
    "a sheet without a name for VBA": ({"xl/worksheets/sheet3.xml": replacing(' codeName="shClues"', "")}, "code names"),
    "a workbook said to be plain": (
        {"[Content_Types].xml": replacing("vnd.ms-excel.sheet.macroEnabled.main", "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main")},
        "macro-enabled",
    ),
    "macros of no type": ({"[Content_Types].xml": replacing("application/vnd.ms-office.vbaProject", "application/octet-stream")}, "none for the VBA project"),
    "macros nothing leads to": ({"xl/_rels/workbook.xml.rels": replacing("relationships/vbaProject", "relationships/vba")}, "does not lead to xl/vbaProject.bin"),
    "macros cut short": ({PROJECT: lambda data: data[: len(data) // 2]}, "VBA project unreadable"),
    "macros that are none": ({PROJECT: lambda _: b"none"}, "VBA project unreadable"),
    "compiled code": ({PROJECT: lambda data: data.replace(bytes.fromhex("cc61ffff000000"), bytes.fromhex("cc61b500000000"))}, "compiled code"),
    "a ribbon nothing leads to": ({"_rels/.rels": lambda data: re.sub(rb'<Relationship Id="rIdRibbon".*?/>', b"", data)}, "does not lead to customUI"),
    "a ribbon led to and lost": ({RIBBON: None}, "is not there"),
    "a ribbon cut short": ({RIBBON: lambda data: data[:-20]}, "not well-formed"),
    "a ribbon of 2006": ({RIBBON: replacing("2009/07", "2006/01")}, "not a customUI of 2009"),
    "two buttons of one id": ({RIBBON: replacing('id="route"', 'id="accept"')}, "id accept is not unique"),
    "two keys alike": ({RIBBON: replacing('keytip="RO"', 'keytip="AC"')}, "keytip AC is not unique"),
    "a key too long": ({RIBBON: replacing('keytip="RO"', 'keytip="ROUT"')}, "keytip is too long"),
    "a key not on the keyboard": ({RIBBON: replacing('keytip="RO"', 'keytip="转"')}, "cannot be typed"),
    "a label twice": ({RIBBON: replacing('id="route"', 'id="route" getLabel="Cluebook_Enabled"')}, "label excludes getLabel"),
    "a misspelt attribute": ({RIBBON: replacing("screentip=", "screenTip=")}, "unknown attribute screenTip"),
    "an unknown size": ({RIBBON: replacing('size="large"', 'size="huge"')}, "size huge"),
    "an unknown icon": ({RIBBON: replacing('imageMso="AcceptTask"', 'imageMso="TaskLate"')}, "icon TaskLate"),
    "a macro that is not there": ({RIBBON: replacing('onAction="Cluebook_Press"', 'onAction="Cluebook_Run"')}, "there is no such macro"),
    "a macro of other arguments": ({RIBBON: replacing('onAction="Cluebook_Press"', 'onAction="Cluebook_Load"')}, "takes other arguments"),
    "a start misspelt": ({RIBBON: replacing("onLoad=", "onload=")}, "unknown attribute onload"),
    "a button without an action": ({RIBBON: replacing('onAction="Cluebook_Press"', "")}, "lacks onAction"),
    "a group in a group": (
        {RIBBON: replacing('<group id="group_review"', '<group id="g"><group id="h"/></group><group id="group_review"')},
        "may not stand there",
    ),
}  # fmt: skip
"""Faults planted in a sound master, and what is to be said of each."""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(master, fault):
    changes, expected = FAULTS[fault]
    assert any(expected in told for told in faults(rewritten(master("zh"), changes)))


@pytest.mark.parametrize(
    ("module", "old", "new", "expected"),
    [
        ("Cluebook", "cluebook.press", "cluebook.other", "Cluebook is not its source"),
        ("Cluebook", '"Cluebook"\r\nEnd', '"线索"\r\nEnd', "lost characters"),
        ("xlwings", "0.37.8", "0.37.7", "xlwings is not its source"),
        ("ThisWorkbook", "Workbook_Open", "Workbook_Opened", "ThisWorkbook is not its source"),
    ],
)
def test_macros_that_are_not_their_source_are_caught(master, tmp_path, module, old, new, expected):
    changed = shutil.copy(master("en"), tmp_path / "changed.xlsm")
    with ExcelFile(changed) as book:
        held = book.vba_project().get_module(module)
        held.source, held.dirty = held.source.replace(old, new), True
        book.save()
    assert any(expected in told for told in faults(changed.read_bytes()))


def test_openpyxl_reads_it(master, lang):
    book = openpyxl.load_workbook(master(lang), keep_vba=True)
    clues = book[Text("线索台账", "Clues").in_(lang)]
    assert "Clues" in clues.tables
    assert book["xlwings.conf"].sheet_state == "veryHidden"
    assert book.vba_archive is not None


def test_a_ledger_with_macros_reads_as_one_without(master, lang, tmp_path):
    ledger = read(FileBook(master(lang)))
    assert ledger.lang == lang


def test_saving_a_ledger_keeps_its_macros_and_its_ribbon_to_the_byte(master, lang, tmp_path):
    path = shutil.copy(master(lang), tmp_path / "ledger.xlsm")
    before = members(path.read_bytes())
    matter, title = (column_of(Clue, name).text.in_(lang) for name in ("matter", "channel"))
    FileBook(path).write([], [NewRow("Clues", {matter: "=1+1"}), NewRow("Clues", {matter: "x"})])
    book = FileBook(path)
    row = book.grid("Clues").first
    book.write([CellEdit("Clues", row, title, None, "y")], [])
    after = members(path.read_bytes())
    for name in (PROJECT, RIBBON, "_rels/.rels", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        assert after[name] == before[name]
    assert faults(path.read_bytes()) == []
    assert FileBook(path).grid("Clues").rows[0][FileBook(path).grid("Clues").header.index(matter)] == "=1+1"


def test_python_never_looks_for_modules_in_the_offices_folder(master, lang):
    sheet = openpyxl.load_workbook(master(lang), keep_vba=True)["xlwings.conf"]
    assert dict(sheet.iter_rows(values_only=True))["ADD_WORKBOOK_TO_PYTHONPATH"] == "False"


def test_an_existing_file_is_left_alone(tmp_path):
    path = tmp_path / "cluebook.xlam"
    path.write_bytes(b"kept")
    with pytest.raises(UsageError):
        build_add_in(path, "zh")
    with pytest.raises(UsageError):
        build_macro_ledger(path, "zh", {})
    assert path.read_bytes() == b"kept"


def test_a_folder_that_is_not_there_is_a_disk_problem(tmp_path):
    with pytest.raises(DiskError):
        build_add_in(tmp_path / "nowhere" / "cluebook.xlam", "zh")


@pytest.mark.office
def test_libreoffice_opens_it_and_sees_its_tables(master, tmp_path):
    command = [
        "soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to", "xlsx", "--outdir", str(tmp_path), str(master("zh")),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    book = openpyxl.load_workbook(tmp_path / "zh.xlsx")
    assert "线索台账" in book.sheetnames
