"""Zip files read, and written anew with the untouched members as the packed bytes they were."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from cluebook.books.deflate import deflater

STORED, DEFLATED = 0, 8
_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_UTF8, _DESCRIPTOR, _ENCRYPTED = 0x800, 0x8, 0x1
_HEADER = 30
_STEP = 1 << 18
_PIECE = 1 << 20
_LIMIT = 0xFFFFFFFF

Pieces = Iterable[bytes | memoryview]
"""What a member holds, in order; views spare the copy of a large sheet."""

Stretch = Callable[[int, int], bytes | memoryview]
"""Gives the bytes of a file between two places."""

Source = Callable[[], Iterable[bytes]]
"""Gives what a member holds, each time from its beginning."""

Content = Callable[[], Pieces]
"""Gives what a member is to hold."""


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
    if local[:4] != _LOCAL:
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
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8 else "cp437")


def _stamp(entry: zipfile.ZipInfo) -> tuple[int, int]:
    year, month, day, hour, minute, second = entry.date_time
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day


def rewrite(
    archive: Archive, changed: Mapping[str, Content], dropped: Iterable[str], out: BinaryIO
) -> tuple[int, bytes]:
    """Write the zip with some members replaced and some left out, the others as their packed bytes.

    Args:
        archive: what to start from.
        changed: `key` of a member to what gives its new plain bytes.
        dropped: `key` of each member to leave out.
        out: where to write; it is at its beginning, and can be moved back in.

    Returns:
        Where the directory begins, and the bytes from there to the end of the file.
    """
    gone = frozenset(dropped)
    directory: list[bytes] = []
    for member in archive.members:
        name = key(member.name)
        if name in gone:
            continue
        if name in changed:
            directory.append(_write_new(out, member, changed[name]()))
        else:
            directory.append(_write_same(out, member, archive))
    at = out.tell()
    tail = b"".join([*directory, _end(directory, at, archive.comment)])
    out.write(tail)
    return at, tail


def _write_same(out: BinaryIO, member: Member, archive: Archive) -> bytes:
    at = out.tell()
    sums = (member.crc, member.packed, member.size)
    out.write(local_header(member))
    out.writelines(archive.packed(member))
    return _central(member, member.method, sums, at)


def _write_new(out: BinaryIO, member: Member, plain: Pieces) -> bytes:
    at = out.tell()
    out.write(_local(member, DEFLATED, (0, 0, 0)))
    begin, crc, size = out.tell(), 0, 0
    packer, crc32 = deflater().packer(), deflater().crc32
    for piece in plain:
        crc = crc32(piece, crc)
        size += len(piece)
        out.write(packer.compress(piece))
    out.write(packer.flush())
    end = out.tell()
    sums = (crc, end - begin, size)
    out.seek(at)
    out.write(_local(member, DEFLATED, sums))
    out.seek(end)
    return _central(member, DEFLATED, sums, at)


def _name(member: Member) -> tuple[bytes, int]:
    """Return the name as bytes and the flag that says how it is encoded."""
    if member.flags & _UTF8:
        return member.name.encode(), _UTF8
    return member.name.encode("cp437"), 0


def local_header(member: Member) -> bytes:
    """Return what `rewrite` puts before a member's packed bytes."""
    return _local(member, member.method, (member.crc, member.packed, member.size))


def _local(member: Member, method: int, sums: tuple[int, int, int]) -> bytes:
    name, flag = _name(member)
    fixed = struct.pack("<4s5H3L2H", _LOCAL, 20, flag, method, *member.stamp, *sums, len(name), 0)
    return fixed + name


def _central(member: Member, method: int, sums: tuple[int, int, int], at: int) -> bytes:
    name, flag = _name(member)
    if max(*sums, at) >= _LIMIT:
        raise DamageError
    internal, external = member.attributes
    versions = (20, 20)
    head = struct.pack("<4s6H3L5H2L", _CENTRAL, *versions, flag, method, *member.stamp, *sums,
                       len(name), 0, 0, 0, internal, external, at)  # fmt: skip
    return head + name


def _end(directory: Sequence[bytes], at: int, comment: bytes) -> bytes:
    counts = (0, 0, len(directory), len(directory))
    return struct.pack("<4s4H2LH", _END, *counts, sum(map(len, directory)), at, len(comment)) + comment
