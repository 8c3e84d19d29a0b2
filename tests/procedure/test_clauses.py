"""Every clause of the procedure has its place: actions, sheets, documents and tests that exist."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from cluebook.actions import ACTIONS
from cluebook.documents import DOCUMENTS
from cluebook.ledger.tables import TABLES
from cluebook.manual.clauses import CLAUSES

TESTS = Path(__file__).parents[1]
OF_THE_PROCEDURE = {"G": 6, "C": 8, "Z": 10, "N": 9, "L": 9, "H": 16, "F": 5, "K": 6, "A": 4}
"""How many clauses each section of the procedure has."""
WRITTEN = frozenset(
    name
    for path in TESTS.rglob("test_*.py")
    for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)
)


def test_no_clause_is_left_out():
    assert [c.id for c in CLAUSES] == [
        f"{part}{n}" for part, last in OF_THE_PROCEDURE.items() for n in range(1, last + 1)
    ]
    assert Counter(c.id[0] for c in CLAUSES) == OF_THE_PROCEDURE


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.id)
def test_a_clause_names_what_there_is(clause):
    assert clause.actions
    assert set(clause.actions) <= ACTIONS.keys()
    assert set(clause.tables) <= {table.name for table in TABLES}
    assert set(clause.documents) <= DOCUMENTS.keys()
    assert clause.test in WRITTEN
