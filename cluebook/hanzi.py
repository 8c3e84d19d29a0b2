"""Traditional Chinese characters to simplified ones; the only user of the conversion library."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def simplify(text: str) -> str:
    """Return a text with its traditional characters made simplified; all else stays as it is.

    >>> simplify("舉報：產品冒煙"), simplify("Recall 2026")
    ('举报：产品冒烟', 'Recall 2026')
    """
    return text if text.isascii() else _converter()(text)


@functools.cache
def _converter() -> Callable[[str], str]:
    """Return the conversion; loading its dictionaries takes a moment, so only when first needed."""
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert
