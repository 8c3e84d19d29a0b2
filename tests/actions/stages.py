"""A ledger of records alone, and one clue at each stage with what is written about it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime

from cluebook.actions import ACTIONS
from cluebook.domain.checklists import CHECKLISTS
from cluebook.domain.clue import (
    ChannelGroup,
    Clue,
    Completeness,
    Expectation,
    Ground,
    Nature,
    Risk,
    Stage,
    Truth,
    Urgency,
)
from cluebook.domain.fields import YesNo
from cluebook.domain.office import CalendarYear, Category, Channel, DayOff, Department, Limit, Setting
from cluebook.domain.records import (
    Analysis,
    CheckItem,
    Event,
    Feedback,
    FeedbackForm,
    HandlingLine,
    Meeting,
    MeetingKind,
)
from cluebook.domain.settings import Settings, starting_settings
from cluebook.ledger.ledger import Ledger, ledger_of
from cluebook.ledger.plan import Plan, Stamp
from cluebook.seeds.calendar import starting_calendar, starting_years
from cluebook.seeds.limits import starting_limits
from cluebook.seeds.office import categories, channels, departments

NOW = datetime(2026, 3, 4, 10, 0)  # a Wednesday with plain weeks around it
STAMP = Stamp(NOW, "王芳")

NEW = Clue(
    channel_group=ChannelGroup.EXTERNAL,
    channel="客户投诉",
    found_at=datetime(2026, 3, 2, 9, 0),
    matter="门店屋顶漏水",
    description="门店屋顶漏水已经三天，多次报修无人处理，地面湿滑。",
)
NUMBER = "XS-2026-YW-0001"

# What each stage adds to the one before it.
_GROWN = {
    Stage.DRAFT: {},
    Stage.REGISTERED: {"entry_no": "T-2026-00001", "delivered_at": datetime(2026, 3, 2, 10, 0)},
    Stage.INCOMPLETE: {},
    Stage.ACCEPTED: {
        "number": NUMBER,
        "nature": Nature.BUSINESS,
        "subtype": "服务投诉",
        "urgency": Urgency.GENERAL,
        "ground": Ground.ORDINARY,
        "truth": Truth.TRUE,
        "completeness": Completeness.COMPLETE,
        "reviewer": "王芳",
        "reviewed_at": datetime(2026, 3, 2, 11, 0),
    },
    Stage.IN_ANALYSIS: {"analyst": "李强", "risk": Risk.LOW},
    Stage.IN_REVIEW: {},
    Stage.APPROVED: {"approved_at": datetime(2026, 3, 3, 9, 0)},
    Stage.IN_TRANSFER: {},
    Stage.ROUTED: {
        "department": "客户服务部",
        "routing_reason": "门店归其管理",
        "slip_no": "LZ-2026-0001",
        "routed_at": datetime(2026, 3, 3, 10, 0),
        "receipt_due": date(2026, 3, 4),
    },
    Stage.IN_HANDLING: {
        "received_at": datetime(2026, 3, 3, 15, 0),
        "handler": "赵敏",
        "expected_on": date(2026, 3, 20),
        "completion_due": date(2026, 3, 24),
    },
    Stage.SUSPENDED: {},
    Stage.FED_BACK: {
        "completed_at": datetime(2026, 3, 4, 9, 0),
        "fed_back_at": datetime(2026, 3, 4, 9, 30),
        "expectation": Expectation.MET,
    },
    Stage.AWAITING_MEETING: {},
    Stage.CLOSED: {"closed_at": datetime(2026, 3, 4, 9, 45)},
    Stage.ARCHIVED: {"archive_no": "YW-2026-0001"},
}

ANALYSIS = Analysis(
    clue=NUMBER,
    version=1,
    summary="漏水经过",
    process="查看报修记录",
    risks="有人滑倒",
    feasibility="可以修补",
    recommendation="立即修补",
    analyst="李强",
    submitted_at=datetime(2026, 3, 2, 16, 0),
)
APPROVED = replace(
    ANALYSIS, reviewer="王芳", opinion="同意", approved=YesNo.YES, reviewed_at=datetime(2026, 3, 3, 9, 0)
)
LINE = HandlingLine(
    clue=NUMBER,
    on=datetime(2026, 3, 4, 8, 30),
    measures="修补屋顶",
    communication="电话告知店长",
    resolution="不再漏水",
    recorder="赵敏",
)
FEEDBACK = Feedback(
    clue=NUMBER,
    process="查看并修补",
    result="不再漏水",
    expectation=Expectation.MET,
    improvements="每季检查屋顶",
    form=FeedbackForm.REPORT,
)

TICKED = tuple(
    CheckItem(clue=NUMBER, item=item.text.zh, note=item.note.zh, result="已办", on=date(2026, 3, 4))
    for item in CHECKLISTS["service"]
)
"""The checklist of the clue's subtype, complete."""


def clue_at(stage: Stage, /, **changes: object) -> Clue:
    """A clue at a stage, with all that the procedure asked of it until then."""
    grown = dict(changes)
    for reached, more in _GROWN.items():
        grown = {**more, **grown}
        if reached is stage:
            return replace(NEW, **({"stage": stage} | grown))
    raise KeyError(stage)


def meeting(kind: MeetingKind, clue: str = NUMBER) -> Meeting:
    return Meeting(clue=clue, kind=kind, on=date(2026, 3, 3), chair="王芳", decisions="客户服务部主办")


def ledger(*records: object, **settings: str) -> Ledger:
    """The ledger of an office with these records; a list of the office among them takes its place."""
    held: dict[type, list[object]] = {
        Category: list(categories("zh")),
        Channel: list(channels("zh")),
        Department: list(departments("zh")),
        Limit: list(starting_limits("zh")),
        DayOff: list(starting_calendar("zh", [2026, 2027])),
        CalendarYear: list(starting_years("zh", [2026, 2027])),
        Setting: [
            replace(row, value=settings.get(name, row.value))
            for row, name in zip(starting_settings("zh"), _SETTINGS, strict=True)
        ],
    }
    for record in records:
        held.setdefault(type(record), []).append(record)
    return ledger_of(held)


_SETTINGS = tuple(f.name for f in fields(Settings))


def press(
    action: str, held: Ledger, *fills: dict[str, object], stamp: Stamp = STAMP, **options: object
) -> Plan:
    """Press a button on all clues of a ledger, each with its form filled in as given, in their order."""
    rows = [
        replace(row, record=replace(row.record, **(fills[at] if at < len(fills) else {})))
        for at, row in enumerate(held.rows(Clue))
    ]
    return ACTIONS[action].run(held, rows, stamp, **options)


def codes(plan: Plan) -> list[str]:
    return [problem.code for problem in plan.problems]


def places(plan: Plan) -> list[tuple[str | None, int | None, str | None]]:
    return [(p.place.sheet, p.place.row, p.place.column) for p in plan.problems]


def event(number: str, changes: str | None = None) -> Event:
    return Event(seq=1, at=NOW, user="王芳", action="受理", clue=number, changes=changes)
