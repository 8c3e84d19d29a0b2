"""Lets the tests of this folder share the clues at every stage, and the cases that stand beside them here."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "actions"), str(Path(__file__).parent)]
