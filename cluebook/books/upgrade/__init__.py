"""Ledgers of earlier versions brought to what a new one has, part by part, with all that people put into them."""

from __future__ import annotations

from cluebook.books.upgrade.renewal import Renewal, renewed
from cluebook.books.upgrade.survey import Survey, surveyed

__all__ = ["Renewal", "Survey", "renewed", "surveyed"]
