"""The office's own templates: drafts of them are tried, put in use, taken back."""

from __future__ import annotations

import io

import docx
import pytest

from cluebook.documents import DOCUMENTS
from cluebook.drafts import (
    adopted,
    begun,
    draft_of,
    drafts_of,
    faults,
    previewed,
    restored,
    shipped_templates,
)
from cluebook.errors import TemplateError, UsageError


@pytest.fixture
def templates(office):
    return office / "templates"


def add(path, text):
    document = docx.Document(path)
    document.add_paragraph(text)
    document.save(path)


def words(path) -> str:
    document = docx.Document(io.BytesIO(path.read_bytes()))
    return "".join(document.element.body.itertext())


def test_the_templates_of_a_new_office_have_no_faults(templates):
    assert [problem for draft in drafts_of((), templates) for problem in faults(draft)] == []


def test_a_draft_is_a_copy_of_the_template_in_use_and_is_not_used(templates, lang):
    add(templates / "routing_slip.docx", "本单位的话")
    path = begun("routing_slip", "新版", templates, lang)
    assert path.name == "routing_slip.新版.docx"
    assert path.read_bytes() == (templates / "routing_slip.docx").read_bytes()
    with pytest.raises(UsageError):
        begun("routing_slip", "新版", templates, lang)


def test_a_draft_without_a_template_in_use_is_the_shipped_one(templates, lang):
    (templates / "routing_slip.docx").unlink()
    path = begun("routing_slip", "draft", templates, lang)
    assert path.read_bytes() == (shipped_templates() / lang / "routing_slip.docx").read_bytes()


def test_a_preview_is_filled_and_lies_apart(templates, lang):
    begun("routing_slip", "draft", templates, lang)
    draft = draft_of("routing_slip.draft", templates)
    add(draft.path, "新：{{ clue.matter }}")
    made = previewed(draft, lang)
    assert made == templates / "preview" / "routing_slip.draft.docx"
    assert "新：" in words(made)
    assert "{{" not in words(made)
    assert previewed(draft, lang) == made


def test_a_draft_with_faults_is_neither_previewed_nor_put_in_use(templates, lang):
    before = (templates / "routing_slip.docx").read_bytes()
    begun("routing_slip", "draft", templates, lang)
    draft = draft_of("routing_slip.draft", templates)
    add(draft.path, "{{ clue.mater }}")
    for act in (lambda: previewed(draft, lang), lambda: adopted(draft)):
        with pytest.raises(TemplateError) as refused:
            act()
        assert [problem.code for problem in refused.value.problems] == ["template_unknown_name"]
    assert (templates / "routing_slip.docx").read_bytes() == before


def test_putting_a_draft_in_use_keeps_what_was_in_use(templates, lang):
    begun("routing_slip", "draft", templates, lang)
    draft = draft_of("routing_slip.draft", templates)
    before = (templates / "routing_slip.docx").read_bytes()
    add(draft.path, "一")
    adopted(draft)
    add(draft.path, "二")
    adopted(draft)
    assert (templates / "routing_slip.docx").read_bytes() == draft.path.read_bytes()
    assert (templates / "routing_slip.old.docx").read_bytes() == before
    assert "一" in words(templates / "routing_slip.old-2.docx")


def test_a_template_in_use_is_no_draft(templates):
    with pytest.raises(UsageError):
        adopted(draft_of("routing_slip", templates))


def test_bringing_back_the_shipped_template_keeps_the_changed_one(templates, lang):
    used = templates / "routing_slip.docx"
    shipped = used.read_bytes()
    add(used, "改")
    assert restored("routing_slip", templates, lang) == used
    assert used.read_bytes() == shipped
    assert "改" in words(templates / "routing_slip.old.docx")
    restored("routing_slip", templates, lang)
    assert len(list(templates.glob("routing_slip.*docx"))) == 2


@pytest.mark.parametrize("name", ["nothing", "nothing.draft", "", "../routing_slip"])
def test_an_unknown_kind_is_refused_with_those_there_are(templates, name):
    with pytest.raises(UsageError) as refused:
        draft_of(name, templates)
    assert all(kind in refused.value.problems[0].fix.en for kind in DOCUMENTS)


def test_the_name_of_a_draft_leads_nowhere_else(templates):
    assert draft_of("routing_slip.a/../../b", templates).path.parent == templates
