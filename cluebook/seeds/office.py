"""The lists an office starts with: departments, channels and categories, each for the office to change."""

from __future__ import annotations

from collections.abc import Iterator

from cluebook.domain.categories import CATEGORIES
from cluebook.domain.clue import ChannelGroup, Nature
from cluebook.domain.fields import YesNo
from cluebook.domain.office import Category, Channel, Department
from cluebook.text import Lang, Text

_DEPARTMENTS = (
    Text("线索管理部门", "Clue Office"),
    Text("质量管理部", "Quality Management"),
    Text("客户服务部", "Customer Service"),
    Text("法务合规部", "Legal and Compliance"),
    Text("财务部", "Finance"),
    Text("人力资源部", "Human Resources"),
    Text("市场部", "Marketing"),
    Text("监督部门", "Supervision"),
)

_PRESS, _OPINION = Text("媒体报道", "Press report"), Text("网络舆情", "Online opinion")
_ONLINE = {_PRESS: YesNo.YES, _OPINION: YesNo.YES}

_CHANNELS: dict[ChannelGroup, tuple[Text, ...]] = {
    ChannelGroup.INTERNAL: (Text("员工上报", "Staff report"), Text("部门总结", "Department summary")),
    ChannelGroup.EXTERNAL: (
        Text("客户投诉", "Customer complaint"),
        Text("举报电话", "Hotline"),
        Text("举报邮件", "Tip-off e-mail"),
        Text("市场调研", "Market survey"),
        Text("行业监测", "Industry monitoring"),
        Text("合作伙伴", "Partner"),
        Text("供应商", "Supplier"),
        _PRESS,
        _OPINION,
        Text("其他", "Other"),
    ),
}


def departments(lang: Lang) -> tuple[Department, ...]:
    """Return the departments a new ledger starts with; their heads are left for the office to name."""
    return tuple(Department(name=name.in_(lang), active=YesNo.YES) for name in _DEPARTMENTS)


def channels(lang: Lang) -> tuple[Channel, ...]:
    """Return the channels a new ledger starts with, those of one group together."""
    return tuple(
        Channel(group=group, name=name.in_(lang), online=_ONLINE.get(name), active=YesNo.YES)
        for group, names in _CHANNELS.items()
        for name in names
    )


def categories(lang: Lang) -> tuple[Category, ...]:
    """Return the subtypes a new ledger starts with, those of one nature together."""
    return tuple(_categories(lang))


def _categories(lang: Lang) -> Iterator[Category]:
    natures = list(Nature)
    for starting in sorted(CATEGORIES, key=lambda c: natures.index(c.nature)):
        yield Category(
            nature=starting.nature,
            subtype=starting.label.in_(lang),
            note=starting.note.in_(lang),
            active=YesNo.YES,
        )
