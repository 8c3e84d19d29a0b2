"""Calendar entries of deadlines, as RFC 5545 has them: numbers and names of deadlines only, for calendars are shared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from cluebook.mail.digests import Item
from cluebook.text import Lang, Text

_WIDEST = 75
"""Octets of a line; a longer one goes on in the next."""
_EPOCH = date(2020, 1, 1)
_ALARM = timedelta(hours=9)
"""How long after midnight of its day a calendar speaks up."""

_SUMMARY = Text("{number} {deadline}期限", "{number}: {deadline} due")


def calendar_file(items: Iterable[Item], at: datetime, lang: Lang) -> bytes | None:
    """Return a calendar file of the deadlines that are still ahead or due on the day, ``None`` when there are none.

    The entry of a deadline is always the same one: a later file moves it.
    """
    events = [line for item in items if item.reminder.days <= 0 for line in _event(item, at, lang)]
    if not events:
        return None
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//cluebook//reminders//EN", "METHOD:PUBLISH"]
    return b"".join(map(_folded, [*head, *events, "END:VCALENDAR"]))


def _event(item: Item, at: datetime, lang: Lang) -> Iterator[str]:
    reminder = item.reminder
    summary = _escaped(_SUMMARY.fill(number=item.number, deadline=reminder.deadline.text).in_(lang))
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(item.number)}-{reminder.deadline.id}@cluebook"
    yield f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{(at.date() - _EPOCH).days}"
    yield f"DTSTART;VALUE=DATE:{reminder.due:%Y%m%d}"
    yield f"SUMMARY:{summary}"
    yield "TRANSP:TRANSPARENT"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{summary}")
    yield from (f"TRIGGER:PT{_ALARM.seconds // 3600}H", "END:VALARM", "END:VEVENT")


def _escaped(text: str) -> str:
    r"""Return a text as the value of a property.

    >>> _escaped("a;b,c\\d\ne")
    'a\\;b\\,c\\\\d\\ne'
    """
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    lines = "\\n".join(text.splitlines())
    return "".join(letter for letter in lines if letter.isprintable())


def _folded(line: str) -> bytes:
    """Return a line in pieces of at most 75 octets, no letter cut in two."""
    if len(whole := line.encode()) <= _WIDEST:
        return whole + b"\r\n"
    pieces: list[bytes] = []
    piece = b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > _WIDEST - bool(pieces):  # the blank that begins a further piece counts
            pieces.append(piece)
            piece = b""
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
