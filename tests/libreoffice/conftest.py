"""One office for all tests of the engine; each test has a workbook of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import xlwings as xw


@pytest.fixture
def app(office_app: xw.App) -> xw.App:
    """The office; the messages of other tests are forgotten."""
    office_app.impl.alerts.shown.clear()
    office_app.impl.alerts.answers.clear()
    return office_app


@pytest.fixture
def book(app: xw.App) -> Iterator[xw.Book]:
    """A new workbook."""
    book = app.books.add()
    yield book
    if book.impl.order in {other.impl.order for other in app.books}:
        book.close()


@pytest.fixture(scope="session")
def common_book(office_app: xw.App) -> xw.Book:
    """One workbook for all tests that need a sheet only: opening one takes longer than most tests."""
    return office_app.books.add()


@pytest.fixture
def sheet(app: xw.App, common_book: xw.Book) -> xw.Sheet:
    """The only sheet of a workbook, new."""
    fresh = common_book.sheets.add("Fresh")
    for other in common_book.sheets:
        if other != fresh:
            other.delete()
    for name in common_book.names:
        name.delete()
    fresh.name = "Sheet1"
    common_book.activate()
    app.impl.copied = None
    return fresh
