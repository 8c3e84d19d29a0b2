"""A large ledger to measure on: every column of every clue is filled in, one event a clue, all but 500 clues archived.

Those 500 are due the day before the day of the bench, so that on that day they turn overdue.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

DAY = date(2026, 11, 24)
LATE = 500
_EVE = DAY - timedelta(days=1)
_WORDS = "门店地面湿滑顾客投诉多次报修无人处理客服态度生硬合同条款不清发票开具延迟货品与样本不符夜间施工扰民"
_LENGTHS = {"description": 60, "matter": 14, "demand": 12, "routing_reason": 12, "remarks": 10}
_OPEN_ENDS = ("completed_at", "fed_back_at", "closed_at", "archive_no", "retain_until", "satisfaction")


def make(path: Path, clues: int) -> None:
    """Write a ledger of so many clues."""
    from cluebook.actions.office import clocks_of_ledger
    from cluebook.books.build import build_ledger
    from cluebook.domain.clue import Clue
    from cluebook.domain.deadlines import with_standing
    from cluebook.domain.records import Event
    from cluebook.founding import starting_rows
    from cluebook.ledger.ledger import ledger_of

    starting = starting_rows("zh", "Bench", DAY)
    clocks = clocks_of_ledger(ledger_of(starting, "zh"))
    chance = random.Random(1)  # noqa: S311 - sample data
    every = max(1, clues // LATE)
    drafts = [_clue(n, chance, over=n % every != 0) for n in range(1, clues + 1)]
    standing = [with_standing(clue, clocks, _EVE, "zh") for clue in drafts]
    events = [
        Event(
            seq=n, at=datetime(2026, 11, 2, 9, 0) + timedelta(seconds=n), user="李海燕", action="办结", clue=clue.number,
            before="已反馈", after="已办结", changes="状态：已反馈 → 已办结\n办结时间： → 2026-11-02 09:00",
        )
        for n, clue in enumerate(standing, start=1)
    ]  # fmt: skip
    build_ledger(path, "zh", {**starting, Clue: standing, Event: events})


def _clue(n: int, chance: random.Random, *, over: bool) -> Any:  # noqa: ANN401 - imported where it is made
    from cluebook.domain.clue import Clue, Stage, Urgency
    from cluebook.domain.fields import Part, columns

    filled: dict[str, Any] = {
        c.name: _value(c.name, c.type, n, chance) for c in columns(Clue) if c.part is not Part.COMPUTED
    }
    named: dict[str, Any] = {
        "number": f"XS-2026-YW-{n:06}",
        "entry_no": f"T-2026-{n:06}",
        "urgency": Urgency.GENERAL,
    }
    clue = Clue(**(filled | named | {"stage": Stage.ARCHIVED}))
    if over:
        return clue
    return replace(clue, stage=Stage.IN_HANDLING, completion_due=_EVE, **dict.fromkeys(_OPEN_ENDS))


def _value(name: str, kind: Any, n: int, chance: random.Random) -> object:  # noqa: ANN401 - a type with its members
    from cluebook.domain.fields import Choice

    if issubclass(kind, Choice):
        members = list(kind)
        return members[n % len(members)]
    made: dict[type, Callable[[], object]] = {
        datetime: lambda: datetime(2026, 1, 5, 9, 0) + timedelta(minutes=chance.randrange(400_000)),
        date: lambda: date(2026, 1, 5) + timedelta(days=chance.randrange(280)),
        int: lambda: n % 7,
        float: lambda: n % 100 / 100,
        tuple: lambda: ("财务部", "客户服务部"),
        str: lambda: "".join(chance.choices(_WORDS, k=_LENGTHS.get(name, 4))),
    }
    return made[kind]()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    make(Path(sys.argv[1]), int(sys.argv[2]))
