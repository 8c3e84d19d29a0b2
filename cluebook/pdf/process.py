"""Running a converting program that may hang or die, and whatever it starts in turn."""

from __future__ import annotations

import contextlib
import enum
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

LIMIT = 60.0
"""Seconds in which the next PDF has to be there."""
_GLANCE = 0.1


class Ended(enum.Enum):
    """How a converting program ended."""

    NORMALLY = "unreadable"
    BADLY = "broken_off"
    LATE = "late"


def run(command: Sequence[str], awaited: Sequence[Path], environment: Mapping[str, str]) -> Ended:
    """Run a program that makes files one after the other, and end it when none comes for too long."""
    process = subprocess.Popen(  # noqa: S603 - the program of this machine, on files of our own
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=dict(environment),
        start_new_session=os.name == "posix",
    )
    try:
        return _ended(process, awaited)
    finally:
        if process.poll() is None:
            end(process.pid)
            process.wait()


def _ended(process: subprocess.Popen[bytes], awaited: Sequence[Path]) -> Ended:
    """Wait for the end of a program, as long as files keep coming."""
    seen, last = 0, time.monotonic()
    while time.monotonic() - last <= LIMIT:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return Ended.BADLY if process.wait(_GLANCE) else Ended.NORMALLY
        there = sum(path.exists() for path in awaited)
        if there > seen:
            seen, last = there, time.monotonic()
    return Ended.LATE


def end(pid: int) -> None:
    """End a process with all that it started."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
    else:
        command = ["taskkill", "/PID", str(pid), "/T", "/F"]
        subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - a process we started


def is_whole(pdf: Path) -> bool:
    """Return whether a PDF is there to its end."""
    try:
        content = pdf.read_bytes()
    except OSError:
        return False
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-1024:]
