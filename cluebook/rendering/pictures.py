"""Pictures: the QR code a document carries in the place of the template's own, and writing a PNG."""

from __future__ import annotations

import functools
import struct
import zlib
from collections.abc import Iterable

PICTURE = "qr"
"""Alternative text of the picture that gives way to the QR code."""
_SCALE, _BORDER = 6, 2
_MASK = 1
"""Any mask can be read; to look for the best one takes longer than all else, and for our numbers it is mostly this."""
_LIGHT = bytes.maketrans(b"\0\1", b"10")
"""Dark modules are 1 in a code, light pixels are 1 in a picture."""


@functools.lru_cache(maxsize=512)
def qr_picture(words: str) -> bytes | None:
    """Return a QR code as the bytes of a .png, or ``None`` for words that no code can hold."""
    import segno

    try:
        code = segno.make(words, error="m", micro=False, mask=_MASK)
    except ValueError:
        return None
    edge = "1" * _BORDER
    blank = "1" * (len(code.matrix) + 2 * _BORDER)
    rows = [blank] * _BORDER + [edge + row.translate(_LIGHT).decode() + edge for row in code.matrix]
    rows += [blank] * _BORDER
    lines = [line for row in rows for line in [_scaled(row)] * _SCALE]
    return png((len(blank) * _SCALE, len(lines)), lines)


def png(size: tuple[int, int], lines: Iterable[bytes], palette: bytes = b"") -> bytes:
    """Return a picture as the bytes of a .png.

    Args:
        size: width and height.
        lines: the pixels row by row, one bit each, white set; with a palette a byte each, the number of a colour.
        palette: the colours, three bytes each.
    """
    depth, kind = (8, 3) if palette else (1, 0)
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", *size, depth, kind, 0, 0, 0))
    colours = _chunk(b"PLTE", palette) if palette else b""
    pixels = zlib.compress(b"".join(b"\0" + line for line in lines), 9)
    return b"\x89PNG\r\n\x1a\n" + head + colours + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _scaled(row: str) -> bytes:
    """Return a row of light and dark as bits, each `_SCALE` times, filled up with light to whole bytes."""
    bits = row.replace("0", "0" * _SCALE).replace("1", "1" * _SCALE)
    bits += "1" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
