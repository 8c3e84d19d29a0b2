"""The picture a document carries: a QR code in the place of the template's own."""

from __future__ import annotations

import functools
import io

PICTURE = "qr"
"""Alternative text of the picture that gives way to the QR code."""


@functools.lru_cache(maxsize=512)
def qr_picture(words: str) -> bytes | None:
    """Return a QR code as the bytes of a .png, or ``None`` for words that no code can hold."""
    import segno

    drawn = io.BytesIO()
    try:
        code = segno.make(words, error="m", micro=False)
    except ValueError:
        return None
    code.save(drawn, kind="png", scale=6, border=2)
    return drawn.getvalue()
