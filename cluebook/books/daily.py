"""The day's copy of a ledger, beside the copies that each change leaves behind and kept much longer."""

from __future__ import annotations

import glob
from datetime import date
from pathlib import Path

from cluebook.books.saving import disk_errors, write_whole

KEPT_DAYS = 60
"""So many days' copies are kept: three months of working days."""
_DATE = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"


def keep_daily(path: Path, folder: Path, day: date) -> Path | None:
    """Return the copy of a file kept for a day, ``None`` when the last one is the same; the oldest ones go.

    Raises:
        DiskError: the folder cannot be written.
    """
    with disk_errors(path):
        folder.mkdir(parents=True, exist_ok=True)
        content = path.read_bytes()
        held = daily_copies(path, folder)
        if held and held[-1].read_bytes() == content:
            return None
    copy = folder / f"{path.stem}-{day}{path.suffix}"
    write_whole(copy, content)
    with disk_errors(path):
        for old in daily_copies(path, folder)[:-KEPT_DAYS]:
            old.unlink(missing_ok=True)
    return copy


def daily_copies(path: Path, folder: Path) -> list[Path]:
    """Return the day's copies of a file, oldest first."""
    return sorted(folder.glob(f"{glob.escape(path.stem)}-{_DATE}{path.suffix}"))
