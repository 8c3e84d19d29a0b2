"""From the press of each button to the command line: the shipped VBA run by LibreOffice and by an interpreter."""

from pathlib import PureWindowsPath

import pytest
import xlwings
from basics import LEDGER, STAND_INS, command_line, road, shipped
from pyopenvba.apps.excel import ExcelApplication
from test_vba import Control

from cluebook import libreoffice
from cluebook.actions import ACTIONS
from cluebook.books.macros import build_macro_ledger
from cluebook.domain.clue import Clue
from cluebook.ribbon import BUTTONS

pytestmark = pytest.mark.xdist_group("shell")
PRESSABLE = [*ACTIONS, *(button.id for button in BUTTONS)]
MODULES = {"Cluebook": shipped(), "xlwings": road(), "StandIns": STAND_INS}

PRESSED = """
Public Function Pressed(id As String, found As Boolean) As String
    Dim control As New Pressable
    control.ID = id
    Prepare found
    Cluebook_Press control
    Pressed = Heard()
End Function
"""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    """A ledger with macros."""
    path = tmp_path_factory.mktemp("ledgers") / PureWindowsPath(LEDGER).name
    build_macro_ledger(path, "zh", {Clue: (Clue(entry_no="1"),)})
    return path


@pytest.fixture(scope="module")
def interpreter(ledger):
    """The ledger in pyOpenVBA's interpreter."""
    app = ExcelApplication.open(ledger, with_vba=False)
    for name, text in MODULES.items():
        app.add_module(text, name=name)
    return app


@pytest.fixture(scope="module")
def basic(tmp_path_factory):
    """The modules in LibreOffice, in a workbook of the ledger's name: the office has no RibbonUI and no Windows."""
    libreoffice.activate(macros=True)
    app = xlwings.App()
    book = app.books.active
    book.save(tmp_path_factory.mktemp("basic") / PureWindowsPath(LEDGER).name)
    libraries = book.impl.xl.BasicLibraries
    libraries.VBACompatibilityMode = True
    library = libraries.createLibrary("Shell")
    head = "Rem Attribute VBA_ModuleType={}\nOption VBASupport 1\n"
    library.insertByName(
        "Pressable", head.format("VBAClassModule") + "Option ClassModule\nPublic ID As String\n"
    )
    for name, text in {**MODULES, "Presses": PRESSED}.items():
        library.insertByName(name, head.format("VBAModule") + text)
    yield app.macro("Presses.Pressed")
    app.quit()
    libreoffice.activate(macros=False)


def heard_from(interpreter, button, found=True):
    interpreter.run("Prepare", found)
    interpreter.run("Cluebook_Press", Control(button))
    return interpreter.run("Heard")


@pytest.mark.parametrize("button", PRESSABLE)
def test_an_interpreter_of_vba_comes_to_the_command_line(interpreter, button):
    assert heard_from(interpreter, button) == command_line(button) + "|"


@pytest.mark.office
@pytest.mark.parametrize("button", PRESSABLE)
def test_libreoffice_comes_to_the_command_line(basic, button):
    assert basic(button, True) == command_line(button) + "|"


def test_a_python_that_is_not_where_the_user_said_is_told_and_nothing_started(interpreter):
    assert heard_from(interpreter, "check", found=False) == "|Could not find Interpreter!;"


@pytest.mark.office
def test_libreoffice_tells_alike_of_a_python_that_is_not_there(basic):
    assert basic("check", False) == "|Could not find Interpreter!;"
