"""The lists a new office starts with."""

from __future__ import annotations

import itertools

import pytest

from cluebook.domain.clue import ChannelGroup
from cluebook.seeds import office
from cluebook.text import LANGS


@pytest.mark.parametrize("lang", LANGS)
def test_names_on_a_list_are_unique(lang):
    for names in (
        [d.name for d in office.departments(lang)],
        [c.name for c in office.channels(lang)],
        [c.subtype for c in office.categories(lang)],
    ):
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("lang", LANGS)
def test_entries_of_one_group_stand_together_so_that_drop_downs_find_them(lang):
    for groups in ([c.group for c in office.channels(lang)], [c.nature for c in office.categories(lang)]):
        runs = [group for group, _ in itertools.groupby(groups)]
        assert len(runs) == len(set(runs))


def test_the_default_channels_are_those_of_the_contract():
    listed = [(c.group, c.name) for c in office.channels("zh")]
    assert listed[:2] == [(ChannelGroup.INTERNAL, "员工上报"), (ChannelGroup.INTERNAL, "部门总结")]
    assert [name for group, name in listed if group is ChannelGroup.EXTERNAL] == [
        "客户投诉",
        "举报电话",
        "举报邮件",
        "市场调研",
        "行业监测",
        "合作伙伴",
        "供应商",
        "媒体报道",
        "网络舆情",
        "其他",
    ]
