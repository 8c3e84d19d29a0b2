from __future__ import annotations

from stages import clue_at

from cluebook.domain.clue import Nature, Stage
from cluebook.domain.destinations import proposed
from cluebook.domain.fields import YesNo
from cluebook.domain.office import RoutingRule

CLUE = clue_at(Stage.APPROVED)  # a leaking roof; service complaint
BUSINESS = RoutingRule(nature=Nature.BUSINESS, department="市场部")
SERVICE = RoutingRule(subtype="服务投诉", department="客户服务部")
ROOF = RoutingRule(keyword="漏水", department="工程部")


def test_the_more_precise_rule_holds_whatever_its_place():
    assert proposed(CLUE, (BUSINESS, SERVICE)) is SERVICE
    assert proposed(CLUE, (ROOF, SERVICE, BUSINESS)) is ROOF


def test_the_upper_of_two_equal_rules_holds():
    other = RoutingRule(subtype="服务投诉", department="财务部")
    assert proposed(CLUE, (SERVICE, other)) is SERVICE


def test_a_rule_that_does_not_fit_or_is_switched_off_or_names_no_department_proposes_nothing():
    taxes = RoutingRule(nature=Nature.COMPLIANCE, department="财务部")
    off = RoutingRule(subtype="服务投诉", department="客户服务部", active=YesNo.NO)
    assert proposed(CLUE, (taxes, off, RoutingRule(subtype="服务投诉"))) is None
