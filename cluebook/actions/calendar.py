"""The office's working calendar: how far it reaches, and taking in the days of a year (procedure, 6.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Annotated, NamedTuple, TypeVar

from cluebook.actions.office import calendar_of_ledger, wrong_calendar
from cluebook.actions.registry import Pasted, Picks, action
from cluebook.domain.calendar_checks import count_year
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import Part
from cluebook.domain.holiday_notice import Notice, read_notice
from cluebook.domain.office import CalendarYear, Coverage, DayOff
from cluebook.domain.workdays import BY_HAND, BY_OFFICE, CHINA, Calendar, calendar_of, stretch
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Edit, Plan, Stamp, combine
from cluebook.seeds.calendar import starting_calendar, starting_years
from cluebook.text import Text, join, same

R = TypeVar("R")


class _Day(NamedTuple):
    """One day to be taken: what is to stand on the sheet, and the row that gives way to it, if there is one."""

    after: DayOff
    row: Row[DayOff] | None

    @property
    def state(self) -> Text:
        if self.row is None:
            return _NEW
        return _HELD if self.row.record.kind is self.after.kind else _CHANGED


@action(
    "calendar", "工作日历", "Calendar", part=Part.SUPERVISION, icon="TeamCalendar", picks=Picks.OFFICE,
    passes=tuple(Stage),
    help="查看工作日历覆盖到哪一年、有何疑问；可粘贴国务院办公厅放假通知，核对后采用。",
)  # fmt: skip
def calendar(
    ledger: Ledger,
    _rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    notice: Annotated[
        Pasted | None,
        Text("放假通知全文，连同标题", "the State Council's notice of holidays, with its title"),
    ] = None,
    year: Annotated[int | None, Text("年度，通知未写明时需要", "year, where the notice names none")] = None,
    built_in: Annotated[
        bool, Text("采用程序内置的该年放假安排", "take the days of that year that come with the program")
    ] = False,
    yes: Annotated[bool, Text("确认采用；不选则只预览", "take them; without it they are only shown")] = False,
) -> Plan:
    """Tell how far the calendar reaches; take in the notice of a year, once it was looked at."""
    taken = Plan()
    if notice is not None:
        taken = _of_notice(ledger, stamp, read_notice(notice, year))
    elif built_in:
        taken = _of_country(ledger, stamp, year or stamp.today.year + 1)
    if n := len(taken.edits) + len(taken.additions):
        taken = replace(
            taken, notices=(*taken.notices, *((_TAKEN.fill(n=n), _RECOMPUTE) if yes else (_OFFER,)))
        )
    if not yes:
        taken = Plan(notices=taken.notices, problems=taken.problems)
    after = _calendar_after(ledger, taken)
    coverage = tuple(_coverage(ledger, taken, after, stamp.today))
    return combine([taken, Plan(notices=coverage, problems=tuple(wrong_calendar(ledger)))])


def _of_notice(ledger: Ledger, stamp: Stamp, told: Notice) -> Plan:
    """Return the plan that takes what a notice says, with what was understood of it and what was not."""
    source = told.reference or BY_HAND.in_(ledger.lang)
    days = [DayOff(on=day.on, kind=day.kind, name=day.name, source=source) for day in told.days]
    left = tuple(_LEFT.fill(line=line, sentence=sentence) for line, sentence in told.left)
    if told.problems:
        return Plan(notices=(*_shown(_compared(ledger, stamp, days)), *left), problems=told.problems)
    plan = _taking(ledger, stamp, days)
    if told.missing:
        part = _PART.fill(year=told.year, missing=join([same(name) for name in told.missing]))
        return replace(plan, notices=(*plan.notices, *left, part))
    settled = CalendarYear(year=told.year, coverage=Coverage.PUBLISHED, basis=source)
    return combine([plan, Plan(notices=left), _settling(ledger, settled)])


def _of_country(ledger: Ledger, stamp: Stamp, year: int) -> Plan:
    """Return the plan that takes what is known of a year beforehand."""
    country = ledger.settings.country
    days = starting_calendar(ledger.lang, [year], country)
    if not days:
        return Plan(notices=(_NOT_KNOWN.fill(year=year),))
    settled = [_settling(ledger, each) for each in starting_years(ledger.lang, [year], country)]
    return combine([_taking(ledger, stamp, days), *settled])


def _taking(ledger: Ledger, stamp: Stamp, days: Iterable[DayOff]) -> Plan:
    found = _compared(ledger, stamp, days)
    different = [day for day in found if day.state is not _HELD]
    return Plan(
        edits=tuple(Edit(day.row.number, day.row.record, day.after) for day in different if day.row),
        additions=tuple(day.after for day in different if day.row is None),
        notices=tuple(_shown(found)),
        reasons={"": different[0].after.source or ""} if different else {},
    )


def _compared(ledger: Ledger, stamp: Stamp, days: Iterable[DayOff]) -> list[_Day]:
    """Return each day with the row of the sheet for it; rows that the office set for itself stay out of it."""
    held = {row.record.on: row for row in ledger.rows(DayOff) if row.record.kind not in BY_OFFICE}
    at = stamp.at.replace(microsecond=0)
    return [_Day(replace(day, changed_by=stamp.by, changed_at=at), held.get(day.on)) for day in days]


def _shown(days: Sequence[_Day]) -> Iterator[Text]:
    """Return the days as lines to be looked at, those alike in a row together."""

    def run(spot: tuple[int, _Day]) -> tuple[object, ...]:
        after, state = spot[1].after, spot[1].state
        return after.kind, after.name, state, after.on.toordinal() - spot[0] if after.on else 0

    for _, spots in groupby(enumerate(days), key=run):
        found = [day for _, day in spots]
        first, last = found[0].after, found[-1].after
        if first.on and last.on and first.kind:
            yield _LINE.fill(
                days=stretch(first.on, last.on, 0),
                n=len(found),
                kind=first.kind.text,
                name=first.name,
                state=found[0].state,
            )


def _settling(ledger: Ledger, after: CalendarYear) -> Plan:
    """Return the plan after which the years sheet says so of a year."""
    rows = [row for row in ledger.rows(CalendarYear) if row.record.year == after.year]
    if not rows:
        return Plan(additions=(after,))
    return Plan(edits=tuple(Edit(row.number, row.record, after) for row in rows if row.record != after))


def _calendar_after(ledger: Ledger, plan: Plan) -> Calendar:
    """Return the calendar as it will stand after a plan."""
    if not (plan.edits or plan.additions):
        return calendar_of_ledger(ledger)
    return calendar_of(_after(ledger, plan, DayOff), _after(ledger, plan, CalendarYear))


def _after(ledger: Ledger, plan: Plan, record: type[R]) -> list[R]:
    """Return the records of a sheet as they will stand after a plan."""
    edited = {edit.row: edit.after for edit in plan.edits if isinstance(edit.after, record)}
    held = [edited.get(row.number, row.record) for row in ledger.rows(record)]
    return [*held, *(each for each in plan.additions if isinstance(each, record))]


def _coverage(ledger: Ledger, plan: Plan, after: Calendar, today: date) -> Iterator[Text]:
    """Return a line for every year that is kept, and for the present and the next one."""
    kept = {row.year: row for row in _after(ledger, plan, CalendarYear)}
    for year in sorted({*(year for year in kept if year), today.year, today.year + 1}):
        row, count = kept.get(year, CalendarYear()), count_year(year, after, ledger.settings.country)
        how = row.coverage.text if row.coverage else _NOT_LISTED
        basis = _BASIS.fill(basis=row.basis) if row.basis else same("")
        line = _YEAR.fill(
            year=year, how=how, basis=basis, worked=count.worked, off=count.off, made_up=count.made_up
        )
        yield line
        if count.doubt:
            yield _DOUBT.fill(year=year, doubt=count.doubt)
        if year > today.year and year not in after.settled and ledger.settings.country == CHINA:
            yield _AWAITED.fill(year=year)


_NEW, _CHANGED, _HELD = (Text("新增", "new"), Text("改动", "changed"), Text("已有", "held already"))
_LINE = Text("{days}（{n} 天） {kind} {name}：{state}", "{days} ({n} days): {kind}, {name}: {state}")
_LEFT = Text("第 {line} 行未采用：{sentence}", "Line {line} is not taken: {sentence}")
_PART = Text(
    "通知没有写到{missing}，{year} 年的状态不变。",
    "The notice does not speak of {missing}; the coverage of {year} stays as it is.",
)
_OFFER = Text(
    "以上仅为预览；核对无误后选“确认采用”（--yes）。",
    "This was only shown. When it is right, take it with --yes.",
)
_TAKEN = Text("已采用，改动 {n} 行。", "Taken; {n} rows of the sheets changed.")
_RECOMPUTE = Text(
    "未办结线索的期限没有变动；要按新日历重算，请运行 cluebook recompute。",
    "The due dates of open clues are as they were; cluebook recompute reckons them by the new calendar.",
)
_NOT_KNOWN = Text(
    "程序内置的日历没有 {year} 年；请粘贴通知，或更新程序的 chinesecalendar 组件。",
    "The program does not know {year} yet; paste the notice, or bring its library chinesecalendar up to date.",
)
_YEAR = Text(
    "{year} 年：{how}{basis}；工作日 {worked} 天，休假 {off} 天（不计周末），周末上班 {made_up} 天。",
    "{year}: {how}{basis}; {worked} working days, {off} weekdays off, {made_up} weekend days worked.",
)
_BASIS = Text("，依据为{basis}", ", by: {basis}")
_NOT_LISTED = Text("未登记", "not listed")
_DOUBT = Text("{year} 年：暂定？{doubt}。", "{year}: provisional? {doubt}.")
_AWAITED = Text(
    "{year} 年放假通知公布后，请用“工作日历”（cluebook calendar --notice）采用；在此之前跨入该年的期限均为暂定。",
    "When the notice for {year} is out, take it with cluebook calendar --notice; until then due dates in it are provisional.",
)
