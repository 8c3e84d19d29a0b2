"""The audit trail's own record (Z8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cluebook.domain.fields import column


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the audit trail; lines are appended, never changed (Z8)."""

    seq: int | None = column("序号", "Seq.", required=True, assigned=True, width=8)
    at: datetime | None = column("时间", "Time", required=True, assigned=True, width=18)
    user: str | None = column("操作人", "User", required=True, assigned=True)
    action: str | None = column("操作", "Action", required=True, assigned=True, width=12)
    clue: str | None = column("线索", "Clue", assigned=True, width=18)
    before: str | None = column("原状态", "From", assigned=True, width=14)
    after: str | None = column("新状态", "To", assigned=True, width=14)
    reason: str | None = column("原因", "Reason", assigned=True, width=24)
    changes: str | None = column(
        "变更字段（原值→新值）", "Changed fields (old → new)", assigned=True, width=60
    )
    document: str | None = column("文书", "Document", assigned=True, width=36)
    seal: str | None = column(
        "校验码", "Seal", assigned=True, width=20,
        help=("证明此行及之前各行未被改动。", "Proves that this line and those before it are unchanged."),
    )  # fmt: skip
