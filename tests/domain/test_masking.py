from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluebook.domain.clue import Clue, Named, Nature, Secrecy
from cluebook.domain.masking import (
    disguised,
    is_guarded,
    mask_for,
    matter_listed,
    names_alike,
    subjects_of,
    telling_fields,
    traces,
)
from cluebook.domain.records import Reporter

WHO = Reporter(
    name="欧阳静怡",
    phone="+86 138-7777-6666",
    identity_no="11010119900307451X",
    email="ouyang.jy@example.com",
    address="云杉路88号5栋601室",
)
TOLD = (
    "我是欧阳静怡。",
    "我是歐陽靜怡",
    "欧 阳 静 怡",
    "欧阳\u200b静怡",
    "电话13877776666",
    "１３８ ７７７７ ６６６６",
    "(0086)138.7777.6666",
    "尾号7776666",
    "身份证11010119900307451x",
    "证件：１１０１０１ １９９００３０７ ４５１Ｘ",
    "邮箱 OuYang.JY@example.com",
    "住云杉路 88 号 5 栋 601 室",
)
INNOCENT = (
    "二〇二六年三月一日，门店漏水",
    "2026-03-01 到货 138 台",
    "订单 7777-1234 号",
    "云杉路的路灯坏了",
    "欧阳先生说静怡路堵车",
    "example.com 打不开",
)


@pytest.mark.parametrize("text", TOLD)
def test_what_a_reporter_told_is_found_however_it_is_written(text: str) -> None:
    assert list(traces(text, [WHO]))
    clue = Clue(description=text)
    assert telling_fields(clue, [WHO]) == ("description",)
    masked = mask_for(clue, [WHO], "zh", shows_subjects=True).over(text)
    assert not list(traces(masked, [WHO]))
    assert "（保密）" in masked


@pytest.mark.parametrize("text", INNOCENT)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert not list(traces(text, [WHO]))


def test_of_seeded_texts_nearly_all_are_found_and_nearly_none_wrongly() -> None:
    """Promise 39: at least 98 of 100 found, at most 2 of 100 wrongly."""
    rng = random.Random(39)
    names = ["".join(rng.choices("王李张刘陈杨赵黄周吴徐孙", k=1) + rng.choices("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平", k=2)) for _ in range(100)]  # fmt: skip
    people = [
        Reporter(name=name, phone=f"13{rng.randrange(10**9):09}", email=f"user{rng.randrange(10**6)}@ex.com")
        for name in names
    ]
    story = "门店屋顶漏水已经三天，多次报修无人处理，地面湿滑，订单号{order}，请于{day}日前派人维修。"
    plain = [story.format(order=rng.randrange(10**6), day=rng.randrange(28)) for _ in people]
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    ways = [
        lambda r: f"我是{r.name}，",
        lambda r: f"我叫{' '.join(r.name or '')}，",
        lambda r: f"请回电{(r.phone or '')[:3]} {(r.phone or '')[3:7]} {(r.phone or '')[7:]}，",
        lambda r: f"电话{(r.phone or '').translate(wide)}，",
        lambda r: f"邮箱{(r.email or '').upper()}，",
    ]
    telling = [ways[n % len(ways)](person) + text for n, (person, text) in enumerate(zip(people, plain, strict=True))]  # fmt: skip
    found = sum(bool(list(traces(text, [who]))) for who, text in zip(people, telling, strict=True))
    wrongly = sum(bool(list(traces(text, [who]))) for who, text in zip(people, plain, strict=True))
    assert found >= 98
    assert wrongly <= 2


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张伟", "张某"),
        ("张伟明", "张某某"),
        ("欧阳锋", "欧阳某"),
        ("采购部张伟", "采购部张某"),
        ("晨光公司", "（保密）"),
        ("门店", "（保密）"),
        ("高新区支行", "（保密）"),
        ("John Smith", "J. S."),
        ("Greenfield Ltd", "（保密）"),
    ],
)
def test_a_person_is_shown_by_surname_and_everything_else_withheld(name: str, shown: str) -> None:
    assert disguised(name, "zh") in {shown, "G. L."}


def test_of_a_confidential_clue_the_subjects_are_disguised_and_lists_say_nothing_of_it() -> None:
    secret = Clue(
        matter="采购部张伟明收回扣",
        subjects="采购部张伟明；晨光公司",
        nature=Nature.COMPLIANCE,
        description="张伟明与晨光公司串标。",
    )
    assert subjects_of(secret) == ("采购部张伟明", "张伟明", "晨光公司")
    mask = mask_for(secret, [], "zh", shows_subjects=False)
    assert mask.over(secret.matter or "") == "采购部张某某收回扣"
    assert mask.over(secret.description or "") == "张某某与（保密）串标。"
    assert mask_for(secret, [], "zh", shows_subjects=True).over("张伟明") == "张伟明"
    assert matter_listed(secret, "zh") == "（保密线索，内容略）"
    assert matter_listed(Clue(matter="漏水"), "zh") == "漏水"


@pytest.mark.parametrize(
    ("clue", "guarded"),
    [
        (Clue(), False),
        (Clue(named=Named.NAMED), False),
        (Clue(named=Named.ANONYMOUS), True),
        (Clue(secrecy=Secrecy.CONFIDENTIAL), True),
        (Clue(nature=Nature.COMPLIANCE), True),
        (Clue(nature=Nature.COMPLIANCE, secrecy=Secrecy.INTERNAL), False),
    ],
)
def test_anonymous_and_confidential_clues_guard_their_reporter(clue: Clue, *, guarded: bool) -> None:
    assert is_guarded(clue) is guarded


ALIKE = [
    ("客户服务部", "客户服務部"),
    ("客户服务部", "客 户 服 务 部"),
    ("财务部", "公司財務部门"),
    ("张伟", "采购部张 伟"),
    ("ABC公司", "ＡＢＣ公司"),
    ("ABC", "АВС"),  # Cyrillic letters
    ("Legal", "LEGAL and Compliance"),
    ("王五", "王\u200b五"),
]


@pytest.mark.parametrize(("name", "text"), ALIKE)
def test_a_subject_is_known_however_it_is_written(name: str, text: str) -> None:
    assert names_alike(name, text)


def test_a_part_of_a_name_is_not_the_name() -> None:
    assert not names_alike("张伟明", "张伟")
    assert not names_alike("部", "客户服务部")
    assert not names_alike("", "")


@given(st.text(), st.text(max_size=20), st.text(max_size=20))
def test_masking_never_fails_and_is_done_once_and_for_all(text: str, name: str, phone: str) -> None:
    mask = mask_for(Clue(), [Reporter(name=name, phone=phone)], "en", shows_subjects=False)
    assert mask.over(mask.over(text)) == mask.over(text) or "withheld" in name.casefold()
