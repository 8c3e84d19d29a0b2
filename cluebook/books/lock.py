"""Locks beside a ledger, one file for each purpose; the files stay, since a deleted one lets a second holder in."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

FOLDER = ".cluebook"
LOOK_AGAIN = 0.01
"""Seconds between two looks whether a lock is free."""


def beside(path: Path, purpose: str) -> Path:
    """Return the file that the program keeps beside a ledger for a purpose."""
    home = path.resolve()
    return home.parent / FOLDER / f"{home.name}.{purpose}"


@contextlib.contextmanager
def held(path: Path, purpose: str, patience: float = 0.0) -> Iterator[bool]:
    """Hold the lock of a ledger for a purpose; give whether it was got.

    Args:
        path: the ledger.
        purpose: what for; locks of different purposes do not touch each other.
        patience: how many seconds to wait for another holder.

    Raises:
        OSError: the lock's folder cannot be written.
    """
    from filelock import FileLock, Timeout

    file = beside(path, purpose)
    file.parent.mkdir(exist_ok=True)
    lock = FileLock(file, timeout=patience)
    try:
        lock.acquire(poll_interval=LOOK_AGAIN)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
