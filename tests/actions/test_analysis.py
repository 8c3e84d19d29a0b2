from __future__ import annotations

from dataclasses import replace

import pytest
from stages import ANALYSIS, NOW, NUMBER, STAMP, clue_at, codes, ledger, meeting, places, press

from cluebook.domain.clue import Clue, Risk, Stage
from cluebook.domain.fields import YesNo
from cluebook.domain.records import Analysis, MeetingKind
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
