from __future__ import annotations

from datetime import date

import pytest
from stages import NUMBER, clue_at

from cluebook.domain.case import case_of
from cluebook.domain.categories import CATEGORIES
from cluebook.domain.checklists import CHECKLISTS, checklist_of, lacking
from cluebook.domain.clue import Stage
from cluebook.domain.records import CheckItem

LABELS = {category.id: category.label for category in CATEGORIES}


def left(subtype: str, lang: str = "zh", **answers: str) -> list[str]:
    """What is still to be done of a checklist, by id, once these items are answered."""
    items = {item.id: item for item in CHECKLISTS[subtype]}
    rows = [
        CheckItem(
            clue=NUMBER, item=items[name].text.in_(lang), result=result, on=date(2026, 3, 4), evidence="附件1"
        )
        for name, result in answers.items()
    ]
    clue = clue_at(Stage.IN_HANDLING, subtype=LABELS[subtype].in_(lang))
    return [item.id for item in lacking(case_of(clue, *rows))]


def test_every_subtype_of_the_procedure_has_its_checklist():
    assert list(CHECKLISTS) == ["quality", "service", "dispute", "misconduct", "tax", "suggestion", "market"]
    assert all(checklist_of(clue_at(Stage.ACCEPTED, subtype=LABELS[each].en)) for each in CHECKLISTS)


def test_a_subtype_of_the_offices_own_has_none():
    assert checklist_of(clue_at(Stage.ACCEPTED, subtype="门店装修")) == ()


@pytest.mark.parametrize(
    ("subtype", "answers", "still"),
    [
        ("quality", {"inspection": "合格", "cause": "老化", "correction": "更换"}, ["told"]),
        ("service", {"contact": "电话", "need": "退款", "improvement": "缩短时限", "callback": "已回访"}, []),
        ("dispute", {"negotiation": "两轮", "agreed": "是"}, ["plan"]),
        ("dispute", {"negotiation": "两轮", "agreed": "否"}, ["legal_opinion", "legal_route"]),
        ("misconduct", {"opened": "张某", "verified": "否"}, []),
        ("misconduct", {"opened": "张某", "verified": "是"}, ["decision", "reported"]),
        ("tax", {"self_check": "自查", "correction": "无", "tax": "0", "surcharge": "0"}, []),
        (
            "tax",
            {"self_check": "自查", "correction": "补缴", "tax": "1,200元", "surcharge": "0"},
            ["payment"],
        ),
        (
            "tax",
            {"self_check": "自查", "correction": "补缴", "tax": "-5", "surcharge": "多"},
            ["tax", "surcharge"],
        ),
        ("suggestion", {"assessment": "可行", "adopted": "是"}, ["reward"]),
        ("suggestion", {"assessment": "不可行", "adopted": "否"}, ["reason", "told"]),
        ("market", {"assessment": "知悉", "important": "否"}, []),
        ("market", {"assessment": "重要", "important": "是"}, ["forwarded"]),
        ("market", {"assessment": "重要", "important": "大概"}, ["important"]),
    ],
)
def test_each_branch_asks_for_what_belongs_to_it(subtype, answers, still):
    assert left(subtype, **answers) == still


def test_the_english_sheet_is_read_alike():
    assert left("market", "en", assessment="noted", important="Yes") == ["forwarded"]


def test_an_item_counts_only_with_its_date_and_the_proof_it_needs():
    clue = clue_at(Stage.IN_HANDLING, subtype=LABELS["quality"].zh)
    bare = CheckItem(clue=NUMBER, item="检验分析", result="合格", on=date(2026, 3, 4))
    undated = CheckItem(clue=NUMBER, item="根本原因", result="老化")
    assert [item.id for item in lacking(case_of(clue, bare, undated))][:2] == ["inspection", "cause"]
