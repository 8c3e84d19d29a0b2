"""The defined names of a ledger and the closed lists behind them, brought to what they are now."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from cluebook.books.dropdowns import LISTS, closed_lists
from cluebook.books.layout import Layout
from cluebook.books.patch.area import Area, read_area
from cluebook.books.patch.parts import tag
from cluebook.books.stamp import NAME as STAMP
from cluebook.books.upgrade.cells import Cells
from cluebook.books.upgrade.revision import Revision
from cluebook.text import Lang

Names = Mapping[str, str]
"""Defined names that reach over the whole workbook, each with its formula."""

_TARGET = re.compile(r"=?(?:'((?:[^']|'')+)'|([^'!]+))!(.+)")


def target_of(formula: str) -> tuple[str, Area] | None:
    """Return the sheet and the area that a name points at; ``None`` when it does not point at cells.

    >>> target_of("'My list'!$A$2:$A$5")
    ('My list', Area(left=1, top=2, right=1, bottom=5))
    """
    found = _TARGET.fullmatch(formula)
    area = read_area(found[3]) if found else None
    if found is None or area is None:
        return None
    return (found[1] or found[2]).replace("''", "'"), area


def lists_differ(held: Names, cells: Cells, wanted: Names, layouts: Sequence[Layout], lang: Lang) -> bool:
    """Return whether a name that points into the sheet of lists is missing, or its list holds other words."""
    in_lists = [name for name, formula in wanted.items() if (to := target_of(formula)) and to[0] in LISTS]
    targets = {name: target_of(held.get(name, "")) for name in in_lists}
    words = {name: [choice.text.in_(lang) for choice in choices] for name, choices in closed_lists(layouts)}
    return any(
        target is None or (name in words and cells.words(*target) != words[name])
        for name, target in targets.items()
    )


def renew_names(revision: Revision, wanted: Names, fresh: Collection[str], *, formulas: bool) -> int:
    """Add the names that the workbook lacks, and set those that are the program's anew; return how many changed.

    Args:
        revision: the workbook.
        wanted: the names of a new ledger.
        fresh: the worksheets that are new ones; names point at these, and no longer at what they replace.
        formulas: whether names of table columns are set anew, too.
    """
    entries = {name.get("name"): name for name in revision.names() if name.get("localSheetId") is None}
    changed = 0
    for name, formula in wanted.items():
        target, entry = target_of(formula), entries.get(name)
        if entry is None:
            entry = revision.names().makeelement(tag(revision.workbook, "definedName"), {"name": name})
            revision.names().append(entry)
        elif not (formulas if target is None else target[0] in fresh):
            continue
        if entry.text != formula:
            entry.text = formula
            changed += name != STAMP
    return changed
