"""Sums of money and near dates are read in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from cluebook.domain.figures import largest_sum, speaks_of_near_date

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("尾款六百万元", 6e6),
        ("损失六百万", 6e6),
        ("押金50万元", 5e5),
        ("一千二百三十万元", 12.3e6),
        ("两亿三千万元", 2.3e8),
        ("RMB 1,200,000 due", 1.2e6),
        ("a claim of 3.4M", 3.4e6),
        ("USD 800,000", 8e5),
        ("two lots, 2 million yuan", 2e6),
        ("三万台", 0),
        ("3.4 m of pipe", 0),
        ("电话13800000000", 0),
    ],
)
def test_the_largest_sum_is_found(text: str, value: float) -> None:
    assert largest_sum(text) == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        "后天上午开庭",
        "本周五前答复",
        "三日内付款",
        "11月26日听证",
        "2026-11-25",
        "by Friday",
        "tomorrow",
        "27 Nov",
    ],
)
def test_a_date_of_the_next_days_is_near(text: str) -> None:
    assert speaks_of_near_date(text, TODAY)


@pytest.mark.parametrize(
    "text", ["今天收到来信", "上周五来过", "11月20日", "12月31日", "13月40日", "in three months"]
)
def test_other_dates_are_not_near(text: str) -> None:
    assert not speaks_of_near_date(text, TODAY)
