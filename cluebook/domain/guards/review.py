"""Conditions of acceptance: the three judgements, category, urgency (Z4, Z6)."""

from __future__ import annotations

from cluebook.domain.clue import URGENT_GROUNDS, Clue, Completeness, Truth, Urgency
from cluebook.domain.guards.guard import Guard, filled
from cluebook.text import Text

REVIEW = (
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
)
