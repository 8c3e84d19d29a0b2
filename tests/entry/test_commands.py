from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from docx_parts import with_paragraph
from offices import documents, file_of, fingerprint, ledger_at

from cluebook import config
from cluebook.actions import ACTIONS
from cluebook.books.file import FileBook
from cluebook.cli import cli
from cluebook.cli.group import reported
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import Choice, column_of, columns
from cluebook.ledger import sheets
from cluebook.ledger.book import NewRow
from cluebook.ledger.tables import TABLES

YW2 = "XS-2026-YW-0002"
DAY = ("--as-of", "2026-03-04T10:00")
KEYS = {"action", "done", "documents", "notices", "edits", "problems"}
PROBLEM_KEYS = {"code", "sheet", "row", "column", "message", "fix"}
ROUTE = ("route", YW2, "--department", "客户服务部", "--routing-reason", "归其管理", *DAY)
ADD = ("add", "--channel", "客户投诉", "--found-at", "2026-03-01", "--matter", "屋顶漏水", *DAY)
ACCOUNT = "门店屋顶漏水已经三天，多次报修无人处理。"


def members_changed(office: Path, old: str, new: str) -> None:
    """Replace a text in every part of the ledger, as somebody's other tool might have."""
    path = office / "ledger.xlsx"
    changed = io.BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(old.encode(), new.encode()))
    path.write_bytes(changed.getvalue())


def typed(office: Path, **cells: object) -> int:
    """Type a draft into the ledger, and return its row."""
    book = FileBook(office / "ledger.xlsx")
    with book.open():
        book.write([], [NewRow("Clues", {column_of(Clue, n).text.zh: v for n, v in cells.items()})])
    return ledger_at(office).rows(Clue)[-1].number


def not_a_workbook(office):
    (office / "ledger.xlsx").write_text("线索编号,状态\n")
    return ROUTE


def half_a_workbook(office):
    whole = (office / "ledger.xlsx").read_bytes()
    (office / "ledger.xlsx").write_bytes(whole[: len(whole) // 2])
    return ROUTE


def another_workbook(office):
    from openpyxl import Workbook

    Workbook().save(office / "ledger.xlsx")
    return ROUTE


def no_ledger(office):
    return (*ROUTE, "--ledger", office / "elsewhere" / "ledger.xlsx")


def table_renamed(office):
    members_changed(office, 'name="Limits" displayName="Limits"', 'name="Terms" displayName="Terms"')
    return ROUTE


def header_renamed(office):
    members_changed(office, "流转单号", "转办单号")
    return ROUTE


def wrong_type(office):
    return (
        "add",
        "--row",
        typed(office, channel="客户投诉", matter="漏水", found_at="上周", description=ACCOUNT),
        *DAY,
    )


def wrong_option(_office):
    return (*ADD, "--description", ACCOUNT, "--attachments", "两份")


def control_characters(_office):
    return (*ADD, "--description", f"{ACCOUNT}\x07")


def far_too_long(_office):
    return (*ADD, "--description", "长" * 40_000)


def unknown_number(_office):
    return ("close", "XS-2026-YW-9999", *DAY)


def unknown_row(_office):
    return ("close", "--row", "9999", *DAY)


def unknown_variable(office):
    return spoilt(office, "{{ nonsense }}")


def broken_tag(office):
    return spoilt(office, "{% if clue.matter")


def spoilt(office, fault):
    template = office / "templates" / "routing_slip.docx"
    template.write_bytes(with_paragraph(template.read_bytes(), fault))
    return ROUTE


def no_template(office):
    (office / "templates" / "routing_slip.docx").unlink()
    return ROUTE


def open_elsewhere(office):
    (office / "~$ledger.xlsx").write_bytes(b"")
    return ROUTE


def unusable_setting(office):
    members_changed(office, "XS-{year}-{nature}-{seq:04}", "XS-{year}-{nature}")
    return (
        "accept",
        "T-2026-00003",
        "--truth",
        "属实",
        "--completeness",
        "完整",
        "--subtype",
        "服务投诉",
        "--urgency",
        "一般",
        *DAY,
    )


def unusable_config(office):
    (office / "cluebook.toml").write_text("[watch]\nat = 8\n")
    return ROUTE


def nothing_chosen(_office):
    return ("close", *DAY)


def no_date(_office):
    return ("overdue", "--as-of", "gestern")


def no_source(_office):
    return ("import", "missing.xlsx", *DAY)


def damaged_source(office):
    (office / "letters.xlsx").write_bytes(b"PK\x03\x04 and then nothing")
    return ("import", "letters.xlsx", *DAY)


def unknown_source_column(office):
    (office / "letters.csv").write_text(f"标题,内容\n漏水,{ACCOUNT}\n", "utf-8")
    return ("import", "letters.csv", "--map", "涉及事项=题目", *DAY)


def no_equals_sign(office):
    return (*unknown_source_column(office)[:2], "--map", "涉及事项", *DAY)


BAD = [
    (not_a_workbook, 3),
    (half_a_workbook, 3),
    (another_workbook, 3),
    (no_ledger, 3),
    (table_renamed, 3),
    (header_renamed, 3),
    (wrong_type, 1),
    (wrong_option, 2),
    (control_characters, 1),
    (far_too_long, 1),
    (unknown_number, 1),
    (unknown_row, 1),
    (unknown_variable, 3),
    (broken_tag, 3),
    (no_template, 3),
    (open_elsewhere, 4),
    (unusable_setting, 3),
    (unusable_config, 3),
    (nothing_chosen, 2),
    (no_date, 2),
    (no_source, 2),
    (damaged_source, 3),
    (unknown_source_column, 2),
    (no_equals_sign, 2),
]


@pytest.mark.parametrize(("spoil", "code"), BAD, ids=lambda given: getattr(given, "__name__", ""))
def test_bad_input_is_told_in_one_line_with_its_code_and_the_ledger_stays_as_it_was(
    cluebook, working, spoil, code
):
    words = spoil(working)
    before, papers = fingerprint(working), documents(working)
    answer = cluebook(working, *words)
    assert answer.code == code
    lines = [line for line in answer.err.splitlines() if line]
    assert len(lines) == 1
    assert len(lines[0]) < 400
    told = cluebook(working, *words, "--json")
    (problem,) = told.told["problems"]
    assert told.code == code
    assert problem.keys() >= PROBLEM_KEYS
    assert all(problem[key] for key in ("code", "message", "fix"))
    assert (fingerprint(working), documents(working)) == (before, papers)


@pytest.mark.parametrize("action", ACTIONS)
def test_json_is_one_object_with_the_keys_of_the_contract(cluebook, working, action):
    (working / "letters.csv").write_text(f"涉及事项,描述,发现时间\n漏水,{ACCOUNT}x,2026-03-01\n", "utf-8")
    more = {
        "import": ("letters.csv",),
        "log": (YW2, "--measures", "看过"),
        "check": (),
        "overdue": ("--flag",),
        "suggest": (),
        "calendar": (),
    }
    told = cluebook(working, action, *more.get(action, (YW2,)), "--json", *DAY).told
    assert told.keys() - {"overdue", "figures"} == KEYS
    assert ("overdue" in told) == (action == "overdue")
    assert ("figures" in told) == (action == "dashboard")
    assert told["action"] == action
    assert all(problem.keys() >= PROBLEM_KEYS for problem in told["problems"])


def test_a_clue_can_be_taken_from_entry_to_the_slip_by_commands_alone(cluebook, working):
    def done(*words):
        answer = cluebook(working, *words, "--json", *DAY)
        assert answer.code == 0, answer.out
        return answer.told

    entry = done(
        "add",
        "--channel",
        "客户投诉",
        "--found-at",
        "2026-03-01",
        "--matter",
        "漏水",
        "--description",
        ACCOUNT,
    )["done"][0]
    judged = ("--truth", "属实", "--completeness", "完整", "--subtype", "服务投诉", "--urgency", "一般")
    (number,) = done("accept", entry, *judged)["done"]
    parts = ("summary", "process", "risks", "feasibility", "recommendation")
    done(
        "analyse",
        number,
        "--analyst",
        "李强",
        "--risk",
        "低",
        *(w for p in parts for w in (f"--{p}", "写明")),
    )
    done("approve", number, "--user", "周强")
    told = done("route", number, *ROUTE[2:6])
    assert [Path(path).name for path in told["documents"]] == [f"{number} 线索流转单.docx"]
    assert Path(told["documents"][0]).is_file()
    assert told["edits"] == 2
    assert done("receive", number, "--handler", "赵敏")["done"] == [number]
    (clue,) = (c for c in ledger_at(working).records(Clue) if c.number == number)
    assert (clue.stage, clue.handler) == (Stage.IN_HANDLING, "赵敏")


def test_overdue_tells_number_kind_due_and_days(cluebook, working):
    cluebook(working, *ROUTE)
    (late,) = cluebook(working, "overdue", "--json", "--as-of", "2026-03-06").told["overdue"]
    assert {"number": YW2, "kind": "receipt", "due": "2026-03-05", "days": 1}.items() <= late.items()


def test_some_clues_with_problems_make_the_code_one_and_the_others_are_done(cluebook, working):
    answer = cluebook(working, *ROUTE[:2], "XS-2026-YW-0001", *ROUTE[2:])
    assert answer.code == 1
    assert "流转：完成 1 条，文书 1 份，问题 1 个。" in answer.out
    assert "已办结" in answer.err


@pytest.mark.parametrize(
    "words", [("close", "--nonsense"), ("nonsense",), ("import",), ("workday", "2026-03-02", "-3")]
)
def test_misuse_has_code_two_and_with_json_one_object(cluebook, working, words):
    plain, told = cluebook(working, *words), cluebook(working, *words, "--json")
    assert (plain.code, told.code) == (2, 2)
    assert plain.out == ""
    assert told.told["problems"][0]["code"] == "usage"


def test_every_action_is_a_command_that_knows_ledger_day_user_and_json():
    for id_ in ACTIONS:
        flags = {flag for parameter in cli.commands[id_].params for flag in parameter.opts}
        assert {"--ledger", "--as-of", "--user", "--json"} <= flags


@pytest.mark.parametrize(
    ("wish", "said", "spoken"),
    [("", 'lang = "zh"', "zh"), ("en", 'lang = "zh"', "en"), ("", "lang = ", "en"), ("", "", "en")],
)
def test_before_a_ledger_is_read_the_wish_of_the_user_counts_then_the_office_then_the_system(
    tmp_path, monkeypatch, wish, said, spoken
):
    monkeypatch.setenv("CLUEBOOK_LANG", wish)
    monkeypatch.setattr("locale.getlocale", lambda: ("en_GB", "UTF-8"))
    (tmp_path / "cluebook.toml").write_text(f"[office]\n{said}\n", "utf-8")
    assert config.language(tmp_path) == spoken


def test_who_stops_reading_the_output_is_not_told_of_a_fault(capsys):
    with pytest.raises(BrokenPipeError), reported("doctor", as_json=False):
        raise BrokenPipeError
    assert capsys.readouterr() == ("", "")


def test_a_bug_is_told_without_the_text_that_led_to_it(cluebook, working, monkeypatch):
    def broken(*_args, **_options):
        raise RuntimeError("CANARY")

    monkeypatch.setattr(sheets, "read", broken)
    before = fingerprint(working)
    answer = cluebook(working, *ROUTE, "--json")
    assert answer.code == 70
    assert answer.told["problems"][0]["code"] == "bug"
    log = (working / "log" / "cluebook.log").read_text("utf-8")
    assert "RuntimeError" in log
    assert "CANARY" not in answer.out + answer.err + log
    assert fingerprint(working) == before


@pytest.mark.parametrize(
    ("words", "date_"),
    [
        (("2026-09-18", "3"), "2026-09-22"),
        (("2026-09-30", "1"), "2026-10-08"),
        (("2026-10-08", "2"), "2026-10-10"),
    ],
)
def test_a_working_day_is_told_with_its_reason(cluebook, working, tmp_path, words, date_):
    for folder in (working, tmp_path):  # with the office's calendar, and with the built-in one
        told = cluebook(folder, "workday", *words, "--json").told
        assert (told["date"], told["provisional"]) == (date_, False)
        assert date_ in told["why"]


def test_a_date_that_is_none_is_named_by_where_it_was_typed(cluebook, tmp_path):
    answer = cluebook(tmp_path, "workday", "tomorrow", "3", "--json")
    assert (answer.code, answer.told["problems"][0]["column"]) == (2, "DATE")


def test_a_time_with_a_zone_is_taken_as_the_office_clock(cluebook, working):
    assert cluebook(working, "check", "--as-of", "2026-03-04T10:00+00:00").code == 0


def test_new_makes_an_office_and_never_over_one(cluebook, tmp_path):
    answer = cluebook(tmp_path, "new", "office", "--lang", "en", "--name", "Harbour", "--json")
    assert answer.code == 0
    assert ledger_at(tmp_path / "office").settings.office == "Harbour"
    again = cluebook(tmp_path, "new", "office", "--json")
    assert (again.code, again.told["problems"][0]["code"]) == (2, "ledger_exists")
    made = file_of(tmp_path / "office")
    made.rename(made.with_suffix({".xlsx": ".xlsm", ".xlsm": ".xlsx"}[made.suffix]))
    assert cluebook(tmp_path, "new", "office").code == 2


def test_new_keeps_the_templates_and_the_settings_that_are_there(cluebook, tmp_path):
    (tmp_path / "office" / "templates").mkdir(parents=True)
    mine = tmp_path / "office" / "templates" / "routing_slip.docx"
    mine.write_text("my own")
    (tmp_path / "office" / "cluebook.toml").write_text("")
    assert cluebook(tmp_path, "new", "office").code == 0
    assert mine.read_text() == "my own"
    assert (tmp_path / "office" / "cluebook.toml").read_text() == ""
    assert len(list(mine.parent.iterdir())) > 1


CANARY = "CANARY金丝雀"
CALLED = {"number", "entry_no"}  # a clue is called by these; they are its name, not its text


def test_no_message_quotes_what_stands_in_a_cell(cluebook, working):
    book = FileBook(working / "ledger.xlsx")
    bad = {c.text.zh: CANARY for c in columns(Clue) if c.name not in CALLED}
    texts = {c.text.zh: CANARY for c in columns(Clue) if c.type is str and c.name not in CALLED}
    others = [
        NewRow(t.name, {c.text.zh: CANARY for c in columns(t.record)})
        for t in TABLES
        if t.record is not Clue and t.name != "Settings"
    ]
    staged = [{**texts, "状态": stage.text.zh, "线索编号": f"XS-{n}"} for n, stage in enumerate(Stage)]
    with book.open():
        book.write([], [*(NewRow("Clues", row) for row in (bad, texts, *staged)), *others])
    rows = [word for row in ledger_at(working).rows(Clue) for word in ("--row", row.number)]
    (working / "letters.csv").write_text(f"涉及事项,描述,发现时间\n{CANARY},{CANARY},{CANARY}\n", "utf-8")
    printed, silent = cluebook(working, "check", *rows, *DAY).err, set()
    for action in ACTIONS:
        words = {"import": ("letters.csv",), "log": ("--measures", "看过", *rows)}.get(action, rows)
        answer = cluebook(working, action, *words, "--json", *DAY)
        assert answer.code in {0, 1, 2}, action  # 2 where the action has to be told more
        if not answer.told["problems"]:
            silent.add(action)
        if action != "dashboard":  # whose figures are by department, as the clues name them
            printed += answer.out + answer.err
    looking = {"suggest", "overdue", "escalate", "dashboard", "duplicates", "retention", "report"}
    assert silent <= looking | {"spot-check"}
    assert CANARY not in printed + (working / "log" / "cluebook.log").read_text("utf-8")


def test_every_choice_of_a_form_can_be_typed_in_either_language(cluebook, working):
    for member in column_of(Clue, "urgency").type:
        assert isinstance(member, Choice)
        for word in member.text:
            answer = cluebook(working, "accept", YW2, "--urgency", word, "--json", *DAY)
            assert [p["code"] for p in answer.told["problems"]] == ["wrong_stage"]


def test_the_help_of_a_command_names_its_choices():
    (urgency,) = (p for p in cli.commands["accept"].params if p.name == "urgency")
    assert re.search(r"\[.+\|.+\|.+\]", urgency.help or "")
