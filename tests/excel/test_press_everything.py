"""Every button on a macro ledger that really is open: in LibreOffice, each press a process of its own, the first a new Python.

One clue goes from its typed row to its end; between the presses a clerk fills in what the next one reads.
A test walks as far as its button, so that each can be run alone.
"""

import ast
import os
import re
import runpy
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import xlwings
from offices import FEEDBACK, LINE, REPORT, documents, new_clue, review_of, routing_of
from pressing import Pythons, run_anew

from cluebook import libreoffice
from cluebook.actions import ACTIONS
from cluebook.books.file import FileBook
from cluebook.books.form import ANSWER, FIRST
from cluebook.books.live import LiveBook
from cluebook.books.macros import sources
from cluebook.domain.checklists import CHECKLISTS
from cluebook.domain.clue import Clue, Ground, Rejection, Retention, Risk, Satisfaction, Stage, Urgency
from cluebook.domain.fields import YesNo, column_of
from cluebook.domain.records import (
    Decision,
    Disposal,
    Event,
    HandlingPlan,
    Meeting,
    MeetingKind,
    Pause,
    PauseReason,
    Reopening,
    ReopeningReason,
    Reporter,
    Transfer,
)
from cluebook.domain.workdays import add_workdays, calendar_of
from cluebook.founding import found
from cluebook.ledger import sheets
from cluebook.ledger.cells import to_cell
from cluebook.ledger.tables import table_of
from cluebook.seeds.calendar import starting_calendar
from cluebook.seeds.office import departments

# In one worker: another would walk the whole way again.
pytestmark = [pytest.mark.office, pytest.mark.xdist_group("pressed")]

LANG = "zh"
FILL = runpy.run_path(str(Path(__file__).parents[1] / "returned" / "filling.py"))["fill"]
PROCESS = """
import sys
from cluebook import libreoffice
app = libreoffice.join(sys.argv[1])
{kept}
{asked}
print(ascii([alert.prompt for alert in libreoffice.shown(app)]))
"""
"""What VBA asks Python to do, once it has what Excel needs no word for: where the running program is."""
NOT_KEPT = "import xlwings; xlwings.Book.save = lambda book: None"
"""LibreOffice 7.4 takes as long to save a ledger as for all else of a press: 40 ms for each sheet, whatever stands on it."""


@dataclass(frozen=True)
class Step:
    """One press on a clue: what stands in its row, on a line of other sheets, on the form and in the inbox; what comes of it."""

    action: str
    stage: Stage
    row: dict = field(default_factory=dict)
    beside: tuple = ()
    line: int = 1
    clue: int = 1
    answers: dict = field(default_factory=dict)
    sent: tuple = ()
    by: str = "Wang"
    done: int = 1
    papers: int = 0
    says: str = "{action}：完成 {done} 条，文书 {papers} 份。"


def told(record):
    """What a record says, by field."""
    said = {f.name: getattr(record, f.name) for f in fields(record)}
    return {name: value for name, value in said.items() if value is not None and value != ()}


NOW = datetime.now().replace(microsecond=0)
ENTRY = told(new_clue(LANG, matter="007", found_at=NOW - timedelta(hours=1)))
REVIEW = review_of(LANG) | {"urgency": Urgency.URGENT, "ground": Ground.ACT_NOW}
CHECKED = "\n".join(f"{item.text.zh}=已办" for item in CHECKLISTS["quality"])
JOINT = departments(LANG)[1].name
BROUGHT = "brought.csv"
NOTICE = "2027年部分节假日安排\n一、元旦：1月1日（周五）放假1天，不调休。"
"""Made up; nobody knows yet what the notice for 2027 says."""
CHINA = calendar_of(starting_calendar(LANG, [NOW.year, NOW.year + 1]), [])
LATER = add_workdays(NOW.date(), 19, CHINA)
PLANNED = HandlingPlan(goal="不漏", measures="换瓦", division="工程队", schedule="三天")
WAIT = Pause(reason=PauseReason.TEST, until=NOW.date() + timedelta(days=1), approved_by="Zhou")
AGAIN = Reopening(reason=ReopeningReason.NEW_FACTS, approved_by="Zhou")
MET = Meeting(kind=MeetingKind.COORDINATION, issues="分工", decisions="客服主办")
SENT = Transfer(receiver="街道办", reason="属地管理", basis="职责规定")
FIRST_ENTRY = f"T-{NOW.year}-00001"
RUN_OUT = {"stage": Stage.ARCHIVED, "retention": Retention.TEN_YEARS, "retain_until": date(2020, 12, 31)}
WITNESSED = Disposal(approved_by="Zhou", first_witness="Wang", second_witness="Zhao")
STEPS = (
    Step("add", Stage.REGISTERED, ENTRY),
    Step("import", Stage.REGISTERED, answers={"source": BROUGHT, "set": "来源渠道=其他"}, done=2),
    Step("check", Stage.REGISTERED, done=3),
    Step("duplicates", Stage.REGISTERED, done=3),
    Step("suggest", Stage.REGISTERED, done=3),
    Step("supplement", Stage.INCOMPLETE, {"missing": "诉求"}, papers=1),
    Step("complete", Stage.REGISTERED, {"demand": "尽快修好"}),
    Step("transfer", Stage.IN_TRANSFER, answers=told(SENT), papers=1),
    Step("answer", Stage.REGISTERED, answers={"answer": Decision.REFUSED, "opinion": "不归我管"}),
    Step("accept", Stage.ACCEPTED, REVIEW),
    Step("merge", Stage.MERGED, clue=2, answers={"master": FIRST_ENTRY, "same_matter": YesNo.YES}, papers=1),
    Step(
        "reject",
        Stage.REJECTED,
        {"rejection": Rejection.NO_SUBSTANCE},
        clue=3,
        answers={"approved_by": "Zhou"},
        papers=1,
    ),
    Step("reply", Stage.REJECTED, clue=3, answers={"way": "电话"}, papers=1),
    Step("fast-track", Stage.ROUTED, routing_of(LANG), answers={"approved_by": "Zhou"}, papers=1),
    Step("regrade", Stage.ROUTED, answers={"urgency": Urgency.GENERAL, "reason": "已无危险"}),
    Step("return", Stage.ROUTED, answers={"reason": "不归我部"}, papers=1),
    Step("decide", Stage.APPROVED, answers={"decision": Decision.GRANTED}, papers=1),
    Step("rework", Stage.IN_ANALYSIS, answers={"opinion": "补交分析"}),
    Step("consult", Stage.IN_ANALYSIS, answers={"expert": "周工", "question": "能否修补"}, papers=1),
    Step("analyse", Stage.IN_REVIEW, {"analyst": "Li", "risk": Risk.LOW}, beside=(REPORT,), line=2, papers=1),
    Step("approve", Stage.APPROVED, by="Zhou", papers=1),
    Step("route", Stage.ROUTED, papers=1),
    Step("receive", Stage.IN_HANDLING, {"handler": "Zhao"}),
    Step("reroute", Stage.APPROVED, answers={"reason": "须与他部共办"}),
    Step("meet", Stage.APPROVED, answers=told(MET), papers=1),
    Step("route", Stage.ROUTED, {"joint_departments": (JOINT,)}, papers=1),
    Step("receive", Stage.IN_HANDLING, {"handler": "Zhao"}),
    Step("task", Stage.IN_HANDLING, answers={"joint": JOINT}),
    Step("tick", Stage.IN_HANDLING, answers={"item": CHECKED, "evidence": "报告一"}),
    Step("follow-up", Stage.IN_HANDLING, answers={"progress": 50}),
    Step("urge", Stage.IN_HANDLING, answers={"demand": "本周办结"}, papers=1),
    Step("spot-check", Stage.IN_HANDLING, papers=1),
    Step("rectify", Stage.IN_HANDLING, answers={"finding": "首次流转有误"}, papers=1),
    Step("rectify", Stage.IN_HANDLING, answers={"recheck": "已改正"}),
    Step("forms", Stage.IN_HANDLING, papers=4),
    Step(
        "readback",
        Stage.IN_HANDLING,
        sent=({"log.on": f"{NOW:%Y-%m-%d}", "log.measures": "登门查看"},),
        papers=1,
    ),
    Step("plan", Stage.IN_HANDLING, answers=told(PLANNED), papers=1),
    Step(
        "extend",
        Stage.IN_HANDLING,
        answers={"progress": "已查看", "reason": "待配件", "new_due": LATER},
        papers=1,
    ),
    Step("decide", Stage.IN_HANDLING, answers={"decision": Decision.GRANTED}, by="Zhou", papers=1),
    Step("suspend", Stage.SUSPENDED, answers=told(WAIT)),
    Step("resume", Stage.IN_HANDLING),
    Step("regrade", Stage.IN_HANDLING, answers={"urgency": Urgency.IMPORTANT, "reason": "多人反映"}),
    Step("recompute", Stage.IN_HANDLING, done=0),
    Step("log", Stage.IN_HANDLING, answers=told(replace(LINE, on=NOW)) | {"completed": YesNo.YES}),
    Step("feedback", Stage.FED_BACK, beside=(FEEDBACK,), papers=1),
    Step("redo", Stage.IN_HANDLING, answers={"opinion": "未说明原因"}, papers=1),
    Step("feedback", Stage.FED_BACK, beside=(FEEDBACK,), line=2, papers=1),
    Step("callback", Stage.FED_BACK, answers={"satisfaction": Satisfaction.SATISFIED}, papers=1),
    Step("meet", Stage.FED_BACK, answers=told(replace(MET, kind=MeetingKind.FEEDBACK)), papers=1),
    Step("close", Stage.CLOSED, {"satisfaction": Satisfaction.SATISFIED}),
    Step("archive", Stage.ARCHIVED, answers={"shelf": "三号柜"}, papers=3),
    Step("lend", Stage.ARCHIVED, answers={"borrower": "周律师", "purpose": "复核"}, papers=1),
    Step("retention", Stage.ARCHIVED, done=0),
    Step("dashboard", Stage.ARCHIVED, says="在办："),
    Step("report", Stage.ARCHIVED, done=0, papers=1),
    Step("overdue", Stage.ARCHIVED, done=0),
    Step("escalate", Stage.ARCHIVED, done=0),
    Step("calendar", Stage.ARCHIVED, answers={"notice": NOTICE, "yes": YesNo.YES}, done=0),
    Step("reopen", Stage.IN_HANDLING, answers=told(AGAIN), papers=1),
    Step("dispose", Stage.DISPOSED, RUN_OUT, clue=3, answers=told(WITNESSED), papers=1),
    Step("withdraw", Stage.WITHDRAWN, answers={"reason": "登记有误", "approved_by": "Zhou"}),
    Step("erase", Stage.WITHDRAWN, beside=(Reporter(name="李梅"),), answers={"approved_by": "Zhou"}),
)
EVERYTHING = list(ACTIONS)


class Walk:
    """A clerk at an open ledger, and how far the clue has come."""

    def __init__(self, app, ledger, saves):
        self.app, self.ledger, self.saves, self.pythons = app, ledger, saves, Pythons()
        self.book = app.books.open(str(ledger))
        self.left, self.seen, self.heads = list(STEPS), {}, {}

    def until(self, action):
        """Press every button up to the last press of this one, and return its steps with what was seen."""
        while action in [step.action for step in self.left]:
            step = self.left.pop(0)
            self.seen.setdefault(step.action, []).append((step, self.pressed(step)))
        return self.seen[action]

    def pressed(self, step):
        self.app.screen_updating = False  # a press draws again
        self.type(Clue, step.row, step.clue)
        for record in step.beside:
            named = replace(record, clue=self.cell(Clue, "number").value)
            self.type(type(record), told(named), step.line)
        if step.sent:
            self.send_back(step.sent)
        self.book.sheets["线索台账"].activate()
        self.cell(Clue, "stage", step.clue).select()
        before = len(self.papers())
        said = self.press(step.action, step.by)
        if ACTIONS[step.action].asks:
            assert said == []
            self.fill_in(step)
            said = self.press(step.action, step.by)
        (said,) = said
        return said, self.cell(Clue, "stage", step.clue).value, len(self.papers()) - before

    def fill_in(self, step):
        """Answer on the form sheet, as a clerk would: by the words beside the cells."""
        form = self.book.sheets.active
        asked = [column for option in ACTIONS[step.action].asks for column in option.columns]
        assert form.range((1, 1)).value == ACTIONS[step.action].text.zh
        for row, column in enumerate(asked, start=FIRST):
            if column.name in step.answers:
                form.range((row, ANSWER)).value = to_cell(column, step.answers[column.name], LANG)

    def send_back(self, lines):
        """Put the handling record into the inbox, with these lines filled in."""
        (blank,) = [path for path in self.papers() if "处理记录表" in path.name]
        (self.ledger.parent / "inbox" / "记录.docx").write_bytes(FILL(blank.read_bytes(), rows=lines))

    def type(self, record, values, line=1):
        for name, value in values.items():
            self.cell(record, name, line).value = to_cell(column_of(record, name), value, LANG)

    def cell(self, record, name, line=1):
        """The cell for a field on a line of a table; the first is the clue's."""
        if record not in self.heads:
            table = table_of(record)
            head = self.book.sheets[table.title.in_(LANG)].tables[table.name].header_row_range
            self.heads[record] = head, head.value
        head, words = self.heads[record]
        place = head.column + words.index(column_of(record, name).text.in_(LANG))
        return head.sheet.range((head.row + line, place))

    def press(self, action, by):
        """Do what RunPython does with the text that the VBA module gives it, and return what was shown."""
        asked = re.search(r'RunPython "(.*)" & control.ID & "(.*)"', sources()["Cluebook"])
        kept = "" if self.is_kept() else NOT_KEPT
        program = PROCESS.format(asked=asked[1] + action + asked[2], kept=kept)
        called = [libreoffice.address(self.app), f"--wb={self.book.name}", "--from_xl=1"]
        run = self.pythons.run if self.seen else run_anew
        code, told = run(program, called, by)
        assert code == 0, told
        return ast.literal_eval(told.splitlines()[-1])

    def is_kept(self):
        """Return whether a press now saves the ledger: the last one does, and before it one in so many."""
        return len(self.left) % self.saves == 0

    def papers(self):
        return documents(self.ledger.parent)


@pytest.fixture(scope="module")
def walk(tmp_path_factory, small, counted):
    """An office of its own, its ledger open; whatever LibreOffice saves is a copy nobody needs."""
    with small():
        ledger = found(tmp_path_factory.mktemp("pressed") / "office", LANG, "某某集团", date.today())
    told_of = "\n".join(f"{ENTRY['matter']}{n},{ENTRY['description']},{NOW:%Y-%m-%d %H:%M}" for n in "二三")
    (ledger.parent / BROUGHT).write_text(f"涉及事项,描述,发现时间\n{told_of}\n", "utf-8")
    libreoffice.activate()
    app = xlwings.App()
    walk = Walk(app, ledger, counted(20, 1))
    yield walk
    walk.pythons.end()
    app.quit()


def test_beside_other_workers_one_walks_all_the_way(request):
    # Where xdist kept no groups, as under pytest 9.2, each worker would walk, which takes it twice as long.
    assert "PYTEST_XDIST_WORKER" not in os.environ or request.node.nodeid.endswith("@pressed")


def test_the_walk_presses_every_button_there_is():
    assert {step.action for step in STEPS} == set(EVERYTHING)


@pytest.mark.parametrize("action", EVERYTHING)
def test_in_libreoffice_a_press_does_what_it_says(walk, action, record_property):
    for step, seen in walk.until(action):
        said = step.says.format(action=ACTIONS[action].text.zh, done=step.done, papers=step.papers)
        assert seen[0].startswith(said), seen[0]
        assert seen[1:] == (step.stage.text.zh, step.papers)
    record_property("pressed", action)


def test_after_all_presses_the_saved_ledger_tells_the_whole_way(walk):
    walk.until(STEPS[-1].action)
    saved = sheets.read(FileBook(walk.ledger))
    clue, *brought = saved.records(Clue)
    assert (clue.stage, clue.matter) == (STEPS[-1].stage, "007")
    assert [each.stage for each in brought] == [Stage.MERGED, Stage.DISPOSED]
    assert sheets.read(LiveBook(walk.book)).records(Clue) == (clue, *brought)
    # What found nothing to change left no event, and a form that came back is told as what it did.
    steps = [step for step in STEPS if step.done and step.action not in {"check", "dashboard", "readback"}]
    assert {event.action for event in saved.records(Event)} >= {ACTIONS[s.action].text.zh for s in steps[:-1]}
    assert all(path.stat().st_size for path in walk.papers())
    assert {path.suffix for path in walk.papers()} == {".docx", ".zip"}  # a volume of the archive is packed


def test_after_all_presses_the_workbook_recalculates_without_an_error(walk):
    walk.until(STEPS[-1].action)
    walk.app.calculate()
    for sheet in walk.book.sheets:
        cells = sheet.used_range.options(ndim=2, err_to_str=True).value
        assert not [cell for line in cells for cell in line if str(cell).startswith("#")], sheet.name
