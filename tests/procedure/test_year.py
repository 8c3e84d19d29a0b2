"""An office lived through with the real program: nothing missed goes unnoticed, nobody hears anything twice or on a day off."""

from __future__ import annotations

from datetime import date, timedelta

from year import judge_end, live, open_office

FIRST = date(2026, 9, 14)  # a Sunday that is worked, Mid-Autumn and National Day lie ahead


def test_whatever_happens_nothing_missed_goes_unnoticed_and_nobody_hears_anything_twice(tmp_path, counted):
    year = open_office(tmp_path / "office", 4, FIRST, a_day=2, slow=1)
    live(year, FIRST, FIRST + timedelta(days=counted(7, 60)))
    judge_end(year)
    assert year.counts["mails"]
    assert year.late
