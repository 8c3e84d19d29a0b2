"""Write the reference, or with ``--check`` name the pages that are stale and exit with 1."""

from __future__ import annotations

import sys
from pathlib import Path

from cluebook.manual import stale, write

FOLDER = Path(__file__).parents[2] / "docs" / "reference"

if sys.argv[1:] == ["--check"]:
    names = stale(FOLDER)
    for name in names:
        sys.stderr.write(
            f"docs/reference/{name} is not what the declarations say: run python -m cluebook.manual\n"
        )
    sys.exit(1 if names else 0)
write(FOLDER)
