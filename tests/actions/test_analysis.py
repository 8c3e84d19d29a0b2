from __future__ import annotations

from dataclasses import replace

import pytest
from stages import ANALYSIS, APPROVED, NOW, NUMBER, STAMP, clue_at, codes, ledger, meeting, places, press

from cluebook.domain.clue import Clue, Risk, Stage, Urgency
from cluebook.domain.fields import YesNo
from cluebook.domain.records import Alternative, Analysis, Consultation, ExpertKind, MeetingKind
from cluebook.errors import ConfigError, UsageError
from cluebook.ledger.plan import Stamp

PARTS = ("summary", "process", "risks", "feasibility", "recommendation")
WHOLE = Analysis(**dict.fromkeys(PARTS, "写明"))
ACCEPTED = clue_at(Stage.ACCEPTED)
NAMED = {"analyst": "李强", "risk": Risk.LOW}


def moved(plan):
    return [edit.after for edit in plan.edits if isinstance(edit.after, Clue)]


def test_an_accepted_clue_is_assigned_and_its_analysis_opened():
    plan = press("analyse", ledger(ACCEPTED), {"analyst": "李强"})
    assert [(c.stage, c.analyst) for c in moved(plan)] == [(Stage.IN_ANALYSIS, "李强")]
    assert plan.additions == (Analysis(clue=NUMBER, version=1, analyst="李强"),)
    assert (plan.done, plan.problems) == ((NUMBER,), ())


def test_whoever_presses_the_button_analyses_when_nobody_is_named():
    assert moved(press("analyse", ledger(ACCEPTED)))[0].analyst == "王芳"


def test_a_complete_report_is_submitted_in_one_go():
    plan = press("analyse", ledger(ACCEPTED), NAMED, report=WHOLE)
    (edit,) = plan.edits
    assert (edit.before, edit.after.stage) == (ACCEPTED, Stage.IN_REVIEW)
    assert plan.additions == (replace(WHOLE, clue=NUMBER, version=1, analyst="李强", submitted_at=NOW),)
    assert plan.done == (NUMBER,)


def test_an_opened_analysis_is_submitted_once_its_parts_stand_on_the_sheet():
    plan = press("analyse", ledger(clue_at(Stage.IN_ANALYSIS), replace(ANALYSIS, submitted_at=None)))
    assert moved(plan)[0].stage is Stage.IN_REVIEW
    assert plan.edits[-1].after == replace(ANALYSIS, submitted_at=NOW)


def test_parts_given_now_are_kept_even_when_others_are_still_missing():
    held = ledger(clue_at(Stage.IN_ANALYSIS, risk=None), replace(ANALYSIS, risks=None, feasibility=None))
    plan = press("analyse", held, report=Analysis(risks="有人滑倒"))
    assert codes(plan) == ["feasibility_missing", "risk_missing"]
    assert places(plan) == [("分析", 2, "可行性分析结论"), ("线索台账", 2, "风险等级")]
    assert plan.edits[0].after.risks == "有人滑倒"
    assert moved(plan) == []


def test_a_complete_report_without_a_grade_of_risk_is_kept_and_waits():
    plan = press("analyse", ledger(ACCEPTED), {"analyst": "李强"}, report=WHOLE)
    assert codes(plan) == ["risk_missing"]
    assert moved(plan)[0].stage is Stage.IN_ANALYSIS
    assert plan.additions[0].summary == "写明"


def test_a_subject_of_the_clue_does_not_analyse_it():
    plan = press("analyse", ledger(clue_at(Stage.ACCEPTED, subjects="店长李强")), {"analyst": "李强"})
    assert (codes(plan), plan.edits, plan.additions) == (["analyst_recused"], (), ())


@pytest.mark.parametrize("changes", [{"complex": YesNo.YES}, {"involved_departments": ("财务部", "市场部")}])
def test_a_complex_or_joint_matter_is_discussed_first(changes):
    clue = clue_at(Stage.ACCEPTED, **changes)
    assert codes(press("analyse", ledger(clue))) == ["discussion_missing"]
    assert press("analyse", ledger(clue, meeting(MeetingKind.DISCUSSION))).done == (NUMBER,)


def test_clues_at_other_stages_are_listed_and_left_alone():
    plan = press("analyse", ledger(clue_at(Stage.ROUTED), clue_at(Stage.REGISTERED), ACCEPTED))
    assert codes(plan) == ["wrong_stage", "wrong_stage"]
    assert plan.done == (NUMBER,)
    assert "(accept)" in plan.problems[1].fix.en


REVIEW = ledger(clue_at(Stage.IN_REVIEW), ANALYSIS)


def test_an_approved_analysis_makes_the_clue_ready_to_route():
    plan = press("approve", REVIEW, opinion="同意")
    clue, analysis = (edit.after for edit in plan.edits)
    assert (clue.stage, clue.approved_at, clue.next_step) == (Stage.APPROVED, NOW, "流转")
    assert (analysis.approved, analysis.reviewer, analysis.opinion) == (YesNo.YES, "王芳", "同意")


def test_the_reviewer_is_not_the_analyst():
    plan = press("approve", REVIEW, stamp=Stamp(NOW, "李强"))
    assert (codes(plan), plan.edits) == (["reviewer_is_analyst"], ())
    assert places(plan) == [("分析", 2, "审核人")]
    assert press("approve", REVIEW, stamp=Stamp(NOW, "李强"), reviewer="王芳").done == (NUMBER,)
    assert codes(press("approve", REVIEW, reviewer="李强", stamp=STAMP)) == ["reviewer_is_analyst"]


def test_only_a_submitted_analysis_is_approved():
    plan = press("approve", ledger(clue_at(Stage.IN_ANALYSIS), ANALYSIS))
    assert codes(plan) == ["wrong_stage"]
    assert "(analyse)" in plan.problems[0].fix.en


def test_the_scores_give_the_grade_when_none_is_chosen():
    scored = replace(WHOLE, economy=3, reputation=2, legal=1, likelihood=2)
    plan = press("analyse", ledger(clue_at(Stage.IN_ANALYSIS, risk=None)), report=scored)
    assert [(c.stage, c.risk) for c in moved(plan)] == [(Stage.IN_REVIEW, Risk.MEDIUM)]
    assert plan.additions[0].computed_risk is Risk.MEDIUM
    assert [paper.kind for paper in plan.papers] == ["analysis_report"]


def test_an_alternative_given_with_the_report_is_weighed_and_the_first_is_recommended():
    given = Alternative(option="修补屋顶", cost="两千元")
    plan = press("analyse", ledger(ACCEPTED), NAMED, report=WHOLE, alternative=given)
    assert replace(given, clue=NUMBER, recommended=YesNo.YES) in plan.additions
    assert moved(plan)[0].stage is Stage.IN_REVIEW


def test_an_important_clue_is_analysed_in_full_unless_the_office_asks_for_less():
    important = clue_at(Stage.IN_ANALYSIS, urgency=Urgency.IMPORTANT)
    assert codes(press("analyse", ledger(important), report=WHOLE)) == [
        "background_missing",
        "cause_missing",
        "scores_missing",
        "alternatives_missing",
        "methods_missing",
    ]
    assert codes(press("analyse", ledger(important, full_analysis="不要求"), report=WHOLE)) == []


def test_an_extent_that_is_no_choice_is_told_at_its_setting():
    with pytest.raises(ConfigError) as error:
        press("analyse", ledger(ACCEPTED, full_analysis="多数"))
    assert error.value.problems[0].code == "setting_unusable"


def test_a_returned_analysis_is_kept_with_its_opinion_and_opens_a_new_version():
    plan = press("rework", ledger(clue_at(Stage.IN_REVIEW), ANALYSIS), opinion="原因写得太笼统")
    assert [(c.stage, c.approved_at) for c in moved(plan)] == [(Stage.IN_ANALYSIS, None)]
    returned = next(e.after for e in plan.edits if isinstance(e.after, Analysis))
    assert (returned.approved, returned.opinion, returned.reviewer) == (YesNo.NO, "原因写得太笼统", "王芳")
    (draft,) = plan.additions
    assert (draft.version, draft.summary, draft.submitted_at, draft.opinion) == (2, "漏水经过", None, None)


def test_an_approved_analysis_may_be_returned_before_the_clue_is_routed():
    plan = press("rework", ledger(clue_at(Stage.APPROVED), APPROVED), opinion="补充法律意见")
    assert [(c.stage, c.approved_at) for c in moved(plan)] == [(Stage.IN_ANALYSIS, None)]


def test_an_analysis_is_not_returned_without_saying_why():
    assert codes(press("rework", ledger(clue_at(Stage.IN_REVIEW), ANALYSIS))) == ["opinion_missing"]


OWING = clue_at(Stage.IN_HANDLING, fast_track=YesNo.YES, approved_at=None)


def test_the_analysis_a_fast_tracked_clue_owes_is_submitted_and_approved_where_the_clue_stands():
    held = ledger(OWING, replace(ANALYSIS, submitted_at=None))
    submitted = press("analyse", held)
    assert (submitted.done, [c.stage for c in moved(submitted)]) == ((NUMBER,), [Stage.IN_HANDLING])
    approved = press("approve", ledger(OWING, ANALYSIS))
    assert [(c.stage, c.approved_at) for c in moved(approved)] == [(Stage.IN_HANDLING, NOW)]


def test_a_clue_that_owes_nothing_is_not_analysed_again_while_it_is_handled():
    assert codes(press("analyse", ledger(clue_at(Stage.IN_HANDLING), ANALYSIS))) == ["wrong_stage"]


ASKED = Consultation(expert="周工", kind=ExpertKind.EXTERNAL, question="能否修补")


def test_an_expert_is_asked_with_a_form_and_the_answer_completes_the_record():
    asked = press("consult", ledger(clue_at(Stage.IN_ANALYSIS)), consultation=ASKED)
    (record,) = asked.additions
    assert (record.clue, record.on) == (NUMBER, NOW.date())
    assert [paper.kind for paper in asked.papers] == ["consultation_form"]
    held = ledger(clue_at(Stage.IN_ANALYSIS), record)
    answer = Consultation(expert="周工", opinion="可以修补", promise=YesNo.YES)
    answered = press("consult", held, consultation=answer)
    (edit,) = [e for e in answered.edits if isinstance(e.after, Consultation)]
    assert (edit.after.question, edit.after.opinion, edit.after.promise) == (
        "能否修补",
        "可以修补",
        YesNo.YES,
    )
    assert answered.additions == ()


def test_a_consultation_names_its_expert():
    with pytest.raises(UsageError):
        press("consult", ledger(clue_at(Stage.IN_ANALYSIS)), consultation=Consultation(question="能否修补"))


def test_a_new_analysis_is_opened_with_the_closed_cases_most_like_it():
    like = clue_at(Stage.CLOSED, number="XS-2025-YW-0009", elapsed_days=4)
    plan = press("analyse", ledger(ACCEPTED, like), NAMED)
    (opened,) = [a for a in plan.additions if isinstance(a, Analysis)]
    assert opened.similar_cases == "XS-2025-YW-0009（达到，4 个工作日）"
