"""One clue with all that is written down about it: what a guard of the procedure looks at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cluebook.domain.clue import Clue, Risk, Urgency
from cluebook.domain.fields import YesNo
from cluebook.domain.records import Analysis, Feedback, HandlingLine, Meeting, MeetingKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A clue, its analysis, its handling lines, its feedback, its meetings, and the clues merged into it.

    Where a sheet holds several versions of an analysis or feedback, the case has the last.
    """

    clue: Clue
    analysis: Analysis | None = None
    log: tuple[HandlingLine, ...] = ()
    feedback: Feedback | None = None
    meetings: tuple[Meeting, ...] = ()
    children: tuple[Clue, ...] = ()

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
    def needs_discussion(self) -> bool:
        """Whether a discussion comes before the analysis: complex, or several departments (Z9)."""
        return self.clue.complex is YesNo.YES or len(self.clue.involved_departments or ()) >= 2


class Cases:
    """The case of each clue, gathered from whole tables in one pass over each."""

    def __init__(
        self,
        *,
        analyses: Iterable[Analysis] = (),
        log: Iterable[HandlingLine] = (),
        feedback: Iterable[Feedback] = (),
        meetings: Iterable[Meeting] = (),
        clues: Iterable[Clue] = (),
    ) -> None:
        """Index the records by the number of their clue."""
        self._analyses = {a.clue: a for a in analyses}
        self._feedback = {f.clue: f for f in feedback}
        self._log: dict[str | None, list[HandlingLine]] = {}
        self._meetings: dict[str | None, list[Meeting]] = {}
        self._children: dict[str | None, list[Clue]] = {}
        for line in log:
            self._log.setdefault(line.clue, []).append(line)
        for meeting in meetings:
            self._meetings.setdefault(meeting.clue, []).append(meeting)
        for clue in clues:
            self._children.setdefault(clue.master_number, []).append(clue)

    def of(self, clue: Clue) -> Case:
        """Return the case of one clue."""
        key = clue.number
        if key is None:
            return Case(clue=clue)
        return Case(
            clue=clue,
            analysis=self._analyses.get(key),
            log=tuple(self._log.get(key, ())),
            feedback=self._feedback.get(key),
            meetings=tuple(self._meetings.get(key, ())),
            children=tuple(self._children.get(key, ())),
        )
