from __future__ import annotations

from datetime import datetime

import pytest
from stages import NEW, NOW, codes, ledger, press

from cluebook.domain.clue import ChannelGroup, Named, Stage
from cluebook.domain.office import Counter
from cluebook.errors import Place, UsageError
from cluebook.ledger.book import Grid

HEADER = ("编号", "受理时间", "标题", "内容")
TEXT = "小区门口路灯坏了两周，夜间出行不便，请派人修理。"


def source(*rows, header=HEADER):
    return Grid("来信", header, 2, rows, "letters.xlsx")


def row(at=datetime(2026, 3, 1, 8), title="路灯损坏", text=TEXT, no="A1"):
    return (no, at, title, text)


MAP = {"来源编号": "编号", "found_at": "受理时间", "matter": " 标题 ", "描述": "内容"}


def bring(*rows, held=None, **options):
    return press("import", held or ledger(), source=source(*rows), map=options.pop("map", MAP), **options)


def clues(plan):
    return [record for record in plan.additions if not isinstance(record, Counter)]


def test_rows_are_entered_by_the_columns_that_were_named():
    plan = bring(row(), row(no="A2"))
    assert plan.done == ("T-2026-00001", "T-2026-00002")
    first = clues(plan)[0]
    assert (first.source_no, first.found_at, first.matter, first.description) == row()
    assert (first.stage, first.delivered_at) == (Stage.REGISTERED, NOW)
    assert plan.additions[-1] == Counter(prefix="T-2026-#", last=2)


def test_columns_of_the_ledgers_own_names_need_no_mapping():
    header = ("来源编号", "Found at", "涉及事项", "Description")
    plan = press("import", ledger(), source=source(row(), header=header))
    assert clues(plan)[0].description == TEXT


def test_a_file_without_a_channel_came_from_outside_and_that_is_told_once():
    plan = bring(row(), row(no="A2"))
    assert {(c.channel_group, c.channel) for c in clues(plan)} == {(ChannelGroup.EXTERNAL, "其他")}
    assert len(plan.notices) == 1


def test_a_fixed_value_goes_into_every_row():
    plan = bring(row(), row(no="A2"), set={"来源渠道": "举报电话", "named": "Named"})
    assert {(c.channel_group, c.channel, c.named) for c in clues(plan)} == {
        (ChannelGroup.EXTERNAL, "举报电话", Named.NAMED)
    }
    assert plan.notices == ()


def test_what_was_brought_before_is_not_brought_again():
    first = bring(row(), row(no="A2"))
    again = bring(row(), row(no="A2"), row(no="A3"), held=ledger(*clues(first)))
    assert [c.source_no for c in clues(again)] == ["A3"]
    assert "2 条" in again.notices[-1].zh


def test_a_row_that_stands_twice_in_the_file_is_brought_once():
    assert len(clues(bring(row(), row()))) == 1


def test_a_faulty_row_waits_as_a_draft_and_its_cells_in_the_file_are_named():
    plan = bring(row(text="太短"), row(at="上周", no="A2"), row(no="A3"))
    assert [(c.entry_no, c.stage) for c in clues(plan)] == [
        ("T-2026-00001", Stage.DRAFT),
        ("T-2026-00002", Stage.DRAFT),
        ("T-2026-00003", Stage.REGISTERED),
    ]
    assert plan.done == ("T-2026-00003",)
    assert [(p.code, p.place) for p in plan.problems] == [
        ("description_short", Place("来信", 2, "内容", "letters.xlsx")),
        ("not_a_date", Place("来信", 3, "受理时间", "letters.xlsx")),
    ]


def test_a_column_the_file_does_not_have_is_named_as_the_ledger_names_it():
    plan = bring(row(), map={"matter": "标题", "描述": "内容"})
    assert [p.place for p in plan.problems] == [Place("来信", 2, "发现时间", "letters.xlsx")]


def test_a_draft_brought_in_can_be_entered_once_it_is_mended():
    (draft,) = clues(bring(row(text="太短")))
    plan = press("add", ledger(draft), {"description": TEXT})
    assert (plan.done, plan.problems) == (("T-2026-00001",), ())


def test_texts_no_cell_can_hold_are_told_and_left_out_while_the_rest_comes_in():
    plan = bring(row(text="长" * 40_000), row(title="路灯\x07坏", no="A2"), row(no="A3"))
    assert [c.source_no for c in clues(plan)] == ["A3"]
    assert [(p.code, p.place.row) for p in plan.problems] == [("text_too_long", 2), ("text_unholdable", 3)]


def test_texts_that_look_like_formulas_are_texts():
    texts = [sign + TEXT for sign in "=+-@"]
    plan = bring(*(row(text=text, no=str(n)) for n, text in enumerate(texts)))
    assert [c.description for c in clues(plan)] == texts


def test_blank_rows_of_the_file_are_passed_over():
    assert len(clues(bring((None,) * 4, row()))) == 1


@pytest.mark.parametrize(
    ("code", "map_", "set_"),
    [
        ("unknown_column", {"密码": "编号"}, {}),
        ("unknown_column", {"线索编号": "编号"}, {}),
        ("unknown_source_column", {"matter": "题目"}, {}),
        ("unknown_column", MAP, {"stage": "处理中"}),
        ("not_a_choice", MAP, {"named": "也许"}),
        ("not_a_date", MAP, {"collected_at": "上周"}),
        ("nothing_mapped", {}, {}),
        ("nothing_mapped", {}, {"matter": "路灯"}),
    ],
)
def test_a_mapping_that_cannot_be_is_refused_before_anything_is_read(code, map_, set_):
    with pytest.raises(UsageError) as caught:
        bring(row(), map=map_, set=set_)
    assert [p.code for p in caught.value.problems] == [code]


def test_a_refused_mapping_names_what_there_is():
    with pytest.raises(UsageError) as caught:
        bring(row(), map={"matter": "题目"})
    assert all(header in caught.value.problems[0].fix.zh for header in HEADER)


def test_a_fixed_value_wins_over_a_column_of_the_same_name():
    assert clues(bring(row(), set={"matter": NEW.matter}))[0].matter == NEW.matter


def test_numbers_go_on_from_the_counter():
    assert bring(row(), held=ledger(Counter(prefix="T-2026-#", last=9))).done == ("T-2026-00010",)


def test_nothing_is_quoted_from_the_file():
    plan = bring(row(text="CANARY"), row(at="CANARY", no="A2"), row(title="CANARY\x01", no="A3"))
    assert codes(plan) == ["description_short", "not_a_date", "text_unholdable"]
    assert not [p for p in plan.problems if "CANARY" in "".join((*p.wrong, *p.fix))]
