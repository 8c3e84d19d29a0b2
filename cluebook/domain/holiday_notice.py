"""Reading the State Council's notice of the holidays of a year, as somebody pasted it (procedure, 6.4).

A sentence counts only when every word of it is understood; one that speaks of days in other words is
handed back, so that a person looks at it and nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from cluebook.domain.office import DayKind
from cluebook.domain.workdays import WEEKDAYS
from cluebook.errors import Place, Problem
from cluebook.hanzi import simplify
from cluebook.text import Text

FESTIVALS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
"""What a notice for a whole year names."""

_LONGEST = 31
"""More days in a row than this are taken for a slip of the pen."""
_REACH = 200
"""As many days from the middle of a year reach into the old one and the next, where its holidays may lie."""

_REFERENCE = re.compile(r"国办[^〔\[(\s]{1,6}[〔\[(]\d{4}[〕\])]\d+号")
_HEADING = re.compile(r"(\d{4})年[^。\d]*(?:节假日|元旦|春节|放假)")
_NUMBERING = re.compile(r"^[((]?[一二三四五六七八九十\d]{1,3}[)、.)]\s*")
_FESTIVAL = re.compile(r"^([^\d:。,]{1,16}):")
_DAY, _LAST = (
    rf"(?:(?P<{last}year>\d{{4}})年)?(?:(?P<{last}month>\d{{1,2}})月)?(?P<{last}day>\d{{1,2}})日"
    rf"(?:\((?P<{last}note>[^()]*)\))?"
    for last in ("", "last_")
)
_TOKENS = re.compile(
    rf"(?P<days>{_DAY}(?:(?:至|到|[-—–~]+){_LAST})?)"
    r"|(?P<idle>不调休|与周末连休|照常|正常|均|与|[、,及和\s]+)"
    r"|共?(?P<count>\d+)天"
    r"|(?P<off>放假调休|放假公休|调休放假|放假|补休|公休|休息|调休)"
    r"|(?P<on>上班|补班)"
    r"|(?P<strange>.)"
)
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])")
_SPEAKS_OF_DAYS = re.compile(r"\d日.*(?:假|休|上班|补班)|(?:假|休|上班|补班).*\d日")


@dataclass(frozen=True, slots=True)
class Told:
    """One date as the notice has it: what kind of day it is and for which festival."""

    on: date
    kind: DayKind
    name: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What a notice says.

    Attributes:
        year: the year it is for, if it or the user says so.
        reference: the number of the notice (文号), if it bears one.
        days: the dates, in order.
        left: the sentences about days that were not understood, with their line, counted from 1.
        problems: what in it cannot be.
    """

    year: int | None
    reference: str | None
    days: tuple[Told, ...]
    left: tuple[tuple[int, str], ...]
    problems: tuple[Problem, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The festivals that a notice for a whole year would name and this one does not."""
        named = "".join(day.name for day in self.days)
        return tuple(festival for festival in FESTIVALS if festival not in named)


@dataclass(slots=True)
class _Reading:
    """How far the reading has come."""

    year: int
    line: int = 0
    name: str = ""
    days: dict[date, Told] = field(default_factory=dict)
    left: list[tuple[int, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def fault(self, code: str, **values: object) -> None:
        wrong, fix = _FAULTS[code]
        place = Place(file=_NOTICE, row=self.line or None)
        self.problems.append(Problem(f"notice_{code}", place, wrong.fill(**values), fix))


def read_notice(text: str, year: int | None = None) -> Notice:
    r"""Return what a notice says; with `year` where it names none.

    >>> told = read_notice("2026年部分节假日安排\n一、元旦：1月1日（周四）放假。1月4日（周日）上班。")
    >>> [(day.on.isoformat(), day.kind.text.zh, day.name) for day in told.days]
    [('2026-01-01', '休假', '元旦'), ('2026-01-04', '调休上班', '元旦')]
    """
    plain = simplify(unicodedata.normalize("NFKC", text))
    found = _REFERENCE.search(plain)
    heading = _HEADING.search(plain)
    named = int(heading[1]) if heading else None
    reading = _Reading(named or year or 0)
    if not reading.year:
        reading.fault("year_missing")
    elif named and year and named != year:
        reading.fault("year_differs", named=named, year=year)
    else:
        for reading.line, words in enumerate(plain.splitlines(), start=1):
            _read_line(words.strip(), reading)
        if not reading.days and not reading.problems:
            reading.line = 0
            reading.fault("empty")
    return Notice(
        reading.year or None,
        found[0] if found else None,
        tuple(reading.days[on] for on in sorted(reading.days)),
        tuple(reading.left),
        tuple(reading.problems),
    )


def _read_line(words: str, reading: _Reading) -> None:
    words = _NUMBERING.sub("", words)
    if named := _FESTIVAL.match(words):
        reading.name, words = named[1].strip(), words[named.end() :]
    for sentence in re.split("[。;]", words):
        _read_sentence(sentence.strip(), reading)


def _read_sentence(sentence: str, reading: _Reading) -> None:
    """Take what a sentence says about days, or keep it among what was left."""
    if not _SPEAKS_OF_DAYS.search(sentence):
        return
    tokens = list(_TOKENS.finditer(sentence))
    pending: list[date] = []
    off = 0
    if reading.name and not any(token["strange"] for token in tokens):
        for token in tokens:
            if token["days"]:
                pending += _days(token, pending[-1] if pending else None, reading)
            elif token["off"] or token["on"]:
                off += len(pending) if token["off"] else 0
                _take(pending, DayKind.HOLIDAY if token["off"] else DayKind.MAKE_UP, reading)
                pending = []
            elif token["count"] and off and int(token["count"]) != off:
                reading.fault("count_differs", told=int(token["count"]), found=off)
        tokens = []
    if pending or tokens:  # dates of which it is not said what they are, or words that are not known
        reading.left.append((reading.line, sentence))


def _take(days: Sequence[date], kind: DayKind, reading: _Reading) -> None:
    for on in days:
        if reading.days.setdefault(on, Told(on, kind, reading.name)).kind is not kind:
            reading.fault("contradicts_itself", on=on)


def _days(token: re.Match[str], since: date | None, reading: _Reading) -> list[date]:
    """Return the dates of one date or run of dates, none when they cannot be."""
    first = _day(token.group("year", "month", "day", "note"), since, reading)
    if first is None or token["last_day"] is None:
        return [first] if first else []
    last = _day(token.group("last_year", "last_month", "last_day", "last_note"), first, reading)
    if last is None:
        return []
    if not 0 <= (last - first).days < _LONGEST:
        reading.fault("run_impossible", first=first, last=last)
        return []
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _day(written: Sequence[str | None], since: date | None, reading: _Reading) -> date | None:
    """Return a date as written: year, month, day, note; what it leaves out is as in the date before it."""
    year, month, day, note = written
    try:
        on = date(int(year or reading.year), int(month or (since.month if since else 0)), int(day or 0))
    except ValueError:
        reading.fault("no_such_day", day=f"{month or ''}月{day}日")
        return None
    if told := _WEEKDAY.search(note or ""):
        named = "一二三四五六日".index(told[1].replace("天", "日"))
        if named != on.weekday():
            reading.fault("weekday_differs", on=on, told=WEEKDAYS[named])
    if abs((on - date(reading.year, 7, 1)).days) > _REACH:
        reading.fault("other_year", on=on, year=reading.year)
        return None
    return on


_NOTICE = "通知 / notice"
_COMPARE = Text("请与公布的通知核对。", "Compare it with the notice as published.")
_FAULTS = {
    "year_missing": (
        Text("看不出是哪一年的安排。", "The notice does not say for which year it is."),
        Text("请连同标题一起粘贴，或写明 --year。", "Paste it with its title, or give --year."),
    ),
    "year_differs": (
        Text("通知是 {named} 年的，而不是 {year} 年。", "The notice is for {named}, not for {year}."),
        Text("请核对年份，或去掉 --year。", "Check the year, or leave --year out."),
    ),
    "empty": (
        Text("没有读到任何放假或上班的日期。", "No day off and no make-up day is found in it."),
        Text(
            "请粘贴通知正文，如“一、元旦：1月1日至3日放假调休，共3天。1月4日（周日）上班。”",
            "Paste the whole text of the notice in Chinese, as it was published.",
        ),
    ),
    "no_such_day": (Text("没有 {day} 这一天。", "There is no day {day}."), _COMPARE),
    "weekday_differs": (
        Text("{on} 不是{told}。", "{on} is no {told}."),
        Text("请核对日期和年份。", "Check the date and the year."),
    ),
    "other_year": (
        Text("{on} 不在 {year} 年前后。", "{on} is not of {year} or next to it."),
        Text("请核对日期和年份。", "Check the date and the year."),
    ),
    "run_impossible": (
        Text("{first} 至 {last} 不成一段假期。", "{first} to {last} is no run of days off."),
        _COMPARE,
    ),
    "count_differs": (
        Text("写明 {told} 天，日期却有 {found} 天。", "It says {told} days, but the dates are {found}."),
        _COMPARE,
    ),
    "contradicts_itself": (Text("{on} 既放假又上班。", "{on} is both off and worked."), _COMPARE),
}
