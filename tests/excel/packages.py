"""What Excel would stumble over in a workbook with macros and a ribbon, found without Excel.

The validators that can be had do not look at whether the parts agree with each other; this does.
"""

from __future__ import annotations

import contextlib
import io
import posixpath
import re
import warnings
import zipfile
from collections.abc import Iterator

from lxml import etree
from olefile import OleFileIO
from ribbons import ribbon_faults

from cluebook.books.macros import sources

with warnings.catch_warnings(action="ignore"):  # it calls what its own libraries call outdated
    from oletools.olevba import VBA_Parser

MAIN_TYPES = {
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    "application/vnd.ms-excel.addin.macroEnabled.main+xml",
}
PROJECT_TYPE = "application/vnd.ms-office.vbaProject"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PROJECT_RELATION = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
RIBBON_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def faults(content: bytes) -> list[str]:
    """Every fault of a workbook with macros; none for a sound one."""
    parts = members(content)
    found = [*type_faults(parts), *relation_faults(parts)]
    try:
        found += cache_faults(parts["xl/vbaProject.bin"])
        texts = modules(parts["xl/vbaProject.bin"])
    except Exception as error:  # noqa: BLE001 - whatever a damaged file makes of the reader
        return [*found, f"VBA project unreadable: {type(error).__name__}"]
    found += [*code_name_faults(parts, texts), *text_faults(texts)]
    ribbon = parts.get("customUI/customUI14.xml")
    return found if ribbon is None else [*found, *ribbon_faults(ribbon, "\n".join(texts.values()))]


def type_faults(parts: dict[str, bytes]) -> Iterator[str]:
    types = etree.fromstring(parts["[Content_Types].xml"])
    overrides = {t.get("PartName"): t.get("ContentType") for t in types if t.get("PartName")}
    defaults = {t.get("Extension"): t.get("ContentType") for t in types if t.get("Extension")}
    if overrides.get("/xl/workbook.xml") not in MAIN_TYPES:
        yield "content type: the workbook is not macro-enabled"
    if overrides.get("/xl/vbaProject.bin", defaults.get("bin")) != PROJECT_TYPE:
        yield "content type: none for the VBA project"
    if overrides.get("/customUI/customUI14.xml", defaults.get("xml")) != "application/xml":
        yield "content type: none for the ribbon"


def relations(parts: dict[str, bytes], name: str) -> list[tuple[str, str, str]]:
    """Id, type and target part of every relationship in a part of relationships."""
    folder = posixpath.dirname(posixpath.dirname(name))
    return [
        (r.get("Id"), r.get("Type"), posixpath.normpath(posixpath.join("/", folder, r.get("Target")))[1:])
        for r in etree.fromstring(parts[name])
        if r.get("TargetMode") != "External"
    ]


def relation_faults(parts: dict[str, bytes]) -> Iterator[str]:
    wanted = {
        "_rels/.rels": (RIBBON_RELATION, "customUI/customUI14.xml"),
        "xl/_rels/workbook.xml.rels": (PROJECT_RELATION, "xl/vbaProject.bin"),
    }
    for name, (kind, target) in wanted.items():
        if [t for _, k, t in relations(parts, name) if k == kind] != [target]:
            yield f"relationship: {name} does not lead to {target}"
    for name in parts:
        if name.endswith(".rels"):
            held = relations(parts, name)
            yield from (f"relationship: {t} is not there" for _, _, t in held if t not in parts)
            if len({i for i, _, _ in held}) != len(held):
                yield f"relationship: an id of {name} is not unique"


def modules(project: bytes) -> dict[str, str]:
    """The text of every VBA module, as another library than the one that wrote it reads it."""
    with contextlib.closing(VBA_Parser("vbaProject.bin", data=project)) as parser:
        return {name.rpartition(".")[0]: text for _, _, name, text in parser.extract_macros()}


def cache_faults(project: bytes) -> Iterator[str]:
    with OleFileIO(io.BytesIO(project)) as storage:
        if storage.openstream("VBA/_VBA_PROJECT").read() != bytes.fromhex("cc61ffff000000"):
            yield "VBA project: it holds compiled code, which may be of another version of Office"


def code_name_faults(parts: dict[str, bytes], texts: dict[str, str]) -> Iterator[str]:
    targets = {i: t for i, _, t in relations(parts, "xl/_rels/workbook.xml.rels")}
    book = etree.fromstring(parts["xl/workbook.xml"])
    names = [book.find(f"{SHEETS}workbookPr").get("codeName")]
    for sheet in book.iter(f"{SHEETS}sheet"):
        properties = etree.fromstring(parts[targets[sheet.get(f"{{{OFFICE}}}id")]]).find(f"{SHEETS}sheetPr")
        names.append(None if properties is None else properties.get("codeName"))
    documents = [n for n, text in texts.items() if re.search(r'VB_Base = "0\{000208(19|20)-', text)]
    if sorted(names, key=str) != sorted(documents):
        yield f"code names: {set(map(str, names)) ^ set(documents)} have no counterpart"


def text_faults(texts: dict[str, str]) -> Iterator[str]:
    for name, source in sources().items():
        if body(texts.get(name, "")) != body(source):
            yield f"VBA text: {name} is not its source"
    for name, text in texts.items():
        if not text.isascii() or "??" in text:
            yield f"VBA text: {name} lost characters, or will in another code page"


def body(text: str) -> list[str]:
    """The lines of a module below what only its storage needs."""
    lines = text.replace("\r\n", "\n").strip().split("\n")
    headers = ("VERSION ", "BEGIN", "  MultiUse", "END", "Attribute VB_")
    while lines and lines[0].startswith(headers):
        lines.pop(0)
    return lines
