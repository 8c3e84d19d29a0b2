"""The blank ledger: what stands in the file that `build_ledger` writes."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from cluebook.books import stamp
from cluebook.books.build import build_ledger
from cluebook.books.dropdowns import rule
from cluebook.books.highlights import highlights
from cluebook.books.layout import FIRST, HEADER, LAST, Kind, Layout, table_named
from cluebook.domain.clue import Clue, Nature, Stage, WarningLevel
from cluebook.domain.fields import YesNo, column, column_of, columns
from cluebook.domain.office import Category, Channel, Department, Setting
from cluebook.domain.settings import starting_settings
from cluebook.errors import DiskError, Place, UsageError
from cluebook.ledger.cells import from_cell
from cluebook.ledger.tables import TABLES, Table
from cluebook.seeds import office
from cluebook.text import LANGS, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A record that no ledger has yet."""

    number: str | None = column("编号", "No.", assigned=True)
    place: str | None = column("地点", "Place", required=True, help=("写明街道。", "Name the street."))
    on: date | None = column("日期", "Date")
    at: datetime | None = column("时间", "Time")
    people: int | None = column("人数", "People")
    cost: float | None = column("费用", "Cost")
    repeated: YesNo | None = column("复访", "Repeated")
    nature: Nature | None = column("性质", "Nature")
    subtype: str | None = column("子类", "Subtype", one_of="Categories.subtype", within="nature")
    hosts: tuple[str, ...] | None = column("接待部门", "Hosts", one_of="Departments.name")
    misled: str | None = column("错列", "Misled", one_of="Departments.name", within="nature")


VISITS = Layout(Table("Visits", Text("走访", "Visits"), Visit, Text("走访。", "Visits.")), "zh", 1)


def starting_rows(lang):
    return {
        Department: office.departments(lang),
        Channel: office.channels(lang),
        Category: office.categories(lang),
        Setting: starting_settings(lang, "某某 & 集团"),
    }


@pytest.fixture(scope="module", params=LANGS)
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def path(lang, tmp_path_factory):
    path = tmp_path_factory.mktemp("office") / "ledger.xlsx"
    build_ledger(path, lang, starting_rows(lang))
    return path


@pytest.fixture(scope="module")
def book(path):
    return openpyxl.load_workbook(path)


def sheet_of(book, lang, table):
    return book[table.title.in_(lang)]


def test_the_guide_comes_first_and_the_tables_follow_in_their_order(book, lang):
    guide, overview, *rest = book.sheetnames
    assert guide == Text("说明", "Guide").in_(lang)
    assert overview == Text("总览", "Overview").in_(lang)
    assert rest[: len(TABLES)] == [table.title.in_(lang) for table in TABLES]
    assert {book[name].sheet_state for name in rest[len(TABLES) :]} == {"hidden"}


def test_sheets_that_are_rarely_needed_are_hidden_and_the_guide_names_them_without_a_dead_link(book, lang):
    guide = book[Text("说明", "Guide").in_(lang)]
    cells = [cell for row in guide.iter_rows() for cell in row if cell.value]
    linked = {cell.hyperlink.location for cell in cells if cell.hyperlink}
    said = "\n".join(str(cell.value) for cell in cells)
    for each in TABLES:
        away = each.shelved or each.secret
        assert sheet_of(book, lang, each).sheet_state == ("hidden" if away else "visible")
        assert (f"go_{each.name}" in linked) != away
        assert each.title.in_(lang) in said


def test_columns_that_are_rarely_looked_at_are_folded_behind_the_one_before_them(book, lang):
    widths = sheet_of(book, lang, table_named("Clues")).column_dimensions
    held = {place: each for each in widths.values() for place in range(each.min, each.max + 1)}
    for place, each in enumerate(columns(Clue), start=1):
        assert held[place].hidden == each.folded
        assert not each.folded or held[place].outline_level == 2
        before = held.get(place - 1)
        assert not each.folded or before.hidden or before.collapsed


def test_every_record_has_its_table_with_the_declared_headers(book, lang):
    for table in TABLES:
        held = sheet_of(book, lang, table).tables[table.name]
        assert held.column_names == [c.text.in_(lang) for c in columns(table.record)]


def test_header_cells_hold_exactly_the_declared_text_though_required_ones_show_a_star(book, lang):
    sheet = sheet_of(book, lang, table_named("Clues"))
    shown = {cell.value: cell.number_format for cell in sheet[HEADER + 1]}
    for clue_column in columns(Clue):
        marked = shown[clue_column.text.in_(lang)] == '@" *"'
        assert marked == (clue_column.required and not clue_column.assigned)


def test_a_table_without_starting_rows_has_one_blank_row(book, lang):
    table = table_named("Clues")
    last = get_column_letter(len(columns(Clue)))
    sheet = sheet_of(book, lang, table)
    assert sheet.tables["Clues"].ref == f"A{HEADER + 1}:{last}{FIRST + 1}"
    assert {cell.value for cell in sheet[FIRST + 1]} == {None}


def test_starting_rows_read_back_as_the_records_they_were(book, lang):
    for record, expected in starting_rows(lang).items():
        table = next(t for t in TABLES if t.record is record)
        sheet = sheet_of(book, lang, table)
        rows = sheet.iter_rows(min_row=FIRST + 1, max_row=FIRST + len(expected), values_only=True)
        read = [
            record(
                **{c.name: from_cell(c, cell, Place()) for c, cell in zip(columns(record), row, strict=True)}
            )
            for row in rows
        ]
        assert tuple(read) == expected


def test_dates_numbers_and_text_that_looks_like_a_formula_keep_their_kind(tmp_path):
    clue = Clue(matter="=1+1", found_at=datetime(2026, 3, 1, 9, 30), attachments=2, completeness_score=0.5)
    path = tmp_path / "ledger.xlsx"
    build_ledger(path, "en", {Clue: (clue,)})
    row = {
        header.value: cell
        for header, cell in zip(*openpyxl.load_workbook(path)["Clues"][HEADER + 1 : FIRST + 1], strict=True)
    }
    assert (row["Matter"].value, row["Matter"].data_type) == ("=1+1", "s")
    assert row["Found at"].value == datetime(2026, 3, 1, 9, 30)
    assert row["Found at"].number_format == "yyyy-mm-dd hh:mm"
    assert (row["Attachments"].value, row["Completeness score"].value) == (2, 0.5)


def test_every_column_reaches_down_to_rows_that_are_not_there_yet(book, lang):
    for table in TABLES:
        sheet = sheet_of(book, lang, table)
        for place, declared in enumerate(columns(table.record)):
            spot = f"{get_column_letter(place + 1)}{LAST + 1}"
            watched = any(spot in v.sqref for v in sheet.data_validations.dataValidation)
            assert watched or (declared.type is str and not declared.assigned)


def test_assigned_columns_warn_and_entry_columns_refuse(book, lang):
    sheet = sheet_of(book, lang, table_named("Clues"))
    for place, declared in enumerate(columns(Clue)):
        spot = f"{get_column_letter(place + 1)}{FIRST + 1}"
        for validation in sheet.data_validations.dataValidation:
            if spot in validation.sqref:
                assert (validation.errorStyle == "warning") == declared.assigned
                assert validation.error or validation.prompt


def test_every_list_and_link_points_at_something_in_the_workbook(book, lang):
    headers = {
        f"{t.name}[{header}]" for sheet in book for t in sheet.tables.values() for header in t.column_names
    }
    for name, defined in book.defined_names.items():
        if name.startswith("list_"):
            assert defined.attr_text in headers
        elif name == stamp.NAME:
            assert stamp.is_present(stamp.read_stamp(defined.attr_text))
        else:
            (title, area), *_ = defined.destinations
            assert book[title][area] is not None
    for sheet in book:
        for validation in sheet.data_validations.dataValidation:
            if validation.type == "list":
                used = [n for n in book.defined_names if n in (validation.formula1 or "")]
                assert used


def test_closed_lists_hold_every_choice_in_the_ledgers_language(book, lang):
    (title, area), *_ = book.defined_names["choice_Nature"].destinations
    assert [row[0].value for row in book[title][area]] == [n.text.in_(lang) for n in Nature]


def test_document_modules_can_be_named_after_the_tables(path):
    with zipfile.ZipFile(path) as package:
        assert b'codeName="ThisWorkbook"' in package.read("xl/workbook.xml")
        sheets = b"".join(package.read(n) for n in package.namelist() if n.startswith("xl/worksheets/sheet"))
    for name in ("Guide", *(table.name for table in TABLES)):
        assert f'codeName="sh{name}"'.encode() in sheets


def test_the_first_columns_stay_in_view_and_head_every_printed_page(book, lang):
    sheet = sheet_of(book, lang, table_named("Clues"))
    assert sheet.freeze_panes == "D4"
    assert sheet.print_title_cols == "$A:$C"
    assert sheet.print_title_rows == "$2:$3"


def test_an_office_name_cannot_become_a_code_of_the_footer(book):
    assert "某某 && 集团" in book.worksheets[0].oddFooter.left.text


def test_excel_is_expected_to_open_it_without_repair(path):
    audit = pytest.importorskip("openxml_audit")
    result = audit.OpenXmlValidator().validate(path)
    assert [error.description for error in result.errors] == []


def test_equal_ledgers_are_equal_files(path, lang, tmp_path):
    again = tmp_path / "ledger.xlsx"
    build_ledger(again, lang, starting_rows(lang))
    assert again.read_bytes() == path.read_bytes()


def test_an_existing_file_is_left_alone(tmp_path):
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(b"kept")
    with pytest.raises(UsageError) as raised:
        build_ledger(path, "zh", {})
    assert raised.value.problems[0].code == "ledger_exists"
    assert path.read_bytes() == b"kept"


def test_a_folder_that_is_not_there_is_named_as_a_disk_problem(tmp_path):
    with pytest.raises(DiskError):
        build_ledger(tmp_path / "nowhere" / "ledger.xlsx", "zh", {})


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("number", {"validate": "custom", "value": "=FALSE", "error_type": "warning"}),
        ("place", {"validate": "any", "input_title": "地点", "input_message": "写明街道。"}),
        ("on", {"validate": "date"}),
        ("at", {"validate": "date"}),
        ("people", {"validate": "integer"}),
        ("cost", {"validate": "decimal"}),
        ("repeated", {"validate": "list", "source": "=choice_YesNo"}),
        ("hosts", {"validate": "list", "source": "=list_Departments_name", "show_error": False}),
    ],
)
def test_a_new_column_gets_its_check_from_its_declaration(name, expected):
    assert expected.items() <= (rule(VISITS, column_of(Visit, name)) or {}).items()


def test_a_narrowed_list_follows_its_neighbour_and_falls_back_to_the_whole_list():
    checked = rule(VISITS, column_of(Visit, "subtype"))
    assert checked is not None
    assert checked["source"] == (
        "=IF(COUNTIF(list_Categories_nature,$H4)=0,list_Categories_subtype,"
        "OFFSET(list_Categories_subtype,MATCH($H4,list_Categories_nature,0)-1,0,"
        "COUNTIF(list_Categories_nature,$H4),1))"
    )


def test_a_list_that_its_neighbour_cannot_narrow_is_a_mistake_of_the_declaration():
    with pytest.raises(LookupError):
        rule(VISITS, column_of(Visit, "misled"))


def test_missing_required_cells_are_coloured_once_the_row_has_begun():
    (missing,) = highlights(VISITS)
    assert missing.area == f"B4:B{LAST + 1}"
    assert missing.formula == "=AND(COUNTA($A4:$K4)>0,ISBLANK($B4))"


def test_each_warning_colours_the_number_and_the_computed_columns():
    clues = Layout(table_named("Clues"), "zh", 1)
    spot = get_column_letter(clues.place("warning") + 1)
    rules = {h.formula: h for h in highlights(clues)}
    for level in WarningLevel:
        painted = rules[f'=${spot}4="{level.text.zh}"']
        assert painted.places[0] == 0
        assert clues.place("days_left") in painted.places


def test_a_clue_that_is_over_fades():
    clues = Layout(table_named("Clues"), "en", 1)
    fading = [h for h in highlights(clues) if len(h.places) == len(columns(Clue))]
    assert [f'"{Stage.CLOSED.text.en}"' in h.formula for h in fading] == [True]


def test_entries_that_drop_downs_would_miss_are_marked_on_lists_that_narrow():
    scattered = [h for h in highlights(Layout(table_named("Categories"), "zh", 5)) if "COUNTIF" in h.formula]
    assert [h.places for h in scattered] == [(0,)]


def test_the_sheet_kinds_follow_from_the_declarations():
    kinds = {table.name: Layout(table, "zh", 1).kind for table in TABLES}
    assert kinds["Clues"] is kinds["Events"] is Kind.WORK
    assert kinds["Departments"] is kinds["Categories"] is Kind.LIST
    assert kinds["Settings"] is kinds["Calendar"] is Kind.RULE
