"""Rows of a worksheet as they stand in its XML: where each one is, and one row with new cells in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from cluebook.books.patch.area import column_letters, column_number
from cluebook.books.patch.styles import Styles
from cluebook.books.patch.values import cell_xml, formula_xml
from cluebook.books.problems import problem
from cluebook.errors import Place, RefusedError
from cluebook.ledger.book import CellValue

_DATA = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?)sheetData\b[^>]*?(/?)>")
_NUMBER = re.compile(rb'\sr="(\d+)"')
_STYLE = re.compile(r'\ss="(\d+)"')
_CELL_REF = re.compile(r'\sr="([A-Z]{1,3})(\d+)"')
_SPANS = re.compile(r'\sspans="[^"]*"')
_INHERITED = re.compile(r'\s(?:s|customFormat|ht|customHeight)="[^"]*"')
_SHARED = re.compile(r'<[^>]*\sref="')


class UntidyError(Exception):
    """A sheet leaves out row numbers or cell references, or is not in order."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one worksheet.

    Attributes:
        xml: the whole part.
        prefix: what element names begin with, usually nothing.
        start: where the first row begins.
        end: where the last one ends.
        closed: whether the sheet is so empty that its ``sheetData`` is one closed tag.
        numbers: the worksheet row numbers, ascending.
        offsets: where each of them begins.
    """

    xml: bytes
    prefix: str
    start: int
    end: int
    closed: bool
    numbers: list[int]
    offsets: list[int]

    def span(self, number: int) -> tuple[int, int]:
        """Return where a row begins and ends; an empty stretch where it would stand when it is absent."""
        at = bisect_left(self.numbers, number)
        begin = self.offsets[at] if at < len(self.offsets) else self.end
        if at == len(self.numbers) or self.numbers[at] != number:
            return begin, begin
        return begin, self.offsets[at + 1] if at + 1 < len(self.offsets) else self.end

    def row(self, number: int) -> Row | None:
        """Return one row taken apart, ``None`` when the sheet has none of this number."""
        begin, end = self.span(number)
        return read_row(self.xml[begin:end].decode(), self.prefix) if end > begin else None


def read_rows(xml: bytes) -> Rows:
    """Return where the rows of a worksheet are.

    Raises:
        UntidyError: the sheet has to be tidied first.
    """
    data = _DATA.search(xml)
    if data is None:
        raise UntidyError
    prefix, closed = data[1], bool(data[2])
    start = data.end()
    end = start if closed else xml.rfind(b"</" + prefix + b"sheetData", start)
    if end < 0 or any(xml.find(mark, start, end) >= 0 for mark in (b"<!--", b"<![CDATA[")):
        raise UntidyError
    numbers: list[int] = []
    offsets: list[int] = []
    token = b"<" + prefix + b"row"
    find, search = xml.find, _NUMBER.search
    at = find(token, start, end)
    while at >= 0:
        number = search(xml, at, find(b">", at, end))
        if number is None:
            raise UntidyError
        numbers.append(int(number[1]))
        offsets.append(at)
        at = find(token, number.end(), end)
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        raise UntidyError
    return Rows(xml, prefix.decode(), start, end, closed, numbers, offsets)


class Cell(NamedTuple):
    """One cell as it stands: its style, its whole XML and what is inside."""

    style: int
    xml: str
    inside: str

    def formula(self, prefix: str) -> str | None:
        """Return the XML that begins with the cell's formula, ``None`` when it has none."""
        at = re.search(rf"<{prefix}f[\s/>]", self.inside)
        return None if at is None else self.inside[at.start() :]


class Row(NamedTuple):
    """One row as it stands: its attributes, its own style, and its cells by column number."""

    attributes: str
    style: int
    cells: Mapping[int, Cell]


def read_row(xml: str, prefix: str) -> Row:
    """Return a row taken apart.

    Raises:
        UntidyError: a cell has no reference.
    """
    head = re.match(rf"<{prefix}row(\s[^>]*?)?(/?)>", xml)
    if head is None:
        raise UntidyError
    attributes = head[1] or ""
    style = int(found[1]) if 'customFormat="' in attributes and (found := _STYLE.search(attributes)) else 0
    if head[2]:
        return Row(attributes, style, {})
    body = xml[head.end() : xml.rindex(f"</{prefix}row")]
    cells: dict[int, Cell] = {}
    at = 0
    for match in re.finditer(rf"<{prefix}c(\s[^>]*?)?(?:/>|>(.*?)</{prefix}c\s*>)", body, re.DOTALL):
        ref = _CELL_REF.search(match[1] or "")
        if ref is None or body[at : match.start()].strip():
            raise UntidyError
        own = _STYLE.search(match[1])
        cells[column_number(ref[1])] = Cell(int(own[1]) if own else 0, match[0], match[2] or "")
        at = match.end()
    if body[at:].strip() or list(cells) != sorted(cells):
        raise UntidyError
    return Row(attributes, style, cells)


class Target(NamedTuple):
    """What is to stand in one cell.

    Attributes:
        value: the new value.
        style: the format where the cell does not exist yet, ``None`` for the row's or column's own.
        formula: what a calculated column fills in when there is no value.
        kind: a cell is edited, or belongs to a new row that fills a blank row of its table or stands below it.
    """

    value: CellValue
    style: int | None = None
    formula: str | None = None
    kind: Literal["edit", "fill", "below"] = "edit"


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


def rewritten(
    number: int, old: Row | None, above: str, targets: Mapping[int, Target], sheet: Sheetwide
) -> tuple[str, bool]:
    """Return the XML of a row with the targets in it, and whether a formula came or went.

    Raises:
        RefusedError: a target holds a formula that others share, or a new row would cover something.
    """
    before = {} if old is None else old.cells
    fallback = 0 if old is None else old.style
    done = {column: cell.xml for column, cell in before.items()}
    formulas = False
    for column, target in targets.items():
        cell = before.get(column)
        formula = cell.formula(sheet.prefix) if cell else None
        if cell is not None and target.kind != "edit":
            if target.kind == "fill" and formula is not None and target.value is None:
                continue
            if cell.inside.strip() and (target.kind == "below" or formula is None):
                raise RefusedError(problem("rows_below_taken", Place(sheet=sheet.title, row=number)))
        if formula is not None and _SHARED.match(formula):
            raise RefusedError(problem("formula_master", Place(sheet.title, number, column_letters(column))))
        style = _style(cell, target, fallback or sheet.column_styles.get(column, 0))
        new = _cell(f"{column_letters(column)}{number}", style, target, sheet)
        formulas = formulas or formula is not None or (target.value is None and target.formula is not None)
        if new is not None:
            done[column] = new
        elif cell is not None:
            del done[column]
    attributes = f' r="{number}"{above}' if old is None else _widened(old, done)
    cells = "".join(done[column] for column in sorted(done))
    return f"<{sheet.prefix}row{attributes}>{cells}</{sheet.prefix}row>", formulas


def _style(cell: Cell | None, target: Target, fallback: int) -> int:
    if cell is not None and (cell.style or target.kind == "edit"):
        return cell.style
    return fallback if target.style is None else target.style


def _cell(ref: str, style: int, target: Target, sheet: Sheetwide) -> str | None:
    """Return the XML of a cell; ``None`` for a blank one without a format, which need not exist."""
    if target.value is None and target.formula is not None:
        return formula_xml(sheet.prefix, ref, style, target.formula)
    if target.value is None and not style:
        return None
    fitted = sheet.styles.fit(style, target.value)
    return cell_xml(sheet.prefix, ref, fitted, target.value, since_1904=sheet.since_1904)


def _widened(row: Row, cells: Mapping[int, str]) -> str:
    """Return the attributes of a row without its ``spans``, a mere hint, when it got new columns."""
    return row.attributes if cells.keys() <= row.cells.keys() else _SPANS.sub("", row.attributes)
