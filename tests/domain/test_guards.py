from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

import pytest
from stages import ANALYSIS, APPROVED, FEEDBACK, LINE, clue_at, meeting

from cluebook.domain.case import Case, Cases, case_of
from cluebook.domain.clue import Clue, Completeness, Ground, Risk, Satisfaction, Stage, Truth, Urgency
from cluebook.domain.fields import YesNo, column_of
from cluebook.domain.guards import GUARDS, unmet
from cluebook.domain.lifecycle import STEPS
from cluebook.domain.office import Department
from cluebook.domain.records import (
    Alternative,
    Analysis,
    Consultation,
    Decision,
    ExpertKind,
    Feedback,
    FeedbackForm,
    HandlingLine,
    Meeting,
    MeetingKind,
    Return,
)

URGENT = {"urgency": Urgency.URGENT, "ground": Ground.ACT_NOW, "milestone_at": LINE.on}
HELD = tuple(meeting(kind) for kind in MeetingKind)
JOINT = {"joint_departments": ("财务部",), "involved_departments": ("财务部", "市场部")}
CHILD = clue_at(Stage.REGISTERED, entry_no="T-2026-00009", master_number="XS-2026-YW-0001")

HEAD = Department(name="客户服务部", head="钱处长")
CAME_BACK = Return(clue=ANALYSIS.clue, decision=Decision.GRANTED, decided_at=datetime(2026, 3, 3, 9))
GRADED = {"urgency": Urgency.IMPORTANT, "risk": Risk.MEDIUM}
FULL = replace(
    ANALYSIS,
    customer_background="顾客要安全",
    cause="屋顶老化",
    economy=2,
    reputation=3,
    legal=1,
    likelihood=2,
    methods=("案例分析", "专家咨询"),
    similar_cases="无类似案例",
)
OPTION = Alternative(clue=ANALYSIS.clue, option="修补屋顶", recommended=YesNo.YES)
ASKED = Consultation(
    clue=ANALYSIS.clue, expert="周工", kind=ExpertKind.EXTERNAL, promise=YesNo.YES, opinion="可以修补"
)

GOOD = {
    "register": case_of(clue_at(Stage.DRAFT)),
    "accept": case_of(replace(clue_at(Stage.ACCEPTED, **URGENT), stage=Stage.REGISTERED, number=None)),
    "assign": case_of(clue_at(Stage.ACCEPTED, complex=YesNo.YES, analyst="李强", subjects="钱某"), *HELD),
    "submit": case_of(clue_at(Stage.IN_ANALYSIS, **GRADED), FULL, OPTION, ASKED),
    "owe_submit": case_of(clue_at(Stage.IN_HANDLING, **GRADED), FULL, OPTION, ASKED),
    "revise": case_of(clue_at(Stage.IN_REVIEW), APPROVED),
    "approve": case_of(clue_at(Stage.IN_REVIEW), APPROVED),
    "owe_approve": case_of(clue_at(Stage.IN_HANDLING), APPROVED),
    "route": case_of(clue_at(Stage.ROUTED, stage=Stage.APPROVED, returns=2, **JOINT), *HELD, CAME_BACK, HEAD),
    "expedite": replace(
        case_of(clue_at(Stage.ROUTED, stage=Stage.ACCEPTED, **URGENT), HEAD), approver="林主任"
    ),
    "receive": case_of(clue_at(Stage.IN_HANDLING, stage=Stage.ROUTED, subjects="钱某")),
    "log": case_of(clue_at(Stage.IN_HANDLING)),
    "feedback": case_of(
        clue_at(Stage.IN_HANDLING, **URGENT),
        LINE,
        replace(FEEDBACK, form=FeedbackForm.EMAIL, evidence="邮件 12"),
    ),
    "close": case_of(
        clue_at(Stage.FED_BACK, **URGENT, satisfaction=Satisfaction.FAIR),
        APPROVED,
        LINE,
        FEEDBACK,
        *HELD,
        children=(replace(CHILD, stage=Stage.MERGED),),
    ),
}
GOOD = {step.id: case_of(clue_at(step.before[0])) for step in STEPS.values()} | GOOD
"""For each step a case that fulfils every condition of it, the conditions that seldom apply among them."""


def clue(**changes):
    return lambda case: replace(case, clue=replace(case.clue, **changes))


def holding(record, *held):
    return lambda case: replace(case, written={**case.written, record: held})


def analysis(**changes):
    return lambda case: case.with_last(replace(case.analysis, **changes))


def feedback(**changes):
    return lambda case: case.with_last(replace(case.feedback, **changes))


def line(**changes):
    return lambda case: case.with_last(replace(case.log[0], **changes))


def whole(**changes):
    return lambda case: replace(case, **changes)


SPOILT = {
    ("accept", "truth_missing"): clue(truth=None),
    ("accept", "truth_unfounded"): clue(truth=Truth.FALSE),
    ("accept", "completeness_missing"): clue(completeness=None),
    ("accept", "material_lacking"): clue(completeness=Completeness.LACKING),
    ("accept", "nature_missing"): clue(nature=None),
    ("accept", "subtype_missing"): clue(subtype=" "),
    ("accept", "urgency_missing"): clue(urgency=None),
    ("accept", "urgent_without_ground"): clue(ground=Ground.ORDINARY),
    ("assign", "analyst_missing"): clue(analyst=None),
    ("assign", "analyst_recused"): clue(analyst="钱某"),
    ("assign", "discussion_missing"): holding(Meeting, *HELD[1:]),
    ("approve", "reviewer_is_analyst"): analysis(reviewer="李强"),
    ("route", "coordination_missing"): lambda case: clue(returns=None)(
        holding(Meeting, HELD[0], HELD[2])(case)
    ),
    ("receive", "handler_missing"): clue(handler=None),
    ("receive", "handler_recused"): clue(handler="钱某"),
    ("receive", "expected_on_missing"): clue(expected_on=None),
    ("receive", "promise_after_limit"): clue(expected_on=date(2026, 3, 25)),
    ("feedback", "log_empty"): holding(HandlingLine),
    ("feedback", "milestone_missing"): clue(milestone_at=None),
    ("feedback", "process_missing"): feedback(process=None),
    ("feedback", "result_missing"): feedback(result=None),
    ("feedback", "expectation_missing"): feedback(expectation=None),
    ("feedback", "improvements_missing"): feedback(improvements=None),
    ("feedback", "form_missing"): feedback(form=None),
    ("feedback", "evidence_missing"): feedback(evidence=None),
    ("close", "analysis_not_approved"): clue(approved_at=None),
    ("close", "receipt_missing"): clue(handler=None),
    ("close", "milestone_missing"): clue(milestone_at=None),
    ("close", "log_incomplete"): line(resolution=None),
    ("close", "dissatisfied"): clue(satisfaction=Satisfaction.DISSATISFIED),
    ("close", "feedback_missing"): holding(Feedback),
    ("close", "meeting_missing"): holding(Meeting, *HELD[:2]),
    ("close", "children_unanswered"): whole(children=(CHILD,)),
    **{
        (step, code): spoil
        for step in ("submit", "owe_submit")
        for code, spoil in {
            "summary_missing": analysis(summary=None),
            "process_missing": analysis(process=" "),
            "risks_missing": analysis(risks=None),
            "feasibility_missing": analysis(feasibility=None),
            "recommendation_missing": analysis(recommendation=None),
            "risk_missing": clue(risk=None),
            "risk_reason_missing": clue(risk=Risk.HIGH),
            "background_missing": analysis(customer_background=None),
            "cause_missing": analysis(cause=None),
            "scores_missing": analysis(likelihood=6),
            "alternatives_missing": holding(Alternative),
            "recommendation_unclear": holding(Alternative, OPTION, OPTION),
            "methods_missing": analysis(methods=None),
            "cases_missing": analysis(similar_cases=None),
            "consultation_missing": holding(Consultation, replace(ASKED, promise=None)),
        }.items()
    },
    **{
        (step, code): spoil
        for step in ("route", "expedite")
        for code, spoil in {
            "department_missing": clue(department=None),
            "routing_reason_missing": clue(routing_reason=" "),
            "head_recused": clue(subjects="钱处长"),
        }.items()
    },
    ("route", "returned_twice"): holding(Return, replace(CAME_BACK, decided_at=datetime(2026, 3, 4, 9))),
    ("expedite", "not_urgent"): clue(urgency=Urgency.IMPORTANT),
    ("expedite", "approval_missing"): whole(approver=" "),
    ("revise", "opinion_missing"): analysis(opinion=None),
    ("owe_approve", "reviewer_is_analyst"): analysis(reviewer="李强"),
    ("owe_approve", "analysis_not_submitted"): analysis(submitted_at=None),
}
"""For each condition what spoils a good case for it, and for nothing else."""


@pytest.mark.parametrize("step", STEPS)
def test_a_case_that_fulfils_everything_may_take_the_step(step):
    assert GOOD[step].clue.stage in STEPS[step].before
    assert unmet(step, GOOD[step]) == []


@pytest.mark.parametrize("guard", GUARDS, ids=lambda g: f"{g.step}-{g.code}")
def test_a_condition_refuses_what_spoils_it_and_nothing_else_does(guard):
    spoilt = SPOILT[guard.step, guard.code](GOOD[guard.step])
    assert unmet(guard.step, spoilt) == [guard]


def test_every_condition_has_its_case_and_its_own_code_within_a_step():
    keys = Counter((guard.step, guard.code) for guard in GUARDS)
    assert set(keys.values()) == {1}
    assert keys.keys() == SPOILT.keys()


@pytest.mark.parametrize("guard", GUARDS, ids=lambda g: f"{g.step}-{g.code}")
def test_a_condition_points_to_a_step_and_to_a_column_that_exist(guard):
    assert guard.step in STEPS
    assert column_of(guard.record, guard.field)


def test_all_that_a_bare_case_lacks_is_told_at_once():
    bare = Case(clue=Clue(stage=Stage.FED_BACK, urgency=Urgency.URGENT))
    assert [g.code for g in unmet("close", bare)] == [
        "analysis_not_approved",
        "receipt_missing",
        "milestone_missing",
        "log_incomplete",
        "feedback_missing",
        "meeting_missing",
    ]


@pytest.mark.parametrize(
    ("changes", "major"),
    [
        ({}, False),
        ({"urgency": Urgency.URGENT}, True),
        ({"risk": Risk.HIGH}, True),
        ({"joint_departments": ("财务部",)}, True),
        ({"involved_departments": ("客户服务部",)}, False),
    ],
)
def test_a_case_is_major_when_urgent_of_high_risk_or_joint(changes, major):
    assert Case(clue=clue_at(Stage.ROUTED, **changes)).is_major is major


def test_a_case_gathers_what_is_written_about_its_clue_and_takes_the_last_version():
    mine = clue_at(Stage.FED_BACK)
    other = replace(mine, number="XS-2026-YW-0002")
    second = replace(ANALYSIS, version=2, summary="再次分析")
    sheets = {
        Analysis: [ANALYSIS, second, replace(ANALYSIS, clue=other.number)],
        HandlingLine: [LINE, replace(LINE, clue=other.number)],
        Feedback: [FEEDBACK],
        Meeting: HELD,
        Clue: [CHILD],
    }
    cases = Cases(lambda record: sheets.get(record, ()))
    case = cases.of(mine)
    assert (case.analysis, case.log, case.feedback, case.meetings) == (second, (LINE,), FEEDBACK, HELD)
    assert case.children == (CHILD,)
    assert cases.of(Clue()).all(Analysis) == ()
