"""The columns that a ledger keeps up to date by itself: LibreOffice comes to what Python comes to, on any day."""

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest

from cluebook.books.build import build_ledger
from cluebook.books.file import FileBook
from cluebook.books.layout import FIRST, Layout
from cluebook.domain.clue import Clue, Stage, Urgency
from cluebook.domain.deadlines import clocks_of, reckon, standing, with_standing
from cluebook.domain.office import DayKind, DayOff, Limit
from cluebook.domain.workdays import calendar_of
from cluebook.founding import starting_rows
from cluebook.ledger import sheets
from cluebook.ledger.formulas import DAY
from cluebook.ledger.plan import Edit
from cluebook.ledger.tables import table_of

TODAY = date.today()
LANG = "zh"
LIVE = ("next_due", "days_left", "warning")
STAGES = (Stage.REGISTERED, Stage.ACCEPTED, Stage.APPROVED, Stage.IN_HANDLING, Stage.FED_BACK, Stage.CLOSED)


def days_of_chance(chance):
    """What an office sets for itself over three years, against what the state publishes, too."""
    dates = (TODAY + timedelta(days=chance.randint(-500, 500)) for _ in range(60))
    kinds = (DayKind.COMPANY_ON, DayKind.COMPANY_OFF)
    return tuple(DayOff(on=on, kind=chance.choice(kinds)) for on in dict.fromkeys(dates))


def clues_of_chance(chance, count, clocks):
    """Clues wherever deadlines run: counted ones, and those in handling with the date that was promised."""
    for n in range(count):
        day = TODAY + timedelta(days=chance.randint(-400, 300))
        at = datetime.combine(day, time(chance.randint(7, 19), 5))
        clue = Clue(
            number=f"XS-{n}", stage=chance.choice(STAGES), urgency=chance.choice(list(Urgency)), delivered_at=at,
            reviewed_at=at, approved_at=at, routed_at=at, received_at=at, fed_back_at=at, closed_at=at,
        )  # fmt: skip
        open_at = {
            Stage.REGISTERED: "reviewed_at",
            Stage.ACCEPTED: "approved_at",
            Stage.APPROVED: "routed_at",
            Stage.FED_BACK: "closed_at",
        }
        clue = replace(clue, **{open_at[clue.stage]: None}) if clue.stage in open_at else clue
        if clue.stage is Stage.IN_HANDLING:
            promised = reckon("completion", clue, clocks) + timedelta(days=chance.choice((0, 0, 3)))
            clue = replace(clue, completion_due=promised, milestone_at=at)
        yield with_standing(clue, clocks, TODAY, LANG)


class Ledger:
    """A ledger with clues by chance, half of them appended to the closed file, and what Python makes of them."""

    def __init__(self, path, count):
        chance = random.Random(count)
        rows = starting_rows(LANG, None, TODAY)
        rows[DayOff] = (*rows[DayOff], *days_of_chance(chance))
        rows[Limit] = (
            *rows[Limit],
            Limit(deadline="归档", days=0),
            Limit(deadline="分析", days=30, unit=None),
        )
        self.path, self._rows = path, rows
        self.clues = list(clues_of_chance(chance, count, self.clocks()))
        build_ledger(path, LANG, {**rows, Clue: self.clues[::2]})
        book = FileBook(path)
        book.write([], sheets.new_rows(self.clues[1::2], book, LANG))
        self.clues = [*self.clues[::2], *self.clues[1::2]]

    def with_last_day_off(self):
        """Let the last row of the calendar sheet name a coming working day of which it says nothing else."""
        *others, _ = self._rows[DayOff]
        coming = (TODAY + timedelta(days=n) for n in range(1, 60))
        day = next(d for d in coming if d.weekday() < 5 and d not in {row.on for row in others})
        self._rows[DayOff] = (*others, free := DayOff(on=day, kind=DayKind.COMPANY_OFF))
        return free

    def clocks(self):
        return clocks_of(self._rows[Limit], calendar_of(self._rows[DayOff], ()), time(17, 30))

    def expected(self, today):
        """What stands in the live columns by Python's count."""
        clocks = self.clocks()
        told = (standing(clue, clocks, today) for clue in self.clues)
        return [(each.next_due, each.days_left, each.warning.text.in_(LANG)) for each in told]


def shown(sheet, count):
    """What stands in the live columns of an open ledger."""
    places = [Layout(table_of(Clue), LANG, 1).place(name) + 1 for name in LIVE]
    columns = [
        sheet.range((FIRST + 1, place), (FIRST + count, place)).options(ndim=1).value for place in places
    ]
    return [(due.date(), int(left), warning) for due, left, warning in zip(*columns, strict=True)]


@pytest.mark.office
def test_the_open_ledger_counts_as_python_does_on_any_day_and_after_a_day_off_is_typed(
    office_app, tmp_path, counted, small
):
    clues, days = counted(40, 200), counted(2, 4)
    with small():
        ledger = Ledger(tmp_path / "ledger.xlsx", clues)
    book = office_app.books.open(str(ledger.path))
    sheet = book.sheets[table_of(Clue).title.in_(LANG)]
    assert shown(sheet, clues) == ledger.expected(TODAY)  # as it opens, with nothing calculated on purpose
    chance = random.Random(1)
    for _ in range(days):
        today = TODAY + timedelta(days=chance.randint(-300, 300))
        book.names[DAY.in_(LANG)].refers_to_range.value = today
        assert shown(sheet, clues) == ledger.expected(today)
    before = ledger.expected(today)
    free = ledger.with_last_day_off()
    own = book.sheets[table_of(DayOff).title.in_(LANG)]
    own.range((own.tables[0].range.last_cell.row, 1)).value = [free.on, free.kind.text.in_(LANG)]
    office_app.calculate()
    assert shown(sheet, clues) == ledger.expected(today) != before
    book.close()


@pytest.mark.office
def test_another_program_keeps_the_formulas_and_the_file_can_be_written_again(office_app, tmp_path, small):
    with small():
        ledger = Ledger(tmp_path / "six.xlsx", 6)
    book = office_app.books.open(str(ledger.path))
    book.save(str(tmp_path / "saved.xlsx"))
    book.close()
    saved = FileBook(tmp_path / "saved.xlsx")
    read = sheets.read(saved)
    assert [(c.next_due, c.days_left) for c in read.records(Clue)] == [
        line[:2] for line in ledger.expected(TODAY)
    ]
    row = read.rows(Clue)[0]
    after = replace(row.record, days_left=row.record.days_left + 1)
    saved.write(sheets.cell_edits([Edit(row.number, row.record, after)], saved, LANG), [])
    sheet = openpyxl.load_workbook(saved.path)[table_of(Clue).title.in_(LANG)]
    place = Layout(table_of(Clue), LANG, 1).place("days_left") + 1
    column = [sheet.cell(FIRST + 1 + n, place).value for n in range(6)]
    assert all(str(cell).startswith("=INDEX(工作日序号,") for cell in column)
