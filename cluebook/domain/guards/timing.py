"""Conditions of plans, extensions, pauses, another urgency, and of taking a clue up again (T20 to T26, T30)."""

from __future__ import annotations

from cluebook.domain.case import Case
from cluebook.domain.clue import URGENT_GROUNDS, Clue, Urgency
from cluebook.domain.guards.guard import BLANK, Guard, filled, is_filled
from cluebook.domain.records import Extension, Feedback, HandlingPlan, Pause, PauseReason, Reopening
from cluebook.text import Text

_NAME_A_DATE = Text("请写明日期。", "Give a date.")
_SAY_WHY = Text("请说明理由。", "Say why.")


def _is_undecided(case: Case) -> bool:
    return any(request.applied_at and not request.decision for request in case.all(Extension))


def _asks_again(case: Case) -> bool:
    return any(not request.decision for request in case.all(Extension)[:-1])


def _later(case: Case) -> bool:
    asked, due = case.last(Extension), case.clue.completion_due
    return asked is None or asked.new_due is None or due is None or asked.new_due > due


def _share_kept(case: Case) -> bool:
    asked = case.last(Extension)
    return asked is None or asked.new_due is None or case.latest is None or asked.new_due <= case.latest


def _until_ahead(case: Case) -> bool:
    pause, now = case.last(Pause), case.now
    return pause is None or pause.until is None or now is None or pause.until > now.date()


def _pause_short(case: Case) -> bool:
    pause = case.last(Pause)
    return pause is None or pause.until is None or case.latest is None or pause.until <= case.latest


def _pause_ends(case: Case) -> bool:
    """Return whether the pause that a clue is in is known, and ends with the step if it is over."""
    pause = case.last(Pause)
    return pause is not None and bool(pause.began_at) and pause.ended_at in {None, case.now}


def _reason_told(case: Case) -> bool:
    pause = case.last(Pause)
    return pause is None or pause.reason is not PauseReason.OTHER or is_filled(pause.note)


def _decided_by_another(case: Case) -> bool:
    asked = case.last(Extension)
    return asked is None or not asked.decided_by or asked.decided_by != asked.applicant


def _asked_date(step: str) -> tuple[Guard, Guard]:
    """Return the conditions of the date asked for, which hold when it is asked for and when it is granted."""
    return (
        Guard(
            step,
            "extension_not_later",
            Extension,
            "new_due",
            _later,
            Text("拟完成日不晚于现在的期限。", "The proposed date is not after the present one."),
            Text("请写现在的期限之后的日期。", "Give a date after the present one."),
            "H13",
        ),
        Guard(
            step,
            "extension_too_long",
            Extension,
            "new_due",
            _share_kept,
            Text("拟完成日超过延期幅度上限。", "The proposed date is beyond the longest extension."),
            Text(
                "请提前拟完成日；上限在“设置”表。",
                "Propose an earlier date; the settings sheet has the limit.",
            ),
            "H13",
        ),
    )


def _not_completed(step: str) -> Guard:
    return Guard(
        step,
        "already_completed",
        Clue,
        "completed_at",
        lambda c: c.clue.completed_at is None,
        Text("处理已经完成，办理期限不再计算。", "The handling is complete; its clock has stopped."),
        Text("请登记反馈（feedback）。", "Record the feedback (feedback)."),
        "T21, T22",
    )


def _nothing_asked(step: str, clause: str) -> Guard:
    return Guard(
        step,
        "extension_undecided",
        Extension,
        "decision",
        lambda c: not _is_undecided(c),
        Text("延期申请还没有审定。", "An application for more time has not been decided."),
        Text("请先审定（decide）。", "Decide it first (decide)."),
        clause,
    )


def _other_decider(step: str) -> Guard:
    return Guard(
        step,
        "decider_is_applicant",
        Extension,
        "decided_by",
        _decided_by_another,
        Text("审定人不能是申请人本人。", "Whoever applied may not decide."),
        Text("请由他人审定。", "Have somebody else decide."),
        "3.4",
    )


_PLAN = tuple(
    filled(
        "plan",
        HandlingPlan,
        part,
        BLANK,
        Text("请补写方案的这一栏。", "Complete this part of the plan."),
        "H10",
    )
    for part in ("goal", "measures", "division", "schedule")
)

_EXTENSION = (
    _not_completed("extend"),
    Guard(
        "extend",
        "extension_too_late",
        Clue,
        "completion_due",
        lambda c: not c.is_past(c.clue.completion_due),
        Text("期限已过，不能再申请延期。", "The deadline has passed; it can no longer be extended."),
        Text("延期须在期限届满前申请；请尽快办结。", "Apply before the deadline; now finish without delay."),
        "H13",
    ),
    Guard(
        "extend",
        "extensions_spent",
        Clue,
        "extensions",
        lambda c: (c.clue.extensions or 0) < c.settings.extension_count,
        Text("延期次数已用完。", "It has been extended as often as is allowed."),
        Text(
            "请按现在的期限办结；上限在“设置”表。", "Keep the present date; the settings sheet has the limit."
        ),
        "H13",
    ),
    Guard(
        "extend",
        "extension_undecided",
        Extension,
        "decision",
        lambda c: not _asks_again(c),
        Text("上一次延期申请还没有审定。", "The last application has not been decided."),
        Text("请先审定（decide）。", "Decide it first (decide)."),
        "H13",
    ),
    filled(
        "extend", Extension, "progress", BLANK, Text("请写明已经办到哪一步。", "Say how far it is."), "H13"
    ),
    filled("extend", Extension, "reason", BLANK, _SAY_WHY, "H13"),
    filled("extend", Extension, "new_due", BLANK, _NAME_A_DATE, "H13"),
    *_asked_date("extend"),
    _other_decider("extended"),
    *_asked_date("extended"),
    _other_decider("not_extended"),
    filled("not_extended", Extension, "opinion", BLANK, _SAY_WHY, "H13"),
)

_SUSPENSION = (
    _not_completed("suspend"),
    _nothing_asked("suspend", "T22"),
    filled("suspend", Pause, "reason", BLANK, Text("请选挂起原因。", "Choose the reason."), "H14"),
    Guard(
        "suspend",
        "note_missing",
        Pause,
        "note",
        _reason_told,
        Text("原因为“其他”，但没有说明。", "The reason is “Other”, and nothing says which."),
        Text("请填写说明。", "Write a note."),
        "H14",
    ),
    filled("suspend", Pause, "until", BLANK, _NAME_A_DATE, "H14"),
    Guard(
        "suspend",
        "until_not_ahead",
        Pause,
        "until",
        _until_ahead,
        Text("预计恢复日不晚于今天。", "The day on which it should resume is not after today."),
        Text("请写今天之后的日期。", "Give a date after today."),
        "H14",
    ),
    Guard(
        "suspend",
        "suspension_too_long",
        Pause,
        "until",
        _pause_short,
        Text("挂起时间超过上限。", "It would be suspended for longer than is allowed."),
        Text("请提前预计恢复日；上限在“设置”表。", "Give an earlier date; the settings sheet has the limit."),
        "H14",
    ),
    filled("suspend", Pause, "approved_by", BLANK, Text("请填写批准人。", "Say who approved it."), "H14"),
    Guard(
        "resume",
        "pause_unknown",
        Pause,
        "began_at",
        _pause_ends,
        Text(
            "“挂起”表中没有未结束的一段，无法计算停计时间。",
            "The pauses sheet has no open pause, so its length is unknown.",
        ),
        Text("请在“挂起”表补上开始时间。", "Enter on the pauses sheet when it began."),
        "T23",
    ),
)

TIMING = (
    *_PLAN,
    *_EXTENSION,
    *_SUSPENSION,
    _nothing_asked("reroute", "T19"),
    Guard(
        "regrade",
        "urgent_without_ground",
        Clue,
        "ground",
        lambda c: c.clue.urgency is not Urgency.URGENT or c.clue.ground in URGENT_GROUNDS,
        Text("调为紧急须有定级理由。", "An urgent clue needs a ground."),
        Text(
            "请选重大损失、影响声誉或需立即行动。",
            "Choose major loss, harm to reputation, or immediate action.",
        ),
        "Z4",
    ),
    filled(
        "redo", Feedback, "opinion", BLANK, Text("请写明退回重办的理由。", "Say why it is returned."), "F4"
    ),
    filled("reopen", Reopening, "reason", BLANK, Text("请选重新办理的理由。", "Choose the reason."), "T30"),
    filled("reopen", Reopening, "approved_by", BLANK, Text("请填写批准人。", "Say who approved it."), "T30"),
)
