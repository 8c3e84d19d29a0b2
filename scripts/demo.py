"""Set everything up and show cluebook at work: ``python scripts/demo.py [--lang zh|en]``."""

from __future__ import annotations

import sys

import bootstrap

OFFICE = bootstrap.ROOT / "workbooks" / "demo"


def main() -> int:
    """Return the exit code of ``cluebook demo`` on the office under workbooks."""
    python = bootstrap.ready()
    return bootstrap.run(python, "-m", "cluebook", "demo", OFFICE, *sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
