"""What the project says about itself holds: its links, its commands, its pinned versions."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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


def test_every_dependency_has_its_pinned_version() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = declared["project"]
    wanted = [*project["dependencies"], *declared["build-system"]["requires"]]
    wanted += [line for extra in project["optional-dependencies"].values() for line in extra]
    lock = [
        line
        for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines()
        if line[:1] not in {"", "#"}
    ]
    pins = {canonicalize_name(pin.name): next(iter(pin.specifier)) for pin in map(Requirement, lock)}
    assert all(pin.operator == "==" for pin in pins.values())
    loose = [
        line
        for line in wanted
        for need in [Requirement(line)]
        for pin in [pins.get(canonicalize_name(need.name))]
        if pin is None or not need.specifier.contains(pin.version)
    ]
    assert not loose
