"""Clue handling inside the office's own Excel ledger."""

__version__ = "0.1.0"
