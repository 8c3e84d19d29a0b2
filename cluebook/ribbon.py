"""The ribbon: one tab with a button for every action, made from `ACTIONS`; a new action needs nothing here.

Office draws it from XML that names two macros: `PRESS` for every button, `ENABLED` for the buttons that
depend on where the selected clue stands. The id of a button is the id of its action.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from cluebook.actions import ACTIONS, Action
from cluebook.actions.registry import Picks
from cluebook.domain.fields import Part
from cluebook.text import Lang, Text, join

LOAD, PRESS, ENABLED = "Cluebook_Load", "Cluebook_Press", "Cluebook_Enabled"
"""The macros of the VBA module."""

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"


@dataclass(frozen=True, slots=True)
class Button:
    """A button that carries out no action; its id is no action's."""

    id: str
    text: Text
    help: Text
    icon: str


CONFIRM = Button(
    "confirm",
    Text("确定", "Confirm"),
    Text("用“填写”表中填好的内容办理。", "Carries the action out with what the sheet “Form” says."),
    "AcceptProposal",
)
CANCEL = Button(
    "cancel",
    Text("取消", "Cancel"),
    Text("放弃填写，台账不变。", "Leaves the form; the ledger stays as it is."),
    "ReviewRejectChange",
)
TEMPLATES = Button(
    "templates",
    Text("检查模板", "Check templates"),
    Text(
        "检查在用的 Word 模板和邮件模板：标记、栏目名称、必须打印的内容和不安全的内容，只列出问题，不作修改。",
        "Checks the Word and mail templates in use: tags, names, what must be printed, what must not go out. It changes nothing.",
    ),
    "CheckNames",
)
SHEETS = Button(
    "sheets",
    Text("更多工作表", "More sheets"),
    Text(
        "显示平时隐藏的工作表；再按一次收起。举报人信息不在其中。",
        "Shows the sheets that are hidden until you need them; pressed again, hides them. Reporters stay hidden.",
    ),
    "CustomViews",
)
BUTTONS = (CONFIRM, CANCEL, TEMPLATES, SHEETS)
"""The buttons that carry out no action."""

_TAB = Text("线索台账", "Clue ledger")
_TAB_KEY = "XS"
_MORE = Text("更多", "More")
_STAGES = Text("适用状态：{stages}。", "For clues at: {stages}.")
_FORM = Text("读取本行：{columns}。", "Reads from the row: {columns}.")
_AS_WELL = Text("同时{what}。", "It will also {what}.")
_ASKS = Text("按下后填写：{columns}。", "Asks for: {columns}.")
_FORM_GROUP = Text("填写", "Form")
_DIGITS = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FILE = Text("与选中哪一行无关。", "It does not matter what is selected.")
_SCOPES = {
    Picks.NAMED: Text("用于选中的行。", "Works on the selected rows."),
    Picks.ALL: Text("用于全部线索，不论选中哪一行。", "Works on all clues, whatever is selected."),
    Picks.NONE: Text("用于选中的新行。", "Works on the selected new rows."),
    Picks.OFFICE: Text("与选中哪一行无关。", "Does not matter what is selected."),
}


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
    keys = key_tips([*ACTIONS, *(button.id for button in BUTTONS)])
    for place, part in enumerate(Part):
        if mine := [action for action in ACTIONS.values() if action.part is part]:
            box = _add_group(tab, part, mine, keys, f"X{_DIGITS[place]}", lang)
            if part is Part.TOOLS:
                for button in (TEMPLATES, SHEETS):
                    _add_plain(box, button, keys, lang)
    box = ET.SubElement(tab, "group", id="group_form", label=_FORM_GROUP.in_(lang))
    for button in (CONFIRM, CANCEL):
        _add_plain(box, button, keys, lang).set("size", "large")
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
    tab: ET.Element, part: Part, actions: list[Action], keys: dict[str, str], menu_key: str, lang: Lang
) -> ET.Element:
    """Add the buttons of one part, large ones for what is done daily, a menu for the rest, and return its group."""
    name = part.name.lower()
    group = box = ET.SubElement(tab, "group", id=f"group_{name}", label=part.text.in_(lang))
    for action in (action for action in actions if action.daily):
        _add_action(box, action, keys, lang).set("size", "large")
    rest = [action for action in actions if not action.daily]
    if len(rest) > 1:
        icon = rest[0].icon
        label = _MORE.in_(lang)
        box = ET.SubElement(
            box, "menu", id=f"menu_{name}", label=label, imageMso=icon, size="large", keytip=menu_key
        )
    for action in rest:
        _add_action(box, action, keys, lang)
    return group


def _add_plain(box: ET.Element, button: Button, keys: dict[str, str], lang: Lang) -> ET.Element:
    return _add_button(box, button.id, button.text.in_(lang), button.icon, [button.help.in_(lang)], keys)


def _add_action(box: ET.Element, action: Action, keys: dict[str, str], lang: Lang) -> ET.Element:
    told = [text.in_(lang) for text in _supertip(action)]
    button = _add_button(box, action.id, action.text.in_(lang), action.icon, told, keys)
    if depends_on_stage(action):
        button.set("getEnabled", ENABLED)
    return button


def _add_button(
    box: ET.Element, name: str, label: str, icon: str, told: list[str], keys: dict[str, str]
) -> ET.Element:
    return ET.SubElement(
        box,
        "button",
        id=name,
        label=label,
        imageMso=icon,
        onAction=PRESS,
        screentip=label,
        supertip="\n".join(told),
        keytip=keys[name],
    )


def _supertip(action: Action) -> list[Text]:
    """Return what the button will do, to which rows, what it takes from them, and what it will ask."""
    scope = _FILE if any(option.is_read for option in action.asks) else _SCOPES[action.picks]
    lines = [action.help, *(_AS_WELL.fill(what=option.text) for option in action.gives), scope]
    if depends_on_stage(action):
        lines.append(_STAGES.fill(stages=join([stage.text for stage in action.usable])))
    if action.form:
        lines.append(_FORM.fill(columns=join([column.text for column in action.form])))
    if action.asks:
        asked = [column.text for option in action.asks for column in option.columns]
        lines.append(_ASKS.fill(columns=join(asked)))
    return lines
