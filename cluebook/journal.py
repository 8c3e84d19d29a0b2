"""The program's log: what was done and when, in numbers only; never a word of a clue."""

from __future__ import annotations

import traceback
from datetime import datetime
from pathlib import Path

FILE = "cluebook.log"


def note(folder: Path, at: datetime, action: str, **counts: int) -> None:
    """Add one line to the log; a folder that cannot be written does not stop the work."""
    figures = " ".join(f"{name}={count}" for name, count in counts.items())
    _append(folder, f"{at:%Y-%m-%d %H:%M:%S} {action} {figures}")


def keep_trace(folder: Path, at: datetime, error: BaseException) -> Path:
    """Add where an error arose and its kind, without its message, which might quote a cell."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"  {frame.name} ({Path(frame.filename).name}:{frame.lineno})" for frame in frames]
    _append(folder, "\n".join([f"{at:%Y-%m-%d %H:%M:%S} {type(error).__name__}", *lines]))
    return folder / FILE


def _append(folder: Path, text: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / FILE).open("a", encoding="utf-8") as log:
            log.write(text + "\n")
    except OSError:
        pass
