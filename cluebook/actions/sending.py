"""The blank forms that a department fills in and sends back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from cluebook.actions.registry import ACTIONS, action
from cluebook.actions.steps import cases_of
from cluebook.documents import ONE, clue_paper
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Stage
from cluebook.domain.fields import Part
from cluebook.domain.lifecycle import stage_of
from cluebook.errors import Place, Problem, UsageError
from cluebook.forms import FORMS, Form
from cluebook.ledger.ledger import Ledger, Row
from cluebook.ledger.plan import Paper, Plan, Stamp, name_of
from cluebook.text import Text, join, same

_UNKNOWN = Text("没有这种表单。", "There is no such form.")
_UNKNOWN_FIX = Text("可用：{kinds}。", "Choose one of: {kinds}.")
_NONE = Text(
    "{clue} 处于“{stage}”，没有要部门填写的表单。", "{clue} is at “{stage}”; there is no form to fill in."
)
_NONE_FIX = Text("请在流转之后、反馈之前制发。", "Make them after the routing and before the feedback.")


@action(
    "forms", "制发表单", "Forms", part=Part.ROUTING, icon="CheckOutFile", starts=(Stage.ROUTED, Stage.IN_HANDLING, Stage.FED_BACK),
    asks=(), help="为所选线索生成责任部门要填写退回的空白表单：处理记录表、反馈报告等，退回后由“登记回件”读入。",
)  # fmt: skip
def forms(
    ledger: Ledger,
    rows: Sequence[Row[Clue]],
    stamp: Stamp,
    *,
    kind: Annotated[str | None, Text("只生成这一种", "make only this one")] = None,
) -> Plan:
    """Make the blank forms that departments fill in and send back; “Read back” takes what they say."""
    if kind is not None and kind not in FORMS:
        fix = _UNKNOWN_FIX.fill(kinds=join([same(each) for each in FORMS]))
        raise UsageError(Problem("form_unknown", Place(column="--kind"), _UNKNOWN, fix))
    papers: list[Paper] = []
    done, problems = [], []
    for row in rows:
        clue = row.record
        wanted = [form for form in _due(clue) if kind in {None, form.kind}]
        name = name_of(clue, row.number)
        if not wanted:
            wrong = _NONE.fill(clue=name, stage=stage_of(clue).text)
            problems.append(Problem("wrong_stage", ledger.place(Clue, row.number, "stage"), wrong, _NONE_FIX))
            continue
        case = cases_of(ledger).of(clue)
        papers += [clue_paper(form.kind, _blank(case, form), ledger, stamp) for form in wanted]
        done.append(name)
    return Plan(papers=tuple(papers), done=tuple(done), problems=tuple(problems))


def _due(clue: Clue) -> Iterator[Form]:
    """Return the forms whose answers could be taken at the stage of a clue."""
    for form in FORMS.values():
        takers = [ACTIONS[answer.action] for answer in form.answers]
        if not form.issued and any(stage_of(clue) in taker.starts for taker in takers):
            yield form


def _blank(case: Case, form: Form) -> Case:
    """Return the case with nothing in the records that the form asks for."""
    for kind in {answer.record for answer in form.answers if not answer.rows}:
        case = case.with_new(kind()) if kind in ONE.values() else case
    return case
