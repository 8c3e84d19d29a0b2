"""Proof that a patched file holds what it should: every part whole, every changed cell read back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from html import unescape
from typing import BinaryIO
from xml.parsers import expat

from cluebook.books.patch.archive import Archive, DamageError, key, open_archive
from cluebook.books.patch.area import column_letters
from cluebook.books.patch.parts import parse, unescaped
from cluebook.books.patch.rows import UntidyError, read_rows
from cluebook.books.patch.sheet import Rewritten
from cluebook.books.patch.values import serial
from cluebook.books.patch.workbook import Patched
from cluebook.books.patch.zipping import local_header
from cluebook.ledger.book import CellContent, Formula, value_of

_HELD = (
    rb'<%bc r="([A-Z]+[0-9]+)"(?: s="[0-9]+")?(?: t="([A-Za-z]+)")?>'
    rb"(?:<%bf>([^<]*)</%bf>|<%bis>)?<%b[vt](?: [^>]*)?>([^<]*)<"
)


def is_written(file: BinaryIO, ending: tuple[int, bytes], patched: Patched) -> bool:
    """Return whether a file, as read back from the disk, is what was written and holds what the patch put there.

    Args:
        file: the file, to be read anew.
        ending: where its directory begins, and its bytes from there to the end, as they were written.
        patched: what was to be written.
    """
    end, tail = ending
    file.seek(end)
    if file.read() != tail:
        return False
    try:
        archive = open_archive(file)
    except DamageError:
        return False
    at = 0
    for member in archive.members:
        header = local_header(member)
        if archive.stretch(at, at + len(header)) != header:
            return False
        at += len(header) + member.packed
    return at == end and holds(file, patched)


def holds(file: BinaryIO, patched: Patched) -> bool:
    """Return whether a file is whole, has what the patch did not touch as it was, and what it changed as it should."""
    try:
        archive = open_archive(file)
        return (
            all(_is_whole(archive, name, patched) for name in archive.index)
            and all(parse(archive.read(part)).get("ref") == ref for part, ref in patched.areas.items())
            and all(
                _sheet_holds(archive, part, sheet, since_1904=patched.since_1904)
                for part, sheet in patched.sheets.items()
            )
        )
    except (DamageError, UntidyError, expat.ExpatError):
        return False


def _is_whole(archive: Archive, name: str, patched: Patched) -> bool:
    """Return whether a member unpacks, or is packed as it was; the worksheets have their own proof."""
    member, old = archive.index[name], patched.archive.index[name]
    if name in patched.changed:
        for _ in archive.pieces(member) if name not in map(key, patched.sheets) else ():
            pass
        return True
    same = (member.packed, member.size, member.crc) == (old.packed, old.size, old.crc)
    pairs = zip(archive.packed(member), patched.archive.packed(old), strict=True)
    return same and all(one == other for one, other in pairs)


def _sheet_holds(archive: Archive, part: str, sheet: Rewritten, *, since_1904: bool) -> bool:
    """Return whether a worksheet has as many rows as it should, and its changed cells read as they should."""
    rows = read_rows(archive.source(part)(), sheet.values)
    if rows.count != sheet.rows:
        return False
    body = b"".join(rows.found.values())
    expat.ParserCreate().Parse(b"<rows>" + body + b"</rows>", True)
    pattern = _HELD.replace(b"%b", re.escape(rows.prefix.encode()))
    held = {ref: cell for ref, *cell in re.findall(pattern, body)}
    columns: set[int] = set().union(*sheet.values.values())
    letters = {column: column_letters(column).encode() for column in columns}
    return all(
        _same(held.get(letters[column] + digits), value, since_1904=since_1904)
        for number, values in sheet.values.items()
        for digits in [b"%d" % number]
        for column, value in values.items()
    )


def _same(held: Sequence[bytes] | None, content: CellContent, *, since_1904: bool) -> bool:
    """Return whether a cell's type, formula and text stand for what was put into it."""
    value, own = value_of(content), content.text if isinstance(content, Formula) else ""
    blank = value is None or value == ""
    if blank or held is None:
        return blank and held is None
    kind, formula, text = held
    if unescape(formula.decode()) != own:
        return False
    if isinstance(value, str):
        plain = b"_x" not in text and text == value.encode()
        wanted_kind = b"str" if own else b"inlineStr"
        return kind == wanted_kind and (plain or unescaped(unescape(text.decode())) == value)
    if isinstance(value, bool):
        return kind == b"b" and text == b"%d" % value
    wanted = serial(value, since_1904=since_1904) if isinstance(value, date) else value
    return kind == b"" and float(text) == wanted
