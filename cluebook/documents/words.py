"""Values in the words of a letter."""

from __future__ import annotations

from datetime import date, datetime

from cluebook.text import Lang

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_in_words(day: date, lang: Lang) -> str:
    """Return a date as a letter writes it, with the time when it has one.

    >>> day_in_words(date(2026, 11, 4), "zh"), day_in_words(date(2026, 11, 4), "en")
    ('2026年11月4日', '4 November 2026')
    """
    zh, en = f"{day.year}年{day.month}月{day.day}日", f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    time = f" {day:%H:%M}" if isinstance(day, datetime) else ""
    return (zh if lang == "zh" else en) + time
