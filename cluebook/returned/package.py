"""The parts of a Word document, out of a file that may come from anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from cluebook.books.gate import TurnedError, sound_package
from cluebook.books.patch.archive import Archive, DamageError

Element = Any
"""An element of lxml, which publishes no type for it."""

_MOST = 24 << 20
"""Bytes a part may unpack to that is read here; the longest honest report has a hundredth of it."""

_LOOKS: Mapping[bytes, str] = {
    b"%PDF": "is_pdf",
    b"\x89PNG": "is_picture",
    b"\xff\xd8\xff": "is_picture",
    b"GIF8": "is_picture",
    b"BM": "is_picture",
    b"II*\0": "is_picture",
    b"MM\0*": "is_picture",
    b"{\\rtf": "is_rtf",
}
"""How files begin that are no Word document, and the code of the reason."""

_DOCTYPES = tuple("<!DOCTYPE".encode(coding) for coding in ("ascii", "utf-16-le", "utf-16-be"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_BINARY = "WordDocument".encode("utf-16-le")
_MACROS = ("vbaproject.bin", "vbadata.xml")
_HEADER, _IMAGE, _CORE = "/header", "/image", "/core-properties"
_DOCUMENT = "/officeDocument"


class UnreadError(Exception):
    """A file is no Word document that can be read; its words are the code of the reason."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What is read of a Word document.

    Attributes:
        body: root of its main part.
        headers: roots of its running heads.
        pictures: the pictures in the running heads, each as it is stored.
        title: its title property.
    """

    body: Element
    headers: tuple[Element, ...]
    pictures: tuple[bytes, ...]
    title: str


def parts_of(content: bytes) -> Parts:
    """Return the parts of a Word document.

    Raises:
        UnreadError: it is none, or damaged, or made to do harm.
    """
    try:
        archive = sound_package(content)
    except TurnedError as turned:
        raise UnreadError(_told(content, str(turned))) from None
    try:
        return _parts(archive)
    except DamageError:
        raise UnreadError("part_damaged") from None


def _told(content: bytes, code: str) -> str:
    """Return the reason in words that fit what somebody took for a Word document."""
    if content.startswith(_OLE):
        return "is_old_doc" if _WORD_BINARY in content else "encrypted"
    looks = next((reason for start, reason in _LOOKS.items() if content.startswith(start)), None)
    if code == "not_workbook":
        return looks or "not_word"
    return code


def _parts(archive: Archive) -> Parts:
    if any(name.rpartition("/")[2] in _MACROS for name in archive.index):
        raise UnreadError("has_macros")
    main = next((target for kind, target in _relations(archive, "") if kind.endswith(_DOCUMENT)), None)
    if main is None or archive.find(main) is None or not main.startswith("word/"):
        raise UnreadError("not_word")
    headers, pictures = [], []
    for kind, target in _relations(archive, main):
        if kind.endswith(_HEADER) and archive.find(target):
            headers.append(_tree(archive, target))
            found = [name for kind, name in _relations(archive, target) if kind.endswith(_IMAGE)]
            pictures += [_content(archive, name) for name in found if archive.find(name)]
    core = next((target for kind, target in _relations(archive, "") if kind.endswith(_CORE)), None)
    title = _tree(archive, core).findtext("{*}title") if core and archive.find(core) else None
    return Parts(_tree(archive, main), tuple(headers), tuple(pictures), title or "")


def _relations(archive: Archive, part: str) -> Iterator[tuple[str, str]]:
    """Return kind and target of each part that a part, or the package itself, leads to."""
    at = PurePosixPath(part)
    relations = at.parent / "_rels" / f"{at.name}.rels"
    if archive.find(str(relations)) is None:
        return
    for each in _tree(archive, str(relations)).iterchildren("{*}Relationship"):
        target = each.get("Target", "")
        if each.get("TargetMode") != "External":
            # A target is told from the folder of its part, or from the top of the package.
            yield (
                each.get("Type", ""),
                target.lstrip("/") if target.startswith("/") else str(at.parent / target),
            )


def _content(archive: Archive, name: str) -> bytes:
    member = archive.find(name)
    if member is None:
        raise DamageError
    if member.size > _MOST:
        raise UnreadError("bomb")
    return archive.read(name)


def _tree(archive: Archive, name: str) -> Element:
    """Return the root of an XML part; nothing outside it is ever fetched, and nothing in it stands for more."""
    from lxml import etree

    content = _content(archive, name)
    if any(mark in content for mark in _DOCTYPES):
        raise UnreadError("entities")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise DamageError from None
