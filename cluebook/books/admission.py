"""Letting a ledger in: what the gate finds odd is first read by a process that can do no harm.

Starting that process takes a tenth of a second and its reading as long as the program's own; so a ledger that
looks as office programs write it is spared both, and so is the one that this program wrote last.
"""

from __future__ import annotations

from pathlib import Path

from cluebook.books import gate
from cluebook.books.confinement import ExhaustionError, UnreadableError, confined
from cluebook.books.problems import problem
from cluebook.books.witness import last_copy
from cluebook.errors import Place, RefusedError


def admit(content: bytes, path: Path, *, cells: bool = True) -> None:
    """Return when a ledger can be read without harm.

    Args:
        content: what the ledger holds.
        path: where it stands.
        cells: whether they are about to be read; where not, what is read of them has to be let in by itself.

    Raises:
        RefusedError: it is damaged, or made to do harm.
    """
    place = Place(file=path.name)
    look = gate.check(content, path.name, cells=cells)
    if not look.is_odd or _holds(last_copy(path), content):
        return
    try:
        confined("ledger", content, look.allowance(len(content)))
    except UnreadableError:
        raise RefusedError(problem("part_damaged", place)) from None
    except ExhaustionError:
        raise RefusedError(problem("exhausting", place)) from None


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False
