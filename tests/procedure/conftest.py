"""Lets the scenarios press buttons on offices of their own, as the tests of the commands and of the actions do."""

import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / "entry"), str(TESTS / "actions"), str(TESTS / "procedure")]
