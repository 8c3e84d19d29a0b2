"""The ribbon: one tab with a button for every action, made from `ACTIONS`; a new action needs nothing here.

Office draws it from XML that names two macros: `PRESS` for every button, `ENABLED` for the buttons that
depend on where the selected clue stands. The id of a button is the id of its action.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from inspect import Parameter
from xml.etree import ElementTree as ET

from cluebook.actions import ACTIONS, Action
from cluebook.actions.registry import Picks
from cluebook.domain.fields import Part
from cluebook.text import Lang, Text, join

LOAD, PRESS, ENABLED = "Cluebook_Load", "Cluebook_Press", "Cluebook_Enabled"
"""The macros of the VBA module."""

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"

DAILY = (
    "add", "check", "accept", "analyse", "approve", "route", "receive", "feedback", "close", "overdue",
)  # fmt: skip
"""What is pressed every day, in that order: it gets a large button, the rest of its group a menu."""

WORDY = frozenset({"log"})
"""What takes an account that no row holds: it has no button as long as it has no form."""


@dataclass(frozen=True, slots=True)
class Group:
    """Buttons that stand together: the actions of one part of the procedure."""

    part: Part
    text: Text


GROUPS = (
    Group(Part.INTAKE, Part.INTAKE.text),
    Group(Part.REVIEW, Part.REVIEW.text),
    Group(Part.ANALYSIS, Part.ANALYSIS.text),
    Group(Part.ROUTING, Part.ROUTING.text),
    Group(Part.HANDLING, Part.HANDLING.text),
    Group(Part.FEEDBACK, Part.FEEDBACK.text),
    Group(Part.COMPUTED, Text("督办", "Supervision")),
    Group(Part.CLOSING, Part.CLOSING.text),
)
"""The groups from left to right, in the order of the procedure."""

_TAB = Text("线索台账", "Clue ledger")
_TAB_KEY = "XS"
_MORE = Text("更多", "More")
_STAGES = Text("适用状态：{stages}。", "For clues at: {stages}.")
_FORM = Text("读取本行：{columns}。", "Reads from the row: {columns}.")
_SCOPES = {
    Picks.NAMED: Text("用于选中的行。", "Works on the selected rows."),
    Picks.ALL: Text("用于全部线索，不论选中哪一行。", "Works on all clues, whatever is selected."),
    Picks.NONE: Text("用于选中的新行。", "Works on the selected new rows."),
}


def pressable(action: Action) -> bool:
    """Return whether an action can be done from a button: it asks for nothing that a row cannot hold."""
    return action.id not in WORDY and all(o.default is not Parameter.empty for o in action.options)


def depends_on_stage(action: Action) -> bool:
    """Return whether an action can be used on the selected clues only at certain stages."""
    return action.picks is Picks.NAMED and bool(action.starts)


def ribbon_xml(lang: Lang) -> bytes:
    """Return the customUI part of a workbook or add-in in one language."""
    root = ET.Element("customUI", xmlns=NAMESPACE, onLoad=LOAD)
    tabs = ET.SubElement(ET.SubElement(root, "ribbon"), "tabs")
    tab = ET.SubElement(
        tabs, "tab", id="cluebook", label=_TAB.in_(lang), keytip=_TAB_KEY, insertAfterMso="TabHome"
    )
    actions = [action for action in ACTIONS.values() if pressable(action)]
    keys = key_tips(action.id for action in actions)
    for place, group in enumerate(GROUPS, start=1):
        if mine := [action for action in actions if action.part is group.part]:
            _add_group(tab, group, mine, keys, f"X{place}", lang)
    ET.indent(root)
    xml: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml


def key_tips(ids: Iterable[str]) -> dict[str, str]:
    """Return two letters for each id, all different: none is the beginning of another.

    >>> key_tips(["accept", "add", "route", "rework", "redo"])
    {'accept': 'AC', 'add': 'AD', 'route': 'RO', 'rework': 'RE', 'redo': 'RD'}
    """
    given: dict[str, str] = {}
    for name in ids:
        letters = name.upper().replace("-", "")
        pairs = (letters[0] + other for other in letters[1:] + "123456789")
        given[name] = next(pair for pair in pairs if pair not in given.values())
    return given


def _add_group(
    tab: ET.Element, group: Group, actions: list[Action], keys: dict[str, str], menu_key: str, lang: Lang
) -> None:
    name = group.part.name.lower()
    box = ET.SubElement(tab, "group", id=f"group_{name}", label=group.text.in_(lang))
    daily = sorted((action for action in actions if action.id in DAILY), key=lambda a: DAILY.index(a.id))
    for action in daily:
        _add_button(box, action, keys, lang).set("size", "large")
    rest = [action for action in actions if action.id not in DAILY]
    if len(rest) > 1:
        icon = rest[0].icon
        label = _MORE.in_(lang)
        box = ET.SubElement(
            box, "menu", id=f"menu_{name}", label=label, imageMso=icon, size="large", keytip=menu_key
        )
    for action in rest:
        _add_button(box, action, keys, lang)


def _add_button(box: ET.Element, action: Action, keys: dict[str, str], lang: Lang) -> ET.Element:
    label = action.text.in_(lang)
    button = ET.SubElement(
        box,
        "button",
        id=action.id,
        label=label,
        imageMso=action.icon,
        onAction=PRESS,
        screentip=label,
        supertip="\n".join(text.in_(lang) for text in _supertip(action)),
        keytip=keys[action.id],
    )
    if depends_on_stage(action):
        button.set("getEnabled", ENABLED)
    return button


def _supertip(action: Action) -> list[Text]:
    """Return what the button will do, to which rows, and what it takes from them."""
    lines = [action.help, _SCOPES[action.picks]]
    if depends_on_stage(action):
        lines.append(_STAGES.fill(stages=join([stage.text for stage in action.starts])))
    if action.form:
        lines.append(_FORM.fill(columns=join([column.text for column in action.form])))
    return lines
