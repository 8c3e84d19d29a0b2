"""Lets the scenarios press buttons on offices of their own, and on ledgers that are open in LibreOffice."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / "entry"), str(TESTS / "actions"), str(TESTS / "procedure")]

EVERYDAY = {"test_s05"}
"""The scenario that every day is also acted on an open ledger; on request all are: CLUEBOOK_FULL=1."""
OF_THE_FILE = {"test_s13", "test_s14"}
"""Those about what happens to a file that others have open."""
on_request = pytest.mark.skipif(
    not os.environ.get("CLUEBOOK_FULL"), reason="all scenarios on an open ledger are acted on request"
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Act each acceptance scenario on the closed file and on the ledger that is open."""
    scenario = metafunc.function.__name__[: len("test_s00")]
    if "scenarios" not in metafunc.module.__name__ or not scenario[-2:].isdigit():
        return
    marks = [pytest.mark.office, *([] if scenario in EVERYDAY else [on_request])]
    places = ["closed", *([] if scenario in OF_THE_FILE else [pytest.param("open", marks=marks)])]
    metafunc.parametrize("_place", places, indirect=True)


@pytest.fixture(autouse=True)
def _place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Where the ledgers of a test are: closed, or open in LibreOffice."""
    if getattr(request, "param", "closed") == "closed":
        yield
        return
    from cluebook.books.live import LiveBook

    app, held = request.getfixturevalue("office_app"), {}

    def reached(path: Path) -> LiveBook:
        if path not in held:
            held[path] = app.books.open(str(path))
        return LiveBook(held[path])

    monkeypatch.setattr("offices.opener", reached)
    yield
    for book in held.values():
        book.close()
