"""What is written down about a clue beside its row, one module for each stretch of the procedure."""

from __future__ import annotations

from cluebook.domain.records.analysis import (
    METHODS,
    Alternative,
    Analysis,
    Consultation,
    Difficulty,
    ExpertKind,
    Method,
)
from cluebook.domain.records.archive import Disposal, Loan, LoanWay, Volume
from cluebook.domain.records.handling import (
    Callback,
    CheckItem,
    Decision,
    Extension,
    Feedback,
    FeedbackForm,
    HandlingLine,
    HandlingPlan,
    Pause,
    PauseKind,
    PauseReason,
)
from cluebook.domain.records.reporters import Addressee, Reply, ReplyKind, ReplyOutcome, Reporter
from cluebook.domain.records.supervision import Compliance, FollowUp, Rectification, SpotCheck, Urge, UrgeKind
from cluebook.domain.records.together import (
    Copy,
    Material,
    MaterialKind,
    Meeting,
    MeetingKind,
    Return,
    ReturnKind,
    Share,
    Task,
    Transfer,
)
from cluebook.domain.records.trail import Event

__all__ = [
    "METHODS",
    "Addressee",
    "Alternative",
    "Analysis",
    "Callback",
    "CheckItem",
    "Compliance",
    "Consultation",
    "Copy",
    "Decision",
    "Difficulty",
    "Disposal",
    "Event",
    "ExpertKind",
    "Extension",
    "Feedback",
    "FeedbackForm",
    "FollowUp",
    "HandlingLine",
    "HandlingPlan",
    "Loan",
    "LoanWay",
    "Material",
    "MaterialKind",
    "Meeting",
    "MeetingKind",
    "Method",
    "Pause",
    "PauseKind",
    "PauseReason",
    "Rectification",
    "Reply",
    "ReplyKind",
    "ReplyOutcome",
    "Reporter",
    "Return",
    "ReturnKind",
    "Share",
    "SpotCheck",
    "Task",
    "Transfer",
    "Urge",
    "UrgeKind",
    "Volume",
]
