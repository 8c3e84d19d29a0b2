"""A clerk at an office's ledger that is open in a stand-in for Excel."""

from fakes import Book

from cluebook import press as buttons
from cluebook.books.live import LiveBook
from cluebook.domain.clue import Clue
from cluebook.domain.fields import column_of
from cluebook.ledger import sheets
from cluebook.ledger.cells import to_cell
from cluebook.text import Text


class Desk:
    """A clerk at an office's ledger."""

    def __init__(self, path, lang, monkeypatch):
        self.lang, self.office, self.book = lang, path.parent, Book(path)
        self.sheet = self.book.sheets[Text("线索台账", "Clues").in_(lang)]
        self.opened = []
        self.caller = self.book
        monkeypatch.setattr("xlwings.Book.caller", lambda: self.caller)
        monkeypatch.setattr("cluebook.telling._open", self.opened.append)
        monkeypatch.setenv("CLUEBOOK_USER", "Wang")
        monkeypatch.setenv("CLUEBOOK_LANG", lang)

    def type(self, row, values):
        header = [cell.value for cell in self.sheet.cells[3]]
        for name, value in values.items():
            column = column_of(Clue, name)
            place = header.index(column.text.in_(self.lang)) + 1
            self.sheet.cells.cell(row, place).value = to_cell(column, value, self.lang)

    def press(self, action, *rows):
        """Select rows, press, and return what the message said."""
        if rows:
            self.sheet.range((rows[0], 2), (rows[-1], 2)).select()
        buttons.press(action)
        said = list(self.book.app.alerts)
        self.book.app.alerts.clear()
        assert len(said) <= 1
        return said[0] if said else None

    def clues(self):
        return sheets.read(LiveBook(self.book)).records(Clue)
