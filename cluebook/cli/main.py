"""The entry point of the command line."""

from __future__ import annotations

import sys

import click

from cluebook.cli import acting, excel, housekeeping, paperwork, reminding, watching
from cluebook.cli.group import LANG, cli
from cluebook.cli.output import empty_json, print_json, problem_as_json
from cluebook.errors import Place, Problem
from cluebook.text import Text, same

__all__ = ["acting", "cli", "excel", "housekeeping", "main", "paperwork", "reminding", "watching"]


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # Without a console, as in a task of Windows, there is no stream at all.
        if stream and not stream.isatty() and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = cli.main(standalone_mode=False)
    except click.Abort:
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        if "--json" in sys.argv:
            fix = Text("用 --help 查看用法。", "See --help.")
            misused = problem_as_json(Problem("usage", Place(), same(error.format_message()), fix), LANG)
            print_json({**empty_json(), "problems": [misused]})
        sys.exit(error.exit_code)
    sys.exit(code)
