"""The ribbon follows from the actions."""

import pytest
from lxml import etree
from ribbons import ribbon_faults

from cluebook.actions import ACTIONS
from cluebook.actions.registry import Picks
from cluebook.books.macros import sources
from cluebook.ribbon import DAILY, GROUPS, NAMESPACE, key_tips, pressable, ribbon_xml
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


def test_every_action_that_a_row_can_carry_has_its_button_and_nothing_else_has_one(root):
    pressed = {action.id for action in ACTIONS.values() if pressable(action)}
    assert {button.get("id") for button in found(root, "button")} == pressed
    assert pressed >= {"add", "accept", "route", "close"}


def test_what_needs_a_file_or_a_written_account_has_no_button():
    assert not pressable(ACTIONS["import"])
    assert not pressable(ACTIONS["log"])


def test_words_are_those_of_the_action_in_the_language_of_the_office(root, lang):
    for button in found(root, "button"):
        action = ACTIONS[button.get("id")]
        assert button.get("label") == action.text.in_(lang)
        assert button.get("imageMso") == action.icon
        assert button.get("supertip").startswith(action.help.in_(lang))


def test_a_supertip_says_which_stages_and_which_columns_it_is_about():
    button = next(b for b in found(etree.fromstring(ribbon_xml("zh")), "button") if b.get("id") == "route")
    assert "待流转" in button.get("supertip")
    assert "责任部门" in button.get("supertip")


def test_groups_stand_in_the_order_of_the_procedure(root, lang):
    labels = [group.get("label") for group in found(root, "group")]
    assert labels == [g.text.in_(lang) for g in GROUPS if g.text.in_(lang) in labels]
    assert {action.part for action in ACTIONS.values()} <= {group.part for group in GROUPS}


def test_what_is_pressed_daily_is_large_and_stands_before_the_rest(root):
    assert set(DAILY) <= set(ACTIONS)
    for group in found(root, "group"):
        daily = [child.get("id") in DAILY for child in group]
        assert daily == sorted(daily, reverse=True)
        assert all(child.get("size") == "large" for child in group if child.get("id") in DAILY)


def test_only_buttons_that_work_on_clues_at_certain_stages_are_ever_grey(root):
    grey = {b.get("id") for b in found(root, "button") if b.get("getEnabled")}
    assert grey == {a.id for a in ACTIONS.values() if a.picks is Picks.NAMED and a.starts and pressable(a)}


def test_key_tips_are_of_one_length_so_that_none_hides_another():
    keys = key_tips(ACTIONS)
    assert len(set(keys.values())) == len(ACTIONS)
    assert {len(key) for key in keys.values()} == {2}


def test_key_tips_do_not_run_out_of_letters():
    assert key_tips(["aa", "a-a", "aaa"]) == {"aa": "AA", "a-a": "A1", "aaa": "A2"}
