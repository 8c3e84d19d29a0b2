"""Live through a year of an office, day by day, and tell what happened: ``python scripts/simulate.py [--days N] [--a-day N]``.

The whole takes some hours; docs/developers.md has figures. What must always hold is checked on the way.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS.parent), *(str(TESTS / each) for each in ("procedure", "entry", "actions"))]

from year import judge_end, live, open_office  # type: ignore[import-not-found]  # noqa: E402 - found in the folders of the tests

FIRST = date(2026, 1, 5)


def main() -> None:
    """Live through the days and print what happened, month by month and at the end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=361, help="how many days, from 5 January 2026 on")
    parser.add_argument("--a-day", type=float, default=8, help="how many clues come in on a working day")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        year = open_office(Path(folder) / "office", asked.seed, FIRST, asked.a_day)
        for n in range(asked.days):
            day = FIRST + timedelta(days=n)
            live(year, day, day)
            if day.day == 1 or n == asked.days - 1:
                print(day, dict(sorted(year.counts.items())), flush=True)
        judge_end(year)
    print(dict(sorted(year.counts.items())), "missed:", len(year.late), "refused:", dict(year.refused))


if __name__ == "__main__":
    main()
