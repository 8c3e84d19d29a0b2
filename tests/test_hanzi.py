"""Traditional characters become simplified ones."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cluebook.hanzi import simplify


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("舉報產品質量問題", "举报产品质量问题"),
        ("冒煙、觸電", "冒烟、触电"),
        ("已是简体", "已是简体"),
        ("", ""),
    ],
)
def test_traditional_text_becomes_simplified(traditional: str, simplified: str) -> None:
    assert simplify(traditional) == simplified


def test_text_in_ascii_comes_back_as_it_is() -> None:
    assert simplify("Recall of lot 2291, 50%") == "Recall of lot 2291, 50%"


def test_importing_it_does_not_load_the_dictionaries() -> None:
    code = "import sys, cluebook.hanzi; cluebook.hanzi.simplify('plain'); sys.exit('opencc' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
