"""Putting a document into its .docx, the same bytes every time."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from cluebook.text import Lang
from wordforms.blocks import UNNUMBERED
from wordforms.page import QR, Page, section
from wordforms.styles import fonts_part, styles_part
from wordforms.theme import THEME
from wordforms.xml import HEAD, el, part, w

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A template: its title, with the tags it is filled from, its body and its page."""

    title: str
    body: str
    page: Page


def pack(document: Document, lang: Lang) -> bytes:
    """Return the bytes of a .docx."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, content in _members(document, lang):
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(member, content)
    return packed.getvalue()


def _members(document: Document, lang: Lang) -> Iterator[tuple[str, str | bytes]]:
    edges = _edges(document.page)
    yield "[Content_Types].xml", _content_types(edges)
    yield (
        "_rels/.rels",
        _relations(
            ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
    )
    yield "docProps/core.xml", _core(document.title)
    yield "word/document.xml", _numbered(part("w:document", w("body", document.body, section(document.page))))
    yield (
        "word/_rels/document.xml.rels",
        _relations(
            *((f"rId{i}", f"{_OFFICE}/{kind}", target) for i, (kind, target) in enumerate(_FIXED, start=1)),
            *((relation, f"{_OFFICE}/{kind}", f"{name}.xml") for relation, kind, name, _ in edges),
        ),
    )
    yield "word/styles.xml", styles_part(lang)
    yield "word/settings.xml", _settings(document.page)
    yield "word/fontTable.xml", fonts_part()
    yield "word/theme/theme1.xml", HEAD + THEME
    for _, kind, name, content in edges:
        yield f"word/{name}.xml", part("w:hdr" if kind == "header" else "w:ftr", content)
        if QR in content:
            yield f"word/_rels/{name}.xml.rels", _relations((QR, f"{_OFFICE}/image", "media/qr.png"))
    if any(QR in content for *_, content in edges):
        yield "word/media/qr.png", _blank_picture()


def _numbered(xml: str) -> str:
    """Return a part with a number of its own in each content control."""
    first, *rest = xml.split(UNNUMBERED)
    return first + "".join(w("id", val=number) + after for number, after in enumerate(rest, start=1))


_FIXED = (
    ("styles", "styles.xml"),
    ("settings", "settings.xml"),
    ("fontTable", "fontTable.xml"),
    ("theme", "theme/theme1.xml"),
)


def _edges(page: Page) -> list[tuple[str, str, str, str]]:
    """Return relation, kind, part name and content of each running head and foot."""
    found = []
    for kind, contents in (("header", page.headers), ("footer", page.footers)):
        for which, content in contents.items():
            found.append((f"rId{kind.title()}_{which}", kind, f"{kind}_{which}", content))
    return found


def _content_types(edges: list[tuple[str, str, str, str]]) -> str:
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
    }
    parts = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/fontTable.xml": f"{_WORD}.fontTable+xml",
        "/word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "/docProps/core.xml": _CORE,
    } | {f"/word/{name}.xml": f"{_WORD}.{kind}+xml" for _, kind, name, _ in edges}
    return HEAD + el(
        "Types",
        {"xmlns": f"{_PACKAGE}/content-types"},
        *(el("Default", {"Extension": end, "ContentType": kind}) for end, kind in defaults.items()),
        *(el("Override", {"PartName": name, "ContentType": kind}) for name, kind in parts.items()),
    )


def _relations(*relations: tuple[str, str, str]) -> str:
    return HEAD + el(
        "Relationships",
        {"xmlns": f"{_PACKAGE}/relationships"},
        *(el("Relationship", {"Id": key, "Type": kind, "Target": target}) for key, kind, target in relations),
    )


def _core(title: str) -> str:
    namespaces = {
        "xmlns:cp": f"{_PACKAGE}/metadata/core-properties",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    }
    return HEAD + el("cp:coreProperties", namespaces, el("dc:title", {}, escape(title)))


def _settings(page: Page) -> str:
    mode = w(
        "compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15
    )
    return part(
        "w:settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=420),
        w("evenAndOddHeaders") if "even" in page.footers else "",
        w("characterSpacingControl", val="compressPunctuation"),
        w("compat", w("doNotExpandShiftReturn"), mode),
        w("themeFontLang", val="en-US", eastAsia="zh-CN"),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )


def _blank_picture() -> bytes:
    """Return a white PNG of one pixel, which gives way to the QR code."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00\xff")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
