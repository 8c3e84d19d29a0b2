"""The notice of a year from a file of any kind into the ledger, as typed."""

from __future__ import annotations

import pytest
from offices import fingerprint, ledger_at

from cluebook.actions.office import calendar_of_ledger
from cluebook.domain.office import DayOff
from cluebook.domain.records import Event

NOTICE = """2027年部分节假日安排（国办发明电〔2026〕99号）
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至13日（周六）放假调休，共9天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月5日（周一）放假，与周末连休。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天，不调休。
六、中秋节、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""
"""Made up; nobody knows yet what the notice for 2027 says."""
AS_OF = ("--as-of", "2026-12-01", "--user", "王小禾")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_notice_is_shown_then_taken_and_the_trail_tells_of_it(cluebook, working, encoding):
    (working / "notice.txt").write_text(NOTICE, encoding)
    before = fingerprint(working)
    shown = cluebook(working, "calendar", "--notice", "notice.txt", *AS_OF)
    assert (shown.code, fingerprint(working)) == (0, before)
    assert "2027年2月5日至13日（9 天） 休假 春节：新增" in shown.out
    taken = cluebook(working, "calendar", "--notice", "notice.txt", "--yes", "--json", *AS_OF)
    assert (taken.code, taken.told["edits"]) == (0, 33)
    ledger = ledger_at(working)
    assert 2027 in calendar_of_ledger(ledger).settled
    assert len([day for day in ledger.records(DayOff) if day.source == "国办发明电〔2026〕99号"]) == 32
    event = ledger.records(Event)[-1]
    assert (event.action, event.user, event.reason) == ("工作日历", "王小禾", "国办发明电〔2026〕99号")
    assert cluebook(working, "verify").code == 0


def test_a_notice_with_a_fault_ends_with_1_and_is_not_taken(cluebook, working):
    (working / "notice.txt").write_text(NOTICE.replace("6月9日（周三）", "6月9日（周四）"), "utf-8")
    before = fingerprint(working)
    answer = cluebook(working, "calendar", "--notice", "notice.txt", "--yes", *AS_OF)
    assert (answer.code, fingerprint(working)) == (1, before)
    assert "第6行：2027-06-09 不是星期四" in answer.err


def test_a_notice_that_is_not_there_is_a_usage_error(cluebook, working):
    assert cluebook(working, "calendar", "--notice", "nowhere.txt").code == 2


def test_an_office_of_another_country_begins_with_its_days(cluebook, tmp_path):
    answer = cluebook(tmp_path, "new", "office", "--lang", "en", "--country", "SG", "--macro-free")
    assert answer.code == 0
    ledger = ledger_at(tmp_path / "office")
    assert ledger.settings.country == "SG"
    assert "National Day" in {day.name for day in ledger.records(DayOff)}
    answer = cluebook(tmp_path, "new", "elsewhere", "--country", "XX", "--json")
    assert (answer.code, answer.told["problems"][0]["code"]) == (3, "country_unusable")
    assert cluebook(tmp_path, "new", "elsewhere", "--macro-free").code == 0  # nothing was left in its way
