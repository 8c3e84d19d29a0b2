from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

import pytest
import timing_cases
from stages import ANALYSIS, APPROVED, FEEDBACK, LINE, NOW, NUMBER, TICKED, clue_at, meeting

from cluebook.domain.archiving import FIVE
from cluebook.domain.case import Case, Cases, case_of
from cluebook.domain.clue import (
    Clue,
    Completeness,
    Expectation,
    Ground,
    Named,
    Nature,
    Rejection,
    Retention,
    Risk,
    Satisfaction,
    Stage,
    Truth,
    Urgency,
)
from cluebook.domain.completeness import CONTACT, LINK
from cluebook.domain.fields import YesNo, column_of
from cluebook.domain.guards import GUARDS, unmet
from cluebook.domain.guards.replies import UNMASKED
from cluebook.domain.guards.review import BY_REPORTER
from cluebook.domain.lifecycle import STEPS
from cluebook.domain.office import Department
from cluebook.domain.records import (
    Alternative,
    Analysis,
    Callback,
    CheckItem,
    Consultation,
    Decision,
    Disposal,
    ExpertKind,
    Feedback,
    FeedbackForm,
    FollowUp,
    HandlingLine,
    Loan,
    LoanWay,
    Material,
    Meeting,
    MeetingKind,
    Rectification,
    Reply,
    ReplyKind,
    ReplyOutcome,
    Reporter,
    Return,
    Share,
    Task,
    Transfer,
    Urge,
    UrgeKind,
    Volume,
)

URGENT = {"urgency": Urgency.URGENT, "ground": Ground.ACT_NOW, "milestone_at": LINE.on}
HELD = tuple(meeting(kind) for kind in MeetingKind)
JOINT = {"joint_departments": ("财务部",), "involved_departments": ("财务部", "市场部")}
CHILD = clue_at(
    Stage.REGISTERED, stage=Stage.MERGED, entry_no="T-2026-00009", master_number="XS-2026-YW-0001"
)

HEAD = Department(name="客户服务部", head="钱处长")
CAME_BACK = Return(clue=ANALYSIS.clue, decision=Decision.GRANTED, decided_at=datetime(2026, 3, 3, 9))
ASKED_BACK = Return(clue=ANALYSIS.clue, raised_at=datetime(2026, 3, 4, 9))
DONE = Task(clue=ANALYSIS.clue, department="财务部", share=Share.JOINT, done_on=date(2026, 3, 4))
REACHED = Reporter(clue=ANALYSIS.clue, phone="000-0000")
ANSWERED = Reply(clue=ANALYSIS.clue, kind=ReplyKind.RESULT, outcome=ReplyOutcome.SENT)
RIGHTED = Rectification(clue=ANALYSIS.clue, finding="迟报", closed_on=date(2026, 3, 4))
URGED = Urge(clue=ANALYSIS.clue, kind=UrgeKind.REMINDER, issued_at=datetime(2026, 3, 3, 9))
OPEN_ITEM = Rectification(clue=ANALYSIS.clue, finding="迟报", owner="赵敏")
ORDER = Urge(clue=ANALYSIS.clue, kind=UrgeKind.SUPERVISION, settled=YesNo.YES)
FILED = tuple(Material(clue=ANALYSIS.clue, kind=kind, name=kind.text.zh) for kind in FIVE)
LENT = Loan(clue=ANALYSIS.clue, way=LoanWay.BORROW, borrower="周律师", purpose="复核", approved_by="林主任")
RUN_OUT = {"retention": Retention.TEN_YEARS, "retain_until": date(2036, 3, 3)}
DISPOSAL = Disposal(approved_by="林主任", first_witness="赵敏", second_witness="孙监")
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


def clue_and_reporter(case):
    """The case of a clue whose reporter is guarded and known to the office."""
    anonymous = replace(case.clue, named=Named.ANONYMOUS, subjects="钱某")
    return replace(case, clue=anonymous, written={**case.written, Reporter: (NAMED,)})


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
    "decline": replace(
        case_of(
            clue_at(Stage.ROUTED),
            replace(CAME_BACK, reason="不归我部"),
            replace(ASKED_BACK, reason="不归我部"),
        ),
        now=datetime(2026, 3, 4, 9),
    ),
    "insist": case_of(clue_at(Stage.ROUTED), replace(ASKED_BACK, opinion="属你部职责")),
    "reroute": case_of(clue_at(Stage.IN_HANDLING), replace(ASKED_BACK, reason="职责调整")),
    "feedback": case_of(
        clue_at(Stage.IN_HANDLING, **URGENT),
        LINE,
        *TICKED,
        DONE,
        replace(FEEDBACK, form=FeedbackForm.EMAIL, evidence="邮件 12"),
    ),
    "close": case_of(
        clue_at(Stage.FED_BACK, **URGENT, satisfaction=Satisfaction.FAIR),
        APPROVED,
        LINE,
        FEEDBACK,
        *HELD,
        *TICKED,
        DONE,
        REACHED,
        ANSWERED,
        RIGHTED,
        ORDER,
        children=(case_of(CHILD, REACHED, replace(ANSWERED, kind=ReplyKind.MERGED)),),
    ),
}
NAMED = Reporter(clue="T-2026-00001", name="孙小梅", phone="13800001234")
SENT = Transfer(
    clue=NUMBER,
    receiver="市监局",
    reason="不属管辖",
    basis="职责规定",
    answered_by="吴科长",
    opinion="另有主办",
)
GOOD |= {
    "supplement": case_of(clue_at(Stage.REGISTERED, missing="收集人")),
    "complete": case_of(clue_at(Stage.INCOMPLETE)),
    "reject": replace(
        case_of(clue_at(Stage.REGISTERED, rejection=Rejection.NO_SUBSTANCE)), approver="林主任"
    ),
    "lapse": replace(
        case_of(clue_at(Stage.INCOMPLETE, supplement_due=date(2026, 3, 3))), approver="林主任", now=NOW
    ),
    "merge": replace(
        case_of(clue_at(Stage.REGISTERED, entry_no="T-2026-00009")), master=clue_at(Stage.IN_HANDLING)
    ),
    "transfer": replace(
        case_of(clue_at(Stage.ACCEPTED, nature=Nature.COMPLIANCE, subjects="钱某"), SENT, NAMED),
        approver="林主任",
    ),
    "transferred": case_of(clue_at(Stage.IN_TRANSFER), SENT),
    "transfer_refused": case_of(clue_at(Stage.IN_TRANSFER), SENT),
    "withdraw": replace(case_of(clue_at(Stage.ACCEPTED)), approver="林主任", flags=frozenset({BY_REPORTER})),
}
TOLD = Reply(
    kind=ReplyKind.RESULT, way="电话", outcome=ReplyOutcome.SENT, summary="已修好", attempts="去电三次"
)
GOOD |= {
    "reply": replace(
        case_of(clue_at(Stage.CLOSED), NAMED, TOLD), approver="林主任", flags=frozenset({UNMASKED})
    ),
    "erase": replace(case_of(clue_at(Stage.CLOSED), NAMED, TOLD), approver="林主任"),
}
GOOD["route"] = clue_and_reporter(GOOD["route"])
GOOD["expedite"] = clue_and_reporter(GOOD["expedite"])
GOOD |= {
    "follow": case_of(clue_at(Stage.IN_HANDLING), FollowUp(progress=40)),
    "urge": case_of(clue_at(Stage.IN_HANDLING), URGED, replace(URGED, issued_at=datetime(2026, 3, 4, 9))),
    "answer_order": case_of(clue_at(Stage.IN_HANDLING), URGED),
    "rectify": case_of(clue_at(Stage.IN_HANDLING), OPEN_ITEM),
    "recheck": case_of(clue_at(Stage.CLOSED), OPEN_ITEM),
}
GOOD |= {
    "archive": case_of(clue_at(Stage.CLOSED), *FILED),
    "lend": case_of(clue_at(Stage.ARCHIVED), LENT),
    "give_back": case_of(clue_at(Stage.ARCHIVED), LENT),
    "dispose": replace(
        case_of(clue_at(Stage.ARCHIVED, **RUN_OUT), DISPOSAL, Volume(clue=ANALYSIS.clue)),
        now=datetime(2036, 3, 4, 9),
        approver="林主任",
    ),
}
GOOD = {step.id: case_of(clue_at(step.before[0])) for step in STEPS.values()} | GOOD | timing_cases.GOOD
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


def record(of, /, **changes):
    return lambda case: case.with_last(replace(case.last(of), **changes))


SPOILT = {
    ("accept", "truth_missing"): clue(truth=None),
    ("accept", "truth_unfounded"): clue(truth=Truth.FALSE),
    ("accept", "completeness_missing"): clue(completeness=None),
    ("accept", "material_lacking"): clue(completeness=Completeness.LACKING),
    ("accept", "nature_missing"): clue(nature=None),
    ("accept", "subtype_missing"): clue(subtype=" "),
    ("accept", "urgency_missing"): clue(urgency=None),
    ("accept", "urgent_without_ground"): clue(ground=Ground.ORDINARY),
    ("accept", "link_missing"): whole(flags=frozenset({LINK})),
    ("accept", "contact_missing"): whole(flags=frozenset({CONTACT})),
    ("accept", "reviewer_recused"): clue(subjects="王 芳"),
    ("supplement", "nothing_to_supply"): clue(missing=" "),
    ("complete", "supplement_outstanding"): clue(missing="诉求"),
    ("reject", "rejection_missing"): clue(rejection=None),
    ("reject", "rejection_unfit"): clue(rejection=Rejection.NEVER_COMPLETED),
    ("reject", "approval_missing"): whole(approver=" "),
    ("lapse", "supplement_not_overdue"): clue(supplement_due=NOW.date()),
    ("lapse", "approval_missing"): whole(approver=None),
    ("merge", "master_unknown"): whole(master=None),
    ("merge", "master_is_itself"): clue(entry_no="T-2026-00001"),
    ("merge", "master_unnumbered"): whole(master=clue_at(Stage.REGISTERED)),
    ("merge", "master_merged"): whole(master=clue_at(Stage.ACCEPTED, stage=Stage.MERGED)),
    ("merge", "master_over"): whole(master=clue_at(Stage.CLOSED)),
    ("transfer", "receiver_missing"): record(Transfer, receiver=None),
    ("transfer", "reason_missing"): record(Transfer, reason=None),
    ("transfer", "basis_missing"): record(Transfer, basis=None),
    ("transfer", "approval_missing"): whole(approver=None),
    ("transfer", "receiver_is_subject"): record(Transfer, receiver="钱 某"),
    ("transfer", "reporter_in_text"): clue(description="我是孙小梅，门店屋顶漏水已经三天"),
    ("transferred", "answered_by_missing"): record(Transfer, answered_by=None),
    ("transfer_refused", "opinion_missing"): record(Transfer, opinion=None),
    ("withdraw", "approval_missing"): whole(approver=None),
    ("withdraw", "compliance_stays"): clue(nature=Nature.COMPLIANCE),
    ("reply", "way_missing"): record(Reply, way=None),
    ("reply", "attempts_missing"): record(Reply, outcome=ReplyOutcome.UNREACHABLE, attempts=" "),
    ("reply", "summary_missing"): record(Reply, summary=None),
    ("reply", "approval_missing"): whole(approver=None),
    ("erase", "nothing_to_erase"): holding(Reporter),
    ("erase", "reply_owed"): record(Reply, kind=ReplyKind.ACKNOWLEDGED),
    ("erase", "approval_missing"): whole(approver=None),
    ("route", "reporter_in_text"): clue(demand="请回电１３８ 0000-1234"),
    ("route", "department_is_subject"): clue(subjects="客户服務部"),
    ("expedite", "reporter_in_text"): clue(background="舉報人孫小梅"),
    ("expedite", "department_is_subject"): clue(subjects="客户 服务部"),
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
    ("close", "approval_missing"): lambda case: replace(
        clue(satisfaction=Satisfaction.DISSATISFIED)(holding(Callback, Callback(), Callback())(case)),
        approver=None,
    ),
    ("close", "feedback_missing"): holding(Feedback),
    ("close", "meeting_missing"): holding(Meeting, *HELD[:2]),
    ("close", "children_unanswered"): whole(children=(case_of(CHILD, REACHED),)),
    ("close", "replies_owed"): holding(Reply, replace(ANSWERED, outcome=ReplyOutcome.UNREACHABLE)),
    ("close", "rectification_open"): holding(Rectification, RIGHTED, replace(RIGHTED, closed_on=None)),
    ("follow", "progress_impossible"): holding(FollowUp, FollowUp(progress=140)),
    ("urge", "department_missing"): clue(department=None),
    ("urge", "urged_today"): holding(Urge, URGED, URGED),
    ("answer_order", "no_order_open"): holding(Urge, ORDER),
    ("rectify", "finding_missing"): holding(Rectification, replace(OPEN_ITEM, finding=" ")),
    ("rectify", "owner_missing"): holding(Rectification, replace(OPEN_ITEM, owner=None)),
    ("recheck", "nothing_to_recheck"): holding(Rectification, RIGHTED),
    ("archive", "materials_missing"): holding(Material, *FILED[1:]),
    ("lend", "borrower_missing"): holding(Loan, replace(LENT, borrower=None)),
    ("lend", "purpose_missing"): holding(Loan, replace(LENT, purpose=None)),
    ("lend", "loan_not_approved"): holding(Loan, replace(LENT, approved_by=None)),
    ("lend", "volume_lent"): holding(Loan, LENT, LENT),
    ("give_back", "volume_not_lent"): holding(Loan, replace(LENT, back_on=date(2026, 3, 4))),
    ("dispose", "kept_for_ever"): clue(retention=Retention.FOR_EVER),
    ("dispose", "still_kept"): clue(retain_until=date(2036, 3, 4)),
    ("dispose", "on_hold"): holding(Volume, Volume(hold=YesNo.YES)),
    ("dispose", "volume_out"): holding(Loan, LENT),
    ("dispose", "approval_missing"): whole(approver=None),
    ("dispose", "witnesses_missing"): holding(Disposal, replace(DISPOSAL, first_witness="孙监")),
    ("close", "order_open"): holding(Urge, replace(ORDER, settled=None)),
    **{
        (step, code): spoil
        for step in ("feedback", "close")
        for code, spoil in {
            "checklist_incomplete": holding(CheckItem, *TICKED[1:]),
            "tasks_open": holding(Task, replace(DONE, done_on=None)),
        }.items()
    },
    ("feedback", "improver_missing"): feedback(expectation=Expectation.PARTLY),
    ("decline", "reason_missing"): holding(Return, replace(ASKED_BACK, reason=" ")),
    ("decline", "return_late"): whole(now=datetime(2026, 3, 5, 9)),
    ("decline", "return_asked"): holding(Return, ASKED_BACK, replace(ASKED_BACK, reason="不归我部")),
    ("insist", "opinion_missing"): holding(Return, ASKED_BACK),
    ("reroute", "reason_missing"): holding(Return, ASKED_BACK),
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
SPOILT |= timing_cases.SPOILT
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
    assert [child.clue for child in case.children] == [CHILD]
    assert cases.of(Clue()).all(Analysis) == ()


def test_clues_that_somebody_merged_into_each_other_by_hand_stop_nothing():
    one, other = (
        clue_at(Stage.ACCEPTED, stage=Stage.MERGED, number=f"XS-{n}", master_number=f"XS-{3 - n}")
        for n in (1, 2)
    )
    cases = Cases(lambda record: (one, other) if record is Clue else ())
    assert [child.clue for child in cases.of(one).children] == [other]


@pytest.mark.parametrize(("day", "past"), [(27, False), (29, False), (30, True)])
def test_a_due_date_is_past_for_a_step_as_it_is_for_the_lists_once_a_working_day_has_gone_by(day, past):
    friday = date(2026, 3, 27)
    assert replace(case_of(Clue()), now=datetime(2026, 3, day, 23)).is_past(friday) is past
