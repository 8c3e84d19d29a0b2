"""The calendar of an office: how far it reaches, a notice looked at and then taken, due dates that follow."""

from __future__ import annotations

from datetime import date

import pytest
from stages import STAMP, ledger, press

from cluebook.actions import ACTIONS
from cluebook.actions.office import calendar_of_ledger
from cluebook.domain.clue import Clue
from cluebook.domain.office import CalendarYear, Coverage, DayKind, DayOff
from cluebook.domain.workdays import is_workday
from cluebook.ledger.ledger import ledger_of

INVENTED = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕99号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至13日（周六）放假调休，共9天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。鼓励错峰休假（4月6日）。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天，不调休。
六、中秋节：9月15日（周三）放假1天，不调休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""
"""Made up for these tests; nobody knows yet what the notice for 2027 says."""


def calendar(held, **options):
    return ACTIONS["calendar"].run(held, (), STAMP, **options)


def after(held, plan):
    """The ledger after a plan, as far as the calendar goes."""
    records = {}
    for record in (DayOff, CalendarYear):
        edited = {edit.row: edit.after for edit in plan.edits if isinstance(edit.after, record)}
        records[record] = [edited.get(row.number, row.record) for row in held.rows(record)]
        records[record] += [new for new in plan.additions if isinstance(new, record)]
    return ledger_of({Clue: held.records(Clue), **records})


def said(plan):
    return [notice.zh for notice in plan.notices]


def test_by_itself_it_tells_of_every_year_and_changes_nothing():
    plan = calendar(ledger())
    assert (plan.edits, plan.additions, plan.problems) == ((), (), ())
    assert said(plan)[0].startswith("2026 年：已公布")
    assert "工作日 248 天" in said(plan)[0]
    assert said(plan)[1].startswith("2027 年：暂定")
    assert "--notice" in said(plan)[2]


def test_a_notice_is_shown_before_it_is_taken():
    plan = calendar(ledger(), notice=INVENTED)
    assert (plan.edits, plan.additions, plan.reasons) == ((), (), {})
    assert "2027年2月5日至13日（9 天） 休假 春节：新增" in said(plan)
    assert "第 5 行未采用：鼓励错峰休假(4月6日)" in said(plan)
    assert any("--yes" in line for line in said(plan))


def test_a_notice_that_is_taken_makes_its_days_and_settles_its_year():
    held = ledger()
    plan = calendar(held, notice=INVENTED, yes=True)
    new = {day.on: day for day in plan.additions if isinstance(day, DayOff)}
    eve = new[date(2027, 2, 5)]
    assert (eve.kind, eve.name, eve.source) == (DayKind.HOLIDAY, "春节", "国办发明电〔2026〕99号")
    assert (eve.changed_by, eve.changed_at) == (STAMP.by, STAMP.at.replace(microsecond=0))
    (settled,) = (edit.after for edit in plan.edits)
    assert settled == CalendarYear(year=2027, coverage=Coverage.PUBLISHED, basis="国办发明电〔2026〕99号")
    assert plan.reasons == {"": "国办发明电〔2026〕99号"}
    now = after(held, plan)
    assert 2027 in calendar_of_ledger(now).settled
    assert is_workday(date(2027, 1, 31), calendar_of_ledger(now))
    assert any("cluebook recompute" in line for line in said(plan))
    again = calendar(now, notice=INVENTED, yes=True)
    assert (again.edits, again.additions) == ((), ())


def test_rows_of_the_state_give_way_and_rows_of_the_office_stay():
    built_in = DayOff(on=date(2027, 2, 13), kind=DayKind.MAKE_UP, source="内置")
    own = DayOff(on=date(2027, 2, 20), kind=DayKind.COMPANY_OFF, name="本单位安排")
    held = ledger(built_in, own)
    plan = calendar(held, notice=INVENTED, yes=True)
    changed = [(edit.before, edit.after.kind) for edit in plan.edits if isinstance(edit.after, DayOff)]
    assert changed == [(built_in, DayKind.HOLIDAY)]
    assert "2027年2月13日（1 天） 休假 春节：改动" in said(plan)
    assert not is_workday(date(2027, 2, 20), calendar_of_ledger(after(held, plan)))


def test_a_notice_with_a_fault_is_shown_and_not_taken():
    plan = calendar(ledger(), notice=INVENTED.replace("6月9日（周三）", "6月9日（周四）"), yes=True)
    assert (plan.edits, plan.additions) == ((), ())
    assert [(problem.code, problem.place.row) for problem in plan.problems] == [("notice_weekday_differs", 7)]


def test_a_notice_for_some_festivals_does_not_settle_its_year():
    plan = calendar(ledger(), notice="\n".join(INVENTED.splitlines()[:4]), yes=True)
    assert not any(isinstance(edit.after, CalendarYear) for edit in plan.edits)
    assert any("清明、劳动、端午、中秋、国庆" in line for line in said(plan))


def test_a_year_that_is_built_in_is_taken_and_one_that_is_not_says_so():
    held = ledger_of({})
    plan = calendar(held, built_in=True, year=2026, yes=True)
    assert len([day for day in plan.additions if isinstance(day, DayOff)]) == 39
    assert calendar_of_ledger(after(held, plan)).settled == {2026}
    assert any("没有 2099 年" in line for line in said(calendar(held, built_in=True, year=2099, yes=True)))


def test_another_country_has_its_own_days():
    plan = calendar(ledger(country="SG"), built_in=True, year=2028, yes=True)
    assert date(2028, 8, 9) in {day.on for day in plan.additions if isinstance(day, DayOff)}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (DayOff(on=date(2026, 10, 1), kind=DayKind.MAKE_UP), "day_contradicted"),
        (DayOff(on=date(2026, 3, 3), kind=DayKind.MAKE_UP), "make_up_on_weekday"),
        (DayOff(on=date(2026, 3, 7), kind=DayKind.COMPANY_OFF), "holiday_on_weekend"),
        (CalendarYear(year=2026, coverage=Coverage.PROVISIONAL), "year_contradicted"),
    ],
)
def test_what_cannot_be_is_told_here_and_by_the_check(row, code):
    held = ledger(row)
    assert [problem.code for problem in calendar(held).problems] == [code]
    assert code in [problem.code for problem in press("check", held).problems]


def test_a_year_that_may_not_be_complete_is_doubted():
    held = ledger_of({CalendarYear: [CalendarYear(year=2026, coverage=Coverage.BY_HAND)]})
    assert any(line.startswith("2026 年：暂定？") for line in said(calendar(held)))
