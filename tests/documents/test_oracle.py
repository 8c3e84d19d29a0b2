"""Whatever way a document is made, every member of it is, byte for byte, what docxtpl makes of the same template."""

from __future__ import annotations

import io
import itertools
import os
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cluebook.documents import DOCUMENTS
from cluebook.errors import TemplateError
from cluebook.rendering import compile_template, render
from cluebook.rendering.language import is_known
from cluebook.rendering.pictures import qr_picture
from cluebook.rendering.stock import document_of
from cluebook.rendering.values import defines, names, plain
from cluebook.text import LANGS

TEMPLATES = Path(__file__).parents[2] / "templates"
CREATED = datetime(2026, 11, 4, 9, 30, 7)
EXAMPLES = 200 if os.environ.get("CLUEBOOK_FULL") == "1" else 15
SHIPPED = [
    pytest.param(TEMPLATES / lang / f"{name}.docx", lang, id=f"{lang}-{name}")
    for name in DOCUMENTS
    for lang in LANGS
]
VARIED = [
    each for each in SHIPPED if each.values[0].stem in {"routing_slip", "feedback_report", "overdue_list"}
]


def by_docxtpl(path, context, lang="zh", qr=None) -> bytes:
    picture = None if qr is None else qr_picture(qr)
    return document_of(path.read_bytes(), path.name, plain(context), lang, created=CREATED, picture=picture)


def differing(path, context, lang="zh", qr=None) -> list[str]:
    """Return the members of a compiled template's document that differ from docxtpl's; ours must not give up."""
    ours, stock = (
        zipfile.ZipFile(io.BytesIO(document))
        for document in (
            compile_template(path).document(plain(context), lang, created=CREATED, qr=qr),
            by_docxtpl(path, context, lang, qr),
        )
    )
    assert ours.testzip() is None
    assert [(i.filename, i.date_time, i.external_attr) for i in ours.infolist()] == [
        (i.filename, i.date_time, i.external_attr) for i in stock.infolist()
    ]
    return [name for name in stock.namelist() if ours.read(name) != stock.read(name)]


def outcome(make) -> object:
    """Return the members a way of making a document gives, or the problems it raises."""
    try:
        package = zipfile.ZipFile(io.BytesIO(make()))
    except TemplateError as error:
        return error.problems
    return {name: package.read(name) for name in package.namelist()}


def with_texts(value, texts):
    """Return a context whose every text is the next of `texts`."""
    if isinstance(value, str):
        return next(texts)
    if isinstance(value, dict):
        return {key: with_texts(item, texts) for key, item in value.items()}
    return [with_texts(item, texts) for item in value] if isinstance(value, list) else value


def count(value) -> int:
    seen = itertools.count()
    with_texts(value, (str(next(seen)) for _ in itertools.count()))
    return next(seen)


@pytest.mark.parametrize(("path", "lang"), SHIPPED)
def test_a_shipped_template_is_put_together_as_text(path, lang):
    assert compile_template(path).mode == "string"


@pytest.mark.parametrize(("path", "lang"), SHIPPED)
def test_a_shipped_template_gives_what_docxtpl_gives(filled, path, lang):
    context = filled(path.stem, lang)
    assert differing(path, context, lang, qr="XS-2026-YW-0147") == []


@pytest.mark.parametrize(("path", "lang"), VARIED)
def test_with_nothing_filled_in_it_gives_what_docxtpl_gives(filled, path, lang):
    context = with_texts(filled(path.stem, lang), itertools.repeat(""))
    assert differing(path, context, lang) == []
    assert (
        differing(path, {name: [] if isinstance(of, list) else of for name, of in context.items()}, lang)
        == []
    )


@pytest.mark.parametrize(("path", "lang"), VARIED)
def test_with_every_naughty_text_in_every_kind_of_place_it_gives_what_docxtpl_gives(
    filled, naughty, path, lang, counted
):
    """Every day the texts in turn, as many as there are places; on request every one of them in each template."""
    context = filled(path.stem, lang)
    texts = itertools.islice(itertools.cycle(naughty), VARIED_AT.index((path.stem, lang)) * 60, None)
    for _ in range(counted(1, len(naughty) // count(context) + 1)):
        assert differing(path, with_texts(context, texts), lang) == []


VARIED_AT = [(each.values[0].stem, each.values[1]) for each in VARIED]


VALUES = {
    "office": st.text("<>&{}%_'\"\n\t 甲a\u0085\x00", max_size=8),
    "flag": st.sampled_from(["", "yes", "保密"]),
    "total": st.integers(-3, 10**12),
    "rows": st.lists(
        st.fixed_dictionaries(
            {
                "name": st.text("<&\n\t 乙b", max_size=5),
                "lines": st.lists(st.fixed_dictionaries({"text": st.text("\t\nc&", max_size=3)}), max_size=2),
            }
        ),
        max_size=3,
    ),
}
WORDS = st.sampled_from(
    [
        "{{ office }}", "经办：{{ office }}，共 {{ total }} 件", "{% if flag %} / {{ flag }}{% endif %}", "plain & <words>", "",
        "{{ office|upper }} {{ flag|trim|lower }} {{ office|length }} {{ office|indented }}", "{% if flag == '保密' and total > 3 %}密{% else %}{{ total }}{% endif %}",
        "{% for row in rows %}{{ loop.index }}/{{ loop.length }} {{ row.name }}{% if not loop.last %}；{% endif %}{% else %}无{% endfor %}",
        "{{ office if flag else total }}", "{% if 'a' in office or total <= 0 %}{{ flag }}{% elif flag %}b{% endif %}", "{{ 'a&b<c' }} {{ 7 }}",
        "a{_{ b }_} 100%", "{{ office -}}  {{- flag }}", "tab\tand\nbreak {{ office }}", "{# a note #}", "{{ total == 3 }}", "{{ nobody }}", "{{ rows }}",
        "100%{{ office }}_{{ flag }}", "{{ office",
    ]
)  # fmt: skip
ROWS = ["{%tr for row in rows %}", "{{ row.name }}", "{%tr endfor %}"]
BLOCKS = st.one_of(
    st.tuples(st.just("words"), WORDS, st.booleans()),
    st.tuples(st.just("if"), st.sampled_from(["flag", "not flag", "rows|length > 1"]), WORDS),
    st.tuples(st.just("for"), WORDS),
    st.tuples(st.just("nested"), WORDS),
    st.tuples(st.just("table"), WORDS, st.integers(1, 3)),
    st.tuples(st.just("conditional row"), st.integers(1, 3)),
)


def write(story, block) -> None:
    """Add a block to the body, header or footer of a template."""
    kind, *rest = block
    if kind == "words":
        paragraph = story.add_paragraph()
        paragraph.add_run(rest[0]).bold = rest[1]
        paragraph.add_run(" end").italic = True
    elif kind == "if":
        for text in (f"{{%p if {rest[0]} %}}", rest[1], "{%p else %}", "否则", "{%p endif %}"):
            story.add_paragraph(text)
    elif kind in {"for", "nested"}:
        inner = (
            [rest[0]]
            if kind == "for"
            else ["{%p for line in row.lines %}", "{{ line.text }}", "{%p endfor %}"]
        )
        for text in ("{%p for row in rows %}", "{{ row.name }}", *inner, "{%p endfor %}"):
            story.add_paragraph(text)
    elif kind == "table":
        add_table(story, [["甲", rest[0]], *([text, ""] for text in ROWS)], rest[1])
    else:
        add_table(story, [["{%tr if flag %}"], ["{{ office }}"] * rest[0], ["{%tr endif %}"]], rest[0])


def add_table(story, rows, columns) -> None:
    args = () if isinstance(story, docx.document.Document) else (docx.shared.Cm(9),)
    table = story.add_table(len(rows), columns, *args)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.lists(BLOCKS, max_size=4),
    header=st.lists(BLOCKS, max_size=1),
    footer=st.lists(BLOCKS, max_size=1),
    title=st.sampled_from(
        ["", "单 {{ office }}", "R&D {{ office }}", "{% if flag %}{{ total }}{% endif %}<1>"]
    ),
    context=st.fixed_dictionaries(VALUES),
)
def test_a_template_of_any_blocks_gives_what_docxtpl_gives(tmp_path, body, header, footer, title, context):
    document = docx.Document()
    document.core_properties.title = title
    section = document.sections[0]
    for story, blocks in ((document, body), (section.header, header), (section.footer, footer)):
        for block in blocks:
            write(story, block)
    path = tmp_path / "any.docx"
    document.save(path)
    assert outcome(lambda: render(path, context, "en", created=CREATED)) == outcome(
        lambda: by_docxtpl(path, context, "en")
    )


CONTEXT = {
    "office": "甲\n乙\t<丙>&{丁}",
    "flag": "",
    "total": 3,
    "rows": [{"name": "a\nb", "lines": [{"text": "x\ty"}]}, {"name": "'\"", "lines": []}],
}


def cells_made_by_a_loop(document) -> None:
    add_table(document, [["{%tc for row in rows %}", "{{ row.name }}", "{%tc endfor %}"]], 3)


def a_row_that_alone_fills_the_grid(document) -> None:
    add_table(document, [["{%tr if flag %}"], ["a", "b", "c"], ["{%tr endif %}"], ["{{ office }}"]], 3)
    for row in document.tables[0].rows:
        if row.cells[0].text != "a":
            for cell in row._tr.tc_lst[1:]:
                row._tr.remove(cell)


def a_drawing_in_a_loop(document) -> None:
    document.add_paragraph("{%p for row in rows %}")
    run = document.add_paragraph("{{ row.name }}").add_run()
    run.add_picture(io.BytesIO(qr_picture("blank")))
    document.add_paragraph("{%p endfor %}")


def a_text_box(document) -> None:
    box = f"<w:pict {nsdecls('w')}><w:txbxContent><w:p><w:r><w:t>{{{{ office }}}}</w:t></w:r></w:p></w:txbxContent></w:pict>"
    document.add_paragraph("{{ flag }}").add_run()._r.append(parse_xml(box))


def a_cell_with_nothing_but_a_condition(document) -> None:
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    document.element.body.insert(0, control)
    for text in ("{%p if flag %}", "{{ office }}", "{%p endif %}"):
        control[0].append(document.add_paragraph(text)._p)


def a_break_of_its_own(document) -> None:
    document.add_paragraph("{{ office }}")
    text = OxmlElement("w:t")
    text.text = "one\ntwo\tthree"
    document.add_paragraph().add_run()._r.append(text)


def a_tag_in_an_attribute(document) -> None:
    document.add_paragraph("{{ office }}").add_run().add_picture(io.BytesIO(qr_picture("blank")))
    document.element.body.xpath(".//wp:docPr")[0].set("descr", "{{ office }}")


def an_escape_that_values_could_close(document) -> None:
    document.add_paragraph("100%{{ flag }}_} b {{ office }}")


@pytest.mark.parametrize(
    "shape",
    [
        cells_made_by_a_loop,
        a_row_that_alone_fills_the_grid,
        a_drawing_in_a_loop,
        a_text_box,
        a_cell_with_nothing_but_a_condition,
        a_break_of_its_own,
        a_tag_in_an_attribute,
        an_escape_that_values_could_close,
    ],
)
def test_what_text_alone_does_not_tell_is_finished_by_docxtpl(tmp_path, shape):
    document = docx.Document()
    shape(document)
    path = tmp_path / "shape.docx"
    document.save(path)
    assert compile_template(path).mode == "exact"
    assert differing(path, CONTEXT) == []
    assert differing(path, {**CONTEXT, "flag": "x", "office": ""}) == []


W14 = f'{nsdecls("w")} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
AS_WORD_WRITES = """<w:body {namespaces}>
<w:p w14:paraId="1A2B3C4D"/>
<w:p w14:paraId="1A2B3C4E"><w:pPr><w:rPr><w:u w:val="single"/></w:rPr></w:pPr><w:bookmarkStart w:id="1" w:name="b"/>
<w:r><w:rPr><w:b/></w:rPr><w:t>one {{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t> office }}</w:t></w:r>
<w:bookmarkEnd w:id="1"/><w:r w14:x="1"><w:rPr><w:sz w:val="32"/></w:rPr><w:tab/><w:t>{{ office }}</w:t><w:br/></w:r></w:p>
<w:p><w:hyperlink w:anchor="b"><w:r><w:rPr/><w:t>{{ flag }}{{ office }}</w:t></w:r></w:hyperlink><!-- a note --></w:p>
<w:sdt><w:sdtPr><w:rPr><w:i/></w:rPr></w:sdtPr><w:sdtContent><w:p><w:r><w:t>{% if flag == “x” %}q{% endif %}</w:t></w:r></w:p>
<w:p><w:r><w:t>{%p for row in rows %}</w:t></w:r></w:p><w:p><w:r><w:rPr><w:i/></w:rPr><w:t>{{ row.name }}&#160;{_{ y</w:t></w:r></w:p>
<w:p><w:r><w:t>{%p endfor %}</w:t></w:r></w:p></w:sdtContent></w:sdt>
<w:p><w:sdt><w:sdtPr><w:rPr><w:i/></w:rPr></w:sdtPr><w:sdtContent><w:r><w:t>{{ office }}</w:t></w:r></w:sdtContent></w:sdt>
<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="end"/></w:r><w:ins w:id="3" w:author="x"><w:r><w:t>{{ total }}</w:t></w:r></w:ins></w:p>
</w:body>"""


def test_what_word_writes_around_its_runs_is_put_together_as_text(tmp_path):
    document = docx.Document()
    xml = AS_WORD_WRITES.replace(">\n<", "><").replace("{namespaces}", W14)
    for block in reversed(parse_xml(xml)):
        document.element.body.insert(0, block)
    path = tmp_path / "word.docx"
    document.save(path)
    assert compile_template(path).mode == "string"
    for flag in ("", "x"):
        assert differing(path, CONTEXT | {"flag": flag}) == []


@pytest.mark.parametrize(
    "words", ['{{ office|trim("a") }}', "{{ office }}{{ 1.5 }}", "{% for loop in rows %}a{% endfor %}", "{{ loop.index }}"]
)  # fmt: skip
def test_what_only_jinja_knows_is_left_to_docxtpl(template, words):
    path = template(words)
    assert compile_template(path).mode == "stock"
    assert outcome(lambda: render(path, CONTEXT, "zh", created=CREATED)) == outcome(
        lambda: by_docxtpl(path, CONTEXT)
    )


@pytest.mark.parametrize("words", ["{{ rows }}", "{{ rows|upper }}", "{{ total|length }}", "{{ office < total }}", "{{ flag if flag }}"])  # fmt: skip
def test_a_value_of_the_wrong_kind_is_judged_by_docxtpl(template, words):
    path = template(words)
    assert outcome(lambda: render(path, CONTEXT, "zh", created=CREATED)) == outcome(
        lambda: by_docxtpl(path, CONTEXT)
    )


@pytest.mark.parametrize("flag", ["", "yes"])
def test_a_picture_that_is_there_only_at_times_is_replaced_as_docxtpl_does(tmp_path, flag):
    document = docx.Document()
    document.add_paragraph("{%p if flag %}")
    document.add_paragraph().add_run().add_picture(io.BytesIO(qr_picture("blank")))
    document.add_paragraph("{%p endif %}")
    for properties in document.element.body.xpath(".//wp:docPr | .//pic:cNvPr"):
        properties.set("descr", "qr")
    path = tmp_path / "picture.docx"
    document.save(path)
    context = CONTEXT | {"flag": flag}
    assert outcome(lambda: render(path, context, "zh", created=CREATED, qr="XS-1")) == outcome(
        lambda: by_docxtpl(path, context, qr="XS-1")
    )


@pytest.mark.parametrize(
    "fault", ["no grid", "a span that is no number", "a mark of our own", "a mark with nothing in it"]
)
def test_what_no_word_wrote_is_refused_or_filled_as_by_docxtpl(tmp_path, fault):
    document = docx.Document()
    add_table(document, [["{{ office }}", "b"]], 2)
    table = document.tables[0]._tbl
    if fault == "no grid":
        table.remove(table.tblGrid)
    elif fault == "a span that is no number":
        span = parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="wide"/>')
        document.tables[0].cell(0, 0)._tc.get_or_add_tcPr().append(span)
    else:
        mark = "<?cluebook 0 v?>" if "own" in fault else "<?cluebook?>"
        document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{mark}</w:p>"))
    path = tmp_path / "fault.docx"
    document.save(path)
    made = outcome(lambda: render(path, CONTEXT, "zh", created=CREATED))
    assert made == outcome(lambda: by_docxtpl(path, CONTEXT))
    assert isinstance(made, dict) is ("mark" in fault)


def test_tags_where_no_reader_sees_them_keep_to_the_language(tmp_path):
    for place in ("{{ 9**9 }}", "{% for a in rows %}{% for b in rows %}x{% endfor %}{% endfor %}"):
        document = docx.Document()
        document.add_paragraph().add_run().add_picture(io.BytesIO(qr_picture("blank")))
        document.element.body.xpath(".//wp:docPr")[0].set("descr", place)
        document.save(tmp_path / "hidden.docx")
        with pytest.raises(TemplateError):
            render(tmp_path / "hidden.docx", CONTEXT, "zh", created=CREATED)


def test_a_code_too_long_for_a_picture_leaves_the_blank_one(filled):
    path = TEMPLATES / "zh" / "routing_slip.docx"
    context = filled("routing_slip", "zh")
    with_code, without = (
        render(path, context, "zh", created=CREATED, qr=code) for code in ("编号" * 2000, None)
    )
    assert with_code == without


NAME = st.sampled_from(["a", "b", "c"])
TREE = st.recursive(
    st.sampled_from(["", "x", 3]),
    lambda tree: st.dictionaries(NAME, tree, max_size=3) | st.lists(tree, max_size=2),
    max_leaves=12,
)


@given(st.dictionaries(NAME, TREE, max_size=3), st.lists(NAME, min_size=1, max_size=4))
def test_a_name_is_known_to_a_compiled_template_when_the_check_of_templates_knows_it(context, path):
    assert defines(context, path) == is_known(".".join(path), names(context))


def test_threads_share_a_compiled_template(filled):
    path = TEMPLATES / "zh" / "routing_slip.docx"
    contexts = [with_texts(filled("routing_slip", "zh"), itertools.repeat(f"{n}\t<")) for n in range(8)]

    def make(context) -> bytes:
        return render(path, context, "zh", created=CREATED, qr=context["number"])

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(make, contexts)) == [make(context) for context in contexts]
