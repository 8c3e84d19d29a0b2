"""The fictional office of the demo: its people, its clues, and what is written about clues of each kind."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from importlib import resources
from typing import Any

from cluebook.domain.categories import CATEGORIES
from cluebook.domain.clue import (
    Clue,
    Completeness,
    Expectation,
    Ground,
    Named,
    Risk,
    Satisfaction,
    Truth,
    Urgency,
)
from cluebook.domain.fields import YesNo
from cluebook.domain.office import Person, Role
from cluebook.domain.records import (
    Alternative,
    Analysis,
    Difficulty,
    Feedback,
    FeedbackForm,
    HandlingLine,
    Meeting,
    MeetingKind,
    Method,
)
from cluebook.seeds.answers import checklist_answers
from cluebook.seeds.office import channels
from cluebook.text import Lang


@dataclass(frozen=True, slots=True)
class Turn:
    """One press of a button on the clues that came in together.

    Attributes:
        step: what the clues have behind them afterwards, of `REACHED`.
        action: the action.
        after: how many working days after they came in.
        at: the time of day.
        by: the duty of the person who presses it.
    """

    step: str
    action: str
    after: int
    at: time
    by: str


TURNS = (
    Turn("entered", "add", 0, time(11, 0), "clerk"),
    Turn("entered", "suggest", 0, time(11, 10), "clerk"),
    Turn("accepted", "accept", 1, time(9, 40), "reviewer"),
    Turn("assigned", "analyse", 1, time(14, 5), "reviewer"),
    Turn("submitted", "analyse", 3, time(10, 30), "analyst"),
    Turn("approved", "approve", 4, time(9, 15), "head"),
    Turn("routed", "route", 4, time(15, 20), "clerk"),
    Turn("received", "receive", 4, time(16, 45), "clerk"),
    Turn("begun", "log", 5, time(16, 0), "clerk"),
    Turn("done", "log", 8, time(15, 30), "clerk"),
    Turn("fed_back", "feedback", 9, time(11, 20), "clerk"),
    Turn("closed", "close", 11, time(9, 50), "head"),
)
"""The usual pace of a clue, fast enough that it keeps every limit unless it is left lying."""

REACHED = ("draft", *dict.fromkeys(turn.step for turn in TURNS))
"""What a sample may have behind it, in the order of the procedure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One clue of the demo, with all that people will write about it.

    Attributes:
        clue: its row, with every cell that people fill in up to where it gets.
        came: how many working days ago it came in.
        until: the last of `REACHED` that it gets to.
        lacking: whether it lacks the papers that closing asks for.
        analysis: the analysis report, without the number of the clue, as the further records.
        alternative: the way to deal with it that the analysis recommends.
        answers: what the department writes on the checklist, by item.
        line: the department's own line of the handling log.
        feedback: the feedback report.
    """

    clue: Clue
    came: int
    until: str
    lacking: bool
    analysis: Analysis
    alternative: Alternative
    answers: Mapping[str, str]
    line: HandlingLine
    feedback: Feedback

    def reaches(self, step: str) -> bool:
        """Return whether the clue gets this far."""
        return _reaches(self.until, step)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleOffice:
    """The office of the demo.

    Attributes:
        name: its name.
        people: who works there.
        on_duty: the first person of each duty: head, clerk, reviewer, analyst, handler.
        samples: its clues, the oldest first.
        begun: the line that the log action writes when handling begins.
        done: the line it writes when handling is complete.
        meetings: what each kind of meeting decides.
    """

    name: str
    people: tuple[Person, ...]
    on_duty: Mapping[str, str]
    samples: tuple[Sample, ...]
    begun: HandlingLine
    done: HandlingLine
    meetings: Mapping[MeetingKind, Meeting]


def sample_office(lang: Lang) -> SampleOffice:
    """Return the demo's office in one language."""
    text = resources.files("cluebook.seeds").joinpath(f"samples.{lang}.toml").read_text("utf-8")
    told = tomllib.loads(text)
    people, log = told["people"], told["log"]
    ordered = sorted(told["clues"], key=lambda entry: -entry["came"])
    return SampleOffice(
        name=told["office"],
        people=tuple(_person(entry, n, lang) for n, entry in enumerate(people, start=1)),
        on_duty={entry["duty"]: entry["name"] for entry in reversed(people)},
        samples=tuple(_sample(entry, n, told, lang) for n, entry in enumerate(ordered)),
        begun=HandlingLine(measures=log["measures"], communication=log["communication"]),
        done=HandlingLine(measures=log["finished"]),
        meetings={MeetingKind[kind]: Meeting(**texts) for kind, texts in told["meetings"].items()},
    )


def _person(entry: Mapping[str, str], number: int, lang: Lang) -> Person:
    return Person(
        name=entry["name"],
        department=entry["department"],
        roles=tuple(role.text.in_(lang) for role in _ROLES[entry["duty"]]),
        email=f"staff{number:02}@example.com",
        active=YesNo.YES,
    )


_ROLES = {
    "head": (Role.HEAD, Role.REVIEWER),
    "clerk": (Role.CLERK,),
    "reviewer": (Role.CLERK, Role.REVIEWER),
    "analyst": (Role.ANALYST,),
    "handler": (Role.HANDLER,),
}


def _sample(entry: Mapping[str, Any], number: int, told: Mapping[str, Any], lang: Lang) -> Sample:
    kind = told["categories"][entry["category"]]
    line = {part: kind[part] for part in ("measures", "communication", "resolution")}
    return Sample(
        clue=_row(entry, number, told, lang),
        came=entry["came"],
        until=entry["until"],
        lacking=entry.get("lacking", False),
        analysis=_analysis(entry, kind, lang),
        alternative=Alternative(
            option=kind["recommendation"],
            cost=kind["feasibility"],
            difficulty=Difficulty.EASY,
            recommended=YesNo.YES,
        ),
        answers=dict(checklist_answers(entry["category"], kind, lang)),
        line=HandlingLine(**line),
        feedback=Feedback(
            process=kind["handled"],
            result=kind["result"],
            improvements=kind["improvements"],
            expectation=Expectation[entry.get("expectation", "MET")],
            form=FeedbackForm.REPORT,
        ),
    )


def _analysis(entry: Mapping[str, Any], kind: Mapping[str, str], lang: Lang) -> Analysis:
    parts: dict[str, Any] = {p: kind[p] for p in ("process", "risks", "feasibility", "recommendation")}
    return Analysis(
        summary=entry["matter"],
        process_background=kind["reason"],
        cause=kind["cause"],
        methods=(Method.DATA.text.in_(lang),),
        **_SCORES[Urgency[entry.get("urgency", "GENERAL")]],
        **parts,
    )


def _row(entry: Mapping[str, Any], number: int, told: Mapping[str, Any], lang: Lang) -> Clue:
    """Return the row of a clue; the cells of a step it does not get to are blank."""
    cells = _intake(entry, told["people"], lang)
    for step, filled in _later(entry, number, told, lang).items():
        if _reaches(entry["until"], step):
            cells |= filled
    return Clue(**cells)


def _intake(entry: Mapping[str, Any], people: Sequence[Mapping[str, str]], lang: Lang) -> dict[str, Any]:
    clerk = _names(people, duty="clerk")[0]
    collector = entry.get("collector", clerk)
    taken = ("channel", "source_no", "link", "matter", "subjects", "demand", "attachments")
    return {
        **{name: entry.get(name) for name in taken},
        "channel_group": next(c.group for c in channels(lang) if c.name == entry["channel"]),
        "collector": collector,
        "collecting_department": next(p["department"] for p in people if p["name"] == collector),
        "description": entry["description"].strip(),
        "named": Named[entry["named"]] if "named" in entry else None,
        "involved_departments": tuple(entry.get("involved", ())) or None,
    }


def _later(
    entry: Mapping[str, Any], number: int, told: Mapping[str, Any], lang: Lang
) -> dict[str, dict[str, Any]]:
    """Return what is filled in by the time of each step."""
    category = next(c for c in CATEGORIES if c.id == entry["category"])
    texts = told["categories"][category.id]
    urgency = Urgency[entry.get("urgency", "GENERAL")]
    analysts = _names(told["people"], duty="analyst")
    return {
        "accepted": {
            "truth": Truth[entry.get("truth", "TRUE")],
            "completeness": Completeness.COMPLETE,
            "nature": category.nature,
            "subtype": category.label.in_(lang),
            "urgency": urgency,
            "ground": Ground[entry.get("ground", "ORDINARY")],
        },
        "assigned": {
            "analyst": analysts[number % len(analysts)],
            "complex": YesNo.YES if entry.get("complex") else None,
        },
        "submitted": {"risk": _RISKS[urgency]},
        "routed": {
            "department": texts["department"],
            "joint_departments": tuple(entry.get("joint", ())) or None,
            "routing_reason": texts["reason"],
        },
        "received": {"handler": _names(told["people"], department=texts["department"])[0]},
        "closed": {"satisfaction": Satisfaction[entry.get("satisfaction", "SATISFIED")]},
    }


_SCORES: dict[Urgency, dict[str, Any]] = {
    Urgency.URGENT: {"economy": 3, "reputation": 5, "legal": 3, "likelihood": 4},
    Urgency.IMPORTANT: {"economy": 3, "reputation": 3, "legal": 2, "likelihood": 3},
    Urgency.GENERAL: {"economy": 1, "reputation": 2, "legal": 1, "likelihood": 2},
}
_RISKS = {Urgency.URGENT: Risk.HIGH, Urgency.IMPORTANT: Risk.MEDIUM, Urgency.GENERAL: Risk.LOW}


def _names(people: Sequence[Mapping[str, str]], **wanted: str) -> list[str]:
    return [p["name"] for p in people if all(p[key] == value for key, value in wanted.items())]


def _reaches(until: str, step: str) -> bool:
    return REACHED.index(until) >= REACHED.index(step)
