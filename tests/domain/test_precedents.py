from __future__ import annotations

from dataclasses import replace

from stages import clue_at

from cluebook.domain.clue import Expectation, Stage
from cluebook.domain.precedents import precedents, told

NOW_ASKED = clue_at(Stage.ACCEPTED)
CLOSED = clue_at(Stage.CLOSED, elapsed_days=4)


def case(n, **changes):
    return replace(CLOSED, number=f"XS-2025-YW-{n:04}", **changes)


def test_closed_cases_of_the_subtype_are_shown_the_most_alike_first():
    near = case(1, matter="门店屋顶漏水", description="屋顶漏水，报修后无人处理。")
    far = case(2, matter="送货迟到", description="门店送货迟到两天，客户不满意。")
    assert precedents(NOW_ASKED, [far, near]) == (near, far)


def test_accounts_are_alike_in_either_script_and_whatever_the_width_of_their_letters():
    simple = case(1, matter="电梯ABC故障", description="")
    other = replace(NOW_ASKED, matter="電梯ＡＢＣ故障", description="")
    assert precedents(other, [simple]) == (simple,)


def test_cases_of_another_subtype_open_ones_and_strangers_are_not_shown():
    others = [
        case(1, subtype="产品质量"),
        case(2, stage=Stage.FED_BACK),
        case(3, matter="abc", description="xyz"),
        case(4, matter=None, description=None),
    ]
    assert precedents(NOW_ASKED, others) == ()


def test_no_more_than_five_are_shown():
    assert len(precedents(NOW_ASKED, [case(n) for n in range(1, 9)])) == 5


def test_a_cell_says_how_each_case_ended():
    cases = (case(1, expectation=Expectation.MET), case(2, expectation=None, elapsed_days=None))
    assert told(cases, "zh") == "XS-2025-YW-0001（达到，4 个工作日）；XS-2025-YW-0002（结果未记，- 个工作日）"
    assert told((), "zh") is None
