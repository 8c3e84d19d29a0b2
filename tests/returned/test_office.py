"""Forms that LibreOffice saved: it drops the tags and tears the controls apart, and they say the same."""

from __future__ import annotations

import subprocess

import pytest
from answers import ROWS, SAID
from blank_forms import blank_form
from filling import fill
from test_reading import EACH, lines_of

from cluebook.forms import OFFICE
from cluebook.returned import read_form

# In one worker: another would save all forms again.
pytestmark = [pytest.mark.office, pytest.mark.xdist_group("returned")]


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Every form in both languages, filled in and blank, as LibreOffice saves it."""
    folder = tmp_path_factory.mktemp("saved")
    for kind, lang in (each.values for each in EACH):
        box = [answer.tag for answer in read_form(blank_form(kind, lang), "").form.answers if answer.box][:1]
        filled = fill(blank_form(kind, lang), SAID[kind], rows=ROWS[kind], ticked=box)
        (folder / f"{lang}_{kind}.docx").write_bytes(filled)
        (folder / f"{lang}_{kind}_blank.docx").write_bytes(blank_form(kind, lang))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        folder / "out",
    ]
    subprocess.run([*command, *sorted(folder.glob("*.docx"))], check=True, timeout=300, capture_output=True)
    return folder / "out"


@pytest.mark.parametrize(("kind", "lang"), EACH)
def test_a_filled_form_says_the_same_after_libreoffice(saved, kind, lang):
    read = read_form((saved / f"{lang}_{kind}.docx").read_bytes(), "f.docx")
    assert (read.form.kind, dict(read.said), lines_of(read)) == (kind, SAID[kind], ROWS[kind])
    assert read.ticked == {
        answer.tag for answer in read.form.answers if answer.box and answer.action == "receive"
    }


@pytest.mark.parametrize(("kind", "lang"), EACH)
def test_a_blank_form_says_nothing_and_whose_it_is_after_libreoffice(saved, kind, lang):
    sent, read = (
        read_form(c, "f.docx")
        for c in (blank_form(kind, lang), (saved / f"{lang}_{kind}_blank.docx").read_bytes())
    )
    assert (read.form.kind, dict(read.said), read.rows, read.ticked) == (kind, {}, (), frozenset())
    for tag in sent.form.facts.keys() - {OFFICE}:
        assert read.facts_named(tag) == sent.facts_named(tag)
    (office,) = sent.facts_named(OFFICE)
    assert office in read.words
    assert read.sealed is True
    assert set(sent.around) <= set(read.around)
