"""Zip packages: members are deflated once and then copied as they are, whatever date they carry."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

_LEVEL = 6
_VERSION, _UTF8, _DEFLATED = 20, 0x800, 8
_UNIX_VERSION = 3 << 8 | _VERSION
_READABLE = 0o600 << 16
_FIRST_YEAR, _LAST_YEAR = 1980, 2107


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a package, ready to be written.

    Attributes:
        name: its path in the package.
        crc: checksum of its content.
        size: length of its content.
        deflated: its content, compressed.
    """

    name: str
    crc: int
    size: int
    deflated: bytes


def packed(name: str, content: bytes) -> Member:
    """Return a member with its content compressed."""
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Member(name, zlib.crc32(content), len(content), deflate.compress(content) + deflate.flush())


def package(members: Iterable[Member], created: datetime) -> bytes:
    """Return a zip package of these members, all dated `created`; equal calls give equal bytes."""
    date, files, directory, at = _dated(created), [], [], 0
    for member in members:
        name = member.name.encode()
        head = struct.pack("<HHH", _VERSION, 0 if name.isascii() else _UTF8, _DEFLATED)
        sizes = struct.pack("<IIIHH", member.crc, len(member.deflated), member.size, len(name), 0)
        common = head + date + sizes
        files += [b"PK\3\4", common, name, member.deflated]
        directory.append(
            struct.pack("<4sH", b"PK\1\2", _UNIX_VERSION)
            + common
            + struct.pack("<HHHII", 0, 0, 0, _READABLE, at)
            + name
        )
        at += 30 + len(name) + len(member.deflated)
    listed = b"".join(directory)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(directory), len(directory), len(listed), at, 0)
    return b"".join([*files, listed, end])


def _dated(moment: datetime) -> bytes:
    """Return a moment as zip stores it: to two seconds, within the years it knows."""
    year = min(max(moment.year, _FIRST_YEAR), _LAST_YEAR) - _FIRST_YEAR
    time = moment.hour << 11 | moment.minute << 5 | moment.second // 2
    return struct.pack("<HH", time, year << 9 | moment.month << 5 | moment.day)
