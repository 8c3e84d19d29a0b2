"""The number formats of a book: each is asked of the office once, for it never changes what its number stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cluebook.libreoffice.bridge import refusal, struct
from cluebook.text import Text

BAD_FORMAT = Text("LibreOffice 不认识这种数字格式。", "LibreOffice does not know this number format.")
BAD_FORMAT_FIX = Text("请检查数字格式代码。", "Check the code of the number format.")


@dataclass(frozen=True, slots=True)
class Format:
    """A number format: what it is for, as the office counts it, and its code."""

    kind: int
    code: str


class Formats:
    """The number formats of one book."""

    def __init__(self, document: Any) -> None:  # noqa: ANN401 - the office's own document
        """Keep the document; its formats are asked for when the first is needed."""
        self._document = document
        self._held: Any = None
        self._known: dict[int, Format] = {}
        self._keys: dict[str, int] = {}

    def __getitem__(self, key: int) -> Format:
        """Return the number format behind the office's number for it."""
        if key not in self._known:
            held = self._all().getByKey(key)
            self._known[key] = Format(int(held.Type), str(held.FormatString))
        return self._known[key]

    def key(self, code: str) -> int:
        """Return the office's number for a number format.

        Raises:
            RefusedError: it knows no such format.
        """
        if code not in self._keys:
            self._keys[code] = self._key(code)
        return self._keys[code]

    def _all(self) -> Any:  # noqa: ANN401 - the office's own formats
        if self._held is None:
            self._held = self._document.NumberFormats
        return self._held

    def _key(self, code: str) -> int:
        english = struct("com.sun.star.lang.Locale", Language="en", Country="US")
        key = self._all().queryKey(code, english, False)
        if key != -1:
            return int(key)
        try:
            return int(self._all().addNew(code, english))
        except Exception as error:
            if "MalformedNumberFormat" not in type(error).__name__:
                raise
            raise refusal("bad_number_format", BAD_FORMAT, BAD_FORMAT_FIX) from None
