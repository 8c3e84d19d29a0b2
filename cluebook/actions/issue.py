"""Giving out numbers during one action: in order, without gaps, never one that was seen before (Z7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from cluebook.actions.office import series_of_ledger
from cluebook.domain.clue import Clue
from cluebook.domain.numbering import Series, next_seq
from cluebook.domain.office import Counter
from cluebook.domain.records import Event
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Edit, Plan
from cluebook.ledger.trail import written


@dataclass(slots=True)
class _Run:
    """One series as this action uses it: its counter's row, if it has one, and the next number."""

    series: Series
    counter: Row[Counter] | None
    seq: int


class Issue:
    """Gives the numbers of one pattern; `plan` keeps the counters up to date."""

    def __init__(
        self,
        ledger: Ledger,
        setting: str,
        year: int,
        seen: Callable[[Clue], str | None],
        kept: Iterable[str | None] = (),
    ) -> None:
        """Remember where numbers may have been used.

        Args:
            ledger: the ledger.
            setting: the pattern, by its name in `Settings`.
            year: the year of the numbers.
            seen: the number of this kind that a clue bears.
            kept: numbers of this kind on another sheet.
        """
        self._ledger, self._setting, self._year, self._seen = ledger, setting, year, seen
        self._kept = tuple(kept)
        self._runs: dict[str, _Run] = {}

    def next(self, nature: str = "") -> str:
        """Return the next number of the series of a nature code; natures may share one."""
        series = series_of_ledger(self._ledger, self._setting, self._year, nature)
        if series.name not in self._runs:
            self._runs[series.name] = self._run(series)
        run = self._runs[series.name]
        run.seq += 1
        return series.number(run.seq - 1)

    def _run(self, series: Series) -> _Run:
        rows = self._ledger.rows(Counter)
        counter = next((row for row in rows if row.record.prefix == series.name), None)
        counted = counter.record.last or 0 if counter else 0
        # A counter may have come back from a backup; what is remembered outside does not.
        last = max(counted, self._ledger.marks.get(series.name, 0))
        return _Run(series, counter, next_seq(series, self._taken(series), last))

    def _taken(self, series: Series) -> Iterator[str | None]:
        """Yield whatever may be a number of the series: on the clues, and in the trail of deleted ones."""
        yield from self._kept
        yield from (self._seen(clue) for clue in self._ledger.records(Clue))
        for event in self._ledger.records(Event):
            yield event.clue
            if series.prefix in (event.changes or ""):
                yield from (value for _, value in written(event))

    def plan(self) -> Plan:
        """Return the counters after the numbers that were given."""
        edits, additions = [], []
        for run in self._runs.values():
            if run.counter is None:
                additions.append(Counter(prefix=run.series.name, last=run.seq - 1))
            else:
                edits.append(
                    Edit(
                        run.counter.number, run.counter.record, replace(run.counter.record, last=run.seq - 1)
                    )
                )
        return Plan(edits=tuple(edits), additions=tuple(additions))
