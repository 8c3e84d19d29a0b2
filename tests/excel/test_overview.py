"""The overview follows from the ledger: its figures are counted by LibreOffice, rows that came later too."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import openpyxl
import pytest

from cluebook.books.build import build_ledger
from cluebook.books.file import FileBook
from cluebook.books.guide import OVERVIEW
from cluebook.domain.clue import OVER, Clue, Nature, Stage
from cluebook.domain.dashboard import OPEN_STAGES, boards
from cluebook.domain.office import CalendarYear, DayOff, Keyword
from cluebook.domain.statistics import completion_of
from cluebook.domain.workdays import calendar_of
from cluebook.founding import starting_rows
from cluebook.ledger import sheets
from cluebook.seeds.office import departments
from cluebook.text import LANGS, Text

NOW = datetime.now().replace(microsecond=0)
ROWS = {lang: starting_rows(lang, None, date(2026, 3, 2)) | {Keyword: ()} for lang in LANGS}
LONG_AGO = NOW - timedelta(days=1000)


FRIDAY, BEFORE_THE_LISTS = date(2026, 9, 18), date(2022, 4, 8)
DAYS_OFF_BETWEEN = (
    ({"completion_due": FRIDAY, "completed_at": datetime(2026, 9, 19, 23, 59)}, True),
    ({"completion_due": FRIDAY, "completed_at": datetime(2026, 9, 20, 8)}, False),  # a Sunday that is worked
    ({"completion_due": date(2026, 9, 30), "completed_at": datetime(2026, 10, 7, 12)}, True),
    ({"completion_due": date(2026, 9, 30), "completed_at": datetime(2026, 10, 8, 0)}, False),
    (
        {"completion_due": date(2026, 9, 30), "original_due": FRIDAY, "completed_at": datetime(2026, 9, 21)},
        False,
    ),
    ({"completion_due": BEFORE_THE_LISTS, "completed_at": datetime(2022, 4, 10)}, True),
    ({"completion_due": BEFORE_THE_LISTS, "completed_at": datetime(2022, 4, 11)}, False),
)
"""When work was due and done, and whether that was in time: no working day may have gone by, nor an extension help."""

IN_TIME = [True, False, *(in_time for _, in_time in DAYS_OFF_BETWEEN)]
"""Of the clues that are closed, in their order."""


def clues(lang):
    """Some clues, and one more that comes in after the ledger was made."""
    ours, theirs = (d.name for d in departments(lang)[:2])
    late = Text("办理逾期", "Handling overdue").in_(lang)
    done = {"stage": Stage.CLOSED, "department": theirs, "delivered_at": LONG_AGO, "closed_at": LONG_AGO}
    return (
        Clue(number="1", stage=Stage.IN_HANDLING, nature=Nature.BUSINESS, department=ours, delivered_at=NOW,
             overdue_days=2, overdue_kind=late),
        Clue(number="2", stage=Stage.ROUTED, nature=Nature.OTHER, department=theirs, delivered_at=LONG_AGO),
        Clue(number="3", **done, completed_at=LONG_AGO, completion_due=LONG_AGO.date()),
        Clue(number="4", **{**done, "closed_at": NOW}, completed_at=NOW, completion_due=LONG_AGO.date(), overdue_days=9,
             overdue_kind=late),
        *(Clue(number=str(number), **done, **when) for number, (when, _) in enumerate(DAYS_OFF_BETWEEN, start=6)),
    ), Clue(number="5", stage=Stage.ROUTED, nature=Nature.BUSINESS, department=ours, delivered_at=NOW)  # fmt: skip


@pytest.fixture(params=LANGS)
def lang(request):
    return request.param


@pytest.fixture
def path(tmp_path, lang):
    first, later = clues(lang)
    path = tmp_path / "ledger.xlsx"
    build_ledger(path, lang, {**ROWS[lang], Clue: first})
    book = FileBook(path)
    book.write([], sheets.new_rows([replace(later)], book, lang))
    return path


def figures(app, path, lang):
    """What stands on the sheet as it is opened: by its label the figures right of it or below."""
    book = app.books.open(str(path))
    sheet = book.sheets[OVERVIEW.in_(lang)]
    rows = sheet.range("A1:O40").options(ndim=2, err_to_str=True).value
    book.close()
    return rows


def beside(rows, word, offset=1):
    return next(row[row.index(word) + offset] for row in rows if word in row)


def below(rows, word):
    return next(rows[at + 1][row.index(word)] for at, row in enumerate(rows) if word in row)


@pytest.mark.office
def test_figures_count_what_the_ledger_holds_also_rows_that_came_later(office_app, path, lang):
    rows = figures(office_app, path, lang)
    tiles = {
        ("在办", "Open"): 3,
        ("其中逾期", "Of these overdue"): 1,
        ("本月收件", "In this month"): 2,
        ("本月办结", "Closed this month"): 1,
        ("按时办结率", "Closed on time"): sum(IN_TIME) / len(IN_TIME),
    }
    assert {words: below(rows[:6], Text(*words).in_(lang)) for words in tiles} == tiles
    assert beside(rows[7:], Stage.ROUTED.text.in_(lang)) == 2
    assert beside(rows[7:], Nature.BUSINESS.text.in_(lang)) == 2
    assert beside(rows[7:], Text("办理逾期", "Handling overdue").in_(lang)) == 1
    ours, theirs = (d.name for d in departments(lang)[:2])
    assert (beside(rows[7:], ours), beside(rows[7:], ours, 2)) == (2, 1)
    assert (beside(rows[7:], theirs), beside(rows[7:], theirs, 2)) == (1, 0)
    months = [row[11:14] for row in rows[8:20]]
    assert months[-1] == [NOW.replace(day=1, hour=0, minute=0, second=0), 2, 1]
    assert sum(month[1] for month in months[:-1]) == 0
    assert not [cell for row in rows for cell in row if str(cell).startswith(("#", "Err"))]
    first, later = clues(lang)
    calendar = calendar_of(ROWS[lang][DayOff], ROWS[lang][CalendarYear])
    assert [completion_of("", clue).is_in_time(calendar) for clue in first[2:]] == IN_TIME
    for board in boards([*first, later], [d.name for d in departments(lang)], NOW.date(), calendar):
        for line in board.lines if board.id not in {"standing", "months"} else ():
            held = next(
                row[row.index(word) + 1 :]
                for row in rows[7:]
                for word in [line.text.in_(lang)]
                if word in row
            )
            assert tuple(held[: len(line.values)]) == line.values
        if board.id == "standing":
            assert [below(rows[:6], line.text.in_(lang)) for line in board.lines] == [
                line.values[0] for line in board.lines
            ]
        if board.id == "months":
            assert [tuple(month[1:]) for month in months] == [line.values for line in board.lines]


def test_it_says_nothing_but_words_and_formulas(path, lang):
    sheet = openpyxl.load_workbook(path)[OVERVIEW.in_(lang)]
    for row in sheet.iter_rows():
        assert all(
            cell.data_type in {"s", "f", "n"} and not isinstance(cell.value, int | float) for cell in row
        )
    assert len(sheet._charts) == 2


def test_every_stage_is_either_open_or_over():
    assert set(OPEN_STAGES) == set(Stage) - OVER
