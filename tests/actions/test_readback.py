"""A returned form is believed once it is known to be ours, and then enters through the action that takes its answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from stages import FEEDBACK, LINE, NOW, NUMBER, TICKED, clue_at, codes, event, ledger, press

from cluebook.actions import ACTIONS
from cluebook.domain.clue import Clue, Expectation, Satisfaction, Stage
from cluebook.domain.fields import YesNo
from cluebook.domain.records import (
    Callback,
    CheckItem,
    Consultation,
    Decision,
    ExpertKind,
    Extension,
    Feedback,
    HandlingLine,
    Pause,
    PauseKind,
    Return,
    Transfer,
    Urge,
    UrgeKind,
)
from cluebook.errors import RefusedError, UsageError
from cluebook.forms import ANSWERED, FORMS, OFFICE, SLIP, Delivery, Returned
from cluebook.forms import NUMBER as NUMBER_TAG
from cluebook.returned import unread

DIGEST = "0123456789abcdef" * 4
SLIP_NO = "LZ-2026-0001"
HOME = "某某集团"
RECEIPT = {
    "clue.handler": "赵　敏",
    "clue.handler_phone": "０１０-１２３４",
    "clue.expected_on": "二〇二六年三月十日",
}
RETURN = {"returned.reason": "不属本部门", "returned.proposed": "行政部"}
ROUTED = ledger(clue_at(Stage.ROUTED), office=HOME)
HANDLED = ledger(clue_at(Stage.IN_HANDLING), LINE, *TICKED, office=HOME)


def form(kind="routing_slip", said=(), *, digest=DIGEST, office=HOME, number=NUMBER, slip=SLIP_NO, **more):
    facts = ((NUMBER_TAG, number), (SLIP, slip), (OFFICE, office))
    told = {"facts": facts, "around": (f"线索流转单 {NUMBER}",), "words": office, "sealed": True} | more
    return Returned(
        file=f"{kind}.docx", digest=digest, content=b"docx", form=FORMS[kind], said=dict(said), **told
    )


def readback(held, *forms, unread=(), **options):
    return press("readback", held, delivery=Delivery(forms, tuple(unread)), **options)


def receipt(said=RECEIPT, **more):
    return form("routing_slip", said, **({"ticked": frozenset({"answer.receive"})} | more))


def refusal(held, *forms, **options):
    with pytest.raises(RefusedError) as refused:
        readback(held, *forms, **options)
    return [problem.code for problem in refused.value.problems]


def test_every_answer_has_the_action_that_takes_it():
    assert ACTIONS.keys() >= ANSWERED
    for each in FORMS.values():
        for answer in each.answers:
            action = ACTIONS[answer.action]
            takes = {Clue, *(option.type for option in action.options)}
            named = {option.name for option in action.options}
            said = {blank.field for blank in answer.blanks} - {"result"}
            assert {blank.record for blank in answer.blanks} <= takes or said <= named, each.kind


def test_a_receipt_confirms_with_handler_phone_and_promise():
    plan = readback(ROUTED, receipt())
    (edit,) = plan.edits
    after = edit.after
    assert (after.stage, after.handler, after.handler_phone) == (Stage.IN_HANDLING, "赵敏", "010-1234")
    assert (after.expected_on, after.received_at) == (date(2026, 3, 10), NOW)
    assert plan.done == (NUMBER,)


def test_the_handling_limits_count_from_the_day_that_the_receipt_tells():
    plan = readback(ROUTED, receipt(RECEIPT | {"clue.received_at": "2026年3月3日"}))
    after = plan.edits[0].after
    assert after.received_at == datetime(2026, 3, 3, 17)
    later = readback(ROUTED, receipt()).edits[0].after
    assert (after.completion_due < later.completion_due, after.days_left is not None) == (True, True)


@pytest.mark.parametrize(("day", "code"), [("2026-03-05", "date_ahead"), ("2026-03-02", "date_before")])
def test_a_day_of_receipt_that_cannot_be_is_a_problem(day, code):
    plan = readback(ROUTED, receipt(RECEIPT | {"clue.received_at": day}))
    assert (codes(plan), plan.edits) == ([code], ())


def test_the_form_is_kept_with_its_clue_and_the_trail_names_it_with_its_hash():
    plan = readback(ROUTED, receipt())
    (enclosure,) = plan.enclosures
    assert (enclosure.subject, enclosure.content) == (NUMBER, b"docx")
    assert "线索流转单" in enclosure.file
    assert DIGEST in plan.reasons[NUMBER]
    assert "routing_slip.docx" in plan.reasons[NUMBER]
    assert plan.acts[NUMBER] == ACTIONS["receive"].text


def test_the_same_document_again_says_so_and_does_nothing():
    held = ledger(
        clue_at(Stage.ROUTED),
        replace(event(NUMBER), reason=f"据退回文书“a.docx”，SHA-256 {DIGEST}"),
        office=HOME,
    )
    plan = readback(held, receipt())
    assert (plan.edits, plan.additions, plan.problems, plan.enclosures) == ((), (), (), ())
    assert "此前已办" in plan.notices[0].zh
    twice = readback(ROUTED, receipt(), receipt())
    assert (len(twice.enclosures), len(twice.notices)) == (1, 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"number": "XS-2026-YW-0002"}, "number_edited"),
        ({"number": ""}, "number_missing"),
        ({"facts": ((NUMBER_TAG, NUMBER), (NUMBER_TAG, "XS-2026-YW-0009"), (SLIP, SLIP_NO), (OFFICE, HOME))}, "number_edited"),
        ({"sealed": False}, "number_edited"),
        ({"office": "别的单位"}, "office_other"),
        ({"slip": "LZ-2026-0000"}, "slip_superseded"),
        ({"slip": ""}, "slip_superseded"),
        ({"number": "XS-2026-YW-0777", "around": ("线索流转单",)}, "unknown_number"),
    ],
)  # fmt: skip
def test_a_form_that_is_not_ours_or_not_as_it_went_out_is_refused(change, code):
    assert refusal(ROUTED, receipt(**change)) == [code]


def test_a_file_named_after_another_clue_of_ours_is_refused():
    other = replace(clue_at(Stage.ROUTED), number="XS-2026-YW-0002")
    held = ledger(clue_at(Stage.ROUTED), other, office=HOME)
    named = replace(receipt(), file="XS-2026-YW-0002 线索流转单.docx")
    assert refusal(held, named) == ["number_edited"]


def test_without_the_control_of_the_office_its_name_must_stand_in_the_form():
    facts = ((NUMBER_TAG, NUMBER), (SLIP, SLIP_NO))
    assert readback(ROUTED, receipt(facts=facts, words=f"{HOME[:2]} {HOME[2:]}")).done == (NUMBER,)
    assert refusal(ROUTED, receipt(facts=facts, words="别的单位")) == ["office_other"]


def test_a_clue_at_the_wrong_stage_is_a_problem_that_names_the_file():
    plan = readback(HANDLED, receipt())
    assert (codes(plan), plan.edits) == (["wrong_stage"], ())
    assert plan.problems[0].place.file == "routing_slip.docx"


def test_a_receipt_without_a_handler_is_a_problem_and_changes_nothing():
    plan = readback(ROUTED, receipt({"clue.expected_on": "2026-03-10"}))
    assert "handler" in codes(plan)[0]
    assert (plan.edits, plan.enclosures) == ((), ())


@pytest.mark.parametrize(
    ("said", "ticked", "code"),
    [
        ({}, (), "form_blank"),
        (RECEIPT | RETURN, (), "answers_contradict"),
        (RETURN, ("answer.receive",), "answers_contradict"),
        (RECEIPT, ("answer.receive", "answer.return"), "answers_contradict"),
        (RECEIPT | {"clue.expected_on": "下周"}, ("answer.receive",), "not_a_date"),
    ],
)  # fmt: skip
def test_what_is_half_filled_or_contradicts_itself_is_a_problem(said, ticked, code):
    plan = readback(ROUTED, form("routing_slip", said, ticked=frozenset(ticked)))
    assert (codes(plan), plan.edits) == ([code], ())


def test_none_is_no_answer_of_another_kind():
    plan = readback(ROUTED, receipt(RECEIPT | {"returned.reason": "无", "clue.deputy": " — "}))
    assert (codes(plan), plan.edits[0].after.deputy) == ([], None)


def test_without_a_tick_what_is_filled_in_decides():
    assert readback(ROUTED, receipt(ticked=frozenset())).edits[0].after.stage is Stage.IN_HANDLING


def test_the_return_column_asks_for_the_return():
    plan = readback(ROUTED, form("routing_slip", RETURN, ticked=frozenset({"answer.return"})))
    asked = next(each for each in plan.additions if isinstance(each, Return))
    assert (asked.reason, asked.proposed, asked.slip_no) == ("不属本部门", "行政部", SLIP_NO)
    assert plan.acts[NUMBER] == ACTIONS["return"].text


ROWS = (
    {"log.on": "2026年3月4日 08:30", "log.measures": "修补屋顶", "log.resolution": "不再漏水"},
    {"log.on": "2026-03-04", "log.measures": "=1+1"},
)  # fmt: skip


def test_only_lines_that_are_not_entered_yet_are_entered():
    plan = readback(HANDLED, form("handling_record", rows=ROWS))
    lines = [each for each in plan.additions if isinstance(each, HandlingLine)]
    assert [(line.measures, line.clue) for line in lines] == [("=1+1", NUMBER)]
    assert len(plan.edits) == 1
    assert codes(readback(HANDLED, form("handling_record", rows=ROWS[:1]))) == ["nothing_new"]


def test_a_line_that_does_not_say_what_was_done_stops_its_form_and_no_other():
    lacking = form("handling_record", rows=({"log.on": "2026-03-04"}, *ROWS))
    plan = readback(HANDLED, lacking, form("handling_record", rows=ROWS, digest="f" * 64))
    assert (codes(plan), len(plan.enclosures)) == (["measures_missing"], 1)
    assert plan.problems[0].place.file == "handling_record.docx"


REPORT = {
    "feedback.process": "查看并修补", "feedback.result": "不再漏水", "feedback.expectation": "部分达到",
    "feedback.improvements": "每季检查", "feedback.form": "书面报告。", "feedback.improver": "赵敏", "feedback.improve_by": "2026-04-01",
    "feedback.evidence": "照片",
}  # fmt: skip


def test_the_four_parts_are_entered_and_no_second_report_is_printed():
    plan = readback(HANDLED, form("feedback_report", REPORT))
    told = next(each for each in plan.additions if isinstance(each, Feedback))
    assert (told.process, told.expectation) == ("查看并修补", Expectation.PARTLY)
    assert (told.improver, told.improve_by) == ("赵敏", date(2026, 4, 1))
    assert (plan.edits[0].after.stage, plan.papers) == (Stage.FED_BACK, ())


ORDER = Urge(
    clue=NUMBER, number="DB-2026-0002", kind=UrgeKind.REMINDER, level=2, issued_at=datetime(2026, 3, 4, 9)
)
REPLY = {
    "urge.progress": "已联系施工队",
    "urge.reason": "连日下雨",
    "urge.measures": "先行遮盖",
    "urge.expected_on": "2026-03-06",
}


def reply(order):
    facts = ((NUMBER_TAG, NUMBER), (SLIP, SLIP_NO), (OFFICE, HOME), ("urge.number", order))
    return form("supervision_order", REPLY, facts=facts)


def test_the_answer_to_the_latest_order_is_entered_with_it_and_to_an_earlier_one_refused():
    held = ledger(clue_at(Stage.IN_HANDLING), replace(ORDER, number="DB-2026-0001"), ORDER, office=HOME)
    told = next(e.after for e in readback(held, reply("DB-2026-0002")).edits if isinstance(e.after, Urge))
    assert (told.number, told.progress, told.expected_on) == (
        "DB-2026-0002",
        "已联系施工队",
        date(2026, 3, 6),
    )
    assert told.replied_at == NOW
    assert refusal(held, reply("DB-2026-0001")) == ["order_superseded"]


ASKED = Consultation(
    clue=NUMBER, expert="顾明", question="会漏吗", kind=ExpertKind.EXTERNAL, on=date(2026, 3, 2)
)
OPINION = {"consultation.opinion": "会", "consultation.promise": "是", "consultation.title": "高级工程师"}


def unrouted(kind, said, to, office=HOME):
    return form(kind, said, facts=((NUMBER_TAG, NUMBER), (OFFICE, office), (FORMS[kind].to, to)))


def test_the_opinion_of_each_expert_enters_the_consultation_that_waits_for_it():
    other = replace(ASKED, expert="梁工")
    held = ledger(clue_at(Stage.IN_ANALYSIS), ASKED, other, office=HOME)
    plan = readback(held, unrouted("consultation_form", OPINION, "顾明"))
    (told,) = [each.after for each in plan.edits if isinstance(each.after, Consultation)]
    assert (told.expert, told.opinion, told.promise, told.question) == ("顾明", "会", YesNo.YES, "会漏吗")
    assert (codes(plan), plan.papers, len(plan.enclosures)) == ([], (), 1)
    answered = ledger(clue_at(Stage.IN_ANALYSIS), told, other, office=HOME)
    assert refusal(answered, unrouted("consultation_form", OPINION, "顾明")) == ["order_superseded"]
    assert refusal(held, unrouted("consultation_form", OPINION, "李四")) == ["order_superseded"]
    assert refusal(held, unrouted("consultation_form", OPINION, "顾明", office="别的单位")) == [
        "office_other"
    ]


SENT = Transfer(clue=NUMBER, receiver="市场监管所", reason="属其职责", sent_at=datetime(2026, 3, 3, 9))
HANDED_OVER = ledger(
    clue_at(Stage.ACCEPTED, stage=Stage.IN_TRANSFER),
    SENT,
    Pause(clue=NUMBER, kind=PauseKind.TRANSFER, began_at=SENT.sent_at),
    office=HOME,
)
TAKEN = {"transfer.answer": "同意", "transfer.answered_by": "胡某"}


def test_the_receipt_of_a_transfer_ends_it_on_the_day_it_tells():
    plan = readback(
        HANDED_OVER, unrouted("transfer_letter", TAKEN | {"transfer.answered_at": "2026-03-03"}, "市场监管所")
    )
    told = next(each.after for each in plan.edits if isinstance(each.after, Transfer))
    assert (told.answer, told.answered_by, told.answered_at) == (
        Decision.GRANTED,
        "胡某",
        datetime(2026, 3, 3, 17),
    )
    assert next(each.after for each in plan.edits if isinstance(each.after, Clue)).stage is Stage.TRANSFERRED


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"transfer.answered_by": "胡某"}, "answer_missing"),
        ({"transfer.answer": "同意"}, "answered_by_missing"),
        ({"transfer.answer": "不同意", "transfer.answered_by": "胡某"}, "opinion_missing"),
        (TAKEN | {"transfer.answered_at": "2026-03-02"}, "date_before"),
    ],
)
def test_a_receipt_that_lacks_something_is_a_problem(said, code):
    plan = readback(HANDED_OVER, unrouted("transfer_letter", said, "市场监管所"))
    assert (codes(plan), plan.edits) == ([code], ())


def test_the_receipt_of_an_earlier_receiver_is_refused():
    assert refusal(HANDED_OVER, unrouted("transfer_letter", TAKEN, "税务所")) == ["order_superseded"]


def test_a_call_back_that_another_department_made_is_entered_with_who_called():
    called = {"callback.satisfaction": "满意", "callback.by": "郑某", "callback.opinion": "及时"}
    held = ledger(clue_at(Stage.FED_BACK), office=HOME)
    plan = readback(held, form("callback_record", called))
    (told,) = [each for each in plan.additions if isinstance(each, Callback)]
    assert (told.by, told.satisfaction, told.on) == ("郑某", Satisfaction.SATISFIED, NOW.date())
    assert plan.edits[0].after.satisfaction is Satisfaction.SATISFIED
    assert codes(readback(held, form("callback_record", {"callback.opinion": "及时"}))) == [
        "satisfaction_missing"
    ]


def test_a_form_that_says_what_is_entered_already_is_not_entered_again():
    asked = Extension(clue=NUMBER, reason="连日下雨", applied_at=NOW)
    held = ledger(clue_at(Stage.IN_HANDLING), asked, office=HOME)
    assert codes(readback(held, form("extension_form", {"extension.reason": "连日下雨"}))) == ["nothing_new"]


def test_several_forms_about_one_clue_are_taken_in_the_order_of_the_procedure():
    report = form("feedback_report", REPORT, digest="e" * 64)
    record = form("handling_record", rows=ROWS, digest="f" * 64)
    items = tuple(
        {"checklist.item": item.item, "checklist.result": "已办", "checklist.on": "2026-03-04"}
        for item in TICKED
    )
    record = replace(record, rows=(*ROWS, *items))
    plan = readback(ROUTED, report, record, receipt())
    assert codes(plan) == []
    (edit,) = [each for each in plan.edits if isinstance(each.after, Clue)]
    assert (edit.before.stage, edit.after.stage, edit.after.handler) == (Stage.ROUTED, Stage.FED_BACK, "赵敏")
    assert (plan.done, len(plan.enclosures)) == ((NUMBER,), 3)
    assert plan.acts[NUMBER].zh == "确认接收、处理记录、处理清单、反馈"
    assert {each.result for each in plan.additions if isinstance(each, CheckItem)} == {"已办"}
    assert [line.split()[-1] for line in plan.reasons[NUMBER].splitlines()] == [DIGEST, "f" * 64, "e" * 64]


def test_the_good_ones_are_done_and_the_others_listed():
    plan = readback(
        ROUTED, receipt(), receipt(office="别的单位", digest="e" * 64), unread=[unread("is_pdf", "scan.pdf")]
    )
    assert (codes(plan), plan.done) == (["is_pdf", "office_other"], (NUMBER,))


def test_files_of_which_none_is_a_form_are_refused():
    assert refusal(ROUTED, unread=[unread("is_pdf", "scan.pdf"), unread("has_macros", "b.docx")]) == [
        "is_pdf",
        "has_macros",
    ]


def test_a_preview_tells_the_differences_and_changes_nothing():
    plan = readback(ROUTED, receipt(), dry_run=True)
    told = [notice.zh for notice in plan.notices]
    assert "  承办人： → 赵敏" in told
    assert "  状态：已流转待接收 → 处理中" in told
    assert (plan.edits, plan.additions, plan.enclosures, plan.papers, plan.done) == ((), (), (), (), ())


def test_a_preview_tells_a_long_text_by_its_length():
    told = readback(
        HANDLED, form("feedback_report", REPORT | {"feedback.result": "干" * 90}), dry_run=True
    ).notices
    assert any("（90字）" in notice.zh for notice in told)
    assert not any("干" in notice.zh for notice in told)


def test_tracked_changes_are_told():
    assert any("修订" in notice.zh for notice in readback(ROUTED, receipt(tracked=True)).notices)


def test_only_the_forms_of_one_step_are_taken_when_it_is_named():
    assert refusal(HANDLED, form("feedback_report", REPORT), only="receive") == ["form_other_kind"]
    assert readback(ROUTED, receipt(), only="receive").done == (NUMBER,)


def test_an_action_that_takes_no_forms_is_told_so():
    with pytest.raises(UsageError) as refused:
        readback(ROUTED, receipt(), only="close")
    assert "receive" in refused.value.problems[0].fix.zh


def test_an_empty_inbox_is_no_fault():
    assert [notice.zh for notice in readback(ROUTED).notices] == ["没有待登记的回件。"]


def test_a_text_that_no_cell_holds_is_a_problem_at_its_place():
    plan = readback(
        HANDLED, form("feedback_report", REPORT | {"feedback.result": "长" * 32_768}, words="二、处理结果")
    )
    assert [(p.code, p.place.file, p.place.column) for p in plan.problems] == [
        ("text_too_long", "feedback_report.docx", "二、处理结果")
    ]


def test_no_word_of_a_form_is_in_a_problem():
    said = {name: f"机密{name}" for name in (*RECEIPT, *RETURN)}
    plans = [
        readback(ROUTED, receipt(said)),
        readback(HANDLED, form("feedback_report", {"feedback.expectation": "机密"})),
    ]
    assert not [problem for plan in plans for problem in plan.problems if "机密" in problem.line("zh")]


@pytest.mark.parametrize(
    ("stage", "kinds"),
    [(Stage.ROUTED, {"return_form"}), (Stage.FED_BACK, {"handling_record", "callback_record"})],
)
def test_the_blank_forms_are_those_whose_answers_could_be_taken(stage, kinds):
    plan = press("forms", ledger(clue_at(stage), LINE, FEEDBACK))
    assert {paper.kind for paper in plan.papers} == kinds


def test_blank_forms_for_the_handling_show_the_log_and_nothing_of_an_earlier_answer():
    plan = press("forms", ledger(clue_at(Stage.IN_HANDLING), LINE, FEEDBACK))
    contexts = {paper.kind: paper.context for paper in plan.papers}
    assert {"handling_record", "feedback_report", "extension_form", "handling_plan"} == contexts.keys()
    assert contexts["handling_record"]["log"][0]["measures"] == "修补屋顶"
    assert contexts["feedback_report"]["feedback"]["result"] == ""


def test_there_is_no_form_before_the_routing():
    plan = press("forms", ledger(clue_at(Stage.APPROVED)))
    assert (codes(plan), plan.papers) == (["wrong_stage"], ())
