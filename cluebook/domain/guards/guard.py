"""The shape of a condition, and the commonest one: a column is filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Urgency
from cluebook.domain.masking import names_alike
from cluebook.text import Text, join


@dataclass(frozen=True, slots=True)
class Guard:
    """One condition of a step.

    Attributes:
        step: id of the step in `lifecycle.STEPS`.
        code: what the condition is called in problems and in the manual.
        record: the sheet the office puts it right on.
        field: the column there.
        holds: whether the case fulfils it.
        wrong: what is missing.
        fix: what to do.
        clause: the clause of the procedure.
        names: what exactly is missing, where the sentence alone does not say it.
        lifted_by: the option of the action with which somebody answers for it, so that it need not hold.
    """

    step: str
    code: str
    record: type
    field: str
    holds: Callable[[Case], bool]
    wrong: Text
    fix: Text
    clause: str
    names: Callable[[Case], Iterable[Text]] | None = None
    lifted_by: str | None = None

    def told(self, case: Case) -> Text:
        """Return what is missing in a case, with the names of what that is."""
        if self.names is None:
            return self.wrong
        named = Text("{wrong}尚缺：{names}。", "{wrong} Still open: {names}.")
        return named.fill(wrong=self.wrong, names=join(list(self.names(case))))


def filled(step: str, record: type, field: str, wrong: Text, fix: Text, clause: str) -> Guard:
    """Return the guard that a column is filled in, on the clue or on the last record of another sheet about it."""
    return Guard(
        step,
        f"{field}_missing",
        record,
        field,
        lambda case: is_filled(getattr(case.clue if record is Clue else case.last(record), field, None)),
        wrong,
        fix,
        clause,
    )


def is_filled(value: object) -> bool:
    """Return whether a field holds more than white space."""
    return bool(value.strip()) if isinstance(value, str) else value is not None


def named_in(name: str | None, clue: Clue) -> bool:
    """Return whether a person is a subject of the clue, and so may not act in it (3.4)."""
    return name is not None and names_alike(name, clue.subjects or "")


def first_step_done(case: Case) -> bool:
    """Return whether the initial handling (urgent) or plan (important) is recorded (H9, H10)."""
    return case.clue.urgency not in {Urgency.URGENT, Urgency.IMPORTANT} or case.clue.milestone_at is not None


def approval(step: str, field: str, clause: str) -> Guard:
    """Return the guard that somebody approved a step; `field` is the column of the clue that it changes."""
    return Guard(
        step,
        "approval_missing",
        Clue,
        field,
        lambda case: is_filled(case.approver),
        Text("尚未写明批准人。", "Nobody is named who approved this."),
        Text("请填写批准人（--approved-by）。", "Name who approved it (--approved-by)."),
        clause,
    )


BLANK = Text("尚未填写。", "This is blank.")
