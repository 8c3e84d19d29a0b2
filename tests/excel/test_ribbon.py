"""The ribbon follows from the actions."""

import pytest
from lxml import etree
from ribbons import ribbon_faults

from cluebook.actions import ACTIONS
from cluebook.actions.registry import Picks
from cluebook.books.macros import sources
from cluebook.domain.fields import Part
from cluebook.ribbon import BUTTONS, CANCEL, CONFIRM, NAMESPACE, key_tips, ribbon_xml
from cluebook.text import LANGS

CODE = sources()["Cluebook"]


@pytest.fixture(params=LANGS)
def lang(request):
    return request.param


@pytest.fixture
def root(lang):
    return etree.fromstring(ribbon_xml(lang))


def found(root, kind):
    return list(root.iter(f"{{{NAMESPACE}}}{kind}"))


def test_office_would_find_no_fault_in_it(lang):
    assert ribbon_faults(ribbon_xml(lang), CODE.replace("\r\n", "\n")) == []


def test_every_action_has_its_button_the_form_has_two_and_templates_have_one(root):
    others = {button.id for button in BUTTONS}
    assert {button.get("id") for button in found(root, "button")} == {*ACTIONS, *others}
    assert not others & set(ACTIONS)


def test_words_are_those_of_the_action_in_the_language_of_the_office(root, lang):
    for button in (b for b in found(root, "button") if b.get("id") in ACTIONS):
        action = ACTIONS[button.get("id")]
        assert button.get("label") == action.text.in_(lang)
        assert button.get("imageMso") == action.icon
        assert button.get("supertip").startswith(action.help.in_(lang))


def supertip(name):
    (button,) = (b for b in found(etree.fromstring(ribbon_xml("zh")), "button") if b.get("id") == name)
    return button.get("supertip")


def test_a_supertip_says_which_stages_and_which_columns_it_is_about():
    assert "待流转" in supertip("route")
    assert "责任部门" in supertip("route")


def test_a_supertip_says_what_will_be_asked_and_what_is_done_unasked():
    assert "按下后填写：" in supertip("log")
    assert "采取的措施" in supertip("log")
    assert "按下后填写：" not in supertip("approve")
    assert "同时把预警写入台账" in supertip("overdue")
    assert "选中的新行" not in supertip("import")


def test_groups_stand_in_the_order_of_the_procedure_and_the_form_last(root, lang):
    labels = [group.get("label") for group in found(root, "group")]
    used = {action.part for action in ACTIONS.values()}
    assert labels[:-1] == [part.text.in_(lang) for part in Part if part in used]
    assert [button.get("id") for button in found(root, "group")[-1]] == [CONFIRM.id, CANCEL.id]


def test_what_is_done_daily_is_large_and_stands_before_the_rest(root):
    for group in found(root, "group")[:-1]:
        daily = [child.get("id") in ACTIONS and ACTIONS[child.get("id")].daily for child in group]
        assert daily == sorted(daily, reverse=True)
        large = [child.get("size") == "large" for child in group if child.get("id") in ACTIONS]
        assert large == [each for each, child in zip(daily, group, strict=True) if child.get("id") in ACTIONS]


def test_only_buttons_that_work_on_clues_at_certain_stages_are_ever_grey(root):
    grey = {b.get("id") for b in found(root, "button") if b.get("getEnabled")}
    assert grey == {a.id for a in ACTIONS.values() if a.picks is Picks.NAMED and a.starts}


def test_key_tips_are_of_one_length_so_that_none_hides_another():
    keys = key_tips(ACTIONS)
    assert len(set(keys.values())) == len(ACTIONS)
    assert {len(key) for key in keys.values()} == {2}


def test_key_tips_do_not_run_out_of_letters():
    assert key_tips(["aa", "a-a", "aaa"]) == {"aa": "AA", "a-a": "A1", "aaa": "A2"}
