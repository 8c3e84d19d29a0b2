"""The gate: no library sees a workbook before its outside has been found sound.

A workbook may come from anybody. What is damaged, disguised, or made to exhaust the computer is turned
away here, by looking at the zip file and at the tags of its parts; no content ever reaches a message.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

from cluebook.books.extent import Extent, ReachError, TextLengths
from cluebook.books.patch.archive import DEFLATED, STORED, Archive, DamageError, Member, key, read_archive
from cluebook.books.problems import problem
from cluebook.errors import Place, RefusedError

MAX_FILE = 200 << 20
MAX_PART = 800 << 20
MAX_TOTAL = 1 << 30
MAX_PARTS = 5_000
MAX_RATIO = 100
_RATIO_FROM = 10 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_RECORD = b"PK\x01\x02"
_DRIVE = re.compile(r"[A-Za-z]:")
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_ENCODINGS = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_OTHER_ENCODINGS = frozenset({b"iso-8859-1", b"latin1", b"windows-1252", b"gbk", b"gb2312", b"gb18030"})
_BEFORE_XML = b"\xef\xbb\xbf \t\r\n"
_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_LONGEST_TAG = 1 << 16
_STATED = re.compile(rb"<(?:[\w.-]+:)?sst\s[^>]*?uniqueCount\s*=\s*[\"'](\d+)")
"""How many texts a part says it holds; a reader sets aside room for so many before it reads one."""


_MUCH_TEXT = 256 << 20
_MUCH_ROOM, _FILLED = 2_000_000, 4
_LARGE, _MOST_PACKED = 32 << 20, 30


@dataclass(slots=True)
class Look:
    """What the gate saw of a file that it let pass.

    Attributes:
        cells: about how many cells its sheets have, never fewer.
        longest: about how long the longest of its shared texts is, never shorter.
        reach: how many cells there is room for between the corners of its widest sheet.
        irregular: whether a cell or row is written otherwise than Excel does.
        squeezed: whether it unpacks to much more than office files do.
        bulky: whether a part is large that holds neither cells nor their texts, and is taken in as a whole.

    Where cells are not looked at, nothing is known of them, so nothing is held against the file.
    """

    cells: int = 0
    longest: int = 0
    reach: int = 0
    irregular: bool = False
    squeezed: bool = False
    bulky: bool = False

    def allowance(self, size: int) -> int:
        """Return for how many bytes a reader may take time and memory: those of the file, if they are not hot air."""
        return 0 if self.squeezed else size

    @property
    def is_odd(self) -> bool:
        """Return whether a reader might run into trouble: it may set aside all the room, and repeat the longest text."""
        strange = (
            self.irregular or self.squeezed or self.bulky or self.reach > _MUCH_ROOM + _FILLED * self.cells
        )
        return strange or self.cells * self.longest > _MUCH_TEXT


class TurnedError(Exception):
    """A file is turned away; its words are the code of the reason."""


def check(
    content: bytes | Path, name: str | None = None, *, foreign: bool = False, cells: bool = True
) -> Look:
    """Return what a file looks like when it looks like a sound workbook.

    Args:
        content: the file, or its bytes.
        name: what to call it in a message; the name of the path when there is one.
        foreign: whether it is only to be read, by a reader that knows more ways of writing than the fast one.
        cells: whether to look at its cells and texts, too; where not, no reader may see them yet.

    Raises:
        RefusedError: it does not; the one problem's code is the reason.
    """
    if isinstance(content, Path):
        name = name or content.name
    try:
        return _check(_bytes(content), foreign=foreign, cells=cells)
    except TurnedError as turned:
        raise RefusedError(problem(str(turned), Place(file=name))) from None


def _bytes(content: bytes | Path) -> bytes:
    if isinstance(content, bytes):
        return content
    try:
        if content.stat().st_size > MAX_FILE:
            raise TurnedError("file_too_large")
        return content.read_bytes()
    except OSError:
        raise TurnedError("file_missing") from None


def _check(content: bytes, *, foreign: bool, cells: bool) -> Look:
    """Turn away what is not a sound workbook, the cheap looks first."""
    archive = sound_package(content)
    _check_workbook(archive)
    look = Look(squeezed=_is_squeezed(archive))
    for member in archive.members:
        try:
            _check_part(archive, member, look, foreign=foreign, cells=cells)
        except DamageError:
            raise TurnedError("part_damaged") from None
        except ReachError as reach:
            raise TurnedError(str(reach)) from None
    return look


def sound_package(content: bytes) -> Archive:
    """Return an office file's package whose outside is sound; none of its parts is unpacked yet.

    Raises:
        TurnedError: it is empty, too large, damaged, encrypted, no office file, or made to do harm.
    """
    if not content:
        raise TurnedError("file_empty")
    if len(content) > MAX_FILE:
        raise TurnedError("file_too_large")
    if content.startswith(_OLE):
        raise TurnedError("encrypted")
    if not content.startswith(_ZIP):
        raise TurnedError("not_workbook")
    if content.count(_RECORD) > 2 * MAX_PARTS:  # each would become an object before it is counted
        raise TurnedError("bomb")
    try:
        archive = read_archive(content)
    except DamageError:
        raise TurnedError("zip_damaged") from None
    _check_names(archive)
    _check_sizes(archive)
    _check_layout(archive)
    return archive


def _check_names(archive: Archive) -> None:
    """Turn away names that two programs could read differently, or that point outside."""
    if len(archive.index) != len(archive.members):
        raise TurnedError("names_unsafe")
    for member in archive.members:
        name = member.name.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or _DRIVE.match(name) or not name.isprintable():
            raise TurnedError("names_unsafe")


def _check_sizes(archive: Archive) -> None:
    if len(archive.members) > MAX_PARTS or sum(member.size for member in archive.members) > MAX_TOTAL:
        raise TurnedError("bomb")
    for member in archive.members:
        if member.encrypted:
            raise TurnedError("encrypted")
        if member.method not in {STORED, DEFLATED}:
            raise TurnedError("part_damaged")
        squeezed = member.size > _RATIO_FROM and member.size > MAX_RATIO * member.packed
        if member.size > MAX_PART or squeezed:
            raise TurnedError("bomb")


def _check_layout(archive: Archive) -> None:
    """Turn away members that lie over each other, and files that say of no part what it is."""
    by_place = sorted(archive.members, key=lambda member: member.header)
    for one, next_one in pairwise(by_place):
        if one.start + one.packed > next_one.header:
            raise TurnedError("parts_overlap")
    if key("[Content_Types].xml") not in archive.index:
        raise TurnedError("not_workbook")


def _check_workbook(archive: Archive) -> None:
    if not any(name.startswith("xl/") for name in archive.index):
        raise TurnedError("not_workbook")
    if not any(name.startswith("xl/workbook") for name in archive.index):
        raise TurnedError("workbook_missing")


def _is_squeezed(archive: Archive) -> bool:
    size = sum(member.size for member in archive.members)
    packed = sum(member.packed for member in archive.members)
    return size > _LARGE and size > _MOST_PACKED * packed


def _check_part(archive: Archive, member: Member, look: Look, *, foreign: bool, cells: bool) -> None:
    """Unpack one member to its end, and look at its tags when it is XML."""
    pieces = archive.pieces(member)
    first = next(pieces, b"")
    if not _is_xml(first):
        for _ in pieces:
            pass
        return
    if not (_encoding_is_known(first, foreign=foreign) or key(member.name).startswith("customxml/")):
        raise TurnedError("encoding")
    extent, lengths = Extent(), TextLengths()
    for piece in _whole_tags(_as_utf8(first, pieces)):
        if _holds(piece, b"!", b"<!DOCTYPE"):
            raise TurnedError("entities")
        if not cells:
            continue
        if _holds(piece, b"q", b"uniqueCount") and any(int(n) > member.size for n in _STATED.findall(piece)):
            raise DamageError
        if _holds(piece, b"!", b"<![CDATA[") and extent.concerns(piece) and not foreign:
            raise TurnedError("encoding")
        extent.take(piece)
        lengths.take(piece)
    look.cells += extent.cells
    look.reach = max(look.reach, extent.reach)
    look.irregular |= extent.is_irregular
    look.longest = max(look.longest, lengths.longest)
    look.bulky |= cells and member.size > _LARGE and not (extent.reach or lengths.longest)


def _holds(piece: bytes, letter: bytes, word: bytes) -> bool:
    """Return whether a word stands in a piece; a rare letter of it is looked for first, which is ten times as fast."""
    return letter in piece and word in piece


def _is_xml(start: bytes) -> bool:
    """Return whether a part is XML or may turn out to be, whatever its name says."""
    return start[:2] in _WIDE or start.lstrip(_BEFORE_XML)[:1] in {b"<", b""}


def _encoding_is_known(start: bytes, *, foreign: bool) -> bool:
    """Return whether a part is in an encoding that its reader knows; the fast one knows UTF-8 only."""
    named = _ENCODING.match(start.lstrip(_BEFORE_XML))
    if start[:2] in _WIDE:
        return foreign
    return named is None or named[1].lower() in (_ENCODINGS | _OTHER_ENCODINGS if foreign else _ENCODINGS)


def _as_utf8(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """Return a part's pieces in an encoding whose tags are plain ASCII."""
    wide = _WIDE.get(first[:2])
    if wide is None:
        yield first
        yield from rest
        return
    decoder = codecs.getincrementaldecoder(wide)("replace")
    for piece in chain([first], rest):
        yield decoder.decode(piece).encode("utf-8", "replace")


def _whole_tags(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Return the pieces cut anew so that no tag is split between two."""
    carry = b""
    for piece in pieces:
        joined = carry + piece
        cut = joined.rfind(b"<")
        if cut < 0 or (len(joined) - cut > _LONGEST_TAG and joined.find(b">", cut) >= 0):
            cut = len(joined)
        elif len(joined) - cut > _LONGEST_TAG:
            raise TurnedError("bomb")
        yield joined[:cut]
        carry = joined[cut:]
    yield carry
