"""Answering "which day is that": working days by the office's calendar."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from cluebook.actions.office import calendar_of_ledger
from cluebook.books.find import NAMES, find
from cluebook.domain.workdays import Calendar, add_workdays, calendar_of, explain, is_provisional
from cluebook.ledger import sheets
from cluebook.seeds.calendar import starting_calendar, starting_years
from cluebook.text import Lang


def told(start: date, days: int, ledger: Path | None, cwd: Path, lang: Lang) -> dict[str, Any]:
    """Return the date `days` working days after `start`, whether it is provisional, and why, in words.

    Args:
        start: the day of the event, which is not counted.
        days: how many working days.
        ledger: whose calendar to use; without it the one in `cwd`, else the built-in calendar.
        cwd: the current folder.
        lang: language of the words when no ledger says one.
    """
    calendar, lang = _calendar(start, ledger, cwd, lang)
    on = add_workdays(start, days, calendar)
    return {
        "date": on.isoformat(),
        "provisional": is_provisional(start, on, calendar),
        "why": explain(start, days, calendar).in_(lang),
    }


def _calendar(start: date, ledger: Path | None, cwd: Path, lang: Lang) -> tuple[Calendar, Lang]:
    if ledger is None and not any((cwd / name).is_file() for name in NAMES):
        years = range(start.year - 1, start.year + 3)
        return calendar_of(starting_calendar(lang, years), starting_years(lang, years)), lang
    book = find(ledger, cwd)
    with book.open():
        held = sheets.read(book)
        return calendar_of_ledger(held), held.lang
