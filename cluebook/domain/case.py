"""One clue with all that is written down about it: what a guard of the procedure looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar

from cluebook.domain.clue import Clue, Risk, Urgency
from cluebook.domain.fields import YesNo
from cluebook.domain.lifecycle import WITH_DEPARTMENT
from cluebook.domain.office import Department
from cluebook.domain.records import Analysis, Decision, Feedback, HandlingLine, Meeting, MeetingKind, Return
from cluebook.domain.settings import Extent, Settings, settings_of
from cluebook.domain.workdays import Calendar, calendar_of, days_over

R = TypeVar("R")

MOST_DEPARTURES = 2
"""From so many returns and reroutes on, a coordination meeting has to come before the next routing (G4)."""

Kept = Callable[[Any], tuple[Any, ...]]
"""Gives the records of one type that are kept about a clue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A clue, and the records of any type that are kept about it.

    Where a sheet holds several versions of an analysis or feedback, the case has the last.

    Attributes:
        clue: the clue.
        kept: gives the records that stand on the sheets, read when they are first asked for.
        written: records as they will stand after the step, by type; they go before what is kept.
        children: the cases of the clues merged into it.
        settings: what the office has set.
        calendar: the days on which the office works.
        now: the moment at which a step is taken; ``None`` outside one.
        latest: the last day that a date asked for in the step may be, where one is.
        approver: who approved the step, where it needs that.
        master: the clue that it is to be merged into.
        flags: what the action was told or found that no sheet holds, each by a name.
    """

    clue: Clue
    kept: Kept = lambda _record: ()
    written: Mapping[type, tuple[Any, ...]] = field(default_factory=dict)
    children: tuple[Case, ...] = ()
    settings: Settings = settings_of((), "zh")
    calendar: Calendar = calendar_of((), ())
    now: datetime | None = None
    latest: date | None = None
    approver: str | None = None
    master: Clue | None = None
    flags: frozenset[str] = frozenset()

    def all(self, record: type[R]) -> tuple[R, ...]:
        """Return the records of one type about the clue, in the order of their sheet."""
        if record in self.written:
            return self.written[record]
        return self.kept(record)

    def last(self, record: type[R]) -> R | None:
        """Return the last record of one type about the clue."""
        held = self.all(record)
        return held[-1] if held else None

    def holding(self, record: type[R], records: tuple[R, ...]) -> Case:
        """Return the case with these records in the place of all of their type."""
        return replace(self, written={**self.written, record: records})

    def with_last(self, record: Any) -> Case:  # noqa: ANN401 - any record of the ledger
        """Return the case with a record in the place of the last of its type."""
        return self.holding(type(record), (*self.all(type(record))[:-1], record))

    def with_new(self, record: Any) -> Case:  # noqa: ANN401 - any record of the ledger
        """Return the case with a further record behind those of its type."""
        return self.holding(type(record), (*self.all(type(record)), record))

    def is_past(self, due: date | None) -> bool:
        """Return whether a due date is past at the moment of the step, as the lists of what is late reckon it."""
        return bool(due and self.now and days_over(due, self.now.date(), self.calendar))

    @property
    def analysis(self) -> Analysis | None:
        """The analysis."""
        return self.last(Analysis)

    @property
    def log(self) -> tuple[HandlingLine, ...]:
        """The lines of the handling log."""
        return self.all(HandlingLine)

    @property
    def feedback(self) -> Feedback | None:
        """The feedback."""
        return self.last(Feedback)

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """The meetings about it."""
        return self.all(Meeting)

    def held(self, kind: MeetingKind) -> bool:
        """Return whether a meeting of this kind has a record that says what was decided."""
        return any(m.kind is kind and m.on and m.decisions for m in self.meetings)

    @property
    def departments(self) -> frozenset[str]:
        """Every department with a part in the clue."""
        clue = self.clue
        lead = (clue.department,) if clue.department else ()
        return frozenset((*lead, *(clue.joint_departments or ()), *(clue.involved_departments or ())))

    @property
    def is_joint(self) -> bool:
        """Whether two or more departments are concerned (L8)."""
        return len(self.departments) >= 2

    @property
    def is_major(self) -> bool:
        """Whether senior management hears of it: urgent, high risk, or several departments (F2)."""
        return self.clue.urgency is Urgency.URGENT or self.clue.risk is Risk.HIGH or self.is_joint

    @property
    def is_analysed_in_full(self) -> bool:
        """Whether background, scores, alternatives and methods are asked for beside the five parts (N1 to N7)."""
        extent = self.settings.analysed_in_full
        if extent is Extent.IMPORTANT:
            return self.is_major or self.clue.urgency is Urgency.IMPORTANT or self.clue.complex is YesNo.YES
        return extent is Extent.ALL

    @property
    def owes_analysis(self) -> bool:
        """Whether it was routed ahead of its analysis, which is still to come (T15)."""
        ahead = self.clue.fast_track is YesNo.YES and self.clue.stage in WITH_DEPARTMENT
        return ahead and self.clue.approved_at is None

    @property
    def departures(self) -> int:
        """How often it was given back or rerouted (G4)."""
        return (self.clue.returns or 0) + (self.clue.reroutes or 0)

    @property
    def must_meet_again(self) -> bool:
        """Whether it came back so often that a coordination meeting since then has to come first (G4)."""
        if self.departures < MOST_DEPARTURES:
            return False
        granted = (each for each in self.all(Return) if each.decision is Decision.GRANTED)
        back = max((each.decided_at.date() for each in granted if each.decided_at), default=date.min)
        met = (m.on for m in self.meetings if m.kind is MeetingKind.COORDINATION and m.decisions)
        return not any(on and on >= back for on in met)

    @property
    def needs_discussion(self) -> bool:
        """Whether a discussion comes before the analysis: complex, or several departments (Z9)."""
        return self.clue.complex is YesNo.YES or len(self.clue.involved_departments or ()) >= 2


def case_of(clue: Clue, *records: Any, children: tuple[Case, ...] = ()) -> Case:  # noqa: ANN401 - any record of the ledger
    """Return the case made of records alone, as a step would write them."""
    written: dict[type, tuple[Any, ...]] = {}
    for record in records:
        written[type(record)] = (*written.get(type(record), ()), record)
    return Case(clue=clue, written=written, children=children)


_KEYS: Mapping[type, str] = {Clue: "master_number", Department: "name"}
"""The field by which a record belongs to a clue, where it is not the clue's number."""


class Cases:
    """The case of each clue; each table is gathered in one pass when a case first asks for it."""

    def __init__(
        self,
        records: Callable[[Any], Iterable[Any]],
        settings: Settings | None = None,
        calendar: Calendar | None = None,
    ) -> None:
        """Gather from `records`, which gives all records of a type; the cases know the office's settings and days."""
        self._records = records
        self._settings = settings or settings_of((), "zh")
        self._calendar = calendar or calendar_of((), ())
        self._gathered: dict[type, dict[str | None, list[Any]]] = {}

    def of(self, clue: Clue) -> Case:
        """Return the case of one clue; the clues merged into it are told of without their own, so that no loop matters."""
        case, children = self._alone(clue), self._of_type(Clue).get(clue.number) if clue.number else None
        return replace(case, children=tuple(map(self._alone, children))) if children else case

    def _alone(self, clue: Clue) -> Case:
        names = [name for name in (clue.entry_no, clue.number) if name]

        def kept(record: type[R]) -> tuple[R, ...]:
            held = self._of_type(record)
            if not held:
                return ()
            keys = [clue.department] if record is Department else names
            return tuple(each for name in keys for each in held.get(name, ()))

        return Case(clue=clue, kept=kept, settings=self._settings, calendar=self._calendar)

    def _of_type(self, record: type) -> dict[str | None, list[Any]]:
        """Return the records of a type by the clue they are about, clues by the one they are merged into."""
        if record not in self._gathered:
            held = self._gathered[record] = {}
            key = _KEYS.get(record, "clue")
            for each in self._records(record):
                if name := getattr(each, key):
                    held.setdefault(name, []).append(each)
        return self._gathered[record]
