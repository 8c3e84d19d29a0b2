"""``python -m cluebook`` is the command ``cluebook``."""

from __future__ import annotations

from cluebook.cli import main

main()
