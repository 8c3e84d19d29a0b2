"""Conditions of the review: acceptance, supplement, rejection, withdrawal (1.2, 1.3, 3.2)."""

from __future__ import annotations

from cluebook.domain.clue import URGENT_GROUNDS, Clue, Completeness, Nature, Rejection, Truth, Urgency
from cluebook.domain.completeness import CONTACT, LINK
from cluebook.domain.guards.guard import Guard, approval, filled, is_filled, named_in
from cluebook.domain.records import Reporter
from cluebook.text import Text

BY_REPORTER, EXPLAINED = "by_reporter", "explained"
"""What an action was told: the reporter wishes it, a reason is given."""


ACCEPTANCE = (
    filled(
        "accept",
        Clue,
        "truth",
        Text("初审未判断真实性。", "The review has not judged its truth."),
        Text("请选属实或存疑。", "Choose Plausible or Doubtful."),
        "Z6",
    ),
    Guard(
        "accept",
        "truth_unfounded",
        Clue,
        "truth",
        lambda c: c.clue.truth is not Truth.FALSE,
        Text("初审判断为不实，不能受理。", "The review judged it unfounded; it cannot be accepted."),
        Text("请核对真实性的判断。", "Look at that judgement again."),
        "Z6",
    ),
    filled(
        "accept",
        Clue,
        "completeness",
        Text("初审未判断完整性。", "The review has not judged its completeness."),
        Text("请选完整或需补充。", "Choose Complete or Needs more."),
        "Z6",
    ),
    Guard(
        "accept",
        "material_lacking",
        Clue,
        "completeness",
        lambda c: c.clue.completeness is not Completeness.LACKING,
        Text("材料需补充，暂不能受理。", "Material is lacking; it cannot be accepted yet."),
        Text("补齐后把完整性改为“完整”。", "Add what is missing, then set it to Complete."),
        "C5",
    ),
    filled(
        "accept",
        Clue,
        "nature",
        Text("尚未确定性质。", "Its nature has not been decided."),
        Text("请选性质。", "Choose the nature."),
        "Z6",
    ),
    filled(
        "accept",
        Clue,
        "subtype",
        Text("尚未确定子类。", "Its subtype has not been decided."),
        Text("请选子类，可参考建议子类。", "Choose the subtype; see the suggestion."),
        "Z6",
    ),
    filled(
        "accept",
        Clue,
        "urgency",
        Text("尚未确定紧急程度。", "Its urgency has not been decided."),
        Text("请选紧急程度。", "Choose the urgency."),
        "Z4",
    ),
    Guard(
        "accept",
        "urgent_without_ground",
        Clue,
        "ground",
        lambda c: c.clue.urgency is not Urgency.URGENT or c.clue.ground in URGENT_GROUNDS,
        Text("定为紧急须有定级理由。", "An urgent clue needs a ground."),
        Text(
            "请选重大损失、影响声誉或需立即行动。",
            "Choose major loss, harm to reputation, or immediate action.",
        ),
        "Z4",
    ),
    Guard(
        "accept",
        "link_missing",
        Clue,
        "link",
        lambda c: LINK not in c.flags,
        Text(
            "媒体或网络来源没有链接，也没有截取日期。",
            "An online source has neither a link nor the date of capture.",
        ),
        Text(
            "请填来源链接，或写明理由（--despite）。", "Fill in the source link, or say why not (--despite)."
        ),
        "C2",
        lifted_by="despite",
    ),
    Guard(
        "accept",
        "contact_missing",
        Reporter,
        "phone",
        lambda c: CONTACT not in c.flags,
        Text("实名反映没有联系方式。", "A named reporter left no way to be reached."),
        Text(
            "请在“举报人信息”表填写，或写明理由（--despite）。",
            "Fill it in on the sheet “Reporters”, or say why not (--despite).",
        ),
        "C8",
        lifted_by="despite",
    ),
    Guard(
        "accept",
        "reviewer_recused",
        Clue,
        "reviewer",
        lambda c: not named_in(c.clue.reviewer, c.clue),
        Text("初审人是涉及对象，应当回避。", "The reviewer is a subject of the clue and is recused."),
        Text("请由他人初审。", "Have somebody else review it."),
        "3.4",
    ),
)

SUPPLEMENT = (
    Guard(
        "supplement",
        "nothing_to_supply",
        Clue,
        "missing",
        lambda c: is_filled(c.clue.missing),
        Text("没有写明缺什么。", "It does not say what is missing."),
        Text("请填缺项。", "Fill in what is missing."),
        "T02",
    ),
    Guard(
        "complete",
        "supplement_outstanding",
        Clue,
        "missing",
        lambda c: not is_filled(c.clue.missing) or EXPLAINED in c.flags,
        Text("缺项还没有补齐。", "Something on the list of missing things is still missing."),
        Text(
            "请补填后从缺项中删去；确实补不齐的，用 --reason 写明理由。",
            "Supply it and take it off the list; if it cannot be had, say why with --reason.",
        ),
        "T03",
    ),
)

REJECTION = (
    filled(
        "reject",
        Clue,
        "rejection",
        Text("没有写明不予受理的理由。", "It does not say why it is not accepted."),
        Text("请选不予受理理由。", "Choose the reason of non-acceptance."),
        "T06",
    ),
    Guard(
        "reject",
        "rejection_unfit",
        Clue,
        "rejection",
        lambda c: c.clue.rejection is not Rejection.NEVER_COMPLETED,
        Text(
            "没有退回补充过，不能以逾期未补充为由。", "No supplement was asked for, so none can be overdue."
        ),
        Text(
            "请选其他理由，或先退回补充（supplement）。",
            "Choose another reason, or ask for a supplement (supplement).",
        ),
        "T06",
    ),
    approval("reject", "rejection", "T06"),
    Guard(
        "lapse",
        "supplement_not_overdue",
        Clue,
        "supplement_due",
        lambda c: c.is_past(c.clue.supplement_due),
        Text("补充期限还没有过。", "The supplement is not overdue yet."),
        Text(
            "请等期限过后再办，或先补齐（complete）。", "Wait until it is, or take the supplement (complete)."
        ),
        "T04",
    ),
    approval("lapse", "rejection", "T04"),
)

WITHDRAWAL = (
    approval("withdraw", "stage", "T31"),
    Guard(
        "withdraw",
        "compliance_stays",
        Clue,
        "nature",
        lambda c: BY_REPORTER not in c.flags or c.clue.nature is not Nature.COMPLIANCE,
        Text(
            "合规类线索不能仅因反映人撤回而撤销。",
            "A compliance clue is not withdrawn because its reporter wishes so.",
        ),
        Text("请继续办理，并记下反映人的意愿。", "Go on with it, and note the reporter's wish."),
        "T31",
    ),
)

REVIEW = (*ACCEPTANCE, *SUPPLEMENT, *REJECTION, *WITHDRAWAL)
