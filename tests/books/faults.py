"""Making the nth step that a program takes on the disk fail, or be its last."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from typing import Any

STEPS = ("open", "write", "fsync", "close", "replace", "mkdir", "chmod", "unlink")
FAULTS = {"full": errno.ENOSPC, "denied": errno.EACCES}


def failing(real: Callable[..., Any], count: list[int], step: int, how: str) -> Callable[..., Any]:
    def call(*args: Any, **options: Any) -> Any:
        count[0] += 1
        if how == "kill" and count[0] == step:
            os.kill(os.getpid(), signal.SIGKILL)
        if how in FAULTS and count[0] >= step and real.__name__ not in {"close", "unlink"}:
            raise OSError(FAULTS[how], "made to fail")
        return real(*args, **options)

    return call
