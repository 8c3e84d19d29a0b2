"""Parts rewritten as a stream: new bytes in the place of old ones, all between them as it was."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cluebook.books.patch.archive import Pieces


class Splice(NamedTuple):
    """New bytes for a stretch of a part's old ones."""

    begin: int
    end: int
    new: bytes


def spliced(pieces: Pieces, splices: Iterable[Splice]) -> Iterator[bytes | memoryview]:
    """Return the pieces of a part with new bytes in the place of old ones.

    >>> b"".join(spliced([b"abc", b"def"], [Splice(1, 1, b"-"), Splice(2, 5, b"+"), Splice(6, 6, b"!")]))
    b'a-b+f!'
    """
    left = deque(splices)
    start = done = 0
    for piece in pieces:
        view, end = memoryview(piece), start + len(piece)
        while left and left[0].begin <= end:
            splice = left.popleft()
            yield view[max(done - start, 0) : splice.begin - start]
            yield splice.new
            done = splice.end
        yield view[max(done - start, 0) :]
        start = end
