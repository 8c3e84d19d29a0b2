"""A filled form says the same however it was filled in: through its controls, beside them, or after they are gone."""

from __future__ import annotations

import re

import pytest
from answers import LINES, RECEIPT, REPORT, RETURN, ROWS, SAID
from blank_forms import TEMPLATES, blank_form
from filling import BODY, W, controls, edited, fill, part, type_into, with_parts, without_controls
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from cluebook.forms import FORMS, NUMBER, OFFICE
from cluebook.returned import lost_facts, read_form
from cluebook.text import LANGS

EACH = [pytest.param(kind, lang, id=f"{lang}-{kind}") for kind in FORMS for lang in LANGS]


def filled_form(form, kind, lang, **changes):
    given = {"said": SAID[kind], "rows": ROWS[kind]} | changes
    return fill(form(kind, lang), given["said"], rows=given["rows"], ticked=given.get("ticked", ()))


def lines_of(read):
    """The filled lines, without what was printed in them."""
    printed = {name for answer in read.form.answers for name in answer.printed}
    return [{name: words for name, words in row.items() if name not in printed} for row in read.rows]


def paragraph(words):
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}t").text = words
    made = etree.Element(f"{W}p")
    made.append(run)
    return made


@pytest.mark.parametrize(("kind", "lang"), EACH)
def test_a_form_that_nobody_filled_in_says_nothing(form, kind, lang):
    read = read_form(form(kind, lang), "f.docx")
    assert (read.form.kind, dict(read.said), read.rows, read.ticked) == (kind, {}, (), frozenset())
    assert not read.tracked


@pytest.mark.parametrize(("kind", "lang"), EACH)
def test_a_form_tells_whose_it_is_wherever_that_stands_in_it(form, kind, lang):
    read = read_form(form(kind, lang), "f.docx")
    for tag in FORMS[kind].facts:
        assert len(read.facts_named(tag)) == 1
    (number,) = read.facts_named(NUMBER)
    assert any(number in words for words in read.around)
    assert read.sealed is True


@pytest.mark.parametrize(("kind", "lang"), EACH)
def test_what_is_typed_into_the_controls_is_read_by_name(form, kind, lang):
    read = read_form(filled_form(form, kind, lang), "f.docx")
    assert (dict(read.said), lines_of(read)) == (SAID[kind], ROWS[kind])


@pytest.mark.parametrize(("kind", "lang"), EACH)
def test_without_controls_the_labels_lead_to_the_same(form, kind, lang):
    bare = without_controls(filled_form(form, kind, lang))
    assert b"<w:sdt>" not in part(bare)
    read = read_form(bare, "f.docx")
    assert (read.form.kind, dict(read.said), lines_of(read)) == (kind, SAID[kind], ROWS[kind])
    assert {len(read.facts_named(tag)) for tag in FORMS[kind].facts if tag != OFFICE} == {1}


@pytest.mark.parametrize(("kind", "lang"), EACH)
def test_without_labels_the_controls_lead_to_the_same(form, kind, lang):
    def translate(root):
        (title,) = controls(root, FORMS[kind].tag)
        title.getparent().remove(title)
        for text in root.iter(f"{W}t"):
            if not any(True for _ in text.iterancestors(f"{W}sdt")):
                text.text = "???"

    read = read_form(edited(filled_form(form, kind, lang), translate), "f.docx")
    assert (read.form.kind, dict(read.said), lines_of(read)) == (kind, SAID[kind], ROWS[kind])


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("answer", FORMS["routing_slip"].answers, ids=lambda answer: answer.action)
def test_a_ticked_box_is_seen_with_its_control_and_without(form, lang, answer):
    ticked = filled_form(form, "routing_slip", lang, ticked=[answer.tag])
    for content in (ticked, without_controls(ticked)):
        assert read_form(content, "f.docx").ticked == {answer.tag}


@pytest.mark.parametrize("mark", ["☑", "√", "■", "✔"])
def test_any_mark_in_the_box_is_a_tick(form, mark):
    def tick(root):
        type_into(controls(root, "answer.return")[0], mark)

    ticked = edited(form("routing_slip", "zh"), tick)
    for content in (ticked, without_controls(ticked)):
        assert read_form(content, "f.docx").ticked == {"answer.return"}


def test_the_return_column_is_read(form):
    read = read_form(filled_form(form, "routing_slip", "en", said=RETURN, ticked=["answer.return"]), "f.docx")
    assert dict(read.said) == RETURN


def test_what_is_written_beside_and_below_a_control_counts(form):
    def write(root):
        cell = next(controls(root, "clue.handler")[0].iterancestors(f"{W}tc"))
        cell.find(f"{W}p").append(paragraph("赵敏").find(f"{W}r"))
        cell.append(paragraph("（兼）"))

    assert (
        read_form(edited(form("routing_slip", "zh"), write), "f.docx").said["clue.handler"] == "赵敏\n（兼）"
    )


def test_paragraphs_added_to_a_letter_belong_to_the_heading_above(form):
    def write(root):
        found = next(controls(root, "feedback.result")[0].iterancestors(f"{W}p"))
        found.addnext(paragraph("第二段"))

    for strip in (lambda content: content, without_controls):
        content = strip(edited(filled_form(form, "feedback_report", "zh"), write))
        read = read_form(content, "f.docx")
        assert read.said["feedback.result"] == "不再漏水\n第二段"
        assert read.said["feedback.improvements"] == REPORT["feedback.improvements"]


def test_lines_added_to_the_table_are_read_though_they_have_no_controls(form):
    def add(root):
        row = next(controls(root, "log.on")[-1].iterancestors(f"{W}tr"))
        more = etree.Element(f"{W}tr")
        for words in ("2026-03-06", "又查看一次", "", "", "", ""):
            etree.SubElement(more, f"{W}tc").append(paragraph(words))
        row.addnext(more)

    read = read_form(edited(filled_form(form, "handling_record", "zh", rows=LINES), add), "f.docx")
    assert lines_of(read) == [*LINES, {"log.on": "2026-03-06", "log.measures": "又查看一次"}]


def test_a_table_whose_head_was_deleted_is_read_by_its_controls(form):
    def behead(root):
        row = next(controls(root, "log.on")[0].iterancestors(f"{W}tr"))
        row.getparent().remove(row.getprevious())

    read = read_form(edited(filled_form(form, "handling_record", "en"), behead), "f.docx")
    assert lines_of(read) == ROWS["handling_record"]


def test_tracked_changes_are_read_as_accepted_and_told(form):
    def track(root):
        control = controls(root, "clue.handler")[0]
        content = control.find(f"{W}sdtContent")
        old = content.find(f"{W}r")
        gone, new = etree.Element(f"{W}del"), etree.Element(f"{W}ins")
        content.replace(old, gone)
        gone.append(old)
        for text in old.iter(f"{W}t"):
            text.tag = f"{W}delText"
        gone.addnext(new)
        new.append(paragraph("李强").find(f"{W}r"))

    read = read_form(edited(filled_form(form, "routing_slip", "zh"), track), "f.docx")
    assert (read.said["clue.handler"], read.tracked) == ("李强", True)


def test_a_line_deleted_under_tracking_is_gone(form):
    def track(root):
        row = next(controls(root, "log.on")[0].iterancestors(f"{W}tr"))
        etree.SubElement(row.find(f"{W}trPr"), f"{W}del")

    read = read_form(edited(filled_form(form, "handling_record", "zh"), track), "f.docx")
    assert (lines_of(read)[0], read.tracked) == (LINES[1], True)


def test_hidden_words_are_not_read(form):
    def hide(root):
        run = controls(root, "clue.handler")[0].find(f".//{W}r")
        hidden = paragraph("别人").find(f"{W}r")
        hidden.insert(0, etree.fromstring(f'<w:rPr xmlns:w="{W[1:-1]}"><w:vanish/></w:rPr>'))
        run.addnext(hidden)

    assert (
        read_form(edited(filled_form(form, "routing_slip", "zh"), hide), "f.docx").said["clue.handler"]
        == "赵敏"
    )


@pytest.mark.parametrize(
    "prompt", ["单击或点击此处输入文字。", "Click or tap here to enter text.", "　　　年　月　日", "____"]
)
def test_a_prompt_is_no_answer(form, prompt):
    cleared = filled_form(form, "routing_slip", "zh", said=RECEIPT | {"clue.deputy": prompt})
    for content in (cleared, without_controls(cleared)):
        assert "clue.deputy" not in read_form(content, "f.docx").said


@pytest.mark.parametrize("around", ["p", "tc", "tr"])
def test_a_control_may_stand_around_a_paragraph_a_cell_or_a_row(form, around):
    """Word moves a control outwards when somebody selects more than its words."""

    def move(root):
        (inside,) = controls(root, "clue.handler")
        target = next(inside.iterancestors(f"{W}{around}"))
        for child in list(inside.find(f"{W}sdtContent")):
            inside.addprevious(child)
        inside.getparent().remove(inside)
        content = inside.find(f"{W}sdtContent")
        target.addprevious(inside)
        content.append(target)

    assert read_form(edited(filled_form(form, "routing_slip", "zh"), move), "f.docx").said == RECEIPT


def test_a_strict_document_is_read_like_any_other(form):
    content = filled_form(form, "routing_slip", "zh")
    xml = part(content).replace(W[1:-1].encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert read_form(with_parts(content, {BODY: xml}), "f.docx").said == RECEIPT


def test_labels_may_be_spaced_out_or_end_in_a_colon(form):
    bare = without_controls(filled_form(form, "routing_slip", "zh"))
    xml = part(bare).decode()
    for label in ("承办人", "联系电话"):
        xml = re.sub(f">{label}<", f">{'　'.join(label)}：<", xml)
    assert read_form(with_parts(bare, {BODY: xml.encode()}), "f.docx").said == RECEIPT


@pytest.mark.parametrize(("kind", "lang"), EACH)
def test_a_template_that_lost_its_numbers_could_not_be_read_back(form, kind, lang):
    content = (TEMPLATES / lang / f"{kind}.docx").read_bytes()
    assert lost_facts(content, FORMS[kind]) == lost_facts(without_controls(content), FORMS[kind]) == []

    def forget(root):
        for text in root.iter(f"{W}t"):
            text.text = "???"

    bare = edited(without_controls(content), forget)
    assert len(lost_facts(bare, FORMS[kind])) == len(FORMS[kind].facts) - 1


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=60
).map(lambda words: f"甲{words}乙")


@settings(deadline=None, max_examples=25)
@given(words=WORDS, line=WORDS)
def test_any_words_come_back_as_they_were_written(words, line):
    """Through the whole form and back; what begins and ends with a letter has no blanks to lose."""
    slip = fill(blank_form("routing_slip", "zh"), {"returned.reason": words})
    report = fill(blank_form("feedback_report", "en"), {"feedback.process": f"{words}\n{line}"})
    record = fill(blank_form("handling_record", "zh"), rows=[{"log.measures": words}, {"log.measures": line}])
    for strip in (lambda content: content, without_controls):
        assert read_form(strip(slip), "f.docx").said == {"returned.reason": words}
        assert read_form(strip(report), "f.docx").said == {"feedback.process": f"{words}\n{line}"}
        assert [row["log.measures"] for row in read_form(strip(record), "f.docx").rows] == [words, line]
