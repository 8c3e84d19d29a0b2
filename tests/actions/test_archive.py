from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from stages import APPROVED, LINE, NOW, NUMBER, STAMP, clue_at, codes, ledger, press

from cluebook.domain.clue import Clue, Retention, Stage, Urgency
from cluebook.domain.fields import YesNo
from cluebook.domain.office import RetentionRule
from cluebook.domain.records import Disposal, Loan, LoanWay, Material, MaterialKind, Reporter, Volume
from cluebook.ledger.ledger import KeptFile

CLOSED = clue_at(Stage.CLOSED, completion_due=None)
KEPT = clue_at(Stage.ARCHIVED, retention=Retention.TEN_YEARS, retain_until=date(2026, 3, 3))
PAPERS = tuple(
    KeptFile(f"{NUMBER} {title}.docx", f"{n:064}", n, date(2026, 3, 5 - n))
    for n, title in enumerate(("线索分析报告", "线索流转单", "线索反馈报告"), start=1)
)
MADE = Disposal(opinion="可以销毁", approved_by="林主任", first_witness="赵敏", second_witness="孙监")


def held(*records, files=PAPERS):
    return replace(ledger(*records), files=lambda number: files if number == NUMBER else ())


def rows_of(plan, record):
    return [e.after for e in plan.edits if isinstance(e.after, record)] + [
        a for a in plan.additions if isinstance(a, record)
    ]


def test_a_case_with_its_papers_is_numbered_listed_and_packed():
    plan = press("archive", held(CLOSED, LINE, APPROVED), shelf="三号柜")
    (clue,) = rows_of(plan, Clue)
    assert (clue.stage, clue.archive_no) == (Stage.ARCHIVED, "DA-2026-YW-0001")
    assert (clue.retention, clue.retain_until) == (Retention.TEN_YEARS, date(2036, 12, 31))
    (volume,) = rows_of(plan, Volume)
    assert (volume.archive_no, volume.pieces, volume.pages, volume.shelf) == (
        "DA-2026-YW-0001",
        5,
        6,
        "三号柜",
    )
    assert (volume.handed_over_by, volume.accepted_by) == ("赵敏", STAMP.by)
    assert {m.kind for m in rows_of(plan, Material)} == {
        MaterialKind.COLLECTION,
        MaterialKind.ANALYSIS,
        MaterialKind.SLIP,
        MaterialKind.HANDLING,
        MaterialKind.FEEDBACK,
    }
    assert [paper.kind for paper in plan.papers] == ["collection_form", "handling_record", "volume"]
    assert [(p.subject, p.file) for p in plan.parcels] == [(NUMBER, "DA-2026-YW-0001.zip")]


def test_the_index_is_in_the_order_in_which_the_papers_were_formed():
    (index,) = [p for p in press("archive", held(CLOSED)).papers if p.kind == "volume"]
    listed = [file["kind"] for file in index.context["files"]]
    assert listed[:3] == ["反馈报告", "流转单", "线索收集表"]


def test_papers_that_were_made_before_the_clue_had_its_number_are_of_the_case():
    before, after = PAPERS[:1], PAPERS[1:]
    kept = replace(held(CLOSED), files={CLOSED.entry_no: before, NUMBER: after}.__getitem__)
    (parcel,) = press("archive", kept).parcels
    assert parcel.names == (CLOSED.entry_no, NUMBER)


def test_papers_that_are_missing_are_named_and_nothing_is_archived():
    plan = press("archive", held(CLOSED, files=PAPERS[:1]))
    (problem,) = plan.problems
    assert problem.code == "materials_missing"
    assert problem.wrong.zh.endswith("尚缺：流转单、反馈报告。")
    assert (plan.edits, plan.additions, plan.parcels) == ((), (), ())


def test_a_paper_that_is_lacking_may_be_excused_on_the_sheet():
    excused = [
        Material(clue=NUMBER, kind=kind, name="缺件", waiver="急件口头办理")
        for kind in (MaterialKind.SLIP, MaterialKind.FEEDBACK)
    ]
    assert press("archive", held(CLOSED, *excused, files=PAPERS[:1])).done == (NUMBER,)


@pytest.mark.parametrize(
    ("rules", "kept", "until"),
    [
        ((), Retention.TEN_YEARS, date(2036, 12, 31)),
        ((RetentionRule(retention=Retention.THIRTY_YEARS),), Retention.THIRTY_YEARS, date(2056, 12, 31)),
        (
            (
                RetentionRule(retention=Retention.TEN_YEARS),
                RetentionRule(subtype="服务投诉", retention=Retention.FOR_EVER),
                RetentionRule(urgency=Urgency.URGENT, retention=Retention.THIRTY_YEARS),
            ),
            Retention.FOR_EVER,
            None,
        ),
    ],
)
def test_the_longest_rule_that_fits_says_how_long_a_case_is_kept(rules, kept, until):
    (clue,) = rows_of(press("archive", held(CLOSED, *rules)), Clue)
    assert (clue.retention, clue.retain_until) == (kept, until)


def test_a_volume_is_lent_with_approval_for_ten_working_days_and_once_at_a_time():
    asked = Loan(way=LoanWay.BORROW, borrower="周律师", purpose="复核")
    assert codes(press("lend", ledger(KEPT), loan=asked)) == ["loan_not_approved"]
    plan = press("lend", ledger(KEPT), loan=replace(asked, approved_by="林主任"))
    (loan,) = rows_of(plan, Loan)
    assert (loan.archive_no, loan.out_on, loan.due_on) == ("YW-2026-0001", NOW.date(), date(2026, 3, 18))
    assert [paper.kind for paper in plan.papers] == ["loan_form"]
    again = press("lend", ledger(KEPT, loan), loan=replace(asked, approved_by="林主任"))
    assert codes(again) == ["volume_lent"]
    (back,) = rows_of(press("lend", ledger(KEPT, loan), loan=Loan(condition="完好"), back=True), Loan)
    assert (back.back_on, back.condition) == (NOW.date(), "完好")
    assert codes(press("lend", ledger(KEPT, back), back=True)) == ["volume_not_lent"]


def test_what_is_read_on_the_spot_needs_no_approval_and_no_date():
    (loan,) = rows_of(press("lend", ledger(KEPT), loan=Loan(borrower="周律师", purpose="复核")), Loan)
    assert (loan.way, loan.due_on) == (LoanWay.READ, None)


def test_volumes_whose_time_runs_out_are_listed_for_appraisal():
    later = replace(KEPT, number="XS-2", retain_until=date(2026, 12, 31))
    plan = press(
        "retention", ledger(KEPT, later, Volume(archive_no="YW-2026-0001", clue=NUMBER, title="漏水"))
    )
    assert plan.done == (NUMBER,)
    assert [line["title"] for line in plan.papers[0].context["rows"]] == ["漏水"]
    assert press("retention", ledger(KEPT, later), within=365).done == (NUMBER, "XS-2")


def test_what_is_disposed_of_leaves_number_dates_and_category_and_forgets_the_reporter():
    reporter = Reporter(clue=NUMBER, name="某某", phone="000-0000")
    plan = press("dispose", ledger(KEPT, reporter, Volume(clue=NUMBER)), disposal=MADE)
    (clue,) = rows_of(plan, Clue)
    assert (clue.stage, clue.number, clue.subtype, clue.archive_no) == (
        Stage.DISPOSED,
        NUMBER,
        "服务投诉",
        "YW-2026-0001",
    )
    assert (clue.matter, clue.description, clue.handler, clue.department) == (None, None, None, None)
    (gone,) = rows_of(plan, Reporter)
    assert (gone.name, gone.phone, gone.erased_at) == (None, None, NOW)
    (line,) = rows_of(plan, Disposal)
    assert (line.year, line.on, line.kept_until) == (2026, NOW.date(), date(2026, 3, 3))


@pytest.mark.parametrize(
    ("clue", "records", "made", "lacking"),
    [
        ({"retain_until": date(2026, 3, 4)}, (), {}, ["still_kept"]),
        ({"retention": Retention.FOR_EVER, "retain_until": None}, (), {}, ["kept_for_ever"]),
        ({}, (Volume(clue=NUMBER, hold=YesNo.YES),), {}, ["on_hold"]),
        ({}, (Loan(clue=NUMBER, way=LoanWay.BORROW),), {}, ["volume_out"]),
        ({}, (), {"approved_by": None}, ["approval_missing", "witnesses_missing"]),
        ({}, (), {"second_witness": "赵敏"}, ["witnesses_missing"]),
        ({}, (), {"second_witness": "林主任"}, ["witnesses_missing"]),
    ],
)
def test_nothing_is_disposed_of_before_its_time_or_without_approval_and_two_witnesses(
    clue, records, made, lacking
):
    plan = press("dispose", ledger(replace(KEPT, **clue), *records), disposal=replace(MADE, **made))
    assert codes(plan) == lacking


def test_a_clue_closed_last_year_counts_from_this_one():
    old = replace(CLOSED, closed_at=datetime(2025, 12, 30, 9))
    (volume,) = rows_of(press("archive", held(old)), Volume)
    assert (volume.kept_from, volume.kept_until) == (date(2026, 1, 1), date(2035, 12, 31))
