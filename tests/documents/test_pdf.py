"""PDFs are made beside the documents, whatever becomes of the program that makes them."""

from __future__ import annotations

import io
import os
import re
import socket
from pathlib import Path

import docx
import pytest

from cluebook.libreoffice import bridge
from cluebook.pdf import converted, process, word
from cluebook.rendering.pictures import qr_picture

posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in for LibreOffice is a script")
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STAND_IN = r"""#!/bin/sh
echo begun >> "$0.log"
for document in "$@"; do
  case "$document" in *.docx) ;; *) continue ;; esac
  words=$(cat "$document")
  pdf="${document%.docx}.pdf"
  case "$words" in
    damaged) ;;
    deadly) kill -9 $$ ;;
    endless) sleep 600 & echo $! > "$0.pid"; wait ;;
    cut) printf '%%PDF-1.7 cut' > "$pdf" ;;
    *) printf '%%PDF-1.7 %s %%%%EOF' "$words" > "$pdf" ;;
  esac
done
"""


@pytest.fixture
def soffice(tmp_path, monkeypatch) -> Path:
    """Return a stand-in for LibreOffice that does with a document what the document says."""
    script = tmp_path / "soffice"
    script.write_text(STAND_IN)
    script.chmod(0o700)
    monkeypatch.setattr(bridge, "program", lambda: str(script))
    monkeypatch.setattr(process, "LIMIT", 1.5)
    return script


@pytest.fixture
def written(tmp_path):
    """Return the function that writes documents of these words."""

    def write(*words: str) -> list[Path]:
        paths = [tmp_path / f"{n} 文书.docx" for n, _ in enumerate(words)]
        for path, content in zip(paths, words, strict=True):
            path.write_text(content)
        return paths

    return write


def outcome(documents):
    made, problems = converted(documents)
    assert all(path.is_file() for path in documents)
    assert not list(documents[0].parent.glob("~*"))
    return [path.name[0] for path in made], [(p.code, (p.place.file or "-")[0]) for p in problems]


@posix
def test_each_pdf_lies_beside_its_document_and_takes_the_place_of_an_older_one(soffice, written):
    documents = written("one", "two")
    documents[1].with_suffix(".pdf").write_text("older")
    assert outcome(documents) == (["0", "1"], [])
    assert "two" in documents[1].with_suffix(".pdf").read_text()


@posix
def test_documents_of_one_name_in_two_folders_are_not_mixed_up(soffice, written, tmp_path):
    (tmp_path / "other").mkdir()
    (one,) = written("one")
    two = tmp_path / "other" / one.name
    two.write_text("two")
    assert len(converted([one, two]).made) == 2
    assert "two" in two.with_suffix(".pdf").read_text()


@posix
def test_a_damaged_document_is_told_and_the_others_are_made(soffice, written):
    assert outcome(written("one", "damaged", "three")) == (["0", "2"], [("pdf_unreadable", "1")])


@posix
def test_what_ends_the_program_is_told_and_the_others_are_made(soffice, written):
    assert outcome(written("one", "deadly", "three")) == (["0", "2"], [("pdf_broken_off", "1")])


@posix
def test_what_is_never_finished_is_ended_with_all_that_was_started(soffice, written):
    assert outcome(written("one", "endless", "three")) == (["0", "2"], [("pdf_late", "1")])
    child = Path(f"/proc/{soffice.with_suffix('.pid').read_text()}/stat")
    assert not child.exists() or child.read_text().split()[2] == "Z"


@posix
def test_a_program_that_never_makes_anything_is_given_up(soffice, written):
    made, problems = outcome(written(*["deadly"] * 9))
    assert made == []
    assert problems == [("pdf_broken_off", str(n)) for n in range(9)]
    assert soffice.with_suffix(".log").read_text().count("begun") == 2


@posix
def test_a_pdf_that_is_cut_short_is_not_taken(soffice, written):
    documents = written("cut")
    assert outcome(documents) == ([], [("pdf_unreadable", "0")])
    assert not documents[0].with_suffix(".pdf").exists()


@posix
def test_a_pdf_that_cannot_be_written_is_told(soffice, written):
    documents = written("one", "two")
    documents[0].with_suffix(".pdf").mkdir()
    assert outcome(documents) == (["1"], [("pdf_unwritable", "0")])


def test_without_libreoffice_one_problem_says_so(written, monkeypatch):
    monkeypatch.setattr(bridge, "program", lambda: None)
    assert outcome(written("one", "two")) == ([], [("pdf_no_program", "-")])
    assert converted([]).problems == ()


@pytest.mark.office
def test_libreoffice_makes_pdfs_of_real_documents(tmp_path):
    good, bad = tmp_path / "好.docx", tmp_path / "坏.docx"
    document = docx.Document()
    document.add_paragraph("线索")
    document.save(good)
    bad.write_bytes(b"PK\3\4 cut short")
    made, problems = converted([bad, good])
    assert made == (good.with_suffix(".pdf"),)
    assert [p.place.file for p in problems] == [bad.name]
    assert re.search(rb"/Type\s*/Page\b", made[0].read_bytes())


@pytest.mark.office
def test_a_document_from_outside_has_nothing_fetched_for_it(tmp_path):
    document, path = docx.Document(), tmp_path / "linked.docx"
    document.add_paragraph().add_run().add_picture(io.BytesIO(qr_picture("x")))
    (blip,) = document.element.body.xpath(".//a:blip")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"
        del blip.attrib[f"{REL}embed"]
        blip.set(f"{REL}link", document.part.relate_to(url, f"{REL[1:-1]}/image", is_external=True))
        document.save(path)
        assert converted([path]).problems == ()
        with pytest.raises(BlockingIOError):
            server.accept()


class FakeWord:
    """What `word.export` does with Word, noted in its order."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.Documents = self

    def Open(self, path, **options):
        assert options["ReadOnly"]
        self.done.append(f"open {Path(path).stem}")
        if Path(path).stem == "bad":
            raise OSError
        return self

    def ExportAsFixedFormat(self, path, kind):
        assert kind == 17
        if Path(path).stem == "worse":
            raise OSError
        self.done.append(f"export {Path(path).name}")

    def Close(self, save):
        self.done.append("close")

    def Quit(self, save):
        self.done.append("quit")


def test_word_is_hidden_runs_no_macros_and_is_quit_in_any_case():
    fake = FakeWord()
    word.export([Path("one.docx"), Path("bad.docx"), Path("two.docx")], lambda: fake, lambda _: None)
    assert (fake.Visible, fake.DisplayAlerts, fake.AutomationSecurity) == (False, 0, 3)
    assert fake.done == [
        "open one",
        "export one.pdf",
        "close",
        "open bad",
        "open two",
        "export two.pdf",
        "close",
        "quit",
    ]
    with pytest.raises(OSError):
        word.export([Path("worse.docx")], lambda: fake, lambda _: None)
    assert fake.done[-1] == "quit"
