"""The office's own facts, as the sheets state them, in the form the rules want."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime, time
from typing import TypeVar

from cluebook.domain.addresses import address_in
from cluebook.domain.calendar_checks import calendar_problems, year_problems
from cluebook.domain.checks import Facts, facts_of
from cluebook.domain.deadlines import Clocks, clocks_of
from cluebook.domain.fields import YesNo
from cluebook.domain.numbering import Series, series_of
from cluebook.domain.office import CalendarYear, Category, Channel, DayOff, Department, Limit, Person, Setting
from cluebook.domain.roles import Staff, staff_of
from cluebook.domain.settings import Settings
from cluebook.domain.workdays import Calendar, calendar_of
from cluebook.errors import ConfigError, Problem
from cluebook.ledger.ledger import Ledger, Row
from cluebook.text import Text

T = TypeVar("T")

_ADDRESS = Text("邮箱{fault}，收不到提醒。", "The address {fault}; no reminder can be sent.")
_ADDRESS_FIX = Text(
    "请填一个普通邮箱地址，如 wang@example.com。", "Write one plain address, like wang@example.com."
)
_NO_ADDRESS = Text("没有邮箱，收不到提醒。", "There is no address; no reminder can be sent.")


@functools.lru_cache(maxsize=2)
def facts_of_ledger(ledger: Ledger, now: datetime) -> Facts:
    """Return what rows are checked against.

    Raises:
        ConfigError: the shortest description is no number.
    """
    return facts_of(
        now,
        setting_of(ledger, "least_description", lambda s: s.shortest_description),
        ledger.records(Department),
        ledger.records(Person),
        ledger.records(Channel),
        ledger.records(Category),
    )


@functools.lru_cache(maxsize=2)
def staff_of_ledger(ledger: Ledger) -> Staff:
    """Return the people of the office and whether their roles are enforced.

    Raises:
        ConfigError: the setting says neither yes nor no.
    """
    enforced = setting_of(ledger, "enforce_roles", lambda s: s.enforces_roles)
    return staff_of(ledger.records(Person) if enforced else (), enforced=enforced)


def online_channels(ledger: Ledger) -> frozenset[str]:
    """Return the channels whose clues need a link or the date of capture (C2)."""
    return frozenset(c.name for c in ledger.records(Channel) if c.name and c.online is YesNo.YES)


def calendar_of_ledger(ledger: Ledger) -> Calendar:
    """Return the working calendar."""
    return calendar_of(ledger.records(DayOff), ledger.records(CalendarYear))


def wrong_calendar(ledger: Ledger) -> list[Problem]:
    """Return what the sheets of the calendar say that cannot be."""
    days = [(row.number, row.record) for row in ledger.rows(DayOff)]
    years = [(row.number, row.record) for row in ledger.rows(CalendarYear)]
    return [
        *calendar_problems(days, ledger.place(DayOff).sheet or "", ledger.lang),
        *year_problems(years, ledger.place(CalendarYear).sheet or "", ledger.lang),
    ]


def address_of(ledger: Ledger, row: Row[Person]) -> str | Problem:
    """Return the e-mail address of a person, or what is wrong with it."""
    told = row.record.email or ""
    address = address_in(told) if told.strip() else None
    if isinstance(address, str):
        return address
    place = ledger.place(Person, row.number, "email")
    if address is None:
        return Problem("address_missing", place, _NO_ADDRESS, _ADDRESS_FIX)
    return Problem("address_unusable", place, _ADDRESS.fill(fault=address), _ADDRESS_FIX)


def wrong_addresses(ledger: Ledger) -> list[Problem]:
    """Return the addresses on the people sheet to which nothing could be sent."""
    told = [address_of(ledger, row) for row in ledger.rows(Person) if (row.record.email or "").strip()]
    return [each for each in told if isinstance(each, Problem)]


def hours_of_ledger(ledger: Ledger) -> tuple[time, time]:
    """Return start and end of the working day.

    Raises:
        ConfigError: the start is no time, or not before the end.
    """
    clocks_of_ledger(ledger)  # which tells of an end that is no time, at its own row
    return setting_of(ledger, "day_starts", lambda s: s.hours)


@functools.lru_cache(maxsize=2)
def clocks_of_ledger(ledger: Ledger) -> Clocks:
    """Return what deadlines are computed from.

    Raises:
        ConfigError: the end of the working day is no time, or the start of handling no such word.
    """
    cutoff = setting_of(ledger, "day_ends", lambda s: s.cutoff)
    from_routing = setting_of(ledger, "handling_starts", lambda s: s.counts_from_routing)
    return clocks_of(ledger.records(Limit), calendar_of_ledger(ledger), cutoff, from_routing=from_routing)


def series_of_ledger(ledger: Ledger, setting: str, year: int, nature: str = "") -> Series:
    """Return the number series that a pattern of the settings sheet makes.

    Raises:
        ConfigError: the pattern cannot be used.
    """
    return setting_of(ledger, setting, lambda s: series_of(getattr(s, setting), year=year, nature=nature))


def setting_of(ledger: Ledger, name: str, make: Callable[[Settings], T]) -> T:
    """Return what `make` reads from the settings.

    Raises:
        ConfigError: the setting of this name has a value that cannot be used.
    """
    try:
        return make(ledger.settings)
    except ValueError:
        label = Settings.text_of(name)
        row = next((r.number for r in ledger.rows(Setting) if r.record.name in label), None)
        wrong = Text("“{name}”的值不能用。", "The value of “{name}” cannot be used.").fill(name=label)
        fix = Text("请参照该行的说明改正。", "See the note in its row and correct it.")
        raise ConfigError(
            Problem("setting_unusable", ledger.place(Setting, row, "value"), wrong, fix)
        ) from None
