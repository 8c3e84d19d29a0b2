"""The shipped templates: reproducible, valid, complete, and printed on the expected number of pages."""

from __future__ import annotations

import difflib
import io
import os
import re
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import docx
import pytest
from openxml_audit import OpenXmlValidator

from cluebook.documents import DOCUMENTS
from cluebook.domain.clue import Clue
from cluebook.domain.fields import columns
from cluebook.forms import FORMS
from cluebook.pdf import converted
from cluebook.rendering import render
from cluebook.text import LANGS

ROOT = Path(__file__).parents[2]
VALIDATOR = OpenXmlValidator()
GOLDEN = Path(__file__).parent / "golden"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CREATED = datetime(2026, 11, 4, 9, 30)
KINDS = tuple(DOCUMENTS)
EACH = [pytest.param(name, lang, id=f"{lang}-{name}") for name in KINDS for lang in LANGS]


def template(name, lang) -> Path:
    return ROOT / "templates" / lang / f"{name}.docx"


def outline(document: bytes) -> str:
    """Return a document as lines: style and words of each paragraph, cells between bars, controls in brackets."""

    def words(paragraph) -> str:
        pieces = []
        for element in paragraph._p.iter(f"{W}t", f"{W}br", f"{W}tab", f"{W}sdt"):
            tag = element.find(f"{W}sdtPr/{W}tag")
            pieces.append(f"[{tag.get(f'{W}val')}]" if tag is not None else element.text or " ")
        return "".join(pieces)

    lines = []
    for block in docx.Document(io.BytesIO(document)).iter_inner_content():
        if isinstance(block, docx.table.Table):
            for row in block.rows:
                cells = dict.fromkeys(row.cells)
                lines.append("| " + " | ".join(words(cell.paragraphs[0]) for cell in cells))
        else:
            lines.append(f"{block.style.style_id}: {words(block)}")
    return "\n".join(line.rstrip() for line in lines) + "\n"


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("rebuilt")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, ROOT / "scripts" / "build_templates.py", folder], check=True, env=environment
    )
    return folder


@pytest.mark.parametrize(("name", "lang"), EACH)
def test_the_committed_template_is_what_the_script_writes(rebuilt, name, lang):
    assert (rebuilt / lang / f"{name}.docx").read_bytes() == template(name, lang).read_bytes()


@pytest.mark.parametrize(("name", "lang"), EACH)
def test_a_document_satisfies_the_format_and_on_request_its_template(tmp_path, filled, name, lang, counted):
    printed = tmp_path / "printed.docx"
    printed.write_bytes(render(template(name, lang), filled(name, lang), lang, created=CREATED, qr="XS-1"))
    for path in (printed, template(name, lang))[: counted(1, 2)]:
        assert [str(error) for error in VALIDATOR.validate(path).errors] == []


@pytest.mark.parametrize(("name", "lang"), EACH)
def test_a_filled_document_reads_as_the_golden_one(filled, name, lang):
    """Set UPDATE_GOLDEN=1 to accept the documents as they are now."""
    got = outline(render(template(name, lang), filled(name, lang), lang, created=CREATED))
    path = GOLDEN / f"{lang}_{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(got, encoding="utf-8", newline="\n")
    wanted = path.read_text(encoding="utf-8")
    assert got == wanted, "\n".join(difflib.unified_diff(wanted.splitlines(), got.splitlines(), lineterm=""))


@pytest.mark.parametrize("name", KINDS)
def test_both_languages_have_the_same_controls_and_print_the_same(name):
    def marks(lang) -> tuple[list[str], set[str]]:
        xml = zipfile.ZipFile(template(name, lang)).read("word/document.xml").decode()
        return re.findall(r'<w:tag w:val="([^"]+)"', xml), {*re.findall(r"\{\{ ([a-z_.]+)", xml)}

    assert marks("zh") == marks("en")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_form_has_a_control_for_everything_it_asks_for_and_for_whose_it_is(form, lang):
    xml = zipfile.ZipFile(template(form.kind, lang)).read("word/document.xml").decode()
    tags = set(re.findall(r'<w:tag w:val="([^"]+)"', xml))
    boxes = {answer.tag for answer in form.answers if answer.box}
    asked = {tag for blank in form.blanks() for tag in blank.boxes.values() or (blank.name,)}
    assert asked | boxes | {form.tag, *form.facts} <= tags
    numbers = re.findall(r'<w:id w:val="([^"]*)"', xml)
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(("name", "lang"), [each for each in EACH if DOCUMENTS[each.values[0]].rows is None])
def test_nothing_in_a_document_leads_to_the_reporter(filled, name, lang):
    """What could tell who reported, or through whom, stays in the ledger (C8, scenario S12)."""
    context = filled(name, lang)
    context["clue"] |= {field.name: f"⟦{field.name}⟧" for field in columns(Clue)}
    package = zipfile.ZipFile(io.BytesIO(render(template(name, lang), context, lang, created=CREATED)))
    everything = "".join(package.read(part).decode("utf-8", "replace") for part in package.namelist())
    assert "⟦" in everything
    for field in {*_TELLING} - _SHOWN.get(name, set()):
        assert f"⟦{field}⟧" not in everything


_TELLING = ("collector", "collecting_department", "source_no", "named", "remarks", "entry_no")
_SHOWN = {"collection_form": {*_TELLING}, "supplement_notice": {"collecting_department"}}
"""The collection form stays with the office, and a request for a supplement goes to whom it names."""


@pytest.mark.parametrize(
    ("secrecy", "urgency", "marks", "notice"),
    [("", "", "", False), ("普通", "一般", "", False), ("内部", "重要", "内部　重要", False), ("保密", "紧急", "保密　紧急", True)],
)  # fmt: skip
def test_secrecy_and_urgency_stand_at_the_head_when_they_matter(filled, secrecy, urgency, marks, notice):
    context = filled("routing_slip", "zh")
    context["clue"] |= {"secrecy": secrecy, "urgency": urgency}
    slip = docx.Document(io.BytesIO(render(template("routing_slip", "zh"), context, "zh", created=CREATED)))
    assert slip.sections[0].header.paragraphs[0].text.strip() == marks
    assert any("不得擅自扩散" in paragraph.text for paragraph in slip.paragraphs) is notice


PAGES = {"routing_slip": 1, "handling_record": 2, "feedback_report": 3, "overdue_list": 1}
"""Pages a document of the specimen takes at most; one that is not named here takes no more than three."""


def long_version(value):
    """Return a context with long accounts and many lines."""
    if isinstance(value, dict):
        return {name: long_version(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return value * 14
    return f"{value}\n" * 9 if len(value) > 24 else value


@pytest.mark.office
def test_libreoffice_opens_every_document_and_gives_it_the_pages_it_should_have(tmp_path, filled):
    made = {}
    for name, lang in [each.values for each in EACH]:
        context = filled(name, lang)
        sizes = {"short": context, "long": long_version(context)}
        for size in ("short", "long") if name in PAGES and lang == "zh" else ("short",):
            path = made[name, lang, size] = tmp_path / f"{lang}_{name}_{size}.docx"
            path.write_bytes(render(template(name, lang), sizes[size], lang, created=CREATED, qr="XS-1"))
    assert converted(list(made.values())).problems == ()
    taken = {key: pages(path) for key, path in made.items()}
    allowed = {
        (name, lang, size): PAGES.get(name, 3) if size == "short" else 20 for name, lang, size in taken
    }
    assert {key: n for key, n in taken.items() if not 1 <= n <= allowed[key]} == {}
    assert all(taken[name, "zh", "long"] > taken[name, "zh", "short"] for name in PAGES)


def pages(document: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", document.with_suffix(".pdf").read_bytes()))
