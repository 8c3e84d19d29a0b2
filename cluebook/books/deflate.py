"""The fastest deflater at hand: isal, zlib-ng, or the standard library's."""

from __future__ import annotations

import functools
import importlib
from dataclasses import dataclass
from typing import Any, Protocol

RAW = -15
"""Window size that means a bare deflate stream, as zip members hold it."""


class Packer(Protocol):
    """Takes plain bytes in pieces and gives packed ones."""

    def compress(self, data: Any, /) -> bytes:  # noqa: ANN401 - anything with a buffer
        """Return what is ready after these bytes."""

    def flush(self) -> bytes:
        """Return the rest."""


class Unpacker(Protocol):
    """Takes packed bytes in pieces and gives plain ones."""

    eof: bool
    unconsumed_tail: bytes

    def decompress(self, data: Any, max_length: int = ..., /) -> bytes:  # noqa: ANN401 - anything with a buffer
        """Return at most `max_length` plain bytes."""


@dataclass(frozen=True, slots=True)
class Deflater:
    """One library's way to pack, unpack and sum."""

    module: Any
    level: int

    @property
    def error(self) -> type[Exception]:
        """What the library raises on a damaged stream."""
        failure: type[Exception] = self.module.error
        return failure

    def packer(self) -> Packer:
        """Return a fresh packer of raw deflate streams."""
        made: Packer = self.module.compressobj(self.level, self.module.DEFLATED, RAW)
        return made

    def unpacker(self) -> Unpacker:
        """Return a fresh unpacker of raw deflate streams."""
        made: Unpacker = self.module.decompressobj(RAW)
        return made

    def crc32(self, data: Any, start: int = 0) -> int:  # noqa: ANN401 - anything with a buffer
        """Return the checksum of zip files, carried on from `start`."""
        checksum: int = self.module.crc32(data, start)
        return checksum


@functools.cache
def deflater() -> Deflater:
    """Return the fastest deflater that can be imported; the time of a save is mostly this choice."""
    for name, level in (("isal.isal_zlib", 2), ("zlib_ng.zlib_ng", 2)):
        try:
            return Deflater(importlib.import_module(name), level)
        except ImportError:
            continue
    return Deflater(importlib.import_module("zlib"), 1)
