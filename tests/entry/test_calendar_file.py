"""Calendar files as RFC 5545 wants them."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluebook.domain.deadlines import DEADLINES
from cluebook.domain.ladder import Reminder, rung_at
from cluebook.mail.digests import Item
from cluebook.mail.entries import calendar_file

AT = datetime(2026, 3, 20, 8, 45)


def item(number="XS-2026-YW-0001", days=-2):
    reminder = Reminder(DEADLINES["completion"], date(2026, 3, 24), days, rung_at(days))
    return Item(number, "屋顶漏水", "客户服务部", "赵敏", reminder)


def lines_of(content):
    """The lines of a file, those put together again that go on in the next."""
    assert content.endswith(b"\r\n")
    assert not re.search(rb"[^\r]\n|\r[^\n]", content)
    assert all(len(line) <= 75 and line.decode() for line in content.split(b"\r\n")[:-1])
    return content.decode().replace("\r\n ", "").split("\r\n")[:-1]


def test_a_deadline_is_a_day_of_the_calendar_that_a_later_file_moves():
    lines = lines_of(calendar_file([item()], AT, "zh"))
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    for line in (
        "METHOD:PUBLISH",
        "UID:XS-2026-YW-0001-completion@cluebook",
        "DTSTART;VALUE=DATE:20260324",
        "SUMMARY:XS-2026-YW-0001 办理期限",
    ):
        assert line in lines
    sequences = [
        int(
            next(line for line in lines_of(calendar_file([item()], at, "en")) if line.startswith("SEQUENCE"))[
                9:
            ]
        )
        for at in (AT, datetime(2026, 3, 23, 8, 45))
    ]
    assert sequences[0] < sequences[1]


def test_only_what_is_ahead_or_due_on_the_day_goes_into_a_calendar():
    assert calendar_file([item(days=1)], AT, "zh") is None
    lines = lines_of(calendar_file([item(days=1), item("XS-2", 0)], AT, "zh"))
    assert [line for line in lines if line.startswith("UID")] == ["UID:XS-2-completion@cluebook"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@given(number=st.text(st.characters(codec="utf-8"), max_size=120))
def test_whatever_a_number_holds_it_stays_in_its_line(lang, number):
    lines = lines_of(calendar_file([item(number)], AT, lang))
    plain = lines_of(calendar_file([item("XS-1")], AT, lang))
    assert [line.partition(":")[0] for line in lines] == [line.partition(":")[0] for line in plain]
    (summary,) = (line.removeprefix("SUMMARY:") for line in lines if line.startswith("SUMMARY"))
    assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", summary)
