"""What a ledger says of the program that made it: the version, and a mark of all that the program declares for ledgers."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import re

from cluebook import __version__
from cluebook.actions import ACTIONS
from cluebook.domain.deadlines import DEADLINES
from cluebook.domain.fields import Choice, Column, columns
from cluebook.domain.settings import Settings
from cluebook.ledger.tables import TABLES

NAME = "cluebook_schema"
"""Defined name of the workbook that holds the stamp."""

_STAMP = re.compile(r'^="?(\d+(?:\.\d+)*) (\w+)"?$')


@functools.cache
def present() -> str:
    """Return the stamp of a ledger made by this program.

    Two programs of one version may declare different things while the version is not released; the mark tells.
    """
    tables = [(t.name, *t.title, [_column(c) for c in columns(t.record)]) for t in TABLES]
    settings = [f.name for f in dataclasses.fields(Settings)]
    limits = [(d.id, *d.text) for d in DEADLINES.values()]
    actions = [(a.id, *a.text, [stage.name for stage in a.usable]) for a in ACTIONS.values()]
    declared = repr((tables, settings, limits, actions)).encode()
    return f"{__version__} {hashlib.sha256(declared).hexdigest()[:8]}"


def _column(column: Column) -> tuple[object, ...]:
    words = [tuple(member.text) for member in column.type] if issubclass(column.type, Choice) else []
    return (column.name, *column.text, column.type.__name__, words, column.one_of)


def is_present(stamp: str | None) -> bool:
    """Return whether a ledger with that stamp has all that this program declares for ledgers."""
    return stamp == present()


def is_newer(stamp: str | None) -> bool:
    """Return whether a ledger with that stamp was made by a later version than this; without one it is an early one.

    What comes third in a version changes nothing in ledgers.

    >>> is_newer("999.0.0 1234abcd"), is_newer("0.0.1 1234abcd"), is_newer(None)
    (True, False, False)
    """
    return stamp is not None and _version(stamp) > _version(__version__)


def version_in(stamp: str) -> str:
    """Return the version that a stamp names."""
    return stamp.partition(" ")[0]


def _version(stamp: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version_in(stamp).split(".")[:2])


def formula() -> str:
    """Return the stamp of this program as a defined name holds it."""
    return f'="{present()}"'


def read_stamp(formula: str | None) -> str | None:
    """Return the stamp that a defined name holds, ``None`` where it holds none.

    >>> read_stamp('"1.2.0 1234abcd"'), read_stamp("=#REF!"), read_stamp(None)
    ('1.2.0 1234abcd', None, None)
    """
    found = _STAMP.match("=" + (formula or "").removeprefix("="))
    return f"{found[1]} {found[2]}" if found else None
