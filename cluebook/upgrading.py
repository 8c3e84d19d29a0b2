"""Bringing an office made by an earlier version to what a new one has: its ledger, its settings, its templates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from cluebook import config, keeping
from cluebook.actions.office import clocks_of_ledger
from cluebook.actions.steps import cases_of
from cluebook.books import stamp as stamps
from cluebook.books.build import ledger_bytes
from cluebook.books.file import FileBook
from cluebook.books.problems import problem
from cluebook.books.saving import write_whole
from cluebook.books.upgrade import Renewal, Survey, renewed, surveyed
from cluebook.config import Folder
from cluebook.domain.clue import Clue
from cluebook.domain.deadlines import with_standing
from cluebook.domain.deadlines.table import deadline_named
from cluebook.domain.fields import columns
from cluebook.domain.office import CalendarYear, DayOff, Limit, Setting
from cluebook.domain.records import Event
from cluebook.domain.settings import starting_settings
from cluebook.errors import IntegrityError, Place, SchemaError
from cluebook.founding import bring_templates, lacking_templates, starting_rows
from cluebook.ledger import sheets
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Plan, Stamp
from cluebook.ledger.tables import TABLES, table_of
from cluebook.ledger.trail import UPGRADED
from cluebook.seeds.limits import starting_limits
from cluebook.text import Lang, Text, join, same
from cluebook.watch.jobs import JOBS

_ROWS = Text("“{sheet}”补充：{names}。", "New rows on “{sheet}”: {names}.")
_UNUSED = Text(
    "cluebook.toml 中不再使用的项改为注释：{keys}。",
    "Keys of cluebook.toml that are no longer used are comments now: {keys}.",
)
_TEMPLATES = Text("补充 Word 模板：{names}。", "New Word templates: {names}.")
UP_TO_DATE = Text("台账已是现版，无需升级。", "The ledger is up to date.")
WOULD = Text("升级会带来：", "The upgrade would bring:")


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did, or would do.

    Attributes:
        lang: language of the ledger.
        told: what is new, a sentence each; nothing when the office had everything.
        rows: how many rows were added to sheets.
        templates: the templates that were added.
    """

    lang: Lang
    told: tuple[Text, ...]
    rows: int
    templates: tuple[Path, ...]


def upgraded(book: FileBook, stamp: Stamp, *, dry_run: bool = False) -> Upgraded:
    """Bring an office to what a new one has, and return what was done; nothing is taken away.

    Args:
        book: the ledger.
        stamp: when and by whom.
        dry_run: only tell what would be done.

    Raises:
        RefusedError: a later version made the ledger, or something stands in the way.
        CluebookError: the ledger cannot be read or written.
    """
    folder, settings, unused = _folder(book.path.parent)
    with book.open():
        before = sheets.read(book, older=True)
        renewal, rows = _renewal(book, before, stamp.today)
        templates = lacking_templates(folder.templates, before.lang)
        told = (*renewal.told, *_rows_told(rows), *_templates_told(templates))
        told += (_UNUSED.fill(keys=join([same(key) for key in unused])),) if unused else ()
        if not dry_run:
            if renewal.told or rows:
                _write(book, before, renewal, rows, stamp)
            bring_templates(folder.templates, before.lang)
            if unused:
                write_whole(folder.root / config.FILE, settings.encode())
    return Upgraded(before.lang, told, len(rows), tuple(templates))


def _folder(root: Path) -> tuple[Folder, str, list[str]]:
    """Return the office's folder, its settings file without the keys that are no longer used, and these keys."""
    try:
        text, unused = config.without_unknown(config.text_of(root), JOBS)
        return config.said(root, text), text, unused
    except (OSError, ValueError):  # what cannot be read is told as by every command
        return config.read(root), "", []


def _renewal(book: FileBook, before: Ledger, today: date) -> tuple[Renewal, list[Any]]:
    """Return the ledger made over, and the rows that are to be added to it."""
    package = book.package
    held = stamps.read_stamp(package.names.get(stamps.NAME))
    survey = surveyed(package, before.lang)
    is_older = not stamps.is_present(held)
    if not is_older:
        _refuse_lacking(survey, book.name)
    starting = starting_rows(before.lang, None, today)
    seeds = {t.record: _fitting(t.record, starting.get(t.record, ()), before) for t in survey.missing}
    own: dict[type, Sequence[object]] = {
        record: before.records(record) for record in (Setting, DayOff, CalendarYear)
    }
    like = ledger_bytes(before.lang, {**own, **seeds}, held=survey.layouts)
    rows = list(_lacking_rows(before)) if is_older else []
    return renewed(book.content, package, survey, like, older=is_older), rows


def _refuse_lacking(survey: Survey, file: str) -> None:
    """Refuse a ledger of this very version in which something is missing: somebody renamed or deleted it."""
    lacking = [
        problem(
            "column_lost", Place(w.table.sheet.title, w.table.area.top, header, file), header=same(header)
        )
        for w in survey.widenings
        for header in w.headers[w.kept :]
    ]
    lacking += [
        problem("sheet_lost", Place(file=file), sheet=t.title, table=same(t.name)) for t in survey.missing
    ]
    if lacking:
        raise SchemaError(*lacking)


def _fitting(record: type, seeds: Sequence[Any], ledger: Ledger) -> tuple[Any, ...]:
    """Return the starting rows of a new sheet that name only what the office's own lists hold."""
    by_name: dict[str, type[Any]] = {table.name: table.record for table in TABLES}
    lists = {}
    for column in columns(record):
        if column.one_of:
            table, _, field = column.one_of.partition(".")
            lists[column.name] = {getattr(entry, field) for entry in ledger.records(by_name[table])}

    def fits(seed: Any) -> bool:  # noqa: ANN401 - any record of the ledger
        named = {name: getattr(seed, name) for name in lists}
        words = {
            name: value if isinstance(value, tuple) else (value,) for name, value in named.items() if value
        }
        return all({*words[name]} <= lists[name] for name in words)

    return tuple(seed for seed in seeds if fits(seed))


def _lacking_rows(ledger: Ledger) -> Iterator[Setting | Limit]:
    """Return a row for each setting that the ledger lacks, and the limits of each deadline without any."""
    named = {(row.name or "").strip() for row in ledger.records(Setting)}
    pairs = zip(*(starting_settings(lang) for lang in ("zh", "en")), strict=True)
    for ours, both in zip(starting_settings(ledger.lang), pairs, strict=True):
        if not named & {each.name for each in both}:
            yield ours
    limited = {_deadline(row) for row in ledger.records(Limit)}
    yield from (limit for limit in starting_limits(ledger.lang) if _deadline(limit) not in limited)


def _deadline(limit: Limit) -> str | None:
    deadline = deadline_named(limit.deadline)
    return deadline.id if deadline else None


def _rows_told(rows: Sequence[Any]) -> Iterator[Text]:
    for record, field in ((Setting, "name"), (Limit, "deadline")):
        names = list(dict.fromkeys(getattr(row, field) for row in rows if isinstance(row, record)))
        if names:
            yield _ROWS.fill(sheet=table_of(record).title, names=join([same(name) for name in names]))


def _templates_told(templates: Sequence[Path]) -> Iterator[Text]:
    if templates:
        yield _TEMPLATES.fill(names=join([same(path.name) for path in templates]))


def _write(book: FileBook, before: Ledger, renewal: Renewal, rows: Sequence[Any], stamp: Stamp) -> None:
    """Save the ledger made over, with its new rows and what the trail is told of it, in one."""
    book.recast(renewal.content)
    ledger, keep = keeping.opened(book)
    _prove(before, ledger, book.name)
    told = [*renewal.told, *_rows_told(rows)]
    event = Event(
        at=stamp.at.replace(microsecond=0),
        user=stamp.by,
        action=UPGRADED.in_(ledger.lang),
        changes="\n".join(line.in_(ledger.lang) for line in told),
    )
    events = keep.numbered([*keeping.earlier_events(ledger, keep, stamp), event], ledger)
    live = sheets.live_cells(_reckoned(ledger, stamp.today), book, ledger.lang)
    with keep.witnessed(events, Plan(additions=tuple(rows))):
        book.write(live, sheets.new_rows((*rows, *events), book, ledger.lang))


def _reckoned(ledger: Ledger, today: date) -> Iterator[Row[Clue]]:
    """Return the clues whose next date is reckoned as it stands, each with how it came about."""
    cases, clocks = cases_of(ledger), clocks_of_ledger(ledger)
    for row in ledger.rows(Clue):
        clue = with_standing(cases.of(row.record), clocks, today, ledger.lang)
        if clue.next_due == row.record.next_due:
            yield replace(row, record=clue)


def _prove(before: Ledger, after: Ledger, file: str) -> None:
    """Raise an `IntegrityError` unless all that the ledger held reads from the new one as it did."""
    for record in (table.record for table in TABLES):
        held: Sequence[object] = before.rows(record)
        if held and held != after.rows(record):
            raise IntegrityError(problem("not_proven", Place(file=file)))
