"""Lists of names in one cell: several departments, co-words, exclusions."""

from __future__ import annotations

import re

from cluebook.text import Lang

_MARKS = re.compile(r"[、;；\n]+")


def split(cell: str | None) -> tuple[str, ...]:
    """Return the names in a cell.

    >>> split("质量部、 客服部")
    ('质量部', '客服部')
    """
    return tuple(name for part in _MARKS.split(cell or "") if (name := part.strip()))


def unite(names: tuple[str, ...], lang: Lang) -> str:
    """Return the names as one cell text.

    >>> unite(("Quality", "Sales"), "en")
    'Quality; Sales'
    """
    return ("、" if lang == "zh" else "; ").join(names)
