"""Zip files as they stand: their members, and what those hold."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from cluebook.books.deflate import deflater

STORED, DEFLATED = 0, 8
LOCAL = b"PK\x03\x04"
UTF8, _ENCRYPTED = 0x800, 0x1
_HEADER = 30
_STEP = 1 << 18
_PIECE = 1 << 20

Pieces = Iterable[bytes | memoryview]
"""What a member holds, in order; views spare the copy of a large sheet."""

Stretch = Callable[[int, int], bytes | memoryview]
"""Gives the bytes of a file between two places."""

Source = Callable[[], Iterable[bytes]]
"""Gives what a member holds, each time from its beginning."""

Content = Callable[[], Pieces]
"""Gives what a member is to hold."""


def at_once(content: bytes) -> Callable[[], list[bytes]]:
    """Return what gives content that is at hand as one piece, each time it is asked."""
    return lambda: [content]


class DamageError(Exception):
    """A zip file does not hold what its directory says."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside a zip: where its packed bytes lie and what they should unpack to."""

    name: str
    start: int
    header: int
    method: int
    flags: int
    crc: int
    packed: int
    size: int
    stamp: tuple[int, int]
    attributes: tuple[int, int]

    @property
    def encrypted(self) -> bool:
        """Whether the zip says this member needs a password."""
        return bool(self.flags & _ENCRYPTED)


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip file; members are found by name without regard to case, as Excel does.

    Attributes:
        stretch: gives its bytes.
        members: what it holds, in the order of its directory.
        comment: what stands at its end.
        index: `key` of each member's name to the member.
    """

    stretch: Stretch
    members: tuple[Member, ...]
    comment: bytes
    index: Mapping[str, Member]

    def find(self, name: str) -> Member | None:
        """Return a member by its part name, with or without the leading slash."""
        return self.index.get(key(name))

    def read(self, name: str) -> bytes:
        """Return the whole of one member.

        Raises:
            DamageError: it is missing, or does not unpack to what the directory says.
        """
        return b"".join(self.source(name)())

    def source(self, name: str) -> Source:
        """Return what gives one member piece by piece; `DamageError` when it is missing."""
        member = self.find(name)
        if member is None:
            raise DamageError
        return lambda: self.pieces(member)

    def pieces(self, member: Member) -> Iterator[bytes]:
        """Return a member piece by piece, never more than its stated size in all.

        Raises:
            DamageError: it does not unpack, or not to the stated size and checksum.
        """
        total = crc = 0
        for piece in self._unpacked(member):
            total += len(piece)
            if total > member.size:
                raise DamageError
            crc = deflater().crc32(piece, crc)
            yield piece
        if total != member.size or crc != member.crc:
            raise DamageError

    def packed(self, member: Member, step: int = _STEP) -> Iterator[bytes | memoryview]:
        """Return a member's packed bytes, so many at a time."""
        end = member.start + member.packed
        for at in range(member.start, end, step):
            yield self.stretch(at, min(at + step, end))

    def _unpacked(self, member: Member) -> Iterator[bytes]:
        if member.method == STORED:
            yield from map(bytes, self.packed(member, _PIECE))
            return
        unpacker = deflater().unpacker()
        try:
            for piece in self.packed(member):
                left = piece
                while left and not unpacker.eof:
                    yield unpacker.decompress(left, _PIECE)
                    left = unpacker.unconsumed_tail
            while not unpacker.eof and (rest := unpacker.decompress(b"", _PIECE)):
                yield rest
        except deflater().error:
            raise DamageError from None


def key(name: str) -> str:
    """Return a member name as Excel compares it."""
    return name.replace("\\", "/").lstrip("/").lower()


def read_archive(content: bytes) -> Archive:
    """Return the directory of a zip file in memory.

    Raises:
        DamageError: it is not a zip file, or its directory and its members do not agree.
    """
    view = memoryview(content)
    return _archive(io.BytesIO(content), len(content), lambda begin, end: view[begin:end])


def open_archive(file: BinaryIO) -> Archive:
    """Return the directory of a zip file on the disk, which is read as far as it is asked for.

    Raises:
        DamageError: as `read_archive`.
    """

    def stretch(begin: int, end: int) -> bytes:
        file.seek(begin)
        return file.read(end - begin)

    return _archive(file, file.seek(0, io.SEEK_END), stretch)


def _archive(file: BinaryIO, size: int, stretch: Stretch) -> Archive:
    try:
        with zipfile.ZipFile(file) as opened:
            members = tuple(_member(stretch, size, entry) for entry in opened.infolist())
            return Archive(stretch, members, opened.comment, {key(m.name): m for m in members})
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OSError, EOFError):
        raise DamageError from None


def _member(stretch: Stretch, size: int, entry: zipfile.ZipInfo) -> Member:
    at = entry.header_offset
    if at < 0:
        raise DamageError
    local = bytes(stretch(at, at + _HEADER))
    if local[:4] != LOCAL:
        raise DamageError
    name_size, extra_size = struct.unpack("<2H", local[26:30])
    start = at + _HEADER + name_size + extra_size
    if start + entry.compress_size > size:
        raise DamageError
    if bytes(stretch(at + _HEADER, at + _HEADER + name_size)) != _encoded(entry):
        raise DamageError
    return Member(
        name=entry.orig_filename,
        start=start,
        header=at,
        method=entry.compress_type,
        flags=entry.flag_bits,
        crc=entry.CRC,
        packed=entry.compress_size,
        size=entry.file_size,
        stamp=_stamp(entry),
        attributes=(entry.internal_attr, entry.external_attr),
    )


def _encoded(entry: zipfile.ZipInfo) -> bytes:
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & UTF8 else "cp437")


def _stamp(entry: zipfile.ZipInfo) -> tuple[int, int]:
    year, month, day, hour, minute, second = entry.date_time
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day
