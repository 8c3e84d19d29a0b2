from __future__ import annotations

import zipfile
from datetime import datetime

import docx
import pytest

from cluebook.errors import TemplateError
from cluebook.rendering import render
from cluebook.rendering.checking import check
from cluebook.text import Text

CREATED = datetime(2026, 11, 4, 9, 30)
NAMES = {
    "office": Text("单位名称", "name of the office"),
    "clue.matter": Text("涉及事项", "Matter"),
    "log": Text("处理记录", "handling log"),
    "log.measures": Text("采取的措施", "Measures taken"),
    "groups": Text("分组", "groups"),
    "groups.lines": Text("各组的行", "lines of a group"),
    "groups.lines.name": Text("行名", "name of a line"),
}
CONTEXT = {"office": "甲局", "clue": {"matter": "密事"}, "log": [{"measures": "密言"}], "groups": []}


def codes(problems) -> list[str]:
    return [problem.code for problem in problems]


def refused(path) -> tuple:
    with pytest.raises(TemplateError) as caught:
        render(path, CONTEXT, "zh", created=CREATED)
    return caught.value.problems


def test_an_unknown_name_is_named_with_its_place(template):
    (problem,) = check(template("{{ office }}", "经办：{{ clue.mater }}"), NAMES)
    assert problem.code == "template_unknown_name"
    assert (
        problem.line("zh")
        == "notice.docx：正文第2段：没有名为“clue.mater”的内容。是不是“clue.matter”？可用的名称见手册“模板”一章。"
    )
    assert "notice.docx: body, paragraph 2: nothing is called “clue.mater”." in problem.line("en")


def test_a_table_cell_is_named_by_table_row_and_cell(tmp_path):
    document = docx.Document()
    document.add_table(rows=1, cols=1)
    document.add_table(rows=2, cols=3).cell(1, 2).text = "{{ nobody }}"
    document.save(tmp_path / "slip.docx")
    (problem,) = check(tmp_path / "slip.docx", NAMES)
    assert "正文表2第2行第3格" in problem.line("zh")
    assert "body, table 2, row 2, cell 3" in problem.line("en")


def test_headers_footers_and_title_are_checked_too(tmp_path):
    document = docx.Document()
    document.core_properties.title = "{{ one }}"
    document.sections[0].header.paragraphs[0].text = "{{ two }}"
    document.sections[0].footer.paragraphs[0].text = "{{ three }}"
    document.save(tmp_path / "slip.docx")
    lines = [problem.line("zh") for problem in check(tmp_path / "slip.docx", NAMES)]
    assert [line.split("：")[1] for line in lines] == ["标题属性", "页眉第1段", "页脚第1段"]


def test_every_fault_is_found_at_once(template):
    assert codes(check(template("{{ a }}", "{{ b.c }}", "{{ office", "｛｛ office ｝｝"), NAMES)) == [
        "template_unknown_name",
        "template_unknown_name",
        "template_syntax",
        "template_full_width",
    ]


def test_the_item_of_a_loop_is_checked_by_the_list_it_comes_from(template):
    path = template(
        "{%p for line in log %}", "{{ loop.index }} {{ line.measures }} {{ line.measure }}", "{%p endfor %}"
    )
    (problem,) = check(path, NAMES)
    assert "“log.measure”" in problem.line("zh")


def test_the_items_of_an_empty_list_are_taken_on_trust(template):
    path = template("{%p for line in log %}", "{{ line.anything }}", "{%p endfor %}")
    assert render(path, {"log": []}, "zh", created=CREATED)


def test_so_are_the_items_of_their_lists(template):
    tags = ("{%p for group in groups %}", "{%p for line in group.lines %}", "{{ line.name }}")
    path = template(*tags, "{%p endfor %}", "{%p endfor %}", "{{ office }}")
    assert render(path, {"groups": [], "office": "甲局"}, "zh", created=CREATED)


@pytest.mark.parametrize(
    "text",
    [
        "｛｛ office ｝｝",
        "｛{ office }}",
        "{｛ office ｝}",
        "｛% if office %｝",
        "{％ if office ％}",
        "{{ office ｝｝",
        "{{ office ｜upper }}",
        "{% if office ＝＝ '甲' %}{% endif %}",
    ],
)
def test_full_width_braces_are_refused(template, text):
    assert codes(refused(template(text)))[0] in {"template_full_width", "template_syntax"}


@pytest.mark.parametrize(
    "text",
    [
        "{{ office", "office }}", "{{ }}", "{{ office + }}", "{{ clue matter }}", "{{ office\u200b }}",
        "{% if office %}", "{% endif %}", "{% fi office %}", "{% if office %}{% endfor %}", "{%p if office %}", "{{p office }}",
        "{{r office }}", "{% vm %}", "{% cellbg office %}", "{%p if office %}{%p endif %}", "{%p for a in log %}", "{# office",
    ],
)  # fmt: skip
def test_a_broken_tag_is_refused(template, text):
    assert codes(refused(template(text))) == ["template_syntax"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}", "{{ clue.__class__ }}", "{{ clue['matter'] }}", "{{ clue.items() }}", "{{ clue.pop('matter') }}",
        "{{ clue|attr('x') }}", "{{ office|safe }}", "{{ office|e }}", "{{ self }}", "{{ config }}", "{{ lipsum() }}", "{{ cycler }}",
        "{{ range(9) }}", "{{ 9**9 }}", "{{ office * 99 }}", "{{ office ~ office }}", "{{ office is defined }}", "{% set x = 1 %}",
        "{% include 'x' %}", "{% import 'x' as y %}", "{% extends 'x' %}", "{% macro x() %}{% endmacro %}", "{% raw %}x{% endraw %}",
        "{% autoescape false %}{{ office }}{% endautoescape %}", "{% for x in range(9) %}{% endfor %}", "{% for x in [1, 2] %}{% endfor %}",
        "{% for a, b in log %}{% endfor %}", "{% for x in log recursive %}{% endfor %}", "{% for x in log if office %}{% endfor %}",
        "{% for a in log %}{% for b in log %}x{% endfor %}{% endfor %}", "{{ [office]*9 }}", "{{ {'a': 1} }}", "{{ office.format(1) }}",
    ],
)  # fmt: skip
def test_what_is_no_word_of_the_template_language_is_refused_unrun(template, text):
    assert set(codes(refused(template(text)))) <= {"template_syntax", "template_unknown_name"}


def test_a_loop_may_stand_in_the_loop_whose_item_it_runs_over(template):
    inner = "{% for line in group.lines %}{{ line.name }}{% endfor %}"
    path = template("{%p for group in groups %}", inner, "{%p endfor %}")
    assert check(path, NAMES) == []


def test_a_group_printed_whole_is_refused(template):
    assert codes(refused(template("{{ clue }}"))) == ["template_syntax"]


def test_a_condition_that_cuts_through_a_table_is_refused(tmp_path):
    document = docx.Document()
    table = document.add_table(rows=1, cols=1)
    document.add_paragraph("{%p endif %}")
    table.cell(0, 0).paragraphs[0].text = "{%p if groups %}"
    table.cell(0, 0).add_paragraph("x")
    document.save(tmp_path / "slip.docx")
    assert codes(refused(tmp_path / "slip.docx")) == ["template_syntax"]


def test_a_cell_may_not_end_with_a_paragraph_that_goes_away(tmp_path):
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "{%p if office %}"
    cell.add_paragraph("x")
    cell.add_paragraph("{%p endif %}")
    document.save(tmp_path / "slip.docx")
    (problem,) = check(tmp_path / "slip.docx", NAMES)
    assert "单元格最后一段" in problem.line("zh")


def test_a_tag_split_by_word_into_runs_is_read_as_one(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece in ("{", "{ off", "ice ", "}}"):
        paragraph.add_run(piece)
    document.save(tmp_path / "slip.docx")
    assert check(tmp_path / "slip.docx", NAMES) == []
    assert render(tmp_path / "slip.docx", CONTEXT, "zh", created=CREATED)


def test_a_missing_template_is_named(tmp_path):
    assert (
        codes(refused(tmp_path / "gone.docx"))
        == codes(check(tmp_path / "gone.docx", NAMES))
        == ["template_missing"]
    )


@pytest.mark.parametrize("content", [b"", b"{{ office }}", b"PK\x03\x04 cut short", b"%PDF-1.7 " * 90])
def test_a_file_that_is_no_docx_is_refused(tmp_path, content):
    path = tmp_path / "old.docx"
    path.write_bytes(content)
    assert codes(refused(path)) == ["template_damaged"]


def test_a_package_without_a_document_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "book.docx", "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    assert codes(refused(tmp_path / "book.docx")) == ["template_damaged"]


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_template_cut_short_is_refused(template, share):
    path = template("{{ office }}")
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    assert codes(refused(path)) == ["template_damaged"]


def test_a_template_that_unpacks_without_end_is_refused(template):
    path = template("{{ office }}")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/huge.bin", bytes(70_000_000))
    assert codes(refused(path)) == ["template_damaged"]


def test_no_message_holds_the_text_of_a_clue(template):
    for text in ("{{ clue.nothing }}", "{{ clue }}", "{% if office %}", "{{ clue.matter|safe }}"):
        assert all(
            "密" not in problem.line(lang) for problem in refused(template(text)) for lang in ("zh", "en")
        )
