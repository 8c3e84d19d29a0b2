"""The squares of a QR code, out of the picture in a document's running head.

The code is not decoded: its squares are compared with those that the number would have (`rendering.pictures`), which
also holds for a picture that an editor has made smaller or stored anew.
"""

from __future__ import annotations

import struct
import zlib

Squares = tuple[tuple[bool, ...], ...]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_LARGEST = 4_000_000
_FINDER = 7
"""Squares along the side of the mark that stands in three corners of every code."""


def squares_of(picture: bytes) -> Squares:
    """Return the squares of a QR code, dark ones true; nothing where the picture shows none.

    >>> squares_of(b"no picture")
    ()
    """
    try:
        dark = _dark(picture)
    except (ValueError, KeyError, IndexError, struct.error, zlib.error):
        return ()
    rows = [at for at, row in enumerate(dark) if any(row)]
    if not rows:
        return ()
    columns = [at for row in dark for at, square in enumerate(row) if square]
    top, left, size = rows[0], min(columns), rows[-1] + 1 - rows[0]
    if size != max(columns) + 1 - left:
        return ()
    run = next((at for at, square in enumerate(dark[top][left:]) if not square), 0)
    count = round(size * _FINDER / run) if run else 0
    if count % 4 != 1:  # 21, 25, 29 …: the sides a code can have
        return ()
    centres = [int((at + 0.5) * size / count) for at in range(count)]
    return tuple(tuple(dark[top + y][left + x] for x in centres) for y in centres)


def _dark(picture: bytes) -> list[list[bool]]:
    """Return which pixels of a PNG are dark."""
    if not picture.startswith(_SIGNATURE):
        raise ValueError
    chunks = _chunks(picture)
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    if interlaced or not 0 < width * height <= _LARGEST:
        raise ValueError
    channels = _CHANNELS[colour]
    line = (width * depth * channels + 7) // 8
    unpacker = zlib.decompressobj()
    packed = unpacker.decompress(chunks[b"IDAT"], (line + 1) * height)
    light = _light(chunks.get(b"PLTE", b""), depth, colour)
    rows, before = [], bytes(line)
    step = max(1, depth * channels // 8)
    for at in range(height):
        start = at * (line + 1)
        before = _unfiltered(packed[start], packed[start + 1 : start + 1 + line], before, step)
        rows.append([not light[before_value] for before_value in _values(before, width, depth, channels)])
    return rows


def _chunks(picture: bytes) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    at = len(_SIGNATURE)
    while at + 8 <= len(picture):
        (size,), kind = struct.unpack(">I", picture[at : at + 4]), picture[at + 4 : at + 8]
        found[kind] = found.get(kind, b"") + picture[at + 8 : at + 8 + size]
        at += size + 12
    return found


def _light(palette: bytes, depth: int, colour: int) -> list[bool]:
    """Return for each value of a pixel's first channel whether it is light."""
    if colour == 3:
        return [sum(palette[at : at + 3]) > 3 * 127 for at in range(0, len(palette), 3)]
    most = (1 << min(depth, 8)) - 1
    return [value > most / 2 for value in range(most + 1)]


def _unfiltered(kind: int, line: bytes, above: bytes, step: int) -> bytes:
    out = bytearray(line)
    for at in range(len(out)):
        left = out[at - step] if at >= step else 0
        corner = above[at - step] if at >= step else 0
        out[at] = (out[at] + _predicted(kind, left, above[at], corner)) & 0xFF
    return bytes(out)


def _predicted(kind: int, left: int, above: int, corner: int) -> int:
    if kind == 4:
        guess = left + above - corner
        return min((left, above, corner), key=lambda near: abs(guess - near))
    return (0, left, above, (left + above) // 2)[kind]


def _values(line: bytes, width: int, depth: int, channels: int) -> list[int]:
    """Return the first channel of each pixel."""
    if depth < 8:
        count = 8 // depth
        mask = (1 << depth) - 1
        return [line[at // count] >> (8 - depth * (at % count + 1)) & mask for at in range(width)]
    return list(line[:: channels * depth // 8][:width])
