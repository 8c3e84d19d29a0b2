"""Copies of a ledger that a program for synchronised folders leaves beside it when two people saved at once."""

from __future__ import annotations

import re
from pathlib import Path

_ADDED = re.compile(
    r".*(?:(?i:conflict)|冲突|衝突).*"  # Dropbox, Nextcloud, Syncthing, Seafile, Nutstore
    r"| ?\(\d{1,3}\)"  # Google Drive
    r"| \d{1,2}"  # iCloud
    r"|-(?=[0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{0,14}(?:-\d{1,3})?"  # OneDrive: the name of the other computer
)


def conflict_copies(ledger: Path) -> list[Path]:
    """Return the files beside a ledger whose names say that they are conflict copies of it."""
    beside = ledger.resolve().parent.glob(f"*{ledger.suffix}")
    return sorted(path for path in beside if _is_copy(path.stem, ledger.resolve().stem))


def _is_copy(name: str, of: str) -> bool:
    """Return whether a name is another's with what a synchronising program adds.

    >>> [_is_copy(name, "ledger") for name in ("ledger-LI-PC", "ledger (1)", "ledger-2025", "ledger")]
    [True, True, False, False]
    """
    return name.startswith(of) and bool(_ADDED.fullmatch(name[len(of) :]))
