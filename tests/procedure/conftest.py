"""Lets the scenarios press buttons on offices of their own, as the tests of the commands do."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "entry"))
