from __future__ import annotations

from dataclasses import replace

import pytest
from stages import clue_at

from cluebook.domain.clue import Stage
from cluebook.domain.fields import YesNo
from cluebook.domain.lifecycle import STEPS
from cluebook.domain.office import Person
from cluebook.domain.roles import PROGRAM, staff_of

CLERK = Person(name="王芳", login="wangf", department="线索管理部门", roles=("线索管理员",))
HANDLER = Person(name="赵敏", department="客户服务部", roles=("Handler",))
SUPERVISOR = Person(name="孙监", department="监督部门", roles=("监督人员", "巡视"))
GONE = replace(CLERK, name="李离", login=None, active=YesNo.NO)
STAFF = staff_of((CLERK, HANDLER, SUPERVISOR, GONE), enforced=True)
CLUE = clue_at(Stage.ROUTED)


@pytest.mark.parametrize(
    ("user", "step", "may"),
    [
        ("王芳", "accept", True),
        ("wangf", "accept", True),
        ("王芳", "approve", False),
        ("赵敏", "receive", True),
        ("赵敏", "accept", False),
        ("孙监", "urge", True),
        ("孙监", "log", False),
        ("李离", "accept", False),
        ("某人", "accept", False),
        (PROGRAM, "resume", True),
    ],
)
def test_a_step_is_for_those_whose_role_it_names(user, step, may):
    assert STAFF.may(user, STEPS[step], CLUE) is may


def test_a_department_acts_in_its_own_clues_alone():
    others = replace(CLUE, department="财务部")
    assert not STAFF.may("赵敏", STEPS["receive"], others)
    assert STAFF.may("赵敏", STEPS["receive"], replace(others, joint_departments=("客户服务部",)))


def test_an_office_that_does_not_enforce_roles_lets_anybody_act():
    assert staff_of((), enforced=False).may("某人", STEPS["approve"], CLUE)
