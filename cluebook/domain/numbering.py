"""Numbers: made from a pattern, each given once, never again (procedure Z7)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cluebook.domain.clue import Nature
from cluebook.text import Text

NATURE_CODES = {
    Nature.BUSINESS: Text("YW", "BU"),
    Nature.COMPLIANCE: Text("HG", "CO"),
    Nature.OTHER: Text("QT", "OT"),
}

_SEQ = re.compile(r"\{seq(?::0?(\d))?\}")


@dataclass(frozen=True, slots=True)
class Series:
    """One run of numbers: everything of the pattern but the sequence number is settled."""

    prefix: str
    suffix: str
    width: int

    def number(self, seq: int) -> str:
        """Return the number with this sequence number.

        >>> Series("XS-2026-YW-", "", 4).number(7)
        'XS-2026-YW-0007'
        """
        return f"{self.prefix}{seq:0{self.width}}{self.suffix}"

    def seq(self, number: str | None) -> int:
        """Return the sequence number of a number of this series, 0 when it is not of the series."""
        text = number or ""
        if not (text.startswith(self.prefix) and text.endswith(self.suffix)):
            return 0
        digits = text[len(self.prefix) : len(text) - len(self.suffix)]
        return int(digits) if digits.isascii() and digits.isdigit() else 0

    @property
    def name(self) -> str:
        """What the series is called on the numbers sheet."""
        return f"{self.prefix}#{self.suffix}"


def series_of(pattern: str, *, year: int, nature: str = "") -> Series:
    """Return the series that a pattern makes for one year and nature code.

    Raises:
        ValueError: the pattern does not hold ``{seq}`` once, or holds another name.

    >>> series_of("XS-{year}-{nature}-{seq:04}", year=2026, nature="YW").number(1)
    'XS-2026-YW-0001'
    """
    parts = _SEQ.split(pattern)
    if len(parts) != 3:
        raise ValueError(pattern)
    prefix, suffix = (
        p.replace("{year}", str(year)).replace("{nature}", nature) for p in (parts[0], parts[2])
    )
    if re.search(r"[{}]", prefix + suffix):
        raise ValueError(pattern)
    return Series(prefix, suffix, int(parts[1] or 1))


def next_seq(series: Series, taken: Iterable[str | None], last: int = 0) -> int:
    """Return the next free sequence number, after every number seen anywhere and the counter kept.

    >>> next_seq(Series("XS-", "", 2), ["XS-03", "YY-09", None], last=1)
    4
    """
    return max(last, *(series.seq(number) for number in taken), 0) + 1
