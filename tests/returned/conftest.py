"""The forms as they go out, for the tests of this folder."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cluebook.text import Lang

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def form() -> Callable[[str, Lang], bytes]:
    from blank_forms import blank_form

    return blank_form
