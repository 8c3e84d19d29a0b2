"""A command on a ledger that is open in LibreOffice: ``--live``."""

import json
import os
import subprocess
import sys

import pytest
import xlwings
from offices import new_clue

from cluebook import libreoffice
from cluebook.books.live import LiveBook
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import columns
from cluebook.ledger import sheets
from cluebook.ledger.cells import to_cell

pytestmark = pytest.mark.parametrize("lang", ["zh"])


@pytest.fixture
def app():
    libreoffice.activate()
    app = xlwings.App()
    yield app
    app.quit()


def run(office, *words):
    """Run a command in a process of its own, and return its exit code and what it told."""
    command = [sys.executable, "-m", "cluebook", *words, "--json"]
    environment = {**os.environ, "CLUEBOOK_USER": "Wang"}
    ended = subprocess.run(
        command, cwd=office, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return ended.returncode, json.loads(ended.stdout)


@pytest.mark.office
def test_a_command_works_on_the_ledger_that_is_open_and_backs_up_its_file(app, office, lang):
    before = (office / "ledger.xlsx").read_bytes()
    code, told = run(office, "check", "--live", libreoffice.address(app))
    assert (code, told["problems"][0]["code"]) == (2, "not_open_there")
    book = app.books.open(str(office / "ledger.xlsx"))
    for place, column in enumerate(columns(Clue), start=1):
        if (value := getattr(new_clue(lang), column.name)) is not None:
            book.sheets["线索台账"].range((4, place)).value = to_cell(column, value, lang)
    code, told = run(office, "add", "--row", "4", "--live", libreoffice.address(app))
    assert (code, len(told["done"])) == (0, 1)
    (clue,) = sheets.read(LiveBook(book)).records(Clue)
    assert clue.stage is Stage.REGISTERED
    (backup,) = (office / "backups").iterdir()
    assert backup.read_bytes() == before


@pytest.mark.office
def test_where_no_office_answers_nothing_is_done(office):
    code, told = run(office, "check", "--live", "pipe,name=nobody")
    assert (code, told["problems"][0]["code"]) == (3, "office_missing")
    assert list((office / "backups").iterdir()) == []


def test_a_ledger_with_macros_is_never_saved_by_libreoffice(office):
    (office / "ledger.xlsx").rename(office / "ledger.xlsm")
    code, told = run(office, "check", "--live", "pipe,name=nobody")
    assert (code, told["problems"][0]["code"]) == (3, "macros_would_be_lost")
