"""The commands on templates, and PDFs, as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx_parts import with_paragraph
from offices import documents

from cluebook.documents import DOCUMENTS
from cluebook.libreoffice import bridge

YW2 = "XS-2026-YW-0002"
ROUTE = (
    "route", YW2, "--department", "客户服务部", "--routing-reason", "归其管理", "--as-of", "2026-03-04T10:00",
)  # fmt: skip


def spoil(office: Path, text: str, name: str = "routing_slip.docx") -> None:
    template = office / "templates" / name
    template.write_bytes(with_paragraph(template.read_bytes(), text))


def test_sound_templates_are_counted(cluebook, working):
    answer = cluebook(working, "templates", "check")
    assert answer.code == 0
    assert f"{len(DOCUMENTS)}" in answer.out


def test_every_fault_is_told_with_its_place_and_remedy(cluebook, working):
    spoil(working, "{{ clue.mater }}")
    spoil(working, "｛｛ office ｝｝", "overdue_list.docx")
    answer = cluebook(working, "templates", "check", "--json")
    assert answer.code == 3
    assert {(p["code"], p["file"]) for p in answer.told["problems"]} == {
        ("template_unknown_name", "routing_slip.docx"),
        ("template_full_width", "overdue_list.docx"),
    }
    assert all(problem["fix"] for problem in answer.told["problems"])
    assert cluebook(working, "templates", "check", "feedback_report").code == 0


def test_a_draft_goes_from_copy_to_preview_to_use(cluebook, working):
    assert cluebook(working, "templates", "new", "routing_slip", "--as", "新版").code == 0
    spoil(working, "{{ nobody }}", "routing_slip.新版.docx")
    for command in ("check", "preview", "use"):
        assert cluebook(working, "templates", command, "routing_slip.新版").code == 3
    assert cluebook(working, "templates", "check").code == 0
    (working / "templates" / "routing_slip.新版.docx").unlink()
    cluebook(working, "templates", "new", "routing_slip", "--as", "新版")
    spoil(working, "新：{{ clue.matter }}", "routing_slip.新版.docx")
    (shown,) = cluebook(working, "templates", "preview", "routing_slip.新版", "--json").told["documents"]
    assert Path(shown).is_file()
    (used,) = cluebook(working, "templates", "use", "routing_slip.新版", "--json").told["documents"]
    assert Path(used).name == "routing_slip.docx"
    assert cluebook(working, *ROUTE).code == 0


def test_an_unknown_document_is_a_wrong_use(cluebook, working):
    for command in ("check", "preview", "new", "use", "restore"):
        answer = cluebook(working, "templates", command, "nothing", "--json")
        assert (answer.code, answer.told["problems"][0]["code"]) == (2, "document_unknown")


def test_without_libreoffice_the_step_is_done_and_the_missing_pdf_told(cluebook, working, monkeypatch):
    monkeypatch.setattr(bridge, "program", lambda: None)
    before = len(documents(working))
    answer = cluebook(working, *ROUTE, "--pdf", "--json")
    assert answer.code == 1
    assert answer.told["done"] == [YW2]
    assert [problem["code"] for problem in answer.told["problems"]] == ["pdf_no_program"]
    assert len(documents(working)) == before + 1
    assert cluebook(working, "pdf", YW2).code == 3


@pytest.mark.parametrize("name", ["nothing.docx", "XS-2026-YW-9999", "../nothing", "*"])
def test_no_document_to_convert_is_a_wrong_use(cluebook, working, name):
    (working / "empty").mkdir()
    assert cluebook(working / "empty", "pdf", name, "--ledger", working / "ledger.xlsx").code == 2


@pytest.mark.office
def test_pdfs_lie_beside_the_documents_they_are_made_of(cluebook, working):
    made = cluebook(working, *ROUTE, "--pdf", "--json").told["documents"]
    assert [Path(path).suffix for path in made] == [".docx", ".pdf"]
    assert Path(made[0]).with_suffix(".pdf") == Path(made[1])
    Path(made[1]).unlink()
    assert made[1] in cluebook(working, "pdf", YW2, "--json").told["documents"]
