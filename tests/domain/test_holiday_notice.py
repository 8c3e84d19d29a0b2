"""The notices of past years, as published, give the very days that were worked; what is odd is told, not guessed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluebook.domain.holiday_notice import read_notice
from cluebook.domain.office import DayKind

PUBLISHED = {
    int(block[:4]): block
    for block in Path(__file__).with_name("holiday_notices.txt").read_text("utf-8").split("\n\n")
}
READ = {year: read_notice(block) for year, block in PUBLISHED.items()}
KINDS = {day.on: day.kind for notice in READ.values() for day in notice.days}

INVENTED = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕99号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至13日（周六）放假调休，共9天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天，不调休。
六、中秋节：9月15日（周三）放假1天，不调休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""
"""Made up for these tests; nobody knows yet what the notice for 2027 says."""


def codes(text, year=None):
    return [problem.code.removeprefix("notice_") for problem in read_notice(text, year).problems]


def days(text, year=2026):
    return [(f"{day.on:%m-%d}", day.kind) for day in read_notice(text, year).days]


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_notice_of_a_past_year_gives_the_days_that_were_worked(year):
    notice = READ[year]
    assert (notice.year, notice.problems, notice.missing) == (year, (), ())
    assert notice.reference == PUBLISHED[year].split("\n")[0].split()[1]
    calendar = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    for day in calendar:
        plain = DayKind.MAKE_UP if day.weekday() < 5 else DayKind.HOLIDAY
        assert (KINDS.get(day, plain) is DayKind.MAKE_UP) == chinese_calendar.is_workday(day), day


def test_a_day_belongs_to_its_festival():
    names = {day.on: day.name for day in READ[2025].days}
    assert names[date(2025, 1, 26)] == "春节"
    assert names[date(2025, 10, 8)] == "国庆节、中秋节"


def test_an_invented_notice_for_2027_is_read_whole():
    notice = read_notice(INVENTED)
    assert (notice.year, notice.reference) == (2027, "国办发明电〔2026〕99号")
    assert (notice.problems, notice.left, notice.missing) == ((), (), ())
    assert [day.on.isoformat() for day in notice.days if day.kind is DayKind.MAKE_UP] == [
        "2027-01-31", "2027-02-20", "2027-04-25", "2027-05-08", "2027-09-26", "2027-10-09",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "changed",
    [
        INVENTED.replace("：", ":").replace("（", "(").replace("）", ")").replace("，", ","),
        INVENTED.replace("\n", "\r\n\r\n  "),
        INVENTED.replace("周", "星期").replace("至", "—"),
        INVENTED.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        INVENTED.translate(str.maketrans("国办发关节调劳动号经", "國辦發關節調勞動號經")),
        INVENTED.replace("一、", "1. ").replace("七、", "（七）"),
    ],
)
def test_marks_digits_and_characters_may_be_of_any_kind(changed):
    assert read_notice(changed).days == read_notice(INVENTED).days


def test_the_year_is_taken_from_the_user_where_the_text_names_none():
    assert days("元旦：1月1日放假。", 2026) == [("01-01", DayKind.HOLIDAY)]
    assert codes("元旦：1月1日放假。") == ["year_missing"]
    assert codes(INVENTED, 2026) == ["year_differs"]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("1月1日放假，1月2日（周五）补休", [("01-01", DayKind.HOLIDAY), ("01-02", DayKind.HOLIDAY)]),
        ("2月14日（周六）、15日（周日）上班", [("02-14", DayKind.MAKE_UP), ("02-15", DayKind.MAKE_UP)]),
        (
            "9月3日（周四）放假，9月4日（周五）调休，9月6日（周日）上班",
            [("09-03", DayKind.HOLIDAY), ("09-04", DayKind.HOLIDAY), ("09-06", DayKind.MAKE_UP)],
        ),
        ("2025年12月31日至2026年1月1日放假", [("12-31", DayKind.HOLIDAY), ("01-01", DayKind.HOLIDAY)]),
    ],
)
def test_sentences_of_every_shape_are_read(sentence, told):
    assert days(f"节日：{sentence}。") == told


@pytest.mark.parametrize(
    "sentence",
    [
        "延长2026年春节假期至2月2日（农历正月初九）",
        "2月3日（周二）起正常上班",
        "鼓励安排职工在除夕（2月16日）休息",
        "2月8日公休日调至2月13日，2月8日上班",
        "1月1日放假，1月2日",
    ],
)
def test_a_sentence_in_other_words_is_handed_back_and_not_guessed_at(sentence):
    notice = read_notice(f"2026年节假日安排\n春节：{sentence}。1月31日（周六）上班。")
    assert [line for line, _ in notice.left] == [2]
    assert [day.on for day in notice.days if day.kind is DayKind.MAKE_UP] == [date(2026, 1, 31)]


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("2月30日放假", "no_such_day"),
        ("31日放假", "no_such_day"),
        ("1月1日（周五）放假", "weekday_differs"),
        ("10月7日至1日放假", "run_impossible"),
        ("3月1日至5月9日放假", "run_impossible"),
        ("2031年10月1日放假", "other_year"),
        ("10月1日至7日放假，共8天", "count_differs"),
        ("10月1日放假，10月1日上班", "contradicts_itself"),
        ("妥善安排好值班", "empty"),
    ],
)
def test_what_cannot_be_is_told_with_its_line(sentence, code):
    notice = read_notice(f"2026年部分节假日安排\n\n国庆节：{sentence}。")
    assert [problem.code for problem in notice.problems] == [f"notice_{code}"]
    assert notice.problems[0].place.row == (None if code == "empty" else 3)


def test_a_notice_for_two_festivals_only_does_not_cover_the_year():
    notice = read_notice("2026年元旦春节放假安排\n元旦：1月1日放假。\n春节：2月16日至22日放假。")
    assert notice.missing == ("清明", "劳动", "端午", "中秋", "国庆")


@given(st.text(alphabet="2026年12月3日至（周一）放假上班，。：共天、元旦\n") | st.text())
def test_no_text_whatever_makes_it_fall_over(text):
    notice = read_notice(text, 2026)
    assert len({day.on for day in notice.days}) == len(notice.days)
