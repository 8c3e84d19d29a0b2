"""What `Book` promises, kept alike by a closed file, an open workbook in a stand-in for Excel, and one in LibreOffice."""

from datetime import date, datetime

import pytest
from fakes import Book
from table_books import HEADS, ROWS, table_book

from cluebook.books.file import FileBook
from cluebook.books.live import LiveBook
from cluebook.errors import BusyError, ChangedError, RefusedError, SchemaError
from cluebook.ledger.book import CellEdit, NewRow

TEXTS = (
    "007",
    "=1+1",
    "2026-03-01",
    "12345678901234567890",
    "1e5",
    "TRUE",
    "50%",
    "two\nlines",
    " 前后空格 ",
)


@pytest.fixture
def path(tmp_path):
    return table_book(tmp_path / "ledger.xlsx", "B20")


OPENERS = {
    "closed": lambda path, _: FileBook(path),
    "stand-in": lambda path, _: LiveBook(Book(path)),
    "LibreOffice": lambda path, app: LiveBook(app.books.open(str(path))),
}


@pytest.fixture(params=["closed", "stand-in", pytest.param("LibreOffice", marks=pytest.mark.office)])
def book(request, path):
    """The workbook as a book of each kind."""
    app = request.getfixturevalue("office_app") if request.param == "LibreOffice" else None
    made = OPENERS[request.param](path, app)
    yield made
    if app is not None:
        made.book.close()


@pytest.fixture
def again(book):
    """The same workbook as a book that has seen nothing before."""
    return lambda: FileBook(book.path) if isinstance(book, FileBook) else LiveBook(book.book)


def edit(row, column, before, after):
    return CellEdit("Clues", row, column, before, after)


def new(*values):
    return NewRow("Clues", dict(zip(HEADS, values, strict=False)))


def test_a_table_reads_alike(book, path):
    with book.open():
        grid = book.grid("Clues")
        assert (grid.sheet, grid.header, grid.first) == ("台账", HEADS, 4)
        assert grid.rows == ROWS
        assert [type(value) for value in grid.rows[0]] == [str, str, date, int, bool]
        assert book.grid("Nothing") is None
    assert (book.name, book.path) == ("ledger.xlsx", path)


def test_the_same_changes_give_the_same_table_on_the_disk(book, path):
    with book.open():
        book.write(
            [
                edit(4, "标题", "第一条", "=1+1"),
                edit(5, "天数", 4.5, None),
                edit(6, "日期", None, date(2026, 2, 1)),
                edit(6, "确认", None, True),
            ],
            [new("XS-4", "007", date(2026, 3, 1), 2, True), new("XS-5", "2026-03-01", None, 0.25)],
        )
    assert FileBook(path).grid("Clues").rows == (
        ("XS-1", "=1+1", date(2026, 1, 5), 3, True),
        ("XS-2", "第二条", datetime(2026, 1, 6, 9, 30), None, False),
        ("XS-3", "R&D <x>", date(2026, 2, 1), None, True),
        ("XS-4", "007", date(2026, 3, 1), 2, True),
        ("XS-5", "2026-03-01", None, 0.25, None),
    )


def test_text_stays_the_text_it_is(book, path, again):
    book.write([], [new(f"XS-{n}", text) for n, text in enumerate(TEXTS, start=4)])
    assert tuple(row[1] for row in again().grid("Clues").rows[3:]) == TEXTS
    assert tuple(row[1] for row in FileBook(path).grid("Clues").rows[3:]) == TEXTS


def test_new_rows_fill_the_blank_ones_first_and_the_table_grows_by_the_rest(book, path, again):
    book.write([], [new("XS-4")])
    book.write([], [new("XS-5"), new("XS-6")])
    assert [row[0] for row in again().grid("Clues").rows] == [f"XS-{n}" for n in range(1, 7)]
    assert [row[0] for row in FileBook(path).grid("Clues").rows] == [f"XS-{n}" for n in range(1, 7)]


def test_a_change_is_seen_by_the_next_reading(book):
    book.write([edit(4, "天数", 3, 9)], [])
    assert book.grid("Clues").rows[0][3] == 9
    book.write([edit(4, "天数", 9, 3)], [])
    with book.open():
        assert book.grid("Clues").rows == ROWS


@pytest.mark.parametrize(
    "wrong",
    [
        edit(4, "天数", 4, 1),
        edit(7, "标题", "x", "y"),
        edit(3, "标题", "标题", "y"),
        edit(99, "标题", None, "y"),
    ],
)
def test_with_one_cell_that_holds_something_else_nothing_is_written(book, path, again, wrong):
    with pytest.raises(ChangedError):
        book.write([edit(5, "标题", "第二条", "改"), wrong], [new("XS-4")])
    assert again().grid("Clues").rows == FileBook(path).grid("Clues").rows == ROWS


@pytest.mark.parametrize("wrong", [edit(4, "电话", None, 1), CellEdit("Events", 4, "a", None, 1)])
def test_a_table_or_column_that_is_not_there_is_named_and_nothing_is_written(book, again, wrong):
    with pytest.raises(SchemaError):
        book.write([edit(5, "标题", "第二条", "改"), wrong], [])
    assert again().grid("Clues").rows == ROWS


def test_what_stands_below_the_table_is_never_written_over(book, path, again):
    with pytest.raises(RefusedError):
        book.write([edit(4, "标题", "第一条", "x")], [new(f"XS-{n}") for n in range(4, 30)])
    assert again().grid("Clues").rows == FileBook(path).grid("Clues").rows == ROWS


def test_nothing_to_write_leaves_the_file_as_it_is(book, path):
    before = path.read_bytes()
    book.write([], [])
    assert path.read_bytes() == before


def test_one_cluebook_at_a_time_holds_it(book, path, monkeypatch):
    monkeypatch.setattr("cluebook.books.file._LOCK_PATIENCE", 0.0)
    with book.open(), pytest.raises(BusyError), FileBook(path).open():
        pass
    with FileBook(path).open():
        pass
