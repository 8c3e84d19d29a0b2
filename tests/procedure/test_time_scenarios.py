"""Acceptance scenarios of time (procedure, section 9): S4, S5, S6, S7, S9, S11, S16.

They begin with one general clue that its department received on Thursday, 17 September 2026: fifteen working days
later, past Mid-Autumn and National Day with their make-up days, is Wednesday, 14 October.
"""

from __future__ import annotations

import shutil
from datetime import date, datetime

import pytest
from offices import FEEDBACK, LINE, REPORT, book_of, ledger_at, new_clue, press, review_of, routing_of

from cluebook.actions.registry import Pasted
from cluebook.domain.clue import Clue, Ground, Risk, Stage, Urgency
from cluebook.domain.fields import YesNo
from cluebook.domain.records import (
    Decision,
    Event,
    Extension,
    Feedback,
    Pause,
    PauseReason,
    Reopening,
    ReopeningReason,
)
from cluebook.ledger.book import CellEdit
from cluebook.ledger.completions import completions

NUMBER = "XS-2026-YW-0001"
RECEIVED = datetime(2026, 9, 17, 10, 0)
DUE = date(2026, 10, 14)
NOTICE_2027 = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号
一、元旦：1月1日（周五）至3日（周日）放假调休，共3天。
二、春节：2月4日（周四）至10日（周三）放假调休，共7天。1月31日（周日）、2月13日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月7日（周一）至9日（周三）放假调休，共3天。6月12日（周六）上班。
六、中秋节：9月15日（周三）放假1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""


def walked(office, received):
    """Bring a new clue to its department, all on one day."""
    at = received.replace(hour=9)
    found = new_clue("zh", found_at=at.replace(hour=8))
    entry = press(office, "add", entry=found, at=at).plan.done[0]
    review = {"subtype": "其他业务", "urgency": Urgency.GENERAL, "ground": Ground.ORDINARY}
    number = press(office, "accept", entry, fills=review_of("zh") | review, at=at).plan.done[0]
    press(office, "analyse", number, fills={"analyst": "Li", "risk": Risk.LOW}, report=REPORT, at=at)
    press(office, "approve", number, by="Zhou", at=at)
    press(office, "route", number, fills=routing_of("zh"), at=at)
    press(office, "receive", number, fills={"handler": "Zhao"}, at=received)
    return number


@pytest.fixture(scope="session")
def _handled(pristine, tmp_path_factory):
    office = shutil.copytree(pristine("zh"), tmp_path_factory.mktemp("handled") / "office")
    walked(office, RECEIVED)
    return office


@pytest.fixture
def office(_handled, tmp_path):
    """An office whose only clue is being handled."""
    return shutil.copytree(_handled, tmp_path / "office")


@pytest.fixture
def empty_office(pristine, tmp_path):
    """An office that begins with the scenario itself."""
    return shutil.copytree(pristine("zh"), tmp_path / "office")


def completed(office):
    """What is known of the completions: by whom, when, and when it was due."""
    return [(each.department, each.at.date(), each.due) for each in completions(ledger_at(office))]


def clue_of(office):
    (clue,) = ledger_at(office).records(Clue)
    return clue


def on(month, day, hour=10):
    return datetime(2026, month, day, hour)


def told(outcome):
    return [problem.code for problem in outcome.plan.problems]


def test_the_clue_of_these_scenarios_is_due_after_the_holidays(office):
    clue = clue_of(office)
    assert (clue.number, clue.stage, clue.completion_due) == (NUMBER, Stage.IN_HANDLING, DUE)
    assert clue.due_reason == (
        "自接收起算：2026-09-17 起第 15 个工作日为 2026-10-14（星期三）；9月20日国庆节调休上班；"
        "9月25日至27日中秋节休假；10月1日至7日国庆节休假；10月10日国庆节调休上班。"
    )


def test_s04_an_extension_one_day_after_expiry_is_refused(office):
    wish = Extension(progress="已查看", reason="等待配件", new_due=date(2026, 10, 21))
    late = press(office, "extend", NUMBER, application=wish, at=on(10, 15))
    assert told(late) == ["extension_too_late"]
    (problem,) = late.plan.problems
    assert problem.wrong.zh == f"{NUMBER}：期限已过，不能再申请延期。"
    assert (clue_of(office).completion_due, ledger_at(office).records(Extension)) == (DUE, ())

    assert told(press(office, "extend", NUMBER, application=wish, at=on(10, 14), by="Zhao")) == []
    assert clue_of(office).completion_due == DUE
    decided = press(office, "decide", NUMBER, decision=Decision.GRANTED, at=on(10, 15), by="Zhou")
    clue = clue_of(office)
    assert (clue.completion_due, clue.original_due, clue.extensions) == (date(2026, 10, 21), DUE, 1)
    assert [path.name for path in decided.documents] == [f"{NUMBER} 延期申请单 (2).docx"]


def test_s05_a_pause_over_national_day_moves_the_date_by_the_working_days_that_passed(office):
    wait = Pause(reason=PauseReason.TEST, until=date(2026, 10, 9), approved_by="Zhou")
    press(office, "suspend", NUMBER, pause=wait, at=on(9, 28))
    paused = clue_of(office)
    assert (paused.stage, paused.next_step, paused.next_due) == (
        Stage.SUSPENDED,
        "恢复办理",
        date(2026, 10, 9),
    )
    assert press(office, "overdue", at=on(10, 30)).plan.overdue == ()

    assert press(office, "resume", at=on(10, 8)).plan.done == ()  # its day has not come
    assert press(office, "resume", at=on(10, 9)).plan.done == (NUMBER,)
    # Worked in between: 29 and 30 September, 8 and 9 October; the Saturday after it is worked, too.
    clue = clue_of(office)
    assert (clue.completion_due, clue.suspended_days) == (date(2026, 10, 20), 4)
    assert clue.due_reason.endswith("其中停计 4 个工作日。")


def test_s06_raising_the_urgency_shrinks_the_deadline_and_keeps_the_used_time(office):
    press(
        office,
        "regrade",
        NUMBER,
        urgency=Urgency.URGENT,
        ground=Ground.ACT_NOW,
        reason="有人滑倒",
        at=on(9, 22),
    )
    clue = clue_of(office)
    assert (clue.completion_due, clue.original_urgency) == (date(2026, 9, 23), Urgency.GENERAL)
    assert (clue.next_step, clue.next_due) == ("初步处理/处理方案", date(2026, 9, 23))
    (event,) = [e for e in ledger_at(office).records(Event) if e.action == "调级"]
    assert event.reason == "有人滑倒"
    assert "完成期限：2026-10-14 → 2026-09-23" in event.changes.splitlines()

    press(office, "regrade", NUMBER, urgency=Urgency.GENERAL, reason="误报", at=on(9, 23))
    assert (clue_of(office).completion_due, clue_of(office).milestone_due) == (DUE, None)


def fed_back(office, at):
    press(office, "log", NUMBER, line=LINE, at=at)
    return press(office, "feedback", NUMBER, report=FEEDBACK, at=at)


def test_s07_when_feedback_is_returned_the_clock_runs_on_from_where_it_stopped(office):
    fed_back(office, on(9, 24))
    press(office, "redo", NUMBER, opinion="未说明原因", at=on(9, 30))
    clue = clue_of(office)
    assert (clue.stage, clue.completed_at, clue.fed_back_at) == (Stage.IN_HANDLING, None, None)
    # Six of fifteen working days were used; the three of the review do not count.
    assert (clue.completion_due, clue.suspended_days) == (date(2026, 10, 19), 3)
    assert completed(office) == []  # what was given back counts for no month
    assert fed_back(office, on(10, 9)).plan.done == (NUMBER,)
    assert completed(office) == [("客户服务部", date(2026, 10, 9), date(2026, 10, 19))]
    assert [each.accepted for each in ledger_at(office).records(Feedback)] == [YesNo.NO, None]


def test_s09_reopening_after_the_archive_resets_retention_and_keeps_what_was(office):
    fed_back(office, on(9, 24))
    press(office, "close", NUMBER, at=on(9, 28), by="Zhou")
    archived = {
        "状态": ("已办结", "已归档"),
        "归档号": (None, "YW-2026-0001"),
        "保管到期日": (None, date(2036, 12, 31)),
    }
    book, row = book_of(office), ledger_at(office).rows(Clue)[0].number
    with book.open():
        book.write([CellEdit("Clues", row, head, *cells) for head, cells in archived.items()], [])

    asked = Reopening(reason=ReopeningReason.DISSATISFIED, note="又漏了", approved_by="Zhou")
    outcome = press(office, "reopen", NUMBER, reopening=asked, at=on(10, 9))
    clue = clue_of(office)
    assert (clue.stage, clue.reopened, clue.archive_no, clue.retain_until) == (
        Stage.IN_HANDLING,
        1,
        None,
        None,
    )
    assert (clue.closed_at, clue.completion_due) == (None, date(2026, 10, 29))
    (kept,) = ledger_at(office).records(Reopening)
    assert (kept.archive_no, kept.closed_at) == ("YW-2026-0001", on(9, 28))
    assert [path.name for path in outcome.documents] == [f"{NUMBER} 重新办理审批表.docx"]


def test_s11_a_deadline_of_next_year_is_provisional_until_its_calendar_is_published(empty_office):
    office = empty_office
    walked(office, datetime(2026, 12, 28, 10, 0))
    before = clue_of(office)
    assert (before.completion_due, before.provisional) == (date(2027, 1, 18), YesNo.YES)

    press(office, "calendar", notice=Pasted(NOTICE_2027), yes=True, at=datetime(2026, 12, 29, 9))
    assert clue_of(office).completion_due == before.completion_due  # no running clock moves unasked
    outcome = press(office, "recompute", at=datetime(2026, 12, 29, 10))
    after = clue_of(office)
    assert outcome.plan.done == (NUMBER,)
    assert (after.completion_due, after.provisional) == (date(2027, 1, 19), YesNo.NO)


def test_s16_what_was_closed_late_stays_late(office):
    assert [(late.kind, late.days) for late in press(office, "overdue", at=on(10, 20)).plan.overdue] == [
        ("completion", 4)
    ]
    fed_back(office, on(10, 20))
    press(office, "close", NUMBER, at=on(10, 21), by="Zhou")
    closed = clue_of(office)
    assert (closed.stage, closed.overdue_kind, closed.overdue_days) == (Stage.CLOSED, "办理逾期", 4)
    later = press(office, "overdue", flag=True, at=on(12, 1))
    assert later.plan.overdue == ()
    assert (clue_of(office).overdue_kind, clue_of(office).overdue_days) == ("办理逾期", 4)
    asked = Reopening(reason=ReopeningReason.DISSATISFIED, note="又漏了", approved_by="Zhou")
    press(office, "reopen", NUMBER, reopening=asked, at=on(12, 2))
    assert clue_of(office).completed_at is None
    assert completed(office) == [
        ("客户服务部", date(2026, 10, 20), DUE)
    ]  # by the trail, for the statistics of October
    (report,) = press(office, "report", period="2026Q4", at=on(12, 31)).plan.papers
    told = {row["name"]: row["value"] for row in report.context["rows"]}
    assert (told["逾期办理"], told["按期办理率：客户服务部"]) == ("1", "0.0%")
