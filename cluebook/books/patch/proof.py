"""Proof that a patched file holds what it should: every part whole, every changed cell read back."""

from __future__ import annotations

import re
from datetime import date
from xml.parsers import expat
from xml.sax.saxutils import unescape

from cluebook.books.patch.archive import Archive, DamageError, key, read_archive
from cluebook.books.patch.area import column_letters
from cluebook.books.patch.parts import parse, unescaped
from cluebook.books.patch.rows import UntidyError, read_rows
from cluebook.books.patch.sheet import Rewritten
from cluebook.books.patch.values import serial
from cluebook.books.patch.workbook import Patched
from cluebook.ledger.book import CellValue

_HELD = (
    rb'<%bc r="([A-Z]+[0-9]+)"(?: s="[0-9]+")?(?: t="([A-Za-z]+)")?>(?:<%bis>)?<%b[vt](?: [^>]*)?>([^<]*)<'
)


def holds(content: bytes, patched: Patched, *, since_1904: bool) -> bool:
    """Return whether a file, as read back from the disk, is whole and holds what the patch put there."""
    if content != patched.content:
        return False
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
    except (DamageError, UntidyError, expat.ExpatError):
        return False


def _unpack(archive: Archive, name: str) -> None:
    for _ in archive.pieces(archive.index[key(name)]):
        pass


def _sheet_holds(xml: bytes, sheet: Rewritten, *, since_1904: bool) -> bool:
    """Return whether a worksheet has as many rows as it should, and its changed cells read as they should."""
    rows = read_rows(xml)
    if len(rows.numbers) != sheet.rows:
        return False
    spans = (rows.span(number) for number in sorted(sheet.values))
    body = b"".join(xml[begin:end] for begin, end in spans)
    expat.ParserCreate().Parse(b"<rows>" + body + b"</rows>", True)
    pattern = _HELD.replace(b"%b", re.escape(rows.prefix.encode()))
    held = {ref: (kind, text) for ref, kind, text in re.findall(pattern, body)}
    columns: set[int] = set().union(*sheet.values.values())
    letters = {column: column_letters(column).encode() for column in columns}
    return all(
        _same(held.get(letters[column] + digits), value, since_1904=since_1904)
        for number, values in sheet.values.items()
        for digits in [b"%d" % number]
        for column, value in values.items()
    )


def _same(held: tuple[bytes, bytes] | None, value: CellValue, *, since_1904: bool) -> bool:
    """Return whether a cell's type and text stand for a value."""
    blank = value is None or value == ""
    if blank or held is None:
        return blank and held is None
    kind, text = held
    if isinstance(value, str):
        plain = b"_x" not in text and text == value.encode()
        return kind == b"inlineStr" and (plain or unescaped(unescape(text.decode())) == value)
    if isinstance(value, bool):
        return kind == b"b" and text == b"%d" % value
    wanted = serial(value, since_1904=since_1904) if isinstance(value, date) else value
    return kind == b"" and float(text) == wanted
