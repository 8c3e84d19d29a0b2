from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluebook.domain.addresses import address_in, shown_name
from cluebook.domain.case import case_of
from cluebook.domain.clue import Clue
from cluebook.domain.deadlines import DEADLINES
from cluebook.domain.fields import YesNo
from cluebook.domain.ladder import LADDER, Reminder
from cluebook.domain.office import Department, Person
from cluebook.domain.recipients import directory_of, recipients

PEOPLE = (
    Person(name="赵敏", department="客户服务部", roles=("承办人",)),
    Person(name="钱进", department="客户服务部", roles=("责任部门负责人",)),
    Person(name="孙立", department="质量管理部", roles=("责任部门负责人", "承办人")),
    Person(name="王芳", department="线索管理部门", roles=("线索管理员", "档案员")),
    Person(name="李强", department="线索管理部门", roles=("Clue clerk", "分析人员")),
    Person(name="林主任", department="线索管理部门", roles=("线索管理部门负责人",)),
    Person(name="周督", department="监督部", roles=("监督人员",)),
    Person(name="吴总", department="公司", roles=("高层领导",)),
)
DEPARTMENTS = (Department(name="客户服务部", head="钱进"), Department(name="财务部", head="王芳"))
CLUE = Clue(number="XS-1", department="客户服务部", handler="赵敏", clerk="王芳")
STEPS = {rung.id: rung for rung in LADDER}


def told(deadline, step, clue=CLUE, people=PEOPLE):
    reminder = Reminder(DEADLINES[deadline], date(2026, 3, 24), 0, STEPS[step])
    return recipients(reminder, case_of(clue), directory_of(people, DEPARTMENTS))


def test_ahead_and_on_the_day_only_who_is_bound_hears_of_it():
    assert told("completion", "soon") == told("completion", "due") == ["赵敏"]
    assert told("receipt", "due") == ["钱进"]
    assert told("analysis", "due") == ["李强"]
    assert told("archive", "due") == ["王芳"]


def test_higher_on_the_ladder_those_above_hear_of_it_too():
    assert told("completion", "late") == ["赵敏", "钱进", "王芳"]
    assert told("completion", "reported") == ["赵敏", "钱进", "王芳", "林主任", "周督", "吴总"]
    assert told("analysis", "reported") == ["李强"]


def test_where_nobody_is_named_those_hear_of_it_who_hold_the_role():
    assert told("review", "due", replace(CLUE, clerk=None)) == ["王芳", "李强"]
    assert told("completion", "due", replace(CLUE, handler="无此人")) == ["赵敏"]
    nobody = replace(CLUE, department="财务部", handler=None)
    assert told("completion", "due", nobody) == ["王芳"]  # the head whom the departments sheet names
    assert told("completion", "due", replace(nobody, department="仓库")) == ["王芳"]  # the clerk of the clue
    assert told("intake", "due", CLUE) == ["王芳"]


def test_who_has_left_is_not_reminded():
    left = [replace(p, active=YesNo.NO) if p.name == "赵敏" else p for p in PEOPLE]
    assert told("completion", "due", people=left) == ["钱进"]


def test_nobody_is_told_of_a_clue_about_themselves():
    about = replace(CLUE, subjects="客户服务部钱 进")
    assert told("completion", "late", about) == ["赵敏", "王芳"]
    assert told("receipt", "due", about) == ["王芳"]


@pytest.mark.parametrize(
    "cell",
    [
        "a@example.com\r\nBcc: b@example.com",
        "a@example.com\nSubject: x",
        "a@example.com, b@example.com",
        "a@example.com;b@example.com",
        "a@example.com、b@example.com",
        "a＠example.com",
        "ａ@example.com",
        "a@example.com\u202e",
        "a\x00@example.com",
        "a@exam\u200bple.com",
        "张@example.com",
        '"a b"@example.com',
        "王芳 <a@example.com>",
        "a@example",
        "a@ß.de",
        "a@x。cn",
        "a.@example.com",
        "@example.com",
        "x" * 65 + "@example.com",
        "example.com",
    ],
)
def test_a_cell_that_is_not_one_plain_address_is_refused_with_a_reason(cell):
    assert not isinstance(address_in(cell), str)


def test_a_domain_in_chinese_is_written_as_servers_read_it():
    assert address_in("wang@例子.中国") == "wang@xn--fsqu00a.xn--fiqs8s"
    assert address_in(" O'Neil+x@Mail.Example.COM ") == "O'Neil+x@mail.example.com"


def test_a_name_is_shown_in_one_line_with_nothing_hidden_in_it():
    assert shown_name("王\u200b芳\r\nBcc: all@example.com\u202e\x00") == "王 芳 Bcc: all@example.com"


@given(st.text(max_size=40) | st.emails())
def test_whatever_a_cell_holds_it_is_one_address_in_plain_letters_or_told_to_be_none(cell):
    address = address_in(cell)
    if isinstance(address, str):
        assert address.isascii()
        assert address.isprintable()
        assert address.count("@") == 1
        assert not set(address) & set(" ,;<>\"'()[]\\:") - {"'"}
