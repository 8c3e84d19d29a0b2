"""The VBA text, checked and run by an interpreter of VBA; Excel itself is not at hand."""

import pytest
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.interpreter._objects import VBAObject, member, method
from vbalidator import precheck

from cluebook.actions import ACTIONS
from cluebook.books.macros import build_macro_ledger, sources
from cluebook.domain.clue import Clue, Stage
from cluebook.ribbon import depends_on_stage
from cluebook.text import LANGS, Text

PROBE = """
Public Said As String
Public Broken As Boolean
Public Function RunPython(command As String)
    If Broken Then Err.Raise 70
    Said = command
End Function
Public Sub Break(ByVal yes As Boolean)
    Broken = yes
End Sub
Public Function Heard() As String
    Heard = Said
End Function
Public Function Ask(control As Object) As Variant
    Dim answer As Variant
    Cluebook_Enabled control, answer
    Ask = answer
End Function
Public Sub Choose(sheet As String, area As String)
    Worksheets(sheet).Activate
    Worksheets(sheet).Range(area).Select
    Cluebook_Follow
End Sub
Public Sub Fill(sheet As String, area As String, word As String)
    Worksheets(sheet).Range(area).Value = word
End Sub
"""


class Control(VBAObject):
    vba_type_name = "IRibbonControl"
    vba_library = "office"

    def __init__(self, name):
        self._name = name

    @member
    def Id(self):
        return self._name


class Ribbon(VBAObject):
    vba_type_name = "IRibbonUI"
    vba_library = "office"

    def __init__(self):
        self.asked = 0

    @method
    def Invalidate(self):
        self.asked += 1


class Desk:
    """The master workbook open in the interpreter, with our module and a stand-in for xlwings'."""

    def __init__(self, path, lang):
        self.app = ExcelApplication.open(path, with_vba=False)
        self.app.add_module(PROBE, name="Probe")
        self.app.add_module(sources()["Cluebook"], name="Cluebook")
        self.sheet, self.lang = Text("线索台账", "Clues").in_(lang), lang

    def run(self, macro, *arguments):
        return self.app.run(macro, *arguments)

    def at(self, stage):
        self.run("Fill", self.sheet, "B4", stage.text.in_(self.lang) if stage else "")
        self.run("Choose", self.sheet, "C4")

    def enabled(self):
        buttons = [a.id for a in ACTIONS.values() if depends_on_stage(a)]
        return {name for name in buttons if self.run("Ask", Control(name))}


@pytest.fixture(scope="module")
def _desks(tmp_path_factory):
    """A ledger of two clues in each language, opened once: opening takes longer than all that is tried."""
    folder = tmp_path_factory.mktemp("desks")
    desks = {}
    for lang in LANGS:
        build_macro_ledger(folder / f"{lang}.xlsm", lang, {Clue: (Clue(entry_no="1"), Clue(entry_no="2"))})
        desks[lang] = Desk(folder / f"{lang}.xlsm", lang)
    return desks


@pytest.fixture(params=LANGS)
def desk(request, _desks):
    """A ledger with no clue selected, on a ribbon just drawn."""
    desk = _desks[request.param]
    desk.run("Choose", desk.sheet, "A1")
    desk.ribbon = Ribbon()
    desk.run("Cluebook_Load", desk.ribbon)
    return desk


EVERYTHING = {a.id for a in ACTIONS.values() if depends_on_stage(a)}


def test_a_press_hands_the_id_of_the_button_to_python(desk):
    desk.run("Cluebook_Press", Control("route"))
    assert desk.run("Heard") == "import cluebook.press; cluebook.press.press('route')"


def test_no_action_could_break_out_of_the_command():
    assert all(name.replace("-", "").isalpha() and name.isascii() for name in ACTIONS)


def test_an_error_of_the_call_is_said_and_leaves_the_buttons_working(desk):
    desk.run("Break", True)
    desk.run("Cluebook_Press", Control("route"))
    desk.run("Break", False)
    assert [dialog[0] for dialog in desk.app.interpreter.dialogs] == ["MsgBox"]
    desk.at(Stage.APPROVED)
    assert desk.enabled() == {
        a.id for a in ACTIONS.values() if a.id in EVERYTHING and Stage.APPROVED in a.usable
    }


@pytest.mark.parametrize("stage", list(Stage))
def test_with_one_clue_selected_the_buttons_of_its_stage_are_enabled(stage, desk):
    desk.at(stage)
    expected = {a.id for a in ACTIONS.values() if a.id in EVERYTHING and stage in a.usable}
    assert desk.enabled() == expected


def test_every_button_is_enabled_where_no_stage_is_certain(desk):
    assert desk.enabled() == EVERYTHING
    for sheet, area in (
        (desk.sheet, "A4:A5"),
        (desk.sheet, "A1"),
        (Text("部门", "Departments").in_(desk.lang), "A4"),
    ):
        desk.at(Stage.APPROVED)
        desk.run("Choose", sheet, area)
        assert desk.enabled() == EVERYTHING
    desk.at(None)
    assert desk.enabled() == EVERYTHING


def test_office_is_asked_again_only_when_the_stage_is_another(desk):
    desk.at(Stage.APPROVED)
    desk.at(Stage.APPROVED)
    assert desk.ribbon.asked == 1
    desk.at(Stage.ROUTED)
    assert desk.ribbon.asked == 2


def checked(folder, **changes):
    """What the static check says of our texts; xlwings' module is stood in for by the one name that is used."""
    texts = {"Cluebook.bas": sources()["Cluebook"], "ThisWorkbook.cls": sources()["ThisWorkbook"]}
    texts["xlwings.bas"] = (
        'Attribute VB_Name = "xlwings"\nPublic Function RunPython(command As String)\nEnd Function\n'
    )
    for name, text in texts.items():
        (folder / name).write_text(changes.get("change", str)(text), "ascii", newline="")
    return precheck(folder, host="excel")


def test_the_text_would_compile(tmp_path):
    result = checked(tmp_path)
    assert [issue["message"] for issue in result.errors] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Cluebook_Follow\r\n    Exit Sub", "Cluebook_Folow\r\n    Exit Sub"),
        ("Dim found As String", "Dim fond As String"),
        ("Set shown = ribbon\r\nEnd Sub", "Set shown = ribbon"),
        ("SelectedStage()\r\n", "SelectedStage(1, 2)\r\n"),
        ('"Cluebook"\r\nEnd', '"Cluebook\r\nEnd'),
        (
            "Private Function ListNamed",
            "Public Sub Cluebook_Follow()\r\nEnd Sub\r\nPrivate Function ListNamed",
        ),
    ],
    ids=["call", "variable", "end", "arguments", "string", "twice"],
)
def test_a_planted_mistake_is_found(tmp_path, old, new):
    assert old in sources()["Cluebook"]
    result = checked(tmp_path, change=lambda text: text.replace(old, new))
    assert result.errors


def test_the_text_is_ascii():
    for name, text in sources().items():
        assert text.isascii(), name
