"""Who has a workbook open: the marks that Excel and LibreOffice leave beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

_WIDE_AT = 55
_SMALLEST = _WIDE_AT + 2
_STALE = timedelta(hours=24)
_LONGEST_NAME = 52


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who seems to have the workbook open.

    Attributes:
        name: as they are known on their computer, ``None`` when the mark does not say.
        mark: the file that says so; it is never deleted.
        since: when the mark was made.
    """

    name: str | None
    mark: Path
    since: datetime

    def is_stale(self) -> bool:
        """Return whether the mark is more than a day old, and so likely left by a program that crashed."""
        return datetime.now().astimezone() - self.since > _STALE


def owner(path: Path) -> Owner | None:
    """Return who has a workbook open, ``None`` when nobody seems to."""
    marks = {
        path.with_name(f"~${path.name}"): _excel_name,
        path.with_name(f".~lock.{path.name}#"): _libreoffice_name,
    }
    for mark, name in marks.items():
        try:
            since = datetime.fromtimestamp(mark.stat().st_mtime).astimezone()
        except OSError:
            continue
        return Owner(_read(mark, name), mark, since)
    return None


def _read(mark: Path, name: Callable[[bytes], str]) -> str | None:
    try:
        content = mark.read_bytes()
    except OSError:  # Excel holds its own mark so that nobody else can read it
        return None
    return _printable(name(content))


def _excel_name(content: bytes) -> str:
    """Return the UTF-16 name of Excel's mark; its other copy, in the local code page, loses characters."""
    if len(content) < _SMALLEST:
        return ""
    size = int.from_bytes(content[_WIDE_AT : _WIDE_AT + 2], "little")
    wide = content[_SMALLEST : _SMALLEST + 2 * min(size, _LONGEST_NAME)]
    return wide.decode("utf-16-le", "replace")


def _libreoffice_name(content: bytes) -> str:
    """Return the first field of LibreOffice's mark, or the second, the login, when it is blank."""
    fields: list[str] = [""]
    letters = iter(content.decode("utf-8", "replace"))
    for letter in letters:
        if letter == "\\":
            fields[-1] += next(letters, "")
        elif letter == ";":
            break
        elif letter == ",":
            fields.append("")
        else:
            fields[-1] += letter
    return next((field for field in fields[:2] if field.strip()), "")


def _printable(name: str) -> str | None:
    """Return a name fit for one line of a message, ``None`` when nothing of it is left."""
    kept = "".join(letter for letter in name if letter.isprintable()).strip()
    return kept[:_LONGEST_NAME] or None
