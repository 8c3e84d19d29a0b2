"""What `templates check` finds, each fault at its place in the template and with its remedy."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from datetime import datetime

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cluebook.errors import TemplateError
from cluebook.rendering import render
from cluebook.rendering.checking import check
from cluebook.rendering.pictures import qr_picture
from cluebook.rendering.stories import W
from cluebook.text import Text

WORDS = {
    "office": Text("单位名称", "name of the office"),
    "flag": Text("标志", "flag"),
    "clue.matter": Text("涉及事项", "Matter"),
    "log": Text("处理记录", "handling log"),
    "log.measures": Text("采取的措施", "Measures taken"),
}
CONTEXT = {"office": "甲局", "flag": "", "clue": {"matter": "密事"}, "log": [{"measures": "密言"}]}
CREATED = datetime(2026, 11, 4, 9, 30)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "slip.docx"


def saved(document, path):
    document.save(path)
    return path


def with_table(rows, before=(), after=()):
    document = docx.Document()
    for text in before:
        document.add_paragraph(text)
    table = document.add_table(len(rows), max(map(len, rows)))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            first, *rest = text.split("\n")
            cell.text = first
            for line in rest:
                cell.add_paragraph(line)
    for text in after:
        document.add_paragraph(text)
    return document


def told(path, must=()):
    """Return code, place and what is wrong of each fault, in Chinese, and see that the English is complete too."""
    problems = check(path, WORDS, must)
    for problem in problems:
        assert problem.line("en").startswith(f"{path.name}: ")
        assert re.search(r"[一-鿿]", problem.wrong.zh)
        assert problem.fix.zh
        assert problem.fix.en
    return [(p.code, *p.wrong.zh.rstrip("。").split("：", 1)) for p in problems]


def test_a_row_loop_needs_rows_of_its_own(path):
    rows = [
        ["序号", "措施"],
        ["{%tr for line in log %}{{ loop.index }}", "{{ line.measures }}{%tr endfor %}"],
    ]
    (fault,) = told(saved(with_table(rows), path))
    assert fault[:2] == ("template_syntax", "正文表1第2行第1格")
    assert "两个 {%tr … %}" in fault[2]


def test_what_stands_beside_a_tag_that_takes_the_whole_row_would_be_lost(path):
    rows = [
        ["{%tr for line in log %}", "措施"],
        ["{{ line.measures }}", ""],
        ["{%tr endfor %}", ""],
        ["完", ""],
    ]
    (fault,) = told(saved(with_table(rows), path))
    assert fault[1] == "正文表1第1行第1格"
    assert "一起消失" in fault[2]


def test_what_stands_beside_a_tag_that_takes_the_whole_paragraph_would_be_lost(template):
    (fault,) = told(template("{%p if flag %}特急", "x", "{%p endif %}"))
    assert fault[1] == "正文第1段"
    assert "一起消失" in fault[2]


def test_a_loop_opened_in_one_cell_and_closed_in_another_is_told_at_its_opening(path):
    rows = [["{% for line in log %}{{ line.measures }}", "{% endfor %}"]]
    (fault,) = told(saved(with_table(rows), path))
    assert fault[1] == "正文表1第1行第1格"
    assert "没有在本段内结束" in fault[2]


def test_a_row_tag_outside_a_table_is_named(template):
    assert {fault[1] for fault in told(template("{%tr if flag %}", "{%tr endif %}"))} == {
        "正文第1段",
        "正文第2段",
    }


def test_opening_and_closing_tags_are_of_one_kind(path):
    rows = [["{%tr for line in log %}"], ["{{ line.measures }}"]]
    (fault,) = told(saved(with_table(rows, after=["{%p endfor %}"]), path))
    assert fault[1] == "正文第1段"
    assert "写法不一致" in fault[2]


def test_a_condition_that_cuts_through_a_table_is_told_at_its_opening(path):
    rows = [["甲"], ["乙\n{%p if flag %}\n丙"]]
    (fault,) = told(saved(with_table(rows, after=["{%p endif %}"]), path))
    assert fault[1] == "正文表1第2行第1格第2段"
    assert "打断" in fault[2]


def test_a_tag_that_is_not_closed_and_one_that_closes_nothing_are_told_where_they_stand(template):
    assert [f[1] for f in told(template("{%p if flag %}", "{%p for line in log %}", "x"))] == [
        "正文第1段",
        "正文第2段",
    ]
    assert [f[1] for f in told(template("x", "{%p endif %}"))] == ["正文第2段"]


def test_a_loop_in_a_loop_it_has_nothing_to_do_with_is_told_where_it_stands(template):
    tags = ("{%p for line in log %}", "{% for other in log %}x{% endfor %}", "{%p endfor %}")
    (fault,) = told(template(*tags))
    assert fault[1] == "正文第2段"
    assert "不相干" in fault[2]


def test_the_item_of_a_loop_is_unknown_outside_it(template):
    path = template("{% for line in log %}{{ line.measures }}{% endfor %}", "{{ line.measures }}")
    (fault,) = told(path)
    assert fault[:2] == ("template_unknown_name", "正文第2段")
    assert "endfor" in check(path, WORDS)[0].fix.zh


def test_a_name_in_single_braces_would_be_printed_as_it_stands(template):
    path = template("经办：{ office }，{其他}")
    (fault,) = told(path)
    assert "单层花括号" in fault[2]
    assert render(path, CONTEXT, "zh", created=CREATED)


@pytest.mark.parametrize("tag", ["{{ log }}", "{{ log.measures }}"])
def test_a_list_is_not_printed_without_a_loop(template, tag):
    (fault,) = told(template(tag))
    assert "有多行" in fault[2]


@pytest.mark.parametrize("name", ["clue.mater", "matter", "涉及事项", "clue.Matter"])
def test_a_name_that_was_probably_meant_is_proposed(template, name):
    (problem,) = check(template(f"{{{{ {name} }}}}"), WORDS)
    assert "clue.matter" in problem.fix.zh
    assert "clue.matter" in problem.fix.en


def test_a_name_that_must_be_printed_is_missed(template):
    path = template("{% if clue.matter %}x{% endif %}{% for line in log %}{{ loop.index }}{% endfor %}")
    problems = check(path, WORDS, ("office", "clue.matter", "log.measures"))
    assert [p.code for p in problems] == ["template_lacks_name"] * 3
    assert "“clue.matter”（涉及事项）" in problems[1].wrong.zh
    assert "{{ clue.matter }}" in problems[1].fix.en
    assert "{% for line in log %}" in problems[2].fix.zh


def test_full_width_signs_inside_a_tag_are_named(template):
    (fault,) = told(template("{% if flag ＝＝ 'x' %}x{% endif %}"))
    assert fault[0] == "template_full_width"
    assert "“＝”" in fault[2]


def test_an_invisible_character_in_a_tag_is_shown(template):
    (fault,) = told(template("{{ office\u200b }}"))
    assert "看不见" in fault[2]
    assert "office·" in fault[2]


def test_curly_quotes_and_tags_split_by_the_spelling_check_are_no_fault(path):
    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece in ("{% if fl", "ag == “x” ", "%}x{% end", "if %}"):
        paragraph.add_run(piece)
        paragraph._p.append(parse_xml(f'<w:proofErr {nsdecls("w")} w:type="spellEnd"/>'))
    assert told(saved(document, path)) == []


def test_a_cell_may_not_be_left_without_a_paragraph(path):
    rows = [["甲", "{%p if flag %}\n丙\n{%p endif %}"]]
    (fault,) = told(saved(with_table(rows), path))
    assert fault[1] == "正文表1第1行第2格"
    assert "最后一段" in fault[2]
    with pytest.raises(TemplateError):
        render(path, CONTEXT, "zh", created=CREATED)


def test_an_empty_paragraph_after_the_tag_keeps_the_cell(path):
    rows = [["甲", "{%p if flag %}\n丙\n{%p endif %}\n"]]
    assert told(saved(with_table(rows), path)) == []


def test_a_table_may_not_be_left_without_rows(path):
    rows = [["{%tr for line in log %}"], ["{{ line.measures }}"], ["{%tr endfor %}"]]
    (fault,) = told(saved(with_table(rows), path))
    assert fault[:2] == ("template_layout", "正文表1")
    rows[2:2] = [["{%tr else %}"], ["无"]]
    assert told(saved(with_table(rows), path)) == []


def test_a_row_may_not_be_left_without_cells(path):
    rows = [["{%tc for line in log %}", "{{ line.measures }}", "{%tc endfor %}"]]
    (fault,) = told(saved(with_table(rows), path))
    assert fault[:2] == ("template_layout", "正文表1第1行")


def test_two_tables_may_not_run_into_one(path):
    document = with_table([["甲"]], after=["{%p if flag %}", "x", "{%p endif %}"])
    document.add_table(1, 1).cell(0, 0).text = "乙"
    document.add_paragraph()
    (fault,) = told(saved(document, path))
    assert fault[:2] == ("template_layout", "正文表2")


def test_a_header_may_not_be_left_without_paragraphs(path):
    document = docx.Document()
    header = document.sections[0].header
    header.paragraphs[0].text = "{%p if flag %}"
    header.add_paragraph("x")
    header.add_paragraph("{%p endif %}")
    (fault,) = told(saved(document, path))
    assert fault[:2] == ("template_layout", "页眉")


def test_headers_are_called_by_their_pages_and_sections(path):
    document = docx.Document()
    document.settings.odd_and_even_pages_header_footer = True
    first = document.sections[0]
    first.different_first_page_header_footer = True
    for edge in (first.header, first.first_page_header, first.even_page_footer):
        edge.paragraphs[0].text = "{{ nobody }}"
    assert {fault[1] for fault in told(saved(document, path))} == {
        "页眉第1段",
        "首页页眉第1段",
        "偶数页页脚第1段",
    }
    second = document.add_section().header
    second.is_linked_to_previous = False
    second.paragraphs[0].text = "{{ nobody }}"
    assert "第2节页眉第1段" in {fault[1] for fault in told(saved(document, path))}


def test_a_text_box_and_a_table_in_a_table_have_their_places(path):
    document = with_table([["甲", "乙"]])
    inner = document.tables[0].cell(0, 1).add_table(2, 1)
    inner.cell(1, 0).text = "{{ nobody }}"
    box = f"<w:pict {nsdecls('w')}><w:txbxContent><w:p/><w:p><w:r><w:t>{{{{ nobody }}}}</w:t></w:r></w:p></w:txbxContent></w:pict>"
    document.add_paragraph("x").add_run()._r.append(parse_xml(box))
    assert [fault[1] for fault in told(saved(document, path))] == ["正文表2第2行第1格", "正文文本框1第2段"]


def test_what_older_programs_show_instead_is_not_told_twice(path):
    document = docx.Document()
    namespaces = f'{nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    paragraph = "<w:txbxContent><w:p><w:r><w:t>{{ nobody }}</w:t></w:r></w:p></w:txbxContent>"
    box = (
        f'<mc:AlternateContent {namespaces}><mc:Choice Requires="wps">{paragraph}</mc:Choice>'
        f"<mc:Fallback>{paragraph}</mc:Fallback></mc:AlternateContent>"
    )
    document.add_paragraph().add_run()._r.append(parse_xml(box))
    assert [fault[1] for fault in told(saved(document, path))] == ["正文文本框1第1段"]


def field(code: str) -> str:
    pieces = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in (code[:6], code[6:]))
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f"<w:p {nsdecls('w')}>{begin}{pieces}{end}</w:p>"


@pytest.mark.parametrize(
    "code",
    [
        "INCLUDETEXT x.docx", "INCLUDEPICTURE x.png", "DDE Excel x", "DDEAUTO c:\\cmd.exe", "LINK Excel.Sheet x", "MACROBUTTON x y",
        "AUTOTEXT x", "AUTOTEXTLIST x", "IMPORT x", "DATABASE x", "RD x", "GOTOBUTTON x", "ASK x", "FILLIN x", "PRINT x", "EMBED x",
        "QUOTE 65 66", 'HYPERLINK "http://x"', "autotext x", "MERGEFIELD x", "SHAPE x", "",
    ],
)  # fmt: skip
def test_a_field_that_reads_elsewhere_or_runs_something_is_named(path, code):
    document = with_table([["甲", "乙"]])
    document.tables[0].cell(0, 1)._tc.append(parse_xml(field(code)))
    (fault,) = told(saved(document, path))
    assert fault[:2] == ("template_field", "正文表1第1行第2格第2段")
    assert code.partition(" ")[0].upper() in fault[2]
    with pytest.raises(TemplateError):
        render(path, CONTEXT, "zh", created=CREATED)


@pytest.mark.parametrize(
    "code", ["PAGE", "NUMPAGES \\* MERGEFORMAT", "= 1 + 2", "DATE \\@ x", "TOC \\o", 'HYPERLINK \\l "b"']
)
def test_a_field_that_only_counts_or_dates_is_none(path, code):
    document = docx.Document()
    document.element.body.insert(0, parse_xml(field(code)))
    assert told(saved(document, path)) == []


def test_a_field_in_another_and_a_simple_one_are_found(path):
    document = docx.Document()
    inner = re.sub(r"</?w:p[^>]*>", "", field("DDEAUTO x"))
    outer = field("IF x").replace("</w:p>", f"{inner}</w:p>").replace("<w:instrText> x", "<w:instrText> x")
    document.element.body.insert(0, parse_xml(outer))
    document.add_paragraph()._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" LINK x "/>'))
    assert [fault[0] for fault in told(saved(document, path))] == ["template_field"] * 2


REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def test_links_out_of_the_document_are_found_where_they_stand(path):
    document = with_table([["甲"]])
    rel = document.part.relate_to("http://example.com", f"{REL}hyperlink", is_external=True)
    link = f'<w:hyperlink {nsdecls("w", "r")} r:id="{rel}"><w:r><w:t>x</w:t></w:r></w:hyperlink>'
    document.tables[0].cell(0, 0).paragraphs[0]._p.append(parse_xml(link))
    document.part.relate_to("file:///c:/x.docx", f"{REL}image", is_external=True)
    header = document.sections[0].header
    header.part.relate_to("http://example.com/x.png", f"{REL}image", is_external=True)
    assert [fault[:2] for fault in told(saved(document, path))] == [
        ("template_link", "正文表1第1行第1格"),
        ("template_link", "正文"),
        ("template_link", "页眉"),
    ]


def test_a_link_inside_the_document_is_none(path):
    document = docx.Document()
    link = f'<w:hyperlink {nsdecls("w")} w:anchor="b"><w:r><w:t>x</w:t></w:r></w:hyperlink>'
    document.add_paragraph()._p.append(parse_xml(link))
    assert told(saved(document, path)) == []


def part_of(document, kind, name="/word/embeddings/x.bin", content_type="application/octet-stream"):
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    part = Part(PackURI(name), content_type, b"x", document.part.package)
    return document.part.relate_to(part, REL + kind)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("oleObject", "template_embedded"), ("package", "template_embedded"), ("aFChunk", "template_embedded"),
        ("control", "template_macros"), ("attachedToolbars", "template_macros"), ("subDocument", "template_embedded"),
    ],
)  # fmt: skip
def test_embedded_files_and_controls_are_found_where_they_stand(path, kind, code):
    document = docx.Document()
    rel = part_of(document, kind)
    document.add_paragraph("甲")
    document.add_paragraph().add_run()._r.append(parse_xml(f'<w:object {nsdecls("w", "r")} r:id="{rel}"/>'))
    assert [fault[:2] for fault in told(saved(document, path))] == [(code, "正文第2段")]
    with pytest.raises(TemplateError):
        render(path, CONTEXT, "zh", created=CREATED)


def test_a_picture_that_is_none_is_found(path):
    document = docx.Document()
    document.add_paragraph().add_run().add_picture(io.BytesIO(qr_picture("x")))
    next(
        part for part in document.part.package.iter_parts() if "image" in part.content_type
    )._blob = b"MZ\x90"
    assert [fault[0] for fault in told(saved(document, path))] == ["template_picture"]


def repacked(path, change):
    """Write a package anew with its members as `change` makes them of name and content."""
    with zipfile.ZipFile(path) as package:
        members = {name: change(name, package.read(name)) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path


def test_a_document_with_macros_under_another_name_is_told_from_a_damaged_one(template):
    def to_docm(name, content):
        old, new = b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"
        return (
            content.replace(b"vnd.openxmlformats-officedocument." + old, b"vnd." + new)
            if "Types" in name
            else content
        )

    (problem,) = check(repacked(template("{{ office }}"), to_docm), WORDS)
    assert problem.code == "template_macros"


def test_a_macro_project_in_the_package_is_refused_even_where_nothing_points_to_it(template):
    path = template("{{ office }}")
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("word/vbaProject.bin", b"x")
    (problem,) = check(path, WORDS)
    assert problem.code == "template_macros"


def test_old_format_password_and_dotx_are_told_by_name(template):
    path = template("{{ office }}")
    dotx = repacked(path, lambda _, content: content.replace(b"document.main+xml", b"template.main+xml"))
    assert ".dotx" in check(dotx, WORDS)[0].wrong.zh
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (problem,) = check(path, WORDS)
    assert problem.code == "template_old_format"
    assert ".doc" in problem.wrong.zh


def test_tracked_changes_comments_and_hidden_text_are_told_paragraph_by_paragraph(template):
    path = template("一", "二", "三")
    document = docx.Document(path)
    first, second, third = document.paragraphs
    for kind in ("ins", "del"):
        first._p.append(parse_xml(f'<w:{kind} {nsdecls("w")} w:id="1" w:author="乙"><w:r/></w:{kind}>'))
    document.add_comment(second.runs, text="x", author="甲", initials="J")
    third.runs[0].font.hidden = True
    assert [fault[:2] for fault in told(saved(document, path))] == [
        ("template_revision", "正文第1段"),
        ("template_comment", "正文第2段"),
        ("template_hidden", "正文第3段"),
    ]


def test_a_tag_is_read_through_tracked_changes(path):
    document = docx.Document()
    runs = "<w:r><w:t>{{ off</w:t></w:r><w:del w:id='1' w:author='x'><w:r><w:delText>zz</w:delText></w:r></w:del><w:ins w:id='2' w:author='x'><w:r><w:t>ice }}</w:t></w:r></w:ins>"
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>"))
    assert [fault[0] for fault in told(saved(document, path))] == ["template_revision"]
    assert (
        "甲局" in docx.Document(io.BytesIO(render(path, CONTEXT, "zh", created=CREATED))).paragraphs[0].text
    )


def test_what_the_settings_do_is_told(path):
    document = docx.Document()
    settings = document.settings.element
    for xml in (
        "<w:writeProtection {0} w:recommended='1'/>",
        "<w:mailMerge {0}/>",
        "<w:trackRevisions {0}/>",
        "<w:documentProtection {0} w:edit='readOnly' w:enforcement='1'/>",
    ):
        settings.append(parse_xml(xml.format(nsdecls("w"))))
    document.part._settings_part.relate_to(
        "http://example.com/x.dotm", f"{REL}attachedTemplate", is_external=True
    )
    assert sorted(fault[:2] for fault in told(saved(document, path))) == sorted(
        (code, "文档设置")
        for code in (
            "template_protected",
            "template_link",
            "template_revision",
            "template_protected",
            "template_remote",
        )
    )


def test_a_document_that_is_protected_for_filling_in_forms_stays_so(path):
    document = docx.Document()
    xml = f"<w:documentProtection {nsdecls('w')} w:edit='forms' w:enforcement='1'/>"
    document.settings.element.append(parse_xml(xml))
    assert told(saved(document, path)) == []
    assert "documentProtection" in settings_of(render(path, CONTEXT, "zh", created=CREATED))


def test_what_a_template_leaves_behind_does_not_keep_a_document_from_being_made(path):
    document = docx.Document()
    settings = document.settings.element
    for name in ("writeProtection", "mailMerge", "trackRevisions", "documentProtection"):
        settings.append(parse_xml(f"<w:{name} {nsdecls('w')} w:edit='readOnly' w:enforcement='1'/>"))
    document.part._settings_part.relate_to(
        "http://example.com/x.dotm", f"{REL}attachedTemplate", is_external=True
    )
    made = settings_of(render(saved(document, path), CONTEXT, "zh", created=CREATED))
    assert not re.search("writeProtection|mailMerge|trackRevisions|documentProtection", made)


def blocks(leaf, scope):
    """Return lists of what `leaf` gives, some of it under conditions or in loops of tags that take their whole scope."""

    def around(inner):
        opening = st.sampled_from(
            [("if flag", "endif"), ("if not flag", "endif"), ("for line in log", "endfor")]
        )
        return st.builds(
            lambda tags, body, otherwise: [
                f"{{%{scope} {tags[0]} %}}", *body, *([f"{{%{scope} else %}}", *otherwise] if otherwise else []), f"{{%{scope} {tags[1]} %}}",
            ],
            opening, inner, st.one_of(st.just([]), inner),
        )  # fmt: skip

    return st.recursive(st.lists(leaf, min_size=1, max_size=2), around, max_leaves=3)


PARAGRAPHS = blocks(st.sampled_from(["甲", "{{ office }}", ""]), "p")
CELLS = st.builds(lambda lines, end: [*lines, *end], PARAGRAPHS, st.sampled_from([[""], [""], []]))
ROWS = blocks(st.lists(CELLS, min_size=2, max_size=2), "tr")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=PARAGRAPHS, rows=ROWS, after=PARAGRAPHS, second=st.booleans())
def test_what_has_no_fault_makes_sound_documents_whatever_is_in_the_ledger(path, before, rows, after, second):
    cells = [[row] if isinstance(row, str) else ["\n".join(lines) for lines in row] for row in rows]
    document = with_table(cells, before=before, after=after)
    if second:
        document.add_table(1, 1)
    if check(saved(document, path), WORDS):
        return
    for flag, lines in itertools.product(["", "x"], range(3)):
        context = CONTEXT | {"flag": flag, "log": CONTEXT["log"] * lines}
        body = docx.Document(io.BytesIO(render(path, context, "zh", created=CREATED))).element.body
        assert all(cell[-1].tag == f"{W}p" for cell in body.iter(f"{W}tc"))
        assert all(row.tc_lst for row in body.iter(f"{W}tr"))
        assert all(table.tr_lst for table in body.iter(f"{W}tbl"))
        assert not body.xpath(".//w:tbl/following-sibling::*[1][self::w:tbl]")


def settings_of(document: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(document)).read("word/settings.xml").decode()
