"""Supplements, mergers, transfers, replies and the ways round a conflict, on a ledger of records alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from stages import NEW, NOW, NUMBER, STAMP, clue_at, codes, ledger, press

from cluebook.actions import ACTIONS
from cluebook.domain.clue import (
    ChannelGroup,
    Conclusion,
    Ground,
    Named,
    Nature,
    Rejection,
    Secrecy,
    Stage,
    Truth,
    Urgency,
)
from cluebook.domain.fields import YesNo
from cluebook.domain.records import (
    Decision,
    Pause,
    PauseKind,
    Reply,
    ReplyKind,
    ReplyOutcome,
    Reporter,
    Transfer,
)
from cluebook.errors import UsageError
from cluebook.ledger.book import Grid
from cluebook.ledger.tables import table_of

REGISTERED = clue_at(Stage.REGISTERED)
MASTER = clue_at(Stage.IN_HANDLING)
CHILD = clue_at(Stage.ACCEPTED, entry_no="T-2026-00009", number="XS-2026-YW-0009")
WHO = Reporter(clue="T-2026-00009", name="孙小梅", phone="13800001234")
JUDGED = {
    "truth": Truth.TRUE,
    "completeness": clue_at(Stage.ACCEPTED).completeness,
    "nature": Nature.BUSINESS,
    "subtype": "服务投诉",
    "urgency": Urgency.GENERAL,
    "ground": Ground.ORDINARY,
}


def test_who_reported_goes_to_a_sheet_of_their_own_and_not_into_the_clue():
    plan = press("add", ledger(), entry=NEW, reporter=Reporter(name="孙小梅", phone="13800001234"))
    clue, reporter, _ = plan.additions
    assert reporter == replace(WHO, clue=clue.entry_no)
    assert clue.named is Named.NAMED
    assert "孙小梅" not in f"{clue}{plan.notices}{plan.reasons}{plan.problems}"


def test_columns_of_a_file_that_name_the_reporter_go_there_too():
    header = ("涉及事项", "描述", "发现时间", "姓名", "来电号码")
    rows = (("漏水", NEW.description, "2026-03-01", "孙小梅", "13800001234"), ("路灯", f"{NEW.description}二", "2026-03-01", None, None))  # fmt: skip
    source = Grid("来电", header, 2, rows)
    plan = press("import", ledger(), source=source, map={"电话": "来电号码"}, set={"要求回复": "是"})
    reporters = [record for record in plan.additions if isinstance(record, Reporter)]
    told = Reporter(clue="T-2026-00001", name="孙小梅", phone="13800001234", wants_reply=YesNo.YES)
    assert reporters == [told]


def test_a_reporter_that_no_cell_can_hold_is_told_by_the_column_and_the_other_rows_come_in():
    header = ("涉及事项", "描述", "发现时间", "姓名")
    texts = [f"{NEW.description}{n}" for n in range(2)]
    rows = (("漏水", texts[0], "2026-03-01", "孙\x07小梅"), ("路灯", texts[1], "2026-03-01", "赵强"))
    plan = press("import", ledger(), source=Grid("来电", header, 2, rows))
    assert [r.name for r in plan.additions if isinstance(r, Reporter)] == ["赵强"]
    assert [(p.code, p.place.row, p.place.column) for p in plan.problems] == [("text_unholdable", 2, "姓名")]
    alone = press("add", ledger(), entry=NEW, reporter=Reporter(name="孙\x07小梅"))
    assert (codes(alone), alone.additions) == (["text_unholdable"], ())
    assert alone.problems[0].place.sheet == "举报人信息"


def test_no_action_that_may_wait_on_the_disk_is_told_a_secret():
    waiting = [action for action in ACTIONS.values() if action.waits]
    records = [option.type for action in waiting for option in action.options if option.is_record]
    assert table_of(Reporter).secret
    assert not [record for record in records if table_of(record).secret]


def test_a_report_of_misconduct_is_confidential_from_its_entry_on():
    plan = press("add", ledger(), entry=replace(NEW, subtype="违规举报", nature=Nature.COMPLIANCE))
    assert plan.additions[0].secrecy is Secrecy.CONFIDENTIAL


def test_what_is_missing_is_listed_at_entry_and_a_late_delivery_is_told():
    late = replace(
        NEW,
        collected_at=datetime(2026, 3, 2, 9, 30),
        delivered_at=datetime(2026, 3, 4, 9, 30),
        collecting_department="市场部",
    )
    plan = press("add", ledger(), entry=late)
    assert plan.additions[0].missing == "收集人、涉及对象、诉求、实名匿名"
    assert any("2026-03-03" in notice.zh and "市场部" in notice.zh for notice in plan.notices)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"channel_group": ChannelGroup.EXTERNAL, "channel": "媒体报道"}, "link_missing"),
        ({"named": Named.NAMED}, "contact_missing"),
    ],
)
def test_what_cannot_be_done_without_stops_the_acceptance_unless_a_reason_is_given(changes, code):
    held = ledger(replace(REGISTERED, **changes))
    assert codes(press("accept", held, JUDGED)) == [code]
    plan = press("accept", held, JUDGED, despite="来源已撤稿")
    assert plan.done == (NUMBER,)
    assert "来源已撤稿" in plan.reasons[NUMBER]


def test_an_accepted_clue_with_gaps_says_in_the_trail_what_it_was_judged_complete_without():
    plan = press("accept", ledger(REGISTERED), JUDGED)
    assert plan.reasons[NUMBER] == (
        "初审判断为完整，缺收集人、收集部门、涉及对象、诉求、实名匿名、背景说明或附件"
    )
    assert "没有背景说明" in plan.notices[0].zh


def test_a_supplement_has_a_limit_a_pause_and_a_notice_naming_what_is_missing():
    plan = press("supplement", ledger(REGISTERED), {"missing": "现场照片"})
    after, (pause,) = plan.edits[0].after, plan.additions
    assert (after.stage, after.supplement_due) == (Stage.INCOMPLETE, date(2026, 3, 9))
    assert (pause.kind, pause.began_at, pause.until) == (PauseKind.SUPPLEMENT, NOW, date(2026, 3, 9))
    assert plan.papers[0].context["clue"]["missing"] == "现场照片"


def test_of_clues_to_reject_each_takes_the_step_of_its_stage():
    held = ledger(
        replace(REGISTERED, rejection=Rejection.NOT_OURS),
        clue_at(Stage.INCOMPLETE, entry_no="T-2", supplement_due=date(2026, 3, 3)),
        clue_at(Stage.INCOMPLETE, entry_no="T-3", supplement_due=date(2026, 3, 4)),
    )
    plan = press("reject", held, approved_by="林主任")
    assert [edit.after.rejection for edit in plan.edits] == [Rejection.NOT_OURS, Rejection.NEVER_COMPLETED]
    assert codes(plan) == ["supplement_not_overdue"]
    assert {edit.after.conclusion for edit in plan.edits} == {Conclusion.REJECT}
    assert len(plan.papers) == 2
    assert codes(press("reject", held)) == ["approval_missing"] * 2 + [
        "supplement_not_overdue",
        "approval_missing",
    ]


def merged(*records, master=NUMBER, **options):
    """Press “merge” on the last clue among the records alone."""
    held = ledger(*records)
    rows = held.rows(type(MASTER))[-1:]
    return ACTIONS["merge"].run(held, rows, STAMP, master=master, same_matter=True, **options)


def test_the_master_takes_the_highest_urgency_once_and_keeps_what_is_higher_already():
    urgent = replace(CHILD, urgency=Urgency.URGENT, ground=Ground.LOSS)
    plan = merged(MASTER, urgent, WHO)
    child, master = (edit.after for edit in plan.edits)
    assert (child.stage, child.master_number) == (Stage.MERGED, NUMBER)
    assert (master.urgency, master.ground, master.original_urgency) == (
        Urgency.URGENT,
        Ground.LOSS,
        Urgency.GENERAL,
    )
    assert master.completion_due < MASTER.completion_due
    assert "T-2026-00009" in plan.reasons[NUMBER] or "XS-2026-YW-0009" in plan.reasons[NUMBER]
    assert len(merged(MASTER, replace(CHILD, urgency=None)).edits) == 1
    assert len(merged(replace(MASTER, urgency=Urgency.URGENT), urgent).edits) == 1


def test_what_was_merged_into_a_clue_follows_it_to_its_master():
    grandchild = clue_at(Stage.REGISTERED, entry_no="T-7", stage=Stage.MERGED, master_number=CHILD.number)
    plan = merged(MASTER, grandchild, CHILD)
    assert [(e.after.entry_no, e.after.master_number) for e in plan.edits] == [
        ("T-2026-00009", NUMBER),
        ("T-7", NUMBER),
    ]


def test_a_merger_that_nobody_confirmed_is_not_done():
    with pytest.raises(UsageError) as caught:
        press("merge", ledger(MASTER, CHILD), master=NUMBER)
    assert caught.value.problems[0].code == "not_confirmed"


def test_a_master_that_is_closed_has_to_be_reopened_first():
    plan = merged(clue_at(Stage.CLOSED), CHILD)
    assert codes(plan) == ["master_over"]
    assert "reopen" in plan.problems[0].fix.en


def test_a_compliance_clue_is_transferred_with_approval_and_not_to_whom_it_is_about():
    letter = Transfer(receiver="市采购中心", reason="不属管辖", basis="职责规定")
    held = ledger(clue_at(Stage.ACCEPTED, nature=Nature.COMPLIANCE, subjects="市采購中心"))
    assert codes(press("transfer", held, letter=letter)) == ["approval_missing", "receiver_is_subject"]
    named = replace(letter, approved_by="林总")
    plan = press("transfer", held, letter=named, despite="法定管辖")
    assert (plan.edits[0].after.stage, plan.problems) == (Stage.IN_TRANSFER, ())
    assert "法定管辖" in plan.reasons[NUMBER]
    assert {type(record) for record in plan.additions} == {Transfer, Pause}


def test_a_refused_transfer_comes_back_for_review_and_keeps_its_number():
    sent = Transfer(clue=NUMBER, receiver="市监局", reason="a", basis="b", sent_at=datetime(2026, 3, 3, 9))
    held = ledger(
        clue_at(Stage.IN_TRANSFER, policy="2026 版"),
        sent,
        Pause(clue=NUMBER, kind=PauseKind.TRANSFER, began_at=datetime(2026, 3, 3, 9)),
    )
    plan = press("answer", held, answer=Decision.REFUSED, opinion="另有主办")
    clue, transfer, pause = (edit.after for edit in plan.edits)
    assert (clue.stage, clue.number, clue.reviewed_at) == (Stage.REGISTERED, NUMBER, None)
    assert (transfer.answer, transfer.answered_at, pause.ended_at, pause.days) == (
        Decision.REFUSED,
        NOW,
        NOW,
        1,
    )
    again = press("accept", ledger(clue), JUDGED)
    assert again.done == (NUMBER,)


def test_a_department_is_not_sent_a_clue_about_itself_unless_somebody_says_why():
    held = ledger(clue_at(Stage.APPROVED, subjects="客户服務部"))
    form = {"department": "客户服务部", "routing_reason": "门店归其管理"}
    assert codes(press("route", held, form)) == ["department_is_subject"]
    plan = press("route", held, form, despite="只有该部门能查")
    assert plan.done == (NUMBER,)
    assert "只有该部门能查" in plan.reasons[NUMBER]


def test_a_reply_knows_what_is_due_and_nobody_reached_gets_no_letter():
    held = ledger(replace(CHILD, stage=Stage.MERGED), WHO)
    plan = press("reply", held, answer=Reply(way="电话"))
    assert (plan.additions[0].kind, plan.papers[0].kind) == (ReplyKind.MERGED, "reply_letter")
    tried = Reply(way="电话", outcome=ReplyOutcome.UNREACHABLE, attempts="三次未接")
    plan = press("reply", held, answer=tried)
    assert (plan.papers, plan.additions[0].attempts) == ((), "三次未接")


def test_a_letter_names_its_reporter_only_when_that_was_approved():
    held = ledger(replace(CHILD, stage=Stage.MERGED), WHO)
    masked, shown = (
        press("reply", held, answer=Reply(way="信函"), show_name=show, approved_by="林主任").papers[0]
        for show in (False, True)
    )
    assert masked.context["reporter"]["name"] == ""
    assert shown.context["reporter"]["name"] == "孙小梅"
    assert "孙小梅" not in f"{masked.context}"


def test_erasing_blanks_every_line_about_the_reporter_and_names_the_texts_that_still_tell():
    telling = replace(CHILD, stage=Stage.WITHDRAWN, description="我是孙小梅，屋顶漏水")
    held = ledger(telling, WHO, replace(WHO, clue=CHILD.number))
    plan = press("erase", held, approved_by="林主任")
    blanked = [edit.after for edit in plan.edits if isinstance(edit.after, Reporter)]
    assert blanked == [Reporter(clue=c, erased_at=NOW, erased_by="王芳") for c in (WHO.clue, CHILD.number)]
    assert any("描述" in notice.zh for notice in plan.notices)
    assert any("backups" in notice.zh for notice in plan.notices)
