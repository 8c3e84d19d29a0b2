"""A ledger of an earlier version brought up to date: what it lacked is there, what people put into it is as it was."""

from __future__ import annotations

import base64
import io
import itertools
import re
import shutil
import zipfile
from collections import Counter
from dataclasses import replace

import openpyxl
import pytest
from lxml import etree
from offices import FIRST_DAY, approved, file_of, fingerprint, new_clue, registered

from cluebook import config, upgrading
from cluebook.books import build, macros, stamp
from cluebook.books.file import FileBook
from cluebook.books.layout import Layout, foreign
from cluebook.books.patch.archive import read_archive
from cluebook.books.patch.parts import read_package
from cluebook.books.patch.zipping import rewrite
from cluebook.domain import fields
from cluebook.domain.clue import Clue
from cluebook.domain.fields import columns
from cluebook.domain.office import Limit, RoutingRule, Setting
from cluebook.domain.records import Event, Meeting, Reporter, Urge
from cluebook.founding import bring_templates, starting_rows
from cluebook.ledger import sheets, tables
from cluebook.ledger.plan import Stamp
from cluebook.ledger.tables import TABLES, table_of
from cluebook.ribbon import ribbon_xml
from cluebook.verification import verified

EARLIER = '="0.0.9 00000000"'
LACKING = {Clue: {"link", "due_reason", "retention", "nature", "subtype"}, Meeting: {"recorder"}}
"""Columns that the earlier version did not have."""
ABSENT = {Reporter, RoutingRule}
"""Sheets that it did not have."""
FORMER = {"matter": "事由"}
"""What columns were called in it."""
OWN = "本所备忘"
EDITED = "routing_slip.docx"
SETTINGS = '[folders]\ntemplates = "templates"\n\n[watch]\n# mine\nat = ["08:30"]\nflag = ["09:00"]\n'
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def earlier_layouts(lang):
    for table in TABLES:
        if table.record not in ABSENT:
            held = [c for c in columns(table.record) if c.name not in LACKING.get(table.record, ())]
            held = [replace(c, text=foreign(FORMER[c.name]).text) if c.name in FORMER else c for c in held]
            own = [foreign(OWN)] if table.record is Clue else []
            yield Layout(
                replace(table, name="Orders") if table.record is Urge else table,
                lang,
                1,
                (*held[:3], *own, *held[3:]),
            )


def own_things(book):
    """What a clerk of the office added to the ledger."""
    clues = book.get_worksheet_by_name("线索台账")
    clues.write_comment("A4", "记得核对")
    clues.data_validation("D4:D40", {"validate": "list", "source": ["甲", "乙"]})
    clues.conditional_format(
        "A4:D40", {"type": "formula", "criteria": '=$D4="甲"', "format": book.add_format({"bold": True})}
    )
    sheet = book.add_worksheet("本所统计")
    sheet.write_formula("A1", "=COUNTA(Clues[事由])+SUM(Orders[序号])+LEN('说明'!B5)+LEN(说明!B6)", None, 0)
    sheet.data_validation("B1", {"validate": "list", "source": "='选项'!$A$2:$A$3"})
    sheet.insert_image("C3", "dot.png", {"image_data": io.BytesIO(DOT)})


def earlier_content(lang="zh", add=own_things):
    rows = starting_rows(lang, "某局", FIRST_DAY.date())
    rows[Setting] = tuple(row for row in rows[Setting] if row.name not in {"联系方式", "上班时间"})
    rows[Limit] = tuple(row for row in rows[Limit] if row.deadline != "归档")
    rows[Clue] = (replace(new_clue(lang), nature=None, subtype=None),)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stamp, "formula", lambda: EARLIER)
        return build.ledger_bytes(lang, rows, add, held=tuple(earlier_layouts(lang)))


@pytest.fixture(scope="module", autouse=True)
def _declared():
    """The present declarations, which know what was called otherwise."""
    known = fields._columns(Clue)
    named = {name: replace(known[name], formerly=(former,)) for name, former in FORMER.items()}
    urges = replace(table_of(Urge), formerly=("Orders",))
    everything = tuple(urges if table.record is Urge else table for table in TABLES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(fields._DECLARED, Clue, known | named)
        patch.setattr("cluebook.books.upgrade.survey.TABLES", everything)
        patch.setitem(tables._BY_RECORD, Urge, urges)
        yield


@pytest.fixture(scope="module")
def earlier():
    return earlier_content()


@pytest.fixture
def old_office(tmp_path, earlier):
    """The folder of an office whose ledger is of an earlier version."""
    return with_ledger(tmp_path, earlier)


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory, earlier):
    """The ledger of such an office before and after its upgrade, to be looked at."""
    before, after = (with_ledger(tmp_path_factory.mktemp("office"), earlier) for _ in range(2))
    upgrade(after)
    return file_of(before), file_of(after)


@pytest.fixture
def present_office(upgraded, tmp_path):
    """Such an office after its upgrade, the test's own, with templates to go on working."""
    office = shutil.copytree(upgraded[1].parent, tmp_path / "office")
    (office / "templates" / EDITED).unlink()
    bring_templates(office / "templates", "zh")
    return office


def with_ledger(folder, content):
    (folder / "ledger.xlsx").write_bytes(content)
    (folder / "templates").mkdir()
    (folder / "templates" / EDITED).write_bytes(b"edited")
    (folder / config.FILE).write_text(SETTINGS)
    return folder


def upgrade(office):
    return upgrading.upgraded(FileBook(file_of(office)), Stamp(FIRST_DAY, "tester"))


@pytest.fixture(scope="module")
def loaded(upgraded):
    return openpyxl.load_workbook(upgraded[1])


def members(path):
    with zipfile.ZipFile(path) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def held(path, *, older=False):
    ledger = sheets.read(FileBook(path), older=older)
    return {table.record: ledger.records(table.record) for table in TABLES}


def test_an_earlier_ledger_gets_all_it_lacks_and_reads_as_before(upgraded):
    earlier, present = upgraded
    before, after = held(earlier, older=True), held(present)
    for record, rows in before.items():
        if record not in {Clue, Event, Setting, Limit, RoutingRule}:
            assert after[record] == rows
    assert [replace(c, next_due=None, days_left=None, warning=None) for c in after[Clue]] == list(
        before[Clue]
    )
    assert len(after[Setting]) == len(before[Setting]) + 2
    assert "归档" in {limit.deadline for limit in after[Limit]}
    assert after[RoutingRule]
    (event,) = after[Event]
    assert event.action == "升级"
    assert "事由 → 涉及事项" in (event.changes or "")


def test_what_people_put_into_an_earlier_ledger_stays(upgraded, loaded):
    before, after = map(members, upgraded)
    book = loaded
    clues, own = book["线索台账"], book["本所统计"]
    table = clues.tables["Clues"]
    assert table.column_names[3] == OWN
    assert table.column_names[-5:] == [c.text.zh for c in columns(Clue) if c.name in LACKING[Clue]]
    assert [cell.value for cell in clues[3]] == table.column_names
    assert clues["A4"].comment.text == "记得核对"
    assert '"甲,乙"' in {v.formula1 for v in clues.data_validations.dataValidation}
    assert any(rule.formula == ['$D4="甲"'] for rules in clues.conditional_formatting for rule in rules.rules)
    assert (
        own["A1"].value
        == "=COUNTA(Clues[涉及事项])+SUM(Urges[序号])+LEN('说明（旧）'!B5)+LEN('说明（旧）'!B6)"
    )
    assert own.data_validations.dataValidation[0].formula1 == "'选项'!$A$2:$A$3"
    touched = {name for name, content in before.items() if after.get(name) != content}
    assert not [name for name in touched if "media" in name or "drawing" in name or "comment" in name.lower()]
    untouched_table = next(n for n in before if b'name="Departments"' in before[n] and "tables" in n)
    assert untouched_table not in touched


def test_the_parts_of_an_upgraded_ledger_agree_with_each_other(upgraded):
    parts = members(upgraded[1])
    types = etree.fromstring(parts["[Content_Types].xml"])
    typed = Counter(t.get("PartName") for t in types if t.get("PartName"))
    assert set(typed) <= {f"/{name}" for name in parts}
    assert set(typed.values()) == {1}
    roots = {n: etree.fromstring(p) for n, p in parts.items() if n.endswith((".xml", ".rels"))}
    styles = roots["xl/styles.xml"]
    formats, colours = (len(styles.find(f"{{*}}{name}")) for name in ("cellXfs", "dxfs"))
    for name, root in roots.items():
        if name.startswith("xl/worksheets/sheet"):
            assert all(int(c.get("s", "0")) < formats for c in root.iter("{*}c", "{*}row"))
            assert all(int(c.get("style", "0")) < formats for c in root.iter("{*}col"))
            assert all(int(c.get("dxfId", "0")) < colours for c in root.iter("{*}cfRule"))
            runs = [(int(c.get("min")), int(c.get("max"))) for c in root.iter("{*}col")]
            assert all(a[1] < b[0] for a, b in itertools.pairwise(runs))
    ids = Counter(root.get("id") for name, root in roots.items() if name.startswith("xl/tables/"))
    assert set(ids.values()) == {1}
    names = Counter(
        (n.get("name"), n.get("localSheetId")) for n in roots["xl/workbook.xml"].iter("{*}definedName")
    )
    assert set(names.values()) == {1}
    entries = [(e.get("name"), e.get("sheetId")) for e in roots["xl/workbook.xml"].iter("{*}sheet")]
    assert len({i for _, i in entries}) == len(entries) == len({n for n, _ in entries})


def test_new_columns_have_their_drop_downs_which_follow_their_neighbours(loaded):
    clues = loaded["线索台账"]
    head = {cell.value: cell.column_letter for cell in clues[3]}
    rules = {str(v.sqref): v.formula1 for v in clues.data_validations.dataValidation}
    assert rules[f"{head['性质']}4:{head['性质']}100000"] == "choice_Nature"
    assert f"${head['性质']}4" in rules[f"{head['子类']}4:{head['子类']}100000"]


def test_work_goes_on_in_an_upgraded_ledger_and_verifying_finds_nothing(present_office, cluebook):
    number = approved(present_office, "zh")
    assert cluebook(present_office, "check", "--json").told["problems"] == []
    verdict = verified(FileBook(file_of(present_office)))
    assert (verdict.trail, verdict.by_hand) == ((), ())
    assert number in {clue.number for clue in held(file_of(present_office))[Clue]}


def test_a_change_by_hand_before_an_upgrade_is_still_told(present_office, monkeypatch):
    number = registered(present_office, "zh")
    path = file_of(present_office)
    book = FileBook(path)
    with book.open():
        ledger = sheets.read(book)
        (row,) = [row for row in ledger.rows(Clue) if row.record.entry_no == number]
        by_hand = sheets.Edit(row.number, row.record, replace(row.record, analyst="甲"))
        book.write(sheets.cell_edits([by_hand], book, "zh"), [])
    monkeypatch.setattr(stamp, "present", lambda: "0.1.0 ffffffff")
    upgrade(present_office)
    assert [event.action for event in held(path)[Event]][-2:] == ["手工改动", "升级"]


@pytest.mark.parametrize("lang", ["zh"])
def test_a_ledger_that_is_up_to_date_is_not_written(office, cluebook):
    before = fingerprint(office)
    answer = cluebook(office, "upgrade", "--json")
    assert (answer.code, answer.told["notices"], answer.told["documents"]) == (0, [], [])
    assert fingerprint(office) == before


def test_a_dry_run_tells_all_and_writes_nothing(old_office, cluebook):
    before = fingerprint(old_office)
    told = cluebook(old_office, "upgrade", "--dry-run", "--json").told
    assert any("举报人信息" in line for line in told["notices"])
    assert fingerprint(old_office) == before
    assert [path.name for path in (old_office / "templates").iterdir()] == [EDITED]


def test_an_upgraded_ledger_is_up_to_date(upgraded):
    before = upgraded[1].read_bytes()
    assert upgrade(upgraded[1].parent).told == ()
    assert upgraded[1].read_bytes() == before


def test_templates_that_are_lacking_come_and_edited_ones_stay(upgraded):
    templates = upgraded[1].parent / "templates"
    assert (templates / EDITED).read_bytes() == b"edited"
    assert (templates / "feedback_report.docx").exists()


def test_keys_that_are_no_longer_used_become_comments_and_the_others_stay(upgraded, cluebook):
    office = upgraded[1].parent
    lines = (office / config.FILE).read_text("utf-8").splitlines()
    assert lines[-3:] == ["# mine", '# at = ["08:30"]', 'flag = ["09:00"]']
    assert cluebook(office, "watch", "--status").code == 0


@pytest.mark.parametrize("lang", ["zh"])
def test_a_ledger_of_a_later_version_is_refused(office, cluebook, monkeypatch):
    before = fingerprint(office)
    monkeypatch.setattr(stamp, "__version__", "0.0.1")
    for command in ("upgrade", "check"):
        answer = cluebook(office, command, "--json")
        assert (answer.code, [p["code"] for p in answer.told["problems"]]) == (3, ["ledger_newer"])
    assert fingerprint(office) == before


def test_something_at_the_right_of_a_table_is_named_and_nothing_written(tmp_path, cluebook):
    width = len(next(earlier_layouts("zh")).columns)

    def beside(book):
        book.get_worksheet_by_name("线索台账").write_string(7, width, "别处的内容")

    (tmp_path / "ledger.xlsx").write_bytes(earlier_content(add=beside))
    before = fingerprint(tmp_path)
    answer = cluebook(tmp_path, "upgrade", "--json")
    (problem,) = answer.told["problems"]
    assert (answer.code, problem["code"], problem["sheet"], problem["row"]) == (
        3,
        "right_taken",
        "线索台账",
        8,
    )
    assert fingerprint(tmp_path) == before


def test_a_sheet_of_somebodys_own_with_the_name_of_a_new_one_is_named_and_nothing_written(tmp_path, cluebook):
    (tmp_path / "ledger.xlsx").write_bytes(earlier_content(add=lambda book: book.add_worksheet("举报人信息")))
    before = fingerprint(tmp_path)
    answer = cluebook(tmp_path, "upgrade", "--json")
    (problem,) = answer.told["problems"]
    assert (answer.code, problem["code"], problem["sheet"]) == (3, "sheet_name_taken", "举报人信息")
    assert fingerprint(tmp_path) == before


def test_a_sheet_of_somebodys_own_is_not_taken_for_one_of_the_programs(old_office, cluebook):
    package = read_package(read_archive(file_of(old_office).read_bytes()))
    named = re.sub(
        rb'<definedName name="go_Overview">[^<]*</definedName>', b"", package.archive.read("xl/workbook.xml")
    )
    changed = io.BytesIO()
    rewrite(package.archive, {"xl/workbook.xml": lambda: [named]}, (), changed)
    file_of(old_office).write_bytes(changed.getvalue())
    answer = cluebook(old_office, "upgrade", "--json")
    assert [(p["code"], p["sheet"]) for p in answer.told["problems"]] == [("sheet_name_taken", "总览")]


def test_a_header_renamed_by_hand_in_a_present_ledger_is_told_and_no_column_is_added(tmp_path, cluebook):
    layouts = [Layout(table, "zh", 1) for table in TABLES]
    held = tuple(
        replace(c, text=foreign("登记编号").text) if c.name == "entry_no" else c for c in layouts[0].columns
    )
    content = build.ledger_bytes("zh", {}, held=[replace(layouts[0], held=held), *layouts[1:]])
    (tmp_path / "ledger.xlsx").write_bytes(content)
    answer = cluebook(tmp_path, "upgrade", "--json")
    assert (answer.code, [p["code"] for p in answer.told["problems"]]) == (3, ["column_lost"])


def test_every_command_on_an_earlier_ledger_says_how_to_upgrade_it(old_office, cluebook):
    for words in (["check"], ["accept", "--all"], ["verify"]):
        answer = cluebook(old_office, *words, "--json")
        assert answer.code == 3
        assert all("cluebook upgrade" in problem["fix"] for problem in answer.told["problems"])


def test_the_macros_and_the_ribbon_are_renewed_and_own_macros_stay(tmp_path, cluebook):
    from pyopenvba import ExcelFile

    path = tmp_path / "ledger.xlsm"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stamp, "formula", lambda: EARLIER)
        patch.setattr(macros, "ribbon_xml", lambda _lang: b"<earlier/>")
        macros.build_macro_ledger(path, "en", {})
    with ExcelFile(path) as file:
        file.set_module("Cluebook", 'Attribute VB_Name = "Cluebook"\r\nSub Earlier()\r\nEnd Sub\r\n')
        file.vba_project().add_module("Own", 'Attribute VB_Name = "Own"\r\nSub Mine()\r\nEnd Sub\r\n')
        file.save()
    assert cluebook(tmp_path, "upgrade").code == 0
    assert members(path)[macros.RIBBON] == ribbon_xml("en")
    with ExcelFile(path) as file:
        assert "Cluebook_Press" in file.get_module("Cluebook")
        assert "Sub Mine" in file.get_module("Own")
