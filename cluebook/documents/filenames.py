"""File names of documents."""

from __future__ import annotations

import re
import unicodedata

_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?")


def safe_name(name: str, longest: int = 75) -> str:
    r"""Return a file name that every system takes: letters, digits, ``-_.()`` and single spaces.

    >>> safe_name("XS/2026:1 流转单")
    'XS_2026_1 流转单'
    >>> safe_name("..\\nul")
    'nul_'
    """
    kept = [
        ch if unicodedata.category(ch)[0] in "LN" or ch in "-_.() 〔〕" else "_"
        for ch in unicodedata.normalize("NFC", name)
    ]
    plain = re.sub(r"\s+", " ", "".join(kept))[:longest].strip(" ._")
    return f"{plain}_" if not plain or _RESERVED.fullmatch(plain) else plain
