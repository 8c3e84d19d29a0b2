"""Files made to crash, hang, deceive or exhaust whoever opens them, each with the code it is refused by."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator

from workbooks import SHEET, TABLE, altered, members, replaced, simple

MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
GOOD = simple()
NOISE = bytes(range(256)) * 4


def sheet(rows: str | bytes, after: str = "", root: bytes = b"worksheet") -> bytes:
    body = rows.encode() if isinstance(rows, str) else rows
    data = b"<?xml version='1.0' encoding='UTF-8'?><%b %b><sheetData>%b</sheetData>%b</%b>"
    return altered(GOOD, {SHEET: data % (root, MAIN, body, after.encode(), root)})


def cells(*refs: str) -> bytes:
    return sheet(
        "".join(
            f'<row r="{ref.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{ref}"><v>1</v></c></row>'
            for ref in refs
        )
    )


def merged(ref: str) -> bytes:
    return sheet('<row r="1"><c r="A1"/></row>', f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>')


def with_doctype(name: str, doctype: str) -> bytes:
    return altered(GOOD, {name: lambda data: data.replace(b"?>", b"?>" + doctype.encode(), 1)})


def bomb(member: str, piece: bytes, times: int) -> bytes:
    """A workbook whose one member unpacks to `times` pieces."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name, data in members(GOOD).items():
            if name != member:
                new.writestr(name, data)
        with new.open(member, "w", force_zip64=True) as stream:
            for _ in range(times):
                stream.write(piece)
    return out.getvalue()


def many_parts() -> bytes:
    return altered(GOOD, {f"xl/media/{n}.bin": b"x" for n in range(5_100)})


def repeated(name: str, other: str | None = None) -> bytes:
    """A workbook with a second member of the same or a confusable name."""
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as new, warnings.catch_warnings(action="ignore"):
        new.writestr(other or name, b"<x/>")
    return out.getvalue()


def patched(data: bytes, old: bytes, new: bytes, count: int = -1) -> bytes:
    assert old in data
    return data.replace(old, new, count)


def directory(change: Callable[[bytearray, int], None]) -> bytes:
    """A workbook with the central directory record of its first worksheet changed."""
    data = bytearray(GOOD)
    at = data.rindex(SHEET.encode()) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    change(data, at)
    return bytes(data)


def field(offset: int, form: str, value: int) -> bytes:
    return directory(lambda data, at: struct.pack_into(form, data, at + offset, value))


def shifted() -> bytes:
    """Two directory records that point at the same packed bytes."""
    data = bytearray(GOOD)
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(data)


def quoted_overlap() -> bytes:
    """A member that lies inside another, as bombs do that unpack the same bytes many times."""
    inner = altered(GOOD, {"xl/media/b.bin": NOISE}, compress_type=zipfile.ZIP_STORED)
    name = b"xl/media/b.bin"
    at = inner.index(name) - 30
    data = bytearray(
        altered(
            GOOD,
            {"xl/media/a.bin": inner[at : at + 44 + len(NOISE)], "xl/media/b.bin": NOISE},
            compress_type=0,
        )
    )
    record = data.rindex(name) - 46
    struct.pack_into("<L", data, record + 42, data.index(name) - 30)
    return bytes(data)


def flipped(name: str) -> bytes:
    """A workbook with one bit of a member's packed bytes flipped."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as opened:
        info = opened.getinfo(name)
    data = bytearray(GOOD)
    data[info.header_offset + 30 + len(name) + info.compress_size // 2] ^= 0x10
    return bytes(data)


def wide_row(columns: int, rows: int) -> str:
    """One row of unnamed cells across the sheet, and many rows of one cell."""
    return "<row>" + "<c/>" * columns + "</row>" + "<row><c><v>1</v></c></row>" * rows


def utf16(name: str) -> bytes:
    return altered(GOOD, {name: lambda data: data.decode().replace("UTF-8", "UTF-16").encode("utf-16")})


def declared(encoding: str) -> bytes:
    return altered(GOOD, {SHEET: lambda data: data.replace(b"UTF-8", encoding.encode(), 1)})


FAR = ("A1", "XFD1048576")
BOMB_BILLION = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

CASES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing": ("file_empty", lambda: b""),
    "one byte": ("not_workbook", lambda: b"P"),
    "text": ("not_workbook", "编号,标题\n1,x".encode),
    "a web page named workbook": ("not_workbook", lambda: b"<html><table><tr><td>1</td></tr></table></html>"),
    "noise": ("not_workbook", lambda: NOISE),
    "old xls": ("encrypted", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE * 8),
    "zip magic and noise": ("zip_damaged", lambda: b"PK\x03\x04" + NOISE),
    "empty zip": ("not_workbook", lambda: b"PK\x05\x06" + bytes(18)),
    "zip after other bytes": ("not_workbook", lambda: b"MZ" + NOISE + GOOD),
    "too large": ("file_too_large", lambda: b"PK\x03\x04" + bytes((200 << 20) + 1)),
    "half": ("zip_damaged", lambda: GOOD[: len(GOOD) // 2]),
    "all but the last byte": ("zip_damaged", lambda: GOOD[:-1]),
    "all but the directory": ("zip_damaged", lambda: GOOD[: GOOD.index(b"PK\x01\x02")]),
    "a hole of zeros": ("part_damaged", lambda: patched(GOOD, GOOD[200:260], bytes(60), 1)),
    "Word document": ("not_workbook", lambda: altered(GOOD, {n: None for n in members(GOOD) if n.startswith("xl/")} | {"word/document.xml": b"<w/>"})),
    "plain zip": ("not_workbook", lambda: altered(GOOD, dict.fromkeys(members(GOOD)) | {"a.txt": b"x"})),
    "no content types": ("not_workbook", lambda: altered(GOOD, {"[Content_Types].xml": None})),
    "no workbook part": ("workbook_missing", lambda: altered(GOOD, {"xl/workbook.xml": None})),
    "bit flipped in the sheet": ("part_damaged", lambda: flipped(SHEET)),
    "bit flipped in the strings": ("part_damaged", lambda: flipped("xl/sharedStrings.xml")),
    "bit flipped in the styles": ("part_damaged", lambda: flipped("xl/styles.xml")),
    "wrong checksum": ("part_damaged", lambda: field(16, "<L", 0xDEADBEEF)),
    "size too small": ("part_damaged", lambda: field(24, "<L", 17)),
    "size too large": ("part_damaged", lambda: field(24, "<L", 5 << 20)),
    "packed size past the end": ("zip_damaged", lambda: field(20, "<L", 0x7FFFFFF0)),
    "header past the end": ("zip_damaged", lambda: field(42, "<L", 0x7FFFFFF0)),
    "header in the middle of a part": ("zip_damaged", lambda: field(42, "<L", 77)),
    "size beyond all measure": ("bomb", lambda: field(24, "<L", 3 << 30)),
    "unknown packing": ("part_damaged", lambda: field(10, "<H", 99)),
    "zip password": ("encrypted", lambda: field(8, "<H", 1)),
    "two records for one part": ("zip_damaged", shifted),
    "overlapping parts": ("parts_overlap", quoted_overlap),
    "same name twice": ("names_unsafe", lambda: repeated(SHEET)),
    "same name in capitals": ("names_unsafe", lambda: repeated(SHEET, SHEET.upper())),
    "same name with backslashes": ("names_unsafe", lambda: repeated(SHEET, SHEET.replace("/", "\\"))),
    "same name with a slash": ("names_unsafe", lambda: repeated(SHEET, "/" + SHEET)),
    "upward name": ("names_unsafe", lambda: altered(GOOD, {"xl/../../evil.xml": b"<x/>"})),
    "upward name with backslashes": ("names_unsafe", lambda: altered(GOOD, {"xl\\..\\..\\evil.xml": b"<x/>"})),
    "absolute name": ("names_unsafe", lambda: altered(GOOD, {"/etc/cron.d/evil": b"x"})),
    "drive letter": ("names_unsafe", lambda: altered(GOOD, {"C:/evil.xml": b"<x/>"})),
    "control character in a name": ("names_unsafe", lambda: altered(GOOD, {"xl/a\nb.xml": b"<x/>"})),
    "text direction in a name": ("names_unsafe", lambda: altered(GOOD, {"xl/a\u202eb.xml": b"<x/>"})),
    "too many parts": ("bomb", many_parts),
    "a directory of nothing but records": ("bomb", lambda: GOOD + b"PK\x01\x02" * 11_000),
    "a bomb of zeros": ("bomb", lambda: bomb("xl/media/a.bin", bytes(1 << 20), 12)),
    "a bomb of blanks in the sheet": ("bomb", lambda: bomb(SHEET, b" " * (1 << 20), 40)),
    "a bomb of blanks in the strings": ("bomb", lambda: bomb("xl/sharedStrings.xml", b" " * (1 << 20), 40)),
    "a bomb of rows": ("bomb", lambda: bomb(SHEET, b"<row><c><v>1</v></c></row>" * 40_000, 40)),
    "a tag without end": ("bomb", lambda: sheet('<row r="1"><c ' + " " * 3_000_000 + 'r="XFD1048576"/></row>')),
    "a doctype": ("entities", lambda: with_doctype(SHEET, "<!DOCTYPE x>")),
    "entities in the sheet": ("entities", lambda: with_doctype(SHEET, BOMB_BILLION)),
    "entities in the strings": ("entities", lambda: with_doctype("xl/sharedStrings.xml", BOMB_BILLION)),
    "entities in the workbook": ("entities", lambda: with_doctype("xl/workbook.xml", BOMB_BILLION)),
    "entities in the content types": ("entities", lambda: with_doctype("[Content_Types].xml", BOMB_BILLION)),
    "external entity in the relationships": ("entities", lambda: with_doctype("xl/_rels/workbook.xml.rels", EXTERNAL)),
    "external entity in the table": ("entities", lambda: with_doctype(TABLE, EXTERNAL)),
    "entity in UTF-16 custom data": ("entities", lambda: altered(GOOD, {"customXml/item1.xml": ('<?xml version="1.0"?>' + EXTERNAL + "<x/>").encode("utf-16")})),
    "entities in a part without the name of XML": ("entities", lambda: altered(GOOD, {"xl/worksheets/a.bin": EXTERNAL.encode() + b"<x/>"})),
    "doctype split over two pieces": ("entities", lambda: altered(GOOD, {"xl/x.xml": b"<!--" + b"-" * ((1 << 20) - 9) + b"-->" + EXTERNAL.encode() + b"<x/>"}, compress_type=0)),
    "entities after a megabyte of blanks": ("entities", lambda: altered(GOOD, {"xl/x.xml": b" " * (1 << 20) + EXTERNAL.encode() + b"<x/>"}, compress_type=0)),
    "sheet in UTF-16": ("encoding", lambda: utf16(SHEET)),
    "strings in UTF-16": ("encoding", lambda: utf16("xl/sharedStrings.xml")),
    "sheet in UTF-7": ("encoding", lambda: declared("UTF-7")),
    "sheet in a Chinese code page": ("encoding", lambda: declared("GB18030")),
    "values in CDATA": ("encoding", lambda: sheet('<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>')),
    "the four corners": ("range_absurd", lambda: cells(*FAR)),
    "two rows far apart": ("range_absurd", lambda: cells("A1", "Z1048576")),
    "corner in one row": ("range_absurd", lambda: sheet('<row r="1"><c r="A1"/><c r="XFD1048576"/></row>')),
    "corner first": ("range_absurd", lambda: cells(*reversed(FAR))),
    "corner with a prefix": ("range_absurd", lambda: sheet('<row r="1"><x:c xmlns:x="urn:x" r="XFD1048576"/></row>')),
    "corner in single quotes": ("range_absurd", lambda: sheet("<row r='1'><c r='XFD1048576'/></row>")),
    "corner after blanks": ("range_absurd", lambda: sheet('<row r="1"><c\n\n s="0"\tr = "XFD1048576"/></row>')),
    "corner with dollar signs": ("range_absurd", lambda: sheet('<row r="1"><c r="$XFD$1048576"/></row>')),
    "corner in a part without the name of a sheet": ("range_absurd", lambda: altered(GOOD, {"xl/a.bin": members(cells(*FAR))[SHEET]})),
    "corner deep in an orderly sheet": ("range_absurd", lambda: sheet("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 60_000)) + '<row r="60000"><c r="XFD1048576"/></row>')),
    "row far below an orderly sheet": ("range_absurd", lambda: sheet("".join(f'<row r="{n}"><c r="AA{n}"><v>1</v></c></row>' for n in range(1, 60_000)) + '<row r="1048576"/>')),
    "unnamed cells after the last column": ("outside_grid", lambda: sheet('<row r="1"><c r="XFD1"/><c/></row>')),
    "unnamed cells": ("range_absurd", lambda: sheet(wide_row(16_384, 2_000))),
    "row below the grid": ("outside_grid", lambda: cells("A1048577")),
    "column beyond the grid": ("outside_grid", lambda: cells("XFE1")),
    "absurd column": ("outside_grid", lambda: cells("ZZZZ1")),
    "absurd row": ("outside_grid", lambda: cells("A99999999999")),
    "row number beyond the grid": ("outside_grid", lambda: sheet('<row r="4294967296"><c/></row>')),
    "more texts stated than there is room for": ("part_damaged", lambda: altered(GOOD, {"xl/sharedStrings.xml": lambda data: re.sub(rb'uniqueCount="\d+"', b'uniqueCount="4294967295"', data)})),
    "whole sheet merged": ("merge_absurd", lambda: merged("A1:XFD1048576")),
    "whole columns merged": ("merge_absurd", lambda: merged("A1:B1048576")),
    "merge with dollar signs": ("merge_absurd", lambda: merged("$A$1:$XFD$1048576")),
}  # fmt: skip


def harmless() -> Iterator[tuple[str, bytes]]:
    """Files that look unusual and are still sound."""
    yield "plain", GOOD
    yield "stored", altered(GOOD, {}, compress_type=zipfile.ZIP_STORED)
    yield "many harmless parts", altered(GOOD, {f"xl/media/{n}.bin": b"x" for n in range(500)})
    yield (
        "the word doctype in a cell",
        altered(GOOD, {"xl/sharedStrings.xml": replaced("第一条", "&lt;!DOCTYPE x&gt;")}),
    )
    yield (
        "custom data in UTF-16",
        altered(
            GOOD, {"customXml/item1.xml": '<?xml version="1.0" encoding="utf-16"?><x/>'.encode("utf-16")}
        ),
    )
    yield (
        "whole sheet validated",
        sheet(
            '<row r="1"><c r="A1"/></row>',
            '<dataValidations count="1"><dataValidation type="whole" sqref="A1:XFD1048576"/></dataValidations>',
        ),
    )
    yield "tall and narrow", cells("A1", "A1048576")
    yield "wide and short", cells("A1", "XFD9")
    yield "a comment in the zip", _commented()


def _commented() -> bytes:
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as new:
        new.comment = b"made by hand"
    return out.getvalue()
