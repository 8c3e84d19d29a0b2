"""Compiled templates are kept in memory and in files, and never answer for a template that has changed."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import docx
import pytest

from cluebook.errors import TemplateError
from cluebook.rendering import compile_template, engine, plans, render

ROOT = Path(__file__).parents[2]
SLIP = ROOT / "templates" / "zh" / "routing_slip.docx"
CREATED = datetime(2026, 11, 4, 9, 30)
TEXTS = {
    "string": "{% if a %}{{ a|upper }} < 3{% endif %}",
    "exact": "100%{{ a }}_} b",
    "stock": "{{ a }}{{ 1.5 }}",
}


@pytest.fixture
def kept(tmp_path, filled):
    """Return the one plan of a routing slip in a folder of plans, and the slip it was made for."""
    made = forgetful(SLIP, filled("routing_slip", "zh"), tmp_path / "plans")
    (file,) = (tmp_path / "plans").iterdir()
    return file, made


def forgetful(path, context, cache) -> bytes:
    """Render as a new process does: with nothing in memory."""
    engine._compiled.clear()
    return render(path, context, "zh", created=CREATED, qr="XS-1", cache=cache)


def test_an_edited_template_is_used_at_once_even_if_its_date_and_size_stay(template):
    path = template("{{ a }} one")
    before = path.stat()
    first = render(path, {"a": "x"}, "zh", created=CREATED)
    template("{{ a }} two")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    second = render(path, {"a": "x"}, "zh", created=CREATED)
    assert [words(path.parent, document) for document in (first, second)] == ["x one", "x two"]


def words(folder, document) -> str:
    (folder / "made.docx").write_bytes(document)
    return docx.Document(folder / "made.docx").paragraphs[0].text


def test_a_template_is_compiled_once_while_it_stays_the_same():
    assert compile_template(SLIP) is compile_template(SLIP)


def test_memory_holds_no_more_templates_than_an_office_has(template, monkeypatch):
    monkeypatch.setattr(engine, "_MOST", 3)
    for number in range(5):
        compile_template(template("{{ a }}", name=f"t{number}.docx"))
    assert len(engine._compiled) <= 3


@pytest.mark.parametrize("mode", TEXTS)
def test_a_kept_plan_is_the_plan(tmp_path, template, mode):
    file = tmp_path / "x.plan"
    plan = compile_template(template(TEXTS[mode], title="T {{ a }}")).plan
    assert plan.mode == mode
    plans.keep(plan, file)
    assert plans.kept(file) == plan


def test_a_new_process_makes_the_same_document_and_loads_no_library_for_it(tmp_path, kept, filled):
    file, made = kept
    (tmp_path / "context.json").write_text(json.dumps(filled("routing_slip", "zh")), "utf-8")
    program = """
import json, sys
from datetime import datetime
from pathlib import Path
from cluebook.rendering import render
context = json.loads(Path(sys.argv[1]).read_text("utf-8"))
made = render(Path(sys.argv[2]), context, "zh", created=datetime(2026, 11, 4, 9, 30), qr="XS-1", cache=Path(sys.argv[3]))
Path(sys.argv[4]).write_bytes(made)
print(sorted({"docxtpl", "docx", "jinja2", "lxml"} & sys.modules.keys()))
"""
    result = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "context.json", SLIP, file.parent, tmp_path / "made.docx"],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert result.stdout.strip() == "[]", result.stderr
    assert (tmp_path / "made.docx").read_bytes() == made


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: content[:20],
        lambda content: content[:-1],
        lambda content: content + b"x",
        lambda content: content[:5000] + bytes([content[5000] ^ 1]) + content[5001:],
        lambda content: b"PK" * 9000,
    ],
    ids=["emptied", "cut to its seal", "cut at the end", "lengthened", "one bit changed", "another file"],
)
def test_a_damaged_plan_is_made_anew_without_a_word(kept, filled, spoil):
    file, made = kept
    whole = file.read_bytes()
    file.write_bytes(spoil(whole))
    assert forgetful(SLIP, filled("routing_slip", "zh"), file.parent) == made
    assert file.read_bytes() == whole


def test_a_plan_sealed_by_another_hand_does_not_stop_the_work(kept, filled):
    file, made = kept
    whole = file.read_bytes()
    for written in (b"{}\n", b"[]\n", b"null\n", b'{"mode": "string"}\n', b"\xff\n", b"[" * 100_000):
        file.write_bytes(hashlib.sha256(written).digest() + written)
        assert forgetful(SLIP, filled("routing_slip", "zh"), file.parent) == made
    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_written_to_does_not_stop_the_work(tmp_path, filled, kept):
    (tmp_path / "taken").write_text("a file")
    assert forgetful(SLIP, filled("routing_slip", "zh"), tmp_path / "taken") == kept[1]


def test_a_plan_holds_nothing_of_the_clue(kept, filled):
    content = kept[0].read_bytes().decode("utf-8", "ignore")
    assert filled("routing_slip", "zh")["clue"]["matter"] not in content
    assert "XS-1" not in content


def test_another_version_or_another_template_has_another_plan(monkeypatch, kept):
    content = SLIP.read_bytes()
    assert kept[0].name == plans.name_of(content) != plans.name_of(content + b" ")
    monkeypatch.setattr(plans, "_versions", lambda: ["docxtpl-0.20.3.dist-info"])
    assert plans.name_of(content) != kept[0].name


def test_a_plan_is_named_by_the_versions_of_all_that_made_it():
    assert [version.split("-")[0].lower() for version in plans._versions()] == [
        "docxtpl",
        "jinja2",
        "lxml",
        "python_docx",
    ]


def test_old_plans_go(tmp_path, template):
    path = template("{{ a }}")
    plan = compile_template(path).plan
    for number in range(50):
        plans.keep(plan, tmp_path / "plans" / f"{number}.plan")
        os.utime(tmp_path / "plans" / f"{number}.plan", (number + 1, number + 1))
    left = {file.name for file in (tmp_path / "plans").iterdir()}
    assert len(left) == 40
    assert "49.plan" in left


def test_a_template_with_faults_is_refused_from_the_folder_of_plans_too(tmp_path, template):
    path = template("{{ office")
    for _ in range(2):
        engine._compiled.clear()
        with pytest.raises(TemplateError):
            render(path, {"office": "甲"}, "zh", created=CREATED, cache=tmp_path / "plans")
