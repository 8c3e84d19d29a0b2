"""Putting a new version of the ledger in the place of the old one, so that there is always one whole."""

from __future__ import annotations

import contextlib
import errno
import glob
import io
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from cluebook.books.owners import owner
from cluebook.books.problems import open_elsewhere, problem
from cluebook.errors import BusyError, ChangedError, DiskError, IntegrityError, Place, Problem

BACKUPS = "backups"
KEPT_BACKUPS = 20
_TEMPORARY = "cluebook-tmp"
_STAMP = "????-??-??-??????-??????"
_CHUNK = 1 << 20
_HELD_BY_ANOTHER = frozenset({5, 32, 33})  # access denied, sharing violation, lock violation
_PATIENCE = 2.5
_PAUSE = 0.1
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


Proof = Callable[[BinaryIO], bool]
"""Says of a file that is read anew whether it holds what was written."""

Writer = Callable[[BinaryIO], Proof]
"""Writes a new file and returns its proof."""


def save(path: Path, before: bytes, write: Writer) -> None:
    """Replace a file that held `before` by the one that `write` makes.

    The new file is written beside, forced to the disk and read back; the old one is kept in the
    backups; only then does the new one take its name. Whatever fails, the old file stays.

    Args:
        path: the file; a link is followed.
        before: what it held when it was read.
        write: makes the new one.

    Raises:
        ChangedError: the file no longer holds `before`.
        BusyError: somebody opened it meanwhile.
        DiskError: it cannot be written here.
        IntegrityError: what was written does not read back.
    """
    path = path.resolve()
    with disk_errors(path):
        sweep(path)
        with _proven_beside(path, write) as beside:
            back_up(path, before)
            _refuse_conflict(path, before)
            _replace(beside, path)
        _force_folder(path.parent)


def write_whole(path: Path, content: bytes, *, force: bool = True) -> None:
    """Give a small file of the program new content, all of it or none.

    Args:
        path: the file; it need not be there yet.
        content: what it is to hold.
        force: whether it must survive a power cut.

    Raises:
        DiskError: it cannot be written here.
    """
    with disk_errors(path):
        with _written_beside(path, whole(content)) as (beside, _):
            _replace(beside, path)
        if force:
            _force_folder(path.parent)


def copy_whole(source: Path, target: Path) -> None:
    """Give a file of the program the content of another, all of it or none; it need not survive a power cut.

    Raises:
        DiskError: it cannot be written here.
    """

    def write(out: BinaryIO) -> Proof:
        with source.open("rb") as file:
            shutil.copyfileobj(file, out, _CHUNK)
        return lambda _: True

    with disk_errors(target), _written_beside(target, write) as (beside, _):
        _replace(beside, target)


def whole(content: bytes) -> Writer:
    """Return what writes a content that is at hand."""

    def write(out: BinaryIO) -> Proof:
        out.write(content)
        return partial(_holds, content=content)

    return write


def is_content(path: Path, content: bytes) -> bool:
    """Return whether a file holds a content, without holding it twice in memory; `OSError` as for `open`."""
    with path.open("rb") as file:
        return _holds(file, content)


def same_content(one: Path, other: Path) -> bool:
    """Return whether two files hold the same; `OSError` as for `open`."""
    with one.open("rb") as file, other.open("rb") as beside:
        pairs = zip(_chunks(file), _chunks(beside), strict=False)
        return one.stat().st_size == other.stat().st_size and all(a == b for a, b in pairs)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    return iter(partial(file.read, _CHUNK), b"")


def _holds(file: BinaryIO, content: bytes) -> bool:
    view = memoryview(content)
    steps = range(0, len(content) + 1, _CHUNK)
    return all(file.read(_CHUNK) == view[at : at + _CHUNK] for at in steps) and not file.read(1)


@contextlib.contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Raise what the disk refuses inside as the error of the contract."""
    try:
        yield
    except OSError as error:
        raise DiskError(disk_problem(path, error)) from None


def disk_problem(path: Path, error: OSError) -> Problem:
    """Return what the disk did not allow; the system's own words may hold a path and stay out."""
    return problem("disk_full" if error.errno in _FULL else "disk_refused", Place(file=path.name))


def sweep(path: Path) -> None:
    """Remove what a save that was killed left behind."""
    stem = glob.escape(path.stem)
    patterns = {
        path.parent: f".{glob.escape(path.name)}",
        path.parent / BACKUPS: f".{stem}-{_STAMP}{path.suffix}",
    }
    for folder, pattern in patterns.items():
        for left in folder.glob(f"{pattern}.*.{_TEMPORARY}"):
            left.unlink(missing_ok=True)


def back_up(path: Path, content: bytes) -> Path:
    """Return the dated copy of a file's content, proven; the oldest ones beyond the kept number go.

    Raises:
        IntegrityError: the copy does not read back.
    """
    folder = path.parent / BACKUPS
    folder.mkdir(exist_ok=True)
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S-%f")
    copy = folder / f"{path.stem}-{stamp}{path.suffix}"
    with _proven_beside(copy, whole(content)) as beside:
        _replace(beside, copy)
    _force_folder(folder)
    for old in backups(path)[:-KEPT_BACKUPS]:
        old.unlink(missing_ok=True)
    return copy


def backups(path: Path) -> list[Path]:
    """Return the dated copies of a file, oldest first."""
    return sorted((path.parent / BACKUPS).glob(f"{glob.escape(path.stem)}-{_STAMP}{path.suffix}"))


@contextlib.contextmanager
def _proven_beside(path: Path, write: Writer) -> Iterator[Path]:
    """Hold a new file beside `path` that was read back and proven; it is gone afterwards, or has been moved."""
    with _written_beside(path, write) as (beside, proof):
        with beside.open("rb") as file:
            if not proof(file):
                raise IntegrityError(problem("not_proven", Place(file=path.name)))
        yield beside


@contextlib.contextmanager
def _written_beside(path: Path, write: Writer) -> Iterator[tuple[Path, Proof]]:
    """Hold a new file beside `path` that is safely on the disk; it is gone afterwards, or has been moved."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.{_TEMPORARY}")
    try:
        proof = _write(beside, write)
        if path.exists():
            shutil.copymode(path, beside)
        yield beside, proof
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _write(path: Path, write: Writer) -> Proof:
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o600)
    try:
        with io.BufferedWriter(_Handle(handle), _CHUNK) as out:
            proof = write(out)
        os.fsync(handle)
    finally:
        os.close(handle)
    return proof


class _Handle(io.RawIOBase):
    """An open file of the system as something to write to; whoever opened it closes it."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, at: int, whence: int = os.SEEK_SET, /) -> int:
        return os.lseek(self._handle, at, whence)

    def write(self, data: Any, /) -> int:  # noqa: ANN401 - anything with a buffer
        return os.write(self._handle, memoryview(data)[:_CHUNK])


def _refuse_conflict(path: Path, before: bytes) -> None:
    """Refuse when somebody changed or opened the file since it was read; the last look before the move.

    The mark of an open workbook is looked for last, so that hardly anything fits between it and the move.
    """
    try:
        is_same = is_content(path, before)
    except FileNotFoundError:
        is_same = False
    if not is_same:
        raise ChangedError(problem("ledger_changed", Place(file=path.name)))
    if holder := owner(path):
        raise BusyError(open_elsewhere(path.name, holder))


def _replace(source: Path, target: Path) -> None:
    """Give a file another's name; on Windows another program may hold that one for a moment."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            source.replace(target)
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD_BY_ANOTHER:
                raise
            if time.monotonic() > deadline:
                raise BusyError(open_elsewhere(target.name, None)) from None
            time.sleep(_PAUSE)
        else:
            return


def _force_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut, where the system offers that; it is in place already."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
