"""An office at work by chance: any button on any clue, whatever stage it is at, with what a person might fill in."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any

from cluebook.actions import ACTIONS
from cluebook.actions.office import calendar_of_ledger
from cluebook.domain.checklists import checklist_of
from cluebook.domain.clue import (
    Clue,
    Completeness,
    Expectation,
    Ground,
    Rejection,
    Risk,
    Satisfaction,
    Stage,
    Truth,
    Urgency,
)
from cluebook.domain.fields import YesNo
from cluebook.domain.records import (
    Alternative,
    Analysis,
    Callback,
    Consultation,
    Decision,
    Disposal,
    Extension,
    Feedback,
    FeedbackForm,
    FollowUp,
    HandlingLine,
    HandlingPlan,
    Loan,
    LoanWay,
    Meeting,
    MeetingKind,
    Pause,
    PauseReason,
    Rectification,
    Reopening,
    ReopeningReason,
    Reply,
    ReplyOutcome,
    Return,
    Transfer,
    Urge,
    UrgeKind,
)  # fmt: skip
from cluebook.domain.workdays import add_workdays
from cluebook.ledger import trail
from cluebook.ledger.ledger import KeptFile, Ledger
from cluebook.ledger.plan import Plan, Stamp
from cluebook.ledger.tables import TABLES

DEPARTMENTS = ("客户服务部", "质量管理部", "市场部", "财务部")
TITLES = (
    "线索分析报告",
    "线索流转单",
    "线索反馈报告",
    "处理方案",
    "会议纪要",
    "延期申请单",
    "移送函",
    "答复函",
)


@dataclass
class Office:
    """A ledger in memory, the moment it is, and what happened."""

    ledger: Ledger
    chance: random.Random
    now: datetime
    events: list[Any] = field(default_factory=list)
    taken: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def press(self, action: str, row: int, fills: dict[str, Any], options: dict[str, Any]) -> Plan:
        """Press a button on one clue, and carry out what comes of it."""
        picked = self.ledger.row(Clue, row)
        filled = replace(picked, record=replace(picked.record, **fills))
        stamp = Stamp(self.now, self.chance.choice(("王芳", "李强", "赵敏")))
        plan = ACTIONS[action].run(self.ledger, [filled], stamp, **options)
        self.events += trail.events(plan, self.ledger, stamp, ACTIONS[action].text, {})
        (self.refused if plan.problems else self.taken)[action] += 1
        after = self.ledger.after(plan)
        leaves = {table.record: after.leaf(table.record) for table in TABLES}
        self.ledger = replace(after, leaf=leaves.__getitem__)
        return plan

    def pass_time(self) -> None:
        """Go on by some hours, to the next working day when this one is over."""
        self.now += timedelta(hours=self.chance.choice((1, 2, 30)))
        if self.now.time() > time(17):
            day = add_workdays(self.now.date(), 1, calendar_of_ledger(self.ledger))
            self.now = datetime.combine(day, time(9))


def office_of(ledger: Ledger, seed: int, now: datetime) -> Office:
    """Return an office whose cases always have all their papers in their folders."""

    def files(number: str) -> tuple[KeptFile, ...]:
        return tuple(KeptFile(f"{number} {title}.docx", "0" * 64, 1, now.date()) for title in TITLES)

    return Office(replace(ledger, files=files), random.Random(seed), now)


def work(office: Office, steps: int) -> Iterator[tuple[str, Plan]]:
    """Press so many buttons by chance, and yield each with what came of it."""
    for _ in range(steps):
        row = office.chance.choice(office.ledger.rows(Clue))
        action = office.chance.choice(_likely(row.record, office.chance))
        fills, options = _filled_in(action, row.record, office)
        yield action, office.press(action, row.number, fills, options)
        office.pass_time()


ONWARD: dict[Stage, tuple[str, ...]] = {
    Stage.REGISTERED: (*["accept"] * 12, "supplement", "reject", "merge", "transfer", "withdraw"),
    Stage.INCOMPLETE: ("complete", "complete", "reject"),
    Stage.ACCEPTED: ("analyse", "analyse", "fast-track", "transfer", "meet", "regrade", "merge"),
    Stage.IN_ANALYSIS: ("analyse", "analyse", "consult", "meet"),
    Stage.IN_REVIEW: ("approve", "approve", "rework"),
    Stage.APPROVED: ("route", "route", "route", "meet", "transfer", "rework"),
    Stage.IN_TRANSFER: ("answer",),
    Stage.ROUTED: ("receive", "receive", "receive", "return", "decide", "urge"),
    Stage.IN_HANDLING: ("log", "tick", "tick", "tick", "plan", *["feedback"] * 4, "task", "extend", "decide", "suspend", "reroute", "regrade", "analyse", "approve", "follow-up"),
    Stage.SUSPENDED: ("resume", "resume", "follow-up"),
    Stage.FED_BACK: ("close", "close", "close", "meet", "reply", "callback", "redo", "analyse", "approve"),
    Stage.AWAITING_MEETING: ("meet", "close", "close", "reply", "redo"),
    Stage.CLOSED: ("archive", "archive", "reopen", "rectify", "callback"),
    Stage.ARCHIVED: ("lend", "lend", "reopen", "dispose"),
}  # fmt: skip
"""What people do at a stage; the oftener a word stands there the oftener they do it."""


def _likely(clue: Clue, chance: random.Random) -> Sequence[str]:
    """Return what may be pressed: mostly what fits the stage, now and then anything."""
    anything = [a.id for a in ACTIONS.values() if a.picks.name == "NAMED" and a.id != "forms"]
    if chance.random() < 0.2 or clue.stage not in ONWARD:
        return anything
    return ONWARD[clue.stage]


def _filled_in(action: str, clue: Clue, office: Office) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a person fills in for an action: the columns of the row, and the options."""
    chance, today = office.chance, office.now.date()
    later = today + timedelta(days=chance.choice((3, 10, 25)))
    urgency = chance.choice(list(Urgency))
    ground = Ground.ACT_NOW if urgency is Urgency.URGENT else Ground.ORDINARY
    department = chance.choice(DEPARTMENTS)
    routing = {"department": department, "routing_reason": "归其管理"}
    if chance.random() < 0.2:
        routing["joint_departments"] = tuple(d for d in DEPARTMENTS if d != department)[:1]
    others = [c.number for c in office.ledger.records(Clue) if c.number and c is not clue]
    report = Analysis(
        summary="概述", process="过程", risks="风险", feasibility="可行", recommendation="建议", cause="原因",
        process_background="背景", methods=("数据分析",), economy=chance.randint(1, 5), reputation=2, legal=2, likelihood=3,
    )  # fmt: skip
    rows: dict[str, dict[str, Any]] = {
        "accept": {"truth": Truth.TRUE, "completeness": Completeness.COMPLETE, "nature": clue.nature, "subtype": clue.subtype, "urgency": urgency, "ground": ground},
        "complete": {"subjects": "某门店", "collector": "王芳"},
        "reject": {"rejection": chance.choice(list(Rejection))},
        "analyse": {"analyst": "李强"},
        "route": routing,
        "fast-track": routing,
        "receive": {"handler": "赵敏"},
        "close": {"satisfaction": chance.choice(list(Satisfaction))},
    }  # fmt: skip
    options: dict[str, dict[str, Any]] = {
        "accept": {"despite": "情况清楚"},
        "complete": {"reason": "其余无法取得"},
        "reject": {"approved_by": "林主任"},
        "withdraw": {"reason": "重复录入", "approved_by": "林主任"},
        "merge": {"master": chance.choice(others or ["-"]), "same_matter": True, "reason": "同一事项"},
        "transfer": {"letter": Transfer(receiver="某局", basis="职责", reason="属其管辖", approved_by="林主任")},
        "answer": {"answer": chance.choice(list(Decision)), "answered_by": "某人", "opinion": "见回执"},
        "analyse": {"report": report, "alternative": Alternative(option="方案")},
        "rework": {"opinion": "请修改"},
        "consult": {"consultation": Consultation(expert="周工", question="问题", opinion="意见")},
        "fast-track": {"approved_by": "林主任"},
        "return": {"request": Return(reason="不归我部", proposed=department)},
        "reroute": {"request": Return(reason="职责调整", proposed=department)},
        "meet": {"meeting": Meeting(kind=chance.choice(list(MeetingKind)), issues="问题", decisions=chance.choice(("决定", None)))},
        "plan": {"plan": HandlingPlan(goal="目标", measures="措施", division="分工", schedule="进度")},
        "extend": {"application": Extension(progress="进展", reason="理由", new_due=later)},
        "suspend": {"pause": Pause(reason=PauseReason.TEST, until=later, approved_by="林主任")},
        "regrade": {"urgency": urgency, "reason": "情况变化", "ground": ground},
        "decide": {"decision": chance.choice(list(Decision)), "opinion": "审定意见", "decided_by": "林主任"},
        "log": {"line": HandlingLine(measures="措施", communication="沟通", resolution="解决"), "milestone": chance.random() < 0.5, "completed": chance.random() < 0.3},
        "feedback": {"report": Feedback(process="过程", result="结果", expectation=Expectation.MET, improvements="改进", form=FeedbackForm.REPORT)},
        "close": {"approved_by": "林主任"},
        "tick": {"item": {i.id: "否" if "是”或“否" in i.note.zh else "0" for i in checklist_of(clue)}, "evidence": "附件"},
        "task": {"joint": (clue.joint_departments or (department,))[0]},
        "callback": {"call": Callback(satisfaction=chance.choice(list(Satisfaction)))},
        "redo": {"opinion": "未说明原因"},
        "reopen": {"reopening": Reopening(reason=ReopeningReason.NEW_FACTS, approved_by="林主任")},
        "reply": {"answer": Reply(outcome=ReplyOutcome.SENT, way="电话")},
        "erase": {"approved_by": "林主任"},
        "lend": {"loan": Loan(way=LoanWay.BORROW, borrower="周律师", purpose="复核", approved_by="林主任"), "back": chance.random() < 0.5},
        "dispose": {"disposal": Disposal(approved_by="林主任", first_witness="赵敏", second_witness="孙监")},
        "follow-up": {"look": FollowUp(progress=50)},
        "urge": {"order": chance.choice((Urge(kind=UrgeKind.REMINDER), Urge(settled=YesNo.YES)))},
        "rectify": {"finding": chance.choice((Rectification(finding="迟报", owner="赵敏"), Rectification(recheck="已改正")))},
    }  # fmt: skip
    if clue.risk is None and action == "analyse" and chance.random() < 0.3:
        rows["analyse"]["risk"] = Risk.LOW
    return rows.get(action, {}), options.get(action, {})
