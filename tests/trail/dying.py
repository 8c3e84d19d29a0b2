"""Work that dies at each of its steps, in a process of its own; see `performs.py`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def at_every_step(office, tmp_path, what, how, every):
    """What came of it, a mapping a step; only every so many steps are tried."""
    (tmp_path / "scratch").mkdir()
    program = Path(__file__).with_name("performs.py")
    words = [sys.executable, program, office, tmp_path / "scratch", what, how, str(every)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]
