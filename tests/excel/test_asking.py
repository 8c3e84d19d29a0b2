"""What a button asks follows from the action's declaration; what is answered is read as its kind says."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

import pytest

from cluebook import config
from cluebook.actions import ACTIONS
from cluebook.actions.registry import action
from cluebook.asking import answered, file_option, form_of, names_of, picked_on
from cluebook.books.form import FIRST, Filled
from cluebook.domain.clue import Clue, Stage, Urgency
from cluebook.domain.fields import Part, YesNo
from cluebook.domain.guards import GUARDS
from cluebook.domain.office import Department
from cluebook.domain.records import HandlingLine
from cluebook.errors import RefusedError, UsageError
from cluebook.ledger.ledger import ledger_of
from cluebook.ledger.plan import Plan
from cluebook.perform import Pick
from cluebook.text import Text

HANDLED = Clue(number="XS-1", entry_no="T-1", stage=Stage.IN_HANDLING)
ENTERED = Clue(entry_no="T-2", stage=Stage.REGISTERED)
DRAFT = Clue(matter="x")
LEDGER = ledger_of(
    {Clue: [HANDLED, ENTERED, DRAFT], Department: [Department(name="甲"), Department(name="乙")]}
)
FIRST_ROW, SECOND_ROW, THIRD_ROW = (row.number for row in LEDGER.rows(Clue))


@pytest.fixture
def probe():
    """An action that asks for something of every kind."""

    @action("probe", "试", "Probe", part=Part.TOOLS, icon="Help", help="试一试。")
    def run(
        ledger,
        rows,
        stamp,
        *,
        reason: Annotated[str, Text("原因", "Reason")],
        until: Annotated[date | None, Text("到期", "Until")] = None,
        days: Annotated[int | None, Text("天数", "Days")] = None,
        urgency: Annotated[Urgency | None, Text("程度", "Urgency")] = None,
        to: Annotated[str | None, Text("部门", "To"), "Departments.name"] = None,
        joint: Annotated[bool, Text("共同", "Joint")] = False,
        pairs: Annotated[Mapping[str, str] | None, Text("列=值", "Values")] = None,
        line: Annotated[HandlingLine | None, Text("记录", "Line")] = None,
    ) -> Plan:
        """Try."""
        return Plan()

    yield ACTIONS["probe"]
    del ACTIONS["probe"]


def filled_in(asked, **answers):
    names = [column.name for option in asked.asks for column in option.columns]
    options = tuple(option.name for option in asked.asks)
    return Filled("填写", asked.id, options, (), tuple(answers.get(name) for name in names), in_front=True)


def values(asked, tmp_path, **answers):
    return answered(filled_in(asked, **answers), config.read(tmp_path), "zh")


def test_records_have_sheets_of_their_own_and_are_not_asked_for_unless_the_action_says_so(probe):
    assert [option.name for option in probe.asks] == [
        "reason", "until", "days", "urgency", "to", "joint", "pairs",
    ]  # fmt: skip
    assert [option.name for option in ACTIONS["log"].asks] == ["line", "milestone", "completed"]
    assert ACTIONS["approve"].asks == ACTIONS["feedback"].asks == ACTIONS["add"].asks == ()


def test_what_lets_a_refusal_pass_is_something_an_action_takes():
    taken = {option.name for each in ACTIONS.values() for option in each.options}
    assert {guard.lifted_by for guard in GUARDS} - {None} <= taken


def test_what_is_chosen_from_has_its_words(probe):
    questions = form_of(probe, probe.asks, (), LEDGER, {}).questions
    choices = {question.column.name: question.choices for question in questions}
    assert choices["urgency"] == tuple(each.text.zh for each in Urgency)
    assert choices["joint"] == tuple(each.text.zh for each in YesNo)
    assert choices["to"] == ("甲", "乙")
    assert choices["reason"] == choices["until"] == ()
    assert [question.column.name for question in questions if question.column.required] == ["reason"]


def test_a_form_names_its_clues_by_number_and_finds_them_again_by_it():
    pick = Pick(rows=(FIRST_ROW, SECOND_ROW, THIRD_ROW))
    names = names_of(ACTIONS["log"], pick, LEDGER)
    assert names == ("XS-1", "T-2", f"#{THIRD_ROW}")
    lines = form_of(ACTIONS["log"], (), names, LEDGER, {}).lines
    assert "XS-1" in lines[2].zh
    assert "处理记录" in lines[3].zh
    assert picked_on(Filled("填写", "log", (), names, (), in_front=True)) == Pick(
        ("XS-1", "T-2"), (THIRD_ROW,)
    )


def test_of_many_clues_the_first_are_named_and_all_are_counted():
    names = tuple(f"XS-{n}" for n in range(1, 41))
    told = form_of(ACTIONS["log"], (), names, LEDGER, {}).lines[2]
    assert "XS-8" in told.zh
    assert "XS-9" not in told.zh
    assert "40" in told.zh
    assert "40" in told.en


def test_nothing_is_asked_about_clues_of_which_none_can_take_the_step():
    with pytest.raises(UsageError) as refused:
        names_of(ACTIONS["log"], Pick(rows=(SECOND_ROW, THIRD_ROW)), LEDGER)
    (problem,) = refused.value.problems
    assert (problem.code, problem.place.row) == ("wrong_stage", SECOND_ROW)
    assert Stage.IN_HANDLING.text.zh in problem.fix.zh


def test_answers_are_read_as_their_kinds(probe, tmp_path):
    told = values(
        probe, tmp_path, reason="因为", until="2026-03-01", days=3, urgency="紧急", to="甲", joint="是",
        pairs="描述=内容；发现时间＝日期\n备注=x",
    )  # fmt: skip
    assert told == {
        "reason": "因为",
        "until": date(2026, 3, 1),
        "days": 3,
        "urgency": Urgency.URGENT,
        "to": "甲",
        "joint": True,
        "pairs": {"描述": "内容", "发现时间": "日期", "备注": "x"},
    }


def test_what_is_left_blank_is_not_given(probe, tmp_path):
    told = values(probe, tmp_path, reason="x")
    assert told == {
        "reason": "x", "until": None, "days": None, "urgency": None, "to": None, "joint": False, "pairs": {},
    }  # fmt: skip


def test_a_record_that_is_asked_for_is_made_of_its_columns(tmp_path):
    told = values(ACTIONS["log"], tmp_path, measures="修了", completed="是")
    assert told == {"line": HandlingLine(measures="修了"), "milestone": False, "completed": True}
    assert values(ACTIONS["log"], tmp_path)["line"] is None


def test_every_answer_that_does_not_fit_is_named_at_its_cell(probe, tmp_path):
    with pytest.raises(UsageError) as refused:
        values(probe, tmp_path, reason="x", until="soon", urgency="很急")
    places = [(p.place.sheet, p.place.row, p.place.column) for p in refused.value.problems]
    assert places == [("填写", FIRST + 1, "到期"), ("填写", FIRST + 3, "程度")]


def test_what_is_needed_is_asked_for_again(probe, tmp_path):
    with pytest.raises(UsageError) as refused:
        values(probe, tmp_path)
    (problem,) = refused.value.problems
    assert (problem.code, problem.place.row) == ("answer_missing", FIRST)


def test_a_pair_without_its_mark_is_named(probe, tmp_path):
    with pytest.raises(UsageError) as refused:
        values(probe, tmp_path, reason="x", pairs="描述")
    assert refused.value.problems[0].place.column == "列=值"


@pytest.mark.parametrize("path", ["in.csv", '"in.csv"', " “in.csv” "])
def test_a_file_is_found_beside_the_ledger_and_between_quotation_marks(tmp_path, path):
    (tmp_path / "in.csv").write_text("描述\nx\n", "utf-8")
    assert file_option(ACTIONS["import"]).name == "source"
    told = values(ACTIONS["import"], tmp_path, source=path)
    assert told["source"].rows == (("x",),)


def test_a_file_that_is_not_there_or_no_table_is_refused(tmp_path):
    with pytest.raises(UsageError):
        values(ACTIONS["import"], tmp_path, source="none.csv")
    (tmp_path / "in.txt").write_text("x")
    with pytest.raises(RefusedError):
        values(ACTIONS["import"], tmp_path, source="in.txt")
