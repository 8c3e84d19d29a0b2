"""Reading in a process of its own, so that nothing a workbook does to its reader happens to the program.

A reading library may run for ever, take all memory, or end its process. Confined, it can do none of that to the
program: its process has a time limit everywhere, and a limit of memory where the system offers one.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path

READER = "cluebook.books.reading"
"""The module that reads on the other side."""

_PACKAGE = Path(__file__).parents[2]
_MEGABYTE = 1 << 20
_SECONDS, _SECONDS_A_MEGABYTE = 6.0, 6.0
_MEMORY, _MEMORY_A_BYTE, _MOST_MEMORY = 400 * _MEGABYTE, 40, 6 << 30
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # only Windows would open one


class ExhaustionError(Exception):
    """The reader ran out of its time or its memory, or its process died."""


class UnreadableError(Exception):
    """The reader does not make sense of the file."""


def confined(job: str, content: bytes, *words: str) -> list[bytes]:
    """Return the lines that a job of reading answers.

    Args:
        job: which of `reading.JOBS`.
        content: the file; how large it is decides how much time and memory its reading may take.
        words: what else the job has to know.

    Raises:
        UnreadableError: the file is damaged.
        ExhaustionError: its reading came to no end within its limits.
    """
    command = [sys.executable, "-m", READER, job, str(memory_for(len(content))), *words]
    try:
        # In the package's own folder: one of somebody else's might hold modules of its own.
        done = subprocess.run(  # noqa: S603 - this very Python
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_seconds_for(len(content)),
            cwd=_PACKAGE,
            creationflags=_NO_WINDOW,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ExhaustionError from None
    if done.returncode == UNREADABLE:
        raise UnreadableError
    *lines, end = done.stdout.split(b"\n") or [b""]
    if done.returncode or end != END:
        raise ExhaustionError
    return lines


UNREADABLE = 3
"""Exit code of a reader that does not make sense of the file; what kills it has other codes."""

END = b"end"
"""Last word of a reader that came to its end."""


def memory_for(size: int) -> int:
    """Return how many bytes of memory a file of so many bytes deserves.

    >>> memory_for(10_000) < 512 << 20 < memory_for(20 << 20)
    True
    """
    return min(_MEMORY + _MEMORY_A_BYTE * size, _MOST_MEMORY)


def limit_memory(size: int) -> None:
    """Allow this process no more memory than so many bytes, where the system can do that."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = size if hard == resource.RLIM_INFINITY else min(size, hard)
    with contextlib.suppress(ValueError, OSError):  # macOS knows the limit and refuses it
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _seconds_for(size: int) -> float:
    return _SECONDS + _SECONDS_A_MEGABYTE * max(size / _MEGABYTE - 1, 0)
