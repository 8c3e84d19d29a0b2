from __future__ import annotations

import io
import zipfile
from datetime import datetime

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from cluebook.errors import TemplateError
from cluebook.ledger.plan import Paper
from cluebook.rendering import render
from cluebook.rendering.notices import replacements
from cluebook.rendering.values import LONGEST, clean

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CREATED = datetime(2026, 11, 4, 9, 30)
EVERY_CHARACTER = st.characters(exclude_categories=())


def body_of(document: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(document))


def shown(element) -> str:
    """Return the words of a part of a document as Word shows them."""
    signs = {f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(signs.get(e.tag) or e.text or "" for e in element.iter(f"{W}t", f"{W}br", f"{W}tab"))


@pytest.fixture(scope="module")
def table_template(tmp_path_factory):
    path = tmp_path_factory.mktemp("templates") / "table.docx"
    document = docx.Document()
    table = document.add_table(rows=3, cols=1)
    for row, text in enumerate(("{%tr for row in rows %}", "{{ row.text }}", "{%tr endfor %}")):
        table.cell(row, 0).text = text
    document.save(path)
    return path


def printed(template, texts) -> list:
    """Return the cells in which the texts were printed, one a row."""
    document = render(template, {"rows": [{"text": text} for text in texts]}, "zh", created=CREATED)
    return [row.cells[0]._tc for row in body_of(document).tables[0].rows]


def test_naughty_strings_come_out_as_they_went_in(table_template, naughty):
    cells = printed(table_template, naughty)
    assert [shown(cell) for cell in cells] == [clean(text) for text in naughty]
    assert all(len(list(cell.iter(f"{W}p"))) == 1 for cell in cells)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(EVERY_CHARACTER), min_size=1, max_size=8))
def test_any_text_comes_out_as_its_cleaned_self(table_template, texts):
    cells = printed(table_template, texts)
    assert [shown(cell) for cell in cells] == [clean(text) for text in texts]
    assert all(len(list(cell.iter(f"{W}p"))) == 1 for cell in cells)


def test_what_xml_cannot_hold_is_replaced_where_it_can_be_seen():
    assert clean("a\x00b\x0bc\ud800d\ufffe") == "a\ufffdb\ufffdc\ufffdd\ufffd"


def test_what_is_replaced_is_told_by_column_and_not_by_text():
    odd, fine = "密\x0b", "密\ufffd\n\t"
    context = {
        "clue": {"matter": odd, "demand": fine},
        "log": [{"measures": fine}, {"measures": odd}, {"measures": odd}],
    }
    papers = [
        Paper("handling_record", "XS-1", 2026, f"{n}.docx", c)
        for n, c in enumerate((context, {"office": fine}))
    ]
    (notice,) = replacements(papers)
    assert notice.zh == "0.docx：涉及事项、采取的措施中有 Word 无法保存的字符，已换成“\ufffd”。"
    assert "Matter, Measures taken" in notice.en
    assert "密" not in notice.zh


def test_every_kind_of_line_end_becomes_one_line_break():
    assert clean("a\r\nb\rc\nd") == "a\nb\nc\nd"


def test_a_text_of_the_greatest_length_is_printed_whole(template):
    text = "线" * LONGEST
    document = render(template("{{ text }}"), {"text": text}, "zh", created=CREATED)
    assert shown(body_of(document).element) == text


def test_a_longer_text_is_refused_and_not_shown(template):
    with pytest.raises(TemplateError) as refused:
        render(
            template("{{ clue.matter }}"), {"clue": {"matter": "密" * (LONGEST + 1)}}, "zh", created=CREATED
        )
    (problem,) = refused.value.problems
    assert problem.code == "document_text_too_long"
    assert problem.place.column == "clue.matter"
    assert "密" not in problem.line("zh")


@pytest.mark.parametrize("value", [None, 1.5, True, b"bytes", datetime(2026, 1, 1), object()])
def test_a_value_that_is_not_plain_is_a_mistake_of_the_program(template, value):
    with pytest.raises(TypeError, match=r"clue\.matter"):
        render(template("{{ clue.matter }}"), {"clue": {"matter": value}}, "zh", created=CREATED)


def test_numbers_are_printed_as_digits(template):
    document = render(template("{{ total }}"), {"total": 1234567}, "zh", created=CREATED)
    assert shown(body_of(document).element) == "1234567"


def test_equal_calls_give_equal_bytes(template):
    path = template("{{ matter }}")
    first, second = (render(path, {"matter": "甲"}, "zh", created=CREATED) for _ in range(2))
    assert first == second


def test_the_title_is_filled_and_nothing_else_tells_of_its_origin(template):
    path = template("{{ number }}", title="流转单 {{ number }}")
    document = docx.Document(path)
    for name in (
        "author",
        "last_modified_by",
        "comments",
        "keywords",
        "subject",
        "category",
        "identifier",
        "version",
    ):
        setattr(document.core_properties, name, "{{ unknown }}")
    document.save(path)
    properties = body_of(render(path, {"number": "R&D <1> {2}"}, "en", created=CREATED)).core_properties
    assert properties.title == "流转单 R&D <1> {2}"
    assert properties.created.replace(tzinfo=None) == CREATED
    assert {child.tag.rpartition("}")[2] for child in properties._element} == {
        "title",
        "language",
        "created",
        "modified",
    }


def test_revisions_comments_and_hidden_parts_are_left_behind(template):
    path = template("{{ matter }}")
    document = docx.Document(path)
    paragraph = document.paragraphs[0]
    document.add_comment(paragraph.runs, text="谁写的", author="甲", initials="J")
    for kind in ("ins", "del"):
        words = "<w:delText>旧话</w:delText>" if kind == "del" else "<w:t>新话</w:t>"
        xml = f'<w:{kind} {nsdecls("w")} w:id="1" w:author="乙"><w:r w:rsidR="00AA00AA">{words}</w:r></w:{kind}>'
        paragraph._p.append(parse_xml(xml))
    document.save(path)
    package = zipfile.ZipFile(io.BytesIO(render(path, {"matter": "事"}, "zh", created=CREATED)))
    everything = "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    assert "事新话" in shown(docx.Document(io.BytesIO(package.fp.getvalue())).element)
    for trace in (
        "谁写的",
        "旧话",
        "甲",
        "乙",
        "rsid",
        "<w:ins ",
        "<w:del ",
        "comments.xml",
        "thumbnail",
        "app.xml",
    ):
        assert trace not in everything + " ".join(package.namelist())


def test_a_code_is_drawn_where_the_template_has_a_place_for_it(filled):
    path = docx_of("zh", "routing_slip")
    context = filled("routing_slip", "zh")
    blank, one, same, other = (
        media_of(render(path, context, "zh", created=CREATED, qr=code))
        for code in (None, "XS-1", "XS-1", "XS-2")
    )
    assert len({blank, one, other}) == 3
    assert one == same


def test_a_code_without_a_place_changes_nothing(template):
    path = template("{{ matter }}")
    plain = render(path, {"matter": "甲"}, "zh", created=CREATED)
    assert render(path, {"matter": "甲"}, "zh", created=CREATED, qr="XS-1") == plain


def docx_of(lang, name):
    from pathlib import Path

    return Path(__file__).parents[2] / "templates" / lang / f"{name}.docx"


def media_of(document: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(document)).read("word/media/qr.png")
