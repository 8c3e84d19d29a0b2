"""The archive: volumes, loans, disposals (procedure 1.9, 1.10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cluebook.domain.clue import Nature, Retention, Secrecy
from cluebook.domain.fields import Choice, YesNo, column


class LoanWay(Choice):
    """How a volume is used."""

    READ = "查阅", "Read on site"
    BORROW = "借出", "Borrow"
    COPY = "复制", "Copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """One archived case (A1, A2, A4)."""

    archive_no: str | None = column("归档号", "Archive no.", required=True, assigned=True, width=18)
    clue: str | None = column("线索编号", "Clue no.", required=True, assigned=True, width=18)
    title: str | None = column("题名", "Title", assigned=True, width=36)
    nature: Nature | None = column("性质", "Nature", assigned=True, width=8)
    subtype: str | None = column("子类", "Subtype", assigned=True, width=14)
    secrecy: Secrecy | None = column("密级", "Secrecy", assigned=True, width=8)
    began_on: date | None = column("起始日期", "From", assigned=True)
    closed_on: date | None = column("办结日期", "Closed on", assigned=True)
    archived_at: datetime | None = column("归档时间", "Archived at", assigned=True, width=16)
    pieces: int | None = column("件数", "Items", assigned=True, width=8)
    pages: int | None = column("页数", "Pages", assigned=True, width=8)
    retention: Retention | None = column("保管期限", "Retention", assigned=True, width=10)
    kept_from: date | None = column("起算日", "Kept from", assigned=True)
    kept_until: date | None = column("到期日", "Kept until", assigned=True)
    hold: YesNo | None = column(
        "暂停销毁",
        "Hold",
        width=10,
        help=("有诉讼、审计等情形时选“是”。", "Yes while a lawsuit, audit or the like runs."),
    )
    handed_over_by: str | None = column("移交人", "Handed over by", assigned=True, width=12)
    accepted_by: str | None = column("接收人", "Accepted by", assigned=True, width=12)
    shelf: str | None = column("存放位置", "Shelf", width=16)
    sha256: str | None = column("卷宗校验", "Volume SHA-256", assigned=True, width=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """One use of a volume (1.10)."""

    archive_no: str | None = column("归档号", "Archive no.", required=True, width=18)
    clue: str | None = column("线索编号", "Clue no.", assigned=True, width=18)
    purpose: str | None = column("用途", "Purpose", width=24)
    way: LoanWay | None = column("方式", "Way", width=10)
    borrower: str | None = column("借阅人", "Borrower", width=12)
    unit: str | None = column("单位", "Unit", width=18)
    approved_by: str | None = column("批准人", "Approved by", width=12)
    out_on: date | None = column("借出日期", "Out on", assigned=True)
    due_on: date | None = column("应还日期", "Due on", assigned=True)
    back_on: date | None = column("归还日期", "Back on", assigned=True)
    condition: str | None = column("归还检查", "Condition", width=18)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposal:
    """A volume that was disposed of; this line is kept for ever (T32)."""

    archive_no: str | None = column("归档号", "Archive no.", required=True, assigned=True, width=18)
    clue: str | None = column("线索编号", "Clue no.", assigned=True, width=18)
    title: str | None = column("题名", "Title", assigned=True, width=30)
    year: int | None = column("年度", "Year", assigned=True, width=8)
    retention: Retention | None = column("保管期限", "Retention", assigned=True, width=10)
    kept_until: date | None = column("到期日", "Kept until", assigned=True)
    opinion: str | None = column("鉴定意见", "Appraisal", width=24)
    approved_by: str | None = column("批准人", "Approved by", width=12)
    first_witness: str | None = column("监销人一", "First witness", width=12)
    second_witness: str | None = column("监销人二", "Second witness", width=12)
    on: date | None = column("销毁日期", "Disposed of on", assigned=True)
    way: str | None = column("销毁方式", "Way", width=12)
