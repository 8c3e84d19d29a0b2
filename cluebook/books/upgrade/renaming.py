"""Formulas that follow when a table, a column or a sheet is called something else, as Excel itself lets them follow."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape

from cluebook.books.patch.parts import Package
from cluebook.ledger.formulas import column_name

_FORMULA = re.compile(
    rb"(<((?:[\w.-]+:)?(?:f|formula[12]?|definedName|calculatedColumnFormula|totalsRowFormula))(?:\s[^>]*)?>)"
    rb"([^<]+)(</\2\s*>)"
)
_PLACE = re.compile(rb'(\s(?:location|sheet)=")([^"]+)(")')
"""Where a link leads, and the sheet of a pivot table's source."""
_PARTS = re.compile(r"xl/(?:worksheets|tables|charts|pivotcache)/[^/]+\.xml|xl/workbook\.xml", re.IGNORECASE)
_SPECIFIER = r"(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*"
_PLAIN = re.compile(r"[^\W\d][\w.]*")


@dataclass(frozen=True, slots=True)
class Renames:
    """What is called something else from now on.

    Attributes:
        tables: new names of tables by their old ones.
        columns: new headers of a table's columns by their old ones, by the old name of the table.
        sheets: new names of worksheets by their old ones.
    """

    tables: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sheets: Mapping[str, str] = field(default_factory=dict)

    def formula(self, formula: str) -> str:
        """Return a formula with the new names in it.

        >>> told = Renames({"Old": "New"}, {"Old": {"a": "b"}}, {"x y": "z"})
        >>> told.formula("SUM(Old[a])+Old[[#This Row],[a]]+'x y'!A1+ROWS(Old)")
        'SUM(New[b])+New[[#This Row],[b]]+z!A1+ROWS(New)'
        """
        for table in {*self.tables, *self.columns}:
            formula = self._of_table(formula, table)
        for old, new in self.sheets.items():
            formula = formula.replace(f"{_quoted(old)}!", f"{_shown(new)}!")
            if _PLAIN.fullmatch(old):
                formula = f"{_shown(new)}!".join(re.split(rf"(?<![\w.'\]]){re.escape(old)}!", formula))
        return formula

    def _of_table(self, formula: str, table: str) -> str:
        headers = {_bare(old): _bare(new) for old, new in self.columns.get(table, {}).items()}

        def column(match: re.Match[str]) -> str:
            return f"[{headers.get(match[1], match[1])}]"

        def reference(match: re.Match[str]) -> str:
            inside = match[1]
            if inside is None:
                return self.tables.get(table, table)
            single = "[" not in inside.replace("'[", "")
            told = (
                headers.get(inside, inside) if single else re.sub(r"\[((?:[^\[\]']|'.)*)\]", column, inside)
            )
            return f"{self.tables.get(table, table)}[{told}]"

        pattern = rf"(?<![\w.'!\[]){re.escape(table)}(?:\[({_SPECIFIER})\]|(?![\w.(!']))"
        return re.sub(pattern, reference, formula)


def renamed_part(content: bytes, renames: Renames) -> bytes:
    """Return a part with its formulas, and the places that its links lead to, as they read with the new names."""

    def formula(match: re.Match[bytes]) -> bytes:
        new = escape(renames.formula(unescape(match[3].decode())), quote=False)
        return match[1] + new.encode() + match[4]

    def place(match: re.Match[bytes]) -> bytes:
        old = unescape(match[2].decode())
        new = renames.sheets.get(old) or renames.formula(old)
        return match[1] + escape(new).encode() + match[3]

    return _PLACE.sub(place, _FORMULA.sub(formula, content))


def parts_naming(package: Package, renames: Renames) -> list[str]:
    """Return the parts that may hold formulas and in which one of the old names stands."""
    names = {*renames.tables, *renames.columns, *renames.sheets}
    plain = [escape(name, quote=False) for name in names]
    needles = {name.encode() for name in plain} | {
        name.encode("ascii", "xmlcharrefreplace") for name in plain
    }
    return [
        member.name
        for member in package.archive.members
        if _PARTS.fullmatch(member.name) and _holds(package, member.name, needles)
    ]


def _holds(package: Package, part: str, needles: set[bytes]) -> bool:
    """Return whether one of the names stands in a part, which is looked through in pieces."""
    longest, tail = max(map(len, needles), default=0), b""
    for piece in package.archive.source(part)():
        seen = tail + piece
        if any(needle in seen for needle in needles):
            return True
        tail = seen[-longest:]
    return False


def _bare(header: str) -> str:
    return column_name(header)[1:-1]


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"


def _shown(title: str) -> str:
    return title if _PLAIN.fullmatch(title) else _quoted(title)
