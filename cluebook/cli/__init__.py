"""The command line: every action of the registry is a command, and a few commands beside them."""

from __future__ import annotations

from cluebook.cli.main import cli, main

__all__ = ["cli", "main"]
