"""The shape of the package: imports point down, each outside library has its place, nothing grows too long."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "cluebook"
LAYERS = (
    ("cluebook", "text"),
    ("errors", "language"),
    ("hanzi",),
    ("domain",),
    ("ledger", "seeds"),
    ("documents",),
    ("forms",),
    ("actions",),
    ("ribbon",),
    ("books", "rendering", "config", "journal", "libreoffice", "trust"),
    ("casefiles", "keeping", "filing", "returned", "pdf"),
    ("drafts", "perform", "verification", "working", "connection", "joining"),
    ("waiting", "asking", "installing", "mail", "telling"),
    ("watch",),
    ("founding",),
    ("demo", "manual", "doctor", "upgrading"),
    ("press",),
    ("cli",),
    ("__main__",),
)
"""The parts of the package from the bottom up; those on one line are strangers to each other."""
LEVELS = {part: level for level, parts in enumerate(LAYERS) for part in parts}
HOMES = {
    "chinese_calendar": {"seeds"},
    "click": {"cli"},
    "defusedxml": {"books"},
    "docx": {"rendering"},
    "docxtpl": {"rendering"},
    "filelock": {"books"},
    "holidays": {"seeds"},
    "isal": {"books"},
    "jinja2": {"rendering"},
    "lxml": {"books", "returned"},
    "opencc": {"hanzi"},
    "openpyxl": {"books"},
    "pyopenvba": {"books"},
    "python_calamine": {"books"},
    "rich": {"cli"},
    "schedule": {"watch"},
    "segno": {"rendering"},
    "win32com": {"pdf"},
    "win32process": {"pdf"},
    "xlsxwriter": {"books"},
    "xlwings": {"books", "libreoffice"},
    "zlib_ng": {"books"},
}
"""The parts of the package that may import an outside library."""
HEAVY = {
    "docxtpl",
    "jinja2",
    "lxml",
    "opencc",
    "openpyxl",
    "python_calamine",
    "rich",
    "xlsxwriter",
    "xlwings",
}
LONGEST_MODULE = 300
LONGEST_FUNCTION = 30
LONG_MODULES = {"domain/clue.py"}
LONG_FUNCTIONS = {
    "books/dropdowns.py:_checked",
    "domain/guards/analysis.py:_by_methods",
    "domain/guards/analysis.py:_in_depth",
}
"""Tables of declarations, which are read as one list; what is shortened again leaves these sets."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def part_of(module: Path) -> str:
    """The part of the package a module belongs to: a module at the top, or a folder."""
    inside = module.relative_to(PACKAGE)
    return "cluebook" if inside == Path("__init__.py") else inside.parts[0].removesuffix(".py")


def imported(module: Path) -> Iterator[tuple[int, str]]:
    """Every module that a module imports anywhere in it, with the line."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: a relative import hides which layer it reaches"
            if node.module == "cluebook":
                yield from ((node.lineno, f"cluebook.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, node.module or ""


def named(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_imports_point_down() -> None:
    upward = []
    for module in MODULES:
        here = part_of(module)
        for line, name in imported(module):
            top, _, inside = name.partition(".")
            part = inside.split(".")[0]
            there = part if part in LEVELS else "cluebook"  # else a name of the package itself
            if top == "cluebook" and there != here and LEVELS[there] >= LEVELS[here]:
                upward.append(f"{named(module)}:{line} imports {name}")
    assert not upward


def test_each_outside_library_is_imported_only_in_its_place() -> None:
    strangers = [
        f"{named(module)}:{line} imports {name}"
        for module in MODULES
        for line, name in imported(module)
        if (top := name.split(".")[0]) not in sys.stdlib_module_names | {"cluebook"}
        and part_of(module) not in HOMES.get(top, ())
    ]
    assert not strangers


def test_every_part_of_the_package_has_its_layer() -> None:
    assert {part_of(module) for module in MODULES} <= LEVELS.keys()


def test_no_module_is_too_long() -> None:
    long = {named(m) for m in MODULES if len(m.read_text("utf-8").splitlines()) > LONGEST_MODULE}
    assert long == LONG_MODULES


def test_no_function_is_too_long() -> None:
    long = {
        f"{named(module)}:{node.name}"
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and code_lines(node) > LONGEST_FUNCTION
    }
    assert long == LONG_FUNCTIONS


def code_lines(function: ast.FunctionDef) -> int:
    """The lines of a function after its signature and docstring, which never make it hard to follow."""
    body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def test_help_loads_no_heavy_library() -> None:
    asked = "import sys; from cluebook.cli import cli; cli(['--help'], standalone_mode=False); print('LOADED', *sys.modules)"
    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    loaded = set(answer.stdout.rpartition("LOADED")[2].split())
    assert "cluebook.cli.main" in loaded
    assert not HEAVY & loaded
