from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from stages import NEW, NOW, clue_at

from cluebook.domain.checks import CHECKS, Facts, facts_of, faults
from cluebook.domain.clue import ChannelGroup, Clue, Named, Nature, Stage
from cluebook.domain.completeness import completeness
from cluebook.domain.fields import YesNo, columns
from cluebook.domain.office import Category, Channel, Department, Person
from cluebook.seeds.office import categories, channels, departments

STAFF = (
    Person(name="王芳", department="线索管理部门"),
    Person(name="李强", department="线索管理部门", active=YesNo.YES),
    Person(name="赵敏", department="客户服务部"),
    Person(name="孙离", department="客户服务部", active=YesNo.NO),
)
FACTS = facts_of(NOW, 15, departments("zh"), STAFF, channels("zh"), categories("zh"))

WRONG = [
    ("required_missing", "channel_group", {"channel_group": None}),
    ("required_missing", "channel", {"channel": None}),
    ("required_missing", "found_at", {"found_at": None}),
    ("required_missing", "matter", {"matter": None}),
    ("required_missing", "description", {"description": None}),
    ("description_short", "description", {"description": "屋顶漏水，请处理"}),
    ("description_repeats", "description", {"description": "门店屋顶漏水已经三天多次报修无人处理", "matter": "门店屋顶漏水已经三天多次报修无人处理"}),
    ("text_too_long", "remarks", {"remarks": "长" * 32_768}),
    ("text_too_long", "remarks", {"remarks": "\U0001f600" * 16_384}),
    ("text_unholdable", "matter", {"matter": "门店\x07漏水"}),
    ("text_unholdable", "demand", {"demand": "\ud800"}),
    ("not_listed", "channel", {"channel": "员工上报"}),
    ("not_listed", "channel", {"channel": "传真"}),
    ("subtype_of_other_nature", "subtype", {"nature": Nature.OTHER}),
    ("subtype_of_other_nature", "subtype", {"subtype": "没有的子类"}),
    ("not_listed", "department", {"department": "没有的部门", "handler": None}),
    ("not_listed", "joint_departments", {"joint_departments": ("财务部", "没有的部门")}),
    ("not_listed", "involved_departments", {"involved_departments": ("没有的部门",)}),
    ("not_listed", "collecting_department", {"collecting_department": "没有的部门"}),
    ("not_listed", "reviewer", {"reviewer": "无此人"}),
    ("not_listed", "analyst", {"analyst": "无此人"}),
    ("not_listed", "handler", {"handler": "无此人"}),
    ("not_listed", "handler", {"handler": "孙离"}),
    ("handler_elsewhere", "handler", {"handler": "王芳"}),
    ("number_too_early", "number", {"stage": Stage.REGISTERED}),
    ("number_missing", "number", {"number": None}),
]  # fmt: skip


@pytest.mark.parametrize(
    "stage", [Stage.DRAFT, Stage.REGISTERED, Stage.ACCEPTED, Stage.IN_HANDLING, Stage.CLOSED]
)
def test_a_clue_in_order_has_no_fault(stage):
    assert faults(clue_at(stage), FACTS) == []


@pytest.mark.parametrize(("code", "field", "changes"), WRONG)
def test_a_rule_finds_its_fault_and_names_the_column_and_the_remedy(code, field, changes):
    (fault,) = faults(clue_at(Stage.IN_HANDLING, **changes), FACTS)
    assert (fault.code, fault.field) == (code, field)
    assert all((*fault.wrong, *fault.fix))


def test_a_discovery_in_the_future_is_found():
    (fault,) = faults(clue_at(Stage.DRAFT, found_at=datetime(2026, 3, 4, 10, 1)), FACTS)
    assert (fault.code, fault.field) == ("found_in_future", "found_at")


@pytest.mark.parametrize(
    "later", ["delivered_at", "reviewed_at", "approved_at", "routed_at", "received_at", "fed_back_at"]
)
def test_a_date_before_the_one_before_it_is_found(later):
    clue = replace(clue_at(Stage.FED_BACK), **{later: datetime(2026, 3, 1)})
    assert [(f.code, f.field) for f in faults(clue, FACTS)] == [("dates_out_of_order", later)]


def test_a_subtype_that_belongs_nowhere_is_found_before_the_nature_is_chosen():
    found = [(f.code, f.field) for f in faults(clue_at(Stage.REGISTERED, subtype="没有的子类"), FACTS)]
    assert found == [("subtype_of_other_nature", "subtype")]
    assert faults(clue_at(Stage.REGISTERED, subtype="税务"), FACTS) == []


def test_every_rule_is_shown_to_find_something():
    shown = [clue_at(Stage.IN_HANDLING, **changes) for _, _, changes in WRONG]
    shown.append(clue_at(Stage.CLOSED, found_at=datetime(2026, 3, 9)))
    assert [c.__name__ for c in CHECKS if not any(list(c(clue, FACTS)) for clue in shown)] == []


def test_a_list_the_office_does_not_keep_is_not_checked_against():
    odd = clue_at(Stage.IN_HANDLING, channel="传真", department="某部", handler="某人", subtype="某类")
    assert faults(odd, Facts(now=NOW)) == []


def test_what_is_switched_off_is_on_no_list():
    off = facts_of(
        NOW,
        15,
        [Department(name="客户服务部", active=YesNo.NO), Department(name="财务部")],
        [],
        [
            Channel(group=ChannelGroup.EXTERNAL, name="客户投诉", active=YesNo.NO),
            Channel(group=ChannelGroup.EXTERNAL, name="其他"),
        ],
        [
            Category(nature=Nature.BUSINESS, subtype="服务投诉", active=YesNo.NO),
            Category(nature=Nature.OTHER, subtype="其他"),
        ],
    )
    assert [(f.code, f.field) for f in faults(clue_at(Stage.IN_HANDLING), off)] == [
        ("not_listed", "channel"),
        ("subtype_of_other_nature", "subtype"),
        ("not_listed", "department"),
    ]


@pytest.mark.parametrize("stage", [Stage.MERGED, Stage.WITHDRAWN, Stage.TRANSFERRED, Stage.REJECTED])
def test_a_clue_that_ended_before_it_was_accepted_needs_no_number(stage):
    assert faults(clue_at(Stage.REGISTERED, stage=stage), FACTS) == []


def test_completeness_is_the_share_of_basic_facts_that_are_filled_in():
    assert completeness(Clue()) == 0
    assert completeness(NEW) == 0.5
    full = replace(
        NEW,
        collector="李强",
        collecting_department="市场部",
        subjects="门店",
        demand="修补",
        named=Named.NAMED,
    )
    assert completeness(full) == 1


def test_no_fault_quotes_what_a_cell_holds():
    canary = "CANARY"
    texts = {c.name: canary for c in columns(Clue) if c.type is str}
    lists = {c.name: (canary,) for c in columns(Clue) if c.type is tuple}
    for extra in ({}, {"description": canary + "\x01" * 40_000}, {"nature": Nature.OTHER}):
        found = faults(Clue(**(texts | lists | extra)), FACTS)
        assert found
        assert not [f for f in found if canary in "".join((*f.wrong, *f.fix))]
