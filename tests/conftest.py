"""What all tests share. Under xdist they run side by side, so each stands alone: no order, no common folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from _pytest.runner import runtestprotocol

from cluebook.founding import found
from cluebook.seeds.keywords import starting_keywords
from cluebook.text import LANGS, Lang

if TYPE_CHECKING:
    import xlwings

DIED = pytest.StashKey[bool]()
FOUNDED = date(2026, 3, 2)
"""The day on which the offices of the tests are founded; their calendars cover the years around it."""
IN_FULL = os.environ.get("CLUEBOOK_FULL") == "1"
"""Whether all cases run, on ledgers of full size."""
ROOM = 200
"""How many rows of a small ledger have rules."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests that need LibreOffice where there is none."""
    if shutil.which("soffice"):
        return
    for item in items:
        if item.get_closest_marker("office"):
            item.add_marker(pytest.mark.skip(reason="LibreOffice is not installed"))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name no case after the bytes of a file, which hold the second they were made in.

    Two workers that collect in two different seconds would find different tests, and xdist would run none.
    """
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run a test once more, with everything set up anew, when LibreOffice itself died under it; that is told at the end.

    An office that crashes now and then would else take all tests with it that share it. One that a test ends
    every time ends it again.
    """
    if not item.get_closest_marker("office"):
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    if item.stash.get(DIED, False):
        item.session._setupstate.teardown_exact(None)
        item.user_properties.append(("died", item.nodeid))
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note while everything stands as the test left it whether an office died."""
    report = yield
    if report.failed and item.get_closest_marker("office") and call.excinfo:
        item.stash[DIED] = item.stash.get(DIED, False) or _has_died(call.excinfo.value)
    return report


def _has_died(error: BaseException) -> bool:
    """Return whether an error says that an office is gone, or one that was started here and not ended runs no more."""
    from cluebook import libreoffice
    from cluebook.books.live import is_gone
    from cluebook.libreoffice import bridge

    started = libreoffice._engine().apps.held
    return is_gone(error) or bridge.is_gone(error) or not all(app.office.alive for app in started)


@pytest.fixture(scope="session")
def office_app() -> Iterator[xlwings.App]:
    """One LibreOffice for all tests that only need one, with macros off; each opens a workbook of its own."""
    import xlwings

    from cluebook import libreoffice

    libreoffice.activate()
    app = xlwings.App(add_book=False)
    yield app
    app.quit()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say, above the count that closes the output, which buttons were pressed and what LibreOffice was wanted for."""
    passed = [dict(report.user_properties) for report in terminalreporter.stats.get("passed", [])]
    for action in sorted(told["pressed"] for told in passed if "pressed" in told):
        terminalreporter.write_line(f"Pressed on an open ledger in LibreOffice: {action}")
    for test in sorted(told["died"] for told in passed if "died" in told):
        terminalreporter.write_line(f"LibreOffice died in it, and it passed in a new one: {test}")
    skipped = sum("office" in report.keywords for report in terminalreporter.stats.get("skipped", []))
    if skipped and not shutil.which("soffice"):
        terminalreporter.write_line(
            f"{skipped} need LibreOffice and were skipped; scripts/test.py says what to install."
        )


@pytest.fixture(scope="session")
def counted() -> Callable[[int, int], int]:
    """How many cases to run: so many every day, so many with ``CLUEBOOK_FULL=1``; docs/promises.md has the figures."""
    return lambda everyday, full: full if IN_FULL else everyday


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A cache of the tests' own, for this process and those it starts, so that nothing of the user's is touched."""
    os.environ["XDG_CACHE_HOME"] = os.environ["LOCALAPPDATA"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(params=LANGS)
def lang(request: pytest.FixtureRequest) -> Lang:
    """The language of the office; a test that takes it, or an office, runs in each."""
    return request.param


@pytest.fixture
def office(tmp_path: Path, lang: Lang, pristine: Callable[..., Path], request: pytest.FixtureRequest) -> Path:
    """The folder of a new office, the test's own; a small one, unless the test is marked ``full_size``."""
    is_full = request.node.get_closest_marker("full_size") is not None
    return shutil.copytree(pristine(lang, is_full), tmp_path / "office")


@pytest.fixture(scope="session")
def small() -> Callable[[], AbstractContextManager[None]]:
    """While it lasts new ledgers are small: with few of the phrases they start with, and rules for few rows.

    All the phrases are half of a ledger, and each program reads it; LibreOffice takes twice as long to save sheets
    with rules for 100,000 rows. With ``CLUEBOOK_FULL=1`` every ledger is as an office gets it.
    """
    if IN_FULL:
        return nullcontext

    @contextmanager
    def shortened() -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("cluebook.founding.starting_keywords", lambda lang: starting_keywords(lang)[::40])
            patch.setattr("cluebook.books.build.LAST", ROOM)
            patch.setattr("cluebook.books.highlights.LAST", ROOM)
            yield

    return shortened


@pytest.fixture(scope="session")
def pristine(
    tmp_path_factory: pytest.TempPathFactory, small: Callable[[], AbstractContextManager[None]]
) -> Callable[..., Path]:
    """A new office in each language, full-size or small, founded once, for copying."""
    made: dict[tuple[Lang, bool], Path] = {}

    def pristine(lang: Lang, is_full: bool = False) -> Path:
        if (lang, is_full) not in made:
            made[lang, is_full] = tmp_path_factory.mktemp(lang) / "office"
            with nullcontext() if is_full else small():
                found(made[lang, is_full], lang, None, FOUNDED, macro_free=True)
        return made[lang, is_full]

    return pristine
