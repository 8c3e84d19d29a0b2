"""What is declared in one place shows up everywhere: each test adds its lines to one file of a copy of the package."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ACCOUNT = "The roof of the shop has leaked for three days and nobody answers."


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package and its templates, for one change."""
    for part in ("cluebook", "templates"):
        shutil.copytree(ROOT / part, tmp_path / part)  # with what is compiled, which is as old as its source
    return tmp_path


def add_lines(copy: Path, module: str, after: str, lines: str) -> None:
    path = copy / "cluebook" / module
    text = path.read_text("utf-8")
    assert text.count(after) == 1
    path.write_text(text.replace(after, after + lines), "utf-8")


def cluebook(copy: Path, *words: str) -> dict:
    folder = copy / "office" if (copy / "office").exists() else copy
    home = os.environ | {"PYTHONPATH": str(copy), "CLUEBOOK_LANG": "en", "CLUEBOOK_USER": "Wang"}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "cluebook", *words],
        cwd=folder,
        env=home,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode in {0, 1}, done.stderr
    return json.loads(done.stdout) if "--json" in words else {"help": done.stdout}


def table(copy: Path, sheet: str, header: str) -> list[dict[str, object]]:
    """The rows of a sheet of the ledger below the row in which a header stands."""
    from openpyxl import load_workbook

    worksheet = load_workbook(next((copy / "office").glob("ledger.xls?")))[sheet]
    rows = list(worksheet.iter_rows(values_only=True))
    top = next(at for at, row in enumerate(rows) if header in row)
    return [dict(zip(rows[top], row, strict=True)) for row in rows[top + 1 :] if any(row)]


def enter(copy: Path, *more: str) -> dict:
    told = ("--found-at", "2026-03-01", "--matter", "Roof leaks", "--description", ACCOUNT)
    channel = ("--channel", "Customer complaint")
    return cluebook(copy, "add", *channel, *told, *more, "--as-of", "2026-03-02T10:00", "--json")


def test_a_column_is_one_line(copy):
    add_lines(
        copy,
        "domain/clue.py",
        '    demand: str | None = column("诉求", "Demand", part=Part.INTAKE, width=20, folded=True)\n',
        '    weather: str | None = column("天气", "Weather", part=Part.INTAKE)\n',
    )
    cluebook(copy, "new", "office", "--lang", "en")
    assert "--weather" in cluebook(copy, "add", "--help")["help"]
    assert enter(copy, "--weather", "Rain")["done"]
    (row,) = table(copy, "Clues", "Weather")
    assert row["Weather"] == "Rain"
    (copy / "office" / "old.csv").write_text(
        f"Weather,Matter,Description,Found at\nSnow,Ice,{ACCOUNT},2026-03-01\n"
    )
    assert cluebook(copy, "import", "old.csv", "--as-of", "2026-03-02", "--json")["done"]
    assert [row["Weather"] for row in table(copy, "Clues", "Weather")] == ["Rain", "Snow"]
    assert cluebook(copy, "check", "--json")["problems"] == []


def test_a_deadline_is_one_entry(copy):
    add_lines(
        copy,
        "domain/deadlines/table.py",
        "    for deadline in (\n",
        '        Deadline("greeting", Text("问候", "Greeting"), "delivered_at", "reviewed_at", (Stage.REGISTERED,), {None: 0},'
        ' overdue=Text("问候逾期", "Greeting overdue")),\n',
    )
    cluebook(copy, "new", "office", "--lang", "en")
    assert [row["Days"] for row in table(copy, "Limits", "Deadline") if row["Deadline"] == "Greeting"] == [0]
    enter(copy)
    (row,) = table(copy, "Clues", "Next step")
    assert row["Next step"] == "Greeting"
    (late,) = cluebook(copy, "overdue", "--flag", "--as-of", "2026-03-04", "--json")["overdue"]
    assert (late["kind"], late["label"], late["due"]) == ("greeting", "Greeting overdue", "2026-03-02")


def test_a_document_is_one_line_and_its_template_and_an_action_is_one_function(copy):
    add_lines(
        copy,
        "documents/table.py",
        "    for document in (\n",
        '        Document("greeting", Text("问候函", "Greeting letter"), must=("number",), uses=("analysis",)),\n',
    )
    for lang in ("zh", "en"):
        shutil.copy(
            copy / "templates" / lang / "routing_slip.docx", copy / "templates" / lang / "greeting.docx"
        )
    add_lines(
        copy,
        "actions/handling.py",
        "from cluebook.text import Text\n",
        '''

@action("greet", "问候", "Greet", part=Part.HANDLING, icon="Greet", help="问候反映人。")
def greet(
    ledger: Ledger, rows: Sequence[Row[Clue]], stamp: Stamp,
    *, warmly: Annotated[bool, Text("热情", "with warmth")] = False,
) -> Plan:
    """Write to the reporter."""
    papers = tuple(clue_paper("greeting", Case(clue=row.record), ledger, stamp) for row in rows)
    return Plan(papers=papers, done=("warmly",) if warmly else ())
''',
    )
    cluebook(copy, "new", "office", "--lang", "en")
    number = enter(copy)["done"][0]
    assert "with warmth" in cluebook(copy, "greet", "--help")["help"]
    told = cluebook(copy, "greet", number, "--warmly", "--as-of", "2026-03-04", "--json")
    assert (told["action"], told["done"]) == ("greet", ["warmly"])
    assert [Path(path).name for path in told["documents"]] == [f"{number} Greeting letter.docx"]
