from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluebook.documents import DOCUMENTS, clue_paper, list_paper, names_of, safe_name
from cluebook.domain.case import case_of
from cluebook.domain.clue import Clue
from cluebook.domain.records import Analysis, HandlingLine
from cluebook.ledger.ledger import ledger_of
from cluebook.ledger.plan import Stamp

LEDGER = ledger_of({})
STAMP = Stamp(datetime(2026, 3, 4, 10), "王芳")
CASE = case_of(
    Clue(number="XS-2026-YW-0001", matter="漏水", attachments=2, found_at=datetime(2026, 3, 2, 9, 5)),
    Analysis(summary="屋顶"),
    HandlingLine(measures="修补"),
)


def names_in(context):
    """Every name a context has, dotted where it is inside a group or the lines of a list."""
    for name, value in context.items():
        if not isinstance(value, dict):
            yield name
        for group in value if isinstance(value, list) else [value]:
            yield from (f"{name}.{inner}" for inner in (group if isinstance(group, dict) else ()))


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_template_gets_the_names_that_are_declared_and_no_others(document):
    paper = (
        list_paper(
            document.id,
            [dict.fromkeys(document.rows, "x")],
            LEDGER,
            STAMP,
            **dict.fromkeys(document.about or (), "x"),
        )
        if document.rows
        else clue_paper(document.id, CASE, LEDGER, STAMP)
    )
    assert set(names_in(paper.context)) <= names_of(document.id)
    assert paper.context.keys() == {name.partition(".")[0] for name in names_of(document.id)}
    assert document.text.zh in paper.file


def test_a_template_sees_nothing_but_text():
    def leaves(value):
        if isinstance(value, dict):
            return [leaf for inner in value.values() for leaf in leaves(inner)]
        return [leaf for inner in value for leaf in leaves(inner)] if isinstance(value, list) else [value]

    found = leaves(dict(clue_paper("routing_slip", CASE, LEDGER, STAMP).context))
    assert {type(leaf) for leaf in found} == {str}


def test_blank_fields_are_blank_and_dates_are_written_out():
    context = clue_paper("routing_slip", CASE, LEDGER, STAMP).context
    assert context["clue"]["found_at"] == "2026年3月2日 09:05"
    assert context["clue"]["handler"] == ""
    blank = clue_paper("feedback_report", CASE, LEDGER, STAMP).context["feedback"]
    assert blank["result"] == ""
    assert context["materials"] == [{"name": "线索分析报告（已审核）"}, {"name": "线索附件 2 件"}]


def test_a_clue_without_a_number_is_called_by_its_entry_number():
    case = replace(CASE, clue=Clue(entry_no="T-2026-00001"))
    paper = clue_paper("routing_slip", case, LEDGER, STAMP)
    assert (paper.subject, paper.code) == ("T-2026-00001", "T-2026-00001")


@given(st.text())
def test_a_file_name_is_good_on_every_system(name):
    safe = safe_name(name)
    assert safe
    assert not set(safe) & set('/\\:*?"<>|\n\t\0')
    assert safe == safe.strip(" .") or safe.endswith("_")
    assert len(f"~{safe} (99).docx.tmp".encode()) <= 255
    assert safe_name(safe) in {safe, f"{safe}_"}
