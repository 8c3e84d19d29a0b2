"""Conditions of archiving, lending and disposal (A1 to A4, 1.10)."""

from __future__ import annotations

from cluebook.domain.archiving import lacking_materials
from cluebook.domain.case import Case
from cluebook.domain.clue import Clue, Retention
from cluebook.domain.fields import YesNo
from cluebook.domain.guards.guard import Guard, approval, filled, is_filled
from cluebook.domain.records import Disposal, Loan, LoanWay, Material, Volume
from cluebook.text import Text


def open_loans(case: Case) -> list[Loan]:
    """Return the loans of a volume that are not back."""
    return [loan for loan in case.all(Loan) if loan.way is LoanWay.BORROW and loan.back_on is None]


def _has_run_out(case: Case) -> bool:
    until = case.clue.retain_until
    return until is not None and case.now is not None and until < case.now.date()


def _two_witnesses(case: Case) -> bool:
    made = case.last(Disposal) or Disposal()
    names = {made.first_witness, made.second_witness, made.approved_by} - {None, ""}
    return len(names) == 3


ARCHIVE = (
    Guard(
        "archive",
        "materials_missing",
        Material,
        "kind",
        lambda c: not lacking_materials(c),
        Text("归档材料不齐。", "Papers are missing for the archive."),
        Text(
            "请放入该线索的文书文件夹，或在文件清单登记纸质件，缺件的写明理由。",
            "Put them into the folder of the clue, or list them on the sheet of materials; say why one is lacking.",
        ),
        "A1",
        names=lambda c: (kind.text for kind in lacking_materials(c)),
    ),
    filled(
        "lend",
        Loan,
        "borrower",
        Text("没有写明借阅人。", "The borrower is not named."),
        Text("请填写借阅人（--borrower）。", "Name the borrower (--borrower)."),
        "1.10",
    ),
    filled(
        "lend",
        Loan,
        "purpose",
        Text("没有写明用途。", "The purpose is not said."),
        Text("请填写用途（--purpose）。", "Say what for (--purpose)."),
        "1.10",
    ),
    Guard(
        "lend",
        "loan_not_approved",
        Loan,
        "approved_by",
        lambda c: (
            (c.last(Loan) or Loan()).way is LoanWay.READ or is_filled((c.last(Loan) or Loan()).approved_by)
        ),
        Text("借出、复制须经批准。", "Borrowing and copying need an approval."),
        Text("请填写批准人（--approved-by）。", "Name who approved it (--approved-by)."),
        "1.10",
    ),
    Guard(
        "lend",
        "volume_lent",
        Loan,
        "back_on",
        lambda c: len(open_loans(c)) <= 1,
        Text("案卷已借出，尚未归还。", "The volume is lent already and not back."),
        Text("请先登记归还（lend --back）。", "Record its return first (lend --back)."),
        "1.10",
    ),
    Guard(
        "give_back",
        "volume_not_lent",
        Loan,
        "back_on",
        lambda c: bool(open_loans(c)),
        Text("案卷没有借出。", "The volume is not lent."),
        Text("请核对线索编号。", "Check the number of the clue."),
        "1.10",
    ),
    Guard(
        "dispose",
        "kept_for_ever",
        Clue,
        "retention",
        lambda c: c.clue.retention is not Retention.FOR_EVER,
        Text("永久保管的案卷不能销毁。", "What is kept for ever is not disposed of."),
        Text("请核对保管期限。", "Look at its retention."),
        "T32",
    ),
    Guard(
        "dispose",
        "still_kept",
        Clue,
        "retain_until",
        lambda c: c.clue.retention is Retention.FOR_EVER or _has_run_out(c),
        Text("保管期限未满。", "It is still to be kept."),
        Text("请到期后再办。", "Wait until then."),
        "T32",
    ),
    Guard(
        "dispose",
        "on_hold",
        Volume,
        "hold",
        lambda c: (c.last(Volume) or Volume()).hold is not YesNo.YES,
        Text("案卷暂停销毁。", "The volume is on hold."),
        Text("请先解除暂停。", "Have the hold lifted first."),
        "T32",
    ),
    Guard(
        "dispose",
        "volume_out",
        Loan,
        "back_on",
        lambda c: not open_loans(c),
        Text("案卷借出未还。", "The volume is lent and not back."),
        Text("请先收回（lend --back）。", "Get it back first (lend --back)."),
        "T32",
    ),
    approval("dispose", "archive_no", "T32"),
    Guard(
        "dispose",
        "witnesses_missing",
        Disposal,
        "second_witness",
        _two_witnesses,
        Text("须有两名监销人，且不是批准人。", "It needs two witnesses, neither of whom approved it."),
        Text("请填写两名监销人。", "Name both witnesses."),
        "T32",
    ),
)
