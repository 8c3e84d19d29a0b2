"""A ledger made by an earlier version, made over into what a new one has; what people put into it stays where it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cluebook.books import guide, spare, stamp
from cluebook.books.dropdowns import CHOICES, LISTS
from cluebook.books.patch.archive import read_archive
from cluebook.books.patch.parts import Package, Sheet, parse, read_package
from cluebook.books.patch.styles import Styles
from cluebook.books.problems import problem
from cluebook.books.upgrade.borrowing import Borrowed
from cluebook.books.upgrade.buttons import renew_buttons
from cluebook.books.upgrade.cells import Cells, formulas_of
from cluebook.books.upgrade.names import Names, lists_differ, renew_names, target_of
from cluebook.books.upgrade.renaming import Renames, parts_naming, renamed_part
from cluebook.books.upgrade.revision import Revision
from cluebook.books.upgrade.survey import Survey, added_headers
from cluebook.books.upgrade.transplant import Donor, add_sheets, donor_of, put_text_in_place, set_aside
from cluebook.books.upgrade.widening import refuse_taken, widened_sheet, widened_table
from cluebook.errors import RefusedError
from cluebook.text import Lang, Text, join, same

_OLD = Text("{title}（旧{n}）", "{title} (old{n})")
_NEW_SHEETS = Text("新工作表：{sheets}。", "New sheets: {sheets}.")
_NEW_COLUMNS = Text("“{sheet}”新增列：{columns}。", "New columns on “{sheet}”: {columns}.")
_RENAMED = Text("“{sheet}”的列改称：{columns}。", "Columns of “{sheet}” are now called: {columns}.")
_ASIDE = Text(
    "“{title}”换成新的，原来的隐藏为“{aside}”。",
    "“{title}” is a new one; the old one is kept, hidden, as “{aside}”.",
)
_NAMES = Text("下拉列表所用的名称更新 {n} 个。", "{n} names behind the drop-down lists are set anew.")
_MARKED = Text("台账现为 {version} 版。", "The ledger is one of version {version} now.")


@dataclass(slots=True)
class Renewal:
    """A ledger made over.

    Attributes:
        content: the whole new file.
        told: what is new in it, a sentence each; nothing when it had everything.
    """

    content: bytes
    told: list[Text] = field(default_factory=list)


def renewed(content: bytes, package: Package, survey: Survey, like: bytes, *, older: bool) -> Renewal:
    """Return the ledger with all that a new one has.

    Args:
        content: the ledger as it is.
        package: its parts.
        survey: how it differs from what is declared.
        like: a new ledger whose tables have the columns in the order of the survey.
        older: whether it was made by another program than this; else only what is plainly missing is brought.

    Raises:
        RefusedError: what stands in the way; nothing can be brought before that is moved.
    """
    if package.styles is None:
        raise RefusedError(problem("styles_missing"))
    for widening in survey.widenings:
        if added_headers(widening):
            refuse_taken(package, widening)
    work = _Work(
        content, package, survey, donor_of(read_package(read_archive(like))), Cells(like), older=older
    )
    work.name_anew()
    work.bring_sheets()
    work.widen()
    work.told += renew_buttons(work.revision, content, survey.lang)
    fresh = frozenset(sheet.title for sheet in work.new)
    if changed := renew_names(work.revision, work.wanted, fresh, formulas=older):
        work.told.append(_NAMES.fill(n=changed))
    if older:
        work.told.append(_MARKED.fill(version=stamp.version_in(stamp.present())))
    return Renewal(work.revision.content() if work.told else content, work.told)


class _Work:
    """The making over, step by step."""

    def __init__(
        self, content: bytes, package: Package, survey: Survey, donor: Donor, like: Cells, *, older: bool
    ) -> None:
        self.revision = Revision(package)
        self.survey, self.donor, self.like, self.older = survey, donor, like, older
        self.lang: Lang = survey.lang
        self.cells = Cells(content)
        self.told: list[Text] = []
        self.held: Names = package.names
        self.wanted: Names = donor.package.names
        self.lists_renewed = lists_differ(self.held, self.cells, self.wanted, survey.layouts, self.lang)
        self.new = [sheet for sheet in donor.package.sheets if self._is_wanted(sheet)]
        self.asides = {sheet: self._aside(sheet.title) for sheet in map(self._own, self.new) if sheet}
        styles = package.archive.read(package.styles or "")
        self.borrowed = Borrowed(styles, donor.archive.read(donor.package.styles or ""))

    def name_anew(self) -> None:
        """Let formulas follow what is called something else: tables, columns, sheets that are put aside."""
        asides = {sheet.title: aside for sheet, aside in self.asides.items()}
        renames = Renames(self.survey.renames.tables, self.survey.renames.columns, asides)
        for part in parts_naming(self.revision.package, renames):
            if part != self.revision.package.workbook:
                self.revision.put(part, renamed_part(self.revision.read(part), renames))
        for name in self.revision.names():
            name.text = renames.formula(name.text or "")
        for sheet, aside in self.asides.items():
            set_aside(self.revision, sheet, aside)
            self.told.append(_ASIDE.fill(title=same(sheet.title), aside=same(aside)))

    def bring_sheets(self) -> None:
        """Add the sheets that the ledger lacks, and the new ones for those put aside."""
        add_sheets(self.revision, self.donor, self.borrowed, self.new)
        replaced = {sheet.title for sheet in self.asides}
        if fresh := [same(sheet.title) for sheet in self.new if sheet.title not in replaced]:
            self.told.append(_NEW_SHEETS.fill(sheets=join(fresh)))

    def widen(self) -> None:
        """Give tables the columns they lack, and the present headers."""
        waiting = []
        for widening in self.survey.widenings:
            table = widening.table
            named = self.donor.package.tables[widening.name].sheet
            like = parse(self.donor.archive.read(named.part))
            for cell in like.iterfind("{*}sheetData/{*}row/{*}c"):
                put_text_in_place(cell, self.donor)
            waiting.append((table.sheet.part, widened_sheet(self.revision, widening, like, self.borrowed)))
            self.revision.put(table.part, widened_table(self.revision.read(table.part), widening))
            self.told += self._columns_told(widening.table.sheet.title, table.columns, widening.headers)
        styles = Styles(self.borrowed.content())
        for part, written in waiting:
            self.revision.stream(part, written(styles))
        self.revision.put(self.revision.package.styles or "", styles.content())

    def _columns_told(self, sheet: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Text]:
        if added := [same(header) for header in new[len(old) :]]:
            yield _NEW_COLUMNS.fill(sheet=same(sheet), columns=join(added))
        if renamed := [same(f"{a} → {b}") for a, b in zip(old, new, strict=False) if a != b]:
            yield _RENAMED.fill(sheet=same(sheet), columns=join(renamed))

    def _is_wanted(self, sheet: Sheet) -> bool:
        """Return whether a sheet of a new ledger is to be taken over."""
        missing = {table.title.in_(self.lang) for table in self.survey.missing}
        if sheet.title in missing:
            return True
        if sheet.title in {layout.sheet for layout in self.survey.layouts}:
            return False
        own = self._own(sheet)
        if own is None or sheet.title in LISTS:
            return own is None or self.lists_renewed
        return self.older and self._differs(own, sheet)

    def _differs(self, own: Sheet, new: Sheet) -> bool:
        """Return whether the guide or the overview of the ledger says other things than a new one."""
        if new.title in guide.TITLE:
            return self.cells.texts(own.title) != self.like.texts(new.title)
        return new.title in guide.OVERVIEW and self._formulas(own) != formulas_of(
            self.donor.archive.source(new.part)
        )

    def _formulas(self, sheet: Sheet) -> list[str]:
        return formulas_of(self.revision.package.archive.source(sheet.part))

    def _own(self, sheet: Sheet) -> Sheet | None:
        """Return the sheet of the ledger that is what one beside the tables is in a new ledger.

        It is known by the name that points at it, for somebody's own sheet may have the same title; only the sheets
        that a press fills anew have none.
        """
        known = {held.title: held for held in self.revision.package.sheets}
        named = {guide.TITLE: guide.NAME, guide.OVERVIEW: guide.OVERVIEW_NAME}
        named[LISTS] = next((name for name in self.held if name.startswith(CHOICES)), "")
        for titles, name in named.items():
            if sheet.title in titles:
                target = target_of(self.held.get(name, ""))
                return known.get(target[0]) if target else None
        pressed = next((titles for titles in spare.TITLES if sheet.title in titles), ())
        return next((known[title] for title in pressed if title in known), None)

    def _aside(self, title: str) -> str:
        """Return a free name for a sheet that is put aside."""
        taken = {sheet.title for sheet in self.revision.package.sheets}
        numbers = ["", *map(str, range(2, 100))]
        names = (_OLD.fill(title=same(title[:20]), n=n).in_(self.lang) for n in numbers)
        return next(name for name in names if name not in taken)
