"""A button pressed on a ledger that really is open: in LibreOffice, through xlwings, in whatever state it is."""

import shutil

import pytest
import xlwings
from offices import new_clue

from cluebook import libreoffice
from cluebook import press as buttons
from cluebook.books import live as opened
from cluebook.books.file import FileBook
from cluebook.books.live import LiveBook
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import column_of, columns
from cluebook.ledger import sheets
from cluebook.ledger.cells import to_cell

pytestmark = [pytest.mark.office, pytest.mark.parametrize("lang", ["zh"])]
MATTERS = ("007", "B", "A")


class Calc:
    """A clerk at a ledger with three typed rows, open in LibreOffice."""

    def __init__(self, app, path):
        self.app, self.path = app, path
        self.book = app.books.open(str(path))
        self.sheet = self.book.sheets["线索台账"]
        self.header = LiveBook(self.book).grid("Clues").header
        for row, matter in enumerate(MATTERS, start=4):
            self.type(row, new_clue("zh", matter=matter))

    def type(self, row, clue):
        for column in columns(Clue):
            if (value := getattr(clue, column.name)) is not None:
                self.cell(row, column.name).value = to_cell(column, value, "zh")

    def cell(self, row, name):
        return self.sheet.range((row, self.header.index(column_of(Clue, name).text.zh) + 1))

    def select(self, *addresses):
        """Select several areas of the sheet, as a user does with Ctrl."""
        self.sheet.activate()
        chosen = self.book.impl.xl.createInstance("com.sun.star.sheet.SheetCellRanges")
        for address in addresses:
            chosen.addRangeAddress(self.sheet.range(address).impl.xl.RangeAddress, False)
        self.book.impl.controller.select(chosen)

    def press(self, action):
        """Press and return the message."""
        before = len(libreoffice.shown(self.app))
        buttons.press(action)
        (told,) = libreoffice.shown(self.app)[before:]
        return told.prompt

    def entered(self):
        """The matters of the rows that were entered, downwards."""
        return [
            c.matter for c in sheets.read(LiveBook(self.book)).records(Clue) if c.stage is Stage.REGISTERED
        ]


@pytest.fixture
def calc(office_app, office, monkeypatch):
    calc = Calc(office_app, office / "ledger.xlsx")
    in_front(calc, monkeypatch)
    yield calc
    calc.book.close()


@pytest.fixture(scope="module")
def _shared(office_app, pristine, tmp_path_factory):
    calc = Calc(
        office_app,
        shutil.copytree(pristine("zh"), tmp_path_factory.mktemp("shared") / "office") / "ledger.xlsx",
    )
    yield calc
    calc.book.close()


@pytest.fixture
def kept(_shared, lang, monkeypatch):
    """A clerk at the same ledger for all tests in which nothing may change."""
    before = _shared.path.read_bytes()
    in_front(_shared, monkeypatch)
    yield _shared
    assert _shared.entered() == []
    assert _shared.path.read_bytes() == before


def in_front(calc, monkeypatch):
    monkeypatch.setenv("CLUEBOOK_USER", "Wang")
    monkeypatch.setattr("xlwings.Book.caller", lambda: calc.book)


def test_a_typed_row_is_entered_by_its_button(calc):
    calc.select("A4")
    assert calc.press("add") == "登记：完成 1 条，文书 0 份。"
    assert calc.app.calculation == "automatic"
    clue, *_ = sheets.read(FileBook(calc.path)).records(Clue)
    assert (clue.stage, clue.matter) == (Stage.REGISTERED, "007")
    assert LiveBook(calc.book).grid("Events").rows


def test_of_several_areas_every_row_counts(calc):
    calc.select("B4:C4", "D6")
    assert calc.press("add").startswith("登记：完成 2 条，文书 0 份。")
    assert calc.entered() == ["007", "A"]


def test_a_row_that_is_hidden_between_others_is_left_alone_and_stays_as_it_was(calc):
    calc.sheet.range("5:5").impl.row_hidden = True
    calc.select("B4:B6")
    assert calc.press("add").startswith("登记：完成 2 条，文书 0 份。")
    assert calc.entered() == ["007", "A"]
    assert sheets.read(FileBook(calc.path)).records(Clue)[1].entry_no is None


def test_after_sorting_the_row_that_is_selected_is_meant(calc):
    clues = calc.sheet.range((4, 1), (6, len(calc.header)))
    clues.value = clues.options(ndim=2).value[::-1]
    calc.select("B4")
    calc.press("add")
    assert calc.entered() == ["A"]


@pytest.mark.parametrize("address", ["A1", "B3", "B7", "A900:C900"])
def test_a_selection_outside_the_clues_is_told_what_to_select(kept, address):
    kept.select(address)
    assert "没有选中线索" in kept.press("add")


def test_what_is_selected_in_another_workbook_is_not_meant(kept, office_app):
    other = office_app.books.open(shutil.copy(kept.path, kept.path.with_name("copy.xlsx")))
    try:
        other.sheets["线索台账"].activate()
        other.sheets["线索台账"].range("B4").select()
        assert "没有选中线索" in kept.press("add")
    finally:
        other.close()


def test_a_protected_sheet_is_named_and_nothing_is_changed(kept):
    kept.sheet.impl.xl.protect("")
    kept.select("B4")
    try:
        told = kept.press("add")
    finally:
        kept.sheet.impl.xl.unprotect("")
    assert "线索台账" in told
    assert "工作表受保护" in told


def test_a_workbook_that_is_no_ledger_is_told_so(kept, office_app, monkeypatch, tmp_path):
    other = office_app.books.add()
    other.save(str(tmp_path / "plain.xlsx"))
    monkeypatch.setattr("xlwings.Book.caller", lambda: other)
    monkeypatch.setenv("CLUEBOOK_LANG", "zh")
    try:
        assert "不是 cluebook 的台账" in kept.press("check")
    finally:
        other.close()


def test_a_ledger_of_another_version_is_told_what_it_lacks(kept):
    head = kept.sheet.range((3, kept.header.index("描述") + 1))
    head.value = "旧描述"
    kept.select("B4")
    try:
        told = kept.press("add")
    finally:
        head.value = "描述"
    assert "描述" in told


def test_an_office_that_is_killed_in_the_middle_leaves_the_ledger_as_it_was(office, monkeypatch):
    monkeypatch.setenv("CLUEBOOK_USER", "Wang")
    libreoffice.activate()
    calc = Calc(xlwings.App(add_book=False), office / "ledger.xlsx")
    calc.book.save()
    before = calc.path.read_bytes()
    monkeypatch.setattr("xlwings.Book.caller", lambda: calc.book)
    writes = []

    def killed(sheet, strip, undo):
        writes.append(strip)
        if len(writes) == 2:
            calc.app.kill()
        return put(sheet, strip, undo)

    put = opened.put
    monkeypatch.setattr(opened, "put", killed)
    calc.select("B4")
    buttons.press("add")
    assert len(writes) == 2
    assert calc.path.read_bytes() == before
    assert sheets.read(FileBook(calc.path)).records(Clue)[0].entry_no is None
