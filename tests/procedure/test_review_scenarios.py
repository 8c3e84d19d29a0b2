"""Acceptance scenarios of the review (procedure, section 9): S8 merger, S12 masking, S18 scripts, S19 formulas."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from offices import FIRST_DAY, REPORT, documents, file_of, ledger_at, new_clue, press, review_of, routing_of

from cluebook.actions.steps import cases_of
from cluebook.domain.clue import (
    Clue,
    Conclusion,
    Ground,
    Named,
    Nature,
    Rejection,
    Risk,
    Secrecy,
    Stage,
    Urgency,
)
from cluebook.domain.fields import YesNo
from cluebook.domain.records import (
    Decision,
    Event,
    Pause,
    PauseKind,
    Reply,
    ReplyKind,
    ReplyOutcome,
    Reporter,
    Transfer,
)
from cluebook.domain.replies import replies_owed

NEXT_DAY = FIRST_DAY + timedelta(days=1)
LEAK = "门店屋顶漏水已经三天，多次报修无人处理，地面湿滑，顾客险些滑倒，请尽快派人维修。"
ONLY_ZH = pytest.mark.parametrize("lang", ["zh"])


def clue_of(office: Path, name: str) -> Clue:
    """The clue that bears a number or entry number."""
    (clue,) = (c for c in ledger_at(office).records(Clue) if name in {c.number, c.entry_no})
    return clue


def entered(office: Path, reporter: Reporter | None = None, **columns: object) -> str:
    """Enter a clue, with who reported it, and return its entry number."""
    return press(office, "add", entry=new_clue("zh", **columns), reporter=reporter).plan.done[0]


def replies_owed_in(office: Path, name: str) -> tuple[ReplyKind, ...]:
    """What the reporter of a clue is still to be told, as the ledger file has it."""
    return replies_owed(cases_of(ledger_at(office)).of(clue_of(office, name)))


def accepted(office: Path, entry: str, **judged: object) -> str:
    general = {"urgency": Urgency.GENERAL, "ground": Ground.ORDINARY}
    return press(office, "accept", entry, fills=review_of("zh") | general | judged).plan.done[0]


def routed(office: Path, number: str, **options: object) -> None:
    """Bring an accepted clue to its department."""
    press(office, "analyse", number, fills={"analyst": "Li", "risk": Risk.LOW}, report=REPORT)
    press(office, "approve", number, by="Zhou")
    press(office, "route", number, fills=routing_of("zh"), **options)


def told(outcome) -> list[str]:
    return [problem.code for problem in outcome.plan.problems]


def everything_in(package: Path) -> str:
    """All parts of a document as text, with its name and the names of its parts."""
    with zipfile.ZipFile(package) as parts:
        read = [parts.read(name).decode("utf-8", "replace") for name in parts.namelist()]
        return "\n".join([package.as_posix(), *parts.namelist(), *read])


@ONLY_ZH
def test_s08_a_repeated_report_is_merged_its_urgency_counts_and_its_reporter_is_answered(office):
    first = entered(office, Reporter(name="李梅", phone="13800001111"), matter="门店漏水", description=LEAK)
    master = accepted(office, first)
    routed(office, master)
    press(office, "receive", master, fills={"handler": "Zhao"})
    due_before = clue_of(office, master).completion_due

    again = entered(
        office, Reporter(name="赵强", email="zq@example.com"), matter="屋顶漏水", description=LEAK
    )
    assert master in (clue_of(office, again).possible_duplicates or "")
    child = accepted(office, again, urgency=Urgency.URGENT, ground=Ground.ACT_NOW)

    merged = press(office, "merge", child, master=master, same_matter=True, reason="同一门店", at=NEXT_DAY)
    assert [path.name for path in merged.documents] == [f"{child} 并案说明.docx"]
    assert any("并案告知" in notice.zh for notice in merged.plan.notices)
    assert (clue_of(office, child).stage, clue_of(office, child).master_number) == (Stage.MERGED, master)
    after = clue_of(office, master)
    assert (after.urgency, after.ground, after.original_urgency) == (
        Urgency.URGENT,
        Ground.ACT_NOW,
        Urgency.GENERAL,
    )
    assert after.completion_due < due_before

    # Closing the master waits for this answer: 3.3-11.
    assert replies_owed_in(office, child) == (ReplyKind.MERGED,)
    answer = Reply(way="邮件", summary="已并案办理")
    assert press(office, "reply", child, answer=answer, at=NEXT_DAY).plan.done == (child,)
    (reply,) = ledger_at(office).records(Reply)
    assert replies_owed_in(office, child) == ()
    assert (reply.kind, reply.outcome, reply.on) == (ReplyKind.MERGED, ReplyOutcome.SENT, NEXT_DAY.date())


@ONLY_ZH
def test_s08_no_chain_and_no_loop_of_mergers_comes_about(office):
    numbers = [
        accepted(office, entered(office, matter=f"漏水 {n}", description=f"{LEAK}{n}")) for n in range(3)
    ]
    first, second, third = numbers
    press(office, "merge", second, master=first, same_matter=True)
    assert told(press(office, "merge", third, master=second, same_matter=True)) == ["master_merged"]
    assert told(press(office, "merge", first, master=first, same_matter=True)) == ["master_is_itself"]
    press(office, "merge", first, master=third, same_matter=True)
    assert {clue_of(office, name).master_number for name in (first, second)} == {third}
    assert told(press(office, "merge", third, master=first, same_matter=True)) == ["master_merged"]


IDENTITY = Reporter(
    name="欧阳静怡",
    phone="138 7777 6666",
    email="ouyang.jy@example.com",
    address="云杉路 88 号 5 栋 601 室",
    identity_no="110101199003074512",
    wants_reply=YesNo.YES,
)
TRACES = ("欧阳静怡", "欧陽靜怡", "13877776666", "138 7777 6666", "7776666", "ouyang", "云杉路 88", "110101199003074512", "03074512")  # fmt: skip
REPORTED = "采购部张伟明在上月的招标中收受供应商回扣约三万元，并私自透露标底，请调查核实。"


@ONLY_ZH
def test_s12_of_an_anonymous_report_nothing_that_goes_out_tells_who_reported_or_whom_about(office):
    entry = entered(
        office,
        IDENTITY,
        named=Named.ANONYMOUS,
        matter="采购部张伟明收回扣",
        description=REPORTED,
        subjects="采购部张伟明",
        nature=Nature.COMPLIANCE,
    )
    assert clue_of(office, entry).secrecy is Secrecy.CONFIDENTIAL
    number = accepted(office, entry, nature=Nature.COMPLIANCE, subtype="违规举报")
    press(office, "reply", number, answer=Reply(way="邮件", summary="正在核实"))
    routed(office, number)
    press(office, "overdue", flag=True, document=True, at=FIRST_DAY + timedelta(days=30))
    made = {path.name: everything_in(path) for path in documents(office)}
    assert f"{number} 线索流转单.docx" in made
    assert f"{number} 受理告知书.docx" in made
    assert len(made) == 5
    for name, whole in made.items():
        assert not [trace for trace in TRACES if trace in whole], name
        assert "张伟明" not in whole, name
    assert "张某某" in made[f"{number} 线索流转单.docx"]


@ONLY_ZH
def test_s12_who_reported_stands_on_one_sheet_and_nowhere_else(office):
    entry = entered(office, IDENTITY, named=Named.ANONYMOUS)
    press(office, "check")
    press(office, "duplicates")
    rows = ledger_at(office).records(Reporter)
    assert [(r.clue, r.name, r.wants_reply) for r in rows] == [(entry, IDENTITY.name, YesNo.YES)]
    events = "\n".join(str(event) for event in ledger_at(office).records(Event))
    assert "举报人信息：增加一行" in events
    beside = "".join(
        path.read_bytes().decode("utf-8", "replace") + path.name
        for path in office.rglob("*")
        if path.is_file() and path.suffix not in {".xlsx", ".docx"}
    )
    told_elsewhere = [t for t in TRACES if t in events or t in beside or t in str(clue_of(office, entry))]
    assert told_elsewhere == []


@ONLY_ZH
def test_s12_a_guarded_clue_whose_text_gives_its_reporter_away_does_not_go_out(office):
    telling = f"我是歐陽靜怡，电话１３８ ７７７７－６６６６。{REPORTED}"
    entry = entered(office, IDENTITY, named=Named.ANONYMOUS, description=telling)
    assert "reporter_in_text" in told(press(office, "check", entry))
    number = accepted(office, entry)
    press(office, "analyse", number, fills={"analyst": "Li", "risk": Risk.LOW}, report=REPORT)
    press(office, "approve", number, by="Zhou")
    refused = press(office, "route", number, fills=routing_of("zh"))
    assert told(refused) == ["reporter_in_text"]
    assert not [trace for trace in TRACES if trace in str(refused.plan.problems)]
    # A reporter who gave the name openly is left out of the slip, and the clerk is told so.
    named = accepted(office, entered(office, IDENTITY, description=telling))
    routed(office, named)
    slip = everything_in(office / "documents" / "2026" / named / f"{named} 线索流转单.docx")
    assert not [trace for trace in (*TRACES, "歐陽", "１３８") if trace in slip]
    assert "（保密）" in slip


@ONLY_ZH
def test_s12_only_with_approval_a_letter_names_its_reporter_and_the_trail_says_so(office):
    number = accepted(office, entered(office, IDENTITY))
    answer = Reply(way="信函", summary="正在办理")
    assert told(press(office, "reply", number, answer=answer, show_name=True)) == ["approval_missing"]
    (letter,) = press(office, "reply", number, answer=answer, show_name=True, approved_by="林主任").documents
    assert "欧阳静怡" in everything_in(letter)
    assert "欧阳静怡" not in letter.name
    reasons = [event.reason or "" for event in ledger_at(office).records(Event)]
    assert any("显示反映人姓名" in reason and "林主任" in reason for reason in reasons)


@ONLY_ZH
def test_s12_who_reported_can_be_forgotten_once_nothing_is_owed(office):
    entry = entered(office, IDENTITY)
    told_not_to = {"rejection": Rejection.NOT_OURS}
    press(office, "reject", entry, fills=told_not_to, approved_by="林主任")
    assert told(press(office, "erase", entry, approved_by="林主任")) == ["reply_owed"]
    press(office, "reply", entry, answer=Reply(way="电话", outcome=ReplyOutcome.UNREACHABLE, attempts="三次"))
    trail = len(ledger_at(office).records(Event))
    assert press(office, "erase", entry, approved_by="林主任", at=NEXT_DAY).plan.done == (entry,)
    (row,) = ledger_at(office).records(Reporter)
    assert row == Reporter(clue=entry, erased_at=NEXT_DAY, erased_by="Wang")
    whole = zipfile.ZipFile(file_of(office))
    assert not [n for n in whole.namelist() if any(t.encode() in whole.read(n) for t in TRACES)]
    assert len(ledger_at(office).records(Event)) == trail + 1
    assert press(office, "check").plan.problems == ()


TRADITIONAL = "門店屋頂漏水已經三天，多次報修無人處理，地面濕滑，顧客險些滑倒，請儘快派人維修。"


@ONLY_ZH
@pytest.mark.full_size
def test_s18_traditional_and_wide_characters_are_kept_compared_and_understood(office):
    first = entered(office, Reporter(phone="13800001111"), matter="门店漏水", description=LEAK)
    wide = Reporter(name="趙強", phone="１３８－００００－１１１１")
    second = entered(office, wide, matter="屋頂漏水", description=TRADITIONAL, attachments=2)
    clue = clue_of(office, second)
    assert clue.description == TRADITIONAL
    assert clue.possible_duplicates == f"{first}（文字相似97%、号码相同）"
    press(office, "suggest", everything=True)
    both = [clue_of(office, name) for name in (first, second)]
    assert {c.suggested_subtype for c in both} == {"服务投诉"}
    assert len({c.suggested_urgency for c in both}) == 1
    # A subject is recused however the name is written.
    recused = review_of("zh") | {"subjects": "王 芳，客服", "reviewer": "王芳"}
    assert "reviewer_recused" in told(press(office, "accept", second, fills=recused))


FORMULAS = ("=cmd|'/c calc'!A1", "+1+1", "-2", "@SUM(A1)", "＝1＋1", "\t=1+1")


@ONLY_ZH
def test_s19_text_that_looks_like_a_formula_stays_text_in_the_ledger_and_in_documents(office):
    for formula in FORMULAS:
        spiteful = Reporter(name=formula, phone=formula, address=formula)
        text = f"{formula} 门店屋顶漏水已经三天，多次报修无人处理。"
        entered(office, spiteful, matter=formula, description=text, subjects=formula, demand=formula)
    held = ledger_at(office)
    assert [clue.matter for clue in held.records(Clue)] == list(FORMULAS)
    assert [reporter.name for reporter in held.records(Reporter)] == list(FORMULAS)
    with zipfile.ZipFile(file_of(office)) as package:
        sheets = [package.read(n).decode() for n in package.namelist() if re.match("xl/worksheets/sheet", n)]
    # The guide's own counts, the lists and the live columns are formulas; nothing that came from outside is.
    formulas = {f for sheet in sheets for f in re.findall(r"<f(?: [^>]*)?>([^<]*)", sheet)}
    assert formulas
    assert not [
        f for f in formulas if f in {text.strip().removeprefix("=") for text in FORMULAS} or "cmd" in f
    ]
    entry = entered(office, matter=FORMULAS[0], description=f"{FORMULAS[0]} 门店屋顶漏水已经三天无人处理。")
    (notice,) = press(office, "supplement", entry).documents
    assert "=cmd|&apos;/c calc&apos;!A1" in everything_in(notice).replace("'", "&apos;")
    fields = re.findall(r"<w:instrText[^>]*>([^<]*)", everything_in(notice))
    assert {field.strip() for field in fields} == {"PAGE"}


@ONLY_ZH
def test_a_supplement_stops_the_clock_of_the_review_until_it_comes(office):
    entry = entered(office)
    asked = press(office, "supplement", entry)
    assert [path.name for path in asked.documents] == [f"{entry} 补充材料通知.docx"]
    waiting = clue_of(office, entry)
    assert (waiting.stage, waiting.conclusion) == (Stage.INCOMPLETE, Conclusion.SUPPLEMENT)
    assert (waiting.next_step, waiting.supplement_due) == ("补充材料", date(2026, 3, 5))
    assert told(press(office, "reject", entry, approved_by="林主任")) == ["supplement_not_overdue"]
    assert told(press(office, "complete", entry, at=NEXT_DAY)) == ["supplement_outstanding"]
    supplied = {"collector": "陈明", "subjects": "门店"}
    press(office, "complete", entry, fills=supplied, reason="诉求不明", at=NEXT_DAY)
    back = clue_of(office, entry)
    assert (back.stage, back.missing) == (Stage.REGISTERED, "收集部门、诉求、实名匿名")
    (pause,) = ledger_at(office).records(Pause)
    assert (pause.kind, pause.days, pause.ended_at) == (PauseKind.SUPPLEMENT, 1, NEXT_DAY)
    assert back.next_due == date(2026, 3, 4)


@ONLY_ZH
def test_a_supplement_that_never_comes_lets_the_clue_lapse(office):
    entry = entered(office)
    press(office, "supplement", entry)
    late = datetime(2026, 3, 6, 9, 0)
    outcome = press(office, "reject", entry, approved_by="林主任", at=late)
    assert [path.name for path in outcome.documents] == [f"{entry} 不予受理告知书.docx"]
    clue = clue_of(office, entry)
    assert (clue.stage, clue.rejection) == (Stage.REJECTED, Rejection.NEVER_COMPLETED)


@ONLY_ZH
def test_a_transfer_that_is_refused_comes_back_with_its_number_and_one_that_is_taken_ends(office):
    number = accepted(office, entered(office))
    letter = Transfer(receiver="市监局", reason="不属管辖", basis="职责规定", way="专人")
    (made,) = press(office, "transfer", number, letter=letter).documents
    assert made.name == f"{number} 线索移送函.docx"
    assert clue_of(office, number).stage is Stage.IN_TRANSFER
    refused = press(office, "answer", number, answer=Decision.REFUSED, at=NEXT_DAY)
    assert told(refused) == ["opinion_missing"]
    press(office, "answer", number, answer=Decision.REFUSED, opinion="另有主办单位", at=NEXT_DAY)
    assert clue_of(office, number).stage is Stage.REGISTERED
    assert press(office, "check").plan.problems == ()
    assert accepted(office, number) == number
    press(office, "transfer", number, letter=replace(letter, receiver="区监局"), at=NEXT_DAY)
    press(office, "answer", number, answer=Decision.GRANTED, answered_by="吴科长", at=NEXT_DAY)
    assert clue_of(office, number).stage is Stage.TRANSFERRED
    answers = [(t.receiver, t.answer) for t in ledger_at(office).records(Transfer)]
    assert answers == [("市监局", Decision.REFUSED), ("区监局", Decision.GRANTED)]


@ONLY_ZH
def test_a_compliance_clue_is_not_withdrawn_because_its_reporter_wishes_so(office):
    number = accepted(office, entered(office), nature=Nature.COMPLIANCE, subtype="违规举报")
    wish = {"reason": "反映人撤回", "by_reporter": True, "approved_by": "林主任"}
    assert told(press(office, "withdraw", number, **wish)) == ["compliance_stays"]
    assert press(office, "withdraw", number, **(wish | {"by_reporter": False})).plan.done == (number,)
    assert clue_of(office, number).stage is Stage.WITHDRAWN
