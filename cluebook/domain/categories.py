"""The subtypes a new ledger starts with: what must be done about a clue decides its class (Z1 to Z3)."""

from __future__ import annotations

from dataclasses import dataclass

from cluebook.domain.clue import Nature
from cluebook.text import Text


@dataclass(frozen=True, slots=True)
class StartingCategory:
    """A subtype of the starting list: its nature, its name, and when to choose it."""

    id: str
    nature: Nature
    label: Text
    note: Text


CATEGORIES: tuple[StartingCategory, ...] = (
    StartingCategory(
        "quality",
        Nature.BUSINESS,
        Text("产品质量", "Product quality"),
        Text(
            "需要对产品、货物或工程进行检验，查明缺陷原因的。",
            "A product, delivery or piece of work must be inspected and the cause of a fault found.",
        ),
    ),
    StartingCategory(
        "service",
        Nature.BUSINESS,
        Text("服务投诉", "Service complaint"),
        Text(
            "需要与客户或群众沟通，解决服务、态度、时效、收费等不满的。",
            "Somebody is dissatisfied with service, manners, delay or charges and must be talked to.",
        ),
    ),
    StartingCategory(
        "dispute",
        Nature.BUSINESS,
        Text("合作纠纷", "Business dispute"),
        Text(
            "需要与供应商、经销商等合作方就合同、账款、授权协商的。",
            "Contract, payment or rights must be negotiated with a supplier, distributor or other partner.",
        ),
    ),
    StartingCategory(
        "business_other",
        Nature.BUSINESS,
        Text("其他业务", "Other business"),
        Text("属于业务事项，但不在以上各类的。", "A business matter that none of the classes above covers."),
    ),
    StartingCategory(
        "misconduct",
        Nature.COMPLIANCE,
        Text("违规举报", "Misconduct report"),
        Text(
            "需要调查是否违反法律法规或内部制度的。",
            "It must be investigated whether law or house rules were broken.",
        ),
    ),
    StartingCategory(
        "tax",
        Nature.COMPLIANCE,
        Text("税务", "Tax"),
        Text(
            "需要会同财务自查纳税申报、发票或代扣代缴的。",
            "Returns, invoices or withholding must be checked together with the finance department.",
        ),
    ),
    StartingCategory(
        "compliance_other",
        Nature.COMPLIANCE,
        Text("其他合规", "Other compliance"),
        Text(
            "属于合规事项，但不在以上各类的。", "A compliance matter that none of the classes above covers."
        ),
    ),
    StartingCategory(
        "suggestion",
        Nature.OTHER,
        Text("员工建议", "Employee suggestion"),
        Text("需要评估一项改进建议是否可行的。", "A proposal for improvement must be assessed."),
    ),
    StartingCategory(
        "market",
        Nature.OTHER,
        Text("市场反馈", "Market feedback"),
        Text(
            "有关竞品、价格、需求、政策动向，需要了解掌握的。",
            "News of competitors, prices, demand or policy that the house should take note of.",
        ),
    ),
    StartingCategory(
        "other",
        Nature.OTHER,
        Text("其他", "Other"),
        Text("咨询问询，以及以上各类都不适用的。", "Enquiries, and whatever none of the other classes fits."),
    ),
)
"""In the order in which drop-downs show them."""
