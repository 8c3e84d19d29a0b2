"""A button pressed on a ledger that really is open: in LibreOffice, through xlwings."""

import pytest
import xlwings
from offices import new_clue

from cluebook import libreoffice
from cluebook import press as buttons
from cluebook.books.file import FileBook
from cluebook.books.live import LiveBook
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import columns
from cluebook.ledger import sheets
from cluebook.ledger.cells import to_cell


@pytest.fixture
def app():
    libreoffice.activate()
    app = xlwings.App()
    yield app
    app.quit()


@pytest.mark.parametrize("lang", ["zh"])
@pytest.mark.office
def test_a_row_typed_into_calc_is_entered_by_its_button(app, office, lang, monkeypatch):
    book = app.books.open(str(office / "ledger.xlsx"))
    monkeypatch.setattr("xlwings.Book.caller", lambda: book)
    monkeypatch.setenv("CLUEBOOK_USER", "Wang")
    sheet, header = book.sheets["线索台账"], LiveBook(book).grid("Clues").header
    typed = new_clue(lang, matter="007")
    for place, column in enumerate(columns(Clue), start=1):
        if (value := getattr(typed, column.name)) is not None:
            assert header[place - 1] == column.text.in_(lang)
            sheet.range((4, place)).value = to_cell(column, value, lang)
    sheet.activate()
    sheet.range((4, 1)).select()
    buttons.press("add")
    (told,) = libreoffice.shown(app)
    assert told.prompt == "登记：完成 1 条，文书 0 份。"
    assert app.calculation == "automatic"
    saved = sheets.read(FileBook(office / "ledger.xlsx"))
    (clue,) = saved.records(Clue)
    assert (clue.stage, clue.matter) == (Stage.REGISTERED, "007")
    assert LiveBook(book).grid("Events").rows
