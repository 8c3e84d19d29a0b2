from __future__ import annotations

from dataclasses import replace

from stages import NEW

from cluebook.domain.case import case_of
from cluebook.domain.clue import Named
from cluebook.domain.completeness import CONTACT, LINK, essentials_lacking, gaps, has_note, still_missing
from cluebook.domain.records import Material, Reporter

PRESS = replace(NEW, channel="媒体报道")
ONLINE = {"媒体报道"}


def test_an_online_source_needs_its_link_and_a_named_reporter_a_way_to_be_reached() -> None:
    assert essentials_lacking(case_of(NEW), ONLINE) == frozenset()
    assert essentials_lacking(case_of(PRESS), ONLINE) == {LINK}
    assert essentials_lacking(case_of(replace(PRESS, link="2026-03-01 截取")), ONLINE) == frozenset()
    named = replace(NEW, named=Named.NAMED)
    assert essentials_lacking(case_of(named), ONLINE) == {CONTACT}
    assert essentials_lacking(case_of(named, Reporter(name="李梅")), ONLINE) == {CONTACT}
    assert essentials_lacking(case_of(named, Reporter(email="a@b.cn")), ONLINE) == frozenset()
    assert essentials_lacking(case_of(replace(NEW, named=Named.ANONYMOUS)), ONLINE) == frozenset()


def test_what_is_missing_is_told_in_the_words_of_the_headers() -> None:
    assert gaps(case_of(replace(PRESS, named=Named.NAMED)), ONLINE, "zh") == (
        "收集人", "收集部门", "涉及对象", "诉求", "来源链接", "反映人联系方式",
    )  # fmt: skip
    assert gaps(case_of(NEW), ONLINE, "en")[0] == "Collector"


def test_what_is_filled_in_by_now_is_struck_off_the_list_and_the_rest_stays() -> None:
    listed = replace(NEW, missing="收集人、诉求、现场照片", collector="陈明")
    assert still_missing(case_of(listed), ONLINE, "zh") == ("诉求", "现场照片")
    assert still_missing(case_of(replace(listed, missing=None)), ONLINE, "zh") == ()


def test_a_note_an_attachment_or_a_paper_comes_with_a_clue() -> None:
    assert not has_note(case_of(NEW))
    assert has_note(case_of(replace(NEW, background="客户来函")))
    assert has_note(case_of(replace(NEW, attachments=1)))
    assert has_note(case_of(NEW, Material(name="照片")))
