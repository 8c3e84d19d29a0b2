from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cluebook.domain.clue import Clue, Stage
from cluebook.domain.duplicates import COMMON, NUMBER, SOURCE_NO, SUBJECT, likenesses

LEAK = Clue(
    entry_no="T-1",
    matter="门店屋顶漏水",
    description="门店屋顶漏水已经三天，多次报修无人处理，地面湿滑，顾客险些滑倒，请尽快派人维修。",
)
LAMP = Clue(
    entry_no="T-2",
    matter="小区路灯不亮",
    description="小区门口的路灯坏了两周，夜间出行很不方便，物业一直推脱，希望有人来修理。",
)


def told(asked: list[Clue], held: list[Clue] | None = None) -> list[list[str | None]]:
    return [[like.clue.entry_no for like in found] for found in likenesses(asked, held or [], {})]


def test_a_text_told_again_in_other_script_and_width_is_found_and_another_matter_is_not() -> None:
    again = replace(
        LEAK,
        entry_no="T-3",
        matter="屋頂漏水",
        description="門店屋頂漏水已經三天，  多次報修無人處理，地面濕滑，顧客險些滑倒。",
    )
    (found,) = likenesses([again], [LEAK, LAMP], {})
    assert [like.clue.entry_no for like in found] == ["T-1"]
    assert found[0].share > 0.8


def test_clues_that_come_in_together_are_compared_with_each_other_and_many_as_few_are() -> None:
    many = [replace(LAMP, entry_no=f"T-{n}", description=f"{n}{n}{n} 路") for n in range(10, 30)]
    again = replace(LEAK, entry_no="T-3")
    assert told([LEAK, again])[0] == ["T-3"]
    assert told([LEAK, *many, again])[0] == ["T-3"]


def test_a_number_in_the_text_of_one_and_the_telephone_of_the_other_is_the_same_number() -> None:
    called = replace(LAMP, description="联系电话 138-0000-1111，路灯坏了两周无人修理。")
    (found,) = likenesses([LEAK], [called], {"T-1": ["１３８ ００００ １１１１"]})
    assert [(like.clue.entry_no, like.signs) for like in found] == [("T-2", (NUMBER,))]


def test_a_subject_or_a_source_number_in_common_is_told_but_a_date_is_no_number() -> None:
    one = replace(LEAK, subjects="晨光公司、门店", source_no="C-17", description="2026-03-01 屋顶漏水")
    other = replace(LAMP, subjects="晨光公司", source_no="C-17 ", description="2026-03-01 路灯不亮")
    (found,) = likenesses([one], [other], {})
    assert set(found[0].signs) == {SUBJECT, SOURCE_NO}


def test_what_too_many_have_in_common_tells_nothing() -> None:
    crowd = [
        Clue(entry_no=f"T-{n}", subjects="某公司", description=f"{chr(0x4E00 + 31 * n)}")
        for n in range(COMMON + 1)
    ]
    assert not any(told(crowd))
    assert all(told(crowd[:COMMON]))


def test_merged_clues_are_passed_over_and_a_master_is_no_duplicate_of_its_child() -> None:
    master = replace(LEAK, entry_no="T-8", number="XS-1")
    child = replace(LEAK, master_number="XS-1")
    assert told([child], [master]) == [[]]
    assert told([replace(LEAK, entry_no="T-9")], [replace(child, stage=Stage.MERGED), master]) == [["T-8"]]


@given(st.lists(st.text(max_size=60), max_size=8))
def test_any_texts_can_be_compared_and_likeness_is_mutual(texts: list[str]) -> None:
    clues = [Clue(entry_no=f"T-{n}", description=text) for n, text in enumerate(texts)]
    found = told(clues)
    pairs = {(clues[n].entry_no, other) for n in range(len(clues)) for other in found[n]}
    assert pairs == {pair[::-1] for pair in pairs}
