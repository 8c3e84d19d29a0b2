"""Rows written anew: a row that exists with some of its cells changed, and a row that did not exist."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cluebook.books.patch.area import column_letters
from cluebook.books.patch.rows import Cell, Row
from cluebook.books.patch.styles import Styles
from cluebook.books.patch.values import cell_xml, formula_xml
from cluebook.books.problems import problem
from cluebook.errors import Place, RefusedError
from cluebook.ledger.book import CellContent, Formula

_SPANS = re.compile(r'\sspans="[^"]*"')
_INHERITED = re.compile(r'\s(?:s|customFormat|ht|customHeight)="[^"]*"')
_SHARED = re.compile(r'<[^>]*\sref="')


class Lane(NamedTuple):
    """One column of a table, as a new row fills it.

    Attributes:
        column: the worksheet column number.
        letters: the same in letters.
        style: the format that the row above has there.
        formula: what stands there when the row has no value for it.
    """

    column: int
    letters: str
    style: int
    formula: str | None


class Target(NamedTuple):
    """What is to stand in one cell.

    Attributes:
        value: the new value.
        lane: the column of the table when the cell belongs to a new row.
        below: whether that row stands below the table and does not fill a blank one inside.
    """

    value: CellContent
    lane: Lane | None = None
    below: bool = False


@dataclass(frozen=True, slots=True)
class Sheetwide:
    """What all rows of one sheet share while they are rewritten."""

    title: str
    prefix: str
    styles: Styles
    column_styles: Mapping[int, int]
    since_1904: bool


def inherited(row: Row | None) -> str:
    """Return the attributes that a new row takes from the row above: its format and its set height."""
    if row is None:
        return ""
    kept = _INHERITED.findall(row.attributes)
    height_set = any("customHeight" in attribute for attribute in kept)
    return "".join(a for a in kept if height_set or not a.lstrip().startswith("ht="))


def fresh(
    number: int, above: str, lanes: Sequence[Lane], values: Sequence[CellContent], sheet: Sheetwide
) -> str:
    """Return the XML of a row that does not exist yet."""
    cells = (
        _cell(f"{lane.letters}{number}", lane.style, value, lane.formula, sheet)
        for lane, value in zip(lanes, values, strict=True)
    )
    return f'<{sheet.prefix}row r="{number}"{above}>{"".join(cells)}</{sheet.prefix}row>'


def rewritten(
    number: int, old: Row | None, above: str, targets: Mapping[int, Target], sheet: Sheetwide
) -> tuple[str, bool]:
    """Return the XML of a row with the targets in it, and whether a formula came or went.

    Raises:
        RefusedError: a target holds a formula that others share, or a new row would cover something.
    """
    row = old or Row("", 0, {})
    done = {column: cell.xml for column, cell in row.cells.items()}
    formulas = False
    for column, target in targets.items():
        cell = row.cells.get(column)
        formula = cell.formula(sheet.prefix) if cell else None
        if cell is not None and target.lane is not None and cell.inside.strip():
            if target.below or formula is None:
                raise RefusedError(problem("rows_below_taken", Place(sheet.title, number)))
            if target.value is None:
                continue
        if formula is not None and _SHARED.match(formula):
            raise RefusedError(problem("formula_master", Place(sheet.title, number, column_letters(column))))
        style = _style(cell, target, row.style or sheet.column_styles.get(column, 0))
        filled = target.lane.formula if target.lane else None
        done[column] = _cell(f"{column_letters(column)}{number}", style, target.value, filled, sheet)
        comes = isinstance(target.value, Formula) or (target.value is None and filled is not None)
        formulas = formulas or comes or formula is not None
    attributes = f' r="{number}"{above}' if old is None else _widened(old, done)
    cells = "".join(done[column] for column in sorted(done))
    return f"<{sheet.prefix}row{attributes}>{cells}</{sheet.prefix}row>", formulas


def _style(cell: Cell | None, target: Target, fallback: int) -> int:
    """Return the format to write with: a cell's own, a new row's lane, else the row's or the column's."""
    if target.lane is None:
        return fallback if cell is None else cell.style
    return cell.style if cell is not None and cell.style else target.lane.style


def _cell(ref: str, style: int, value: CellContent, formula: str | None, sheet: Sheetwide) -> str:
    """Return the XML of a cell; nothing for a blank one without a format, which need not exist."""
    if value is None and formula is not None:
        return formula_xml(sheet.prefix, ref, style, formula)
    if value is None:
        return f'<{sheet.prefix}c r="{ref}" s="{style}"/>' if style else ""
    return cell_xml(sheet.prefix, ref, sheet.styles.fit(style, value), value, since_1904=sheet.since_1904)


def _widened(row: Row, cells: Mapping[int, str]) -> str:
    """Return the attributes of a row without its ``spans``, a mere hint, when it got new columns."""
    return row.attributes if cells.keys() <= row.cells.keys() else _SPANS.sub("", row.attributes)
