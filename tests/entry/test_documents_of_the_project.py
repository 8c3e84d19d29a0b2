"""What the project says about itself leads somewhere, and names the commands that CI runs."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)|src=\"([^\"]+)\"")


def test_every_link_between_the_pages_leads_somewhere() -> None:
    broken = [
        f"{page.name}: {target}"
        for page in PAGES
        for target in ("".join(link) for link in _LINK.findall(page.read_text("utf-8")))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert not broken


def test_ci_runs_the_test_command_of_the_readme() -> None:
    command = "python scripts/test.py"
    assert all(
        command in (ROOT / name).read_text("utf-8").splitlines() for name in ("README.md", "README.zh-CN.md")
    )
    assert (ROOT / ".ci" / "run").read_text("utf-8").splitlines()[-1] == command.replace("python", "python3")
