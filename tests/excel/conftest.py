"""Lets the tests of this folder share modules, those that walk clues through too; builds each file once."""

import sys
from datetime import date
from pathlib import Path

import pytest

from cluebook.books.macros import build_add_in, build_macro_ledger
from cluebook.founding import starting_rows

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "entry")]


@pytest.fixture(scope="session")
def make_master(small):
    """Makes a master workbook with macros, a small one."""

    def make(path, lang):
        with small():
            build_macro_ledger(path, lang, starting_rows(lang, "某某集团", date(2026, 3, 2)))
        return path

    return make


@pytest.fixture(scope="session")
def master(tmp_path_factory, make_master):
    """A master workbook in each language."""
    folder = tmp_path_factory.mktemp("masters")
    made = {}

    def of(lang):
        if lang not in made:
            made[lang] = make_master(folder / f"{lang}.xlsm", lang)
        return made[lang]

    return of


@pytest.fixture(scope="session")
def add_in(tmp_path_factory):
    """The add-in."""
    path = tmp_path_factory.mktemp("add-ins") / "cluebook.xlam"
    build_add_in(path, "zh")
    return path
