"""Proof that a patched file holds what it should: every part whole, every changed cell read back."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from cluebook.books.patch.archive import Archive, DamageError, key, read_archive
from cluebook.books.patch.area import column_number
from cluebook.books.patch.parts import parse, unescaped
from cluebook.books.patch.rows import UntidyError, read_rows
from cluebook.books.patch.sheet import Rewritten
from cluebook.books.patch.values import serial
from cluebook.books.patch.workbook import Patched
from cluebook.ledger.book import CellValue

if TYPE_CHECKING:
    from lxml import etree

_ROOT = re.compile(rb"<((?:[\w.-]+:)?worksheet)\b[^>]*>")


def holds(content: bytes, patched: Patched, *, since_1904: bool) -> bool:
    """Return whether a file, as read back from the disk, is whole and holds what the patch put there."""
    try:
        archive = read_archive(content)
        rewritten = {key(part) for part in patched.sheets}
        for member in archive.members:
            if key(member.name) not in rewritten:
                _unpack(archive, member.name)
        tables = all(parse(archive.read(part)).get("ref") == ref for part, ref in patched.areas.items())
        return tables and all(
            _sheet_holds(archive.read(part), sheet, since_1904=since_1904)
            for part, sheet in patched.sheets.items()
        )
    except (DamageError, UntidyError):
        return False


def _unpack(archive: Archive, name: str) -> None:
    for _ in archive.pieces(archive.index[key(name)]):
        pass


def _sheet_holds(xml: bytes, sheet: Rewritten, *, since_1904: bool) -> bool:
    """Return whether a worksheet has as many rows as it should, and its changed ones read as they should.

    The changed rows are read by a real XML parser, which the patch itself does not use.
    """
    rows = read_rows(xml)
    root = _ROOT.search(xml)
    if root is None or len(rows.numbers) != sheet.rows:
        return False
    spans = (rows.span(number) for number in sorted(sheet.values))
    body = b"".join(xml[begin:end] for begin, end in spans)
    found = parse(root[0] + body + b"</" + root[1] + b">")
    read = {int(row.get("r", "0")): row for row in found}
    return read.keys() == sheet.values.keys() and all(
        _same(cells.get(column), value, since_1904=since_1904)
        for number, values in sheet.values.items()
        for cells in [_cells(read[number])]
        for column, value in values.items()
    )


def _cells(row: etree._Element) -> dict[int, etree._Element]:
    return {column_number(cell.get("r", "").rstrip("0123456789")): cell for cell in row}


def _same(cell: etree._Element | None, value: CellValue, *, since_1904: bool) -> bool:
    """Return whether a cell holds a value."""
    kind = None if cell is None else cell.get("t")
    if value is None or value == "":
        return cell is None or len(cell) == 0 or cell.find("{*}f") is not None
    if cell is None:
        return False
    if isinstance(value, str):
        return kind == "inlineStr" and unescaped(cell.findtext("{*}is/{*}t") or "") == value
    number = cell.findtext("{*}v") or "nan"
    if isinstance(value, bool):
        return kind == "b" and number == str(int(value))
    wanted = serial(value, since_1904=since_1904) if isinstance(value, date) else value
    return kind is None and float(number) == wanted
