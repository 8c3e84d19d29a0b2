"""Reading in a process of its own, so that nothing a workbook does to its reader happens to the program.

A reading library may run for ever, take all memory, or end its process. Confined, it can do none of that to the
program: where the system offers it, its process has limits of work and of memory, and everywhere one of time.
"""

from __future__ import annotations

import contextlib
import importlib.util
import subprocess
import sys
from pathlib import Path

READER = "cluebook.books.reading"
"""The module that reads on the other side."""

_HAS_LIMITS = importlib.util.find_spec("resource") is not None  # on Windows there is none
_PACKAGE = Path(__file__).parents[2]
_MEGABYTE = 1 << 20
_SECONDS, _SECONDS_A_MEGABYTE = 6, 6
_PATIENCE = 5 if _HAS_LIMITS else 2
"""How many times as long its work may take where others work, too."""

_MEMORY, _MEMORY_A_BYTE, _MOST_MEMORY = 400 * _MEGABYTE, 40, 6 << 30
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # only Windows would open one


class ExhaustionError(Exception):
    """The reader ran out of its time or its memory, or its process died."""


class UnreadableError(Exception):
    """The reader does not make sense of the file."""


def confined(job: str, content: bytes, allowance: int, *words: str) -> list[bytes]:
    """Return the lines that a job of reading answers.

    Args:
        job: which of `reading.JOBS`.
        content: the file.
        allowance: how many bytes of it count for how much time and memory its reading may take.
        words: what else the job has to know.

    Raises:
        UnreadableError: the file is damaged.
        ExhaustionError: its reading came to no end within its limits.
    """
    seconds, memory = seconds_for(allowance), memory_for(allowance)
    command = [sys.executable, "-m", READER, job, str(seconds), str(memory), *words]
    try:
        # In the package's own folder: one of somebody else's might hold modules of its own.
        done = subprocess.run(  # noqa: S603 - this very Python
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds * _PATIENCE,
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


def seconds_for(size: int) -> int:
    """Return how many seconds of work a file of so many bytes deserves.

    >>> seconds_for(10_000), seconds_for(27 << 20)
    (6, 162)
    """
    return _SECONDS + _SECONDS_A_MEGABYTE * max(size // _MEGABYTE - 1, 0)


def limit(seconds: int, memory: int) -> None:
    """Allow this process no more work and memory, where the system can do that."""
    if not _HAS_LIMITS:
        return
    import resource

    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(ValueError, OSError):  # macOS knows the limit of memory and refuses it
            resource.setrlimit(what, (least, hard))
