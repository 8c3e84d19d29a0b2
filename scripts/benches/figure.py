"""One measured case, and running what is measured in a process of its own."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

Run = tuple[float, float]
"""Seconds and peak memory in MB of one round."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured case: seconds are the median of its rounds; the ratio is the engine's time by cluebook's."""

    case: str
    engine: str
    seconds: float
    peak_mb: float
    ratio: float


def figure_of(case: str, engine: str, runs: Sequence[Run], ours: float) -> Figure:
    """Return the figure of several rounds of one engine beside cluebook's own seconds."""
    seconds = statistics.median(run[0] for run in runs)
    peak = max(run[1] for run in runs)
    return Figure(case, engine, round(seconds, 4), round(peak, 1), round(seconds / ours, 3))


def run(arguments: Sequence[str], allowed: Sequence[int] = (0,)) -> tuple[float, float, str]:
    """Run Python and return its seconds, its peak memory in MB (0 where the system does not tell), and what it printed.

    A process of its own, because a child's peak memory is never told as less than that of the parent it forked from.
    """
    begun = time.perf_counter()
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True) as process:
        printed = process.stdout.read() if process.stdout else ""
        peak = 0.0
        if hasattr(os, "wait4"):
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            peak = usage.ru_maxrss / 1024
        process.wait()
    if process.returncode not in allowed:
        sys.exit(f"a run failed with exit code {process.returncode}")
    return time.perf_counter() - begun, peak, printed
