"""Zip files written anew: the untouched members as the packed bytes they were."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import BinaryIO

from cluebook.books.deflate import deflater
from cluebook.books.patch.archive import (
    DEFLATED,
    LOCAL,
    UTF8,
    Archive,
    Content,
    DamageError,
    Member,
    Pieces,
    key,
)

_CENTRAL, _END = b"PK\x01\x02", b"PK\x05\x06"
_LIMIT = 0xFFFFFFFF


def rewrite(
    archive: Archive,
    changed: Mapping[str, Content],
    dropped: Iterable[str],
    out: BinaryIO,
    added: Mapping[str, bytes] = MappingProxyType({}),
) -> tuple[int, bytes]:
    """Write the zip with some members replaced, some left out, some added, the others as their packed bytes.

    Args:
        archive: what to start from.
        changed: `key` of a member to what gives its new plain bytes.
        dropped: `key` of each member to leave out.
        out: where to write; it is at its beginning, and can be moved back in.
        added: what to add behind the others: the bytes by their name, which is ASCII.

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
    directory += [_write_new(out, _named(name), [content]) for name, content in added.items()]
    at = out.tell()
    tail = b"".join([*directory, _end(directory, at, archive.comment)])
    out.write(tail)
    return at, tail


def _named(name: str) -> Member:
    """Return a member of that name of which nothing is written yet; it bears the first date that a zip can."""
    return Member(name, 0, 0, DEFLATED, 0, 0, 0, 0, (0, 1 << 5 | 1), (0, 0))


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
    if member.flags & UTF8:
        return member.name.encode(), UTF8
    return member.name.encode("cp437"), 0


def local_header(member: Member) -> bytes:
    """Return what `rewrite` puts before a member's packed bytes."""
    return _local(member, member.method, (member.crc, member.packed, member.size))


def _local(member: Member, method: int, sums: tuple[int, int, int]) -> bytes:
    name, flag = _name(member)
    fixed = struct.pack("<4s5H3L2H", LOCAL, 20, flag, method, *member.stamp, *sums, len(name), 0)
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
